// Readers of English see no Chinese in a listing; readers of Chinese see the listing as it was handed down.
#include "asm/seed_comments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace plan9 {
namespace {

using gogoscope::Language;

/// Chinese takes three bytes a character and more; the middle dot of Go's symbols takes two.
bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe0; });
}

/// The lines of the listings and of the modelled functions that hold a Chinese comment.
std::vector<std::string> chinese_comments() {
  std::vector<std::string> out;
  for (const char* folder : {"/asm/runtime", "/emu/runtime"}) {
    for (const auto& file : std::filesystem::directory_iterator(std::string(GOGOSCOPE_SOURCE) + folder)) {
      std::ifstream in(file.path());
      for (std::string line; std::getline(in, line);) {
        const auto comment = line.find("//");
        if (comment != std::string::npos && has_chinese(std::string_view(line).substr(comment)))
          out.push_back(line);
      }
    }
  }
  return out;
}

TEST(SeedComments, are_english_for_readers_of_english) {
  const std::vector<std::string> lines = chinese_comments();
  ASSERT_GE(lines.size(), 12u);
  for (const std::string& line : lines) {
    const std::string shown = listing_line(line, Language::en);
    EXPECT_FALSE(has_chinese(shown)) << shown;
    EXPECT_EQ(listing_line(line, Language::zh), line);
  }
}

TEST(SeedComments, leave_the_code_and_other_comments_alone) {
  EXPECT_EQ(
      listing_line("    MOVQ    gobuf_sp(BX), SP    // restore SP, 恢复sp寄存器值切换到g栈", Language::en),
      "    MOVQ    gobuf_sp(BX), SP    // restore SP, which switches to g's stack");
  EXPECT_EQ(listing_line("    MOVQ    0(DX), CX        // make sure g != nil", Language::en),
            "    MOVQ    0(DX), CX        // make sure g != nil");
  EXPECT_EQ(listing_line("CALL runtime·goexit1(SB)", Language::en), "CALL runtime·goexit1(SB)");
}

}  // namespace
}  // namespace plan9
