// One Chinese term for each thing: the words that were in use beside it are refused, wherever a text is.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "asm/seed_comments.h"
#include "scenarios/run/runner.h"

namespace gogoscope {
namespace {

struct Term {
  const char* wrong;
  const char* right;
};
constexpr Term kTerms[] = {
    {"停放", "已挂起 (parked)"},
    {"坐在", "放在 (in runnext)"},
    {"状态点", "状态 (state)"},
    {"是模型", "建模 (modelled)"},
    {"模型执行", "建模 (modelled)"},
    {"仿真", "建模 (modelled)"},
    {"实时", "可继续执行 (live)"},
    {"「", "“"},
    {"」", "”"},
    {"『", "‘"},
    {"』", "’"},
};

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Terms, are_one_for_each_thing_in_chinese) {
  int files = 0;
  for (const char* folder : {"/asm", "/emu", "/scenarios", "/ui", "/docs", "/README.md"}) {
    const auto look = [&](const std::filesystem::path& path) {
      const std::string ending = path.extension().string();
      if (ending != ".cpp" && ending != ".h" && ending != ".yaml" && ending != ".md") return;
      ++files;
      const std::string text = content_of(path);
      for (const Term& term : kTerms) {
        const std::size_t at = text.find(term.wrong);
        EXPECT_EQ(at, std::string::npos)
            << path << ":"
            << std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())),
                          '\n') +
                   1
            << ": " << term.wrong << " is " << term.right;
      }
    };
    const std::filesystem::path root = std::string(GOGOSCOPE_SOURCE) + folder;
    if (std::filesystem::is_regular_file(root)) {
      look(root);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.is_regular_file()) look(entry.path());
    }
  }
  EXPECT_GT(files, 300);
}

/// Chinese takes three bytes a character and more; the middle dot of Go's symbols takes two.
bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe0; });
}

/// Comments that are code or names: they are the same in both languages.
const std::set<std::string_view> kCode = {"NOP",
                                          "gobuf",
                                          "func gogo(buf *gobuf)",
                                          "func mcall(fn func(*g))",
                                          "func systemstack(fn func())",
                                          "func systemstack_switch()",
                                          "m.locks--",
                                          "mstart",
                                          "pprof.SetGoroutineLabels",
                                          "runtime/debug.SetMaxStack",
                                          "runtime/debug.SetPanicOnFault",
                                          "sched.mnext - sched.nmfreed",
                                          "write1(2, &b[0], int32(len(b)))"};

TEST(Comments, of_listings_and_models_are_chinese_for_readers_of_chinese) {
  auto loaded = load_scenario(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml");
  ASSERT_EQ(loaded.index(), 0U);
  int comments = 0;
  for (const SourceFile& source : std::get<0>(loaded).program.guest->code.sources()) {
    if (source.name == kBodiesSource) continue;  // the scenario's own
    for (const std::string& line : source.lines) {
      const std::size_t at = line.find("// ");
      if (at == std::string::npos) continue;
      ++comments;
      const std::string shown = plan9::listing_line(line, Language::zh);
      const std::string comment = shown.substr(shown.find("// ") + 3);
      const bool licence = comment.find("Copyright") == 0 || comment.find("Use of this source") == 0;
      EXPECT_TRUE(licence || has_chinese(comment) || kCode.count(comment) == 1)
          << source.name << ": " << line;
    }
  }
  EXPECT_GT(comments, 200);
}

TEST(Comments, of_slots_are_translated_too) {
  EXPECT_EQ(plan9::listing_line("arguments of casgstatus", Language::zh), "casgstatus 的实参");
  EXPECT_EQ(plan9::listing_line("result of runqget", Language::zh), "runqget 的返回值");
  EXPECT_EQ(plan9::listing_line("result of runqget", Language::en), "result of runqget");
}

}  // namespace
}  // namespace gogoscope
