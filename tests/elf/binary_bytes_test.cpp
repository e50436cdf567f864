// What the process that reads a program sends home is not believed.
#include "emu/elf/binary_bytes.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/elf/small_binary.h"

namespace gogoscope {
namespace {

using tests::small_binary;

bool is_taken(const Binary& binary) { return binary_from_bytes(binary_bytes(binary)).index() == 0; }

TEST(BinaryBytes, come_back_as_they_were) {
  const std::string bytes = binary_bytes(small_binary());
  const auto read = binary_from_bytes(bytes);
  ASSERT_EQ(read.index(), 0U);
  EXPECT_EQ(binary_bytes(read), bytes);
  const auto why = binary_from_bytes(binary_bytes(Message({"no", "不"})));
  ASSERT_EQ(why.index(), 1U);
  EXPECT_EQ(std::get<Message>(why).in(Language::zh), "不");
}

TEST(BinaryBytes, are_refused_where_a_table_lies) {
  const auto lie = [](auto change) {
    Binary binary = small_binary();
    EXPECT_TRUE(is_taken(binary));
    change(binary);
    EXPECT_FALSE(is_taken(binary));
  };
  lie([](Binary& b) { b.entry = CodeAddr(0x500000); });
  lie([](Binary& b) { b.entry = CodeAddr(0x402000); });
  lie([](Binary& b) { b.segments[1].addr = b.segments[0].addr; });
  lie([](Binary& b) { b.segments[0].size = 1; });
  lie([](Binary& b) { b.segments[0].size = std::uint64_t{1} << 40; });
  lie([](Binary& b) { std::swap(b.functions[0], b.functions[1]); });
  lie([](Binary& b) { b.functions[0].size = 0x1000; });
  lie([](Binary& b) { b.functions[0].source = 9; });
  lie([](Binary& b) { b.functions[0].name = "main\x1b[31m"; });
  lie([](Binary& b) { std::swap(b.functions[0].pcsp[0], b.functions[0].pcsp[1]); });
  lie([](Binary& b) { std::swap(b.data[0], b.data[1]); });
  lie([](Binary& b) { b.lines[0].file = 9; });
  lie([](Binary& b) { std::swap(b.lines[0], b.lines[1]); });
  lie([](Binary& b) { b.inlined.calls[0].name = 2; });
  lie([](Binary& b) { b.inlined.calls[0].file = 2; });
  lie([](Binary& b) { b.inlined.calls[1].to = b.inlined.calls[1].from; });
  lie([](Binary& b) { std::swap(b.inlined.calls[0], b.inlined.calls[1]); });
  lie([](Binary& b) { b.layout = Layout("1.19", "a lie", {{"g", 8, {{"m", "*m", 8, 8}}}}); });
}

TEST(BinaryBytes, are_refused_at_every_cut) {
  const std::string bytes = binary_bytes(small_binary());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(binary_from_bytes(std::string_view(bytes).substr(0, size)).index(), 1U) << size;
  }
  EXPECT_EQ(binary_from_bytes(bytes + "x").index(), 1U);
}

TEST(BinaryBytes, never_promise_what_is_not_so) {
  const std::string whole = binary_bytes(small_binary());
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (unsigned n = 1 + random() % 4; n > 0; --n)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto read = binary_from_bytes(bytes);
    if (const auto* const binary = std::get_if<Binary>(&read)) tests::use(*binary);
  }
}

}  // namespace
}  // namespace gogoscope
