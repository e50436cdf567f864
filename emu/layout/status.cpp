#include "emu/layout/status.h"

#include <array>

#include "emu/layout/program_release.h"

namespace gogoscope {
namespace {

// Indexed by the value; 5 and 7 are names that Go no longer uses, 10 and 11 came with Go 1.26.
constexpr std::array<std::string_view, 12> kGWords = {"idle",      "runnable",  "running", "syscall",
                                                      "waiting",   "",          "dead",    "",
                                                      "copystack", "preempted", "leaked",  "deadextra"};
constexpr std::array<std::string_view, 5> kPWords = {"idle", "running", "syscall", "gcstop", "dead"};

/// The word under the scan bit; empty if Go has none for this value.
std::string_view g_base_word(std::uint64_t status) {
  const std::uint64_t base = status & ~std::uint64_t{kGscan};
  return base < kGWords.size() ? kGWords[base] : std::string_view{};
}

constexpr std::string_view scan_prefix(std::uint64_t status) {
  return (status & kGscan) != 0 ? std::string_view("scan") : std::string_view{};
}

/// Go accepts the scan bit over these only.
bool may_scan(std::uint64_t base) {
  return base == kGrunnable || base == kGrunning || base == kGsyscall || base == kGwaiting ||
         base == kGpreempted || base == kGleaked || base == kGdeadextra;
}

bool has_word(std::uint64_t status) {
  if (g_base_word(status).empty()) return false;
  return (status & kGscan) == 0 || may_scan(status & ~std::uint64_t{kGscan});
}

}  // namespace

std::string g_status_word(std::uint64_t status) {
  if (!has_word(status)) return "status " + std::to_string(status);
  return std::string(scan_prefix(status)) += g_base_word(status);
}

std::string g_status_symbol(std::uint64_t status) {
  if (!has_word(status)) return std::to_string(status);
  return "_G" + g_status_word(status);
}

std::optional<std::uint32_t> g_status_by_word(std::string_view word) {
  if (word.substr(0, 2) == "_G") word.remove_prefix(2);
  std::uint32_t bit = 0;
  if (word.substr(0, 4) == "scan") {
    bit = kGscan;
    word.remove_prefix(4);
  }
  for (std::uint32_t i = 0; i < kGWords.size(); ++i) {
    if (!word.empty() && kGWords[i] == word && has_word(i | bit)) return i | bit;
  }
  return std::nullopt;
}

std::string p_status_word(std::uint64_t status) {
  return status < kPWords.size() ? std::string(kPWords[status]) : "status " + std::to_string(status);
}

std::string p_status_symbol(std::uint64_t status) {
  return status < kPWords.size() ? "_P" + std::string(kPWords[status]) : std::to_string(status);
}

std::optional<std::uint32_t> p_status_by_word(std::string_view word) {
  if (word.substr(0, 2) == "_P") word.remove_prefix(2);
  for (std::uint32_t i = 0; i < kPWords.size(); ++i) {
    if (kPWords[i] == word) return i;
  }
  return std::nullopt;
}

}  // namespace gogoscope
