#include "emu/linux/absent.h"

#include "emu/linux/words.h"

namespace gogoscope::os {

std::vector<Absent> absent(const Guest& guest, const MemoryView& memory) {
  std::vector<Absent> out;
  const DataSymbol* const table = guest.code.data("kernel.absent");
  if (table == nullptr || table->size < AbsentRow::kRows * AbsentRow::kSize) return out;
  for (std::uint64_t i = 0; i < AbsentRow::kRows; ++i) {
    const Addr row = table->addr + static_cast<std::int64_t>(i * AbsentRow::kSize);
    const std::uint64_t what = memory.load_or_zero(row + AbsentRow::kWhat);
    const std::uint64_t times = memory.load_or_zero(row + AbsentRow::kTimes);
    if (times == 0) break;
    out.push_back({system_call_name(what), times});
  }
  return out;
}

}  // namespace gogoscope::os
