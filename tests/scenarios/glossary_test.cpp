// The glossary is whole, says the numbers that the layouts and the model have, and its pages are made of it.
#include "scenarios/told/glossary.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "emu/layout/release.h"

namespace gogoscope {
namespace {

TEST(Glossary, has_each_term_in_both_languages_and_sees_what_is_there) {
  EXPECT_GE(glossary().size(), 50U);
  for (const GlossaryEntry& entry : glossary()) {
    SCOPED_TRACE(entry.term.en);
    for (const Language language : {Language::en, Language::zh}) {
      EXPECT_FALSE(entry.term.in(language).empty());
      EXPECT_FALSE(entry.section.in(language).empty());
      const std::string text(entry.text.in(language));
      EXPECT_TRUE(text.ends_with(language == Language::zh ? "。" : ".")) << text;
      EXPECT_LE(text.size(), 420U) << "an entry is read at a glance";
      EXPECT_EQ(text.find("  "), std::string::npos);
    }
    for (const std::string& other : entry.see) {
      const GlossaryEntry* const found = glossary_entry(other);
      ASSERT_NE(found, nullptr) << other;
      EXPECT_EQ(found->term.en, other) << "by its English term";
      EXPECT_NE(found, &entry);
    }
  }
}

TEST(Glossary, gives_no_word_to_two_entries) {
  for (const Language language : {Language::en, Language::zh}) {
    std::map<std::string, std::string> owner;
    for (const GlossaryEntry& entry : glossary()) {
      std::vector<std::string> forms = entry.also(language);
      forms.emplace_back(entry.term.in(language));
      for (const std::string& form : forms) {
        EXPECT_TRUE(owner.emplace(form, entry.term.en).second)
            << form << " of " << entry.term.en << " and " << owner[form];
      }
    }
  }
}

TEST(Glossary, finds_an_entry_by_any_of_its_forms) {
  ASSERT_NE(glossary_entry("gobuf"), nullptr);
  EXPECT_EQ(glossary_entry("gobuf")->term.en, "gobuf");
  EXPECT_EQ(glossary_entry("goexit+1")->term.en, "goexit");
  EXPECT_EQ(glossary_entry("goexit")->term.en, "goexit") << "spelled so, rather than Goexit";
  EXPECT_EQ(glossary_entry("Goexit")->term.en, "Goexit");
  EXPECT_EQ(glossary_entry("GOBUF")->term.en, "gobuf");
  EXPECT_EQ(glossary_entry("全局队列")->term.en, "global queue");
  EXPECT_EQ(glossary_entry("no such word"), nullptr);
}

std::string marked(std::string_view text, Language language = Language::en) {
  std::string out;
  std::size_t at = 0;
  for (const Mention& one : mentions(text, language)) {
    out += std::string(text.substr(at, one.at - at)) + "[" + std::string(text.substr(one.at, one.size)) + "]";
    at = one.at + one.size;
  }
  return out + std::string(text.substr(at));
}

TEST(Glossary, is_mentioned_where_a_term_stands_by_itself) {
  EXPECT_EQ(marked("gogo loads SP"), "[gogo] loads SP");
  EXPECT_EQ(marked("gogo and gogo again"), "[gogo] and gogo again") << "once";
  EXPECT_EQ(marked("runtime.gogo, gogo_context, mygogo, gogo2"), "runtime.gogo, gogo_context, mygogo, gogo2");
  EXPECT_EQ(marked("g2.sched.sp of m0.g0"), "g2.sched.sp of m0.g0");
  EXPECT_EQ(marked("RET to goexit+1"), "RET to [goexit+1]") << "the longest form";
  EXPECT_EQ(marked("the global queue."), "the [global queue].");
  EXPECT_EQ(marked("the word at -8(FS) is"), "the word at [-8(FS)] is");
  EXPECT_EQ(marked("放进全局队列的末尾", Language::zh), "放进[全局队列]的末尾");
  EXPECT_EQ(marked("由gogo恢复", Language::zh), "由[gogo]恢复");
  EXPECT_EQ(marked(""), "");
}

TEST(Glossary, says_what_the_layouts_say) {
  const Layout& layout = release_named(kDefaultRelease)->layout;
  const auto says = [&](std::string_view term, const std::string& number) {
    for (const Language language : {Language::en, Language::zh}) {
      EXPECT_NE(std::string(glossary_entry(term)->text.in(language)).find(number), std::string::npos) << term;
    }
  };
  says("gobuf", fmt::format("{}", layout.size_of("gobuf")));
  says("runq", fmt::format("{}", layout.find("p", "runq")->size / 8));
}

TEST(Glossary, pages_are_made_of_it) {
  for (const auto& [language, name] :
       {std::pair(Language::en, "glossary.md"), std::pair(Language::zh, "glossary.zh.md")}) {
    std::ifstream in(std::string(GOGOSCOPE_SOURCE "/docs/") + name);
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(page, glossary_page(language))
        << "made by: gogoscope glossary --format markdown --lang " << (language == Language::en ? "en" : "zh")
        << " > docs/" << name;
  }
}

}  // namespace
}  // namespace gogoscope
