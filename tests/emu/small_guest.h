// A guest made by hand: one M, one P, two goroutines, g0, some code. For tests of names and events that need
// neither an assembler nor an engine.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emu/guest/guest.h"
#include "emu/history/recorder.h"
#include "emu/history/trace.h"
#include "emu/layout/release.h"

namespace gogoscope::tests {

inline constexpr std::uint64_t kText = 0x401000;
inline constexpr std::uint64_t kGoexit = kText;
inline constexpr std::uint64_t kGoexit1 = kText + 0x20;
inline constexpr std::uint64_t kMcall = kText + 0x60;
inline constexpr std::uint64_t kGoexit0 = kText + 0xe0;
inline constexpr std::uint64_t kGogo = kText + 0x140;
inline constexpr std::uint64_t kMstart = kText + 0x1c0;
inline constexpr Addr kG0{0x4ce000};
inline constexpr Addr kM0{0x4ce200};
inline constexpr Addr kSched{0x4ce800};
inline constexpr Addr kAllgs{0x4cea00};
inline constexpr Addr kAllp{0x4cea20};
inline constexpr Addr kAllm{0x4cea40};
inline constexpr Addr kGoexit0F{0x4cea48};
inline constexpr Addr kHeap{0xc000000000};
inline constexpr Addr kG1 = kHeap;
inline constexpr Addr kG2 = kHeap + 0x180;
inline constexpr Addr kG3 = kHeap + 0x300;  // not on allgs at first
inline constexpr Addr kAllgsArray = kHeap + 0x500;
inline constexpr Addr kAllpArray = kHeap + 0x600;
inline constexpr Addr kP0 = kHeap + 0x1000;
inline constexpr Addr kStack1 = kHeap + 0x8000;  // 2048 bytes each
inline constexpr Addr kStack2 = kHeap + 0x8800;
inline constexpr Addr kStack0{0x7fffffff0000};  // g0's
inline constexpr std::uint64_t kStack0Size = 0x2000;

inline void poke(Image& image, Addr addr, std::uint64_t value, std::size_t size = 8) {
  const auto offset = image.map().image_offset(addr, size);
  image.write(offset.value(), std::as_bytes(std::span(&value, 1)).first(size));
}
inline void set_reg(Image& image, Reg reg, std::uint64_t value, int thread = 0) {
  image.set_reg(static_cast<ThreadId>(thread), reg, value);
}

/// One Function with its table of SP distances.
inline Function function(const char* name, std::uint64_t entry, std::uint32_t size, FunctionKind kind,
                         std::vector<SpStep> pcsp) {
  Function f;
  f.name = name;
  f.entry = CodeAddr(entry);
  f.size = size;
  f.kind = kind;
  f.pcsp = std::move(pcsp);
  return f;
}

inline Instruction instruction(std::uint64_t pc, std::uint8_t size, const char* text,
                               std::uint32_t line = 1) {
  Instruction i;
  i.pc = CodeAddr(pc);
  i.size = size;
  i.text = text;
  i.line = line;
  return i;
}

inline Code small_code() {
  Function goexit1 = function("runtime.goexit1", kGoexit1, 0x3b, FunctionKind::modelled, {{0, 0}, {4, 48}});
  goexit1.frame = 48;
  goexit1.saves_bp = true;
  Function goexit0 = function("runtime.goexit0", kGoexit0, 0x50, FunctionKind::modelled, {{0, 0}, {4, 56}});
  goexit0.frame = 56;
  goexit0.saves_bp = true;
  goexit0.vars = {{"gp", 8, 8, "*g"}, {"locked", -9, 1, "bool"}, {"_g_", -24, 8, "*g"}};
  std::vector<Function> functions = {
      function("runtime.goexit", kGoexit, 7, FunctionKind::real, {{0, 0}}),
      goexit1,
      function("runtime.mcall", kMcall, 0x66, FunctionKind::real, {{0, 0}, {0x53, 8}, {0x5c, 0}}),
      goexit0,
      function("runtime.gogo", kGogo, 0x57, FunctionKind::real, {{0, 0}, {4, 24}}),
      function("runtime.mstart", kMstart, 0x40, FunctionKind::modelled, {{0, 0}, {4, 16}}),
  };
  std::vector<Instruction> instructions = {
      instruction(kGoexit, 1, "BYTE $0x90"),
      instruction(kGoexit + 1, 5, "CALL runtime·goexit1(SB)", 2),
      instruction(kMcall, 5, "MOVQ fn+0(FP), DI"),
      instruction(kMcall + 0x4e, 4, "MOVQ (g_sched+gobuf_sp)(SI), SP"),
      instruction(kMcall + 0x52, 1, "PUSHQ AX"),
      instruction(kMcall + 0x59, 2, "CALL DI"),
      instruction(kGogo, 4, "SUBQ $24, SP"),
      instruction(kGogo + 0x23, 3, "MOVQ gobuf_sp(BX), SP", 9),
      instruction(kGogo + 0x26, 4, "MOVQ gobuf_ret(BX), AX", 10),
  };
  std::vector<DataSymbol> data = {
      {"runtime.g0", kG0, 376, "g"},
      {"runtime.m0", kM0, 1024, "m"},
      {"runtime.sched", kSched, 352, "schedt"},
      {"runtime.allgs", kAllgs, 24, "[]*g"},
      {"runtime.allp", kAllp, 24, "[]*p"},
      {"runtime.allm", kAllm, 8, "*m"},
      {"runtime.goexit0.f", kGoexit0F, 8, ""},
  };
  return Code({{"gogo.s", SourceFile::Language::plan9, {}, {}}}, std::move(functions),
              std::move(instructions), std::move(data));
}

inline void fill_image(Image& image, const Layout& layout) {
  const auto at = [&](Addr base, const char* s, const char* f) { return base + layout.find(s, f)->offset; };
  const auto stack = [&](Addr g, Addr lo, std::uint64_t size) {
    poke(image, at(g, "g", "stack.lo"), lo.value());
    poke(image, at(g, "g", "stack.hi"), lo.value() + size);
  };
  stack(kG0, kStack0, kStack0Size);
  stack(kG1, kStack1, 2048);
  stack(kG2, kStack2, 2048);
  poke(image, at(kM0, "m", "g0"), kG0.value());
  poke(image, at(kM0, "m", "curg"), kG2.value());
  poke(image, at(kM0, "m", "tls"), kG2.value());
  poke(image, at(kM0, "m", "p"), kP0.value());
  poke(image, at(kG2, "g", "m"), kM0.value());
  poke(image, at(kG1, "g", "atomicstatus"), 1, 4);
  poke(image, at(kG2, "g", "atomicstatus"), 2, 4);
  poke(image, at(kG1, "g", "goid"), 1);
  poke(image, at(kG2, "g", "goid"), 2);
  poke(image, kAllgs, kAllgsArray.value());
  poke(image, kAllgs + 8, 2);
  poke(image, kAllgs + 16, 8);
  poke(image, kAllgsArray, kG1.value());
  poke(image, kAllgsArray + 8, kG2.value());
  poke(image, kAllgsArray + 16, kG3.value());
  poke(image, kAllp, kAllpArray.value());
  poke(image, kAllp + 8, 1);
  poke(image, kAllp + 16, 1);
  poke(image, kAllpArray, kP0.value());
  poke(image, kAllm, kM0.value());
  poke(image, kGoexit0F, kGoexit0);
  set_reg(image, Reg::rip, kGoexit);
  set_reg(image, Reg::rsp, kStack2.value() + 2048 - 32);
  set_reg(image, Reg::fs_base, (at(kM0, "m", "tls") + 8).value());
}

inline std::shared_ptr<Guest> small_guest(std::shared_ptr<const Release> release = release_named("1.16")) {
  auto guest = std::make_shared<Guest>();
  guest->name = "small";
  guest->release = std::move(release);
  guest->map.add("text", Addr(kText), 0x1000, false, true);
  guest->map.add("data", Addr(0x4ce000), 0x2000, true, false);
  guest->map.add("heap", kHeap, 0x20000, true, false);
  guest->map.add("stack", kStack0, kStack0Size, true, false);
  guest->code = small_code();
  guest->boot = std::make_unique<Image>(guest->map);
  fill_image(*guest->boot, guest->release->layout);
  return guest;
}

/// Where a field is.
inline Addr field(const Guest& guest, Addr base, const char* struct_name, const char* name) {
  return base + guest.release->layout.find(struct_name, name)->offset;
}

/// Writes a record by hand, step after step.
class HandRecord {
 public:
  explicit HandRecord(std::shared_ptr<const Guest> guest)
      : trace_(std::move(guest)), cursor_(trace_), pen_(trace_) {}

  /// Values are new ones; what was there before is looked up. One store to a place in a step.
  HandRecord& store(Addr addr, std::uint64_t value, unsigned size = 8) {
    const std::uint64_t old = cursor_.state().load(addr, static_cast<int>(size)).value();
    pen_.store(*trace_.guest().map.image_offset(addr, size), size, old ^ value);
    return *this;
  }
  HandRecord& reg(Reg r, std::uint64_t value) {
    pen_.reg(r, cursor_.state().reg(r) ^ value);
    return *this;
  }
  HandRecord& step() {
    pen_.commit();
    cursor_.forward();
    return *this;
  }
  HandRecord& stop(Stop why) {
    pen_.mark_stop(std::move(why));
    return *this;
  }
  Recorder& pen() { return pen_; }
  const Trace& trace() const { return trace_; }
  const Cursor& cursor() const { return cursor_; }

 private:
  Trace trace_;
  Cursor cursor_;
  Recorder pen_;
};

}  // namespace gogoscope::tests
