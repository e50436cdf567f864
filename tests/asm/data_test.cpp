// DATA, GLOBL, funcvals, and the GO statement that needs them.
#include <gtest/gtest.h>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

std::string data_hex(const std::vector<std::byte>& data) {
  std::string out;
  for (const std::byte b : data) {
    char hex[4];
    std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned>(b));
    out += hex;
  }
  return out;
}

TEST(Data, values_strings_and_gaps_lie_where_the_text_says) {
  const Object object = assembled(
      "DATA d+0(SB)/4, $0x11223344\n"
      "DATA d+8(SB)/3, $\"ab\\x00\"\n"
      "DATA d+12(SB)/2, $-2\n"
      "DATA d+16(SB)/8, $1.5\n"
      "GLOBL d(SB), RODATA, $24\n");
  EXPECT_EQ(data_hex(object.data),
            "4433221100000000"
            "61620000"
            "feff0000"
            "000000000000f83f");
  const Symbol* d = find_symbol(object, "d");
  ASSERT_NE(d, nullptr);
  EXPECT_EQ(d->section, Section::data);
  EXPECT_EQ(d->size, 24u);
}

TEST(Data, an_address_is_filled_at_link_time) {
  const Object object =
      assembled("DATA d+0(SB)/8, $f+2(SB)\nGLOBL d(SB), $8\nTEXT f(SB), NOSPLIT, $0\n RET\n");
  const Linked linked = link(object, {.text_base = 0x401000, .data_base = 0x4c0000, .externs = {}});
  EXPECT_TRUE(linked.diagnostics.empty());
  EXPECT_EQ(data_hex(linked.data), "0210400000000000");
}

TEST(Data, a_reference_to_name_f_makes_its_funcval_once) {
  const Object object = assembled(
      "TEXT main·main(SB), NOSPLIT, $0\n"
      " MOVQ $main·worker·f(SB), AX\n LEAQ main·worker·f(SB), BX\n MOVQ $runtime·goexit0·f(SB), CX\n RET\n"
      "TEXT main·worker(SB), NOSPLIT, $0\n RET\n");
  EXPECT_EQ(object.data.size(), 16u);
  const Linked linked = link(
      object, {.text_base = 0x401000, .data_base = 0x4c0000, .externs = {{"runtime.goexit0", 0x500000}}});
  EXPECT_TRUE(linked.diagnostics.empty());
  EXPECT_EQ(data_hex(linked.data),
            "2010400000000000"
            "0000500000000000");
}

TEST(Data, main_f_is_a_function_called_f_and_no_funcval) {
  const Object object = assembled("TEXT main·f(SB), NOSPLIT, $0\n MOVQ $main·f(SB), AX\n RET\n");
  EXPECT_TRUE(object.data.empty());
}

TEST(Data, go_expands_to_the_call_of_newproc_that_the_compiler_emits) {
  const Object object = assembled(
      "TEXT main·main(SB), NOSPLIT, $16\n again: GO main·worker(SB)\n RET\n"
      "TEXT main·worker(SB), NOSPLIT, $0\n RET\n");
  EXPECT_EQ(bytes_by_line(object)[2],
            "c7 04 24 00 00 00 00 "  // MOVL $0, 0(SP): no arguments
            "48 8d 05 ?? ?? ?? ?? "  // LEAQ main·worker·f(SB), AX
            "48 89 44 24 08 "        // MOVQ AX, 8(SP)
            "e8 ?? ?? ?? ??");       // CALL runtime·newproc(SB)
  std::string texts;
  for (const Line& line : object.lines) {
    if (line.line == 2) texts += line.plan9 + "\n";
  }
  EXPECT_EQ(texts, "MOVL $0, 0(SP)\nLEAQ main·worker·f(SB), AX\nMOVQ AX, 8(SP)\nCALL runtime·newproc(SB)\n");
}

}  // namespace
}  // namespace plan9::test
