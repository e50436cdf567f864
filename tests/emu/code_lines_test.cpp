// Lines by a line table, of code that lists no instructions.
#include <gtest/gtest.h>

#include "emu/guest/code.h"

namespace gogoscope {
namespace {

constexpr CodeAddr kAt(0x401000);

LineRow row(std::int64_t offset, std::uint32_t file, std::uint32_t line, bool is_stmt) {
  return {kAt + offset, file, line, is_stmt};
}

/// Two functions; in the first one line 5 is inlined from another file, and line 4 is come back to.
Code code() {
  std::vector<SourceFile> sources(2);
  sources[0] = {"/src/a.go", SourceFile::Language::go, {"1", "2", "three", "four"}, {}};
  sources[1] = {"/src/b.go", SourceFile::Language::go, {}, {}};
  std::vector<Function> functions(2);
  functions[0].name = "main.f";
  functions[0].entry = kAt;
  functions[0].size = 32;
  functions[1].name = "runtime.goexit.abi0";
  functions[1].entry = kAt + 32;
  functions[1].size = 16;
  return {std::move(sources),
          std::move(functions),
          {},
          {},
          {row(0, 0, 3, true), row(2, 0, 3, false), row(4, 0, 3, true), row(8, 0, 4, false),
           row(10, 0, 4, true), row(16, 1, 5, true), row(20, 0, 4, true), row(32, 0, 0, false)}};
}

TEST(LineTable, says_the_line_of_every_byte_up_to_its_end) {
  const Code all = code();
  EXPECT_EQ(all.line_at(kAt + -1), LineRef());
  EXPECT_EQ(all.line_at(kAt), (LineRef{0, 3}));
  EXPECT_EQ(all.line_at(kAt + 7), (LineRef{0, 3}));
  EXPECT_EQ(all.line_at(kAt + 17), (LineRef{1, 5}));
  EXPECT_EQ(all.line_at(kAt + 31), (LineRef{0, 4}));
  EXPECT_FALSE(all.line_at(kAt + 32).known());
  EXPECT_EQ(all.line_text(all.line_at(kAt)), "three");
  EXPECT_EQ(all.line_text(all.line_at(kAt + 17)), "");
}

TEST(LineTable, starts_a_line_at_the_first_statement_of_its_rows) {
  const Code all = code();
  EXPECT_EQ(all.line_starts(*all.function("main.f")),
            (std::vector<CodeAddr>{kAt, kAt + 10, kAt + 16, kAt + 20}));
  EXPECT_FALSE(all.starts_line(kAt + 1));
  EXPECT_FALSE(all.starts_line(kAt + 4));  // a second statement of the same line
  EXPECT_FALSE(all.starts_line(kAt + 8));
  EXPECT_TRUE(all.starts_line(kAt + 40));  // where no line is known, each instruction is one
}

TEST(LineTable, functions_of_assembly_are_found_by_the_name_that_go_gives_them) {
  const Code all = code();
  const Function* const goexit = all.function("runtime.goexit");
  ASSERT_NE(goexit, nullptr);
  EXPECT_EQ(goexit->name, "runtime.goexit.abi0");
  EXPECT_EQ(goexit->go_name(), "runtime.goexit");
  EXPECT_EQ(all.function("main.f")->go_name(), "main.f");
  EXPECT_EQ(all.function("goexit"), nullptr);
}

}  // namespace
}  // namespace gogoscope
