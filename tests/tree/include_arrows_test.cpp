#include "tests/tree/include_arrows.h"

#include <gtest/gtest.h>

namespace gogoscope::tree {
namespace {

using Problems = std::vector<std::string>;

Problems problems_of(const std::string& path, const std::string& text) {
  return wrong_includes({{path, text}});
}

std::string include(const std::string& header) { return "#include \"" + header + "\"\n"; }

TEST(IncludeArrows, this_tree_has_no_wrong_include) {
  const SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  // Guards against a check that passes because it read nothing.
  ASSERT_TRUE(tree.count("emu/guest/address.h") == 1 && !tree.at("emu/guest/address.h").empty());
  for (const std::string& problem : wrong_includes(tree)) ADD_FAILURE() << problem;
}

// One wrong line put into the real tree must be found: the check above is able to fail.
TEST(IncludeArrows, one_wrong_line_in_this_tree_is_found) {
  SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  const size_t before = wrong_includes(tree).size();
  tree["emu/guest/address.h"] += include("emu/machine/machine.h");
  EXPECT_EQ(wrong_includes(tree).size(), before + 1);
}

TEST(IncludeArrows, the_problem_names_file_line_and_both_ends) {
  EXPECT_EQ(problems_of("asm/lexer.cpp", "// text\n" + include("emu/guest/address.h")),
            Problems{"asm/lexer.cpp:2: asm/ must not include emu/guest/address.h"});
}

TEST(IncludeArrows, each_wrong_arrow_is_found_and_its_reverse_is_fine) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"asm", "scenarios/told"},
      {"emu/runtime", "scenarios/format"},
      {"emu/port", "ui"},
      {"scenarios/verbs", "ui/program"},
      {"ui", "ui/program"},
      {"emu/session", "emu/session/views"},
      {"asm/text", "asm"},
      {"emu/session", "emu/live"},
      {"scenarios/format", "scenarios/told"},
      {"scenarios/told", "scenarios/run"},
      {"scenarios/run", "scenarios/verbs"},
      {"emu/guest", "emu/layout"},
      {"emu/disasm", "emu/machine"},
      {"emu/layout", "emu/history"},
      {"emu/history", "emu/machine"},
      {"emu/machine", "emu/runtime"},
      {"emu/runtime", "emu/live"},
      {"emu/session", "emu/port"},
  };
  for (const auto& [from, to] : wrong) {
    EXPECT_EQ(problems_of(from + "/a.cpp", include(to + "/b.h")).size(), 1u) << from << " -> " << to;
    EXPECT_EQ(problems_of(to + "/a.cpp", include(from + "/b.h")), Problems{}) << to << " -> " << from;
  }
}

TEST(IncludeArrows, the_window_knows_nothing_that_executes) {
  for (const char* folder : {"emu/live", "emu/machine", "emu/runtime", "scenarios/run", "scenarios/verbs"}) {
    const std::string line = include(std::string(folder) + "/a.h");
    EXPECT_EQ(problems_of("ui/panels/a.cpp", line).size(), 1u) << folder;
    EXPECT_EQ(problems_of("ui/program/a.cpp", line), Problems{}) << folder;
  }
}

TEST(IncludeArrows, layout_and_disasm_do_not_know_each_other) {
  EXPECT_EQ(problems_of("emu/layout/a.h", include("emu/disasm/decode.h")).size(), 1u);
  EXPECT_EQ(problems_of("emu/disasm/a.h", include("emu/layout/layout.h")).size(), 1u);
}

TEST(IncludeArrows, only_the_runtime_and_what_is_right_of_it_know_the_assembler) {
  EXPECT_EQ(problems_of("emu/runtime/a.cpp", include("asm/assembler.h")), Problems{});
  EXPECT_EQ(problems_of("emu/machine/a.cpp", include("asm/assembler.h")).size(), 1u);
}

TEST(IncludeArrows, the_product_does_not_include_its_tests) {
  EXPECT_EQ(problems_of("ui/program/main.cpp", include("tests/tree/source_tree.h")).size(), 1u);
}

TEST(IncludeArrows, a_library_is_used_only_by_its_owner) {
  const std::vector<std::pair<std::string, std::string>> fine = {
      {"emu/machine", "unicorn/unicorn.h"},
      {"emu/disasm", "capstone/capstone.h"},
      {"emu/disasm", "Zydis/Zydis.h"},
      {"asm", "Zydis/Zydis.h"},
      {"scenarios/format", "yaml-cpp/yaml.h"},
      {"scenarios/verbs", "CLI/CLI.hpp"},
      {"ui", "imgui.h"},
      {"ui/panels", "imgui_internal.h"},
      {"ui", "GLFW/glfw3.h"},
  };
  for (const auto& [folder, header] : fine) {
    const std::string line = "#include <" + header + ">\n";
    EXPECT_EQ(problems_of(folder + "/a.cpp", line), Problems{}) << folder << ": " << header;
    // emu/session owns none of them; in quotes it is as wrong as in angle brackets.
    EXPECT_EQ(problems_of("emu/session/a.cpp", line).size(), 1u) << header;
    EXPECT_EQ(problems_of("emu/session/a.cpp", include(header)).size(), 1u) << header;
  }
}

TEST(IncludeArrows, an_include_starts_at_the_top_of_the_repository) {
  const SourceTree tree = {{"asm/lexer.h", ""}, {"asm/lexer.cpp", include("lexer.h")}};
  EXPECT_EQ(wrong_includes(tree),
            Problems{"asm/lexer.cpp:1: write \"asm/lexer.h\": includes start at the repository's top"});
}

TEST(IncludeArrows, a_new_folder_needs_its_arrows) {
  EXPECT_EQ(problems_of("emu/novel/a.cpp", "#include <string>\n"),
            Problems{"emu/novel/a.cpp: no arrows are drawn for emu/novel/"});
}

TEST(IncludeArrows, spaces_and_comments_are_read_as_the_compiler_reads_them) {
  EXPECT_EQ(problems_of("asm/a.cpp", "  #  include <unicorn/unicorn.h>\n").size(), 1u);
  EXPECT_EQ(problems_of("asm/a.cpp", "// #include <unicorn/unicorn.h>\n"), Problems{});
}

}  // namespace
}  // namespace gogoscope::tree
