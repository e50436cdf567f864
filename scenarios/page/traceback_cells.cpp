#include "scenarios/page/traceback_cells.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emu/port/traceback.h"

namespace gogoscope {
namespace {

// A stack that no g owns, the process's first one.
constexpr const char* kSystem = "system";

/// "proc.go:2700": without the offset, which would be another one at each step.
std::string line_text(const Guest& guest, const TraceFrame& frame) {
  std::string place = place_text(guest.code, frame);
  if (frame.inlined != nullptr) return place;  // it has no offset of its own
  return place.substr(0, place.rfind(' '));
}

/// Whether the step stored outside of the stack of this g: what another g's frames hold may have changed.
bool stored_elsewhere(const Stage& stage, const Entity* g) {
  if (stage.scheduler_touched()) return true;
  for (const Store& store : stage.step()->stores) {
    const auto stack = stage.view().names->stack_with_word(store.addr);
    if (stack && stack->owner != g) return true;
  }
  return false;
}

}  // namespace

TracebackCells::Stack& TracebackCells::stack(Stage& stage, const std::string& name) {
  const auto [at, is_new] = numbers_.try_emplace(name, stacks_.size());
  if (is_new) stacks_.push_back({name, stage.cells.add(), {}});
  return stacks_[at->second];
}

void TracebackCells::tell(Stage& stage, const Traceback& traceback, const std::string& name) {
  Stack& to = stack(stage, name);
  stage.cells.set(to.head, stage.values.of(head_text(traceback)));
  // The outermost first: a call or a return then changes the end of the list alone.
  std::vector<int> values;
  const Image& state = stage.view().state();
  if (traceback.creator) {
    const Function* const creator = traceback.creator->named;
    values.push_back(
        stage.values.of("created by " + (creator == nullptr ? std::string("?") : creator->name)));
    values.push_back(stage.values.of(line_text(stage.guest(), *traceback.creator)));
  }
  for (auto frame = traceback.frames.rbegin(); frame != traceback.frames.rend(); ++frame) {
    values.push_back(stage.values.of(call_text(state, *frame)));
    values.push_back(stage.values.of(line_text(stage.guest(), *frame)));
  }
  while (to.calls.size() < values.size()) to.calls.push_back(stage.cells.add());
  for (std::size_t i = 0; i < to.calls.size(); ++i)
    stage.cells.set(to.calls[i], i < values.size() ? values[i] : 0);
}

void TracebackCells::follow(Stage& stage) {
  if (order_ < 0) order_ = stage.cells.add();
  const Tracebacks tracebacks(stage.guest(), stage.view().state(), stage.entities());
  const std::vector<const Entity*> gs = tracebacks.gs();
  // Of the stack that the thread has left, PC and SP are now those in its sched.
  const std::string on = gs.front() == nullptr ? kSystem : gs.front()->name;
  const bool all = on != on_ || stored_elsewhere(stage, gs.front());
  on_ = on;
  std::string order;
  for (const Entity* const g : gs) {
    const std::string name = g == nullptr ? kSystem : g->name;
    order.append(order.empty() ? "" : " ").append(name);
    const bool is_new = numbers_.find(name) == numbers_.end();
    if (g == gs.front() || is_new || all) tell(stage, tracebacks.of(g), name);
  }
  stage.cells.set(order_, stage.values.of(order));
}

nlohmann::ordered_json TracebackCells::json(CellNumbers& numbers) const {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Stack& stack : stacks_) {
    nlohmann::ordered_json calls = nlohmann::ordered_json::array();
    for (const int cell : stack.calls) calls.push_back(numbers.of(cell));
    all.push_back({{"name", stack.name}, {"head", numbers.of(stack.head)}, {"calls", calls}});
  }
  return {{"order", numbers.of(order_)}, {"all", all}};
}

}  // namespace gogoscope
