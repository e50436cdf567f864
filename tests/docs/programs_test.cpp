// docs/programs.md in both languages says the same: commands, code, tables, sections.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace gogoscope {
namespace {

std::string page_text(const std::string& path) {
  std::ifstream in(GOGOSCOPE_SOURCE "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What stands between backquotes in a line, each once.
std::multiset<std::string> code_of_page(const std::string& text) {
  static const std::regex code("`([^`\n]+)`");
  std::multiset<std::string> out;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), code); at != std::sregex_iterator(); ++at)
    out.insert((*at)[1]);
  return out;
}

/// The lines of a form: headings, rows of tables, what is typed.
std::vector<std::string> page_lines(const std::string& text, const std::string& form) {
  const std::regex wanted(form);
  std::vector<std::string> out;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::smatch found;
    const std::string line = text.substr(from, end - from);
    if (std::regex_search(line, found, wanted)) out.push_back(found[1]);
    from = end + 1;
  }
  return out;
}

TEST(ProgramsPage, says_the_same_in_both_languages) {
  const std::string en = page_text("docs/programs.md"), zh = page_text("docs/programs.zh.md");
  ASSERT_FALSE(en.empty());
  EXPECT_EQ(code_of_page(en), code_of_page(zh));
  for (const char* form : {"^(#+) ", "^(gogoscope \\S+ \\S+( --\\S+)?)", "^(\\|).*\\|$"})
    EXPECT_EQ(page_lines(en, form), page_lines(zh, form)) << form;
}

TEST(ProgramsPage, a_command_that_one_language_lacks_is_noticed) {
  const std::string en = page_text("docs/programs.md");
  EXPECT_NE(code_of_page(en + "`walk`"), code_of_page(en));
  EXPECT_FALSE(page_lines(en, "^(gogoscope walk)").empty());
}

}  // namespace
}  // namespace gogoscope
