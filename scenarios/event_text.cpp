#include "scenarios/event_text.h"

#include <fmt/format.h>

namespace gogoscope {

std::string word_of(const Event& event, std::string_view word) {
  if (word == "g") return event.g;
  if (word == "m") return fmt::format("m{}", event.m);
  if (word == "from") return event.from;
  if (word == "to") return event.to;
  if (word == "op") return event.op;
  if (word == "queue") return event.queue;
  if (word == "list") return event.list + ".gFree";
  if (word == "what") return event.what;
  if (word == "name") return event.name;
  if (word == "detail") return event.detail;
  if (word == "code") return fmt::format("{}", event.code);
  return "";
}

std::string event_text(const Event& event, const Narration& narration) {
  const auto found = narration.texts().find(fmt::format("line.{}", name(event.type)));
  if (found == narration.texts().end()) return to_string(event);
  return fill(found->second, [&event](std::string_view word) { return word_of(event, word); });
}

}  // namespace gogoscope
