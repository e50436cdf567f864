// The smallest Binary that has something of everything, and a reader that trusts one.
#pragma once

#include "emu/elf/binary.h"
#include "emu/elf/guest_tables.h"

namespace gogoscope::tests {

inline Binary small_binary() {
  Binary b;
  b.go = "go1.19.8";
  b.entry = CodeAddr(0x401000);
  b.program_headers = Addr(0x400040);
  b.program_header_count = 7;
  b.segments.push_back({Addr(0x401000), 0x20, std::vector<std::byte>(0x20), true, false, true});
  b.segments.push_back({Addr(0x402000), 0x1000, std::vector<std::byte>(8), true, true, false});
  b.files = {"/src/main.go", "/src/asm.s"};
  Function f;
  f.name = "main.main";
  f.entry = CodeAddr(0x401000);
  f.size = 0x10;
  f.frame = 24;
  f.saves_bp = true;
  f.source = 0;
  f.line = 3;
  f.pcsp = {{0, 0}, {4, 24}, {15, 0}};
  b.functions.push_back(f);
  f.name = "main.g";
  f.entry = CodeAddr(0x401010);
  f.source = Binary::kNoFile;
  f.line = 0;
  b.functions.push_back(f);
  b.data = {{"runtime.g0", Addr(0x402000), 8, "g"}, {"runtime.allgs", Addr(0x402008), 24, "[]*g"}};
  b.lines = {
      {CodeAddr(0x401000), 0, 3, true}, {CodeAddr(0x401008), 1, 4, false}, {CodeAddr(0x401010), 0, 0, false}};
  b.inlined.names = {"main.f", "main.h"};
  b.inlined.calls = {{CodeAddr(0x401002), CodeAddr(0x40100c), 0, 0, 5},
                     {CodeAddr(0x401004), CodeAddr(0x401008), 1, 1, 6}};
  b.layout = Layout(
      "1.19.8", "a test",
      {{"g", 16, {{"m", "*m", 0, 8}, {"atomicstatus", "uint32", 8, 4}}}, {"m", 8, {{"g0", "*g", 0, 8}}}});
  return b;
}

/// Asks everything that is asked of one.
inline void use(const Binary& b) {
  const Code code = code_of(b);
  const auto release = release_of(b);
  for (const Function& f : b.functions) {
    for (const std::int64_t at :
         {std::int64_t{-1}, std::int64_t{0}, std::int64_t{f.size} - 1, std::int64_t{f.size}}) {
      code.symbolize(f.entry + at);
      code.sp_delta(f.entry + at);
      for (const InlinedCall* call : code.inlined_at(f.entry + at))
        static_cast<void>(code.inlined().names.at(call->name).size() + b.files.at(call->file).size());
      b.function_at(f.entry + at);
      if (const LineRow* const row = b.line_at(f.entry + at)) static_cast<void>(b.files.at(row->file).size());
    }
    b.segment_at(Addr(f.entry.value()), f.size);
    if (f.source != Binary::kNoFile) static_cast<void>(b.files.at(f.source).size());
  }
  for (const DataSymbol& d : b.data) code.data_at(d.addr);
  for (const StructLayout& s : release->layout.structs()) {
    for (const Field& f : s.fields) s.at(f.offset);
  }
}

}  // namespace gogoscope::tests
