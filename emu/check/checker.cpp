#include "emu/check/checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "emu/check/judges.h"
#include "emu/history/delta.h"

namespace gogoscope {
namespace {

using namespace check;

/// Breaks of one step, each invariant at most once a run.
class Breaks final : public Findings {
 public:
  /// Hands over what was found in a step, in the order of the table.
  void take(std::uint64_t step, int m, std::vector<Event>& out) {
    if (found_.empty()) return;
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.id < b.id; });
    for (Found& f : found_) {
      out.push_back({step, m, InvariantBreak{f.id, info(f.id).name, std::move(f.detail)}});
    }
    found_.clear();
  }
  void set_step(std::uint64_t step) { step_ = step; }
  /// Forgets breaks at `step` and later.
  void forget_from(std::uint64_t step) {
    for (auto& at : at_) {
      if (at && *at >= step) at.reset();
    }
  }

 protected:
  bool wants(Invariant id, InvariantState state) const override {
    return state == InvariantState::broken && !at_[static_cast<std::size_t>(id)];
  }
  void note(Invariant id, InvariantState, Reason detail) override {
    at_[static_cast<std::size_t>(id)] = step_;
    found_.push_back({id, std::move(detail)});
  }

 private:
  struct Found {
    Invariant id;
    Reason detail;
  };
  std::uint64_t step_ = 0;
  std::array<std::optional<std::uint64_t>, kInvariants> at_;
  std::vector<Found> found_;
};

/// What a glance at a step of a thread needs to know.
struct Glance {
  int m = kNone;                 ///< index into World::ms
  bool settled = false;          ///< nothing of its registers is untrue
  std::uint64_t lo = 0, hi = 0;  ///< of the stack that SP is on
  std::uint64_t resume = 0;      ///< sched.pc of the g in TLS
  bool on_user = false;          ///< on the stack of an ordinary g that TLS names
};

}  // namespace

struct InvariantChecker::Impl {
  explicit Impl(const Trace& t) : trace(&t) { start(0); }

  void start(std::uint64_t state) {
    // A new cursor: the old one may be beyond the end, and the way back from there is gone.
    world.reset();
    cursor.emplace(*trace);
    cursor->seek(state);
    world.emplace(trace->guest(), cursor->state());
    glances.clear();
    pending_gs.clear();
    pending_ms.clear();
    pending_ps.clear();
    loose.clear();
    for (std::size_t i = 0; i < world->gs().size(); ++i) {
      if (is_loose(world->gs()[i])) loose.insert(static_cast<int>(i));
    }
    for (std::size_t i = 0; i < world->gs().size(); ++i) pending_gs.insert(static_cast<int>(i));
    for (std::size_t i = 0; i < world->ms().size(); ++i) pending_ms.insert(static_cast<int>(i));
    for (std::size_t i = 0; i < world->ps().size(); ++i) pending_ps.insert(static_cast<int>(i));
    refresh_all();
    world->clear_touched();
  }

  Glance& glance_of(int id) {
    const auto i = static_cast<std::size_t>(id);
    if (i >= glances.size()) glances.resize(i + 1);
    return glances[i];
  }

  void refresh(int m) {
    const WorldM& it = world->m(m);
    if (it.id < 0 || it.id >= kMaxThreads) return;
    Glance& glance = glance_of(it.id);
    glance = {};
    glance.m = m;
    const int tls = world->g_at(world->tls_g(it));
    if (tls == kNone) return;
    const WorldG& g = world->g(tls);
    const std::uint64_t sp = world->reg(it, Reg::rsp);
    glance.lo = g.lo.value();
    glance.hi = g.hi.value();
    glance.resume = world->u64(g.at + world->at().g_sched + world->at().buf_pc);
    glance.on_user = !g.system && sp > glance.lo && sp <= glance.hi;
  }

  void refresh_all() {
    for (std::size_t i = 0; i < world->ms().size(); ++i) refresh(static_cast<int>(i));
  }

  /// Goes over the next step; true if it may have changed more than the registers of a settled thread.
  bool advance() {
    stores.clear();
    bool registers = false;
    delta::visit(
        cursor->next_record(),
        [&](unsigned reg, std::uint64_t) {
          registers = registers || reg == static_cast<unsigned>(Reg::rsp) ||
                      reg == static_cast<unsigned>(Reg::rbp) || reg == static_cast<unsigned>(Reg::fs_base);
        },
        [&](std::uint32_t offset, unsigned size, std::uint64_t) {
          if (world->watches(offset, size)) stores.push_back({offset, size});
        });
    thread = cursor->state().thread();
    cursor->forward();
    const Glance& glance = glance_of(thread);
    if (!stores.empty()) return true;
    if (glance.m == kNone) return false;
    if (!glance.settled) return true;
    const Image& state = cursor->state();
    if (state.reg(thread, Reg::rip) == glance.resume) return true;
    if (!registers) return false;
    const std::uint64_t sp = state.reg(thread, Reg::rsp), bp = state.reg(thread, Reg::rbp);
    return sp <= glance.lo || sp > glance.hi || (bp != 0 && (bp <= glance.lo || bp > glance.hi)) ||
           state.reg(thread, Reg::fs_base) != world->m(glance.m).addr.value() + world->at().m_tls + 8;
  }

  template <class Judge>
  void judge_each(const Marks& touched, Marks& pending, std::size_t end, Judge judge) {
    to_judge.assign(touched.begin(), touched.end());
    for (const int i : pending) {
      if (!touched.holds(i)) to_judge.push_back(i);
    }
    pending.clear();
    std::sort(to_judge.begin(), to_judge.end());
    for (const int i : to_judge) {
      if (static_cast<std::size_t>(i) >= end) continue;
      breaks.take_window();
      judge(i);
      if (breaks.take_window()) pending.insert(i);
    }
  }

  void judge_step() {
    World& w = *world;
    for (const auto& [offset, size] : stores) w.stored(offset, size);
    if (w.structs_changed()) {
      loose.clear();
      for (std::size_t i = 0; i < w.gs().size(); ++i) {
        if (is_loose(w.gs()[i])) loose.insert(static_cast<int>(i));
      }
      glances.clear();
    }
    for (const World::Change& change : w.changes()) judge_change(w, change, breaks);
    const bool sched = w.sched_touched() || sched_pending || !w.touched_ms().empty();
    judge_each(w.touched_gs(), pending_gs, w.gs().size(), [&](int i) { judge_g(w, i, breaks); });
    judge_each(w.touched_ms(), pending_ms, w.ms().size(), [&](int i) { judge_m(w, i, breaks); });
    judge_each(w.touched_ps(), pending_ps, w.ps().size(), [&](int i) { judge_p(w, i, breaks); });
    if (sched) {
      breaks.take_window();
      judge_counts(w, breaks);
      sched_pending = breaks.take_window();
    }
    judge_threads();
    judge_loose();
    w.clear_touched();
  }

  /// The registers of the thread that moved, and of those whose g or stack has changed under them.
  void judge_threads() {
    World& w = *world;
    arrived = false;
    if (w.threads_touched()) {
      // An M may be gone, or have another place among Ms.
      for (Glance& glance : glances) glance.m = kNone;
    }
    for (std::size_t i = 0; i < w.ms().size(); ++i) {
      const int m = static_cast<int>(i);
      const WorldM& it = w.m(m);
      if (it.id < 0 || it.id >= kMaxThreads) continue;
      const bool moved = it.id == thread;
      if (!moved && !w.threads_touched() && !w.touched_ms().holds(m)) continue;
      const bool was_on_user = glance_of(it.id).on_user;
      refresh(m);
      Glance& glance = glance_of(it.id);
      arrived = arrived || (glance.on_user && !was_on_user);
      breaks.take_window();
      judge_thread(w, it, breaks);
      if (moved) judge_gobuf(w, it, breaks);
      glance.settled = !breaks.take_window();
    }
  }

  /// Looked for when a g is no longer anywhere, and when an M has let go of what it held.
  void judge_loose() {
    const World& w = *world;
    bool more = false;
    for (const int i : w.touched_gs()) {
      if (static_cast<std::size_t>(i) >= w.gs().size()) continue;
      if (is_loose(w.g(i))) {
        more = loose.insert(i).second || more;
      } else if (!loose.empty()) {
        loose.erase(i);
      }
    }
    if (more || arrived || w.threads_touched()) judge_lost(w, loose, breaks);
  }

  struct Stored {
    std::uint32_t offset;
    unsigned size;
  };

  const Trace* trace;
  std::optional<Cursor> cursor;
  std::optional<World> world;
  Breaks breaks;
  std::vector<Glance> glances;  ///< by thread, as far as there are any
  Marks pending_gs, pending_ms, pending_ps;
  std::vector<int> to_judge;
  std::set<int> loose;
  bool sched_pending = true;
  bool arrived = false;
  ThreadId thread = 0;
  std::vector<Stored> stores;
};

InvariantChecker::InvariantChecker(const Trace& trace) : impl_(std::make_unique<Impl>(trace)) {}

InvariantChecker::~InvariantChecker() = default;

void InvariantChecker::scan(std::uint64_t end, std::vector<Event>& out) {
  Impl& it = *impl_;
  end = std::min(end, it.trace->steps());
  while (it.cursor->position() < end) {
    const std::uint64_t step = it.cursor->position();
    if (!it.advance()) continue;
    it.breaks.set_step(step);
    it.judge_step();
    it.breaks.take(step, it.thread, out);
  }
}

std::uint64_t InvariantChecker::scanned() const { return impl_->cursor->position(); }

void InvariantChecker::restart_at(std::uint64_t state) {
  impl_->start(state);
  impl_->breaks.forget_from(state);
}

std::string_view name(InvariantState state) {
  switch (state) {
    case InvariantState::holds:
      return "holds";
    case InvariantState::window:
      return "window";
    case InvariantState::broken:
      return "broken";
  }
  return {};
}

namespace {

/// The worst that is found of each.
class Reports final : public Findings {
 public:
  Reports() {
    for (const InvariantInfo& i : invariants()) reports.push_back({i.id, InvariantState::holds, {}});
  }
  std::vector<InvariantReport> reports;

 protected:
  bool wants(Invariant id, InvariantState state) const override {
    return state > reports[static_cast<std::size_t>(id)].state;
  }
  void note(Invariant id, InvariantState state, Reason detail) override {
    reports[static_cast<std::size_t>(id)] = {id, state, std::move(detail)};
  }
};

}  // namespace

std::vector<InvariantReport> invariants_at(const Cursor& at) {
  Reports out;
  const Guest& guest = at.trace().guest();
  const World world(guest, at.state());
  std::set<int> loose;
  for (std::size_t i = 0; i < world.gs().size(); ++i) {
    judge_g(world, static_cast<int>(i), out);
    if (is_loose(world.gs()[i])) loose.insert(static_cast<int>(i));
  }
  for (std::size_t i = 0; i < world.ms().size(); ++i) {
    judge_m(world, static_cast<int>(i), out);
    judge_thread(world, world.ms()[i], out);
    judge_gobuf(world, world.ms()[i], out);
  }
  for (std::size_t i = 0; i < world.ps().size(); ++i) judge_p(world, static_cast<int>(i), out);
  judge_counts(world, out);
  judge_goids(world, out);
  judge_lost(world, loose, out);
  if (at.position() > 0) {
    // What the last step changed, seen from the state before it.
    Cursor step(at);
    step.back();
    std::vector<std::pair<std::uint32_t, unsigned>> stores;
    delta::visit(
        step.next_record(), [](unsigned, std::uint64_t) {},
        [&](std::uint32_t offset, unsigned size, std::uint64_t) { stores.emplace_back(offset, size); });
    World before(guest, step.state());
    before.clear_touched();
    step.forward();
    for (const auto& [offset, size] : stores) before.stored(offset, size);
    for (const World::Change& change : before.changes()) judge_change(before, change, out);
  }
  return std::move(out.reports);
}

}  // namespace gogoscope
