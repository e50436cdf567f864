// What DWARF does not say of a release comes from a table.
#include <gtest/gtest.h>

#include "emu/elf/binary.h"
#include "emu/layout/program_release.h"
#include "emu/layout/tested_releases.h"

namespace gogoscope {
namespace {

std::shared_ptr<const Release> of(const std::string& name) {
  return release_of_program(Layout(name, "a test", {}));
}

TEST(ProgramRelease, keeps_g_in_a_register_from_17_on) {
  EXPECT_EQ(of("1.15.15")->g_home, GHome::tls);
  EXPECT_EQ(of("1.16")->g_home, GHome::tls);
  EXPECT_EQ(of("1.17rc1")->g_home, GHome::r14);
  EXPECT_EQ(of("1.27.3")->g_home, GHome::r14);
}

TEST(ProgramRelease, changes_statuses_as_its_runtime_does) {
  const auto who = [](const std::string& name, std::uint32_t from, std::uint32_t to) {
    const auto release = of(name);
    const GTransition* const t = release->g_transition(from, to);
    return t == nullptr ? std::string("-") : t->who;
  };
  EXPECT_EQ(who("1.19.8", kGrunning, kGdead), "goexit0");
  EXPECT_EQ(who("1.22.1", kGrunning, kGdead), "gdestroy, of goexit0 and coroexit");
  EXPECT_EQ(who("1.24.4", kGdead, kGsyscall), "needm");
  EXPECT_EQ(who("1.26.10", kGdead, kGsyscall), "-");
  EXPECT_EQ(who("1.26.10", kGdeadextra, kGsyscall), "needm");
  EXPECT_EQ(who("1.24.4", kGwaiting, kGleaked), "-");
  EXPECT_EQ(who("1.27.3", kGwaiting, kGleaked), "findGoroutineLeaks");
  EXPECT_TRUE(of("1.24.4")->has_p_transition(kPrunning, kPsyscall));
  EXPECT_FALSE(of("1.26.10")->has_p_transition(kPrunning, kPsyscall));
  EXPECT_TRUE(of("1.26.10")->has_p_transition(kPrunning, kPidle));
}

TEST(ProgramRelease, that_is_not_in_the_table_is_taken_for_the_newest_and_said_to_be_untested) {
  for (const char* const name : {"1.99", "devel", ""}) {
    EXPECT_FALSE(is_tested_release(name)) << name;
    const auto release = of(name);
    EXPECT_NE(release->g_transition(kGwaiting, kGleaked), nullptr) << name;
  }
  EXPECT_TRUE(is_tested_release("1.19.8"));
  EXPECT_TRUE(is_tested_release("1.27.3"));
  EXPECT_FALSE(is_tested_release("1.20.1"));
}

TEST(ProgramRelease, has_words_for_its_statuses) {
  EXPECT_EQ(g_status_word(kGleaked), "leaked");
  EXPECT_EQ(g_status_symbol(kGdeadextra | kGscan), "_Gscandeadextra");
  EXPECT_EQ(g_status_word(12), "status 12");
}

}  // namespace
}  // namespace gogoscope
