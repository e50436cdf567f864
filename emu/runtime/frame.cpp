#include "emu/runtime/frame.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "emu/history/fault.h"

namespace gogoscope::runtime {

bool Frame::cas(std::uint64_t addr, int size, std::uint64_t old_value, std::uint64_t new_value) {
  if (load(addr, size) != old_value) return false;
  put(addr, size, new_value);
  return true;
}

std::uint64_t Frame::xadd(std::uint64_t addr, int size, std::uint64_t delta) {
  const std::uint64_t value = load(addr, size) + delta;
  put(addr, size, value);
  return value;
}

std::uint64_t Frame::xchg(std::uint64_t addr, int size, std::uint64_t value) {
  const std::uint64_t old_value = load(addr, size);
  put(addr, size, value);
  return old_value;
}

std::uint64_t Frame::symbol(std::string_view name) const {
  const auto found = environment_.symbols.find(name);
  if (found == environment_.symbols.end()) {
    fmt::print(stderr, "gogoscope: internal error: no symbol {}\n", name);
    std::abort();
  }
  return found->second;
}

std::uint64_t Frame::quotient(std::uint64_t dividend, std::uint64_t divisor) {
  if (divisor != 0) return dividend / divisor;
  gate_.stop({StopReason::fault, fault::kDivide.text(), 0});
  return 0;
}

void Frame::throw_(std::string_view message) {
  gate_.stop({StopReason::throw_, Text::untranslated(fmt::format("fatal error: {}", message)), 0});
}

}  // namespace gogoscope::runtime
