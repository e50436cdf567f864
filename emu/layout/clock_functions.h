// Which functions of a release ask for the time.
#pragma once

#include <span>
#include <string_view>

namespace gogoscope {

/// Assembly that is called on a goroutine's stack and goes to that of g0 for as long as it asks the vDSO, or
/// the kernel, for the time: neither TLS nor R14 says so. A name that is none of Go's counts as the newest.
std::span<const std::string_view> clock_functions(std::string_view release);

}  // namespace gogoscope
