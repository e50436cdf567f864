#include "emu/disasm/go_wrapper.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "emu/disasm/decode.h"

namespace gogoscope {
namespace {

bool is_go_wrapper(std::string_view name) {
  constexpr std::string_view kWord = ".gowrap";
  const auto at = name.rfind(kWord);
  if (at == std::string_view::npos) return false;
  name.remove_prefix(at + kWord.size());
  return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

const Function* called_by_go_wrapper(const Code& code, const MemoryView& memory, const Function& wrapper) {
  if (!is_go_wrapper(wrapper.name)) return nullptr;
  const std::uint64_t start = wrapper.entry.value(), end = start + wrapper.size;
  for (std::uint64_t pc = start; pc < end;) {
    constexpr std::uint64_t kLongest = 15;
    std::array<std::byte, kLongest> bytes{};
    const std::uint64_t size = std::min(kLongest, end - pc);
    for (std::uint64_t i = 0; i < size; ++i)
      bytes[i] = static_cast<std::byte>(memory.load_or_zero(Addr(pc + i), 1));
    const Decoded decoded = decode(std::span(bytes).first(size), CodeAddr(pc));
    if (decoded.length == 0) return nullptr;
    if (decoded.branch == Branch::call) {
      // Where the stack has to grow it calls morestack, and begins again.
      const Function* const callee = code.function_at(CodeAddr(decoded.target));
      if (callee != nullptr && !callee->name.starts_with("runtime.morestack")) return callee;
    }
    pc += decoded.length;
  }
  return nullptr;
}

}  // namespace gogoscope
