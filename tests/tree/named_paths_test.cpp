#include "tests/tree/named_paths.h"

#include <gtest/gtest.h>

namespace gogoscope::tree {
namespace {

using Problems = std::vector<std::string>;

TEST(NamedPaths, every_path_named_in_the_documents_exists) {
  const SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  ASSERT_EQ(tree.count("docs/hacking.md"), 1u);
  for (const std::string& problem : stale_paths(tree)) ADD_FAILURE() << problem;
}

TEST(NamedPaths, a_file_or_folder_that_is_gone_is_named) {
  const SourceTree tree = {
      {"README.md", "`emu/guest/` `emu/old/`"}, {"docs/a.md", "`asm/x.h`"}, {"emu/guest/a.h", ""}};
  EXPECT_EQ(stale_paths(tree), (Problems{"README.md: names emu/old/, which is not in the tree",
                                         "docs/a.md: names asm/x.h, which is not in the tree"}));
}

TEST(NamedPaths, what_exists_is_not_a_problem) {
  const SourceTree tree = {{"docs/a.md", "see `emu/guest/`, `emu/guest/a.h`"}, {"emu/guest/a.h", ""}};
  EXPECT_EQ(stale_paths(tree), Problems{});
}

TEST(NamedPaths, patterns_and_commands_are_not_paths) {
  EXPECT_EQ(stale_paths({{"README.md", "`emu/*.cpp` `asm/<name>.s` `ui/a.h and more` `build/x`"}}),
            Problems{});
}

}  // namespace
}  // namespace gogoscope::tree
