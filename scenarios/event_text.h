// An event as one line in the narration's language: "g2: running -> dead".
#pragma once

#include <string>

#include "scenarios/narration.h"

namespace gogoscope {

/// What a word in braces stands for: a field of the event.
std::string word_of(const Event& event, std::string_view word);

std::string event_text(const Event& event, const Narration& narration);

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
