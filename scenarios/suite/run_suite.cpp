#include "scenarios/suite/run_suite.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <iostream>
#include <memory>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "emu/runtime/unit.h"
#include "scenarios/format/reader.h"
#include "scenarios/go/go_program.h"
#include "scenarios/suite/run_case.h"
#include "scenarios/suite/worker.h"

namespace gogoscope {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTick{100};       ///< between two looks at the clock
constexpr milliseconds kMemoryTick{10};  ///< between two looks at the memory of the processes

CaseResult skipped_case(const Case& one) {
  CaseResult out;
  out.file = printable(one.file);
  out.name = printable(one.name);
  if (one.hand_in) out.student = printable(one.hand_in->student);
  return out;
}

double seconds_since(Clock::time_point begin) {
  const std::chrono::duration<double> taken = Clock::now() - begin;
  return std::round(taken.count() * 1000) / 1000;
}

class Suite {
 public:
  Suite(const std::vector<Case>& cases, const Work& work, const SuiteOptions& options,
        const SuiteWatcher& watcher, Language language)
      : cases_(cases),
        work_(work),
        options_(options),
        watcher_(watcher),
        language_(language),
        results_(cases.size()),
        end_(cases.size()) {}

  SuiteResult run() {
    while (told_ < end_ && !stopped_) {
      hand_out();
      wait();
      look_at_limits();
      tell();
    }
    posts_.clear();  // ends what still runs
    SuiteResult out;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const bool known = results_[i] && i < end_;
      out.cases.push_back(known ? std::move(*results_[i]) : skipped_case(cases_[i]));
    }
    return out;
  }

 private:
  /// A process, and since when it is at what it does.
  struct Post {
    std::unique_ptr<Worker> worker;
    Clock::time_point since;
  };

  Work work() const {
    return [this](const Case& one) {
      const Clock::time_point begin = Clock::now();
      CaseResult result = work_(one);
      if (options_.times) result.seconds = seconds_since(begin);
      return result;
    };
  }

  /// Gives each process that has nothing to do a case, and starts processes as long as there are too few.
  void hand_out() {
    while (next_ < end_) {
      auto idle = std::ranges::find_if(posts_, [](const Post& post) { return !post.worker->busy_with(); });
      if (idle == posts_.end()) {
        if (posts_.size() >= static_cast<std::size_t>(options_.jobs) || !start()) return;
        idle = std::prev(posts_.end());
      }
      idle->since = Clock::now();
      if (idle->worker->give(next_)) {
        ++next_;
      } else {
        posts_.erase(idle);  // it is gone, with nothing to do: another one takes the case
      }
    }
  }

  bool start() {
    std::cout.flush();
    std::cerr.flush();
    std::vector<int> ours;
    for (const Post& post : posts_) ours.push_back(post.worker->fd());
    if (watcher_.stop >= 0) ours.push_back(watcher_.stop);
    auto worker = std::make_unique<Worker>(cases_, work(), ours);
    if (worker->started()) {
      posts_.push_back({std::move(worker), Clock::now()});
      return true;
    }
    const std::string why = std::strerror(errno);
    if (!posts_.empty()) return false;  // fewer will do
    results_[next_] = broken_case(
        cases_[next_],
        {{"no process can be started for it: {why}", "无法为它启动进程：{why}"}, {{"why", why}}}, language_);
    ++next_;
    return false;
  }

  /// Until something is heard, or it is time to look at the limits.
  void wait() {
    std::vector<pollfd> fds;
    for (const Post& post : posts_) fds.push_back({post.worker->fd(), POLLIN, 0});
    fds.push_back({watcher_.stop, POLLIN, 0});
    if (posts_.empty()) return;
    if (poll(fds.data(), fds.size(), static_cast<int>(tick().count())) < 0) return;
    stopped_ = fds.back().revents != 0 || (watcher_.enough && watcher_.enough());
    for (std::size_t i = posts_.size(); i-- > 0;) {
      if (fds[i].revents != 0) hear(i);
    }
  }

  milliseconds tick() const {
    milliseconds most = options_.memory ? kMemoryTick : kTick;
    if (!options_.timeout) return most;
    for (const Post& post : posts_) {
      const auto left = std::chrono::ceil<milliseconds>(post.since + *options_.timeout - Clock::now());
      if (post.worker->busy_with()) most = std::clamp(left, milliseconds(0), most);
    }
    return most;
  }

  void hear(std::size_t i) {
    Worker& worker = *posts_[i].worker;
    const std::optional<std::size_t> index = worker.busy_with();
    CaseResult result;
    switch (worker.hear(result)) {
      case Worker::Heard::nothing:
        return;
      case Worker::Heard::result:
        results_[*index] = std::move(result);
        return;
      case Worker::Heard::end:
        worker.kill();  // if it said something that is no result
        gone(i, worker.ending());
        return;
    }
  }

  /// The process is no more; what it ran is broken.
  void gone(std::size_t i, const Message& why) {
    if (const auto index = posts_[i].worker->busy_with()) {
      results_[*index] = ended_case(cases_[*index], why, language_);
      if (options_.times) results_[*index]->seconds = seconds_since(posts_[i].since);
    }
    posts_.erase(posts_.begin() + static_cast<std::ptrdiff_t>(i));
  }

  void look_at_limits() {
    for (std::size_t i = posts_.size(); i-- > 0;) {
      Worker& worker = *posts_[i].worker;
      if (!worker.busy_with()) continue;
      Message why;
      if (options_.timeout && Clock::now() - posts_[i].since >= *options_.timeout) {
        const std::chrono::duration<double> most = *options_.timeout;
        why = {{"it did not end within {s} s (--timeout)", "它没有在 {s} 秒之内结束（--timeout）"},
               {{"s", fmt::format("{:g}", most.count())}}};
      } else if (options_.memory && worker.resident() > *options_.memory) {
        why = {{"it took more than {mb} MB of memory (--memory)", "它占用的内存超过 {mb} MB（--memory）"},
               {{"mb", *options_.memory >> 20}}};
      }
      if (why.empty()) continue;
      worker.kill();
      worker.ending();
      gone(i, why);
    }
  }

  /// Passes on what is known, up to the first case of which nothing is.
  void tell() {
    while (told_ < end_ && results_[told_]) {
      const CaseResult& result = *results_[told_++];
      const bool wrong = result.verdict == CaseVerdict::failed || result.verdict == CaseVerdict::broken;
      wrong_ += wrong ? 1 : 0;
      if (watcher_.result && !watcher_.result(result)) stopped_ = true;
      if (wrong && options_.fail_fast) end_ = told_;
    }
    if (!watcher_.progress || told_ == end_ || Clock::now() - shown_ < kTick) return;
    shown_ = Clock::now();
    SuiteProgress progress{told_, end_, wrong_, nullptr};
    Clock::time_point since = Clock::time_point::max();
    for (const Post& post : posts_) {
      if (!post.worker->busy_with() || post.since >= since) continue;
      since = post.since;
      progress.longest = &cases_[*post.worker->busy_with()];
    }
    watcher_.progress(progress);
  }

  const std::vector<Case>& cases_;
  const Work& work_;
  const SuiteOptions& options_;
  const SuiteWatcher& watcher_;
  Language language_;
  std::vector<std::optional<CaseResult>> results_;
  std::size_t next_ = 0;   ///< to be handed out
  std::size_t told_ = 0;   ///< results passed on
  std::size_t end_;        ///< what comes from here on is skipped
  std::size_t wrong_ = 0;  ///< of those passed on
  bool stopped_ = false;
  Clock::time_point shown_;  ///< when the watcher has last been told how far it is
  std::vector<Post> posts_;
};

/// Programs are built here: what is wrong with one is said where its scenario's turn comes.
void open_programs(const std::vector<Case>& cases) {
  const std::string* last = nullptr;
  for (const Case& one : cases) {
    if (one.file == kStandardInput || (last != nullptr && *last == one.file)) continue;
    last = &one.file;
    const auto text = read_scenario_file(one.file);
    const auto* const readable = std::get_if<std::string>(&text);
    if (readable != nullptr && ("\n" + *readable).find("\nprogram:") != std::string::npos)
      read_what_can_be_read(one.file, *readable);
  }
}

}  // namespace

SuiteResult run_suite(const std::vector<Case>& cases, const SuiteOptions& options,
                      const SuiteWatcher& watcher, Language language) {
  // Once, here: the processes are copies.
  runtime::runtime_texts(default_lesson_release());
  const KeptPrograms programs;
  open_programs(cases);
  const Work work = [&](const Case& one) { return run_case(one, language, options.show_hidden); };
  return run_suite(cases, work, options, watcher, language);
}

SuiteResult run_suite(const std::vector<Case>& cases, const Work& work, const SuiteOptions& options,
                      const SuiteWatcher& watcher, Language language) {
  return Suite(cases, work, options, watcher, language).run();
}

}  // namespace gogoscope
