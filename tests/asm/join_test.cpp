// Objects of single texts, put together, are the object of all texts in a row.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "asm/assembler.h"
#include "asm/listings.h"

namespace plan9 {
namespace {

using Relocations = std::vector<std::tuple<Section, std::uint32_t, RelocationKind, std::string, std::int64_t,
                                           std::optional<std::uint32_t>, std::uint32_t, std::uint32_t>>;

Relocations sorted(const Object& object) {
  Relocations out;
  for (const Relocation& r : object.relocations)
    out.emplace_back(r.section, r.offset, r.kind, r.symbol, r.addend, r.target, r.source, r.line);
  std::ranges::sort(out);
  return out;
}

std::optional<Object> joined(const std::vector<Source>& texts) {
  std::vector<Object> parts;
  for (const Source& text : texts) {
    Assembly one = assemble({text}, {});
    if (!one.object) return std::nullopt;
    parts.push_back(std::move(*one.object));
  }
  std::vector<const Object*> pointers;
  for (const Object& part : parts) pointers.push_back(&part);
  return join(pointers);
}

void expect_same(const std::vector<Source>& texts) {
  const Assembly whole = assemble(texts, {});
  ASSERT_TRUE(whole.object) << format(whole.diagnostics.front());
  const std::optional<Object> parts = joined(texts);
  ASSERT_TRUE(parts);
  const Object &a = *whole.object, &b = *parts;
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.data, b.data);
  ASSERT_EQ(a.symbols.size(), b.symbols.size());
  for (std::size_t i = 0; i < a.symbols.size(); ++i) {
    const Symbol &x = a.symbols[i], &y = b.symbols[i];
    EXPECT_EQ(
        std::tie(x.name, x.section, x.offset, x.size, x.file_local, x.locals, x.args, x.frame, x.nosplit),
        std::tie(y.name, y.section, y.offset, y.size, y.file_local, y.locals, y.args, y.frame, y.nosplit));
  }
  ASSERT_EQ(a.lines.size(), b.lines.size());
  for (std::size_t i = 0; i < a.lines.size(); ++i) {
    const Line &x = a.lines[i], &y = b.lines[i];
    EXPECT_EQ(std::tie(x.offset, x.size, x.kind, x.source, x.line, x.plan9),
              std::tie(y.offset, y.size, y.kind, y.source, y.line, y.plan9));
  }
  EXPECT_EQ(sorted(a), sorted(b));
  ASSERT_EQ(a.sources.size(), b.sources.size());
}

TEST(Join, is_what_all_texts_in_a_row_give) {
  expect_same(
      {{"a",
        "TEXT main·a(SB), $16-0\n\tGO main·b(SB)\n\tCALL main·c(SB)\n\tMOVQ main·x(SB), AX\n\tRET\n"
        "DATA main·table+0(SB)/8, $main·c·f(SB)\nGLOBL main·table(SB), NOPTR, $8\n"},
       {"b",
        "TEXT main·b(SB), NOSPLIT, $0-0\n\tRET\nTEXT main·empty(SB), NOSPLIT, $0-0\n"
        "GLOBL main·odd(SB), NOPTR, $3\n"},
       {"c",
        "TEXT main·c(SB), $16-0\n\tGO main·b(SB)\n\tGO main·d(SB)\n\tLEAQ main·here<>(SB), BX\n\tRET\n"
        "TEXT main·d(SB), NOSPLIT, $0-0\n\tRET\nGLOBL main·here<>(SB), NOPTR, $8\n"
        "DATA main·d·f+0(SB)/8, $main·d(SB)\nGLOBL main·d·f(SB), RODATA, $8\n"},
       {"d",
        "GLOBL main·here<>(SB), NOPTR, $16\nDATA main·x+0(SB)/8, $main·a·f(SB)\n"
        "GLOBL main·x(SB), NOPTR, $8\nTEXT main·e(SB), $16-0\n\tGO main·c(SB)\n\tRET\n"}});
}

TEST(Join, finds_nothing_where_two_texts_define_a_name) {
  const std::vector<Source> texts = {{"a", "TEXT main·a(SB), NOSPLIT, $0-0\n\tRET\n"},
                                     {"b", "GLOBL main·a(SB), NOPTR, $8\n"}};
  EXPECT_FALSE(joined(texts));
  EXPECT_FALSE(assemble(texts, {}).object);
}

}  // namespace
}  // namespace plan9
