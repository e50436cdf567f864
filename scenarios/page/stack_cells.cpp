#include "scenarios/page/stack_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emu/layout/views.h"
#include "scenarios/told/stack_words.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

StackCells::StackCells(const Trace& trace, std::uint64_t from, std::uint64_t to) {
  Cursor cursor(trace);
  cursor.seek(from);
  std::set<std::uint64_t> used;
  const auto use = [&](const RegChange& change) {
    if (change.reg == Reg::rsp) used.insert(change.new_value / 8 * 8);
  };
  used.insert(cursor.state().sp().value() / 8 * 8);
  for (; cursor.position() < to; cursor.forward()) {
    const Step step = cursor.next();
    for (const RegChange& change : step.regs) use(change);
    for (const OtherRegChange& other : step.other_regs) use(other.change);
    for (const Store& store : step.stores) used.insert(store.addr.value() / 8 * 8);
  }
  used_.assign(used.begin(), used.end());
}

Addr StackCells::lowest_used(Stage& stage, const StackRef& ref) const {
  Addr low = ref.hi;
  const auto touched = std::lower_bound(used_.begin(), used_.end(), ref.lo.value());
  if (touched != used_.end()) low = std::min(low, Addr(*touched));
  for (Addr at = std::max(ref.lo, ref.hi - kMostWords * 8); at < low; at = at + 8) {
    if (stage.view().state().load_or_zero(at) != 0) low = at;
  }
  return std::max({ref.lo, low, ref.hi - kMostWords * 8});
}

StackCells::Stack& StackCells::found(Stage& stage, const StackRef& ref) {
  const auto [at, is_new] = numbers_.try_emplace({ref.owner->name, ref.hi.value()}, stacks_.size());
  if (!is_new) return stacks_[at->second];
  Stack stack;
  stack.owner = ref.owner->name;
  stack.lo = ref.lo;
  stack.hi = ref.hi;
  stack.low = lowest_used(stage, ref);
  for (Addr word = ref.hi - 8; word >= stack.low; word = word - 8) {
    stack.words.push_back(stage.cells.add());
    stack.roles.push_back(stage.cells.add());
  }
  for (int& cell : stack.marks) cell = stage.cells.add();
  by_low_[stack.low.value()] = stacks_.size();
  stacks_.push_back(std::move(stack));
  return stacks_.back();
}

void StackCells::show_words(Stage& stage) {
  const Image& state = stage.view().state();
  if (stage.renamed()) {
    for (const StackRef& ref : stage.view().names->all_stacks()) {
      Stack& stack = found(stage, ref);
      by_low_[stack.low.value()] = static_cast<std::size_t>(&stack - stacks_.data());
      for (std::size_t i = 0; i < stack.words.size(); ++i) {
        const Addr at = stack.hi - static_cast<std::int64_t>(8 * (i + 1));
        stage.cells.set(stack.words[i], stage.pointer(state.load_or_zero(at)));
      }
    }
  }
  const Step* step = stage.step();
  if (step == nullptr) return;
  for (const Store& store : step->stores) {
    for (std::int64_t byte = 0; byte < store.size; byte += 8) {
      const Addr word((store.addr + byte).value() / 8 * 8);
      auto at = by_low_.upper_bound(word.value());
      if (at == by_low_.begin()) continue;
      const Stack& stack = stacks_[std::prev(at)->second];
      if (stack.lists(word))
        stage.cells.write(stack.words[stack.row(word)], stage.pointer(state.load_or_zero(word)));
    }
  }
}

void StackCells::show_marks(Stage& stage, Stack& stack, const StackView& seen) {
  const auto mark = [&](Mark which, const std::optional<Addr>& at) {
    stage.cells.set(stack.marks[which], at ? stage.values.of(std::to_string((stack.hi - *at) / 8 - 1)) : 0);
  };
  const auto tag = [&](StackTag::Kind kind) -> std::optional<Addr> {
    for (const StackTag& one : seen.tags) {
      if (one.kind == kind) return one.at;
    }
    return std::nullopt;
  };
  mark(kSp, tag(StackTag::Kind::sp));
  mark(kBp, tag(StackTag::Kind::bp));
  mark(kSavedSp, tag(StackTag::Kind::saved_sp));
  mark(kSavedBp, tag(StackTag::Kind::saved_bp));
  const char* const use = seen.use == StackUse::thread  ? "thread"
                          : seen.use == StackUse::sched ? "sched"
                                                        : "";
  stage.cells.set(stack.marks[kUse], stage.values.of(use));
  std::string frames;
  for (const StackFrame& frame : seen.frames) {
    const std::size_t row = stack.row(seen.words[frame.first].addr);
    if (!frames.empty()) frames += ' ';
    frames += fmt::format("{} {}", row, frame.name);
  }
  stage.cells.set(stack.marks[kFrames], stage.values.of(frames));
}

void StackCells::show_frames(Stage& stage, Stack& stack, const Entity& owner) {
  const StackView seen = stack_view(stage.view(), owner);
  if (seen.hi != stack.hi) return;
  show_marks(stage, stack, seen);
  std::set<std::size_t> named;
  for (const StackCell& word : seen.words) {
    if (word.free || !stack.lists(word.addr)) continue;
    // Of words above a switch of stacks the view knows more than the names do; what has no name gets none.
    const bool forged = word.role == WordRole::forged_return;
    const WordRole role = stage.names(Language::en).role(word.addr);
    if (!forged && (role == WordRole::plain || role == WordRole::none)) continue;
    const std::size_t row = stack.row(word.addr);
    named.insert(row);
    stage.cells.set(stack.roles[row],
                    stage.values.of(forged ? kForgedReturn.text() : stage.description(word.addr)));
  }
  for (const std::size_t row : stack.named) {
    if (named.count(row) == 0) stage.cells.set(stack.roles[row], 0);
  }
  stack.named = std::move(named);
}

void StackCells::follow(Stage& stage) {
  if (g_ < 0) {
    g0_ = stage.cells.add();
    g_ = stage.cells.add();
  }
  show_words(stage);
  const MomentView& view = stage.view();
  const Layout& layout = stage.guest().release->layout;
  const Entity* const m = view.current_m();
  const Entity* const g0 =
      m == nullptr ? nullptr : view.g_at(MView(layout, view.state(), {m->addr}).g0().addr);
  const Entity* const g = view.goroutine(Addr());
  stage.cells.set(g0_, g0 == nullptr ? 0 : stage.values.of(g0->name));
  stage.cells.set(g_, g == nullptr ? 0 : stage.values.of(g->name));
  const Step* step = stage.step();
  for (const StackRef& ref : view.names->all_stacks()) {
    const auto holds = [&](const Store& store) {
      return ref.holds_word(store.addr) ||
             stage.entities().holding(store.addr) == stage.entities().at(ref.owner->addr, Entity::Kind::g);
    };
    const bool near = ref.owner == g0 || ref.owner == g || stage.renamed() ||
                      std::any_of(step->stores.begin(), step->stores.end(), holds) ||
                      ref.holds_sp(view.state().sp()) || ref.holds_sp(Addr(view.state().reg(Reg::rbp))) ||
                      was_near_.count(ref.owner->addr.value()) != 0;
    if (!near) continue;
    show_frames(stage, found(stage, ref), *ref.owner);
  }
  was_near_.clear();
  for (const Entity* e : {g0, g}) {
    if (e != nullptr) was_near_.insert(e->addr.value());
  }
  if (const auto here = view.names->stack_with_sp(view.state().sp()))
    was_near_.insert(here->owner->addr.value());
  if (const auto here = view.names->stack_with_sp(Addr(view.state().reg(Reg::rbp))))
    was_near_.insert(here->owner->addr.value());
}

Json StackCells::json(CellNumbers& numbers) const {
  static constexpr const char* kNames[] = {"sp", "bp", "saved_sp", "saved_bp", "frames", "use"};
  Json all = Json::array();
  for (const Stack& stack : stacks_) {
    Json one{{"owner", stack.owner}, {"hi", fmt::format("{:#x}", stack.hi.value())}};
    for (std::size_t i = 0; i < kMarks; ++i) one[kNames[i]] = numbers.of(stack.marks[i]);
    // Cells of a stack follow each other: the first word, how many there are, the first role.
    one["count"] = stack.words.size();
    Json first;
    for (const int cell : stack.words) {
      const int number = numbers.of(cell);
      if (first.is_null()) first = number;
    }
    one["words"] = first;
    first = nullptr;
    for (const int cell : stack.roles) {
      const int number = numbers.of(cell);
      if (first.is_null()) first = number;
    }
    one["roles"] = first;
    all.push_back(std::move(one));
  }
  return {{"g0", numbers.of(g0_)}, {"g", numbers.of(g_)}, {"all", all}};
}

}  // namespace gogoscope
