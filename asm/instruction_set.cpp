#include "asm/instruction_set.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace plan9 {
namespace {

struct Condition {
  std::string_view go;  ///< Go's name and its aliases in jumps, separated by spaces
  ZydisMnemonic jump, set, move;
};

constexpr Condition kConditions[] = {
    {"OS O", ZYDIS_MNEMONIC_JO, ZYDIS_MNEMONIC_SETO, ZYDIS_MNEMONIC_CMOVO},
    {"OC NO", ZYDIS_MNEMONIC_JNO, ZYDIS_MNEMONIC_SETNO, ZYDIS_MNEMONIC_CMOVNO},
    {"CS B C LO NAE", ZYDIS_MNEMONIC_JB, ZYDIS_MNEMONIC_SETB, ZYDIS_MNEMONIC_CMOVB},
    {"CC AE HS NB NC", ZYDIS_MNEMONIC_JNB, ZYDIS_MNEMONIC_SETNB, ZYDIS_MNEMONIC_CMOVNB},
    {"EQ E Z", ZYDIS_MNEMONIC_JZ, ZYDIS_MNEMONIC_SETZ, ZYDIS_MNEMONIC_CMOVZ},
    {"NE NZ", ZYDIS_MNEMONIC_JNZ, ZYDIS_MNEMONIC_SETNZ, ZYDIS_MNEMONIC_CMOVNZ},
    {"LS BE NA", ZYDIS_MNEMONIC_JBE, ZYDIS_MNEMONIC_SETBE, ZYDIS_MNEMONIC_CMOVBE},
    {"HI A NBE", ZYDIS_MNEMONIC_JNBE, ZYDIS_MNEMONIC_SETNBE, ZYDIS_MNEMONIC_CMOVNBE},
    {"MI S", ZYDIS_MNEMONIC_JS, ZYDIS_MNEMONIC_SETS, ZYDIS_MNEMONIC_CMOVS},
    {"PL NS", ZYDIS_MNEMONIC_JNS, ZYDIS_MNEMONIC_SETNS, ZYDIS_MNEMONIC_CMOVNS},
    {"PS P PE", ZYDIS_MNEMONIC_JP, ZYDIS_MNEMONIC_SETP, ZYDIS_MNEMONIC_CMOVP},
    {"PC NP PO", ZYDIS_MNEMONIC_JNP, ZYDIS_MNEMONIC_SETNP, ZYDIS_MNEMONIC_CMOVNP},
    {"LT L NGE", ZYDIS_MNEMONIC_JL, ZYDIS_MNEMONIC_SETL, ZYDIS_MNEMONIC_CMOVL},
    {"GE NL", ZYDIS_MNEMONIC_JNL, ZYDIS_MNEMONIC_SETNL, ZYDIS_MNEMONIC_CMOVNL},
    {"LE NG", ZYDIS_MNEMONIC_JLE, ZYDIS_MNEMONIC_SETLE, ZYDIS_MNEMONIC_CMOVLE},
    {"GT G NLE", ZYDIS_MNEMONIC_JNLE, ZYDIS_MNEMONIC_SETNLE, ZYDIS_MNEMONIC_CMOVNLE},
};

struct Row {
  std::string_view name;
  ZydisMnemonic mnemonic;
  std::string_view operands;
  std::uint8_t width = 8;
  std::uint8_t source_width = 0;
};

// One row represents the four widths: the name gets a letter B, W, L, Q.
constexpr Row kWidths[] = {
    {"ADD", ZYDIS_MNEMONIC_ADD, "rI,rm m,r"}, {"OR", ZYDIS_MNEMONIC_OR, "rI,rm m,r"},
    {"ADC", ZYDIS_MNEMONIC_ADC, "rI,rm m,r"}, {"SBB", ZYDIS_MNEMONIC_SBB, "rI,rm m,r"},
    {"AND", ZYDIS_MNEMONIC_AND, "rI,rm m,r"}, {"SUB", ZYDIS_MNEMONIC_SUB, "rI,rm m,r"},
    {"XOR", ZYDIS_MNEMONIC_XOR, "rI,rm m,r"}, {"TEST", ZYDIS_MNEMONIC_TEST, "ri,rm m,r"},
    {"INC", ZYDIS_MNEMONIC_INC, "rm"},        {"DEC", ZYDIS_MNEMONIC_DEC, "rm"},
    {"NEG", ZYDIS_MNEMONIC_NEG, "rm"},        {"NOT", ZYDIS_MNEMONIC_NOT, "rm"},
    {"MUL", ZYDIS_MNEMONIC_MUL, "rm"},        {"DIV", ZYDIS_MNEMONIC_DIV, "rm"},
    {"IDIV", ZYDIS_MNEMONIC_IDIV, "rm"},      {"SHL", ZYDIS_MNEMONIC_SHL, "bc,rm"},
    {"SAL", ZYDIS_MNEMONIC_SHL, "bc,rm"},     {"SHR", ZYDIS_MNEMONIC_SHR, "bc,rm"},
    {"SAR", ZYDIS_MNEMONIC_SAR, "bc,rm"},     {"ROL", ZYDIS_MNEMONIC_ROL, "bc,rm"},
    {"ROR", ZYDIS_MNEMONIC_ROR, "bc,rm"},     {"RCL", ZYDIS_MNEMONIC_RCL, "bc,rm"},
    {"RCR", ZYDIS_MNEMONIC_RCR, "bc,rm"},     {"XCHG", ZYDIS_MNEMONIC_XCHG, "r,rm m,r"},
    {"XADD", ZYDIS_MNEMONIC_XADD, "r,rm"},    {"CMPXCHG", ZYDIS_MNEMONIC_CMPXCHG, "r,rm"},
};

// The same without a byte form.
constexpr Row kWideOnly[] = {
    {"BSF", ZYDIS_MNEMONIC_BSF, "rm,r"},        {"BSR", ZYDIS_MNEMONIC_BSR, "rm,r"},
    {"BT", ZYDIS_MNEMONIC_BT, "br,rm"},         {"BTS", ZYDIS_MNEMONIC_BTS, "br,rm"},
    {"BTR", ZYDIS_MNEMONIC_BTR, "br,rm"},       {"BTC", ZYDIS_MNEMONIC_BTC, "br,rm"},
    {"POPCNT", ZYDIS_MNEMONIC_POPCNT, "rm,r"},  {"TZCNT", ZYDIS_MNEMONIC_TZCNT, "rm,r"},
    {"LZCNT", ZYDIS_MNEMONIC_LZCNT, "rm,r"},    {"LEA", ZYDIS_MNEMONIC_LEA, "m,r"},
    {"MOVBE", ZYDIS_MNEMONIC_MOVBE, "m,r r,m"}, {"NOP", ZYDIS_MNEMONIC_NOP, "rm"},
    {"RDRAND", ZYDIS_MNEMONIC_RDRAND, "r"},     {"RDSEED", ZYDIS_MNEMONIC_RDSEED, "r"},
};

// The same without a word form either: the instructions of ADX and BMI, and a few others.
constexpr Row kLongAndQuad[] = {
    {"ADCX", ZYDIS_MNEMONIC_ADCX, "rm,r"},      {"ADOX", ZYDIS_MNEMONIC_ADOX, "rm,r"},
    {"ANDN", ZYDIS_MNEMONIC_ANDN, "rm,r,r"},    {"BEXTR", ZYDIS_MNEMONIC_BEXTR, "r,rm,r"},
    {"BLSI", ZYDIS_MNEMONIC_BLSI, "rm,r"},      {"BLSMSK", ZYDIS_MNEMONIC_BLSMSK, "rm,r"},
    {"BLSR", ZYDIS_MNEMONIC_BLSR, "rm,r"},      {"BZHI", ZYDIS_MNEMONIC_BZHI, "r,rm,r"},
    {"MULX", ZYDIS_MNEMONIC_MULX, "rm,r,r"},    {"PDEP", ZYDIS_MNEMONIC_PDEP, "rm,r,r"},
    {"PEXT", ZYDIS_MNEMONIC_PEXT, "rm,r,r"},    {"RORX", ZYDIS_MNEMONIC_RORX, "b,rm,r"},
    {"SARX", ZYDIS_MNEMONIC_SARX, "r,rm,r"},    {"SHLX", ZYDIS_MNEMONIC_SHLX, "r,rm,r"},
    {"SHRX", ZYDIS_MNEMONIC_SHRX, "r,rm,r"},    {"MOVNTI", ZYDIS_MNEMONIC_MOVNTI, "r,m"},
    {"RDFSBASE", ZYDIS_MNEMONIC_RDFSBASE, "r"}, {"RDGSBASE", ZYDIS_MNEMONIC_RDGSBASE, "r"},
    {"WRFSBASE", ZYDIS_MNEMONIC_WRFSBASE, "r"}, {"WRGSBASE", ZYDIS_MNEMONIC_WRGSBASE, "r"},
};

constexpr Row kSingle[] = {
    {"MOVBWZX", ZYDIS_MNEMONIC_MOVZX, "rm,r", 2, 1},
    {"MOVBLZX", ZYDIS_MNEMONIC_MOVZX, "rm,r", 4, 1},
    {"MOVBQZX", ZYDIS_MNEMONIC_MOVZX, "rm,r", 8, 1},
    {"MOVWLZX", ZYDIS_MNEMONIC_MOVZX, "rm,r", 4, 2},
    {"MOVWQZX", ZYDIS_MNEMONIC_MOVZX, "rm,r", 8, 2},
    {"MOVLQZX", ZYDIS_MNEMONIC_MOV, "rm,r", 4, 4},
    {"MOVQL", ZYDIS_MNEMONIC_MOV, "r,rm", 4, 4},
    {"MOVBWSX", ZYDIS_MNEMONIC_MOVSX, "rm,r", 2, 1},
    {"MOVBLSX", ZYDIS_MNEMONIC_MOVSX, "rm,r", 4, 1},
    {"MOVBQSX", ZYDIS_MNEMONIC_MOVSX, "rm,r", 8, 1},
    {"MOVWLSX", ZYDIS_MNEMONIC_MOVSX, "rm,r", 4, 2},
    {"MOVWQSX", ZYDIS_MNEMONIC_MOVSX, "rm,r", 8, 2},
    {"MOVLQSX", ZYDIS_MNEMONIC_MOVSXD, "rm,r", 8, 4},
    {"IMUL3W", ZYDIS_MNEMONIC_IMUL, "I,rm,r", 2},
    {"IMUL3L", ZYDIS_MNEMONIC_IMUL, "I,rm,r", 4},
    {"IMUL3Q", ZYDIS_MNEMONIC_IMUL, "I,rm,r", 8},
    {"CRC32B", ZYDIS_MNEMONIC_CRC32, "rm,r", 4, 1},
    {"CRC32W", ZYDIS_MNEMONIC_CRC32, "rm,r", 4, 2},
    {"CRC32L", ZYDIS_MNEMONIC_CRC32, "rm,r", 4, 4},
    {"CRC32Q", ZYDIS_MNEMONIC_CRC32, "rm,r", 8, 8},
    {"BSWAPL", ZYDIS_MNEMONIC_BSWAP, "r", 4},
    {"BSWAPQ", ZYDIS_MNEMONIC_BSWAP, "r", 8},
    {"CMPXCHG8B", ZYDIS_MNEMONIC_CMPXCHG8B, "m", 8},
    {"CMPXCHG16B", ZYDIS_MNEMONIC_CMPXCHG16B, "m", 16},
    {"CBW", ZYDIS_MNEMONIC_CBW, ""},
    {"CWDE", ZYDIS_MNEMONIC_CWDE, ""},
    {"CDQE", ZYDIS_MNEMONIC_CDQE, ""},
    {"CWD", ZYDIS_MNEMONIC_CWD, ""},
    {"CDQ", ZYDIS_MNEMONIC_CDQ, ""},
    {"CQO", ZYDIS_MNEMONIC_CQO, ""},
    {"CLC", ZYDIS_MNEMONIC_CLC, ""},
    {"STC", ZYDIS_MNEMONIC_STC, ""},
    {"CMC", ZYDIS_MNEMONIC_CMC, ""},
    {"CLD", ZYDIS_MNEMONIC_CLD, ""},
    {"STD", ZYDIS_MNEMONIC_STD, ""},
    {"CLI", ZYDIS_MNEMONIC_CLI, ""},
    {"STI", ZYDIS_MNEMONIC_STI, ""},
    {"LAHF", ZYDIS_MNEMONIC_LAHF, ""},
    {"XLAT", ZYDIS_MNEMONIC_XLAT, ""},
    {"WAIT", ZYDIS_MNEMONIC_FWAIT, ""},
    {"ICEBP", ZYDIS_MNEMONIC_INT1, ""},
    {"RDPMC", ZYDIS_MNEMONIC_RDPMC, ""},
    {"RDPKRU", ZYDIS_MNEMONIC_RDPKRU, ""},
    {"WRPKRU", ZYDIS_MNEMONIC_WRPKRU, ""},
    {"CLFLUSHOPT", ZYDIS_MNEMONIC_CLFLUSHOPT, "m", 64},
    {"CLWB", ZYDIS_MNEMONIC_CLWB, "m", 64},
    {"CLDEMOTE", ZYDIS_MNEMONIC_CLDEMOTE, "m", 1},
    {"SAHF", ZYDIS_MNEMONIC_SAHF, ""},
    {"HLT", ZYDIS_MNEMONIC_HLT, ""},
    {"UD2", ZYDIS_MNEMONIC_UD2, ""},
    {"UNDEF", ZYDIS_MNEMONIC_UD2, ""},
    {"INT", ZYDIS_MNEMONIC_INT, "b", 1},
    {"PAUSE", ZYDIS_MNEMONIC_PAUSE, ""},
    {"CPUID", ZYDIS_MNEMONIC_CPUID, ""},
    {"RDTSC", ZYDIS_MNEMONIC_RDTSC, ""},
    {"RDTSCP", ZYDIS_MNEMONIC_RDTSCP, ""},
    {"RDMSR", ZYDIS_MNEMONIC_RDMSR, ""},
    {"WRMSR", ZYDIS_MNEMONIC_WRMSR, ""},
    {"XGETBV", ZYDIS_MNEMONIC_XGETBV, ""},
    {"SYSCALL", ZYDIS_MNEMONIC_SYSCALL, ""},
    {"MFENCE", ZYDIS_MNEMONIC_MFENCE, ""},
    {"LFENCE", ZYDIS_MNEMONIC_LFENCE, ""},
    {"SFENCE", ZYDIS_MNEMONIC_SFENCE, ""},
    {"CLFLUSH", ZYDIS_MNEMONIC_CLFLUSH, "m", 64},
    {"PREFETCHT0", ZYDIS_MNEMONIC_PREFETCHT0, "m", 1},
    {"PREFETCHT1", ZYDIS_MNEMONIC_PREFETCHT1, "m", 1},
    {"PREFETCHT2", ZYDIS_MNEMONIC_PREFETCHT2, "m", 1},
    {"PREFETCHNTA", ZYDIS_MNEMONIC_PREFETCHNTA, "m", 1},
    {"MOVSB", ZYDIS_MNEMONIC_MOVSB, ""},
    {"MOVSW", ZYDIS_MNEMONIC_MOVSW, ""},
    {"MOVSL", ZYDIS_MNEMONIC_MOVSD, ""},
    {"MOVSQ", ZYDIS_MNEMONIC_MOVSQ, ""},
    {"STOSB", ZYDIS_MNEMONIC_STOSB, ""},
    {"STOSW", ZYDIS_MNEMONIC_STOSW, ""},
    {"STOSL", ZYDIS_MNEMONIC_STOSD, ""},
    {"STOSQ", ZYDIS_MNEMONIC_STOSQ, ""},
    {"LODSB", ZYDIS_MNEMONIC_LODSB, ""},
    {"LODSW", ZYDIS_MNEMONIC_LODSW, ""},
    {"LODSL", ZYDIS_MNEMONIC_LODSD, ""},
    {"LODSQ", ZYDIS_MNEMONIC_LODSQ, ""},
    {"SCASB", ZYDIS_MNEMONIC_SCASB, ""},
    {"SCASW", ZYDIS_MNEMONIC_SCASW, ""},
    {"SCASL", ZYDIS_MNEMONIC_SCASD, ""},
    {"SCASQ", ZYDIS_MNEMONIC_SCASQ, ""},
    {"CMPSB", ZYDIS_MNEMONIC_CMPSB, ""},
    {"CMPSW", ZYDIS_MNEMONIC_CMPSW, ""},
    {"CMPSL", ZYDIS_MNEMONIC_CMPSD, ""},
    {"CMPSQ", ZYDIS_MNEMONIC_CMPSQ, ""},
    // SSE and SSE2: the width is that of a memory operand.
    {"MOVUPS", ZYDIS_MNEMONIC_MOVUPS, "xm,x x,m", 16},
    {"MOVUPD", ZYDIS_MNEMONIC_MOVUPD, "xm,x x,m", 16},
    {"MOVAPS", ZYDIS_MNEMONIC_MOVAPS, "xm,x x,m", 16},
    {"MOVAPD", ZYDIS_MNEMONIC_MOVAPD, "xm,x x,m", 16},
    {"MOVOU", ZYDIS_MNEMONIC_MOVDQU, "xm,x x,m", 16},
    {"MOVOA", ZYDIS_MNEMONIC_MOVDQA, "xm,x x,m", 16},
    {"MOVO", ZYDIS_MNEMONIC_MOVDQA, "xm,x x,m", 16},
    {"MOVSS", ZYDIS_MNEMONIC_MOVSS, "xm,x x,m", 4},
    {"MOVSD", ZYDIS_MNEMONIC_MOVSD, "xm,x x,m", 8},
    {"XORPS", ZYDIS_MNEMONIC_XORPS, "xm,x", 16},
    {"XORPD", ZYDIS_MNEMONIC_XORPD, "xm,x", 16},
    {"ANDPS", ZYDIS_MNEMONIC_ANDPS, "xm,x", 16},
    {"ANDPD", ZYDIS_MNEMONIC_ANDPD, "xm,x", 16},
    {"ORPS", ZYDIS_MNEMONIC_ORPS, "xm,x", 16},
    {"ORPD", ZYDIS_MNEMONIC_ORPD, "xm,x", 16},
    {"PXOR", ZYDIS_MNEMONIC_PXOR, "xm,x", 16},
    {"POR", ZYDIS_MNEMONIC_POR, "xm,x", 16},
    {"PAND", ZYDIS_MNEMONIC_PAND, "xm,x", 16},
    {"PADDB", ZYDIS_MNEMONIC_PADDB, "xm,x", 16},
    {"PADDL", ZYDIS_MNEMONIC_PADDD, "xm,x", 16},
    {"PADDQ", ZYDIS_MNEMONIC_PADDQ, "xm,x", 16},
    {"PSUBQ", ZYDIS_MNEMONIC_PSUBQ, "xm,x", 16},
    {"PCMPEQB", ZYDIS_MNEMONIC_PCMPEQB, "xm,x", 16},
    {"PCMPEQL", ZYDIS_MNEMONIC_PCMPEQD, "xm,x", 16},
    {"PSHUFD", ZYDIS_MNEMONIC_PSHUFD, "b,xm,x", 16},
    {"PMOVMSKB", ZYDIS_MNEMONIC_PMOVMSKB, "x,r", 4},
    {"ADDSD", ZYDIS_MNEMONIC_ADDSD, "xm,x", 8},
    {"SUBSD", ZYDIS_MNEMONIC_SUBSD, "xm,x", 8},
    {"MULSD", ZYDIS_MNEMONIC_MULSD, "xm,x", 8},
    {"DIVSD", ZYDIS_MNEMONIC_DIVSD, "xm,x", 8},
    {"SQRTSD", ZYDIS_MNEMONIC_SQRTSD, "xm,x", 8},
    {"MINSD", ZYDIS_MNEMONIC_MINSD, "xm,x", 8},
    {"MAXSD", ZYDIS_MNEMONIC_MAXSD, "xm,x", 8},
    {"UCOMISD", ZYDIS_MNEMONIC_UCOMISD, "xm,x", 8},
    {"COMISD", ZYDIS_MNEMONIC_COMISD, "xm,x", 8},
    {"ADDSS", ZYDIS_MNEMONIC_ADDSS, "xm,x", 4},
    {"SUBSS", ZYDIS_MNEMONIC_SUBSS, "xm,x", 4},
    {"MULSS", ZYDIS_MNEMONIC_MULSS, "xm,x", 4},
    {"DIVSS", ZYDIS_MNEMONIC_DIVSS, "xm,x", 4},
    {"UCOMISS", ZYDIS_MNEMONIC_UCOMISS, "xm,x", 4},
    {"ADDPS", ZYDIS_MNEMONIC_ADDPS, "xm,x", 16},
    {"ADDPD", ZYDIS_MNEMONIC_ADDPD, "xm,x", 16},
    {"MULPD", ZYDIS_MNEMONIC_MULPD, "xm,x", 16},
    {"CVTSD2SS", ZYDIS_MNEMONIC_CVTSD2SS, "xm,x", 8},
    {"CVTSS2SD", ZYDIS_MNEMONIC_CVTSS2SD, "xm,x", 4},
    {"CVTSL2SD", ZYDIS_MNEMONIC_CVTSI2SD, "rm,x", 8, 4},
    {"CVTSQ2SD", ZYDIS_MNEMONIC_CVTSI2SD, "rm,x", 8, 8},
    {"CVTSL2SS", ZYDIS_MNEMONIC_CVTSI2SS, "rm,x", 8, 4},
    {"CVTSQ2SS", ZYDIS_MNEMONIC_CVTSI2SS, "rm,x", 8, 8},
    {"CVTTSD2SL", ZYDIS_MNEMONIC_CVTTSD2SI, "xm,r", 4, 8},
    {"CVTTSD2SQ", ZYDIS_MNEMONIC_CVTTSD2SI, "xm,r", 8, 8},
    {"CVTTSS2SL", ZYDIS_MNEMONIC_CVTTSS2SI, "xm,r", 4, 4},
    {"CVTTSS2SQ", ZYDIS_MNEMONIC_CVTTSS2SI, "xm,r", 8, 4},
};

constexpr std::string_view kLetters = "BWLQ";

class InstructionSet {
 public:
  InstructionSet() {
    add_moves();
    for (const Row& row : kWidths) add_widths(row, 0);
    for (const Row& row : kWideOnly) add_widths(row, 1);
    for (const Row& row : kLongAndQuad) add_widths(row, 2);
    for (const Row& row : kSingle) add(form(row, std::string(row.name), row.width));
    add_compares();
    add_multiplications();
    add_double_shifts();
    add_conditions();
    add_stack();
    add_flow();
    add_pseudo();
    add_aliases();
    for (const InstructionForm& f : forms_) {
      by_name_.emplace(f.name, &f);
      names_.push_back(f.name);
    }
  }

  const InstructionForm* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  static InstructionForm form(const Row& row, std::string name, std::uint8_t width) {
    InstructionForm f;
    f.name = std::move(name);
    f.mnemonic = static_cast<std::uint16_t>(row.mnemonic);
    f.operands = row.operands;
    f.width = width;
    f.source_width = row.source_width;
    return f;
  }

  InstructionForm& add(InstructionForm f) {
    forms_.push_back(std::move(f));
    return forms_.back();
  }

  void add_widths(const Row& row, std::size_t first) {
    for (std::size_t i = first; i < 4; ++i) {
      add(form(row, std::string(row.name) + kLetters[i], static_cast<std::uint8_t>(1 << i)));
    }
  }

  void add_compares() {
    for (std::size_t i = 0; i < 4; ++i) {
      const Row row{"CMP", ZYDIS_MNEMONIC_CMP, "rm,rI r,m"};
      add(form(row, std::string("CMP") + kLetters[i], static_cast<std::uint8_t>(1 << i))).shape =
          Shape::intel_order;
    }
  }

  // First and MOVQ before the others: of two names equally near to a wrong one, the first is suggested.
  void add_moves() {
    for (const std::size_t i : {3, 2, 1, 0}) {
      const Row row{"MOV", ZYDIS_MNEMONIC_MOV, ""};
      add(form(row, std::string("MOV") + kLetters[i], static_cast<std::uint8_t>(1 << i))).shape = Shape::move;
    }
  }

  // Second names that Go's assembler has for some instructions, besides those of the jumps.
  void add_aliases() {
    for (const auto& [name, canonical] :
         {std::pair{"MOVD", "MOVQ"}, std::pair{"MOVBELL", "MOVBEL"}, std::pair{"MOVBEQQ", "MOVBEQ"},
          std::pair{"MOVBEWW", "MOVBEW"}, std::pair{"PADDD", "PADDL"}}) {
      const auto known = std::find_if(forms_.begin(), forms_.end(),
                                      [&](const InstructionForm& f) { return f.name == canonical; });
      add(InstructionForm(*known)).name = name;
    }
  }

  void add_multiplications() {
    add(form({"", ZYDIS_MNEMONIC_IMUL, "rm"}, "IMULB", 1));
    for (std::size_t i = 1; i < 4; ++i) {
      add(form({"", ZYDIS_MNEMONIC_IMUL, "rm rm,r I,r"}, std::string("IMUL") + kLetters[i],
               static_cast<std::uint8_t>(1 << i)));
    }
  }

  // SHLQ with three operands is SHLD; the encoder finds the mnemonic by the count.
  void add_double_shifts() {
    for (InstructionForm& f : forms_) {
      const bool shift = f.name.starts_with("SHL") || f.name.starts_with("SHR");
      if (shift && f.name.size() == 4 && f.width > 1) f.operands = "bc,rm bc,r,rm";
    }
  }

  void add_conditions() {
    for (const Condition& condition : kConditions) {
      std::string_view rest = condition.go;
      for (bool canonical = true; !rest.empty(); canonical = false) {
        const std::string name(rest.substr(0, rest.find(' ')));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        InstructionForm& jump = add(form({"", condition.jump, ""}, "J" + name, 8));
        jump.shape = Shape::branch;
        jump.conditional = true;
        if (!canonical) continue;
        add(form({"", condition.set, "rm"}, "SET" + name, 1));
        for (std::size_t i = 1; i < 4; ++i) {
          add(form({"", condition.move, "rm,r"}, std::string("CMOV") + kLetters[i] + name,
                   static_cast<std::uint8_t>(1 << i)));
        }
      }
    }
  }

  void add_stack() {
    const auto stack = [&](std::string name, ZydisMnemonic mnemonic, std::string_view operands,
                           std::uint8_t width, int sp_change) {
      InstructionForm& f = add(form({"", mnemonic, operands}, std::move(name), width));
      f.shape = Shape::push_pop;
      f.sp_change = static_cast<std::int8_t>(sp_change);
    };
    stack("PUSHQ", ZYDIS_MNEMONIC_PUSH, "rmI", 8, 8);
    stack("POPQ", ZYDIS_MNEMONIC_POP, "rm", 8, -8);
    stack("PUSHW", ZYDIS_MNEMONIC_PUSH, "rmI", 2, 2);
    stack("POPW", ZYDIS_MNEMONIC_POP, "rm", 2, -2);
    stack("PUSHFQ", ZYDIS_MNEMONIC_PUSHFQ, "", 8, 8);
    stack("POPFQ", ZYDIS_MNEMONIC_POPFQ, "", 8, -8);
    stack("PUSHFW", ZYDIS_MNEMONIC_PUSHF, "", 2, 2);
    stack("POPFW", ZYDIS_MNEMONIC_POPF, "", 2, -2);
    add(form({"", ZYDIS_MNEMONIC_SUB, "i"}, "ADJSP", 8)).shape = Shape::adjust_sp;
  }

  void add_flow() {
    add(form({"", ZYDIS_MNEMONIC_JMP, ""}, "JMP", 8)).shape = Shape::branch;
    for (const auto& [name, mnemonic] :
         {std::pair{"LOOP", ZYDIS_MNEMONIC_LOOP}, std::pair{"LOOPEQ", ZYDIS_MNEMONIC_LOOPE},
          std::pair{"LOOPNE", ZYDIS_MNEMONIC_LOOPNE}, std::pair{"JCXZL", ZYDIS_MNEMONIC_JECXZ},
          std::pair{"JCXZQ", ZYDIS_MNEMONIC_JRCXZ}}) {
      InstructionForm& jump = add(form({"", mnemonic, ""}, name, 8));
      jump.shape = Shape::branch;
      jump.conditional = true;
      jump.short_only = true;
    }
    add(form({"", ZYDIS_MNEMONIC_CALL, ""}, "CALL", 8)).shape = Shape::call;
    add(form({"", ZYDIS_MNEMONIC_RET, ""}, "RET", 8)).shape = Shape::ret;
    for (const auto& [name, byte] : {std::pair{"LOCK", 0xf0}, std::pair{"REP", 0xf3}, std::pair{"REPN", 0xf2},
                                     std::pair{"XACQUIRE", 0xf2}, std::pair{"XRELEASE", 0xf3}}) {
      InstructionForm& f = add(form({"", ZYDIS_MNEMONIC_INVALID, ""}, name, 8));
      f.shape = Shape::prefix;
      f.prefix = static_cast<std::uint8_t>(byte);
    }
  }

  void add_pseudo() {
    for (const auto& [name, width] :
         {std::pair{"BYTE", 1}, std::pair{"WORD", 2}, std::pair{"LONG", 4}, std::pair{"QUAD", 8}}) {
      add(form({"", ZYDIS_MNEMONIC_INVALID, "i"}, name, static_cast<std::uint8_t>(width))).shape = Shape::raw;
    }
    for (const char* name :
         {"NOP", "PCDATA", "FUNCDATA", "NO_LOCAL_POINTERS", "GO_ARGS", "GO_RESULTS_INITIALIZED"}) {
      add(form({"", ZYDIS_MNEMONIC_INVALID, ""}, name, 8)).shape = Shape::nothing;
    }
  }

  std::deque<InstructionForm> forms_;
  std::unordered_map<std::string_view, const InstructionForm*> by_name_;
  std::vector<std::string_view> names_;
};

const InstructionSet& instruction_set() {
  static const InstructionSet set;
  return set;
}

}  // namespace

const InstructionForm* instruction_named(std::string_view name) { return instruction_set().find(name); }

const std::vector<std::string_view>& instruction_names() { return instruction_set().names(); }

}  // namespace plan9
