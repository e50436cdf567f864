// Listings damaged at random must assemble or be refused, never more than that.
#include <gtest/gtest.h>

#include "asm/listings.h"
#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

class Xorshift {
 public:
  explicit Xorshift(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    return state_ ^= state_ << 17;
  }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : next() % n; }

 private:
  std::uint64_t state_;
};

std::string mutated(std::string text, Xorshift& random) {
  static const std::string_view kWords[] = {
      "(SB)",       "(SP)", "(FP)",    "$",        ",",    "0x7fffffffffffffff",
      "-",          "TEXT", "#define", "\n",       "\\\n", "X0",
      "(AX)(BX*8)", "<>",   "\"",      "/*",       "GO ",  "DATA ",
      "GLOBL",      "/8, ", "g(",      "\xff",     "·",    "JMP ",
      "2(PC)",      "REP;", "ADJSP $", "#endif\n", ":",    "#ifdef ",
      "#else\n"};
  const std::size_t count = 1 + random.below(6);
  for (std::size_t n = 0; n < count && !text.empty(); ++n) {
    const std::size_t at = random.below(text.size());
    switch (random.below(5)) {
      case 0:
        text[at] = static_cast<char>(random.next());
        break;
      case 1:
        text.erase(at, 1 + random.below(12));
        break;
      case 2:
        text.insert(at, kWords[random.below(std::size(kWords))]);
        break;
      case 3:
        text.insert(at, text.substr(random.below(text.size()), random.below(40)));
        break;
      default:
        text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
    }
  }
  return text;
}

TEST(Mutation, damaged_listings_never_crash_and_always_say_why) {
  std::vector<std::string> seeds{read_file("frames.s")};
  for (const Source& source : listings()) seeds.push_back(source.text);
  Xorshift random(20210216);
  int assembled_ones = 0;
  for (int n = 0; n < 1500; ++n) {
    const std::string text = mutated(seeds[random.below(seeds.size())], random);
    const Assembly a = assemble({{"mutant.s", text}}, options());
    ASSERT_EQ(a.object.has_value(), a.diagnostics.empty()) << text;
    for (const Diagnostic& d : a.diagnostics) {
      ASSERT_FALSE(format(d).empty());
      ASSERT_GT(d.line, 0);
      ASSERT_GT(d.column, 0);
    }
    if (!a.object) continue;
    ++assembled_ones;
    const Linked linked = link(*a.object, {});
    ASSERT_EQ(linked.text.size(), a.object->text.size());
  }
  EXPECT_GT(assembled_ones, 0) << "damage in a comment does no harm";
}

}  // namespace
}  // namespace plan9::test
