// A small scenario that is right, for tests that break one thing in it at a time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "scenarios/format/loader.h"

namespace gogoscope::testing {

inline constexpr std::string_view kSample = R"(title: {en: A sample, zh: 样例}
about: {en: About it, zh: 关于它}
go: "1.16"
bodies: |
  TEXT main·main(SB), $16-0
      GO   main·worker(SB)
      CALL runtime·Gosched(SB)
      RET
  TEXT main·worker(SB), NOSPLIT, $0-0
      RET
)";

/// All diagnostics, as the program prints them.
inline std::string told(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += format(d);
  return out;
}

/// What is wrong with a text; empty if nothing is.
inline std::string problems_of(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  return loaded.index() == 1 ? told(std::get<1>(loaded)) : "";
}

/// The sample with more sections after it.
inline std::string sample_with(std::string_view sections) {
  return std::string(kSample) + std::string(sections);
}

/// `text` with its first `from` replaced; it must be there.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace gogoscope::testing
