// What a parsed text is made of: operands, instructions, functions, data.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/assembler.h"
#include "asm/source_set.h"

namespace plan9 {

enum class RegisterKind : std::uint8_t { none, general, low_byte, high_byte, xmm, segment, tls };

struct Register {
  RegisterKind kind = RegisterKind::none;
  std::uint8_t number = 0;  ///< as in the encoding: AX 0, CX 1, DX 2, BX 3, SP 4, ...

  bool operator==(const Register&) const = default;
  explicit operator bool() const { return kind != RegisterKind::none; }
};

inline constexpr Register kAx{RegisterKind::general, 0};
inline constexpr Register kCx{RegisterKind::general, 1};
inline constexpr Register kR12{RegisterKind::general, 12};
inline constexpr Register kR14{RegisterKind::general, 14};
inline constexpr Register kSp{RegisterKind::general, 4};
inline constexpr Register kBp{RegisterKind::general, 5};
inline constexpr Register kSi{RegisterKind::general, 6};
inline constexpr Register kTls{RegisterKind::tls, 0};

std::optional<Register> register_named(std::string_view name);
std::string name_of(Register r);

/// What an address counts from.
enum class Pseudo : std::uint8_t {
  none,       ///< base and index registers, as written
  arguments,  ///< name+off(FP)
  locals,     ///< name-off(SP)
  symbol,     ///< name(SB)
};

enum class OperandKind : std::uint8_t {
  reg,      ///< AX
  imm,      ///< $5
  real,     ///< $1.5
  text,     ///< $"abc"
  mem,      ///< 8(AX)(BX*4), name(SB)
  address,  ///< $name(SB), $name+8(FP)
  label,    ///< loop
  steps,    ///< 2(PC): so many instructions on
};

/// An operand as written. Which of the fields count follows from kind and pseudo.
struct Operand {
  OperandKind kind = OperandKind::imm;
  Place place;
  Register reg;            ///< reg
  std::int64_t value = 0;  ///< imm, steps, or the displacement
  double real = 0;
  std::string text;  ///< the string's bytes, the label's name
  Register base;
  Register index;
  std::uint8_t scale = 1;
  Pseudo pseudo = Pseudo::none;
  std::string symbol;  ///< for Pseudo::symbol
  bool file_local = false;
  bool funcval = false;   ///< the symbol is name·f: 8 bytes that hold the address of name
  bool indirect = false;  ///< written with a '*': CALL *AX, JMP *table(SB)
};

struct InstructionForm;

/// One statement, or one instruction that the frame adds. An instruction that emits nothing keeps its
/// place in the body: 2(PC) counts it.
struct Instruction {
  const InstructionForm* form = nullptr;
  std::vector<Operand> operands;
  Place place;
  std::string text;
  LineKind kind = LineKind::instruction;
  std::vector<std::uint8_t> prefixes;   ///< LOCK, REP
  std::vector<std::byte> bytes;         ///< of BYTE, WORD, LONG, QUAD
  std::int32_t sp_delta = 0;            ///< how far SP is below the entry before it runs
  std::optional<std::uint32_t> target;  ///< a jump inside the function: index of an instruction
};

/// Where a label is: before the instruction with this index, which may be one past the last.
struct Label {
  std::uint32_t instruction = 0;
  Place place;
};

/// A TEXT. The parser fills it, add_frame completes it.
struct Function {
  std::string name;
  bool file_local = false;
  std::uint32_t source = 0;  ///< the top-level source: whose names its name<> are
  Place place;
  std::string text;  ///< the TEXT line
  std::int64_t flags = 0;
  std::int64_t locals = 0;
  std::int64_t args = 0;
  std::vector<Instruction> body;
  std::map<std::string, Label, std::less<>> labels;
  // What the frame pass finds out.
  std::int32_t frame = 0;
  bool saves_bp = false;
  bool nosplit = false;
};

/// Those flags of a TEXT that change what is emitted; the values are those of Go's textflag.h.
namespace text_flag {
inline constexpr std::int64_t dupok = 2, nosplit = 4, wrapper = 32, needctxt = 64, noframe = 512;
}  // namespace text_flag

/// A reference from data to a symbol: an 8-byte address.
struct DataAddress {
  std::uint32_t offset = 0;
  std::string symbol;
  bool file_local = false;
  bool funcval = false;
  std::int64_t addend = 0;
  Place place;
};

/// What DATA and GLOBL say about one name.
struct DataSymbol {
  std::string name;
  bool file_local = false;
  std::uint32_t source = 0;
  Place place;
  bool declared = false;  ///< by GLOBL
  std::uint64_t size = 0;
  std::vector<std::byte> bytes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> filled;  ///< [begin, end) set by DATA
  std::vector<DataAddress> addresses;
};

struct Program {
  std::vector<Function> functions;
  std::vector<DataSymbol> data;
};

}  // namespace plan9
