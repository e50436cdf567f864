#include "scenarios/run/first_step.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/history/named_cursor.h"
#include "scenarios/format/fields.h"
#include "scenarios/run/around.h"
#include "scenarios/run/step_place.h"

namespace gogoscope {
namespace {

/// A value as the field that holds it is read; a number with its meaning where it is no field.
std::string shown(const std::string& name, std::uint64_t value, int size, const Guest& guest,
                  const StateView& state, const Names& names) {
  const auto field = parse_field(name, guest.release->layout);
  const bool known = field && field->index() == 0;
  if (known && std::get<0>(*field).style != ValueStyle::hex)
    return show_value(value, std::get<0>(*field).style, guest, state);
  const std::string meaning = size == 8 ? names.meaning(value) : std::string();
  return meaning.empty() ? fmt::format("{:#x}", value) : fmt::format("{:#x} ({})", value, meaning);
}

/// "changes g2.atomicstatus: running (2) -> dead (6)", a line each. What keeps its value is no difference.
std::vector<Message> changes(const Trace& trace, std::uint64_t step) {
  const Guest& guest = trace.guest();
  NamedCursor cursor(trace, step);
  const Step made = cursor.next();
  cursor.forward();
  const Names names = cursor.names();
  std::vector<Message> out;
  const auto add = [&](const std::string& name, std::uint64_t from, std::uint64_t to, int size) {
    if (from == to) return;
    out.push_back({{"          changes {name}: {from} -> {to}", "          改变 {name}：{from} -> {to}"},
                   {{"name", name},
                    {"from", shown(name, from, size, guest, cursor.state(), names)},
                    {"to", shown(name, to, size, guest, cursor.state(), names)}}});
  };
  for (const Store& store : made.stores) {
    std::string name = names.describe(store.addr, store.size);
    if (name.empty()) name = fmt::format("{:#x}", store.addr.value());
    add(name, store.old_value, store.new_value, store.size);
  }
  for (const RegChange& reg : made.regs) {
    if (reg.reg != Reg::rip && reg.reg != Reg::rflags)
      add(std::string(name(reg.reg)), reg.old_value, reg.new_value, 8);
  }
  return out;
}

/// The last step before state k after which the answer was another one: it made things what they are.
/// Nothing if there is none within reach.
std::optional<std::uint64_t> made_so(const Comparison& comparison, std::uint64_t k, const Trace& trace,
                                     const Told& told) {
  constexpr std::uint64_t kReach = 100'000;  // about 0.2 s
  NamedCursor cursor(trace, k > kReach ? k - kReach : 0);
  std::optional<std::uint64_t> step;
  Message last;
  for (bool first = true;; first = false) {
    const Names names = cursor.names();
    Message now = told.answer(comparison, {&cursor.state(), &names}, cursor.position()).sentence;
    if (!first && now != last) step = cursor.position() - 1;
    last = std::move(now);
    if (cursor.position() >= k || !cursor.forward()) return step;
  }
}

}  // namespace

void show_first_steps(const LoadedScenario& loaded, const ScenarioRun& run, Verdict& verdict) {
  const Trace& trace = run.session->trace();
  const Goroutines goroutines(loaded.scenario.goroutines, trace, run.session->events());
  const Told told{run.session->events(), trace.guest(), goroutines};
  const std::size_t most = std::min(verdict.failures.size(), kShownSteps);
  for (std::size_t i = 0; i < most; ++i) {
    Failure& failure = verdict.failures[i];
    FailureParts& parts = failure.parts;
    if (parts.comparison != nullptr && !parts.step)
      parts.step = made_so(*parts.comparison, parts.state.value_or(trace.steps()), trace, told);
    if (!parts.step || *parts.step >= trace.steps()) continue;
    const std::uint64_t step = *parts.step;
    const std::uint64_t from = step > 2 ? step - 2 : 0;
    const std::uint64_t to = std::min(step + 2, trace.steps());
    for (std::uint64_t k = from; k < to; ++k) {
      failure.steps.push_back(Message({"    {mark} {step}", "    {mark} {step}"},
                                      {{"mark", k == step ? ">" : " "}, {"step", step_place(k, trace)}}));
      if (k != step) continue;
      const std::vector<Message> changed = changes(trace, step);
      failure.steps.insert(failure.steps.end(), changed.begin(), changed.end());
    }
  }
}

}  // namespace gogoscope
