// A Plan 9 amd64 assembler: Go's assembler syntax in, bytes out.
//
// It knows nothing of emulators or of the Go runtime: names such as gobuf_sp are constants that the
// caller passes in. Zydis encodes; this library parses, resolves the pseudo-registers, adds what
// Go's own assembler adds to a TEXT (frame prologue, stack check, epilogue), relaxes jumps, and
// says precisely what is wrong with a text that does not assemble.
//
// The reference is `go tool asm` followed by a static, non-PIE link for linux/amd64; which form a stack
// check has is an option, since it differs between Go releases.
//
//   Assembly a = assemble({{"gogo.s", text}}, options);
//   if (!a.object) print(a.diagnostics);
//   Linked l = link(*a.object, {.text_base = 0x401000, .data_base = 0x4c0000});
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asm/text/diagnostic.h"

namespace plan9 {

using gogoscope::Diagnostic;
using gogoscope::format;
using gogoscope::Message;

struct Source;

/// Answers `#include "path"`: the text, or the reason why it may not be had.
using IncludeResolver = std::function<std::variant<Source, Message>(std::string_view path)>;

/// A text to assemble, with the name that diagnostics give it.
struct Source {
  std::string name;
  std::string text;
  std::uint32_t first_line = 1;  ///< of the text in its file: messages that mention a line count from there
  IncludeResolver include = {};  ///< for it and what it includes, instead of that of the options
};

using Constants = std::map<std::string, std::int64_t, std::less<>>;

/// How a TEXT looks whether its stack has room. Go loads g from TLS into CX up to 1.16, into R14 from 1.17
/// on, where larger frames are compared in another way, too.
struct StackCheck {
  enum class G : std::uint8_t { in_cx, in_r14 };
  G g = G::in_cx;
  std::int32_t guard = 16;  ///< offset of g.stackguard0
};

struct Options {
  /// Names usable as integer constants in operands: gobuf_sp, g_m, NOSPLIT's kin are predeclared.
  Constants constants;
  /// Without a resolver only the built-in headers "textflag.h", "funcdata.h", "go_asm.h" and
  /// "go_tls.h" can be included (they add nothing that is not predeclared).
  IncludeResolver include;
  StackCheck stack_check;
  /// The package that a leading middle dot means: ·worker is main.worker.
  std::string package = "main";
  /// Most diagnostics collected before the assembler gives up on a text.
  int max_diagnostics = 50;
};

enum class Section : std::uint8_t { text, data };

/// How far SP is below its value at the function's entry, from `offset` on. The value at entry
/// is 0: the return address is at SP + delta.
struct SpDelta {
  std::uint32_t offset = 0;  ///< from the start of the function
  std::int32_t delta = 0;    ///< bytes
};

/// Where a funcval that no text defines was asked for first: Go's linker has it all the same.
enum class MadeFuncval : std::uint8_t { no, by_text, by_data };

struct Symbol {
  std::string name;  ///< as Go's tools print it: "runtime.gogo", "main.worker", "main.worker.f"
  Section section = Section::text;
  std::uint32_t offset = 0;  ///< in its section
  std::uint32_t size = 0;    ///< bytes
  bool file_local = false;   ///< declared as name<>
  MadeFuncval made = MadeFuncval::no;
  // Of a TEXT only:
  std::int32_t locals = 0;  ///< the $frame of the TEXT line, bytes
  std::int32_t args = 0;    ///< the -args of the TEXT line, bytes; 0 when left out
  std::int32_t frame = 0;   ///< bytes by which the prologue lowers SP (locals and saved BP)
  bool saves_bp = false;
  bool nosplit = false;
  std::vector<SpDelta> pcsp;  ///< sorted by offset; the first entry is {0, 0}
};

enum class LineKind : std::uint8_t { instruction, prologue, epilogue, data };

/// One instruction (or one data item inside a TEXT) and the text it came from. In order of offset;
/// every byte of every TEXT is in exactly one.
struct Line {
  std::uint32_t offset = 0;  ///< in section text
  std::uint8_t size = 0;
  LineKind kind = LineKind::instruction;
  std::uint32_t source = 0;  ///< index into Object::sources
  std::uint32_t line = 0;    ///< counts from 1
  std::string plan9;         ///< the statement without its comment, spaces folded
};

enum class RelocationKind : std::uint8_t { pc32, abs64, abs32 };

/// A field to be filled at link time: S + addend (- P for pc32, P being the field's own address).
struct Relocation {
  Section section = Section::text;
  std::uint32_t offset = 0;
  RelocationKind kind = RelocationKind::pc32;
  std::string symbol;
  std::int64_t addend = 0;
  /// Index into Object::symbols if the object itself defines it; two sources may each have a name<>.
  std::optional<std::uint32_t> target;
  // where the text names the symbol, for the error when it is not defined
  std::uint32_t source = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t width = 1;
};

/// What the sources assemble to. Functions are aligned to 32 bytes as the linker lays them out (padding
/// is 0xcc and belongs to no Line). A reference to `name·f(SB)`, where `name` is any function, makes a
/// read-only funcval of 8 bytes in data by itself, as the compiler does for `go name()`.
struct Object {
  std::vector<std::byte> text;
  std::vector<std::byte> data;
  std::vector<Symbol> symbols;
  std::vector<Line> lines;
  std::vector<Relocation> relocations;
  std::vector<Source> sources;  ///< includes too
};

struct Assembly {
  std::optional<Object> object;  ///< absent if there is any diagnostic
  std::vector<Diagnostic> diagnostics;
};

/// Assembles the sources in order into one object. Cost: linear in the text, a few us a line.
Assembly assemble(const std::vector<Source>& sources, const Options& options);

/// What assemble makes of all texts in a row, from what it makes of each by itself; so a text that comes
/// again and again need be assembled only once. Relocations may come in another order. Nothing where the
/// texts do not fit together: assemble says why. Cost: a copy.
std::optional<Object> join(const std::vector<const Object*>& objects);

struct LinkOptions {
  std::uint64_t text_base = 0x401000;
  std::uint64_t data_base = 0;
  /// Symbols defined elsewhere, by address.
  std::map<std::string, std::uint64_t, std::less<>> externs;
};

struct Linked {
  std::vector<std::byte> text;
  std::vector<std::byte> data;
  std::vector<Diagnostic> diagnostics;  ///< undefined symbols, fields out of range; empty if all is well
};

Linked link(const Object& object, const LinkOptions& options);

}  // namespace plan9
