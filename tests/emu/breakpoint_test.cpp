// Breakpoints on writes, beside those in the code.
#include "emu/layout/describe.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

Outcome go(Session& session, CommandId id, const std::string& argument = "") {
  Outcome outcome = execute(session, id, argument);
  EXPECT_TRUE(outcome.ok()) << argument;
  return outcome;
}

/// The worker's goroutine exists and has not exited.
std::unique_ptr<Session> before_the_exit() {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit+0x1");
  return session;
}

TEST(WriteBreakpoint, stops_just_after_the_store) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit1");
  go(*session, CommandId::toggle_break, "g2.sched.sp");
  EXPECT_EQ(stop_detail(go(*session, CommandId::run), *session),
            "g2.sched.sp written at runtime.mcall+0x1b on m0");
  EXPECT_EQ(here(*session), "runtime.mcall+0x1f");
}

TEST(WriteBreakpoint, stops_after_a_store_of_an_equal_value) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.gogo#2");
  go(*session, CommandId::toggle_break, "g2.sched.ret");
  EXPECT_EQ(stop_detail(go(*session, CommandId::run), *session),
            "g2.sched.ret written at runtime.gogo+0x39 on m0");
  const Step step = session->cursor().last();
  ASSERT_EQ(step.stores.size(), 1U);
  EXPECT_EQ(step.stores[0].old_value, step.stores[0].new_value);
}

TEST(WriteBreakpoint, stops_at_the_same_moments_in_both_directions) {
  auto session = worker("");
  go(*session, CommandId::toggle_break, "m0.curg");
  std::vector<std::uint64_t> moments;
  while (go(*session, CommandId::run).stop->reason() == StopReason::breakpoint) {
    moments.push_back(session->cursor().position());
  }
  ASSERT_GT(moments.size(), 4U);
  while (!moments.empty()) {
    go(*session, CommandId::run_back);
    EXPECT_EQ(session->cursor().position(), moments.back());
    moments.pop_back();
  }
  go(*session, CommandId::run_back);
  EXPECT_EQ(session->cursor().position(), 0U);
}

TEST(WriteBreakpoint, keeps_the_address_that_the_path_named_when_it_was_set) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  go(*session, CommandId::toggle_break, "m0.curg.sched.pc");
  const FieldRef set = *session->breakpoints().front().written;
  EXPECT_EQ(set.addr, find_field(session->guest(), session->cursor().state(), "g2.sched.pc")->addr);
  // m0.curg is nil from dropg on; the breakpoint still watches g2.
  go(*session, CommandId::run);
  EXPECT_EQ(here(*session), "runtime.mcall+0x16");
  EXPECT_EQ(session->breakpoints().front().text, "m0.curg.sched.pc");
  EXPECT_EQ(session->breakpoints().front().written->addr, set.addr);
}

TEST(WriteBreakpoint, of_a_struct_stops_at_a_write_of_any_of_its_fields) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit1");
  go(*session, CommandId::toggle_break, "g2");
  EXPECT_EQ(stop_detail(go(*session, CommandId::run), *session), "g2 written at runtime.mcall+0x12 on m0");
}

TEST(WriteBreakpoint, is_cleared_by_the_same_path_and_by_another_path_to_the_same_field) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  go(*session, CommandId::toggle_break, "m0.curg.sched.pc");
  go(*session, CommandId::toggle_break, " g2.sched.pc ");
  EXPECT_TRUE(session->breakpoints().empty());
  go(*session, CommandId::toggle_break, "g2.sched.pc");
  go(*session, CommandId::toggle_break, "g2.sched.sp");
  EXPECT_EQ(session->breakpoints().size(), 2U);
  go(*session, CommandId::toggle_break, "g2.sched.sp");
  ASSERT_EQ(session->breakpoints().size(), 1U);
  EXPECT_EQ(session->breakpoints().front().text, "g2.sched.pc");
}

TEST(WriteBreakpoint, and_a_place_may_stop_a_run_at_one_moment) {
  auto session = before_the_exit();
  go(*session, CommandId::toggle_break, "g2.sched.sp");
  go(*session, CommandId::toggle_break, "runtime.mcall+0x1f");
  ASSERT_EQ(session->breakpoints().size(), 2U);
  EXPECT_EQ(session->breakpoints()[1].text, "runtime.mcall+0x1f");
  EXPECT_EQ(session->breakpoints()[1].place.function, "runtime.mcall");
  EXPECT_FALSE(session->breakpoints()[1].written);
  EXPECT_TRUE(session->breakpoints()[0].addresses.empty());
  EXPECT_EQ(stop_detail(go(*session, CommandId::run), *session),
            "runtime.mcall+0x1f on m0; g2.sched.sp written at runtime.mcall+0x1b on m0");
}

TEST(WriteBreakpoint, names_an_edit_as_what_it_is) {
  auto session = before_the_exit();
  const std::uint64_t at = session->cursor().position();
  go(*session, CommandId::edit, "g2.param = 0x10");
  go(*session, CommandId::toggle_break, "g2.param");
  go(*session, CommandId::go_start);
  Outcome outcome;
  do {
    outcome = go(*session, CommandId::run);
  } while (session->cursor().position() <= at);
  EXPECT_EQ(stop_detail(outcome, *session), "g2.param written by an edit before runtime.goexit+0x1 on m0");
}

TEST(Breakpoint, has_an_identity_by_which_it_is_cleared) {
  auto session = before_the_exit();
  go(*session, CommandId::set_break, "runtime.goexit0");
  go(*session, CommandId::set_break, "runtime.goexit0");
  go(*session, CommandId::set_break, "runtime.goexit0+0x0");
  ASSERT_EQ(session->breakpoints().size(), 1U) << "set is set";
  go(*session, CommandId::set_break, "m0.curg.sched.pc");
  const BreakpointId field = session->breakpoints()[1].id;
  // The path may mean another field by now, or none: its number is still its own.
  go(*session, CommandId::run_to, "runtime.schedule");
  ASSERT_FALSE(find_field(session->guest(), session->cursor().state(), "m0.curg.sched.pc"));
  EXPECT_TRUE(session->execute({CommandId::clear_break, field}).ok());
  EXPECT_FALSE(session->execute({CommandId::clear_break, field}).ok());
  ASSERT_EQ(session->breakpoints().size(), 1U);
  go(*session, CommandId::clear_break, "runtime.goexit0");
  go(*session, CommandId::clear_break, "runtime.goexit0");
  EXPECT_TRUE(session->breakpoints().empty());
  go(*session, CommandId::set_break, "runtime.goexit0");
  EXPECT_GT(session->breakpoints()[0].id.number, field.number) << "a number is never used twice";
}

TEST(Breakpoint, says_what_was_tried_and_what_may_be_meant) {
  auto session = before_the_exit();
  const struct {
    const char* argument;
    const char* error;
  } kWrong[] = {
      {"g2.shed.sp",
       "there is neither a function nor, at this moment, a field g2.shed.sp; did you mean "
       "g2.sched.sp?"},
      {"runtime.gogx",
       "there is neither a function nor, at this moment, a field runtime.gogx; did you mean "
       "runtime.gogo?"},
      {"gogo", "there is neither a function nor, at this moment, a field gogo; did you mean runtime.gogo?"},
      {"g9.sched.sp",
       "there is neither a function nor, at this moment, a field g9.sched.sp; did you mean "
       "g1.sched.sp?"},
      {"what is this", "there is neither a function nor, at this moment, a field what is this"},
      {"runtime.gogx+0x3", "there is no function runtime.gogx; did you mean runtime.gogo?"},
      {"runtime.gogo+0x1", "no instruction starts at runtime.gogo+0x1"},
      {"runtime.gogo+x", "+ must be followed by an offset, such as 0x23, not 'x'"},
      {"g2.sched.sp+4", "there is no function g2.sched.sp"},
      {"12", "a breakpoint is set at a place such as runtime.gogo+0x23, or on a field such as g2.sched.sp"},
      {"", "a breakpoint is set at a place such as runtime.gogo+0x23, or on a field such as g2.sched.sp"},
  };
  for (const auto& wrong : kWrong) {
    EXPECT_EQ(execute(*session, CommandId::toggle_break, wrong.argument).error.in(Language::en), wrong.error);
  }
  EXPECT_TRUE(session->breakpoints().empty());
}

}  // namespace
}  // namespace gogoscope
