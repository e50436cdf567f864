// What fuzz targets share: the input, and a claim about it that ends the program where it is false.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "asm/text/diagnostic.h"
#include "asm/text/utf8.h"

/// The function that libFuzzer calls, and replay.cpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace gogoscope::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void claim(bool holds, std::string_view what, std::string_view about = {}) {
  if (holds) return;
  fmt::print(stderr, "not true: {}\n{}\n", what, about);
  std::abort();
}

/// A message is shown in both languages, and is text.
inline void claim_message(const Message& message) {
  for (const Language language : {Language::en, Language::zh}) {
    const std::string shown = message.in(language);
    claim(!shown.empty(), "a message has words");
    claim(shown == valid_utf8(shown), "a message is valid UTF-8", shown);
  }
}

/// A diagnostic points into `text`: at a character, or right behind the last one of a line.
inline void claim_place(const Diagnostic& d, std::string_view text) {
  claim_message(d.message);
  const std::string shown = format(d);
  claim(shown == valid_utf8(shown) && shown.ends_with('\n'), "a diagnostic is lines of valid UTF-8", shown);
  claim(d.line >= 1 && d.column >= 1 && d.width >= 1, "a place counts from 1", shown);
  for (int line = 1; line < d.line; ++line) {
    const std::size_t end = text.find('\n');
    claim(end != std::string_view::npos, "an error is in a line of the text", shown);
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  claim(static_cast<std::size_t>(d.column) <= characters(text) + 1, "an error is in its line", shown);
}

}  // namespace gogoscope::fuzz
