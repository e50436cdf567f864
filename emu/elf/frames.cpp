// .debug_frame: how far SP is below its value at the entry of a function. Go describes the CFA as SP plus a
// number at every PC; the CFA is above the return address, so at the entry that number is 8.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "emu/elf/dwarf_file.h"
#include "emu/elf/limits.h"
#include "emu/elf/wrong.h"

namespace gogoscope {
namespace {

constexpr int kRspOfDwarf = 7;
constexpr std::int64_t kReturnAddress = 8;
/// SP never is further away: the largest frame of Go is 1 GB.
constexpr std::int64_t kMostBytesBelow = std::int64_t{1} << 30;

/// What holds from `start` to `end`; no delta where the CFA is not SP plus a number.
struct Stretch {
  std::uint64_t end = 0;
  std::optional<std::int32_t> delta;
};

std::optional<Stretch> stretch_at(Dwarf_CFI* cfi, std::uint64_t pc) {
  Dwarf_Frame* frame = nullptr;
  if (dwarf_cfi_addrframe(cfi, pc, &frame) != 0) return std::nullopt;
  Stretch out;
  Dwarf_Addr start = 0, end = 0;
  Dwarf_Op* ops = nullptr;
  std::size_t count = 0;
  const bool known = dwarf_frame_info(frame, &start, &end, nullptr) >= 0 &&
                     dwarf_frame_cfa(frame, &ops, &count) == 0 && end > pc;
  out.end = end;
  if (known && count == 1) {
    const bool is_rsp = ops[0].atom == DW_OP_breg7 ||
                        (ops[0].atom == DW_OP_bregx && static_cast<int>(ops[0].number) == kRspOfDwarf);
    const auto above = static_cast<std::int64_t>(ops[0].atom == DW_OP_bregx ? ops[0].number2 : ops[0].number);
    const std::int64_t below = above - kReturnAddress;
    if (is_rsp && std::llabs(below) <= kMostBytesBelow) out.delta = static_cast<std::int32_t>(below);
  }
  std::free(frame);
  return known ? std::optional(out) : std::nullopt;
}

/// Whether the prologue puts the caller's BP right under the return address: PUSHQ BP first of all, as from
/// Go 1.21 on, or SUBQ $frame, SP and MOVQ BP, frame-8(SP) before.
bool saves_caller_bp(const Binary& binary, const Function& f) {
  const auto at = Addr(f.entry.value());
  const LoadSegment* const text = binary.segment_at(at, f.size);
  if (text == nullptr || f.frame < 8) return false;
  const auto offset = static_cast<std::size_t>(at - text->addr);
  if (offset >= text->bytes.size()) return false;
  constexpr std::size_t kPrologue = 64;
  const std::size_t size = std::min({kPrologue, std::size_t{f.size}, text->bytes.size() - offset});
  const std::string_view code(reinterpret_cast<const char*>(text->bytes.data()) + offset, size);
  constexpr std::string_view kPushMove("\x55\x48\x89\xe5", 4), kStore8("\x48\x89\x6c\x24", 4),
      kStore32("\x48\x89\xac\x24", 4);
  for (std::size_t i = 0; i + 8 <= code.size(); ++i) {
    const std::string_view rest = code.substr(i);
    if (rest.starts_with(kPushMove)) {
      const auto below = static_cast<std::uint32_t>(i);
      const auto step = std::find_if(f.pcsp.begin(), f.pcsp.end(),
                                     [below](const SpStep& s) { return s.offset == below + 1; });
      if (step != f.pcsp.end() && step->delta == 8) return true;
    }
    if (rest.starts_with(kStore8) && static_cast<unsigned char>(rest[4]) == f.frame - 8) return true;
    std::int32_t where = 0;
    std::memcpy(&where, rest.data() + 4, sizeof where);
    if (rest.starts_with(kStore32) && where == f.frame - 8) return true;
  }
  return false;
}

}  // namespace

std::optional<Message> read_frames(const DwarfFile& file, Binary& into) {
  Dwarf_CFI* const cfi = dwarf_getcfi(file.dwarf());
  if (cfi == nullptr) return damaged_dwarf("debug_frame");
  std::size_t steps = 0;
  for (Function& f : into.functions) {
    const std::uint64_t entry = f.entry.value(), end = entry + f.size;
    for (std::uint64_t pc = entry; pc < end;) {
      const auto here = stretch_at(cfi, pc);
      if (!here) break;
      if (here->delta && (f.pcsp.empty() || f.pcsp.back().delta != *here->delta)) {
        if (++steps > kMaxSpSteps) return damaged_dwarf("debug_frame");
        f.pcsp.push_back({static_cast<std::uint32_t>(pc - entry), *here->delta});
        f.frame = std::max(f.frame, *here->delta);
      }
      pc = here->end;
    }
    f.saves_bp = saves_caller_bp(into, f);
  }
  return std::nullopt;
}

}  // namespace gogoscope
