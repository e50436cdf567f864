// Results as JSON: the file that --json writes, that --merge reads, and what a worker sends home. Fields are
// described in docs/testing.md.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "asm/text/message.h"
#include "scenarios/results/result.h"

namespace gogoscope {

/// The same bytes for the same results.
std::string to_json(const SuiteResult& suite);
/// One case, on one line.
std::string to_json_line(const CaseResult& one);

/// Reads what to_json wrote; or says what is wrong with the text, and where. A function of the bytes alone:
/// any bytes may come. Cost: linear; some ten times the text in memory. Keys that are not known are ignored.
std::variant<SuiteResult, Message> results_from_json(std::string_view text);
std::variant<CaseResult, Message> case_from_json(std::string_view text);

/// Largest file of results that is read, in bytes.
inline constexpr std::size_t kMaxResultBytes = std::size_t{256} << 20;

}  // namespace gogoscope
