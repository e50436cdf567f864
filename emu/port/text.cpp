#include "emu/port/text.h"

#include <fmt/format.h>

#include <ostream>

#include "emu/history/event_info.h"
#include "emu/port/told_step.h"
#include "emu/port/words.h"

namespace gogoscope {
namespace {

std::string changes(const ToldStep& told) {
  std::string out;
  const auto add = [&out](const std::string& what) { out += (out.empty() ? "" : ", ") + what; };
  for (std::size_t i = 0; i < told.step.regs.size(); ++i) {
    const RegChange& r = told.step.regs[i];
    if (r.reg == Reg::rip || r.reg == Reg::rflags) continue;
    add(fmt::format("{} {:#x} -> {:#x}", name(r.reg), r.old_value, r.new_value));
    if (!told.reg_meanings[i].empty()) out += " (" + told.reg_meanings[i] + ")";
  }
  for (std::size_t i = 0; i < told.step.other_regs.size(); ++i) {
    const OtherRegChange& r = told.step.other_regs[i];
    add(fmt::format("m{}'s {} {:#x} -> {:#x}", r.thread, name(r.change.reg), r.change.old_value,
                    r.change.new_value));
    if (!told.other_reg_meanings[i].empty()) out += " (" + told.other_reg_meanings[i] + ")";
  }
  for (const SseChange& s : told.step.sse) {
    const std::string whose = s.thread == told.step.thread ? "" : fmt::format("m{}'s ", s.thread);
    add(fmt::format("{}{} {} -> {}", whose, name(s.reg), hex(s.reg, s.old_value), hex(s.reg, s.new_value)));
  }
  for (const MapChange& m : told.step.maps) {
    add(fmt::format("{}: {:#x} -> {:#x} bytes mapped", m.region->name, m.old_mapped, m.new_mapped));
  }
  for (const ToldWrite& w : told.writes) {
    const std::string place = w.name.empty() ? hex(w.store.addr.value()) : w.name;
    add(fmt::format("{} = {:#x}", place, w.store.new_value));
    if (!w.new_meaning.empty()) out += " (" + w.new_meaning + ")";
  }
  return out;
}

const char* label_of(const ToldStep& told) {
  if (told.step.kind == StepKind::edit) return "edit";
  if (told.step.kind == StepKind::thread) return "turn";
  if (told.changed) return "chngd";
  return told.real ? "real" : "model";
}

std::string line(const ToldStep& told, const Guest& guest) {
  std::string out = fmt::format("{:>7} m{} {:<5} {:<28} {:<36}", told.step.index, told.step.thread,
                                label_of(told), told.sym, told.text);
  if (const std::string changed = changes(told); !changed.empty()) out += "  " + changed;
  for (const Event& e : told.events) out += "  [" + to_string(e, guest) + "]";
  if (told.step.stop) {
    out += "  stop: " + std::string(name(told.step.stop->reason));
    if (!told.step.stop->detail.empty()) out += ", " + on_one_line(told.step.stop->detail.en);
  }
  out = column_text(out);
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace

void write_trace_text(std::ostream& out, const Trace& trace, const std::vector<Event>& events,
                      std::uint64_t from, std::uint64_t to, bool only_events) {
  tell_steps(trace, events, from, to, [&](const ToldStep& told) {
    if (!only_events || !told.events.empty() || told.step.stop) out << line(told, trace.guest()) << '\n';
  });
}

void write_trace_text(std::ostream& out, const Trace& trace, const std::vector<Event>& events) {
  const Guest& guest = trace.guest();
  out << fmt::format("{}: Go {}, {} steps\n", column_text(guest.name), guest.release->name(), trace.steps());
  write_trace_text(out, trace, events, 0, trace.steps());
}

}  // namespace gogoscope
