// What is not a static Go program of linux/amd64 with symbols and DWARF is refused, and told what would be
// right; what was damaged never ends this process, and never lasts.
#include <random>

#include "emu/elf/binary.h"
#include "tests/elf/go_tools.h"

namespace gogoscope {
namespace {

using namespace tests;

std::string refusal_of(const std::string& bytes) { return message_of(read_binary(bytes)); }

class Refusal : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_go()) GTEST_SKIP() << "go is not installed";
  }
};

TEST_F(Refusal, says_of_other_machines_and_systems_how_to_build) {
  const std::string right = "; programs of linux/amd64 are read: GOOS=linux GOARCH=amd64 go build";
  for (const auto& [environment, name] :
       std::vector<std::pair<std::string, std::string>>{{"GOARCH=386", "386"},
                                                        {"GOARCH=arm64", "arm64"},
                                                        {"GOARCH=s390x", "s390x"},
                                                        {"GOOS=freebsd", "freebsd"}}) {
    const std::string path = built("hello", "", "CGO_ENABLED=0 " + environment);
    ASSERT_FALSE(path.empty()) << environment;
    EXPECT_EQ(refusal_of(bytes_of(path)), "it is built for " + name + right);
  }
  const std::string windows = built("hello", "", "CGO_ENABLED=0 GOOS=windows");
  EXPECT_NE(refusal_of(bytes_of(windows)).find("it is not an ELF file; a program is one that `go build`"),
            std::string::npos);
}

TEST_F(Refusal, says_of_stripped_programs_how_to_build) {
  for (const char* const flags : {"-ldflags='-s -w'", "-ldflags=-w", "-ldflags=-s"}) {
    EXPECT_NE(refusal_of(bytes_of(built("hello", flags))).find("build it without -ldflags=\"-s -w\""),
              std::string::npos)
        << flags;
  }
}

TEST_F(Refusal, says_of_position_independent_programs_how_to_build) {
  EXPECT_NE(refusal_of(bytes_of(built("hello", "-buildmode=pie"))).find("go build -buildmode=exe"),
            std::string::npos);
}

TEST_F(Refusal, is_for_programs_of_others_too) {
  EXPECT_EQ(refusal_of(bytes_of("/bin/sh")), "it was not made by Go: it has no section .go.buildinfo");
  EXPECT_NE(refusal_of("").find("it is not an ELF file"), std::string::npos);
  EXPECT_NE(refusal_of("package main\n").find("it is not an ELF file"), std::string::npos);
}

TEST_F(Refusal, says_where_a_file_ends_too_early) {
  const std::string whole = bytes_of(built("hello"));
  for (const std::size_t size :
       {std::size_t{5}, std::size_t{63}, std::size_t{64}, whole.size() / 2, whole.size() - 1}) {
    EXPECT_NE(refusal_of(whole.substr(0, size)).find("it is cut off: "), std::string::npos) << size;
  }
}

/// The file with a few bytes changed, in its headers, its tables or anywhere.
std::string damaged_copy(const std::string& whole, std::mt19937& random) {
  std::string out = whole;
  const std::size_t headers = 0x1c8 + 23 * 64, debug = out.size() / 2;
  for (unsigned n = 1 + random() % 8; n > 0; --n) {
    std::size_t at = 0;
    switch (random() % 3) {
      case 0:
        at = random() % headers;
        break;
      case 1:
        at = debug + random() % (out.size() - debug);
        break;
      default:
        at = random() % out.size();
    }
    out[at] =
        random() % 2 == 0 ? static_cast<char>(random()) : static_cast<char>(out[at] ^ (1 << random() % 8));
  }
  return out;
}

TEST_F(Refusal, is_all_that_damage_leads_to) {
  const char* const more = std::getenv("GOGOSCOPE_DAMAGED_FILES");
  const int files = more == nullptr ? 60 : std::atoi(more);
  // Sections that are not compressed: there damage gets further.
  for (const char* const flags : {"", "-ldflags=-compressdwarf=false"}) {
    const std::string whole = bytes_of(built("hello", flags));
    ASSERT_FALSE(whole.empty());
    std::mt19937 random(7);
    int sound = 0, refused = 0;
    for (int i = 0; i < files; ++i) {
      const auto read = read_binary(damaged_copy(whole, random));
      if (read.index() == 0) {
        ++sound;
        continue;
      }
      const Text why = std::get<Message>(read).text();
      EXPECT_FALSE(why.en.empty() || why.zh.empty()) << i;
      EXPECT_EQ(why.en.find("more than"), std::string::npos) << i << ": " << why.en;
      ++refused;
    }
    EXPECT_GT(refused, files / 10);
    EXPECT_GT(sound + refused, 0);
  }
}

}  // namespace
}  // namespace gogoscope
