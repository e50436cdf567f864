// Texts against what Go's own assembler made of them, that of Go 1.19 (see record_go_bytes.py).
#include <gtest/gtest.h>

#include <sstream>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

void compare(const std::string& name) {
  const std::string text = read_file(name + ".s");
  const Object object = assembled(text, StackCheck::G::in_r14);
  std::map<int, std::string> expected;
  std::istringstream golden(read_file(name + ".golden"));
  for (std::string row; std::getline(golden, row);) {
    const std::size_t space = row.find(' ');
    expected[std::stoi(row)] = row.substr(space + 1);
  }
  ASSERT_GT(expected.size(), 20u);
  std::vector<std::string> source{""};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) source.push_back(line);
  const std::map<int, std::string> found = bytes_by_line(object);
  for (const auto& [line, bytes] : expected) {
    const auto at = found.find(line);
    EXPECT_EQ(at == found.end() ? "nothing" : at->second, bytes)
        << name << ".s:" << line << ": " << source[line];
  }
  EXPECT_EQ(found.size(), expected.size());
}

TEST(GoBytes, every_instruction_and_addressing_form_is_as_go_emits_it) { compare("all_instructions"); }

TEST(GoBytes, jumps_have_the_lengths_go_finds) { compare("jumps"); }

TEST(GoBytes, frames_pseudo_registers_and_macros_are_as_go_emits_them) { compare("frames"); }

TEST(GoBytes, the_forms_where_encoders_differ_from_go_are_gos) {
  EXPECT_EQ(bytes_of("MOVQ $0x80000000, AX"), "b8 00 00 00 80");
  EXPECT_EQ(bytes_of("MOVQ $0xffffffff, AX"), "b8 ff ff ff ff");
  EXPECT_EQ(bytes_of("CMPB AX, $5"), "80 f8 05");
  EXPECT_EQ(bytes_of("CMPB AL, $5"), "3c 05");
  EXPECT_EQ(bytes_of("MOVQ $1, AX"), "48 c7 c0 01 00 00 00");
  EXPECT_EQ(bytes_of("XCHGL AX, AX"), "90");
  EXPECT_EQ(bytes_of("NOP"), "");
  EXPECT_EQ(bytes_of("BYTE $0x90"), "90");
  EXPECT_EQ(bytes_of("MOVQ 0x1000, AX"), "48 8b 04 25 00 10 00 00");
}

TEST(GoBytes, the_forms_that_people_write_are_gos) {
  EXPECT_EQ(bytes_of("LEAL 0xd76aa478(AX)(R8*1), AX"), "42 8d 84 00 78 a4 6a d7");
  EXPECT_EQ(bytes_of("MULXQ (AX), BX, CX"), "c4 e2 e3 f6 08");
  EXPECT_EQ(bytes_of("ADCXQ AX, BX"), "66 48 0f 38 f6 d8");
  EXPECT_EQ(bytes_of("ANDNQ (AX), BX, CX"), "c4 e2 e0 f2 08");
  EXPECT_EQ(bytes_of("SHLXQ AX, (BX), CX"), "c4 e2 f9 f7 0b");
  EXPECT_EQ(bytes_of("BEXTRQ AX, (BX), CX"), "c4 e2 f8 f7 0b");
  EXPECT_EQ(bytes_of("CRC32Q (AX), BX"), "f2 48 0f 38 f1 18");
  EXPECT_EQ(bytes_of("MOVBEQQ (AX), BX"), "48 0f 38 f0 18");
  EXPECT_EQ(bytes_of("MOVNTIQ BX, (AX)"), "48 0f c3 18");
  EXPECT_EQ(bytes_of("PUSHW $500"), "66 68 f4 01");
  EXPECT_EQ(bytes_of("XLAT"), "d7");
  EXPECT_EQ(bytes_of("a: LOOP a"), "e2 fe");
  EXPECT_EQ(bytes_of("JCXZQ a\na: UNDEF"), "e3 00 0f 0b");
  EXPECT_EQ(bytes_of("CALL *AX"), "ff d0");
  EXPECT_EQ(bytes_of("JMP *8(AX)"), "ff 60 08");
}

TEST(GoBytes, an_endless_jump_jumps_to_itself) { EXPECT_EQ(bytes_of("a: JMP b\nb: JMP a"), "eb fe eb fc"); }

}  // namespace
}  // namespace plan9::test
