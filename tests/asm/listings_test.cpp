// The shipped listings against bytes of real Go programs, and the lesson's text against itself.
#include "asm/listings.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

std::string golden(const std::string& function) {
  std::istringstream lines(read_file("listings.golden"));
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with(function + " ")) return line.substr(function.size() + 1);
  }
  return "no golden bytes";
}

const Object& listings_object() {
  static const Object object = [] {
    Assembly a = assemble(listings(), options());
    for (const Diagnostic& d : a.diagnostics) ADD_FAILURE() << format(d);
    return a.object ? *a.object : Object{};
  }();
  return object;
}

std::uint32_t size_of(std::string_view name) {
  const Symbol* symbol = find_symbol(listings_object(), name);
  return symbol == nullptr ? 0 : symbol->size;
}

std::string text_of(std::string_view name) {
  for (const Source& source : listings()) {
    if (source.name == name) return source.text;
  }
  return "";
}

TEST(Listings, gogo_is_the_87_bytes_go_emits) {
  EXPECT_EQ(size_of("runtime.gogo"), 87u);
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.gogo"), golden("gogo"));
}

TEST(Listings, goexit_is_the_7_bytes_go_emits) {
  EXPECT_EQ(size_of("runtime.goexit"), 7u);
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.goexit"), golden("goexit"));
}

TEST(Listings, mcall_is_the_102_bytes_go_emits) {
  EXPECT_EQ(size_of("runtime.mcall"), 102u);
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.mcall"), golden("mcall"));
}

TEST(Listings, systemstack_is_the_163_bytes_go_emits) {
  EXPECT_EQ(size_of("runtime.systemstack"), 163u);
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.systemstack"), golden("systemstack"));
}

TEST(Listings, morestack_is_the_149_bytes_go_emits) {
  EXPECT_EQ(size_of("runtime.morestack"), 149u);
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.morestack"), golden("morestack"));
}

TEST(Listings, morestack_noctxt_and_abort_are_the_bytes_go_emits) {
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.morestack_noctxt"), golden("morestack_noctxt"));
  EXPECT_EQ(bytes_of_function(listings_object(), "runtime.abort"), golden("abort"));
}

TEST(Listings, the_lessons_text_is_in_gogo_s_and_goexit_s_as_printed) {
  EXPECT_NE(text_of("gogo.s").find("    MOVQ    gobuf_sp(BX), SP    // restore SP, 恢复sp寄存器值切换到g栈\n "
                                   "   MOVQ    gobuf_ret(BX), AX\n"),
            std::string::npos);
  EXPECT_NE(text_of("gogo.s").find("    JMP    BX                      // 转到任务函数执行\n"),
            std::string::npos);
  EXPECT_NE(text_of("goexit.s")
                .find("TEXT runtime·goexit(SB),NOSPLIT,$0-0\n    BYTE    $0x90   // NOP\n"
                      "    CALL    runtime·goexit1(SB) // does not return 调用goexit1函数\n"),
            std::string::npos);
  EXPECT_EQ(text_of("gogo.s").find("#include"), std::string::npos);
}

TEST(Listings, gogo_has_a_prologue_that_the_text_does_not_show) {
  std::vector<std::string> added;
  for (const Line& line : listings_object().lines) {
    const Symbol* gogo = find_symbol(listings_object(), "runtime.gogo");
    const bool inside = line.offset >= gogo->offset && line.offset < gogo->offset + gogo->size;
    if (inside && line.kind != LineKind::instruction) added.push_back(line.plan9);
  }
  EXPECT_EQ(added, (std::vector<std::string>{"SUBQ $24, SP", "MOVQ BP, 16(SP)", "LEAQ 16(SP), BP"}));
}

TEST(Listings, mcall_lowers_sp_by_its_one_push) {
  const Symbol* mcall = find_symbol(listings_object(), "runtime.mcall");
  ASSERT_NE(mcall, nullptr);
  ASSERT_EQ(mcall->pcsp.size(), 3u);
  EXPECT_EQ(mcall->pcsp[1].offset, 0x53u);
  EXPECT_EQ(mcall->pcsp[1].delta, 8);
  EXPECT_EQ(mcall->pcsp[2].offset, 0x5cu);
  EXPECT_EQ(mcall->pcsp[2].delta, 0);
}

TEST(Listings, every_byte_of_every_text_is_in_exactly_one_line) {
  const Object& object = listings_object();
  std::vector<int> covered(object.text.size());
  for (const Line& line : object.lines) {
    for (unsigned n = 0; n < line.size; ++n) ++covered[line.offset + n];
  }
  for (const Symbol& symbol : object.symbols) {
    for (std::uint32_t n = 0; n < symbol.size; ++n)
      EXPECT_EQ(covered[symbol.offset + n], 1) << symbol.name << "+" << n;
  }
}

}  // namespace
}  // namespace plan9::test
