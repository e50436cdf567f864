// The page of vsyscalls, which Go asks for the time up to 1.15 where there is no vDSO. As on Linux nothing is
// there to be executed: a call to it is a page fault, and the kernel does what was asked for and returns
// (arch/x86/entry/vsyscall/vsyscall_64.c, emulate_vsyscall).
#include <algorithm>
#include <array>

#include "emu/guest/vsyscall_page.h"
#include "emu/linux/call.h"
#include "emu/linux/system_calls.h"

namespace gogoscope::os {
namespace {

struct Entry {
  std::uint64_t addr;
  std::uint64_t system_call;
  std::int64_t (*body)(Call&);  ///< null: it is not there
};

constexpr std::array kEntries = {
    Entry{kVsyscallPage, 96, gettimeofday}, Entry{kVsyscallPage + 0x400, 201, nullptr},  // time
    Entry{kVsyscallPage + 0x800, 309, nullptr},                                          // getcpu
};

}  // namespace

bool take_vsyscall(Gate& gate, const ProcessOptions& process, const Exception& exception) {
  if (exception.kind != Exception::Kind::page || exception.access != Exception::Access::fetch) return false;
  const auto* const entry =
      std::ranges::find(kEntries, gate.reg(Reg::rip), [](const Entry& e) { return e.addr; });
  if (entry == kEntries.end()) return false;
  Call call(gate, process);
  const std::uint64_t sp = gate.reg(Reg::rsp);
  const auto back = call.get(sp);
  if (!back) return false;
  gate.others_notice();
  std::int64_t answer = kENOSYS;
  if (entry->body != nullptr) {
    answer = entry->body(call);
  } else {
    call.absent(entry->system_call);
  }
  gate.set_reg(Reg::rax, static_cast<std::uint64_t>(answer));
  gate.set_reg(Reg::rsp, sp + sizeof sp);
  gate.jump(CodeAddr(*back));
  return true;
}

}  // namespace gogoscope::os
