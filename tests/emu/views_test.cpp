// What the panels of a run show: lanes, output, the goroutine beside g0, queues, the state before a step.
#include <algorithm>

#include "emu/session/views/lanes.h"
#include "emu/session/views/output_lines.h"
#include "emu/session/views/queues.h"
#include "emu/session/views/stack.h"
#include "emu/session/views/which_g.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// main starts a worker on two Ps, so that a second M is made; twice, so that the M has slept in between.
std::unique_ptr<Session> two_ms() {
  const std::string go = "\tGO main·worker(SB)\n\tMOVQ $1000, CX\n";
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies", "TEXT main·main(SB), $16-0\n" + go + "one:\n\tDECQ CX\n\tJNE one\n" + go +
                                   "two:\n\tDECQ CX\n\tJNE two\n\tRET\n"
                                   "TEXT main·worker(SB), NOSPLIT, $0-0\n\tRET\n"}};
  options.procs = 2;
  options.step_budget = 50'000;
  return live_session(std::get<Program>(build_program(options)));
}

MomentView moment(Session& session) { return moment_of(session, english_names()); }

std::vector<std::string> names(const Lanes& lanes) {
  std::vector<std::string> out;
  for (const Lane* lane : lanes.all()) out.push_back(lane->name);
  return out;
}

TEST(Lanes, grow_with_the_record_and_begin_anew_where_it_was_cut) {
  auto session = two_ms();
  Lanes lanes;
  EXPECT_EQ(lanes.follow(moment(*session)), Lanes::Change::replaced);
  EXPECT_EQ(lanes.follow(moment(*session)), Lanes::Change::none);
  EXPECT_EQ(names(lanes), (std::vector<std::string>{"m0"}));
  session->execute({CommandId::step});
  EXPECT_EQ(lanes.follow(moment(*session)), Lanes::Change::grew);
  session->execute({CommandId::run});
  EXPECT_EQ(lanes.follow(moment(*session)), Lanes::Change::grew);
  EXPECT_EQ(names(lanes), (std::vector<std::string>{"m0", "m1", "g1", "g2", "g3"}));
  EXPECT_EQ(lanes.steps(), session->trace().steps());

  const Lane* const m1 = lanes.find("m1");
  ASSERT_NE(m1, nullptr);
  EXPECT_EQ(m1->before(m1->segments.front()), nullptr);
  EXPECT_EQ(m1->at(0)->what, Lane::kAbsent) << "its thread is not there yet";
  const auto asleep = std::find_if(m1->segments.begin(), m1->segments.end(),
                                   [](const Segment& s) { return s.what == Lane::kAsleep; });
  ASSERT_NE(asleep, m1->segments.end()) << "it found no more work";
  EXPECT_TRUE(lanes.is_system(m1->before(*asleep)->what)) << "and falls asleep on its g0";
  EXPECT_EQ(lanes.owner(m1->before(*asleep)->what), "m1.g0");
  for (const Lane* lane : lanes.all()) {
    for (const Segment& s : lane->segments) {
      EXPECT_LE(s.from, s.to) << lane->name;
      const Segment* const before = lane->before(s);
      EXPECT_EQ(before == nullptr ? 0 : before->to, s.from) << lane->name;
    }
    EXPECT_EQ(lane->at(lanes.steps()), &lane->segments.back()) << lane->name;
  }
  for (const char* none : {"", "g", "g9", "m2", "p0", "m01"}) EXPECT_EQ(lanes.find(none), nullptr) << none;
  EXPECT_EQ(Lane().at(0), nullptr);

  execute(*session, CommandId::run_to, "main.worker#1");
  execute(*session, CommandId::edit, "rax = 5");
  EXPECT_EQ(lanes.follow(moment(*session)), Lanes::Change::replaced);
  EXPECT_EQ(lanes.steps(), session->trace().steps());
  EXPECT_EQ(lanes.follow(moment(*session)), Lanes::Change::none);
}

TEST(Lanes, a_thread_wakes_on_the_stack_on_which_it_fell_asleep) {
  auto session = two_ms();
  session->execute({CommandId::run});
  Lanes lanes;
  lanes.follow(moment(*session));
  int woken = 0;
  for (const Lane* lane : lanes.all()) {
    if (lane->kind != Lane::Kind::m) continue;
    for (std::size_t i = 1; i + 1 < lane->segments.size(); ++i) {
      if (lane->segments[i].what != Lane::kAsleep) continue;
      EXPECT_EQ(lane->segments[i + 1].what, lane->segments[i - 1].what) << lane->name;
      ++woken;
    }
  }
  EXPECT_GT(woken, 0);
}

TEST(Moment, the_goroutine_beside_g0_is_the_one_that_matters) {
  auto session = worker("NOP");
  const auto shown = [&](const char* place, const char* selected) {
    EXPECT_TRUE(execute(*session, CommandId::run_to, place).ok()) << place;
    const MomentView now = moment(*session);
    const Entity* const picked = now.entities().find(selected);
    const Entity* const g = now.goroutine(picked == nullptr ? Addr() : picked->addr);
    return g == nullptr ? "none" : g->name;
  };
  EXPECT_EQ(shown("0", ""), "none") << "there is no goroutine yet";
  EXPECT_EQ(shown("main.worker", ""), "g2") << "m0.curg";
  EXPECT_EQ(shown("main.worker#1", "g1"), "g1") << "the one selected";
  EXPECT_EQ(shown("main.worker#1", "p0"), "g2") << "a P is none";
  EXPECT_EQ(shown("runtime.goexit0:\"schedule()\"", ""), "g2") << "m0.curg is nil: the one that it left";
}

TEST(Moment, where_no_goroutine_was_run_yet_it_is_the_first) {
  auto session = worker("NOP");
  while (!session->cursor().at_end() || !session->trace().end()) {
    const MomentView now = moment(*session);
    const Entity* const g1 = now.entities().find("g1");
    if (g1 != nullptr) {
      EXPECT_EQ(now.goroutine(Addr()), g1);
      return;
    }
    session->execute({CommandId::next_event});
  }
  FAIL() << "there is no g1";
}

TEST(Moment, before_the_step_that_makes_a_thread_its_registers_are_as_they_were) {
  auto session = two_ms();
  session->execute({CommandId::run});
  Cursor cursor(session->trace()), before(session->trace());
  int found = 0;
  while (cursor.forward()) {
    if (cursor.last().other_regs.empty()) continue;
    before.seek(cursor.position() - 1);
    const MomentView now = moment_at(cursor, session->events(), english_names());
    const BeforeStep was = *now.before();
    for (const OtherRegChange& other : cursor.last().other_regs) {
      for (int reg = 0; reg < kRegCount; ++reg)
        EXPECT_EQ(was.reg(other.thread, static_cast<Reg>(reg)),
                  before.state().reg(other.thread, static_cast<Reg>(reg)));
      EXPECT_EQ(was.reg(other.thread, other.change.reg), other.change.old_value);
    }
    std::array<std::byte, 8> bytes{};
    EXPECT_FALSE(was.read(Addr(8), bytes));
    ++found;
  }
  EXPECT_EQ(found, 1);
}

TEST(OutputLines, are_those_of_a_terminal_whatever_writes_bring_them) {
  const std::vector<Event> events = {
      {10, 0, Write{2, "one "}},          {11, 0, Exit{0}},
      {12, 1, Write{1, "line\n\nthird"}}, {20, 0, Write{2, "\n"}},
      {30, 0, Write{2, "last\n"}},
  };
  OutputLines out;
  out.add(std::span(events).first(2));
  out.add(std::span(events).subspan(2));
  std::vector<std::string> lines;
  for (const OutputLine& line : out.lines()) lines.push_back(line.text);
  EXPECT_EQ(lines, (std::vector<std::string>{"one line", "", "third", "last"}));
  const OutputLine& first = out.lines().front();
  ASSERT_EQ(first.pieces.size(), 2U);
  EXPECT_EQ(first.pieces[1].m, 1);
  EXPECT_EQ(first.pieces[1].fd, 1);
  EXPECT_EQ(first.written_before(10), 0U);
  EXPECT_EQ(first.written_before(11), 4U);
  EXPECT_EQ(first.written_before(99), 8U);
  EXPECT_EQ(out.begun_before(10), 0U);
  EXPECT_EQ(out.begun_before(13), 3U);
  EXPECT_EQ(out.begun_before(99), 4U);
}

TEST(Queues, show_what_came_what_left_and_what_is_no_g) {
  auto session = worker("NOP");
  execute(*session, CommandId::run_to, "main.worker");
  const auto queue = [&](const char* path) {
    const std::vector<Queue> all = queues(moment(*session));
    const auto found = std::find_if(all.begin(), all.end(), [&](const Queue& q) { return q.path() == path; });
    EXPECT_NE(found, all.end()) << path;
    return found == all.end() ? Queue() : *found;
  };
  execute(*session, CommandId::edit, "p0.runnext = g1");
  ASSERT_EQ(queue("p0.runnext").items.size(), 1U);
  EXPECT_TRUE(queue("p0.runnext").items[0].came);
  execute(*session, CommandId::edit, "p0.runnext = 0x10");
  ASSERT_EQ(queue("p0.runnext").items.size(), 2U);
  EXPECT_TRUE(queue("p0.runnext").items[0].left);
  EXPECT_EQ(queue("p0.runnext").items[1].name, "0x10");
  execute(*session, CommandId::edit, "sched.midle = m0");
  EXPECT_EQ(queue("sched.midle").items[0].name, "m0");
  execute(*session, CommandId::edit, "p0.runqhead = 300");
  EXPECT_EQ(queue("p0.runq").counters[0].note, "44") << "300 is slot 44 of 256";
  EXPECT_TRUE(queue("p0.runq").counters[0].changed);
  EXPECT_EQ(queue("p0.runq").items.size(), Queue::kMostItems);
  EXPECT_GT(queue("p0.runq").length, Queue::kMostItems);
}

TEST(WhichG, says_what_does_not_fit_together) {
  using Verdict = WhichG::Verdict;
  const auto verdict = [](const char* place, const char* edit) {
    auto session = worker("NOP");
    EXPECT_TRUE(execute(*session, CommandId::run_to, place).ok());
    EXPECT_TRUE(execute(*session, CommandId::edit, edit).ok()) << edit;
    return which_g(moment(*session)).verdict;
  };
  EXPECT_EQ(verdict("main.worker", "rbx = 1"), Verdict::agree);
  EXPECT_EQ(verdict("main.worker", "m0.curg = g1"), Verdict::curg_apart);
  EXPECT_EQ(verdict("main.worker", "m0.tls[0] = 0x10"), Verdict::no_tls);
  EXPECT_EQ(verdict("main.worker", "m0.tls[0] = g1"), Verdict::torn);
  EXPECT_EQ(verdict("main.worker", "rsp = 0x10"), Verdict::off_stack);
  EXPECT_EQ(verdict("runtime.goexit0", "rbx = 1"), Verdict::on_system_stack);
  EXPECT_EQ(verdict("runtime.goexit0:\"schedule()\"", "rbx = 1"), Verdict::no_curg);
  auto without_m = worker("NOP");
  execute(*without_m, CommandId::run_to, "main.worker");
  execute(*without_m, CommandId::edit, "m0.id = 9");
  which_g(moment(*without_m));
}

TEST(StackTag, is_live_where_a_register_points) {
  using Kind = StackTag::Kind;
  for (const Kind kind : {Kind::sp, Kind::bp}) EXPECT_TRUE(StackTag({Addr(), kind}).live());
  for (const Kind kind : {Kind::saved_sp, Kind::saved_bp}) EXPECT_FALSE(StackTag({Addr(), kind}).live());
}

}  // namespace
}  // namespace gogoscope
