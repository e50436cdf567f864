// Includes, macros, conditionals.
#include <gtest/gtest.h>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

Options with_files(std::map<std::string, std::string> files) {
  Options o = options();
  o.include = [files = std::move(files)](std::string_view path) -> std::variant<Source, Message> {
    if (path.find("..") != std::string_view::npos)
      return Message::untranslated("it is outside the scenario's folder");
    const auto found = files.find(std::string(path));
    if (found == files.end()) return Message::untranslated("there is no such file");
    return Source{found->first, found->second};
  };
  return o;
}

std::string errors_with(std::string_view text, const Options& o) {
  std::string out;
  for (const Diagnostic& d : assemble({{"test.s", std::string(text)}}, o).diagnostics) out += format(d);
  return out;
}

TEST(Preprocessor, an_include_is_replaced_by_its_text_and_its_lines_keep_their_file) {
  const Options o = with_files({{"body.h", "#define TWO 2\n MOVL $TWO, AX\n"}});
  const Assembly a =
      assemble({{"test.s", "TEXT f(SB), NOSPLIT, $0\n#include \"body.h\"\n MOVL $TWO, BX\n"}}, o);
  ASSERT_TRUE(a.object);
  EXPECT_EQ(bytes_of_function(*a.object, "f"), "b8 02 00 00 00 bb 02 00 00 00");
  ASSERT_EQ(a.object->sources.size(), 2u);
  EXPECT_EQ(a.object->sources[a.object->lines[0].source].name, "body.h");
  EXPECT_EQ(a.object->lines[0].line, 2u);
}

TEST(Preprocessor, gos_own_headers_are_there_without_files) {
  EXPECT_EQ(
      errors(
          "#include \"textflag.h\"\n#include \"funcdata.h\"\n#include \"go_asm.h\"\n#include \"go_tls.h\"\n"),
      "");
}

TEST(Preprocessor, the_resolvers_reason_is_shown) {
  EXPECT_EQ(errors_with("#include \"../../etc/passwd\"\n", with_files({})),
            "test.s:1:10: error: cannot include '../../etc/passwd': it is outside the scenario's folder\n"
            "#include \"../../etc/passwd\"\n"
            "         ^~~~~~~~~~~~~~~~~~\n");
  EXPECT_EQ(errors_with("#include \"x.h\"\n", with_files({{"x.h", ""}})), "");
}

TEST(Preprocessor, a_recursive_include_is_an_error_in_the_file_that_closes_the_circle) {
  EXPECT_EQ(errors_with("#include \"a.h\"\n",
                        with_files({{"a.h", "#include \"b.h\"\n"}, {"b.h", "#include \"a.h\"\n"}})),
            "b.h:1:10: error: recursive include of 'a.h'\n"
            "#include \"a.h\"\n"
            "         ^~~~~\n");
  EXPECT_EQ(errors_with("#include \"a.h\"\n", with_files({{"a.h", "#include \"b.h\"\n"}, {"b.h", ""}})), "");
}

TEST(Preprocessor, a_recursive_macro_is_an_error) {
  EXPECT_EQ(errors("#define A(x) B(x)\n#define B(x) A(x)\nTEXT f(SB), NOSPLIT, $0\n\tA(1)\n"),
            "test.s:4:2: error: macro 'A' expands to itself\n"
            "\tA(1)\n"
            "\t^\n");
  EXPECT_EQ(errors("#define A(x) B(x)\n#define B(x) MOVQ $x, AX\nTEXT f(SB), NOSPLIT, $0\n\tA(1)\n"), "");
}

TEST(Preprocessor, what_a_call_leaves_is_read_again_with_what_follows_it) {
  const auto bytes = [](std::string_view macros, std::string_view body) {
    return bytes_of_function(
        assembled(std::string(macros) + "TEXT f(SB), NOSPLIT, $0\n\t" + std::string(body) + "\n"), "f");
  };
  EXPECT_EQ(bytes("#define F2(a,b) ADDQ a, b\n#define F4 F2\n", "F4(AX,BX)"), "48 01 c3");
  EXPECT_EQ(bytes("#define F2(a,b) ADDQ a, b\n#define F4() F2\n", "F4()(AX,BX)"), "48 01 c3");
  EXPECT_EQ(bytes("#define CALL2(f) f(AX, BX)\n#define ADD(a, b) ADDQ a, b\n", "CALL2(ADD)"), "48 01 c3");
  EXPECT_EQ(bytes("#define ID(x) x\n", "ID(ID(ADDQ) ID(AX)), BX"), "48 01 c3");
  // The name is that of a macro, but no argument follows: it is a plain name.
  EXPECT_EQ(bytes("#define AX2(r) r\n#define R AX\n", "ADDQ R, BX"), "48 01 c3");
}

TEST(Preprocessor, comments_may_follow_a_backslash) {
  EXPECT_EQ(bytes_of("#define TWICE(r) \\  // adds\n INCQ r \\ /* and\n again */\n INCQ r\n TWICE(AX)"),
            "48 ff c0 48 ff c0");
  EXPECT_EQ(errors("#define A \\ B\n"),
            "test.s:1:11: error: unexpected character '\\'\n"
            "#define A \\ B\n"
            "          ^\n");
}

TEST(Preprocessor, macros_that_double_each_other_stop_at_a_bound) {
  std::string text = "#define M0 NOP; NOP\n";
  for (int n = 1; n < 40; ++n) {
    const std::string inner = " M" + std::to_string(n - 1);
    text += "#define M" + std::to_string(n) + inner + ";" + inner + "\n";
  }
  EXPECT_NE(errors(text + "TEXT f(SB), NOSPLIT, $0\n M39\n").find("macros expand to too much text"),
            std::string::npos);
  EXPECT_EQ(errors(text + "TEXT f(SB), NOSPLIT, $0\n M9\n"), "");
}

TEST(Preprocessor, macro_arguments_are_counted) {
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n\tMOVQ g(CX, DX), AX\n"),
            "test.s:2:7: error: macro 'g' takes 1 argument, not 2\n"
            "\tMOVQ g(CX, DX), AX\n"
            "\t     ^\n");
  EXPECT_EQ(errors("TEXT f(SB), NOSPLIT, $0\n\tMOVQ g(CX), AX\n"), "");
}

TEST(Preprocessor, unbalanced_conditionals_are_errors) {
  EXPECT_EQ(errors("#ifdef A\n"),
            "test.s:1:2: error: #ifdef without #endif\n"
            "#ifdef A\n"
            " ^~~~~\n");
  EXPECT_EQ(errors("#ifdef A\n#endif\n"), "");
  EXPECT_EQ(errors("#ifdef A\n#endif\n#endif\n"),
            "test.s:3:2: error: #endif without #ifdef\n"
            "#endif\n"
            " ^~~~~\n");
  EXPECT_EQ(errors("#else\n"),
            "test.s:1:2: error: #else without #ifdef\n"
            "#else\n"
            " ^~~~\n");
  EXPECT_EQ(errors("#ifdef A\n#else\n#else\n#endif\n"),
            "test.s:3:2: error: second #else of one #ifdef\n"
            "#else\n"
            " ^~~~\n");
  EXPECT_EQ(errors("#ifdef A\n#else\n#endif\n"), "");
}

TEST(Preprocessor, what_go_does_not_know_is_refused_clearly) {
  EXPECT_EQ(errors("#if X\n"),
            "test.s:1:2: error: #if is not in Go's assembler; use #ifdef or #ifndef\n"
            "#if X\n"
            " ^~\n");
  EXPECT_EQ(errors("#line 5\n"),
            "test.s:1:2: error: #line is not supported: places are those of the text\n"
            "#line 5\n"
            " ^~~~\n");
  EXPECT_EQ(errors("#defin X 1\n"),
            "test.s:1:2: error: unknown directive '#defin'; did you mean define?\n"
            "#defin X 1\n"
            " ^~~~~\n");
}

TEST(Preprocessor, branches_left_out_are_not_read) {
  EXPECT_EQ(errors("#ifdef NOTHING\nGARBAGE $$$\n#include \"nowhere.h\"\n#ifdef "
                   "gobuf_sp\nMORE\n#else\nMORE\n#endif\n#endif\n"),
            "");
}

TEST(Preprocessor, constants_count_as_defined) {
  EXPECT_EQ(bytes_of("#ifdef gobuf_sp\n BYTE $1\n#else\n BYTE $2\n#endif"), "01");
}

TEST(Preprocessor, a_conditional_ends_in_the_file_it_begins_in) {
  EXPECT_EQ(errors_with("#ifdef gobuf_sp\n#include \"end.h\"\n#endif\n", with_files({{"end.h", "#endif\n"}})),
            "end.h:1:2: error: #endif without #ifdef\n#endif\n ^~~~~\n");
  // Inside of what is left out only the nesting counts.
  EXPECT_EQ(errors("#ifdef NOTHING\n#ifdef A\n#else\nGARBAGE\n#else\nGARBAGE\n#endif\n#endif\n"), "");
}

TEST(Preprocessor, includes_have_a_most_of_depth_and_number) {
  std::map<std::string, std::string> nested{{"leaf.h", ""}};
  for (int n = 0; n < 20; ++n)
    nested["n" + std::to_string(n) + ".h"] = "#include \"n" + std::to_string(n + 1) + ".h\"\n";
  EXPECT_EQ(errors_with("#include \"n0.h\"\n", with_files(nested)),
            "n14.h:1:10: error: too many includes\n#include \"n15.h\"\n         ^~~~~~~\n");
  std::string many;
  for (int n = 0; n < 201; ++n) many += "#include \"leaf.h\"\n";
  EXPECT_EQ(errors_with(many, with_files(nested)),
            "test.s:201:10: error: too many includes\n#include \"leaf.h\"\n         ^~~~~~~~\n");
}

TEST(Preprocessor, macros_have_a_most_of_depth_and_of_text) {
  std::string text = "#define M0 RET\n";
  for (int n = 1; n <= 110; ++n)
    text += "#define M" + std::to_string(n) + " M" + std::to_string(n - 1) + "\n";
  const std::string out = errors(text + "TEXT f(SB), NOSPLIT, $0\n M110\n");
  EXPECT_NE(out.find("error: macros are nested too deeply\n M110\n ^~~~\n"), std::string::npos) << out;
  EXPECT_EQ(errors(text + "TEXT f(SB), NOSPLIT, $0\n M90\n"), "");
  std::string body, argument;
  for (int n = 0; n < 2000; ++n) body += " x";
  for (int n = 0; n < 600; ++n) argument += " NOP";
  EXPECT_NE(errors("#define M(x)" + body + "\nTEXT f(SB), NOSPLIT, $0\n M(" + argument + ")\n")
                .find("macros expand to too much text"),
            std::string::npos);
}

TEST(Preprocessor, arguments_may_be_empty_and_must_end) {
  EXPECT_EQ(bytes_of("#define M(x, y) ADDQ x y, BX\n M(, AX)"), "48 01 c3");
  EXPECT_EQ(bytes_of("#define H(x) MOVB $1, SB(x)\n#define K(x) INCQ AX\n K(SB)"), "48 ff c0")
      << "only g(SB) is no call";
  EXPECT_EQ(errors("#define ID(x) x\n#define T ID(1 \\\n 2)\nTEXT f(SB), NOSPLIT, $0\n T\n"),
            "test.s:5:2: error: argument list of macro 'ID' is not closed\n T\n ^\n");
}

TEST(Preprocessor, macros_end_with_their_source) {
  const Assembly a = assemble({{"a.s", "#define X 1\n"}, {"b.s", "#ifdef X\nGARBAGE\n#endif\n"}}, options());
  EXPECT_TRUE(a.diagnostics.empty());
}

}  // namespace
}  // namespace plan9::test
