#include "tests/docs/mentions.h"

#include <gtest/gtest.h>

#include <iterator>

#include "tests/docs/lesson_code.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

using Names = std::vector<std::string>;

const tree::SourceTree& this_tree() {
  static const tree::SourceTree tree = tree::read_tree(GOGOSCOPE_SOURCE);
  return tree;
}

/// What Go 1.16 has and only the column of things left out mentions.
constexpr const char* kOnlyInGo[] = {"allglen",         "allgptr",    "asminit",     "checkTimeouts",
                                     "faketime",        "freezing",   "gcinit",      "main_init_done",
                                     "maxstackceiling", "mdestroy",   "minit",       "mstartm0",
                                     "osinit",          "osyield",    "panicking",   "procyield",
                                     "racefini",        "stackcheck", "traceGoPark", "traceGoSysExit"};

const Known& known_here() {
  static const Known all = [] {
    Known k = known(lesson(), this_tree());
    k.guest.insert(std::begin(kOnlyInGo), std::end(kOnlyInGo));
    return k;
  }();
  return all;
}

TEST(Mentions, name_functions_tests_and_members_that_exist) {
  for (const char* path : {"docs/architecture.md", "docs/runtime-model.md"}) {
    for (const std::string& name : unknown_mentions(document(path), known_here()))
      ADD_FAILURE() << path << " mentions " << name;
  }
}

TEST(Mentions, words_of_go_in_the_runtime_model_exist) {
  for (const std::string& word : unknown_words(document("docs/runtime-model.md"), known_here()))
    ADD_FAILURE() << "docs/runtime-model.md mentions " << word;
}

TEST(Mentions, what_does_not_exist_is_noticed) {
  const std::string text =
      "`runtime.goexit2` `frobnicate()` `Machine::frobnicate` `Machine.does_what_it_never_did`\n"
      "`runtime.goexit0` `runtime.sched` `Machine::run` `Machine.runs_a_program_to_its_exit`\n";
  EXPECT_EQ(
      unknown_mentions(text, known_here()),
      (Names{"runtime.goexit2", "frobnicate()", "Machine::frobnicate", "Machine.does_what_it_never_did"}));
  EXPECT_EQ(unknown_words("`goexit2` `goexit0` `schedtick` `newstack`", known_here()), Names{"goexit2"});
}

TEST(Links, of_every_document_resolve) {
  for (const std::string& link : broken_links(this_tree())) ADD_FAILURE() << link;
}

TEST(Links, the_documents_refer_to_each_other) {
  EXPECT_FALSE(links(document("docs/architecture.md")).empty());
  EXPECT_FALSE(links(document("docs/runtime-model.md")).empty());
}

TEST(Links, a_target_that_is_not_there_is_noticed) {
  const tree::SourceTree tree = {{"README.md", "[a](docs/a.md) [b](docs/b.md) [c](docs) [d](https://go.dev)"},
                                 {"docs/a.md", "[up](../README.md#top) [e](e.md) [here](#x)"}};
  EXPECT_EQ(broken_links(tree), (Names{"README.md: docs/b.md", "docs/a.md: e.md"}));
}

}  // namespace
}  // namespace gogoscope::docs
