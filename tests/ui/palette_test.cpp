// What the palette understands and finds.
#include "ui/palette.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "emu/layout/status.h"
#include "tests/ui/offscreen.h"
#include "ui/overlays/field_search.h"
#include "ui/overlays/fuzzy.h"
#include "ui/overlays/search.h"

namespace gogoscope {
namespace {

// ---- lines ----

/// The command of a line, which must be one.
Command read(Offscreen& ui, std::string_view line) {
  const auto parsed = parse_command(line, ui.code());
  EXPECT_EQ(parsed.index(), 0U) << line;
  return parsed.index() == 0 ? std::get<Command>(parsed) : Command();
}

TEST(CommandLines, what_can_be_carried_out_has_no_problem) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo").ok());
  for (const char* line :
       {"run-to 412", "run-to end", "run-to runtime.gogo+0x23#2", "back-to runtime.schedule",
        "next-write p0.runqhead", "break sched.lock", "break runtime.goexit0:\"gp.m = nil\"",
        "edit p0.runqhead = 1", "branch", "step"}) {
    const Command command = read(ui, line);
    EXPECT_TRUE(ui.session().problem(command).empty()) << line;
    const std::uint64_t before = ui.cursor().position();
    EXPECT_TRUE(ui.session().execute(command).ok()) << line;
    ui.go(CommandId::run_to, std::to_string(before));
  }
}

TEST(CommandLines, every_command_that_wants_an_argument_says_which_with_an_example_that_works) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "main.worker").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "rax = 5").ok());  // so that there is a branch
  ASSERT_TRUE(ui.go(CommandId::set_break, "runtime.gogo").ok());
  for (const CommandInfo& command : commands()) {
    if (command.argument == ArgumentKind::m) continue;  // there is one M: no other to give a turn to
    const bool wants = command.argument != ArgumentKind::none;
    for (const Language language : {Language::en, Language::zh})
      EXPECT_EQ(!argument_hint(command, language).what.empty(), wants) << command.name;
    if (!wants) continue;
    const std::string example(argument_hint(command, Language::en).example);
    const Command line = read(ui, std::string(command.name) + " " + example);
    EXPECT_EQ(ui.session().problem(line).in(Language::en), "") << command.name;
  }
}

TEST(CommandLines, the_example_of_a_turn_works_where_two_threads_can_move) {
  Offscreen ui(run_of("20-second-p"));
  ASSERT_TRUE(ui.go(CommandId::run_to, "main.worker+0x23").ok());  // m0 is at its end, m1 loops
  const CommandInfo& turn = info(CommandId::give_turn);
  for (const Language language : {Language::en, Language::zh})
    EXPECT_FALSE(argument_hint(turn, language).what.empty());
  const Command example = read(ui, "turn " + std::string(argument_hint(turn, Language::en).example));
  EXPECT_EQ(ui.session().problem(example).in(Language::en), "");
  EXPECT_TRUE(ui.session().execute(example).ok());
}

// ---- fuzzy ----

TEST(Fuzzy, letters_must_come_in_order) {
  EXPECT_TRUE(fuzzy("gx0", "runtime.goexit0"));
  EXPECT_FALSE(fuzzy("0xg", "runtime.goexit0"));
  EXPECT_FALSE(fuzzy("m0", "runtime.goexit0"));
  EXPECT_TRUE(fuzzy("", "anything"));
  EXPECT_FALSE(fuzzy("a", ""));
}

TEST(Fuzzy, words_begun_and_letters_side_by_side_count_more) {
  const auto score = [](std::string_view typed, std::string_view text) { return fuzzy(typed, text)->score; };
  EXPECT_GT(score("rt", "run-to"), score("rt", "start"));
  EXPECT_GT(score("gogo", "runtime.gogo"), score("gogo", "go again, old one"));
  EXPECT_GT(score("step", "step"), score("step", "step-line"));
  EXPECT_GT(score("gp", "runGetP gp"), score("gp", "bigpot"));
}

TEST(Fuzzy, letters_strewn_over_a_sentence_do_not_fit) {
  EXPECT_FALSE(fuzzy("goexit", "Change a register or a field, as an exact recorded snippet"));
}

TEST(Fuzzy, case_and_spaces_do_not_matter) {
  EXPECT_EQ(fuzzy("RUN TO", "run-to")->at, (std::vector<std::uint16_t>{0, 1, 2, 4, 5}));
  EXPECT_EQ(fuzzy("goex", "runtime.goexit")->at, (std::vector<std::uint16_t>{8, 9, 10, 11}));
}

TEST(Fuzzy, chinese_is_matched_by_whole_characters) {
  const auto match = fuzzy("栈", "显示 栈");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->at, (std::vector<std::uint16_t>{7}));
  EXPECT_FALSE(fuzzy("\xe6", "栈"));
}

TEST(Fuzzy, words_are_found_anywhere_in_a_sentence) {
  EXPECT_TRUE(word_matches("g2 dead", "g2: running -> dead on m0"));
  EXPECT_TRUE(word_matches("DEAD g2", "g2: running -> dead on m0"));
  EXPECT_FALSE(word_matches("g2 idle", "g2: running -> dead on m0"));
  EXPECT_EQ(*word_matches("到", "运行到结束"), (std::vector<std::uint16_t>{6}));
}

// ---- search ----

class Searching : public testing::Test {
 protected:
  Searching() { ui_.go(CommandId::go_end); }
  Results find(std::string_view typed, Language language = Language::en) {
    search_.gather(ui_.app().view(), language);
    return search_.find(typed, ui_.app().view());
  }
  static const Hit* first_of(const Results& answer, HitKind kind) {
    for (const Hit& hit : answer.hits) {
      if (hit.kind == kind) return &hit;
    }
    return nullptr;
  }
  Offscreen ui_;
  Search search_;
};

TEST_F(Searching, what_says_the_very_word_comes_before_what_has_its_letters) {
  const Results tls = find("TLS");
  const auto first_event = std::find_if(tls.hits.begin(), tls.hits.end(),
                                        [](const Hit& hit) { return hit.kind == HitKind::event; });
  const auto letters = std::find_if(tls.hits.begin(), tls.hits.end(), [](const Hit& hit) {
    return hit.title.find("stopTheWorldWithSema") != std::string::npos;
  });
  ASSERT_NE(first_event, tls.hits.end());
  EXPECT_LT(first_event - tls.hits.begin(), letters - tls.hits.begin());
  EXPECT_EQ(find("gogo").hits.at(0).title, "runtime.gogo");
  EXPECT_EQ(find("memory").hits.at(0).note, "memory");
}

TEST_F(Searching, an_address_leads_to_its_memory) {
  const Results found = find("0xc000000000");
  ASSERT_FALSE(found.hits.empty());
  EXPECT_EQ(found.hits[0].title, "0xc000000000");
  EXPECT_TRUE(std::holds_alternative<Target>(found.hits[0].deed));
  const Results none = find("0x5");
  EXPECT_TRUE(none.hits.empty() || none.hits[0].title != "0x5") << "there is no memory at 5";
}

TEST_F(Searching, everything_can_be_found_by_its_name) {
  for (const CommandInfo& command : commands()) {
    const Results answer = find(command.name);
    bool found = false;
    for (const Hit& hit : answer.hits) found = found || hit.note == command.name;
    EXPECT_TRUE(found) << command.name;
  }
  for (const PanelInfo& panel : panels()) {
    for (const Language language : {Language::en, Language::zh}) {
      const Results answer = find(std::string("show ").append(panel.name), language);
      ASSERT_FALSE(answer.hits.empty()) << panel.name;
      const PanelId* id = std::get_if<PanelId>(&answer.hits.front().deed);
      ASSERT_NE(id, nullptr) << panel.name;
      EXPECT_EQ(*id, panel.id);
    }
  }
  for (const Function& function : ui_.code().functions()) {
    const Results answer = find(function.name);
    const Hit* hit = first_of(answer, HitKind::function);
    ASSERT_NE(hit, nullptr) << function.name;
    EXPECT_EQ(hit->title, function.name);
    EXPECT_EQ(std::get<Command>(hit->deed).id, CommandId::run_to);
  }
}

TEST_F(Searching, chinese_finds_commands_panels_and_events) {
  EXPECT_EQ(find("单步", Language::zh).hits.front().title, "单步");
  EXPECT_EQ(std::get<PanelId>(find("寄存器", Language::zh).hits.front().deed), PanelId::registers);
  const Hit* event = first_of(find("换栈", Language::zh), HitKind::event);
  EXPECT_NE(event, nullptr);
  // Help in the other language is searched too.
  EXPECT_NE(first_of(find("断点"), HitKind::command), nullptr);
}

TEST_F(Searching, a_line_that_is_a_command_comes_first) {
  for (const char* line : {"412", "run-to 412", "break runtime.gogo", "edit rax = 5", "runtime.gogo+0x23#2",
                           "run to 412", "last write m0.curg"}) {
    const Results answer = find(line);
    ASSERT_FALSE(answer.hits.empty()) << line;
    EXPECT_EQ(answer.hits.front().kind, HitKind::execute) << line;
    EXPECT_EQ(answer.problem, "") << line;
  }
}

TEST_F(Searching, a_line_that_cannot_be_executed_says_why) {
  EXPECT_EQ(find("run-to runtime.gogoo").problem,
            "there is no function runtime.gogoo; did you mean runtime.gogo?");
  EXPECT_EQ(find("zzzz").problem, "there is no command zzzz");
  EXPECT_EQ(find("zzzz", Language::zh).problem, "没有命令 zzzz");
  EXPECT_EQ(find("goexit").problem, "");
}

TEST_F(Searching, futures_that_were_cut_off_are_offered) {
  ui_.go(CommandId::run_to, "main.worker#1");
  const std::uint64_t at = ui_.cursor().position();
  ui_.go(CommandId::edit, "rax = 5");
  const Results answer = find("branch ");
  const Hit* hit = first_of(answer, HitKind::command);
  ASSERT_NE(hit, nullptr);
  EXPECT_NE(hit->detail.find("state " + std::to_string(at)), std::string::npos) << hit->detail;
  EXPECT_EQ(to_string(std::get<Command>(hit->deed)), "branch 1");
}

TEST_F(Searching, a_command_that_wants_an_argument_offers_what_it_could_be) {
  Results answer = find("back-to goex");
  ASSERT_NE(answer.wants, nullptr);
  EXPECT_EQ(std::get<Command>(first_of(answer, HitKind::function)->deed).id, CommandId::back_to);
  answer = find("next-write ");
  EXPECT_EQ(std::get<FillIn>(first_of(answer, HitKind::structure)->deed).text.substr(0, 11), "next-write ");
  answer = find("break p0.runqh");
  EXPECT_EQ(to_string(std::get<Command>(first_of(answer, HitKind::field)->deed)), "break p0.runqhead");
  answer = find("edit ra");
  EXPECT_EQ(std::get<FillIn>(answer.hits.front().deed).text, "edit rax = ");
  answer = find("edit p0.runqh");
  EXPECT_EQ(std::get<FillIn>(first_of(answer, HitKind::field)->deed).text, "edit p0.runqhead = ");
}

TEST_F(Searching, an_argument_that_is_only_begun_is_not_yet_wrong) {
  for (const char* begun : {"edit p0.runqh", "next-write p0.", "break goex", "run-to go"}) {
    const Results results = find(begun);
    EXPECT_FALSE(results.hits.empty()) << begun;
    EXPECT_EQ(results.problem, "") << begun;
  }
}

TEST_F(Searching, a_command_without_its_argument_is_put_into_the_field) {
  const Results answer = find("run-to");
  EXPECT_EQ(std::get<FillIn>(first_of(answer, HitKind::command)->deed).text, "run-to ");
}

TEST_F(Searching, a_dot_opens_a_struct) {
  const Results answer = find("g2.sched.sp");
  ASSERT_GE(answer.hits.size(), 4U);
  EXPECT_EQ(answer.hits[0].title, "g2.sched.sp");
  EXPECT_EQ(std::get<Target>(answer.hits[0].deed).kind, Target::Kind::field);
  EXPECT_EQ(std::get<Command>(answer.hits[1].deed).id, CommandId::last_write);
  EXPECT_EQ(std::get<Command>(answer.hits[2].deed).id, CommandId::next_write);
  EXPECT_TRUE(answer.hits[1].below && answer.hits[2].below);
}

TEST_F(Searching, fields_are_found_through_pointers_and_in_arrays) {
  ui_.go(CommandId::go_start);
  ASSERT_TRUE(ui_.go(CommandId::run_to, "main.worker").ok());
  const View& view = ui_.app().view();
  const auto through = find_fields("m0.curg.goi", view, 5);
  ASSERT_FALSE(through.empty());
  EXPECT_EQ(through.front().path, "m0.curg.goid");
  EXPECT_EQ(through.front().addr, view.names->find_field("m0.curg.goid")->addr);
  ASSERT_FALSE(find_fields("p0.runq[3]", view, 5).empty());
  EXPECT_EQ(find_fields("p0.runq[3]", view, 5).front().path, "p0.runq[3]");
  EXPECT_TRUE(find_fields("runtime.gogo", view, 5).empty());
  EXPECT_TRUE(find_fields("nobody.x", view, 5).empty());
  EXPECT_TRUE(find_fields("g99.", view, 5).empty());
}

TEST_F(Searching, an_event_leads_to_just_after_it) {
  ASSERT_TRUE(ui_.go(CommandId::run_to, "100").ok());
  const std::vector<Event>& events = ui_.session().events();
  const Results answer = find("g2 dead");
  const Hit* hit = first_of(answer, HitKind::event);
  ASSERT_NE(hit, nullptr);
  const std::uint64_t state = std::get<Where>(std::get<Command>(hit->deed).argument).state;
  bool true_event = false;
  for (const Event& event : events)
    true_event = true_event || (event.step + 1 == state && name(subject(event)) == "g2");
  EXPECT_TRUE(true_event);
}

TEST_F(Searching, results_are_capped_and_always_the_same) {
  const Results once = find("e");
  const Results again = find("e");
  EXPECT_EQ(once.hits.size(), Search::kMostHits);
  EXPECT_TRUE(once.more);
  for (std::size_t i = 0; i < once.hits.size(); ++i) EXPECT_EQ(once.hits[i].title, again.hits[i].title);
}

TEST(EventGroups, a_long_record_is_searched_near_the_moment_and_in_no_time) {
  std::vector<Event> events;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const GId g{GId::Kind::ordinary, static_cast<int>(i % 50), false, Addr()};
    events.push_back({i * 10, 0, StatusChange{g, kGrunnable, kGrunning}});
  }
  const Narration narration(Language::en);
  const Guest guest;
  const auto begin = std::chrono::steady_clock::now();
  const auto groups = group_events(events, 500'000, 10'000, guest, narration);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took, std::chrono::milliseconds(200));  // 2 ms; a loaded machine and a sanitizer get more
  EXPECT_EQ(groups.size(), 50U);
  std::size_t counted = 0;
  for (const EventGroup& group : groups) {
    counted += group.count;
    ASSERT_TRUE(group.ahead && group.behind);
    EXPECT_GT(*group.ahead, 500'000U);
    EXPECT_LE(*group.behind, 500'000U);
    EXPECT_LT(*group.ahead - *group.behind, 1'000U);
  }
  EXPECT_EQ(counted, 10'000U);
}

TEST(EventGroups, at_an_end_of_the_record_the_other_side_gets_the_room) {
  std::vector<Event> events(30);
  for (std::size_t i = 0; i < events.size(); ++i) events[i].step = i;
  const Narration narration(Language::en);
  const Guest guest;
  for (const std::uint64_t position : {0U, 15U, 30U}) {
    const auto groups = group_events(events, position, 20, guest, narration);
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups.front().count, 20U) << position;
  }
}

}  // namespace
}  // namespace gogoscope
