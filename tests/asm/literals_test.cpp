// Numbers, characters, strings, expressions and names: what their spelling means.
#include <gtest/gtest.h>

#include <string>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

TEST(Literals, numbers_have_four_bases_and_expressions_gos_precedence) {
  const struct {
    std::string_view spelled, bytes;
  } rows[] = {
      {"0b1_01", "05"},    {"0o17", "0f"},       {"017", "0f"},
      {"0x1F", "1f"},      {"1_0", "0a"},        {"'a'", "61"},
      {"'\\n'", "0a"},     {"'\\''", "27"},      {"+5", "05"},
      {"-1", "ff"},        {"~0x0f&0xff", "f0"}, {"(6^3)", "05"},
      {"(6|1)", "07"},     {"(7%4)", "03"},      {"(7/2)", "03"},
      {"(2+3*4)", "0e"},   {"(9-2)", "07"},      {"(1<<64)", "00"},
      {"(255>>64)", "00"}, {"(1<<4>>1)", "08"},  {"(7-gobuf_pc+gobuf_g)", "0f"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(bytes_of("BYTE $" + std::string(row.spelled)), row.bytes) << row.spelled;
}

TEST(Literals, reals_take_signs_exponents_and_parentheses) {
  const struct {
    std::string_view spelled;
    double value;
  } rows[] = {{"1.5", 1.5}, {"-1.5", -1.5}, {"+1.5", 1.5},  {"(1.5)", 1.5}, {"(-1.5)", -1.5},
              {"1e3", 1e3}, {"1e+3", 1e3},  {"25E-1", 2.5}, {".5", 0.5},    {"0.25", 0.25}};
  for (const auto& row : rows) {
    const Object object = assembled("DATA d+0(SB)/8, $" + std::string(row.spelled) + "\nGLOBL d(SB), $8\n");
    double got = 0;
    ASSERT_EQ(object.data.size(), sizeof got) << row.spelled;
    std::memcpy(&got, object.data.data(), sizeof got);
    EXPECT_EQ(got, row.value) << row.spelled;
  }
  EXPECT_EQ(bytes_of("BYTE $0x1e+5"), "23") << "the e is a digit";
  EXPECT_NE(errors("TEXT f(SB), $0\n MOVQ $1e5e, AX\n"), "");
}

TEST(Literals, strings_have_gos_escapes) {
  const struct {
    std::string_view spelled, bytes;
  } rows[] = {
      {R"(\a\b\f\n\r\t\v)", "\a\b\f\n\r\t\v"},
      {R"(\\\'\")", "\\'\""},
      {R"(\x41\101)", "AA"},
      {R"(\u00b7)", "\u00b7"},
      {R"(\U0001F600)", "\U0001F600"},
      {"汉", "汉"},
  };
  for (const auto& row : rows) {
    const std::size_t size = row.bytes.size();
    const Object object =
        assembled("DATA d+0(SB)/" + std::to_string(size) + ", $\"" + std::string(row.spelled) +
                  "\"\nGLOBL d(SB), $" + std::to_string(size) + "\n");
    ASSERT_EQ(object.data.size(), size) << row.spelled;
    EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(object.data.data()), size), row.bytes);
  }
  for (const std::string_view bad : {R"(\q)", R"(\x4)", R"(\xzz)", R"(\u12)", R"(\ud800)", R"(\U0001F60)",
                                     R"(\U00110000)", R"(\777)", R"(\18)", R"(\189)"}) {
    const std::string out = errors("DATA d+0(SB)/8, $\"" + std::string(bad) + "\"\nGLOBL d(SB), $8\n");
    EXPECT_TRUE(out.starts_with("test.s:1:18: error: bad escape in string\n")) << bad << out;
  }
  EXPECT_TRUE(
      errors("TEXT f(SB), $0\n BYTE $'\\q'\n").starts_with("test.s:2:8: error: bad character constant"));
  EXPECT_TRUE(errors("TEXT f(SB), $0\n BYTE $''\n").starts_with("test.s:2:8: error: bad character constant"));
}

TEST(Literals, letters_beyond_ascii_make_names_and_punctuation_does_not) {
  for (const std::string_view letter :
       {"ª", "µ", "º", "À", "é", "ß", "汉", "々", "ゔ", "Ａ", "０", "Ⰰ", "\u2215"}) {
    EXPECT_EQ(errors("TEXT main·" + std::string(letter) + "(SB), NOSPLIT, $0\n"), "") << letter;
  }
  for (const std::string_view other : {"¡", "×", "÷", "→", "—", "、", "【", "（", "？", "\ufeff"}) {
    EXPECT_TRUE(errors("\nTEXT main·f" + std::string(other) + "(SB), NOSPLIT, $0\n")
                    .starts_with("test.s:2:12: error: unexpected character "))
        << other;
  }
  EXPECT_EQ(errors("\ufeffTEXT main·f(SB), NOSPLIT, $0\n"), "") << "a byte order mark";
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n MOVQ ."),
            "test.s:2:7: error: expected a number, found '.'\n MOVQ .\n      ^\n");
}

TEST(Literals, a_line_has_a_most_of_words) {
  std::string line = "TEXT f(SB), NOSPLIT, $0\n BYTE $(0";
  for (int n = 0; n < 10'000; ++n) line += "+1";
  EXPECT_NE(errors(line + ")\n RTE\n").find("line has too many words"), std::string::npos);
  EXPECT_NE(errors(line + ")\n RTE\n").find("unknown instruction 'RTE'"), std::string::npos);
}

TEST(Literals, an_absolute_address_may_be_an_index_alone) {
  EXPECT_EQ(bytes_of("MOVQ $(AX*8), BX"), "48 8d 1c c5 00 00 00 00");
  EXPECT_EQ(bytes_of("MOVQ x-16+8(SP), AX"), "48 8b 44 24 f8");
  EXPECT_EQ(bytes_of("MOVQ x+24-8(SP), AX"), "48 8b 44 24 10");
}

TEST(Literals, a_frame_may_have_no_saved_bp) {
  EXPECT_EQ(bytes_of_function(assembled("TEXT f(SB), NOSPLIT|NOFRAME, $16\n ADJSP $0\n RET\n"), "f"),
            "48 83 ec 10 48 83 c4 10 c3");
}

}  // namespace
}  // namespace plan9::test
