// What a process asks about the system: its name, its limits, its CPU, chance.
#include <algorithm>
#include <array>

#include "emu/linux/call.h"

namespace gogoscope::os {
namespace {

/// splitmix64.
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::int64_t put_limit(Call& c, std::uint64_t which, std::uint64_t to) {
  constexpr std::uint64_t kStack = 3, kFiles = 7, kProcesses = 6, kInfinity = ~std::uint64_t{0};
  const std::uint64_t limit = which == kStack       ? std::uint64_t{8} << 20
                              : which == kFiles     ? FileRow::kFiles
                              : which == kProcesses ? std::uint64_t{kMaxThreads}
                                                    : kInfinity;
  return c.put(to, limit) && c.put(to + 8, limit) ? 0 : static_cast<std::int64_t>(kEFAULT);
}

struct CpuidLeaf {
  std::uint32_t leaf, eax, ebx, ecx, edx;
};

/// A CPU with SSE2 and nothing beyond it: no SSE3, POPCNT, AES, PCLMULQDQ, AVX, FMA, RDRAND, XSAVE, ERMS,
/// RDTSCP. "GenuineIntel" makes Go put an LFENCE before RDTSC, where others get an MFENCE.
constexpr std::array kLeaves = {
    CpuidLeaf{0, 1, 0x756e6547, 0x6c65746e, 0x49656e69},
    // Family 6. FPU, TSC, MSR, CX8, CMOV, MMX, FXSR, SSE, SSE2.
    CpuidLeaf{1, 0x00000663, 0x00010800, 0, 0x07808131},
    CpuidLeaf{0x80000000, 0x80000001, 0, 0, 0},
    // SYSCALL, NX, long mode; LAHF in long mode.
    CpuidLeaf{0x80000001, 0, 0, 1, 0x20100800},
};

}  // namespace

std::int64_t uname(Call& c) {
  constexpr std::size_t kField = 65;
  constexpr std::array<std::string_view, 6> kFields = {"Linux",        "gogoscope", "5.10.0",
                                                       "#1 gogoscope", "x86_64",    "(none)"};
  std::string out;
  for (const std::string_view field : kFields) {
    out += field;
    out.append(kField - field.size(), '\0');
  }
  return c.put(c.arg(0), out) ? 0 : static_cast<std::int64_t>(kEFAULT);
}

std::int64_t getrandom(Call& c) {
  constexpr std::uint64_t kMost = 256;
  const std::uint64_t count = std::min(c.arg(1), kMost);
  const Addr word = Words::kProcess + ProcessWords::kRandom;
  std::uint64_t state = c.load(word);
  std::string out;
  while (out.size() < count) {
    state += 0x9e3779b97f4a7c15ULL;
    const std::uint64_t random = mixed(state);
    out.append(reinterpret_cast<const char*>(&random), sizeof random);
  }
  out.resize(count);
  if (!c.put(c.arg(0), out)) return kEFAULT;
  c.set(word, state);
  return static_cast<std::int64_t>(count);
}

std::int64_t prlimit64(Call& c) {
  if (c.int_arg(0) != 0 && c.int_arg(0) != 1) return kESRCH;
  return c.arg(3) == 0 ? 0 : put_limit(c, c.arg(1), c.arg(3));
}
std::int64_t getrlimit(Call& c) { return put_limit(c, c.arg(0), c.arg(1)); }

std::int64_t user_id(Call&) { return 1000; }
std::int64_t nothing_to_do(Call&) { return 0; }

void cpuid(Gate& gate) {
  const auto leaf = static_cast<std::uint32_t>(gate.reg(Reg::rax));
  CpuidLeaf answer{};
  for (const CpuidLeaf& known : kLeaves) {
    if (known.leaf == leaf) answer = known;
  }
  gate.set_reg(Reg::rax, answer.eax);
  gate.set_reg(Reg::rbx, answer.ebx);
  gate.set_reg(Reg::rcx, answer.ecx);
  gate.set_reg(Reg::rdx, answer.edx);
}

void time_stamp(Gate& gate) {
  const std::uint64_t now =
      ThreadCalls(KernelMemory(gate), ThreadTable(Words::kThreads, Words::kClock, Words::kSchedule)).now();
  gate.set_reg(Reg::rax, now & 0xffff'ffff);
  gate.set_reg(Reg::rdx, now >> 32);
}

}  // namespace gogoscope::os
