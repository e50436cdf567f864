#include "tests/tree/one_definition.h"

#include <gtest/gtest.h>

namespace gogoscope::tree {
namespace {

TEST(OneDefinition, no_two_headers_define_the_same_type) {
  const SourceTree tree = read_tree(GOGOSCOPE_SOURCE);
  for (const std::string& problem : types_defined_twice(tree)) ADD_FAILURE() << problem;
}

TEST(OneDefinition, a_type_of_the_same_name_in_another_folder_is_noticed) {
  const SourceTree tree = {{"a.h", "namespace x {\nstruct Word {\n};\n}"},
                           {"b.h", "namespace x {\nclass Word final : public Base {\n};\n}"}};
  EXPECT_EQ(types_defined_twice(tree), std::vector<std::string>{"x::Word: defined in a.h and in b.h"});
}

TEST(OneDefinition, other_namespaces_and_mere_declarations_do_not_count) {
  const SourceTree tree = {{"a.h", "namespace x {\nstruct Word {\n};\n}"},
                           {"b.h", "namespace y {\nstruct Word {\n};\n}"},
                           {"c.h", "namespace x {\nstruct Word;\n}"}};
  EXPECT_TRUE(types_defined_twice(tree).empty());
}

}  // namespace
}  // namespace gogoscope::tree
