#include "emu/explore/search.h"

#include <algorithm>
#include <utility>

namespace gogoscope {
namespace {

constexpr std::uint64_t kNever = ~std::uint64_t{0};
constexpr std::uint64_t kAskEvery = 1024;  // states
constexpr std::uint64_t kStretches = 8;    // for each shard

}  // namespace

OrderSearch::OrderSearch(const ExploreOptions& options, const Trace& trace, Pruning pruning)
    : options_(options),
      trace_(trace),
      pruning_(pruning),
      follower_(trace),
      turns_{{0, false, 0, options.preemptions}},
      shorter_than_(options.shorter_than == 0 ? kNever : options.shorter_than) {}

bool OrderSearch::decide(Helm& helm) {
  out_.steps += helm.steps() - steps_at_;
  bool going = go_on(helm);
  while (!going && !enough_) {
    if (nodes_.empty()) return false;
    going = next_option(helm);
  }
  steps_at_ = helm.steps();
  return !enough_;
}

/// Follows the record to its end. False: nothing more is to be seen on this path.
bool OrderSearch::go_on(Helm& helm) {
  const std::uint64_t end_state = helm.steps();
  while (follower_.position() < end_state) {
    const std::uint64_t at = follower_.position();
    if ((at + 1 == end_state || follower_.next_is_watched()) && !arrive()) return false;
    if (const auto broken = follower_.forward(); !broken.empty()) {
      const auto& what = *broken.front().as<InvariantBreak>();
      end({OrderEnd::Kind::broke, {}, what.id, what.reason, 0});
      return false;
    }
  }
  if (follower_.position() >= shorter_than_) {
    leave_first_path();
    return false;
  }
  return choose_at_end(helm);
}

/// In a state before a step that matters. False: it has been explored.
bool OrderSearch::arrive() {
  if (follower_.threads_made() < 2) return true;
  const std::uint64_t at = follower_.position();
  const std::uint64_t key = follower_.key();
  const SeenStates::Visit visit{static_cast<std::uint32_t>(at), turn().left};
  const auto [seen, is_new] = seen_.try_emplace(key, visit);
  if (!is_new) {
    // A thread that comes back to a state of its own turn spins.
    for (std::size_t i = points_.size(); i-- > 0 && points_[i].state >= turn().state;) {
      if (points_[i].key != key) continue;
      spin(i);
      return false;
    }
    const bool in_fewer_steps = options_.shorter_than != 0 && at < seen->steps;
    const bool with_more_left = seen->left < turn().left && pruning_ == Pruning::by_preemptions_left;
    if (!with_more_left && !in_fewer_steps) return false;
    *seen = visit;
  }
  ++visits_;
  if (visits_ % kAskEvery == 0 && options_.enough && options_.enough()) enough_ = true;
  if (options_.max_states != 0 && visits_ > options_.max_states) enough_ = true;
  if (enough_) return false;
  points_.push_back({key, at});
  // The turn could have gone to any other thread instead of this one; but where a deadline has passed
  // with it, others may have come to be able to move.
  if (at > turn().state || turn().expires) {
    if (auto other = options(others(), 1); !other.empty()) nodes_.push_back({at, std::move(other), 0});
  }
  return true;
}

/// At the end of the record: a thread must go on.
bool OrderSearch::choose_at_end(Helm& helm) {
  if (const Stop* const stop = trace_.end()) {
    end({OrderEnd::Kind::stopped, *stop, {}, {}, 0});
    return false;
  }
  if (helm.steps() >= trace_.guest().step_budget) {
    end({OrderEnd::Kind::budget, {}, {}, {}, 0});
    return false;
  }
  const ThreadId self = follower_.state().thread();
  const bool can_go_on = can_move(self);
  if (can_go_on && !follower_.turn_is_over()) return true;
  const Others rest = others();
  if (can_go_on && rest.movers.empty() && rest.sleepers.empty()) return true;
  if (!can_go_on && rest.movers.empty() && rest.sleepers.empty()) {
    helm.deadlock();
    end({OrderEnd::Kind::stopped, *trace_.end(), {}, {}, 0});
    return false;
  }
  Node node{follower_.position(), {}, 0};
  if (can_go_on) node.options.push_back({self, false, turn().left});
  for (const Option& option : options(rest, 0)) {
    // Beside a thread that can go on, time passing is a choice.
    if (option.expires && can_go_on) {
      const int left = option.left == turn().left ? turn().left - 1 : option.left;
      if (left >= 0) node.options.push_back({option.thread, true, left});
      out_of_preemptions_ = out_of_preemptions_ || left < 0;
    } else {
      node.options.push_back(option);
    }
  }
  nodes_.push_back(std::move(node));
  return false;
}

/// The thread has come back to the state of a point of its turn, and could go on like this forever. So it is
/// no preemption to let others move in any state of the circle.
void OrderSearch::spin(std::size_t first) {
  const std::uint64_t at = follower_.position();
  const std::vector<Option> free = options(others(), 0);
  if (free.empty()) return end({OrderEnd::Kind::endless, {}, {}, {}, 0});
  while (!nodes_.empty() && nodes_.back().state >= std::max(points_[first].state, turn().state + 1)) {
    nodes_.pop_back();
  }
  for (std::size_t i = first; i < points_.size(); ++i) {
    if (points_[i].state > turn().state) nodes_.push_back({points_[i].state, free, 0});
  }
  // The first state of a turn is none in which to end it, but it is also this one, a circle later.
  if (points_[first].state == turn().state) nodes_.push_back({at, free, 0});
}

bool OrderSearch::can_move(ThreadId thread) const {
  const Image& state = follower_.state();
  const ThreadRow row = follower_.threads().row(state, thread);
  return row.can_move() || row.wakes_by_itself(follower_.threads().clock(state));
}

OrderSearch::Others OrderSearch::others() const {
  Others out;
  const Image& state = follower_.state();
  const std::uint64_t clock = follower_.threads().clock(state);
  const int made = follower_.threads_made();
  for (int k = 1; k < made; ++k) {
    // From the current one on, as round robin goes.
    const auto thread = static_cast<ThreadId>((state.thread() + k) % made);
    const ThreadRow row = follower_.threads().row(state, thread);
    if (row.can_move() || row.wakes_by_itself(clock)) {
      out.movers.push_back(thread);
    } else if (row.state == ThreadState::asleep && row.deadline != 0) {
      out.sleepers.push_back(thread);
    }
  }
  // The current thread may itself be the one that sleeps.
  const ThreadRow own = follower_.threads().row(state, state.thread());
  if (own.state == ThreadState::asleep && own.deadline > clock) out.sleepers.push_back(state.thread());
  out.earliest = kNever;
  for (const ThreadId thread : out.sleepers) {
    out.earliest = std::min(out.earliest, follower_.threads().row(state, thread).deadline);
  }
  return out;
}

/// Those that can be paid for, if it costs `move_costs` preemptions to let another thread move.
std::vector<OrderSearch::Option> OrderSearch::options(const Others& others, int move_costs) {
  std::vector<Option> out;
  const int left = turn().left;
  if (left < move_costs && !others.movers.empty()) out_of_preemptions_ = true;
  if (left >= move_costs) {
    for (const ThreadId thread : others.movers) out.push_back({thread, false, left - move_costs});
  }
  for (const ThreadId thread : others.sleepers) {
    const bool first = follower_.threads().row(follower_.state(), thread).deadline == others.earliest;
    const int costs = move_costs == 0 && others.movers.empty() && first ? 0 : 1;
    if (left >= costs) {
      out.push_back({thread, true, left - costs});
    } else {
      out_of_preemptions_ = true;
    }
  }
  return out;
}

bool OrderSearch::next_option(Helm& helm) {
  Node& node = nodes_.back();
  if (node.next == node.options.size()) {
    nodes_.pop_back();
    return false;
  }
  const Option option = node.options[node.next++];
  const std::uint64_t state = node.state;
  if (follower_.position() > state) follower_.back_to(state);
  helm.take_back(state);
  while (turns_.size() > 1 && turns_.back().state > state) turns_.pop_back();
  while (!points_.empty() && points_.back().state > state) points_.pop_back();
  return take(option, helm);
}

bool OrderSearch::take(const Option& option, Helm& helm) {
  helm.give_turn(option.thread, option.expires);
  ++out_.steps;
  const auto broken = follower_.forward();
  turns_.push_back({option.thread, option.expires, follower_.position(), option.left});
  if (broken.empty()) return true;
  const auto& what = *broken.front().as<InvariantBreak>();
  end({OrderEnd::Kind::broke, {}, what.id, what.reason, 0});
  return false;
}

void OrderSearch::end(OrderEnd what) {
  what.key = follower_.key();
  const bool fails = options_.fails && options_.fails(what, trace_, follower_.state());
  // Every shard comes to the end of the first path.
  if (!leave_first_path() || options_.shard.number == 0) count(what, fails);
  if (!fails) return;
  Order failing = order();
  if (out_.failure && out_.failure->order <= failing) return;
  if (options_.shorter_than != 0) shorter_than_ = std::min(shorter_than_, failing.steps);
  out_.failure = Explored::Failure{std::move(failing), std::move(what)};
}

void OrderSearch::count(const OrderEnd& what, bool fails) {
  ++out_.orders;
  auto known = std::ranges::find_if(out_.outcomes, [&](const Explored::Outcome& other) {
    return other.fails == fails && other.end.same_kind(what);
  });
  if (known == out_.outcomes.end()) known = out_.outcomes.insert(known, {what, fails, {}});
  known->keys.push_back(what.key);
}

/// The turns of the path, so that they lead to where the follower is.
Order OrderSearch::order() const {
  Order out{{}, follower_.position(), options_.preemptions - turn().left};
  for (std::size_t i = 1; i < turns_.size(); ++i) {
    const std::uint64_t until = i + 1 < turns_.size() ? turns_[i + 1].state - 1 : out.steps;
    out.turns.push_back(
        {turns_[i].thread, static_cast<std::uint32_t>(until - turns_[i].state), turns_[i].expires});
  }
  return out;
}

/// At its end each shard gets a stretch of the options that wait along the first path: neighbours have much
/// in common, and a shard explores that once. False: it has been left before.
bool OrderSearch::leave_first_path() {
  if (!std::exchange(on_first_path_, false)) return false;
  std::uint64_t waiting = 0, number = 0;
  for (const Node& node : nodes_) waiting += node.options.size() - node.next;
  for (Node& node : nodes_) {
    std::vector<Option> own;
    for (std::size_t i = node.next; i < node.options.size(); ++i) {
      const std::uint64_t stretch = number++ * options_.shard.of * kStretches / waiting;
      if (stretch % options_.shard.of == options_.shard.number) own.push_back(node.options[i]);
    }
    node.options = std::move(own);
    node.next = 0;
  }
  return true;
}

Explored OrderSearch::take() {
  out_.complete = !enough_;
  out_.every_order = !enough_ && !out_of_preemptions_ && options_.shorter_than == 0;
  out_.keys.reserve(seen_.size());
  seen_.for_each_key([&](std::uint64_t key) { out_.keys.push_back(key); });
  std::ranges::sort(out_.keys);
  for (Explored::Outcome& outcome : out_.outcomes) outcome.keys = different(std::move(outcome.keys));
  return std::move(out_);
}

}  // namespace gogoscope
