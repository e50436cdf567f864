#include "tests/oracle/run_rules.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace gogoscope::oracle {
namespace {

using Goid = std::int64_t;
constexpr Goid kNobody = 0, kMain = 1;

class OneP {
 public:
  explicit OneP(int schedtick) : schedtick_(schedtick) { add_row("begin", kMain); }

  /// A go statement: a dead g if there is one, and the new goroutine runs next.
  void go() {
    why_ = "";
    const Goid goid = ++last_goid_;
    g_of_[goid] = gfget();
    runqput(goid, true);
    add_row("spawn", goid);
  }

  /// main goes to the tail of the global queue; the others run, and each ends, until it is main's turn.
  /// Returns how many have ended.
  int gosched() {
    global_.push_back(kMain);
    int ended = 0;
    for (why_ = ""; schedule() != kMain; ++ended) {
      why_ = "";
      gfput(g_of_[running_]);
    }
    return ended;
  }

  std::vector<Row> rows() && { return std::move(rows_); }

 private:
  Goid schedule() {
    bool inherit_time = false;
    if (schedtick_ % 61 == 0 && !global_.empty()) {
      because("on every 61st tick one comes from the global queue");
      running_ = globrunqget(1);
    } else if (runnext_ != kNobody) {
      because("runnext comes before the ring, and inherits the time slice");
      running_ = std::exchange(runnext_, kNobody);
      inherit_time = true;
    } else if (!ring_.empty()) {
      because("the oldest of the ring, and a new time slice");
      running_ = take(ring_);
      ++head_;
    } else {
      because("the ring is empty: the P's share of the global queue, 128 at most");
      running_ = globrunqget(0);
    }
    if (!inherit_time) ++schedtick_;
    add_row("run", running_);
    rows_.back().inherit_time = inherit_time ? 1 : 0;
    return running_;
  }

  void runqput(Goid goid, bool next) {
    if (next) {
      std::swap(goid, runnext_);
      if (goid == kNobody) return;
      because("the old runnext goes to the tail of the ring");
    }
    if (ring_.size() < 256) {
      ring_.push_back(goid);
      return;
    }
    because("the ring is full: its oldest 128, and then the one that found no place, go to the global queue");
    for (int i = 0; i < 128; ++i, ++head_) global_.push_back(take(ring_));
    global_.push_back(goid);
  }

  Goid globrunqget(std::size_t max) {
    const std::size_t procs = 1;
    std::size_t n = std::min({global_.size(), global_.size() / procs + 1, std::size_t{256 / 2}});
    if (max > 0) n = std::min(n, max);
    const Goid first = take(global_);
    while (--n > 0) runqput(take(global_), false);
    return first;
  }

  std::int64_t gfget() {
    if (p_free_.empty() && !sched_free_.empty()) {
      because("no dead g here: as many as make 32 come from the global list");
      while (p_free_.size() < 32 && !sched_free_.empty()) move_one(sched_free_, p_free_);
    }
    if (p_free_.empty()) return ++allglen_;
    const std::int64_t g = p_free_.back();
    p_free_.pop_back();
    return g;
  }

  void gfput(std::int64_t g) {
    p_free_.push_back(g);
    if (p_free_.size() < 64) return;
    because("64 dead gs are too many: all but 31 go to the global list");
    while (p_free_.size() >= 32) move_one(p_free_, sched_free_);
  }

  /// Free lists are last in, first out.
  static void move_one(std::vector<std::int64_t>& from, std::vector<std::int64_t>& to) {
    to.push_back(from.back());
    from.pop_back();
  }
  static Goid take(std::deque<Goid>& queue) {
    const Goid goid = queue.front();
    queue.pop_front();
    return goid;
  }

  void because(const char* rule) { why_ += (why_.empty() ? "" : "; ") + std::string(rule); }
  void add_row(std::string event, Goid goid) {
    Row row;
    row.event = std::move(event);
    row.goid = goid;
    row.g = g_of_[goid];
    row.schedtick = schedtick_;
    row.head = head_;
    row.tail = head_ + static_cast<std::int64_t>(ring_.size());
    row.runnext = runnext_;
    row.runqsize = static_cast<std::int64_t>(global_.size());
    row.first = global_.empty() ? kNobody : global_.front();
    row.last = global_.empty() ? kNobody : global_.back();
    row.p_free = static_cast<std::int64_t>(p_free_.size());
    row.sched_free = static_cast<std::int64_t>(sched_free_.size());
    row.allglen = allglen_;
    row.why = why_;
    rows_.push_back(std::move(row));
  }

  std::int64_t schedtick_, head_ = 0, allglen_ = 1;
  Goid runnext_ = kNobody, running_ = kMain, last_goid_ = kMain;
  std::deque<Goid> ring_, global_;
  std::vector<std::int64_t> p_free_, sched_free_;
  std::map<Goid, std::int64_t> g_of_{{kMain, 1}};
  std::string why_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<Row> rows_by_the_rules(const Waves& waves, int schedtick) {
  OneP p(schedtick);
  for (const int wave : waves) {
    for (int i = 0; i < wave; ++i) p.go();
    for (int ended = 0; ended < wave;) ended += p.gosched();
  }
  return std::move(p).rows();
}

}  // namespace gogoscope::oracle
