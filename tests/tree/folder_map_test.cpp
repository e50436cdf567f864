#include "tests/tree/folder_map.h"

#include <gtest/gtest.h>

namespace gogoscope::tree {
namespace {

using Problems = std::vector<std::string>;

SourceTree small_tree(const std::string& map) {
  return {
      {"README.md", "# x\n\n| folder | what |\n|---|---|\n" + map}, {"emu/guest/address.h", ""}, {"run", ""}};
}

const char* const kGoodMap = "| `emu/` | The machine. |\n| `emu/guest/` | Guest addresses. |\n";

TEST(FolderMap, the_readme_map_is_this_tree) {
  const SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  ASSERT_GT(folder_map(tree.at("README.md")).size(), 10u);
  for (const std::string& problem : folder_map_problems(tree)) ADD_FAILURE() << problem;
}

// The check above is able to fail: a folder more or a folder less in the real tree is noticed.
TEST(FolderMap, a_folder_added_to_this_tree_is_noticed) {
  SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  const size_t before = folder_map_problems(tree).size();
  tree["emu/novel/a.cpp"] = "";
  EXPECT_EQ(folder_map_problems(tree).size(), before + 1);
}

TEST(FolderMap, a_folder_removed_from_this_tree_is_noticed) {
  SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  const size_t before = folder_map_problems(tree).size();
  for (auto it = tree.begin(); it != tree.end();) {
    it = it->first.rfind("emu/guest/", 0) == 0 ? tree.erase(it) : std::next(it);
  }
  EXPECT_EQ(folder_map_problems(tree).size(), before + 1);
}

TEST(FolderMap, a_matching_map_passes) { EXPECT_EQ(folder_map_problems(small_tree(kGoodMap)), Problems{}); }

TEST(FolderMap, a_row_is_folder_and_sentence) {
  EXPECT_EQ(folder_map(kGoodMap).at("emu/guest"), "Guest addresses.");
}

TEST(FolderMap, a_missing_row_is_named) {
  EXPECT_EQ(folder_map_problems(small_tree("| `emu/` | The machine. |\n")),
            Problems{"emu/guest/ is missing in README.md"});
}

TEST(FolderMap, a_row_for_a_folder_that_is_gone_is_named) {
  EXPECT_EQ(folder_map_problems(small_tree(kGoodMap + std::string("| `attic/` | Old things. |\n"))),
            Problems{"attic/ is in README.md and not in the tree"});
}

TEST(FolderMap, a_row_twice_is_named) {
  EXPECT_EQ(folder_map_problems(small_tree(kGoodMap + std::string("| `emu/` | The machine. |\n"))),
            Problems{"emu/ has two rows in README.md"});
}

TEST(FolderMap, a_row_holds_exactly_one_sentence) {
  for (const std::string text : {"", "No full stop", "One. Two."}) {
    EXPECT_EQ(
        folder_map_problems(small_tree("| `emu/` | " + text + " |\n| `emu/guest/` | Guest addresses. |\n")),
        Problems{"emu/ needs one sentence in README.md, not: " + text});
  }
}

TEST(FolderMap, a_tree_without_readme_fails) {
  EXPECT_EQ(folder_map_problems({{"emu/a.h", ""}}), Problems{"README.md is missing"});
}

}  // namespace
}  // namespace gogoscope::tree
