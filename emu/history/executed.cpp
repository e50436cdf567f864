#include "emu/history/executed.h"

#include "emu/history/cursor.h"

namespace gogoscope {

std::vector<bool> executed_sources(const Trace& trace) {
  const Guest& guest = trace.guest();
  const Code& code = guest.code;
  std::vector<bool> out(code.sources().size());
  const Region* const text = guest.map.find("text");
  if (text == nullptr) return out;
  std::vector<bool> reached(text->size);
  for (Cursor cursor(trace); !cursor.at_end(); cursor.forward()) {
    const std::uint64_t at = cursor.state().pc().value() - text->base.value();
    if (at < reached.size()) reached[at] = true;
  }
  const auto add = [&](std::uint32_t source) {
    if (source < out.size()) out[source] = true;
  };
  const auto any_in = [&](CodeAddr from, CodeAddr to) {
    for (std::uint64_t at = from.value() - text->base.value(), end = to.value() - text->base.value();
         at < end && at < reached.size(); ++at) {
      if (reached[at]) return true;
    }
    return false;
  };
  for (const Function& f : code.functions()) {
    if (any_in(f.entry, f.entry + f.size)) add(f.source);
  }
  const std::vector<LineRow>& rows = code.rows();
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    if (rows[i].line != 0 && any_in(rows[i].pc, rows[i + 1].pc)) add(rows[i].file);
  }
  return out;
}

}  // namespace gogoscope
