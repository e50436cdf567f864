#include "tests/tree/link_lines.h"

#include <gtest/gtest.h>

namespace gogoscope::tree {
namespace {

constexpr const char* kEngine[] = {"emu_machine", "emu_runtime", "emu_live", "PkgConfig::UNICORN"};

TEST(LinkLines, of_the_window_lead_to_no_engine) {
  const SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  for (const char* target : {"ui", "ui_picture", "emu_views", "emu_port", "scenarios_told"}) {
    const std::set<std::string> linked = linked_by(tree, target);
    ASSERT_TRUE(linked.contains("emu_guest") || linked.contains("emu_layout")) << target;
    for (const char* engine : kEngine) EXPECT_FALSE(linked.contains(engine)) << target << " -> " << engine;
  }
}

TEST(LinkLines, of_the_program_lead_to_the_engine) {
  const std::set<std::string> linked = linked_by(read_tree(GOGOSCOPE_SOURCE), "gogoscope");
  for (const char* engine : kEngine) EXPECT_TRUE(linked.contains(engine)) << engine;
}

TEST(LinkLines, are_followed_from_library_to_library) {
  const SourceTree tree = {
      {"CMakeLists.txt", "target_link_libraries(a PUBLIC b\n  PRIVATE c)\n"},
      {"b/CMakeLists.txt", "target_link_libraries(b PRIVATE d)\ntarget_link_libraries(d PUBLIC a)\n"},
      {"b/notes.txt", "target_link_libraries(a PUBLIC e)\n"},
  };
  EXPECT_EQ(linked_by(tree, "a"), (std::set<std::string>{"a", "b", "c", "d"}));
  EXPECT_TRUE(linked_by(tree, "nobody").empty());
}

}  // namespace
}  // namespace gogoscope::tree
