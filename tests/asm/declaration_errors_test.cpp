// TEXT, GO, GLOBL and DATA that are wrong, and the directives of the preprocessor.
#include <gtest/gtest.h>

#include <string>

#include "tests/asm/assembled.h"
#include "tests/asm/wrong_and_right.h"

namespace plan9::test {
namespace {

TEST(DeclarationErrors, text) {
  at_top({
      {"TEXT", "", "expected a name such as main·f(SB)", "TEXT f(SB), $0"},
      {"TEXT 5(SB), $0", "5", "expected a name such as main·f(SB), found '5'", "TEXT f(SB), $0"},
      {"TEXT f+0(FP), $0", "f+0(FP)", "expected a name such as main·f(SB)", "TEXT f(SB), $0"},
      {"TEXT f+8(SB), NOSPLIT, $0", "f+8(SB)", "a TEXT has no offset", "TEXT f(SB), NOSPLIT, $0"},
      {"TEXT f(SB) 4, $0", "4", "expected ',', found '4'", "TEXT f(SB), NOSPLIT, $0"},
      {"TEXT f(SB), NOSPLIT $0", "$", "expected ',', found '$'", "TEXT f(SB), NOSPLIT, $0"},
      {"TEXT f(SB), WRAPPER, $0", "f(SB)", "WRAPPER functions are not supported", "TEXT f(SB), 0, $0"},
      {"TEXT f(SB), $", "", "expected a number at the end of the statement", "TEXT f(SB), $0"},
      {"TEXT f(SB), $8-~8", "~", "expected a number, found '~'", "TEXT f(SB), $8-8"},
      {"TEXT f(SB), $8-8 9", "9", "unexpected '9' after the frame size", "TEXT f(SB), $-8-8"},
      {"TEXT f(SB), $0x7ffffff8 9", "9", "unexpected '9' after the frame size", "TEXT f(SB), $8"},
      {"TEXT f(SB), $0xfffffffffffffff8", "$", "frame is too large", "TEXT f(SB), $8"},
      {"TEXT f(SB), $8-0xfffffffffffffff8", "$", "frame is too large", "TEXT f(SB), $8-8"},
      {"TEXT f(SB), $8-0x40000001", "$", "frame is too large", "TEXT f(SB), $8-0x40000000"},
  });
}

TEST(DeclarationErrors, go) {
  at_top({{"GO main·f(SB)", "GO", "instruction before the first TEXT", "TEXT f(SB), $16; GO main·f(SB)"}});
  const auto in_a_frame = [](std::string_view statement) {
    return errors("TEXT main·f(SB), NOSPLIT, $16\n" + std::string(statement) + "\n");
  };
  EXPECT_EQ(in_a_frame("GO main·f+8(SB)"),
            "test.s:2:4: error: GO takes a function, not an offset\nGO main·f+8(SB)\n   ^~~~~~~~~~~~\n");
  EXPECT_EQ(in_a_frame("GO main·f(SB), AX"),
            "test.s:2:14: error: GO takes one name: functions with arguments are not supported\n"
            "GO main·f(SB), AX\n             ^\n");
  EXPECT_EQ(in_a_frame("GO"), "test.s:2:3: error: expected a name such as main·f(SB)\nGO\n  ^\n");
}

TEST(DeclarationErrors, globl) {
  at_top({
      {"GLOBL x(SB)", "", "expected ',' at the end of the statement", "GLOBL x(SB), $8"},
      {"GLOBL x(SB), FOO, $8", "FOO", "unknown constant 'FOO'", "GLOBL x(SB), NOPTR, $8"},
      {"GLOBL x(SB), NOPTR $8", "$", "expected ',', found '$'", "GLOBL x(SB), NOPTR, $8"},
      {"GLOBL x(SB), NOPTR, 8", "8", "expected '$', found '8'", "GLOBL x(SB), NOPTR, $8"},
      {"GLOBL x(SB), $", "", "expected a number at the end of the statement", "GLOBL x(SB), $8"},
      {"GLOBL x(SB), $8 9", "9", "unexpected '9' after the size", "GLOBL x(SB), $8"},
      {"GLOBL x(SB), $0x1000001", "$", "data is too large", "GLOBL x(SB), $8"},
  });
}

TEST(DeclarationErrors, data) {
  at_top({
      {"DATA known+0(SB), $1", ",", "expected '/', found ','", "DATA known+0(SB)/8, $1"},
      {"DATA known+0(SB)/-8, $1", "-", "expected a number, found '-'", "DATA known+0(SB)/8, $1"},
      {"DATA known+0(SB)/8 $1", "$", "expected ',', found '$'", "DATA known+0(SB)/8, $1"},
      {"DATA known+0(SB)/8,", "", "operand is missing", "DATA known+0(SB)/8, $1"},
      {"DATA known+0(SB)/8, $1 2", "2", "unexpected '2' after the value", "DATA known+0(SB)/8, $1"},
      {"DATA known(SB)/0, $\"\"", "0", "a string takes 1 to 64 bytes", "DATA known(SB)/1, $\"\""},
      {"DATA known+0(SB)/65, $\"\"", "65", "a string takes 1 to 64 bytes", "DATA known+0(SB)/8, $\"\""},
      {"DATA known-8(SB)/8, $1", "known-8(SB)", "offset is out of range", "DATA known+0(SB)/8, $1"},
      {"DATA known+0x1000001(SB)/8, $1", "known+0x1000001(SB)", "offset is out of range",
       "DATA known+0(SB)/8, $1"},
      {"DATA known+0(SB)/2, $1.5", "2", "a floating-point number is 4 or 8 bytes wide",
       "DATA known+0(SB)/4, $1.5"},
      {"DATA known+0(SB)/8, $x+8(FP)", "$x+8(FP)", "data can only hold the address of a name(SB)",
       "DATA known+0(SB)/8, $known+8(SB)"},
      {"DATA known+0(SB)/4, $known(SB)", "$known(SB)", "an address is 8 bytes wide",
       "DATA known+0(SB)/8, $known(SB)"},
      {"DATA known+0(SB)/8, $\"\\q\"", "\"\\q\"", "bad escape in string", "DATA known+0(SB)/8, $\"q\""},
      {"DATA known+0(SB)/8, $1; DATA known+4(SB)/4, $1", "known+4(SB)",
       "these bytes of 'known' are already set", "DATA known+0(SB)/4, $1; DATA known+4(SB)/4, $1"},
  });
  // What only the whole text shows is said at the GLOBL.
  const auto of_known = [](std::string_view data) {
    const std::string out = errors("GLOBL known(SB), $8\n" + std::string(data));
    return out.substr(0, out.find('\n'));
  };
  EXPECT_EQ(of_known("DATA known+4(SB)/8, $1\n"),
            "test.s:1:7: error: DATA of 'known' ends at 12, but GLOBL says $8");
  EXPECT_EQ(of_known("DATA known+0(SB)/4, $1\nDATA known+6(SB)/2, $1\nDATA known+2(SB)/4, $1\n"),
            "test.s:1:7: error: DATA of 'known' overlaps at offset 2");
  EXPECT_EQ(of_known("DATA known+4(SB)/4, $1\nDATA known+0(SB)/4, $1\n"), "") << "in any order";
}

TEST(DeclarationErrors, directives) {
  at_top({
      {"#", "#", "unknown directive '#'", "#ifdef X\n#endif"},
      {"#elif X", "elif", "#elif is not in Go's assembler; use #ifdef or #ifndef", "#ifdef X\n#else\n#endif"},
      {"#undef", "undef", "#undef takes one name", "#undef X"},
      {"#undef 5", "undef", "#undef takes one name", "#undef NOSPLIT"},
      {"#define", "define", "#define needs a name", "#define X"},
      {"#define 5", "define", "#define needs a name", "#define X 5"},
      {"#define A(x", "A", "parameter list is not closed", "#define A (x"},
      {"#define A(5)", "5", "a macro's parameter must be a name", "#define A(x)"},
      {"#include", "include", "#include takes one name in double quotes", "#include \"textflag.h\""},
      {"#include x", "include", "#include takes one name in double quotes", "#include \"go_tls.h\""},
      {"#include \"\\q\"", "\"\\q\"", "bad escape in string", "#include \"go_asm.h\""},
      {"#define A § \\ B", "§", "unexpected character '§'", "#define A B"},
  });
  EXPECT_EQ(errors("#ifdef\n#endif\n"), "test.s:1:2: error: #ifdef takes one name\n#ifdef\n ^~~~~\n");
  EXPECT_EQ(errors("#ifndef 5\n#endif\n"), "test.s:1:2: error: #ifndef takes one name\n#ifndef 5\n ^~~~~~\n");
  EXPECT_EQ(errors("#define A(x,x) 1\n"),
            "test.s:1:13: error: parameter 'x' appears twice\n#define A(x,x) 1\n            ^\n");
  EXPECT_EQ(errors("#define A 1\n#define A 2\n"),
            "test.s:2:9: error: macro 'A' is already defined\n#define A 2\n        ^\n");
  EXPECT_EQ(errors("#define NOSPLIT 4\n"), "") << "a text may bring its own textflag.h";
}

}  // namespace
}  // namespace plan9::test
