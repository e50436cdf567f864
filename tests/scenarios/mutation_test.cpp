// The reader answers any text: it accepts it or says what is wrong, and never crashes, hangs, or prints
// controls.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "scenarios/format/reader.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

std::vector<std::string> shipped_texts() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  for (const auto& path : paths) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    out.push_back(text.str());
  }
  return out;
}

// std::mt19937 gives the same numbers everywhere; the standard distributions do not.
std::size_t below(std::mt19937& random, std::size_t n) { return n == 0 ? 0 : random() % n; }

void mutate(std::string& text, std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"{",
                                                   "}",
                                                   "[",
                                                   "]",
                                                   ":",
                                                   ": ",
                                                   "- ",
                                                   "\n",
                                                   "  ",
                                                   "|",
                                                   ">",
                                                   "&a ",
                                                   "*a",
                                                   "!t ",
                                                   "'",
                                                   "\"",
                                                   "#",
                                                   "\t",
                                                   "---\n",
                                                   "\x1b",
                                                   "\xff",
                                                   "\xe4\xb8",
                                                   "0x",
                                                   "#99999999999",
                                                   "+0x",
                                                   "runtime.",
                                                   "g2.",
                                                   "<<: ",
                                                   "? ",
                                                   "%YAML 9\n",
                                                   std::string(1, '\0')};
  const std::size_t at = below(random, text.size() + 1);
  switch (below(random, 4)) {
    case 0:
      text.erase(at, below(random, 20));
      break;
    case 1:
      text.insert(at, kPieces[below(random, kPieces.size())]);
      break;
    case 2:
      text.insert(at, text.substr(below(random, text.size() + 1), below(random, 60)));
      break;
    default:
      if (at < text.size()) text[at] = static_cast<char>(random() & 0xff);
  }
}

bool has_controls(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
  });
}

TEST(Mutation, mutated_scenarios_are_read_or_refused) {
  std::mt19937 random(20210216);
  const std::vector<std::string> texts = shipped_texts();
  ASSERT_FALSE(texts.empty());
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = texts[below(random, texts.size())];
    const std::size_t mutations = 1 + below(random, 6);
    for (std::size_t i = 0; i < mutations; ++i) mutate(text, random);
    const auto read = read_scenario("mutant.yaml", text);
    if (read.index() == 0) continue;
    ++refused;
    const std::string told = testing::told(std::get<1>(read));
    EXPECT_FALSE(told.empty());
    EXPECT_FALSE(has_controls(told)) << told;
    EXPECT_EQ(told.compare(0, 12, "mutant.yaml:"), 0) << told;
  }
  EXPECT_GT(refused, 1000);
}

TEST(Mutation, mutated_programs_load_or_are_refused) {
  std::mt19937 random(7690);
  const std::vector<std::string> texts = shipped_texts();
  for (int round = 0; round < 150; ++round) {
    std::string text = texts[below(random, texts.size())];
    mutate(text, random);
    const auto loaded = load_scenario_text("mutant.yaml", text);
    if (loaded.index() == 1) {
      EXPECT_FALSE(has_controls(testing::told(std::get<1>(loaded))));
    }
  }
}

}  // namespace
}  // namespace gogoscope
