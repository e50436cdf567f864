#include "emu/elf/binary.h"

#include <algorithm>

namespace gogoscope {

const Function* Binary::function(std::string_view name) const {
  const auto found =
      std::find_if(functions.begin(), functions.end(), [name](const Function& f) { return f.name == name; });
  return found == functions.end() ? nullptr : &*found;
}

const Function* Binary::function_at(CodeAddr pc) const {
  const auto after = std::upper_bound(functions.begin(), functions.end(), pc,
                                      [](CodeAddr p, const Function& f) { return p < f.entry; });
  if (after == functions.begin()) return nullptr;
  const Function& candidate = *std::prev(after);
  return candidate.contains(pc) ? &candidate : nullptr;
}

const LineRow* Binary::line_at(CodeAddr pc) const { return row_at(lines, pc); }

const DataSymbol* Binary::symbol(std::string_view name) const {
  const auto found =
      std::find_if(data.begin(), data.end(), [name](const DataSymbol& d) { return d.name == name; });
  return found == data.end() ? nullptr : &*found;
}

const LoadSegment* Binary::segment_at(Addr addr, std::uint64_t bytes) const {
  for (const LoadSegment& s : segments) {
    if (addr >= s.addr && bytes <= s.size && addr.value() - s.addr.value() <= s.size - bytes) return &s;
  }
  return nullptr;
}

}  // namespace gogoscope
