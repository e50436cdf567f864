// The tour leads where it says, in both languages: its commands are executed, its key presses counted.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "emu/session/command_text.h"
#include "scenarios/lesson/document.h"
#include "scenarios/run/opening.h"
#include "tests/docs/lesson_code.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

using Names = std::vector<std::string>;

const char* const kTours[] = {"docs/tour.md", "docs/tour.zh.md"};

/// As the window opens it: the whole run recorded, the cursor at its start.
std::unique_ptr<Session> opened(const std::string& scenario) {
  auto run = open_run(std::string(GOGOSCOPE_SOURCE) + "/" + scenario);
  EXPECT_EQ(run.index(), 0U) << scenario;
  if (run.index() != 0) return nullptr;
  std::unique_ptr<Session> session = std::move(std::get<0>(run).session);
  session->execute({CommandId::go_start});
  return session;
}

std::unique_ptr<Session> two_exits() { return opened("scenarios/02-two-exits.yaml"); }

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

/// The command of "run-to runtime.gogo#3"; null if the text is not a command with an argument.
const CommandInfo* command_of(const std::string& text) {
  const std::size_t space = text.find(' ');
  return space == std::string::npos ? nullptr : command_by_name(text.substr(0, space));
}

/// What goes wrong when the commands of a tour are typed one after the other. One that follows
/// `./run FILE` in the text is meant for that scenario, all others for the tour's own.
Names problems_of(const std::string& tour) {
  Names problems;
  const std::unique_ptr<Session> session = two_exits();
  std::string other;
  for (const std::string& span : code_spans(tour)) {
    if (starts_with(span, "./run ")) other = span.substr(6);
    const CommandInfo* const command = command_of(span);
    if (command == nullptr) continue;
    const std::unique_ptr<Session> own = other.empty() ? nullptr : opened(other);
    const Outcome outcome = execute(own ? *own : *session, command->id, span.substr(command->name.size()));
    other.clear();
    if (!outcome.ok()) problems.push_back(span + ": " + outcome.error.in(Language::en));
  }
  return problems;
}

std::string place(const Session& session) {
  const CodeAddr pc = session.cursor().state().pc();
  const Function* function = session.guest().code.function_at(pc);
  return function == nullptr ? "" : function->name + "+" + std::to_string(pc - function->entry);
}

void type(Session& session, CommandId id, const std::string& argument = "", int times = 1) {
  for (; times > 0; --times) EXPECT_TRUE(execute(session, id, argument).ok()) << argument;
}

TEST(Tour, is_made_of_its_lesson) {
  auto opened = open_run(GOGOSCOPE_SOURCE "/scenarios/tour.yaml");
  ASSERT_EQ(opened.index(), 0U);
  const OpenedRun& run = std::get<OpenedRun>(opened);
  ASSERT_TRUE(run.lesson.has_value());
  EXPECT_EQ(run.lesson_problem.in(Language::en), "");
  for (const auto& [tour, language] : {std::pair(kTours[0], Language::en), {kTours[1], Language::zh}}) {
    EXPECT_EQ(document(tour),
              lesson_document(*run.lesson, {run.title, run.about, "scenarios/tour.yaml"}, language))
        << "made by: gogoscope lesson scenarios/tour.yaml --format markdown --lang "
        << (language == Language::en ? "en" : "zh") << " > " << tour;
  }
}

TEST(Tour, runs_the_program_of_two_exits) {
  EXPECT_EQ(opened("scenarios/tour.yaml")->trace().steps(), two_exits()->trace().steps());
}

TEST(Tour, every_command_leads_somewhere) {
  for (const char* tour : kTours) {
    for (const std::string& problem : problems_of(document(tour))) ADD_FAILURE() << tour << ": " << problem;
  }
}

TEST(Tour, a_place_that_is_not_there_is_noticed) {
  EXPECT_EQ(problems_of("`run-to runtime.gogo#3` `./run scenarios/05-reused-g.yaml` `run-to main.second`"),
            Names());
  EXPECT_EQ(problems_of("`run-to runtime.gogo#99`").size(), 1U);
  EXPECT_EQ(problems_of("`run-to main.second`").size(), 1U);
}

TEST(Tour, both_languages_give_the_same_commands_and_speak_of_the_same_things) {
  Names commands[2];
  std::set<std::string> spans[2];
  for (const int i : {0, 1}) {
    const Names all = code_spans(document(kTours[i]));
    spans[i].insert(all.begin(), all.end());
    std::copy_if(all.begin(), all.end(), std::back_inserter(commands[i]),
                 [](const std::string& span) { return command_of(span) != nullptr; });
  }
  EXPECT_GT(commands[0].size(), 15U);
  EXPECT_EQ(commands[0], commands[1]);
  EXPECT_EQ(spans[0], spans[1]);
}

TEST(Tour, both_languages_show_the_same_pictures_each_in_its_own) {
  Names pictures[2];
  for (const int i : {0, 1}) {
    for (const std::string& link : links(document(kTours[i]))) {
      if (starts_with(link, "pictures/")) pictures[i].push_back(link);
    }
  }
  for (std::string& picture : pictures[0]) picture.insert(picture.rfind('.'), "-zh");
  EXPECT_EQ(pictures[0], pictures[1]);
}

TEST(Tour, stop_2_four_lines_from_gostartcall_the_forged_word_has_been_stored) {
  const auto session = two_exits();
  type(*session, CommandId::run_to, "main.worker#1");
  type(*session, CommandId::back_to, "runtime.gostartcall");
  type(*session, CommandId::step_line, "", 4);
  EXPECT_EQ(place(*session), "runtime.gostartcall+18");
  const std::string told = "*(*uintptr)(unsafe.Pointer(sp)) = buf.pc";
  EXPECT_NE(document("docs/tour.md").find(told), std::string::npos);
  const Instruction* executed = session->guest().code.instruction_at(session->cursor().last().pc);
  ASSERT_NE(executed, nullptr);
  EXPECT_NE(executed->text.find(told), std::string::npos) << executed->text;
}

TEST(Tour, stop_4_eight_steps_show_all_that_mcall_saves) {
  const auto session = two_exits();
  type(*session, CommandId::run_to, "runtime.mcall#2");
  type(*session, CommandId::step, "", 8);
  EXPECT_EQ(place(*session), "runtime.mcall+39");
}

TEST(Tour, stop_8_seven_steps_lead_to_where_tls_and_sp_disagree) {
  const auto session = two_exits();
  type(*session, CommandId::run_to, "runtime.gogo#3");
  type(*session, CommandId::step, "", 7);
  EXPECT_EQ(place(*session), "runtime.gogo+35");
}

TEST(Tour, stop_10_a_wrong_gobuf_g_breaks_a_rule_before_sp_moves) {
  const auto session = two_exits();
  type(*session, CommandId::run_to, "runtime.gogo+0x13#3");
  type(*session, CommandId::edit, "g2.sched.g = g3");
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop.has_value());
  EXPECT_EQ(outcome.stop->reason(), StopReason::invariant);
  EXPECT_EQ(place(*session), "runtime.gogo+35");
}

TEST(Tour, eight_events_show_the_whole_handoff) {
  const auto session = two_exits();
  type(*session, CommandId::run_to, "runtime.goexit0#1");
  type(*session, CommandId::next_event, "", 8);
  EXPECT_EQ(place(*session), "runtime.gogo+38");
}

}  // namespace
}  // namespace gogoscope::docs
