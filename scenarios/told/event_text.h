// An event as one line in the narration's language: "g2: running -> dead".
#pragma once

#include <array>
#include <string>

#include "emu/history/event_info.h"
#include "scenarios/told/narration.h"

namespace gogoscope {

/// What a word in braces is replaced by: a field of the event.
std::string narrated_word(const Event& event, std::string_view key, const EventNaming& naming);

/// The keys of an event's text, the most particular first: "event.status.running.dead", "event.status".
/// `kind` is what they begin with: "event" or "line".
std::array<std::string, 2> event_keys(std::string_view kind, const Event& event);

std::string event_text(const Event& event, const Guest& guest, const Narration& narration);

/// A time of the virtual clock: "20 us", "1.5 ms", "7 ns".
std::string duration_text(std::uint64_t ns);

/// Replaces {name} by what `lookup` says; "?" where it says nothing.
template <class Lookup>
std::string fill(std::string_view text, const Lookup& lookup) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    const std::string value = lookup(text.substr(open + 1, close - open - 1));
    out += value.empty() ? "?" : value;
    text.remove_prefix(close + 1);
  }
  return out.append(text);
}

}  // namespace gogoscope
