// What the guest's text consists of: functions, instructions, slots, the lines they came from.
// Pure data: enough to read a record without the machine that made it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest/address.h"
#include "emu/guest/inlined_calls.h"
#include "emu/guest/line_table.h"

namespace gogoscope {

/// A text shown beside the code: a listing in Plan 9 syntax, the Go lines of a modelled function, or a file
/// that a program was made of, which need not be there.
struct SourceFile {
  enum class Language : std::uint8_t { plan9, go };
  std::string name;  ///< "gogo.s", "goexit0.go", "bodies"; of a program the path that it names
  Language language = Language::plan9;
  std::vector<std::string> lines;  ///< line n is lines[n - 1]; none where the file is not there
  /// The same lines before a scenario left out or replaced some of them; empty where it did not.
  std::vector<std::string> intact;
};

/// A named place in a function's frame, relative to the frame's top: the address where the return
/// address is (SP at entry). Arguments have positive offsets (the first is at +8), locals negative.
struct FrameVar {
  std::string name;  ///< "gp", "locked", "_g_"
  std::int32_t offset = 0;
  std::uint8_t size = 8;
  std::string type;  ///< Go type: "*g", "bool", ...; may be empty
};

struct SpStep {
  std::uint32_t offset = 0;  ///< from the function's entry; holds until the next step
  std::int32_t delta = 0;    ///< bytes by which SP is below its value at entry
};

enum class FunctionKind : std::uint8_t {
  real,      ///< bytes as a Go toolchain emits them
  modelled,  ///< Go lines run by the host, with a real frame and real calls
  task,      ///< assembly of the scenario; bytes as a Go toolchain emits them
  changed,   ///< a real or modelled function of which the scenario has left out or replaced lines
};

struct Function {
  std::string name;  ///< "runtime.goexit0", "main.worker"
  CodeAddr entry;
  std::uint32_t size = 0;
  FunctionKind kind = FunctionKind::real;
  std::int32_t frame = 0;      ///< bytes that the prologue lowers SP by
  bool saves_bp = false;       ///< the caller's BP is at frame top - 8
  bool frame_is_ours = false;  ///< Go inlines this function: the frame size is not a real one
  std::uint32_t source = 0;    ///< index into Code::sources()
  std::uint32_t line = 0;      ///< of its first line
  std::vector<SpStep> pcsp;
  std::vector<FrameVar> vars;
  /// What its lines are called, from `line` on; Code finds it where it is not given.
  std::shared_ptr<const std::vector<std::string>> line_names;
  bool contains(CodeAddr pc) const { return pc >= entry && pc < entry + size; }
  /// As Go's tracebacks name it: "runtime.goexit" of the symbol "runtime.goexit.abi0", which is how a linker
  /// tells a function of assembly from its wrapper; "runtime.gogo" of "gogo", its local part.
  std::string_view go_name() const;
  /// Its name without ".abi0" is that of a wrapper for Go code; set by Code.
  bool wrapped = false;
};

/// One instruction. In a modelled function an instruction may be a slot: the place where the host
/// acts, just before the instruction itself (a NOP, a CALL) runs.
struct Instruction {
  CodeAddr pc;
  std::uint8_t size = 0;
  bool slot = false;
  bool prologue = false;  ///< added by the assembler: prologue, epilogue
  std::uint32_t function = 0;
  std::uint32_t line = 0;  ///< in the function's source; counts from 1
  std::string text;        ///< Plan 9 statement, or what the slot does
};

/// Where a PC is in the code. Behind the last instruction of a function there is nothing to execute, but a
/// run that ends in it leaves the PC there, and so does the return address of a call that never returns:
/// meant is the instruction before it.
struct CodePlace {
  const Function* function = nullptr;
  const Instruction* instruction = nullptr;  ///< null where none starts
  bool behind = false;                       ///< PC is right after `instruction` and after `function`
};

/// A line of a source.
struct LineRef {
  std::uint32_t source = 0;  ///< index into Code::sources()
  std::uint32_t line = 0;    ///< counts from 1; 0: none is known
  bool known() const { return line != 0; }
  bool operator==(const LineRef&) const = default;
};

/// A variable of the data region.
struct DataSymbol {
  std::string name;  ///< "runtime.g0", "runtime.sched", "runtime.goexit0.f"
  Addr addr;
  std::uint64_t size = 0;
  std::string type;  ///< "g", "m", "p", "schedt" have layouts; others are Go types or empty
};

/// What the lines of a source are called, from one of them on, see Code::line_name. Cost: about a microsecond
/// a line.
std::vector<std::string> line_names(const SourceFile& source, std::uint32_t first);

class Code {
 public:
  /// Takes the tables; sorts them by address. Of a lesson each instruction says its line; a program has rows
  /// instead, by PC, no two with the same one, and lists no instructions.
  Code(std::vector<SourceFile> sources, std::vector<Function> functions,
       std::vector<Instruction> instructions, std::vector<DataSymbol> data, std::vector<LineRow> rows = {},
       InlinedCalls inlined = {});
  Code() = default;

  const std::vector<SourceFile>& sources() const { return sources_; }
  const std::vector<Function>& functions() const { return functions_; }
  const std::vector<Instruction>& instructions() const { return instructions_; }
  const std::vector<DataSymbol>& data() const { return data_; }
  const std::vector<LineRow>& rows() const { return rows_; }
  const InlinedCalls& inlined() const { return inlined_; }

  /// The function that holds `pc`, or null. Cost: a binary search.
  const Function* function_at(CodeAddr pc) const;
  /// Also a function of assembly without the ".abi0" of its symbol. Null if there is none. Cost: a walk.
  const Function* function(std::string_view name) const;
  /// The instruction that starts at `pc`, or null. Cost: one table look-up.
  const Instruction* instruction_at(CodeAddr pc) const;
  /// The same with the PC of a run that has ended in a function's last instruction. Cost: two binary
  /// searches.
  CodePlace place(CodeAddr pc) const;
  /// The line that the instruction at `pc`, or around it, was made of. Where that was inlined, its source is
  /// not that of the function. Cost: a binary search.
  LineRef line_at(CodeAddr pc) const;
  /// The inlined calls in whose bodies `pc` is, the innermost first. Cost: as InlinedCalls::at.
  std::vector<const InlinedCall*> inlined_at(CodeAddr pc) const;
  /// Whether a line begins at `pc`: where stepping by lines stops. True where no line is known.
  bool starts_line(CodeAddr pc) const;
  /// Where the lines of a function begin, by PC; a line that code returns to begins more than once. Cost: a
  /// walk over its instructions or rows.
  std::vector<CodeAddr> line_starts(const Function& function) const;
  /// The data symbol that holds `addr`, or null.
  const DataSymbol* data_at(Addr addr) const;
  const DataSymbol* data(std::string_view name) const;
  /// Go lines run by the host, changed or not.
  bool is_modelled(const Function& function) const;
  /// Text of a line, without its newline; empty if there is none.
  std::string_view line_text(LineRef line) const;
  std::string_view line_text(const Function& function, std::uint32_t line) const;
  /// What a line is called, however many others the function has lost: its essence in the intact source, with
  /// "#2" after it where it is the second such line of the function. Empty for a line that was left out or
  /// replaced: nothing that is known of the intact one is true of it. The function must be one of
  /// functions(), the line one of its own.
  const std::string& line_name(const Function& function, std::uint32_t line) const;

  /// "runtime.gogo+0x23", also right after a function; a bare name at a symbol's start; hex where no symbol
  /// is. Without the ".abi0" of a symbol, unless that tells it from its wrapper: `function` finds it by this
  /// name.
  std::string symbolize(CodeAddr pc) const;
  /// SP's distance below its value at the entry of the function that holds `pc`, or ends right before it.
  std::int32_t sp_delta(CodeAddr pc) const;

 private:
  std::vector<SourceFile> sources_;
  std::vector<Function> functions_;
  std::vector<Instruction> instructions_;
  std::vector<DataSymbol> data_;
  std::vector<LineRow> rows_;
  InlinedCalls inlined_;
  std::uint64_t text_base_ = 0;
  std::vector<std::int32_t> index_;  ///< pc - text_base_ -> index into instructions_, or -1
};

}  // namespace gogoscope
