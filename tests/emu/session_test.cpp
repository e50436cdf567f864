// Moving through a run, in both directions, and changing its past.
#include <sstream>

#include "emu/history/event_info.h"
#include "emu/layout/describe.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

std::uint64_t field(const Session& session, const char* path) {
  const auto place = find_field(session.guest(), session.cursor().state(), path);
  EXPECT_TRUE(place) << path;
  return place ? session.cursor().state().load_or_zero(place->addr, static_cast<int>(place->size)) : 0;
}

Outcome go(Session& session, CommandId id, const std::string& argument = "") {
  Outcome outcome = execute(session, id, argument);
  EXPECT_TRUE(outcome.ok()) << argument;
  return outcome;
}

TEST(Session, starts_at_the_first_instruction_of_the_process) {
  auto session = worker("");
  EXPECT_EQ(here(*session), "runtime.rt0_go");
  EXPECT_EQ(session->trace().steps(), 0U);
}

TEST(Session, steps_over_the_indirect_jump_of_gogo_and_back) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.gogo+0x55#2");
  const std::uint64_t at_jump = session->cursor().state().hash();
  go(*session, CommandId::step);
  EXPECT_EQ(here(*session), "main.worker");
  go(*session, CommandId::back);
  EXPECT_EQ(here(*session), "runtime.gogo+0x55");
  EXPECT_EQ(session->cursor().state().hash(), at_jump);
}

TEST(Session, walking_back_never_touches_the_record) {
  auto session = worker("");
  go(*session, CommandId::run);
  const std::uint64_t steps = session->trace().steps(), bytes = session->trace().delta_bytes();
  go(*session, CommandId::go_start);
  go(*session, CommandId::run);
  EXPECT_EQ(session->trace().steps(), steps);
  EXPECT_EQ(session->trace().delta_bytes(), bytes);
}

TEST(Session, step_line_stops_at_starts_of_lines_and_goes_into_calls) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit0:\"casgstatus(gp, _Grunning, _Gdead)\"");
  go(*session, CommandId::step_line);
  EXPECT_EQ(here(*session), "runtime.casgstatus");
  go(*session, CommandId::step_out);
  const Instruction* back_in = session->guest().code.instruction_at(session->cursor().state().pc());
  ASSERT_TRUE(back_in);
  EXPECT_EQ(session->guest().code.functions()[back_in->function].name, "runtime.goexit0");
}

TEST(Session, back_line_undoes_step_line) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit0:\"gp.m = nil\"");
  const std::uint64_t start = session->cursor().position();
  for (int i = 0; i < 5; ++i) go(*session, CommandId::step_line);
  EXPECT_GT(session->cursor().position(), start);
  for (int i = 0; i < 5; ++i) go(*session, CommandId::back_line);
  EXPECT_EQ(session->cursor().position(), start);
}

TEST(Session, step_out_of_schedule_ends_where_g0_starts_again) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.schedule#2");
  const Addr sp = session->cursor().state().sp();
  go(*session, CommandId::step_out);
  EXPECT_GT(session->cursor().state().sp(), sp) << "schedule never returns; mcall takes its stack away";
  EXPECT_EQ(here(*session).substr(0, 13), "runtime.mcall");
}

TEST(Session, runs_to_breakpoints_in_both_directions) {
  auto session = worker("");
  go(*session, CommandId::toggle_break, "runtime.goexit0");
  ASSERT_EQ(session->breakpoints().size(), 1U);
  Outcome outcome = go(*session, CommandId::run);
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::breakpoint);
  EXPECT_EQ(here(*session), "runtime.goexit0");
  const std::uint64_t at = session->cursor().position();
  outcome = go(*session, CommandId::run);
  EXPECT_EQ(outcome.stop->reason(), StopReason::exit);
  go(*session, CommandId::run_back);
  EXPECT_EQ(session->cursor().position(), at);
  go(*session, CommandId::run_back);
  EXPECT_EQ(session->cursor().position(), 0U);
  go(*session, CommandId::toggle_break, "runtime.goexit0");
  EXPECT_TRUE(session->breakpoints().empty());
}

TEST(Session, finds_events_forwards_and_backwards) {
  auto session = worker("");
  std::vector<std::uint64_t> forward{0};
  while (!session->trace().end() || !session->cursor().at_end()) {
    go(*session, CommandId::next_event);
    if (session->cursor().position() == forward.back()) break;
    forward.push_back(session->cursor().position());
  }
  ASSERT_GT(forward.size(), 20U);
  while (forward.size() > 1) {
    EXPECT_EQ(session->cursor().position(), forward.back());
    forward.pop_back();
    go(*session, CommandId::last_event);
  }
  EXPECT_EQ(session->cursor().position(), 0U);
}

TEST(Session, answers_what_last_wrote_a_field) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit0");
  go(*session, CommandId::last_write, "g2.sched.sp");
  EXPECT_EQ(here(*session), "runtime.mcall+0x1f");
  EXPECT_EQ(field(*session, "g2.sched.sp"), field(*session, "g2.stack.hi") - 88);
  go(*session, CommandId::last_write, "g2.sched.sp");
  EXPECT_EQ(here(*session), "runtime.gogo+0x39") << "gogo had cleared it";
  go(*session, CommandId::next_write, "g2.sched.sp");
  EXPECT_EQ(here(*session), "runtime.mcall+0x1f");
}

TEST(Session, finds_a_store_of_an_equal_value) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.gogo#2");
  go(*session, CommandId::next_write, "g2.sched.ret");
  EXPECT_EQ(here(*session), "runtime.gogo+0x41");
  const Step step = session->cursor().last();
  ASSERT_EQ(step.stores.size(), 1U);
  EXPECT_EQ(step.stores[0].old_value, 0U) << "MOVQ $0, gobuf_ret(BX) writes 0 over 0, and is recorded";
  EXPECT_EQ(step.stores[0].new_value, 0U);
}

TEST(Session, walks_and_saves_a_step_of_a_hundred_stores) {
  // Longer than a record's one-byte length can say.
  auto session =
      worker("\tLEAQ -1000(SP), DI\n\tMOVQ $100, CX\n\tMOVQ $0x1122334455667788, AX\n\tCLD\n\tREP; STOSQ");
  go(*session, CommandId::run_to, "main.worker");
  for (int i = 0; i < 4; ++i) go(*session, CommandId::step);
  const std::uint64_t before = session->cursor().state().hash();
  go(*session, CommandId::step);
  const std::uint64_t after = session->cursor().state().hash();
  EXPECT_EQ(session->cursor().last().stores.size(), 100U);
  go(*session, CommandId::step);
  for (int i = 0; i < 2; ++i) go(*session, CommandId::back);
  EXPECT_EQ(session->cursor().state().hash(), before);
  EXPECT_EQ(session->cursor().next().stores.size(), 100U);
  go(*session, CommandId::step);
  EXPECT_EQ(session->cursor().state().hash(), after);

  std::stringstream file;
  session->trace().save(file);
  auto opened = Trace::open(file);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Trace>>(opened))
      << std::get<Message>(opened).in(Language::en);
  Cursor cursor(*std::get<std::unique_ptr<Trace>>(opened));
  cursor.seek(session->cursor().position());
  EXPECT_EQ(cursor.state().hash(), after);
  ASSERT_TRUE(cursor.back());
  EXPECT_EQ(cursor.state().hash(), before);
}

TEST(Session, counts_visits_from_the_start_and_uncounted_ones_from_here) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.schedule#2");
  const std::uint64_t second = session->cursor().position();
  go(*session, CommandId::go_start);
  go(*session, CommandId::run_to, "runtime.schedule");
  go(*session, CommandId::run_to, "runtime.schedule");
  EXPECT_EQ(session->cursor().position(), second);
  go(*session, CommandId::run_to, "runtime.schedule#1");
  EXPECT_LT(session->cursor().position(), second);
}

TEST(Session, an_edit_is_a_step_and_cuts_the_old_future_off) {
  auto session = worker("");
  go(*session, CommandId::run);
  const std::uint64_t steps = session->trace().steps();
  session->events();
  go(*session, CommandId::run_to, "runtime.goexit0#1");
  const std::uint64_t at = session->cursor().position();
  const Outcome outcome = go(*session, CommandId::edit, "g2.param = 0x10");
  EXPECT_EQ(outcome.cut_off, steps - at);
  EXPECT_EQ(session->trace().steps(), at + 1);
  EXPECT_EQ(session->cursor().last().kind, StepKind::edit);
  EXPECT_EQ(field(*session, "g2.param"), 0x10U);
  for (const Event& event : session->events()) EXPECT_LT(event.step, at + 1);
  EXPECT_EQ(go(*session, CommandId::run).stop->reason(), StopReason::exit);
  EXPECT_EQ(field(*session, "g2.param"), 0U) << "goexit0 resets it";
  // Back over the edit, the field has its old value again.
  while (session->cursor().position() > at) go(*session, CommandId::back);
  EXPECT_EQ(field(*session, "g2.param"), 0U);
}

TEST(Session, an_edit_can_change_what_happens) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit0:\"if _g_.m.lockedInt != 0 {\"");
  go(*session, CommandId::edit, "m0.lockedInt = 3");
  const Outcome outcome = go(*session, CommandId::run);
  EXPECT_EQ(outcome.stop->reason(), StopReason::throw_);
  EXPECT_EQ(stop_detail(outcome, *session),
            "invalid m->lockedInt = 3\nfatal error: internal lockOSThread error");
}

TEST(Session, says_what_is_wrong_with_a_command_and_does_not_move) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit0");
  const std::uint64_t at = session->cursor().position();
  const struct {
    CommandId id;
    const char* argument;
    const char* error;
  } kWrong[] = {
      {CommandId::run_to, "runtime.gogx", "there is no function runtime.gogx; did you mean runtime.gogo?"},
      {CommandId::run_to, "runtime.gogo+0x1", "no instruction starts at runtime.gogo+0x1"},
      {CommandId::run_to, "runtime.goexit0:\"gp.x = nil\"",
       "runtime.goexit0 has no line \"gp.x = nil\" with code"},
      {CommandId::run_to, "runtime.goexit0#9", "the run reaches runtime.goexit0 only 1 time"},
      {CommandId::run_to, "runtime.goexit0#0",
       "# must be followed by the number of a visit, 1 or more, not '0'"},
      {CommandId::run_to, "", "a place is expected: a state number, end, or a function such as runtime.gogo"},
      {CommandId::last_write, "g9.sched.sp", "there is no field g9.sched.sp at this moment"},
      {CommandId::edit, "rax", "an edit has the form name = value, such as rax = 5 or g2.param = 0x10"},
      {CommandId::edit, "rax = seven", "'seven' is neither a number nor the name of a g, m, p or symbol"},
      {CommandId::edit, "g2.pram = 1", "there is no register or field g2.pram at this moment"},
      {CommandId::edit, "g2.atomicstatus = 0x100000000",
       "0x100000000 does not fit the 4 bytes of g2.atomicstatus"},
      {CommandId::edit, "rip = 5", "no instruction starts at 0x5"},
      {CommandId::edit, "rflags = 3", "only the flags CF, PF, AF, ZF, SF, DF and OF may be changed"},
      {CommandId::give_turn, "m0", "it is m0's turn already"},
      {CommandId::give_turn, "m1", "m1 has no thread"},
      {CommandId::give_turn, "me", "'me' is not an M; give a turn to one such as m1"},
      {CommandId::clear_break, "3", "there is no breakpoint 3"},
      {CommandId::go_to_branch, "", "no future of this record has been cut off"},
      {CommandId::toggle_break, "12",
       "a breakpoint is set at a place such as runtime.gogo+0x23, or on a field such as g2.sched.sp"},
  };
  for (const auto& wrong : kWrong) {
    EXPECT_EQ(execute(*session, wrong.id, wrong.argument).error.in(Language::en), wrong.error);
    EXPECT_EQ(session->cursor().position(), at);
  }
}

std::string saved(const Session& session) {
  std::ostringstream out;
  session.trace().save(out);
  return out.str();
}

std::vector<std::string> events_of(Session& session) {
  std::vector<std::string> out;
  for (const Event& event : session.events()) {
    out.push_back(std::to_string(event.step) + " " + to_string(event, session.guest()));
  }
  return out;
}

TEST(Session, a_refused_edit_or_turn_keeps_the_future) {
  auto session = worker("");
  go(*session, CommandId::run);
  go(*session, CommandId::run_to, "runtime.goexit0#1");
  const std::string before = saved(*session);
  const std::uint64_t at = session->cursor().position();
  const std::pair<CommandId, const char*> kRefused[] = {
      {CommandId::edit, "rflags = 3"},   {CommandId::edit, "rip = 5"},
      {CommandId::edit, "g2.nope = 1"},  {CommandId::edit, "g2.atomicstatus = 0x100000000"},
      {CommandId::edit, "rax = nobody"}, {CommandId::give_turn, "m0"},
      {CommandId::give_turn, "m1"},      {CommandId::give_turn, "m99"},
      {CommandId::go_to_branch, "1"},
  };
  for (const auto& [id, argument] : kRefused) {
    const Outcome outcome = execute(*session, id, argument);
    EXPECT_FALSE(outcome.ok()) << argument;
    EXPECT_EQ(outcome.cut_off, 0U);
    EXPECT_TRUE(saved(*session) == before) << argument;
    EXPECT_EQ(session->cursor().position(), at);
  }
}

TEST(Session, goes_back_to_a_future_that_an_edit_cut_off) {
  auto session = worker("");
  go(*session, CommandId::run);
  const std::string first = saved(*session);
  const std::vector<std::string> first_events = events_of(*session);
  go(*session, CommandId::run_to, "runtime.goexit0:\"if _g_.m.lockedInt != 0 {\"#1");
  const std::uint64_t at = session->cursor().position();
  const Outcome edit = go(*session, CommandId::edit, "m0.lockedInt = 3");
  EXPECT_EQ(edit.branch, 1);
  EXPECT_EQ(go(*session, CommandId::run).stop->reason(), StopReason::throw_);
  const std::string second = saved(*session);
  const std::vector<std::string> second_events = events_of(*session);
  ASSERT_EQ(session->trace().branches().size(), 1U);
  EXPECT_EQ(session->trace().branches()[0].from, at);

  Outcome back = session->execute({CommandId::go_to_branch});
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back.to, at);
  EXPECT_EQ(back.branch, 2) << "what was tried is kept";
  EXPECT_TRUE(saved(*session) == first);
  EXPECT_EQ(events_of(*session), first_events);
  EXPECT_EQ(go(*session, CommandId::run).stop->reason(), StopReason::exit);

  back = session->execute({CommandId::go_to_branch, BranchId{2}});
  ASSERT_TRUE(back.ok()) << back.error.in(Language::en);
  EXPECT_TRUE(saved(*session) == second);
  EXPECT_EQ(events_of(*session), second_events);
  EXPECT_FALSE(session->execute({CommandId::go_to_branch, BranchId{1}}).ok()) << "it is the record's no more";
}

TEST(Session, undo_and_redo_go_over_edits_and_what_they_cut_off_comes_back) {
  auto session = worker("");
  go(*session, CommandId::run);
  const std::string whole = saved(*session);
  EXPECT_EQ(session->execute({CommandId::undo}).error.in(Language::en), "nothing has been changed by hand");
  EXPECT_EQ(session->execute({CommandId::redo}).error.in(Language::en),
            "nothing has been taken back since the last change");
  go(*session, CommandId::go_start);
  go(*session, CommandId::run_to, "runtime.goexit0");
  const std::uint64_t first_at = session->cursor().position();
  go(*session, CommandId::edit, "rax = 5");
  go(*session, CommandId::run);
  const std::string first = saved(*session);
  go(*session, CommandId::run_to, std::to_string(first_at + 20));
  go(*session, CommandId::edit, "rbx = 6");
  const std::string second = saved(*session);

  Outcome outcome = session->execute({CommandId::undo});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.to, first_at + 20);
  EXPECT_TRUE(saved(*session) == first);
  outcome = session->execute({CommandId::undo});
  EXPECT_EQ(outcome.to, first_at);
  EXPECT_TRUE(saved(*session) == whole);
  EXPECT_FALSE(session->execute({CommandId::undo}).ok());

  outcome = session->execute({CommandId::redo});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.to, first_at + 1) << "just after the edit";
  EXPECT_TRUE(saved(*session) == first);
  EXPECT_TRUE(session->execute({CommandId::redo}).ok());
  EXPECT_TRUE(saved(*session) == second);
  EXPECT_FALSE(session->execute({CommandId::redo}).ok());

  // A change that is made after an undo puts aside what was undone.
  session->execute({CommandId::undo});
  session->execute({CommandId::undo});
  go(*session, CommandId::run_to, std::to_string(first_at + 7));
  go(*session, CommandId::edit, "rcx = 7");
  EXPECT_FALSE(session->execute({CommandId::redo}).ok());
  EXPECT_EQ(session->execute({CommandId::undo}).to, first_at + 7);
  EXPECT_TRUE(saved(*session) == whole);
}

TEST(Session, an_edit_where_the_record_ends_can_be_undone_and_redone) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  const std::string before = saved(*session);
  const std::uint64_t at = session->cursor().position();
  go(*session, CommandId::edit, "rax = 5");
  const std::string edited = saved(*session);
  EXPECT_EQ(session->execute({CommandId::undo}).to, at);
  EXPECT_TRUE(saved(*session) == before);
  go(*session, CommandId::step);  // another future grows there
  EXPECT_EQ(session->execute({CommandId::redo}).to, at + 1);
  EXPECT_TRUE(saved(*session) == edited);
  EXPECT_EQ(session->cursor().state().reg(Reg::rax), 5U);
}

TEST(Session, edits_that_a_scenario_made_cannot_be_undone) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  go(*session, CommandId::edit, "rax = 5");
  EXPECT_TRUE(session->cursor().last().by_hand);
  session->adopt_edits();
  EXPECT_FALSE(session->cursor().last().by_hand);
  EXPECT_EQ(session->cursor().last().kind, StepKind::edit);
  EXPECT_FALSE(session->execute({CommandId::undo}).ok());
}

TEST(Session, an_opened_record_can_be_neither_undone_nor_redone) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  std::istringstream in(saved(*session));
  auto opened = Trace::open(in);
  auto replay = replay_session(std::move(std::get<std::unique_ptr<Trace>>(opened)));
  for (const CommandId id : {CommandId::undo, CommandId::redo}) {
    EXPECT_EQ(replay->execute({id}).error.in(Language::en),
              "this is an opened record: you can step through it, but not edit it");
  }
}

TEST(Session, a_stop_names_every_cause_with_its_thread_and_place) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  go(*session, CommandId::set_break, "sched.runqsize");
  go(*session, CommandId::edit, "sched.runqsize = 7");
  go(*session, CommandId::set_break, "main.worker");
  go(*session, CommandId::back);
  const Outcome outcome = go(*session, CommandId::run);
  ASSERT_TRUE(outcome.stop);
  EXPECT_TRUE(outcome.stop->has(StopReason::breakpoint));
  EXPECT_TRUE(outcome.stop->has(StopReason::invariant));
  ASSERT_EQ(outcome.stop->causes.size(), 2U)
      << "an edit does not come to the place: " << stop_detail(outcome, *session);
  for (const StopCause& cause : outcome.stop->causes) {
    EXPECT_EQ(cause.thread, 0);
    EXPECT_EQ(session->guest().code.symbolize(cause.pc), "main.worker");
  }
  EXPECT_TRUE(std::get<FieldWritten>(outcome.stop->causes[0].what).by_edit);
  EXPECT_EQ(std::get<InvariantBreak>(outcome.stop->causes[1].what).name, "runqsize-counts");
}

TEST(Session, the_caller_says_what_stops_a_run) {
  auto session = worker("");
  go(*session, CommandId::run_to, "main.worker");
  go(*session, CommandId::edit, "sched.runqsize = 7");
  const std::uint64_t broken = session->cursor().position();
  go(*session, CommandId::set_break, "runtime.goexit0");
  const auto run_with = [&](StopMask mask) {
    session->execute({CommandId::run_to, Where::at_state(broken - 1)});
    return session->execute({CommandId::run, {}, mask}).stop->causes;
  };
  EXPECT_EQ(run_with({.breakpoints = true, .invariants = true}).front().reason(), StopReason::invariant);
  EXPECT_EQ(run_with({.invariants = true}).front().reason(), StopReason::invariant);
  EXPECT_EQ(run_with({.breakpoints = true}).front().reason(), StopReason::breakpoint);
  const auto end = run_with({});
  ASSERT_EQ(end.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<RunEnded>(end.front().what));
}

TEST(Session, speaks_of_its_errors_in_both_languages) {
  auto session = worker("");
  const std::pair<CommandId, const char*> kWrong[] = {
      {CommandId::run_to, "runtime.gogx"},
      {CommandId::run_to, "9#0"},
      {CommandId::run_to, "99999999"},
      {CommandId::back_to, "main.main"},
      {CommandId::next_write, "g9"},
      {CommandId::toggle_break, "nobody"},
      {CommandId::edit, "rax"},
      {CommandId::edit, "rflags = 3"},
      {CommandId::give_turn, "m3"},
      {CommandId::clear_break, "1"},
      {CommandId::go_to_branch, "x"},
  };
  for (const auto& [id, argument] : kWrong) {
    const Message error = execute(*session, id, argument).error;
    EXPECT_FALSE(error.empty()) << argument;
    EXPECT_NE(error.in(Language::en), error.in(Language::zh)) << argument;
    EXPECT_EQ(error.in(Language::en).find('{'), std::string::npos);
    EXPECT_EQ(error.in(Language::zh).find('{'), std::string::npos);
  }
}

TEST(Names, claim_no_return_address_for_goexit) {
  auto session = worker("");
  go(*session, CommandId::run_to, "runtime.goexit1");
  const Names names(session->guest(), session->cursor().state());
  const Addr hi(field(*session, "g2.stack.hi"));
  EXPECT_EQ(names.describe(hi - 40), "return address of goexit1");
  EXPECT_EQ(names.describe(hi - 32), "g2.stack hi-32") << "the forged frame has no caller";
}

TEST(Commands, are_listed_in_the_order_of_their_ids_with_both_languages) {
  for (std::size_t i = 0; i < commands().size(); ++i) {
    const CommandInfo& row = commands()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.id), i) << row.name;
    EXPECT_FALSE(row.help_en.empty() || row.help_zh.empty()) << row.name;
    EXPECT_EQ(command_by_name(row.name), &row);
  }
  EXPECT_EQ(command_by_name("jump"), nullptr);
}

TEST(Commands, are_read_as_they_are_printed) {
  auto session = worker("");
  const Code& code = session->guest().code;
  for (const char* line :
       {"step", "run-to 412", "run-to end", "run-to runtime.gogo+0x23#2", "back-to runtime.schedule",
        "next-write p0.runqhead", "break sched.lock", "set-break runtime.goexit0:\"gp.m = nil\"",
        "clear-break 3", "clear-break runtime.gogo", "edit rax = 0x5", "edit g2.param = g3", "turn m1",
        "branch", "branch 2"}) {
    const auto parsed = parse_command(line, code);
    ASSERT_EQ(parsed.index(), 0U) << line;
    EXPECT_EQ(to_string(std::get<Command>(parsed)), line);
  }
  const auto state = parse_command(" 412 ", code);
  EXPECT_EQ(to_string(std::get<Command>(state)), "run-to 412");
  for (const char* wrong :
       {"jump", "step 3", "run-to", "turn", "branch x", "edit rax =", "edit = 3x", "clear-break"}) {
    EXPECT_EQ(parse_command(wrong, code).index(), 1U) << wrong;
  }
}

TEST(Commands, without_the_argument_they_need_do_nothing) {
  auto session = worker("");
  for (const CommandInfo& row : commands()) {
    if (row.argument == ArgumentKind::none || row.argument == ArgumentKind::branch) continue;
    EXPECT_FALSE(session->execute({row.id}).ok()) << row.name;
    EXPECT_FALSE(session->problem({row.id}).empty()) << row.name;
  }
  EXPECT_EQ(session->cursor().position(), 0U);
}

}  // namespace
}  // namespace gogoscope
