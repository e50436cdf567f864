// Operands that do not parse or do not fit, one form after the other.
#include <gtest/gtest.h>

#include <string>

#include "tests/asm/assembled.h"
#include "tests/asm/wrong_and_right.h"

namespace plan9::test {
namespace {

TEST(OperandErrors, expressions_have_operands_and_bounds) {
  in_a_body({
      {"BYTE $(6^)", ")", "expected a number, found ')'", "BYTE $(6^3)"},
      {"BYTE $(6|)", ")", "expected a number, found ')'", "BYTE $(6|3)"},
      {"BYTE $(6-)", ")", "expected a number, found ')'", "BYTE $(6-3)"},
      {"BYTE $(6+)", ")", "expected a number, found ')'", "BYTE $(6+3)"},
      {"BYTE $(6*", "", "expected a number at the end of the statement", "BYTE $(6*3)"},
      {"BYTE $(-6%4)", "%", "division of a negative number", "BYTE $(6%4)"},
      {"BYTE $(6/-4)", "/", "division of a negative number", "BYTE $(6/4)"},
      {"BYTE $(6<<-1)", "<<", "shift by a negative number", "BYTE $(6<<1)"},
      {"BYTE $(-6>>1)", ">>", "right shift of a negative number", "BYTE $(6>>1)"},
      {"BYTE $(-,)", ",", "expected a number, found ','", "BYTE $(-6)"},
      {"MOVQ (AX)(BX*-1), CX", "-", "expected a number, found '-'", "MOVQ (AX)(BX*1), CX"},
      {"MOVQ (AX)(BX*+1), CX", "+", "expected a number, found '+'", "MOVQ (AX)(BX*1), CX"},
      {"MOVQ (AX)(BX*~1), CX", "~", "expected a number, found '~'", "MOVQ (AX)(BX*1), CX"},
  });
}

TEST(OperandErrors, what_follows_a_dollar) {
  in_a_body({
      {"BYTE $", "$", "expected a number or a name after '$'", "BYTE $1"},
      {"MOVQ $AX, BX", "AX", "a register takes no $", "MOVQ AX, BX"},
      {"JMP $2(PC)", "$", "an offset from PC takes no $", "JMP 1(PC)"},
      {"MOVQ $x+8(, AX", "x", "unknown constant 'x'", "MOVQ $x+8(FP), AX"},
      {"MOVQ $\"ab\", AX", "$\"ab\"", "operand 1 of MOVQ must be a general register, not a string",
       "MOVQ $'a', AX"},
  });
}

TEST(OperandErrors, stars_pseudo_registers_and_dots) {
  in_a_body({
      {"CALL *", "*", "expected a register or memory after '*'", "CALL *AX"},
      {"CALL **AX", "*", "expected a register or memory after '*'", "CALL *AX"},
      {"CALL *8(QX)", "QX", "unknown register 'QX'", "CALL *8(DX)"},
      {"JMP *1(PC)", "*", "a label takes no '*'", "JMP 1(PC)"},
      {"MOVQ SB, AX", "SB", "SB is not a register: it is written name+0(SB)", "MOVQ main·f(SB), AX"},
      {"MOVQ FP, AX", "FP", "FP is not a register: it is written name+0(FP)", "MOVQ x+0(FP), AX"},
      {"JMP PC", "PC", "PC is not an operand: a jump over instructions is written 2(PC)", "JMP 1(PC)"},
      {"MOVQ FP(AX), BX", "FP", "unknown constant 'FP'", "MOVQ x+0(FP), BX"},
      {"CALL main .f(SB)", ".", "expected ',', found '.'", "CALL main·f(SB)"},
      {"CALL main.(SB)", ".", "expected ',', found '.'", "CALL main·f(SB)"},
      {"CALL main. f(SB)", ".", "expected ',', found '.'", "CALL main·f(SB)"},
      {"CALL 1(PC)", "1(PC)", "CALL needs a name(SB), a register or memory", "JMP 1(PC)"},
  });
}

TEST(OperandErrors, names_with_angle_brackets_and_offsets) {
  in_a_body({
      {"CALL f<ABI2>(SB)", "ABI2", "expected <>, <ABI0> or <ABIInternal>", "CALL f<ABI0>(SB)"},
      {"CALL f<ABIInternal(SB)", "(", "expected '>', found '('", "CALL f<ABIInternal>(SB)"},
      {"CALL f<", "", "expected <>, <ABI0> or <ABIInternal>", "CALL f(SB)"},
      {"MOVQ x<>+0(FP), AX", "FP", "only a name(SB) can be local to a file", "MOVQ x+0(FP), AX"},
      {"MOVQ x+-8(SP), AX", "-", "expected a number, found '-'", "MOVQ x-8(SP), AX"},
      {"MOVQ x-16+*8(SP), AX", "*", "expected a number, found '*'", "MOVQ x-16+8(SP), AX"},
      {"MOVQ x-0(SP, AX", ",", "expected ')', found ','", "MOVQ x-8(SP), AX"},
  });
}

TEST(OperandErrors, registers_of_addresses) {
  in_a_body({
      {"MOVQ 8(X0), AX", "X0", "X0 cannot hold an address", "MOVQ 8(BX), AX"},
      {"MOVQ 8(5), AX", "5", "expected a register", "MOVQ 8(BX), AX"},
      {"MOVQ 8(BX, AX", ",", "expected ')', found ','", "MOVQ 8(BX), AX"},
      {"MOVQ (AX)(X0*2), BX", "X0", "expected an index register, found 'X0'", "MOVQ (AX)(CX*2), BX"},
      {"MOVQ (AX)(QX*2), BX", "QX", "expected an index register, found 'QX'", "MOVQ (AX)(CX*2), BX"},
      {"MOVQ (AX)(CX-1), BX", "-", "expected '*', found '-'", "MOVQ (AX)(CX*1), BX"},
      {"CALL (AX)(", "", "expected an index register", "CALL (AX)(CX*1)"},
      {"MOVQ (TLS*1), AX", "(TLS*1)", "(TLS*1) needs a base register", "MOVQ (CX)(TLS*1), AX"},
      {"MOVQ (TLS)(CX*1), AX", "(TLS)(CX*1)", "an address in TLS takes no index", "MOVQ (TLS), AX"},
  });
}

TEST(OperandErrors, kinds_that_an_instruction_does_not_take) {
  in_a_body({
      {"PUSHQ X0; POPQ AX", "X0",
       "operand 1 of PUSHQ must be a general register, memory or a constant, not X0", "PUSHQ AX; POPQ AX"},
      {"ADDQ 1(PC), AX", "1(PC)",
       "operand 1 of ADDQ must be a general register or a constant, not an offset from PC", "ADDQ $1, AX"},
      {"SHLQ AL, BX", "AL", "operand 1 of SHLQ must be a constant or CX, not AL", "SHLQ CL, BX"},
      {"SHLQ CH, BX", "CH", "operand 1 of SHLQ must be a constant or CX, not CH", "SHLQ CL, BX"},
      {"MOVW $main·f(SB), AX", "$main·f(SB)",
       "operand 1 of MOVW must be a general register, not an address: load it with MOVQ or LEAQ first",
       "MOVQ $main·f(SB), AX"},
      {"MOVB AX, X0", "X0", "MOVB cannot move X0", "MOVQ AX, X0"},
      {"MOVQ $0x123456789, AH", "$0x123456789", "constant 0x123456789 does not fit in 32 bits, sign included",
       "MOVQ $0x123456789, AX"},
      {"MOVB AH, R8", "MOVB", "MOVB cannot be encoded with these operands", "MOVB AH, BX"},
      {"ADJSP AX", "ADJSP", "ADJSP takes one constant, written $value", "ADJSP $8; ADJSP $-8"},
      {"BYTE AX", "BYTE", "BYTE takes one constant, written $value", "BYTE $1"},
      {"WORD $1, $2", "WORD", "WORD takes one constant, written $value", "WORD $1"},
      {"LOCK; PCDATA $0, $0; RTE", "RTE", "unknown instruction 'RTE'; did you mean RET?",
       "LOCK; PCDATA $0, $0; ADDQ AX, (BX)"},
  });
}

TEST(OperandErrors, constants_at_both_ends_of_what_fits) {
  in_a_body({
      {"MOVB $-129, AX", "$-129", "constant -129 does not fit in 8 bits", "MOVB $-128, AX"},
      {"MOVB $256, AX", "$256", "constant 256 does not fit in 8 bits", "MOVB $255, AX"},
      {"MOVW $-32769, AX", "$-32769", "constant -32769 does not fit in 16 bits", "MOVW $-32768, AX"},
      {"MOVW $65536, AX", "$65536", "constant 0x10000 does not fit in 16 bits", "MOVW $65535, AX"},
      {"MOVL $-0x80000001, AX", "$-0x80000001", "constant -0x80000001 does not fit in 32 bits",
       "MOVL $-0x80000000, AX"},
      {"MOVL $0x100000000, AX", "$0x100000000", "constant 0x100000000 does not fit in 32 bits",
       "MOVL $0xffffffff, AX"},
      {"BYTE $-129", "$-129", "-129 does not fit in 1 byte", "BYTE $-128"},
      {"WORD $-32769", "$-32769", "-32769 does not fit in 2 bytes", "WORD $-32768"},
      {"LONG $0x100000000", "$0x100000000", "4294967296 does not fit in 4 bytes", "LONG $0xffffffff"},
      {"JMP -9(PC)", "-9(PC)", "jump leads out of main.f", "JMP 0(PC)"},
      {"ADJSP $0x40000001", "$0x40000001", "ADJSP moves SP too far", "ADJSP $0"},
      {"ADJSP $-0x40000001", "$-0x40000001", "ADJSP moves SP too far", "ADJSP $0"},
  });
  const auto twice = [](std::string_view value) {
    const std::string one = " ADJSP $" + std::string(value) + "\n";
    return errors("TEXT f(SB), NOSPLIT, $0\n" + one + one);
  };
  EXPECT_EQ(twice("0x40000000"),
            "test.s:3:8: error: ADJSP moves SP too far\n ADJSP $0x40000000\n       ^~~~~~~~~~~\n");
  EXPECT_EQ(twice("-0x40000000"),
            "test.s:3:8: error: ADJSP moves SP too far\n ADJSP $-0x40000000\n       ^~~~~~~~~~~~\n");
}

// A span ends with its first line, and what a macro wrote is not behind its argument.
TEST(OperandErrors, only_what_is_on_the_line_of_an_operand_is_underlined) {
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n MOVQ 0x123456789(/*\n*/AX), BX\n"),
            "test.s:2:7: error: offset 0x123456789 does not fit in 32 bits\n MOVQ 0x123456789(/*\n"
            "      ^~~~~~~~~~~\n");
  EXPECT_EQ(errors("#define AT(x) x(AX)\nTEXT f(SB), NOSPLIT, $0\n MOVQ AT(0x123456789), BX\n"),
            "test.s:3:10: error: offset 0x123456789 does not fit in 32 bits\n MOVQ AT(0x123456789), BX\n"
            "         ^~~~~~~~~~~\n");
}

TEST(OperandErrors, a_jump_that_leads_to_one_without_a_target_keeps_its_own) {
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n JMP a\na: JMP nowhere\n"),
            "test.s:3:8: error: label 'nowhere' is not defined in f\na: JMP nowhere\n       ^~~~~~~\n");
}

TEST(OperandErrors, a_short_jump_onwards_says_how_far_it_is) {
  std::string far;
  for (int n = 0; n < 17; ++n) far += " QUAD $0\n";
  EXPECT_EQ(
      errors("TEXT f(SB), NOSPLIT, $0\n LOOP on\n" + far + "on: RET\n"),
      "test.s:2:7: error: LOOP reaches 127 bytes on and 128 back, but this is 136 bytes away\n LOOP on\n"
      "      ^~\n");
}

TEST(OperandErrors, ret_takes_a_name_or_nothing) {
  in_a_body({{"RET AX", "RET", "RET takes no operands, not 1", "RET main·f(SB)"},
             {"RET 8(AX)", "RET", "RET takes no operands, not 1", "RET main·f(SB)"}});
}

}  // namespace
}  // namespace plan9::test
