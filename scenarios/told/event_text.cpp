#include "scenarios/told/event_text.h"

#include <fmt/format.h>

#include "emu/history/event_info.h"

namespace gogoscope {

std::string duration_text(std::uint64_t ns) {
  if (ns >= 1'000'000) return fmt::format("{} ms", static_cast<double>(ns) / 1e6);
  if (ns >= 1'000) return fmt::format("{} us", static_cast<double>(ns) / 1e3);
  return fmt::format("{} ns", ns);
}

std::string narrated_word(const Event& event, std::string_view key, const EventNaming& naming) {
  std::string word = word_of(event, key, naming);
  if (key == "list" && !word.empty()) word += ".gFree";
  return word;
}

std::array<std::string, 2> event_keys(std::string_view kind, const Event& event) {
  const EventInfo& about = info(event.type());
  const std::string base = fmt::format("{}.{}", kind, about.name);
  const std::string variant = about.variant(event);
  return {variant.empty() ? base : base + "." + variant, base};
}

std::string event_text(const Event& event, const Guest& guest, const Narration& narration) {
  const EventNaming naming{guest, narration.language()};
  for (const std::string& key : event_keys("line", event)) {
    const auto found = narration.texts().find(key);
    if (found == narration.texts().end()) continue;
    return fill(found->second, [&](std::string_view word) { return narrated_word(event, word, naming); });
  }
  return to_string(event, guest);
}

}  // namespace gogoscope
