#include "emu/runtime/globals.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/guest/thread_table.h"
#include "emu/guest/write_words.h"
#include "emu/runtime/function.h"

namespace gogoscope::runtime {
namespace {

struct Global {
  std::string_view name;
  std::string_view type;
  std::uint32_t size;  ///< bytes; 0: the size of the struct of that type
};

// Real Go scatters these over .data, .noptrdata, .bss; here they are together. Those from mheap_ on are
// the state of the model's allocator.
constexpr Global kGlobals[] = {
    {"runtime.g0", "g", 0},
    {"runtime.m0", "m", 0},
    {"runtime.sched", "schedt", 0},
    {"runtime.allgs", "[]*g", 24},
    {"runtime.allp", "[]*p", 24},
    {"runtime.allm", "*m", 8},
    {"runtime.allglock", "mutex", 8},
    {"runtime.allpLock", "mutex", 8},
    {"runtime.gomaxprocs", "int32", 4},
    {"runtime.ncpu", "int32", 4},
    {"runtime.idlepMask", "pMask", 32},
    {"runtime.gcBlackenEnabled", "uint32", 4},
    {"runtime.gcController.bgScanCredit", "int64", 8},
    {"runtime.gcController.assistWorkPerByte", "uint64", 8},
    {"runtime.mainStarted", "bool", 1},
    {"runtime.maxstacksize", "uintptr", 8},
    {"runtime.maxstackceiling", "uintptr", 8},
    {"runtime.panicking", "uint32", 4},
    {"runtime.trace.enabled", "bool", 1},
    {"runtime.worldsema", "uint32", 4},
    {"runtime.__tsan_handles", "uintptr", 8},
    {"runtime.mheap_.curArena", "[2]uintptr", 16},
    {"runtime.mheap_.gspan", "[4]uintptr", 32},
    {"runtime.mheap_.pspan", "[4]uintptr", 32},
    {"runtime.mheap_.mspan", "[4]uintptr", 32},
    {"runtime.mheap_.deferspan", "[4]uintptr", 32},
    {"runtime.stackpool", "[4]uintptr", 32},
    {"runtime.debuglock", "mutex", 8},
    {"runtime.minhexdigits", "int", 8},
    {"runtime.printBacklogIndex", "int", 8},
    {"runtime.printBacklog", "[512]byte", 512},
    {"kernel.write", "[4]uint64", WriteWords::kSize},
    {"kernel.clock", "int64", 8},
    {"kernel.schedule", "[6]uint64", ScheduleWords::kSize},
    {"kernel.threads", "[1024]thread", kMaxThreads* ThreadRow::kSize},
};

// Whose funcval modelled code hands to assembly.
constexpr std::string_view kFuncvals[] = {"runtime.goexit0",
                                          "runtime.gosched_m",
                                          "runtime.goyield_m",
                                          "runtime.park_m",
                                          "runtime.exitsyscall0",
                                          "runtime.entersyscall_sysmon",
                                          "runtime.entersyscall_gcwait",
                                          "runtime.main.func1",
                                          "runtime.sysmon",
                                          "runtime.mspinning"};

std::uint64_t round_up(std::uint64_t n, std::uint64_t to) { return (n + to - 1) / to * to; }

std::string word(std::string_view symbol, int offset, std::string_view value) {
  return fmt::format("DATA {}+{}(SB)/8, ${}\n", assembler_name(symbol), offset, value);
}

std::string declare(std::string_view symbol, std::uint64_t size) {
  return fmt::format("GLOBL {}(SB), NOPTR, ${}\n", assembler_name(symbol), size);
}

/// Bytes, a word at a time: the messages hold characters that an assembler's string would have to escape.
std::string string_constant(std::string_view symbol, std::string_view value) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); at += 8) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(8, value.size() - at); ++i) {
      bytes |= static_cast<std::uint64_t>(static_cast<unsigned char>(value[at + i])) << (8 * i);
    }
    text += word(symbol, static_cast<int>(at), fmt::format("{:#x}", bytes));
  }
  return text + declare(symbol, round_up(value.size(), 8));
}

}  // namespace

plan9::Source globals(const Go& go, std::uint64_t arena_bytes, const std::vector<std::string>& strings) {
  std::string text;
  for (const Global& global : kGlobals) {
    const std::uint64_t size = global.size != 0 ? global.size : go.size_of(global.type);
    text += declare(global.name, round_up(size, 8));
  }
  // The thread that the kernel starts a process with.
  text += word("kernel.threads", 0, fmt::format("{}", static_cast<int>(ThreadState::runnable)));
  text += word("kernel.schedule", ScheduleWords::kThreads, "1");
  text += word("runtime.mheap_.curArena", 0, fmt::format("{:#x}", kHeapBase));
  text += word("runtime.mheap_.curArena", 8, fmt::format("{:#x}", kHeapBase + arena_bytes));
  // elemsize and bytes of a span: Go's size classes 384 (g), 10240 (p), 80 (_defer), and 32 KB of 2 KB
  // stacks.
  auto span = [&](std::string_view symbol, std::uint64_t elemsize, std::uint64_t bytes) {
    text += word(symbol, 0, fmt::format("{}", elemsize)) + word(symbol, 8, fmt::format("{}", bytes));
  };
  span("runtime.mheap_.gspan", round_up(go.size_of("g"), 128), 8192);
  span("runtime.mheap_.mspan", round_up(go.size_of("m"), 128), 8192);
  span("runtime.mheap_.pspan", round_up(go.size_of("p"), 2048), 40960);
  span("runtime.mheap_.deferspan", 80, 8192);
  text += word("runtime.maxstackceiling", 0, "1 << 20");
  text += word("runtime.maxstacksize", 0, "1 << 20");  // enough until runtime.main sets it for real
  span("runtime.stackpool", 2048, 32768);
  text += word("runtime.worldsema", 0, "1");

  for (const std::string_view name : kFuncvals) {
    const std::string funcval = std::string(name) + ".f";
    text += word(funcval, 0, assembler_name(name) + "(SB)") + declare(funcval, 8);
  }
  for (std::size_t n = 0; n < strings.size(); ++n)
    text += string_constant(fmt::format("go.string.{}", n), strings[n]);
  text += word("runtime.mainPC", 0, "runtime·main(SB)") + declare("runtime.mainPC", 8);
  return {"globals", text};
}

std::string type_of_global(std::string_view name) {
  for (const Global& global : kGlobals) {
    if (global.name == name) return std::string(global.type);
  }
  return name.ends_with(".f") || name == "runtime.mainPC" ? "funcval" : "";
}

}  // namespace gogoscope::runtime
