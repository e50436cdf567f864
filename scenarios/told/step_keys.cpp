#include "scenarios/told/step_keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/guest/line_essence.h"
#include "emu/history/fault.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/program_keys.h"

namespace gogoscope {
namespace {

std::string_view branch_word(std::string_view text) { return text.substr(0, text.find(' ')); }

/// The kind of a step of a task, beyond a plain instruction.
std::string task_key(const Guest& guest, const Step& step, const Instruction* at, const StateView& after) {
  const std::string_view word = at == nullptr ? std::string_view() : branch_word(at->text);
  const std::string target = guest.code.symbolize(after.pc());
  if (word == "RET") {
    if (target == "runtime.goexit+0x1") return "task.ret.goexit";
    if (target.substr(0, 12) == "runtime.main") return "task.ret.main";
    return "task.ret";
  }
  const Function* from = guest.code.function_at(step.pc);
  const Function* to = guest.code.function_at(after.pc());
  if (to != nullptr && to != from && after.pc() == to->entry) {
    const std::string key = "task.call." + to->name;
    if (to->name == "runtime.newproc" || to->name == "runtime.Gosched") return key;
    return "task.call";
  }
  return "task.instruction";
}

bool moves_clock(const Guest& guest, const Step& step) {
  const DataSymbol* clock = guest.code.data("kernel.clock");
  return clock != nullptr && std::any_of(step.stores.begin(), step.stores.end(),
                                         [&](const Store& store) { return store.addr == clock->addr; });
}

/// What a real process would do depends on the signal and on the address, so does what is said.
std::vector<StepKey> fault_keys(const Text& detail) {
  if (detail.en == fault::kDivide.en) return {{"stop.fault.divide"}, {"stop.fault.runtime"}, {"stop.fault"}};
  if (detail.en == fault::kTrap.en) return {{"stop.fault.trap"}};
  const std::optional<std::uint64_t> address = fault::address_of(detail);
  if (!address) return {{"stop.fault"}};
  if (*address < fault::kEndOfNil) return {{"stop.fault.nil"}, {"stop.fault.runtime"}, {"stop.fault"}};
  return {{"stop.fault.address.panics"}, {"stop.fault.address"}, {"stop.fault.runtime"}, {"stop.fault"}};
}

std::vector<StepKey> stop_keys(const Stop& stop) {
  const std::string key = fmt::format("stop.{}", name(stop.reason));
  if (stop.reason == StopReason::fault) return fault_keys(stop.detail);
  if (stop.reason != StopReason::throw_) return {{key}};
  if (stop.detail.en.starts_with("gogoscope: ")) return {{key + ".left_out"}};
  if (stop.detail.en.ends_with("fatal error: stack overflow")) return {{key + ".stack_overflow"}};
  if (stop.detail.en.ends_with("fatal error: go of nil func value")) return {{key + ".nil_func"}};
  return {{key}};
}

/// The name of the line that an instruction comes from; of what the assembler has put in front of a real
/// function, its number there.
std::string line_name(const Code& code, const Function& function, const Instruction& at) {
  if (!at.prologue) return code.line_name(function, at.line);
  const auto& all = code.instructions();
  const auto number = std::count_if(all.begin(), all.end(), [&](const Instruction& other) {
    return other.prologue && function.contains(other.pc) && other.pc <= at.pc;
  });
  return fmt::format("(prologue)#{}", number);
}

/// A line of a modelled function without its number among those of the same text.
std::string without_number(const std::string& name) {
  const std::size_t sign = name.rfind('#');
  const bool numbered = sign != std::string::npos && sign + 1 < name.size() &&
                        name.find_first_not_of("0123456789", sign + 1) == std::string::npos;
  return numbered ? name.substr(0, sign) : name;
}

}  // namespace

std::vector<std::string> place_keys(const Code& code, const Function& function, const Instruction& at) {
  if (function.kind == FunctionKind::task) return {};
  const bool modelled = code.is_modelled(function);
  std::vector<std::string> keys;
  if (at.pc == function.entry && (modelled || at.prologue)) keys.push_back(function.name);
  const std::string line = modelled && at.prologue ? "" : line_name(code, function, at);
  if (line.empty()) return keys;
  keys.push_back(fmt::format("{}:\"{}\"", function.name, line));
  // In modelled functions lines of the same text mean the same, unless one has a text of its own.
  if (modelled) keys.push_back(fmt::format("{}:\"{}\"", function.name, without_number(line)));
  return keys;
}

std::vector<StepKey> step_keys(const Guest& guest, const StateView& after, const Step& step,
                               const std::vector<Event>& events) {
  if (step.kind == StepKind::edit) {
    if (moves_clock(guest, step)) return {{"edit.clock"}};
    if (step.stores.empty() && step.regs.empty()) return {{"edit.same"}};
    return {{step.by_hand ? "edit.by_hand" : "edit"}};
  }
  if (step.kind == StepKind::thread) return {{moves_clock(guest, step) ? "turn.clock" : "turn"}};
  if (step.stop) return stop_keys(*step.stop);
  if (!guest.code.rows().empty()) return program_keys(guest, after, step, events);
  const Function* function = guest.code.function_at(step.pc);
  if (function == nullptr) return {};

  std::vector<StepKey> keys;
  const Instruction* at = guest.code.instruction_at(step.pc);
  const bool task = function->kind == FunctionKind::task;
  const bool modelled = guest.code.is_modelled(*function);
  const bool entry = step.pc == function->entry;
  const bool of_the_compiler = at != nullptr && at->prologue;
  if (at != nullptr) {
    for (std::string& key : place_keys(guest.code, *function, *at)) keys.push_back({std::move(key)});
  }
  for (const Event& event : events) {
    for (std::string& key : event_keys("event", event)) keys.push_back({std::move(key), &event});
  }
  if (task) {
    keys.push_back({task_key(guest, step, at, after)});
    return keys;
  }
  if (modelled && at != nullptr && !entry) {
    const bool returns = at->text == "return" || at->text == "RET";
    if (returns || of_the_compiler) {
      keys.push_back({returns ? "modelled.return" : "modelled.prologue"});
      return keys;
    }
    const std::string line = guest.code.line_name(*function, at->line);
    if (!line.empty()) keys.push_back({fmt::format("line:\"{}\"", without_number(line))});
  }
  keys.push_back({function->name + ":*"});
  if (modelled && entry) keys.push_back({"modelled.prologue"});
  return keys;
}

}  // namespace gogoscope
