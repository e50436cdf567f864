#include "tests/oracle/landmarks.h"

#include <fmt/format.h>

namespace gogoscope::oracle {

void Landmarks::add(std::string name, std::uint64_t at, std::uint64_t size) {
  landmarks_.push_back({std::move(name), at, at, at + size - 1, true});
}

void Landmarks::add_origin(const Origin& origin) {
  if (!origin.name.empty()) landmarks_.push_back({origin.name, origin.at, origin.lo, origin.hi, false});
}

void Landmarks::add_stack(const std::string& name, std::uint64_t lo, std::uint64_t hi) {
  add_origin({name + ".stack.lo", lo, lo, lo + 1024});
  add_origin({name + ".stack.hi", hi, lo, hi});
}

std::string Landmarks::name(std::uint64_t value) const {
  constexpr std::uint64_t kSmall = 4096;
  if (value < kSmall || value > ~kSmall) return fmt::format("{}", static_cast<std::int64_t>(value));
  for (const Landmark& l : landmarks_) {
    if (value < l.lo || value > l.hi) continue;
    const auto offset = static_cast<std::int64_t>(value - l.at);
    if (offset == 0) return l.name;
    return l.hex ? fmt::format("{}+{:#x}", l.name, offset) : fmt::format("{}{:+}", l.name, offset);
  }
  return fmt::format("{:#x}", value);
}

}  // namespace gogoscope::oracle
