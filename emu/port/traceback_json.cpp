#include <nlohmann/json.hpp>
#include <ostream>

#include "emu/port/traceback.h"
#include "emu/port/words.h"
#include "emu/port/write_json.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Traceback::Source source) {
  switch (source) {
    case Traceback::Source::registers:
      return "registers";
    case Traceback::Source::sched:
      return "sched";
    case Traceback::Source::none:
      break;
  }
  return "none";
}

const char* word(Traceback::End end) {
  switch (end) {
    case Traceback::End::top:
      return "top";
    case Traceback::End::mcall:
      return "mcall";
    case Traceback::End::systemstack:
      return "systemstack";
    case Traceback::End::morestack:
      return "morestack";
    case Traceback::End::loaded_sp:
      return "loaded sp";
    case Traceback::End::unknown_pc:
      return "unknown pc";
    case Traceback::End::off_stack:
      return "off the stack";
    case Traceback::End::too_deep:
      return "too deep";
    case Traceback::End::nothing:
      break;
  }
  return "nothing";
}

Json name(const Entity* e) { return e == nullptr ? Json() : Json(e->name); }

Json frame(const Guest& guest, const TraceFrame& f) {
  const FrameRef& at = f.frame;
  Json out{{"function", f.named == nullptr ? Json() : Json(column_text(f.named->name))},
           {"pc", hex(at.pc.value())},
           {"symbol", column_text(guest.code.symbolize(at.pc))},
           {"looked_up", hex(f.looked_up.value())},
           {"return", f.is_return},
           {"inside", f.inside()}};
  if (f.inlined != nullptr) {
    out["function"] = column_text(*f.inlined);
    out["inlined"] = true;
  }
  if (const SourceFile* const file = source_of(guest.code, f)) {
    out["file"] = column_text(file->name);
    out["line"] = f.line.line;
  }
  out["sp"] = hex(at.sp.value());
  out["top"] = at.left_stack ? Json() : Json(hex(at.top.value()));
  out["promised"] = f.promised;
  return out;
}

Json traceback(const Guest& guest, const StateView& state, const Traceback& t) {
  Json out{{"g", name(t.g)}, {"goid", t.goid},     {"status", t.status},         {"source", word(t.source)},
           {"m", t.m},       {"tls", name(t.tls)}, {"resumed", name(t.resumed)}, {"frames", Json::array()}};
  if (t.kind == GoroutineKind::system) out["system"] = true;
  if (t.start != nullptr) out["runs"] = column_text(t.start->name);
  if (t.tls != nullptr) out["switching"] = is_switching(guest, state, t);
  for (const TraceFrame& f : t.frames) out["frames"].push_back(frame(guest, f));
  out["end"] = word(t.end);
  out["left"] = name(t.left);
  if (t.end == Traceback::End::unknown_pc) out["unknown"] = hex(t.unknown.value());
  if (t.creator) out["created_by"] = frame(guest, *t.creator);
  if (t.parent_goid != 0) out["created_in"] = t.parent_goid;
  return out;
}

}  // namespace

void write_traceback_json(std::ostream& out, const Guest& guest, const StateView& state, std::uint64_t number,
                          const std::vector<Traceback>& all) {
  Json document{{"state", number},
                {"at", column_text(guest.code.symbolize(state.pc()))},
                {"tracebacks", Json::array()}};
  for (const Traceback& t : all) document["tracebacks"].push_back(traceback(guest, state, t));
  write_json(out, document, 1);
}

}  // namespace gogoscope
