#include "tests/docs/examples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "tests/docs/lesson_code.h"

namespace gogoscope::docs {
namespace {

using Problems = std::vector<std::string>;

constexpr const char* kPage = R"(Text.

```yaml
title: {en: A, zh: B}
about: {en: A, zh: B}
bodies: |
  #include "more.s"
  TEXT main·main(SB), $0-0
      RET
finally:
  g1.atomicstatus: running
```

```asm more.s
GLOBL main·n(SB), NOPTR, $8
```

```yaml
finally: {'[main.n]': 0}
```
)";

TEST(Examples, of_every_page_are_scenarios_that_pass) {
  std::size_t examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(GOGOSCOPE_SOURCE) + "/docs")) {
    if (entry.path().extension() != ".md") continue;
    const std::string page = "docs/" + entry.path().filename().string();
    const std::string text = document(page);
    examples += count_examples(text);
    for (const std::string& problem : wrong_examples(text)) ADD_FAILURE() << page << ", " << problem;
  }
  EXPECT_GE(examples, 8U);
}

/// The scenarios and files of a page, without comments.
std::vector<std::string> scenarios_of(const std::string& page) {
  std::vector<std::string> out;
  for (const Fence& fence : fences(document(page))) {
    out.push_back(std::regex_replace(fence.info + "\n" + fence.text, std::regex(" +# [^\n]*"), ""));
  }
  return out;
}

TEST(Examples, of_the_guide_are_the_same_in_both_languages) {
  EXPECT_EQ(scenarios_of("docs/guide.md"), scenarios_of("docs/guide.zh.md"));
  EXPECT_EQ(std::ranges::count_if(scenarios_of("docs/guide.md"),
                                  [](const std::string& s) { return s.starts_with("yaml"); }),
            6);
}

TEST(Examples, sections_come_in_the_place_of_those_above_and_files_are_found) {
  EXPECT_EQ(wrong_examples(kPage), Problems{});
  EXPECT_EQ(count_examples(kPage), 2U);
}

TEST(Examples, one_that_fails_or_cannot_be_read_is_noticed) {
  std::string page = kPage;
  page.replace(page.find("'[main.n]': 0"), 13, "'[main.n]': 1");
  ASSERT_EQ(wrong_examples(page).size(), 1U);
  EXPECT_NE(wrong_examples(page)[0].find("line 19: "), std::string::npos) << wrong_examples(page)[0];
  page.replace(page.find("finally: {"), 10, "finaly: {");
  EXPECT_NE(wrong_examples(page)[0].find("did you mean finally?"), std::string::npos)
      << wrong_examples(page)[0];
}

}  // namespace
}  // namespace gogoscope::docs
