// What is wrong with a command is known before it is carried out; and the places and values that are typed.
#include <sstream>

#include "emu/session/place.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

std::string problem(const Session& session, CommandId id, const std::string& argument) {
  const auto parsed = parse_command(id, argument, session.guest().code);
  const auto* const command = std::get_if<Command>(&parsed);
  return (command != nullptr ? session.problem(*command) : std::get<Message>(parsed)).in(Language::en);
}

TEST(SessionProblem, is_said_before_a_command_as_it_is_after_it) {
  const std::pair<CommandId, const char*> wrong[] = {
      {CommandId::run_to, "runtime.gogx"},
      {CommandId::run_to, "runtime.gogo+0x10000"},
      {CommandId::back_to, "runtime.goexit0:\"gp.x = nil\""},
      {CommandId::next_write, "g9.sched.sp"},
      {CommandId::toggle_break, "runtime.gogx+1"},
      {CommandId::set_break, "g2.sched.sq"},
      {CommandId::clear_break, "3"},
      {CommandId::clear_break, "nobody"},
      {CommandId::edit, "rax = seven"},
      {CommandId::edit, "g2.sched = 1"},
      {CommandId::edit, "m0.tls = 1"},
      {CommandId::edit, "rflags = 3"},
      {CommandId::give_turn, "m0"},
      {CommandId::give_turn, "m99"},
      {CommandId::go_to_branch, ""},
  };
  auto session = worker("");
  execute(*session, CommandId::run_to, "runtime.goexit0");
  const std::uint64_t at = session->cursor().position();
  for (const auto& [id, argument] : wrong) {
    const std::string before = problem(*session, id, argument);
    EXPECT_NE(before, "") << argument;
    EXPECT_EQ(execute(*session, id, argument).error.in(Language::en), before);
    EXPECT_EQ(session->cursor().position(), at);
  }
  const std::pair<CommandId, const char*> right[] = {
      {CommandId::step, ""},
      {CommandId::run_to, "99"},
      {CommandId::run_to, "end"},
      {CommandId::run_to, "runtime.gogo#9"},  // how often it comes there is known when it has
      {CommandId::back_to, "runtime.gogo"},
      {CommandId::next_write, "g2.sched.sp"},
      {CommandId::set_break, "g2.sched.sp"},
      {CommandId::toggle_break, "runtime.gogo"},
      {CommandId::clear_break, "runtime.gogo"},
      {CommandId::edit, "g2.param = false"},
      {CommandId::edit, "g2.param = runtime.goexit0"},
      {CommandId::edit, "g2.param = runtime.sched"},
  };
  for (const auto& [id, argument] : right) EXPECT_EQ(problem(*session, id, argument), "") << argument;
  for (const int m : {-1, kMaxThreads}) {
    const Command turn{CommandId::give_turn, MId{m}};
    EXPECT_EQ(session->problem(turn).in(Language::en), "there is no M with the number " + std::to_string(m));
    EXPECT_EQ(session->execute(turn).error, session->problem(turn));
  }
  EXPECT_EQ(session->problem({CommandId::step, MId{1}}).in(Language::en), "step needs an argument");
}

TEST(SessionProblem, an_opened_record_is_walked_and_not_changed) {
  auto live = worker("");
  live->execute({CommandId::run});
  std::stringstream file;
  live->trace().save(file);
  auto session = replay_session(std::move(std::get<0>(Trace::open(file))));
  const std::pair<CommandId, const char*> refused[] = {{CommandId::edit, "rax = 5"},
                                                       {CommandId::give_turn, "m0"}};
  for (const auto& [id, argument] : refused) {
    const std::string before = problem(*session, id, argument);
    EXPECT_TRUE(before.starts_with("this is an opened record: ")) << before;
    EXPECT_EQ(execute(*session, id, argument).error.in(Language::en), before);
  }
  EXPECT_EQ(session->execute({CommandId::run}).stop->reason(), StopReason::exit);
  EXPECT_FALSE(execute(*session, CommandId::run_to, "runtime.goexit0#99").ok());
}

TEST(SessionProblem, branches_are_named_by_their_numbers) {
  auto session = worker("");
  for (const char* edit : {"rax = 5", "rax = 6"}) {
    session->execute({CommandId::run});
    execute(*session, CommandId::run_to, "runtime.goexit0#1");
    execute(*session, CommandId::edit, edit);
  }
  ASSERT_EQ(session->trace().branches().size(), 2U);
  const Command wrong{CommandId::go_to_branch, BranchId{9}};
  EXPECT_EQ(session->problem(wrong).in(Language::en), "this record has no branch 9; it has: 1, 2");
  EXPECT_EQ(session->execute(wrong).error, session->problem(wrong));
  EXPECT_EQ(problem(*session, CommandId::go_to_branch, "1"), "");
  EXPECT_EQ(problem(*session, CommandId::go_to_branch, ""), "");
}

TEST(SessionProblem, a_step_out_of_no_stack_is_one_step) {
  auto session = worker("");
  execute(*session, CommandId::run_to, "main.worker");
  execute(*session, CommandId::edit, "rsp = 0x10");
  const std::uint64_t at = session->cursor().position();
  session->execute({CommandId::step_out});
  EXPECT_EQ(session->cursor().position(), at + 1);
}

TEST(SessionProblem, the_budget_of_steps_is_a_cause) {
  auto session = worker("loop:\n\tJMP loop");
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_TRUE(outcome.stop->has(StopReason::budget));
  EXPECT_EQ(stop_detail(outcome, *session), "50000 steps were recorded");
}

TEST(Places, are_read_or_refused_with_a_sentence) {
  const struct {
    std::string_view text, wrong;
  } rows[] = {
      {"99999999999999999999999", "the state number 99999999999999999999999 is too large"},
      {"f#0", "# must be followed by the number of a visit, 1 or more, not '0'"},
      {"f#x", "# must be followed by the number of a visit, 1 or more, not 'x'"},
      {"f#99999999999", "# must be followed by the number of a visit, 1 or more, not '99999999999'"},
      {"f:\"a", "the text of a line must end with a quotation mark"},
      {"f:\"", "the text of a line must end with a quotation mark"},
      {"f+0x100000000", "+ must be followed by an offset, such as 0x23, not '0x100000000'"},
      {"f+", "+ must be followed by an offset, such as 0x23, not ''"},
      {"a b", "'a b' is not the name of a function"},
      {"+8", "'' is not the name of a function"},
  };
  for (const auto& row : rows) {
    const auto parsed = parse_where(row.text);
    ASSERT_EQ(parsed.index(), 1U) << row.text;
    EXPECT_EQ(std::get<1>(parsed).in(Language::en), row.wrong);
  }
  for (const std::string_view text : {"f+0x23#2", "f:\"a # b\"", "f:\"a\"#3", "end", "412"}) {
    const auto parsed = parse_where(text);
    ASSERT_EQ(parsed.index(), 0U) << text;
    EXPECT_EQ(to_string(std::get<0>(parsed)), text);
  }
  EXPECT_EQ(to_string(std::get<0>(parse_where("f+0X23"))), "f+0x23");
  EXPECT_EQ(place_of(CodeAddr(8), worker("")->guest().code).function, "");
}

TEST(Commands, of_nothing_and_of_bare_numbers) {
  const auto session = worker("");
  EXPECT_EQ(parse_command("", session->guest().code).index(), 1U);
  EXPECT_EQ(problem(*session, CommandId::give_turn, "1x"), "'1x' is not an M; give a turn to one such as m1");
  EXPECT_EQ(problem(*session, CommandId::back_to, "12"),
            "'12' is not a place in the code, such as runtime.gogo");
}

}  // namespace
}  // namespace gogoscope
