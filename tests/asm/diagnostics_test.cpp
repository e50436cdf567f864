// Every error with its whole text, beside a twin: the same text repaired passes.
#include <gtest/gtest.h>

#include "tests/asm/assembled.h"
#include "tests/asm/wrong_and_right.h"

namespace plan9::test {
namespace {

TEST(Diagnostics, unknown_names_come_with_the_nearest_known_one) {
  in_a_body({
      {"MOVX AX, BX", "MOVX", "unknown instruction 'MOVX'; did you mean MOVQ?", "MOVQ AX, BX"},
      {"movq AX, BX", "movq", "unknown instruction 'movq'; did you mean MOVQ?", "MOVQ AX, BX"},
      {"RTE", "RTE", "unknown instruction 'RTE'; did you mean RET?", "RET"},
      {"FROBNICATE AX", "FROBNICATE", "unknown instruction 'FROBNICATE'", "NEGQ AX"},
      {"MOVQ gobuf_spp(BX), AX", "gobuf_spp", "unknown constant 'gobuf_spp'; did you mean gobuf_sp?",
       "MOVQ gobuf_sp(BX), AX"},
      {"MOVQ $gobuf_cp, AX", "gobuf_cp", "unknown constant 'gobuf_cp'; did you mean gobuf_pc?",
       "MOVQ $gobuf_pc, AX"},
      {"MOVQ (g_sched+gobuf_q)(AX), BX", "gobuf_q", "unknown constant 'gobuf_q'; did you mean gobuf_g?",
       "MOVQ (g_sched+gobuf_g)(AX), BX"},
      {"MOVQ foo, AX", "foo", "unknown constant or register 'foo'", "MOVQ BX, AX"},
      {"MOVQ main·x, AX", "main·x", "'main·x' needs (SB): it is written main·x(SB)", "MOVQ main·x(SB), AX"},
      {"MOVQ 8(QX), AX", "QX", "unknown register 'QX'", "MOVQ 8(DX), AX"},
      {"JMP hree", "hree", "label 'hree' is not defined in main.f; did you mean here?", "JMP here"},
  });
  at_top({{"TEXT f(SB), NOSPLLIT, $0", "NOSPLLIT", "unknown constant 'NOSPLLIT'; did you mean NOSPLIT?",
           "TEXT f(SB), NOSPLIT, $0"}});
}

TEST(Diagnostics, operands_of_the_wrong_kind_are_named) {
  in_a_body({
      {"ADDQ (AX), (BX)", "(BX)", "ADDQ cannot take two operands in memory", "ADDQ AX, (BX)"},
      {"MOVQ AX, $5", "$5", "operand 2 of MOVQ must be a general register or memory, not a constant",
       "MOVQ $5, AX"},
      {"ADDQ X0, BX", "X0", "operand 1 of ADDQ must be a general register or a constant, not X0",
       "ADDQ AX, BX"},
      {"XORPS AX, X0", "AX", "operand 1 of XORPS must be an X register or memory, not AX", "XORPS X1, X0"},
      {"LEAQ AX, BX", "AX", "operand 1 of LEAQ must be memory, not AX", "LEAQ (AX), BX"},
      {"SHLQ BX, AX", "BX", "operand 1 of SHLQ must be a constant or CX, not BX", "SHLQ CX, AX"},
      {"CMPQ $5, AX", "$5", "operand 1 of CMPQ must be a general register or memory, not a constant",
       "CMPQ AX, $5"},
      {"ADDQ $main·f(SB), AX", "$main·f(SB)",
       "operand 1 of ADDQ must be a general register or a constant, not an address: load it with MOVQ or "
       "LEAQ first",
       "MOVQ $main·f(SB), AX"},
      {"MOVSD $1.5, X0", "$1.5",
       "operand 1 of MOVSD must be an X register or memory, not a floating-point constant: put it into "
       "memory with DATA",
       "MOVSD x-8(SP), X0"},
      {"JEQ AX", "AX", "JEQ needs a label, as in JEQ done", "JEQ here"},
      {"CALL here", "here", "CALL needs a name(SB), a register or memory", "JMP here"},
      {"MOVQ 8(FP), BX", "FP", "an offset from FP needs a name: name+0(FP)", "MOVQ x+8(FP), BX"},
      {"MOVQ (AX)(SP*2), BX", "SP", "SP cannot be an index", "MOVQ (SP)(AX*2), BX"},
      {"MOVQ (AX)(BX*3), BX", "3", "scale must be 1, 2, 4 or 8", "MOVQ (AX)(BX*4), BX"},
      {"JMP main·f(SB)(&", "&", "name(SB) takes no index: load its address into a register first",
       "JMP main·f(SB)"},
      {"MOVQ main·f(SB)(AX*8), BX", "AX", "name(SB) takes no index: load its address into a register first",
       "MOVQ main·f(SB), BX"},
      {"MOVQ X0(AX), BX", "X0", "X0 is a register: it cannot be part of an offset", "MOVQ 8(AX), BX"},
  });
}

TEST(Diagnostics, operands_of_the_wrong_width_are_named) {
  in_a_body({
      {"ADDQ AL, BX", "AL", "AL has 8 bits, but ADDQ works on 64 here", "ADDB AL, BX"},
      {"MOVW BX, AH", "AH", "AH has 8 bits, but MOVW works on 16 here", "MOVB BX, AH"},
      {"MOVB X0, AX", "X0", "MOVB cannot move X0", "MOVQ X0, AX"},
      {"ADDQ $0x123456789, AX", "$0x123456789", "constant 0x123456789 does not fit in 32 bits, sign included",
       "ADDQ $0x12345678, AX"},
      {"MOVQ $0x123456789, (AX)", "$0x123456789",
       "constant 0x123456789 does not fit in 32 bits, sign included", "MOVQ $0x123456789, AX"},
      {"MOVB $300, AX", "$300", "constant 300 does not fit in 8 bits", "MOVB $255, AX"},
      {"SHLQ $-300, AX", "$-300", "constant -300 does not fit in 8 bits", "SHLQ $3, AX"},
      {"BYTE $256", "$256", "256 does not fit in 1 byte", "BYTE $255"},
      {"MOVQ 0x123456789(AX), BX", "0x123456789(AX)", "offset 0x123456789 does not fit in 32 bits",
       "MOVQ 0x12345678(AX), BX"},
      {"JMP 99(PC)", "99(PC)", "jump leads out of main.f", "JMP 1(PC)"},
  });
}

TEST(Diagnostics, operands_are_counted) {
  in_a_body({
      {"MOVQ AX", "MOVQ", "MOVQ takes 2 operands, not 1", "MOVQ AX, BX"},
      {"ADDQ AX, BX, CX", "ADDQ", "ADDQ takes 2 operands, not 3", "ADDQ AX, BX"},
      {"IMULQ", "IMULQ", "IMULQ takes 1 or 2 operands, not 0", "IMULQ BX, AX"},
      {"SETEQ AX, BX", "SETEQ", "SETEQ takes 1 operand, not 2", "SETEQ AX"},
      {"CLD AX", "CLD", "CLD takes no operands, not 1", "CLD"},
      {"JMP", "JMP", "JMP takes 1 operand, not 0", "JMP here"},
      {"LOCK ADDQ AX, (BX)", "ADDQ", "LOCK takes no operands: the instruction follows after ';'",
       "LOCK; ADDQ AX, (BX)"},
      {"MOVQ AX BX", "BX", "expected ',', found 'BX'", "MOVQ AX, BX"},
  });
}

TEST(Diagnostics, text_that_does_not_parse_is_marked_where_it_breaks) {
  in_a_body({
      {"MOVQ $(1/0), AX", "/", "division by zero", "MOVQ $(1/1), AX"},
      {"MOVQ $'ab', AX", "'ab'", "a character constant holds one character", "MOVQ $'a', AX"},
      {"MOVQ $0xg, AX", "0xg", "bad number '0xg'", "MOVQ $0xf, AX"},
      {"MOVQ $(1, AX", ",", "expected ')', found ','", "MOVQ $(1), AX"},
      {"MOVQ $99999999999999999999, AX", "99999999999999999999", "bad number '99999999999999999999'",
       "MOVQ $9, AX"},
      {"MOVQ §, AX", "§", "unexpected character '§'", "MOVQ BX, AX"},
      {"$5", "$", "expected an instruction, found '$'", "BYTE $5"},
  });
}

TEST(Diagnostics, a_star_is_for_the_target_of_a_call) {
  in_a_body({
      {"MOVQ *data(SB), AX", "*data(SB)", "only the target of CALL or JMP has a '*'", "MOVQ data(SB), AX"},
      {"CALL *$5", "*", "expected a register or memory after '*'", "CALL *AX"},
      {"JMP *here", "*", "a label takes no '*'", "JMP here"},
      {"JMP *data(SB)", "*data(SB)",
       "JMP cannot read its target from a name(SB): load it into a register first", "CALL *data(SB)"},
  });
}

TEST(Diagnostics, a_dot_of_ascii_in_a_name_is_recognised) {
  in_a_body({
      {"CALL main.f(SB)", ".", "in the assembler a name has the middle dot U+00B7: main·f(SB)",
       "CALL main·f(SB)"},
      {"GO main.f(SB)", ".", "in the assembler a name has the middle dot U+00B7: main·f(SB)",
       "CALL main·f(SB)"},
  });
  at_top({{"TEXT main.main(SB), NOSPLIT, $0", ".",
           "in the assembler a name has the middle dot U+00B7: main·main(SB)",
           "TEXT main·main(SB), NOSPLIT, $0"}});
}

TEST(Diagnostics, lines_in_messages_are_those_of_the_file) {
  Source source{"test.s", "TEXT f(SB), NOSPLIT, $0\na:\na:\n RET\nTEXT f(SB), NOSPLIT, $0\n RET\n"};
  source.first_line = 11;
  std::string told;
  for (const Diagnostic& d : assemble({source}, options()).diagnostics)
    told += d.message.in(gogoscope::Language::en) + "\n";
  EXPECT_EQ(told, "label 'a' is already defined in line 12\n'f' is already defined in line 11\n");
}

TEST(Diagnostics, a_jump_that_is_always_short_must_reach) {
  std::string far;
  for (int n = 0; n < 16; ++n) far += "\tQUAD $0\n";
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\nback:\n" + far + "\tLOOP\tback\n"),
            "test.s:19:7: error: LOOP reaches 127 bytes on and 128 back, but this is 130 bytes away\n"
            "\tLOOP\tback\n"
            "\t    \t^~~~\n");
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\nback:\n" + far + "\tJNE\tback\n"), "");
}

TEST(Diagnostics, go_needs_its_outgoing_area) {
  EXPECT_EQ(errors("TEXT main·main(SB), NOSPLIT, $8\n\tGO\tmain·main(SB)\n\tRET\n"),
            "test.s:2:5: error: GO stores its arguments at 0(SP) and 8(SP): the TEXT needs a frame of $16 or "
            "more, not $8\n"
            "\tGO\tmain·main(SB)\n"
            "\t  \t^~~~~~~~~~~~~\n");
  EXPECT_EQ(errors("TEXT main·main(SB), NOSPLIT, $16\n\tGO\tmain·main(SB)\n\tRET\n"), "");
}

TEST(Diagnostics, pushes_balance_at_ret) {
  EXPECT_EQ(
      errors("TEXT f(SB), NOSPLIT, $0\n PUSHQ AX\n RET\n"),
      "test.s:3:2: error: PUSH and POP do not balance at this RET: SP is 8 bytes too low\n RET\n ^~~\n");
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n PUSHQ AX\n POPQ AX\n RET\n"), "");
}

TEST(Diagnostics, names_are_defined_once) {
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\nx: NOP\nx: RET\n"),
            "test.s:3:1: error: label 'x' is already defined in line 2\nx: RET\n^\n");
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\nx: NOP\ny: RET\n"), "");
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\nTEXT f(SB), NOSPLIT, $0\n"),
            "test.s:2:6: error: 'f' is already defined in line 1\nTEXT f(SB), NOSPLIT, $0\n     ^~~~~\n");
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\nTEXT f2(SB), NOSPLIT, $0\n"), "");
  const Assembly a = assemble({{"a.s", "TEXT f(SB), 4, $0\n"}, {"b.s", "TEXT f(SB), 4, $0\n"}}, options());
  ASSERT_EQ(a.diagnostics.size(), 1u);
  EXPECT_EQ(a.diagnostics[0].message.in(gogoscope::Language::en), "'f' is already defined in a.s, line 1");
}

TEST(Diagnostics, declarations_are_checked) {
  at_top({
      {"TEXT f, NOSPLIT, $0", ",", "expected (SB) after 'f'", "TEXT f(SB), NOSPLIT, $0"},
      {"TEXT f(SB), NOSPLIT, 8", "8", "expected '$', found '8'", "TEXT f(SB), NOSPLIT, $8"},
      {"TEXT f(SB), NOSPLIT, $7", "$", "frame size must be a multiple of 8", "TEXT f(SB), NOSPLIT, $8"},
      {"TEXT f(SB), NOSPLIT, $0x7fffffffffffffff", "$", "frame is too large", "TEXT f(SB), NOSPLIT, $0x7f8"},
      {"MOVQ AX, BX", "MOVQ", "instruction before the first TEXT", "TEXT f(SB), NOSPLIT, $0; MOVQ AX, BX"},
      {"DATA x+0(SB)/8, $1", "x+0(SB)", "'x' has DATA but no GLOBL", "DATA known+0(SB)/8, $1"},
      {"DATA known+0(SB)/3, $1", "3", "data is 1, 2, 4 or 8 bytes wide", "DATA known+0(SB)/4, $1"},
      {"DATA known+0(SB)/1, $300", "$300", "300 does not fit in 1 byte", "DATA known+0(SB)/2, $300"},
      {"DATA known+0(SB)/8, AX", "AX", "data must be a constant: it begins with $", "DATA known+0(SB)/8, $0"},
      {"DATA known+0(SB)/2, $\"abc\"", "$\"abc\"", "string is longer than 2 bytes",
       "DATA known+0(SB)/3, $\"abc\""},
      {"GLOBL known(SB), $8", "known(SB)", "'known' is already defined", "GLOBL unknown(SB), $8"},
  });
}

TEST(Diagnostics, all_errors_of_a_text_come_in_one_go_in_the_order_of_its_lines) {
  const std::string text =
      "TEXT f(SB), NOSPLIT, $0\n"
      "\tJMP\tnowhere\n"   // found when jumps are resolved
      "\tMOVX\tAX, BX\n"   // found by the parser
      "\tADDQ\tX0, AX\n"   // found by the encoder
      "\tCALL\tx<>(SB)\n"  // found by the layout
      "#endif\n";          // found by the preprocessor
  const Assembly a = assemble({{"test.s", text}}, options());
  std::string lines;
  for (const Diagnostic& d : a.diagnostics) lines += std::to_string(d.line) + " ";
  EXPECT_EQ(lines, "2 3 4 5 6 ");
}

TEST(Diagnostics, a_backslash_before_the_end_of_a_line_does_not_hide_the_end) {
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n MOVQ $\"a\\\n RTE\n MOVQ $'\\"),
            "test.s:2:8: error: string is not closed on its line\n MOVQ $\"a\\\n       ^\n"
            "test.s:3:2: error: unknown instruction 'RTE'; did you mean RET?\n RTE\n ^~~\n"
            "test.s:4:8: error: character constant is not closed on its line\n MOVQ $'\\\n       ^\n");
}

TEST(Diagnostics, the_caret_is_right_under_chinese_text_and_tabs) {
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n\t/* 切换 */ MOVQ\tAX, 获取\n"),
            "test.s:2:20: error: unknown constant or register '获取'\n"
            "\t/* 切换 */ MOVQ\tAX, 获取\n"
            "\t               \t    ^~~~\n");
}

TEST(Diagnostics, controls_in_a_text_do_not_reach_the_terminal) {
  const std::string out = errors("TEXT f(SB), NOSPLIT, $0\n \x1b[31mMOVQ\n");
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_NE(out.find("unexpected character '\uFFFD'"), std::string::npos);
}

TEST(Diagnostics, a_long_line_is_shown_as_a_window_with_the_caret_in_it) {
  const std::string out = errors("TEXT f(SB), NOSPLIT, $0\n MOVQ $(" + std::string(3000, '1') + "), AX // " +
                                 std::string(3000, 'x') + "\n");
  EXPECT_LT(out.size(), 600u);
  EXPECT_NE(out.find("\n        ^~"), std::string::npos) << out;
}

}  // namespace
}  // namespace plan9::test
