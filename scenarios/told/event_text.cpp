#include "scenarios/told/event_text.h"

#include <fmt/format.h>

namespace gogoscope {
namespace {

constexpr std::string_view kSleepsOn = "sleeps on ";

/// "m1.park"
std::string slept_on(const Event& event) {
  return event.what.starts_with(kSleepsOn) ? event.what.substr(kSleepsOn.size()) : "";
}

}  // namespace

std::string thread_verb(const Event& event) { return slept_on(event).empty() ? event.what : "sleeps_on"; }

std::string duration_text(std::uint64_t ns) {
  if (ns >= 1'000'000) return fmt::format("{} ms", static_cast<double>(ns) / 1e6);
  if (ns >= 1'000) return fmt::format("{} us", static_cast<double>(ns) / 1e3);
  return fmt::format("{} ns", ns);
}

std::string word_of(const Event& event, std::string_view word, Language language) {
  if (word == "g") return event.g;
  if (word == "m") return fmt::format("m{}", event.m);
  if (word == "from") return event.from;
  if (word == "to") return event.to;
  if (word == "op") return event.op;
  if (word == "queue") return event.queue;
  if (word == "list") return event.list + ".gFree";
  if (word == "what") return event.what;
  if (word == "where") return slept_on(event);
  if (word == "name") return event.name;
  if (word == "detail") return language == Language::zh ? event.detail_zh : event.detail;
  if (word == "code") return fmt::format("{}", event.code);
  return "";
}

std::string event_text(const Event& event, const Narration& narration) {
  std::string key = fmt::format("line.{}", name(event.type));
  if (event.type == EventType::thread) key += "." + thread_verb(event);
  const auto found = narration.texts().find(key);
  if (found == narration.texts().end()) return to_string(event);
  return fill(found->second,
              [&](std::string_view word) { return word_of(event, word, narration.language()); });
}

}  // namespace gogoscope
