#include "scenarios/told/narration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "emu/guest/line_essence.h"
#include "scenarios/format/yaml_tree.h"
#include "scenarios/run/runner.h"
#include "scenarios/told/step_keys.h"
#include "tests/events_of.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

std::string sentence_of_next_step(const Narration& narration, const Cursor& before) {
  Cursor after = before;
  after.forward();
  return narration.sentence(before.trace().guest(), before.state(), after.state(), before.next(),
                            tests::events_of(before.trace(), before.position(), before.position() + 1));
}

std::multiset<std::string> placeholders(const std::string& text) {
  std::multiset<std::string> out;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    out.insert(text.substr(open + 1, text.find('}', open) - open - 1));
  }
  return out;
}

bool starts_with(const std::string& text, std::string_view start) {
  return text.compare(0, start.size(), start) == 0;
}

bool is_place(const std::string& key) {
  return starts_with(key, "runtime.") || starts_with(key, "runtime/") || starts_with(key, "line:");
}

TEST(Narration, both_files_are_valid) {
  for (const Language language : {Language::en, Language::zh}) {
    const std::string_view source = narration_source(language);
    Problems problems("narration", source);
    EXPECT_TRUE(parse_yaml(source, problems).has_value());
    EXPECT_EQ(testing::told(problems.take()), "");
  }
}

TEST(Narration, keys_are_equal_in_both_languages) {
  const Narration en(Language::en), zh(Language::zh);
  EXPECT_GT(en.texts().size(), 100U);
  for (const auto& [key, text] : en.texts()) EXPECT_TRUE(zh.texts().count(key) == 1) << key;
  for (const auto& [key, text] : zh.texts()) EXPECT_TRUE(en.texts().count(key) == 1) << key;
}

TEST(Narration, placeholders_are_known_and_equal_in_both_languages) {
  const Narration en(Language::en), zh(Language::zh);
  const std::vector<std::string_view> known = narration_placeholders();
  for (const auto& [key, text] : en.texts()) {
    const std::multiset<std::string> names = placeholders(text);
    const auto other = zh.texts().find(key);
    if (other == zh.texts().end()) continue;
    const std::multiset<std::string> other_names = placeholders(other->second);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()),
              std::set<std::string>(other_names.begin(), other_names.end()))
        << key;
    for (const std::string& name : names) {
      EXPECT_TRUE(std::find(known.begin(), known.end(), name) != known.end()) << key << ": {" << name << "}";
    }
  }
}

TEST(Narration, no_text_is_empty_or_long) {
  for (const Language language : {Language::en, Language::zh}) {
    const Narration narration(language);
    for (const auto& [key, text] : narration.texts()) {
      EXPECT_FALSE(text.empty()) << key;
      EXPECT_LT(text.size(), 700U) << key;
    }
  }
}

TEST(Narration, every_place_exists_in_the_program) {
  const auto loaded = load_scenario_text("sample.yaml", std::string(testing::kSample));
  ASSERT_EQ(loaded.index(), 0U);
  const Code& code = std::get<0>(loaded).program.guest->code;
  const Narration narration(Language::en);
  std::set<std::string> places;
  for (const Instruction& i : code.instructions()) {
    const Function* function = code.function_at(i.pc);
    if (function == nullptr) continue;
    for (const std::string& key : place_keys(code, *function, i)) places.insert(key);
    places.insert("line:\"" + line_essence(code.line_text(*function, i.line)) + "\"");
    places.insert(function->name + ":*");
  }
  for (const auto& [key, text] : narration.texts()) {
    if (!is_place(key)) continue;
    const bool is_else = key.ends_with(" else");
    const std::string place = is_else ? key.substr(0, key.size() - 5) : key;
    EXPECT_EQ(places.count(place), 1U) << key;
    // A second text is for where the first is not true, so the first must say when it is.
    if (!is_else) continue;
    EXPECT_FALSE(narration.claims(place).empty()) << key;
    EXPECT_FALSE(narration.claims(key).empty()) << key;
  }
}

TEST(Narration, every_instruction_of_the_listings_has_a_text) {
  const auto loaded = load_scenario_text("sample.yaml", std::string(testing::kSample));
  ASSERT_EQ(loaded.index(), 0U);
  const Code& code = std::get<0>(loaded).program.guest->code;
  const Narration narration(Language::en);
  for (const char* name : {"runtime.gogo", "runtime.goexit", "runtime.mcall", "runtime.systemstack"}) {
    const Function* function = code.function(name);
    ASSERT_NE(function, nullptr) << name;
    for (const Instruction& i : code.instructions()) {
      if (!function->contains(i.pc)) continue;
      const auto keys = place_keys(code, *function, i);
      ASSERT_FALSE(keys.empty()) << i.text;
      EXPECT_EQ(narration.texts().count(keys.front()), 1U) << keys.front();
    }
  }
}

/// What the narration says at a place of scenario 01, the first time the PC is there after main.main has
/// begun.
std::string told_at(const std::string& place, Language language) {
  const auto loaded = load_scenario(GOGOSCOPE_SOURCE "/scenarios/01-one-exit.yaml");
  if (loaded.index() == 1) return "";
  const ScenarioRun run = run_scenario(std::get<0>(loaded));
  const Trace& trace = run.session->trace();
  bool in_main = false;
  for (Cursor cursor(trace); !cursor.at_end(); cursor.forward()) {
    const std::string at = trace.guest().code.symbolize(cursor.state().pc());
    in_main = in_main || at == "main.main";
    if (!in_main || at != place) continue;
    return sentence_of_next_step(Narration(language), cursor);
  }
  return "";
}

bool mentions(const std::string& text, std::string_view word) { return text.find(word) != std::string::npos; }

// What learners stumble on is explained at the step where they do, with the names of the run filled in.
TEST(Narration, stumbling_stones_are_explained_where_they_are) {
  const struct {
    const char* place;
    std::vector<std::string_view> words;
  } stones[] = {
      {"main.worker", {"goexit+1", "g2"}},
      {"runtime.goexit+0x1", {"goexit+1", "NOP", "g2"}},
      {"runtime.goexit0", {"BP", "g2", "g0.sched.sp"}},
      {"runtime.gogo+0x17", {"g2.stack.lo"}},
      {"runtime.gogo+0x1a", {"-8(FS)", "SP", "get_tls"}},
      {"runtime.gogo+0x23", {"g2.stack.hi-40", "schedule"}},
      {"runtime.gogo+0x51", {"gobuf.pc", "main.worker"}},
      {"runtime.mcall+0x4e", {"g0.sched.sp", "mstart1", "BP"}},
  };
  for (const auto& stone : stones) {
    for (const Language language : {Language::en, Language::zh}) {
      const std::string text = told_at(stone.place, language);
      for (const std::string_view word : stone.words)
        EXPECT_TRUE(mentions(text, word)) << stone.place << ": " << text;
    }
  }
}

/// Go lines of modelled functions that shipped scenarios execute and that have no text.
TEST(Narration, every_line_that_a_shipped_scenario_executes_has_a_text) {
  const Narration narration(Language::en);
  std::set<std::string> silent;
  std::set<std::string> seen;  // places of the code, narrated once for all scenarios
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto loaded = load_scenario(entry.path().string());
    ASSERT_EQ(loaded.index(), 0U);
    const ScenarioRun run = run_scenario(std::get<0>(loaded));
    const Trace& trace = run.session->trace();
    for (Cursor cursor(trace); !cursor.at_end(); cursor.forward()) {
      const CodeAddr pc = cursor.state().pc();
      if (!seen.insert(trace.guest().code.symbolize(pc)).second) continue;
      const Function* function = trace.guest().code.function_at(pc);
      const Instruction* at = trace.guest().code.instruction_at(pc);
      if (function == nullptr || at == nullptr) continue;
      const std::string sentence = sentence_of_next_step(narration, cursor);
      EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
      EXPECT_EQ(sentence.find(" ? "), std::string::npos)
          << trace.guest().code.symbolize(pc) << ": " << sentence;
      if (sentence.empty()) {
        silent.insert(function->name + ":\"" +
                      line_essence(trace.guest().code.line_text(*function, at->line)) + "\"");
      }
    }
  }
  std::string list;
  for (const std::string& line : silent) list += line + "\n";
  EXPECT_EQ(list, "");
}

/// The gs, g0 aside, that a text names.
std::set<std::string> gs_named(const std::string& text) {
  std::set<std::string> names;
  const std::regex name("\\bg[1-9][0-9]*\\b");
  for (std::sregex_iterator it(text.begin(), text.end(), name), end; it != end; ++it) names.insert(it->str());
  return names;
}

TEST(Narration, what_is_said_of_a_goroutine_is_said_of_the_one_that_the_step_writes_to) {
  const Narration narration(Language::en);
  int checked = 0;
  for (const char* name : {"02-two-exits", "03-spawn-chain", "05-reused-g"}) {
    const auto loaded = load_scenario(std::string(GOGOSCOPE_SOURCE "/scenarios/") + name + ".yaml");
    ASSERT_EQ(loaded.index(), 0U);
    const ScenarioRun run = run_scenario(std::get<0>(loaded));
    const Trace& trace = run.session->trace();
    for (Cursor cursor(trace); !cursor.at_end(); cursor.forward()) {
      const Function* function = trace.guest().code.function_at(cursor.state().pc());
      if (function == nullptr) continue;
      if (function->name != "runtime.newproc1" && function->name != "runtime.casgstatus") continue;
      const Step step = cursor.next();
      const Entities entities(trace.guest(), cursor.state());
      std::set<std::string> written;
      for (const Store& store : step.stores) {
        const Entity* entity = entities.holding(store.addr, store.size);
        if (entity != nullptr && entity->kind == Entity::Kind::g && !entity->system)
          written.insert(entity->name);
      }
      const std::set<std::string> named = gs_named(sentence_of_next_step(narration, cursor));
      if (written.empty() || named.empty()) continue;
      EXPECT_EQ(named, written) << name << " at state " << cursor.position();
      ++checked;
    }
  }
  EXPECT_GT(checked, 20);
}

}  // namespace
}  // namespace gogoscope
