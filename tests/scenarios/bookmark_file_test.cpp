// Bookmarks beside their scenario: written, read again, and what is wrong with a file.
#include "scenarios/run/bookmark_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/run/moments.h"
#include "scenarios/run/opening.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

class BesideAScenario : public testing::Test {
 protected:
  BesideAScenario() {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-bookmarks-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    path_ = bookmarks_path((folder_ / "二.yaml").string());
    auto opened = open_run("");
    run_ = std::get<OpenedRun>(std::move(opened));
  }
  ~BesideAScenario() override { fs::remove_all(folder_); }
  const Trace& trace() const { return run_.session->trace(); }
  void put(const std::string& text) { std::ofstream(path_, std::ios::binary) << text; }
  std::string text() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::uint64_t state(const char* where) const {
    return std::get<std::uint64_t>(find_moment(where, trace()));
  }

  fs::path folder_;
  std::string path_;
  OpenedRun run_;
};

TEST_F(BesideAScenario, is_no_scenario_of_its_folder) {
  EXPECT_EQ(fs::path(path_).filename(), "二.bookmarks");
  EXPECT_EQ(bookmarks_path(""), "");
}

TEST_F(BesideAScenario, what_is_written_is_read_again) {
  BookmarkFile file;
  file.bookmarks = {
      {state("runtime.gogo+0x23#2"), "the switch: \"SP\" # 换栈", "Ask first.\n\n- then step\n  twice"},
      {state("runtime.goexit0#1"), "- goexit0", ""},
      {trace().steps(), "the end", " begins with a space\nand a \x01"}};
  ASSERT_TRUE(write_bookmarks(path_, file, trace()));
  EXPECT_NE(text().find("- at: \"runtime.gogo+0x23#2\"\n"), std::string::npos) << text();
  const BookmarkFile read = read_bookmarks(path_, trace());
  EXPECT_EQ(read.problem.in(Language::en), "");
  EXPECT_TRUE(read.there && read.usable);
  EXPECT_EQ(read.bookmarks, file.bookmarks);
  // Nothing but the file is left.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  // Without bookmarks there is no file.
  BookmarkFile none;
  ASSERT_TRUE(write_bookmarks(path_, none, trace()));
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_FALSE(read_bookmarks(path_, trace()).there);
}

TEST_F(BesideAScenario, a_moment_that_the_run_no_longer_has_is_said_and_kept) {
  put("- {at: runtime.gogo#99, name: gone, note: n}\n- {at: runtime.gogo#1, name: here}\n");
  BookmarkFile read = read_bookmarks(path_, trace());
  EXPECT_NE(read.problem.in(Language::en).find("bookmarks:1: the run reaches this place"), std::string::npos)
      << read.problem.in(Language::en);
  ASSERT_EQ(read.bookmarks.size(), 1U);
  EXPECT_EQ(read.bookmarks[0], (Bookmark{state("runtime.gogo#1"), "here", ""}));
  read.bookmarks.clear();
  ASSERT_TRUE(write_bookmarks(path_, read, trace()));
  EXPECT_EQ(text(), "- at: \"runtime.gogo#99\"\n  name: \"gone\"\n  note: \"n\"\n");
}

TEST_F(BesideAScenario, a_moment_keeps_its_spelling) {
  put("- {at: 'runtime.goexit0:\"gp.m = nil\"#1', name: x}\n");
  BookmarkFile read = read_bookmarks(path_, trace());
  ASSERT_EQ(read.bookmarks.size(), 1U) << read.problem.in(Language::en);
  read.bookmarks[0].name = "y";
  ASSERT_TRUE(write_bookmarks(path_, read, trace()));
  EXPECT_EQ(text(), "- at: \"runtime.goexit0:\\\"gp.m = nil\\\"#1\"\n  name: \"y\"\n");
  EXPECT_EQ(read_bookmarks(path_, trace()).bookmarks, read.bookmarks);
}

TEST_F(BesideAScenario, a_file_with_a_mistake_is_left_as_it_is) {
  for (const std::string wrong :
       {"a: b\n", "- {at: runtime.gogo}\n", "- {name: x}\n", "- {at: 1, name: x, nme: y}\n",
        "- {at: 1, name: [x]}\n", "- x\n", "[\n", ""}) {
    put(wrong);
    BookmarkFile read = read_bookmarks(path_, trace());
    EXPECT_FALSE(read.usable) << wrong;
    EXPECT_NE(read.problem.in(Language::en), "") << wrong;
    read.bookmarks = {{1, "x"}};
    EXPECT_FALSE(write_bookmarks(path_, read, trace())) << wrong;
    EXPECT_EQ(text(), wrong);
  }
}

TEST_F(BesideAScenario, each_state_is_found_by_its_name) {
  int places = 0;
  for (std::uint64_t k = 0; k <= trace().steps(); k += 97) {
    const std::string name = moment_name(k, trace());
    const auto found = find_moment(name, trace());
    ASSERT_EQ(found.index(), 0U) << name;
    EXPECT_EQ(std::get<std::uint64_t>(found), k) << name;
    places += name.find('.') != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(places, 5);
}

}  // namespace
}  // namespace gogoscope
