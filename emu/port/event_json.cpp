#include "emu/port/event_json.h"

#include "emu/history/event_info.h"
#include "emu/port/words.h"

namespace gogoscope {

nlohmann::ordered_json event_json(const Event& event, const Guest& guest) {
  const EventInfo& about = info(event.type());
  nlohmann::ordered_json out{{"type", about.name}};
  for (const EventField& field : about.fields) {
    if (field.use != FieldUse::files) continue;
    if (field.word == EventWord::m) {
      out[field.key] = event.m;
    } else if (field.word == EventWord::fd) {
      out[field.key] = event.as<Write>()->fd;
    } else if (field.word == EventWord::output) {
      out[field.key] = field.value(event, EventNaming{guest});
    } else if (field.word == EventWord::code) {
      out[field.key] = event.as<Exit>()->code;
    } else {
      out[field.key] = column_text(field.value(event, EventNaming{guest}));
    }
  }
  if (const auto* broken = event.as<InvariantBreak>()) out["detail_zh"] = column_text(broken->reason.zh);
  return out;
}

nlohmann::ordered_json stop_json(const Stop* stop) {
  if (stop == nullptr) return nullptr;
  nlohmann::ordered_json out = {{"reason", name(stop->reason)},
                                {"detail", printable_lines(stop->detail.en)},
                                {"detail_zh", printable_lines(stop->detail.zh)}};
  if (const auto code = process_exit_code(*stop)) out["exit_code"] = *code;
  return out;
}

}  // namespace gogoscope
