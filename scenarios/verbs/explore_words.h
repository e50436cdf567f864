// What `explore` says of lessons and of programs alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "scenarios/results/text.h"

namespace gogoscope {

/// "3 states", "3 个状态".
Text counted(std::uint64_t n, std::string_view one, std::string_view many, std::string_view zh);

/// To a file, or to standard output for "-". False, and the reason on stderr, if that cannot be done.
bool write_result(const std::string& path, const std::string& text, Language language);

/// The same for what --save asks for: a scenario in the order that fails, unless its file cannot be changed.
bool save_scenario(const std::string& path, const std::optional<std::string>& text, Language language);

/// What is wrong with an order that fails, in the words of `test`, and how to see it, on stderr.
void print_failures(std::vector<CaseFailure> failures, bool saved, Language language);

/// "44378 states in 0.3 s: 147926 a second", on stderr.
void print_speed(const Text& counted, std::uint64_t n, double seconds, Language language);

}  // namespace gogoscope
