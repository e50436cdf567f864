// From handoff to handoff, and back to where the PC has been.
#include <algorithm>

#include "emu/session/handoffs.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

Outcome go(Session& session, CommandId id, const std::string& argument = "") {
  Outcome outcome = execute(session, id, argument);
  EXPECT_TRUE(outcome.ok()) << argument;
  return outcome;
}

GId user(int n) { return {GId::Kind::ordinary, n, false, Addr(0x1000U * static_cast<unsigned>(n))}; }
GId g0(int m) { return {GId::Kind::g0, m, false, Addr(0x900000U + static_cast<unsigned>(m))}; }
const GId kNil;
const GId kSignal{GId::Kind::gsignal, 0, true, Addr(0x800000)};

Event curg(std::uint64_t step, const GId& from, const GId& to, int m = 0) {
  return {step, m, CurgChange{from, to}};
}
Event stack(std::uint64_t step, const GId& from, const GId& to, int m = 0) {
  return {step, m, StackSwitch{from, to}};
}

TEST(Handoff, is_just_after_gogo_has_loaded_sp) {
  auto session = worker("");
  for (int i = 0; i < 3; ++i) {
    go(*session, CommandId::next_handoff);
    EXPECT_EQ(here(*session), "runtime.gogo+0x26");
  }
}

TEST(Handoff, commands_find_every_gogo_of_a_run_and_the_same_ones_backwards) {
  auto session = worker("");
  std::vector<std::uint64_t> gogos;
  while (execute(*session, CommandId::run_to, "runtime.gogo+0x26").ok()) {
    gogos.push_back(session->cursor().position());
  }
  ASSERT_GE(gogos.size(), 3U);
  EXPECT_EQ(handoffs(session->events()), gogos);
  go(*session, CommandId::go_start);
  for (const std::uint64_t at : gogos) {
    go(*session, CommandId::next_handoff);
    EXPECT_EQ(session->cursor().position(), at);
  }
  // None is left: to the end, and from there back along all of them to the start.
  EXPECT_EQ(go(*session, CommandId::next_handoff).stop->reason(), StopReason::exit);
  EXPECT_TRUE(session->cursor().at_end());
  while (!gogos.empty()) {
    go(*session, CommandId::last_handoff);
    EXPECT_EQ(session->cursor().position(), gogos.back());
    gogos.pop_back();
  }
  go(*session, CommandId::last_handoff);
  EXPECT_EQ(session->cursor().position(), 0U);
}

TEST(Handoff, search_records_no_step_beyond_it) {
  auto session = worker("");
  go(*session, CommandId::next_handoff);
  EXPECT_TRUE(session->cursor().at_end());
}

TEST(Handoff, is_not_a_return_from_systemstack) {
  auto session = worker("");
  go(*session, CommandId::run);
  const std::vector<std::uint64_t> found = handoffs(session->events());
  int returns = 0;
  for (const Event& e : session->events()) {
    const auto* onto = e.as<StackSwitch>();
    if (onto == nullptr || !onto->to.is_ordinary()) continue;
    const bool handoff = std::find(found.begin(), found.end(), e.step + 1) != found.end();
    Cursor cursor(session->trace());
    cursor.seek(e.step);
    const std::string function = session->guest().code.symbolize(cursor.state().pc());
    EXPECT_EQ(handoff, function.starts_with("runtime.gogo")) << function;
    if (!handoff) ++returns;
  }
  EXPECT_GT(returns, 0) << "newproc runs newproc1 on g0's stack";
}

TEST(Handoff, of_each_m_follows_from_its_own_events) {
  const std::vector<Event> events = {
      curg(10, kNil, user(1), 0),  curg(11, kNil, user(2), 1),   stack(12, g0(1), user(2), 1),
      stack(13, g0(0), user(1)),   stack(20, user(1), g0(0)),    stack(21, g0(0), user(1)),
      curg(30, user(2), kNil, 1),  stack(31, user(1), kNil, 1),  curg(40, kNil, g0(0)),
      stack(41, user(1), g0(0)),   curg(42, kNil, kSignal),      stack(43, g0(0), kSignal),
      curg(50, kNil, user(10), 1), stack(51, kNil, user(10), 1),
  };
  EXPECT_EQ(handoffs(events), (std::vector<std::uint64_t>{13, 14, 52}));
}

TEST(BackTo, finds_the_last_moment_at_a_place) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.schedule#2");
  const std::uint64_t second = session->cursor().position();
  go(*session, CommandId::run_to, "runtime.schedule#1");
  const std::uint64_t first = session->cursor().position();
  go(*session, CommandId::run);
  go(*session, CommandId::run_to, "runtime.goexit0#1");
  go(*session, CommandId::back_to, "runtime.schedule");
  EXPECT_EQ(session->cursor().position(), second);
  const Outcome outcome = go(*session, CommandId::back_to, "runtime.schedule");
  EXPECT_EQ(session->cursor().position(), first) << "not the moment shown, but the one before it";
  EXPECT_FALSE(outcome.stop);
}

TEST(BackTo, takes_offsets_and_lines) {
  auto session = worker("");
  go(*session, CommandId::run);
  go(*session, CommandId::back_to, "runtime.mcall+0x4e");
  EXPECT_EQ(here(*session), "runtime.mcall+0x4e");
  go(*session, CommandId::run);
  go(*session, CommandId::back_to, "runtime.goexit0:\"gp.m = nil\"");
  EXPECT_EQ(here(*session).substr(0, 15), "runtime.goexit0");
}

TEST(BackTo, that_finds_nothing_says_so_and_does_not_move) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.schedule");
  const std::uint64_t at = session->cursor().position();
  const struct {
    const char* argument;
    const char* error;
  } kWrong[] = {
      {"runtime.goexit0", "the run has not reached runtime.goexit0 before this moment"},
      {"runtime.gogx", "there is no function runtime.gogx; did you mean runtime.gogo?"},
      {"runtime.schedule#1",
       "back-to takes a place such as runtime.gogo; run-to goes to states and counted visits"},
      {"3", "'3' is not a place in the code, such as runtime.gogo"},
      {"", "a place is expected: a state number, end, or a function such as runtime.gogo"},
  };
  for (const auto& wrong : kWrong) {
    EXPECT_EQ(execute(*session, CommandId::back_to, wrong.argument).error.in(Language::en), wrong.error);
    EXPECT_EQ(session->cursor().position(), at);
  }
}

}  // namespace
}  // namespace gogoscope
