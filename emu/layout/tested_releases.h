// The releases whose programs were compared with native ones.
#pragma once

#include <span>
#include <string_view>

namespace gogoscope {

/// A release of which the small programs, those of the tests and the scenarios of Go programs were built, and
/// did in the machine what they do natively, without an invariant that broke: tests/linux/compare_release.
struct TestedRelease {
  int number;                ///< N of "1.N"
  std::string_view package;  ///< of Debian, with its version: "golang-1.19-go 1.19.8-2"
};
std::span<const TestedRelease> tested_releases();

/// Whether it is one of them: "1.19.8" is one of 1.19.
bool is_tested_release(std::string_view name);

}  // namespace gogoscope
