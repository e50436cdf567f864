#include "emu/port/jsonl.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "emu/port/event_json.h"
#include "emu/port/told_step.h"
#include "emu/port/words.h"
#include "emu/port/write_json.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

Json step_json(const ToldStep& told, const Guest& guest) {
  const Step& step = told.step;
  Json out;
  out["step"] = step.index;
  out["m"] = step.thread;
  out["kind"] = step_kind(step.kind);
  if (step.kind == StepKind::thread) out["to"] = step.next_thread;
  out["real"] = told.real;
  if (told.changed) out["changed"] = true;
  out["pc"] = hex(step.pc.value());
  out["sym"] = told.sym;
  out["text"] = told.text;
  out["line"] =
      told.source == nullptr ? Json() : Json{{"file", column_text(told.source->name)}, {"line", told.line}};
  out["bytes"] = told.bytes;
  out["regs"] = Json::object();
  for (const RegChange& r : step.regs) {
    if (r.reg != Reg::rip) out["regs"][std::string(name(r.reg))] = {hex(r.old_value), hex(r.new_value)};
  }
  if (!step.other_regs.empty()) out["other_regs"] = Json::object();
  for (const OtherRegChange& r : step.other_regs) {
    out["other_regs"]["m" + std::to_string(r.thread)][std::string(name(r.change.reg))] = {
        hex(r.change.old_value), hex(r.change.new_value)};
  }
  for (const SseChange& s : step.sse) {
    Json& of = s.thread == step.thread ? out["sse"] : out["other_sse"]["m" + std::to_string(s.thread)];
    of[std::string(name(s.reg))] = {hex(s.reg, s.old_value), hex(s.reg, s.new_value)};
  }
  for (const MapChange& m : step.maps) {
    out["maps"].push_back(
        {{"region", m.region->name}, {"old", hex(m.old_mapped)}, {"new", hex(m.new_mapped)}});
  }
  out["writes"] = Json::array();
  for (const ToldWrite& w : told.writes) {
    out["writes"].push_back({{"addr", hex(w.store.addr.value())},
                             {"size", w.store.size},
                             {"old", hex(w.store.old_value)},
                             {"new", hex(w.store.new_value)},
                             {"name", w.name}});
  }
  out["events"] = Json::array();
  for (const Event& e : told.events) out["events"].push_back(event_json(e, guest));
  out["stop"] = stop_json(step.stop ? &*step.stop : nullptr);
  return out;
}

}  // namespace

void write_jsonl_header(std::ostream& out, const Trace& trace) {
  const Guest& guest = trace.guest();
  const Json header{
      {"scenario", column_text(guest.name)}, {"go", guest.release->name()}, {"steps", trace.steps()}};
  write_json(out, header);
}

void write_jsonl_steps(std::ostream& out, const Trace& trace, const std::vector<Event>& events,
                       std::uint64_t from, std::uint64_t to) {
  tell_steps(trace, events, from, to,
             [&](const ToldStep& told) { write_json(out, step_json(told, trace.guest())); });
}

void write_jsonl(std::ostream& out, const Trace& trace, const std::vector<Event>& events) {
  write_jsonl_header(out, trace);
  write_jsonl_steps(out, trace, events, 0, trace.steps());
}

}  // namespace gogoscope
