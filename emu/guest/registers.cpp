#include "emu/guest/registers.h"

namespace gogoscope {
namespace {

constexpr std::array<std::string_view, kRegCount> kNames = {
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",    "r8",     "r9",
    "r10", "r11", "r12", "r13", "r14", "r15", "rip", "rflags", "fs_base"};

}  // namespace

std::string_view name(Reg reg) { return kNames[static_cast<std::size_t>(reg)]; }

std::optional<Reg> reg_by_name(std::string_view wanted) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == wanted) return static_cast<Reg>(i);
  }
  return std::nullopt;
}

}  // namespace gogoscope
