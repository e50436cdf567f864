// What the table of invariants says of a moment: each way in which one can be untrue, in words; and the same
// untruth where the runtime is about to make it true again.
#include <fmt/format.h>

#include <sstream>

#include "emu/check/report.h"
#include "emu/layout/describe.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

struct Untrue {
  std::string place;  ///< where the run is stopped
  std::string edits;  ///< "field = value; ...", where @FIELD is the value of a field
  std::string name;   ///< of the invariant
  InvariantState state;
  std::string detail;
};

/// main starts a worker on two Ps, so that a second M looks for work.
std::unique_ptr<Session> two_ms() {
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies", worker_text("NOP")}};
  options.procs = 2;
  options.step_budget = 50'000;
  return live_session(std::get<Program>(build_program(options)));
}

std::string with_values(const Session& session, std::string edit) {
  const auto at = edit.find('@');
  if (at == std::string::npos) return edit;
  const Image& state = session.cursor().state();
  const auto place = find_field(session.guest(), state, edit.substr(at + 1));
  EXPECT_TRUE(place) << edit;
  return edit.substr(0, at) + fmt::format("{:#x}", place ? state.load_or_zero(place->addr) : 0);
}

InvariantReport report_of(const Untrue& row, std::unique_ptr<Session> session) {
  EXPECT_TRUE(execute(*session, CommandId::run_to, row.place).ok()) << row.place;
  std::istringstream edits(row.edits);
  for (std::string edit; std::getline(edits, edit, ';');) {
    const Outcome outcome = execute(*session, CommandId::edit, with_values(*session, edit));
    EXPECT_TRUE(outcome.ok()) << edit << ": " << outcome.error.in(Language::en);
  }
  for (InvariantReport& report : invariants_at(session->cursor())) {
    if (info(report.id).name == row.name) return std::move(report);
  }
  ADD_FAILURE() << row.name;
  return {};
}

constexpr InvariantState kBroken = InvariantState::broken;
constexpr InvariantState kWindow = InvariantState::window;

TEST(InvariantDetails, say_each_way_to_be_untrue) {
  const Untrue rows[] = {
      {"main.worker", "m0.curg = 0x10", "curg-m", kBroken,
       "m0.curg is 0x10, which is not a goroutine of allgs"},
      {"main.worker", "m0.curg = g0", "g0-stays-idle", kBroken,
       "m0.curg is g0, which is not a goroutine of allgs"},
      {"main.worker", "g2.m = 0x10", "curg-m", kBroken, "m0.curg is g2, but g2.m is 0x10"},
      {"runtime.goexit0", "g2.m = nil", "curg-m", kWindow,
       "m0.curg is g2, but g2.m is nil; until m0 leaves g0"},
      {"main.worker", "m0.p = 0x10", "m-and-p-agree", kBroken, "m0.p is 0x10, which is not a P"},
      {"main.worker", "m0.p = nil; p0.m = 0x10", "m-and-p-agree", kBroken,
       "p0.m is 0x10, but that M has gone"},
      {"runtime.goexit0", "p0.m = nil", "m-and-p-agree", kBroken, "p0 is running and its M is nil"},
      {"main.worker", "p0.status = 2", "m-and-p-agree", kBroken, "p0 is syscall and its M is m0"},
      {"runtime.goexit0", "p0.status = 2", "m-and-p-agree", kWindow,
       "p0 is syscall and its M is m0; until m0 leaves the scheduler"},
      {"main.worker", "g2.m = nil", "running-g-has-m-and-p", kBroken, "g2 is running, but has no M"},
      {"main.worker", "m0.curg = g1", "running-g-has-m-and-p", kBroken, "g2 is running, but m0.curg is g1"},
      {"runtime.goexit0", "m0.p = nil", "running-g-has-m-and-p", kBroken,
       "g2 is running on m0, which has no P"},
      {"runtime.goexit0", "m0.p = nil; m0.locks = 1", "running-g-has-m-and-p", kWindow,
       "g2 is running on m0, which has no P"},
      {"main.worker", "m0.lockedg = g2", "locked-m-and-g-agree", kBroken,
       "m0.lockedg is g2, but g2.lockedm is nil"},
      {"main.worker", "m0.lockedg = 0x10", "locked-m-and-g-agree", kBroken,
       "m0.lockedg is 0x10, but 0x10.lockedm is nil"},
      {"runtime.goexit1", "m0.lockedg = g2", "locked-m-and-g-agree", kWindow,
       "m0.lockedg is g2, but g2.lockedm is nil"},
      {"runtime.goexit0", "m0.lockedg = g2", "locked-m-and-g-agree", kWindow,
       "m0.lockedg is g2, but g2.lockedm is nil"},
      {"main.worker", "g2.lockedm = m0", "locked-m-and-g-agree", kBroken,
       "g2.lockedm is m0, but m0.lockedg is nil"},
      {"main.worker", "g1.lockedm = m0", "locked-m-and-g-agree", kBroken,
       "g1.lockedm is m0, but m0.lockedg is nil"},
      {"main.worker", "g2.lockedm = 0x10", "locked-m-and-g-agree", kBroken,
       "g2.lockedm is 0x10, but 0x10.lockedg is nil"},
      {"runtime.goexit1", "g2.lockedm = m0", "locked-m-and-g-agree", kWindow,
       "g2.lockedm is m0, but m0.lockedg is nil"},
      {"main.worker", "m0.p = nil; sched.midle = m0", "idle-m-has-nothing", kBroken,
       "m0 is on the list of idle Ms and has a curg"},
      {"main.worker", "m0.p = nil; m0.nextp = p0; sched.midle = m0", "idle-m-has-nothing", kBroken,
       "m0 is on the list of idle Ms and has a P"},
      {"main.worker", "m0.p = nil; m0.curg = nil; m0.spinning = true; sched.midle = m0", "idle-m-has-nothing",
       kBroken, "m0 is on the list of idle Ms and is spinning"},
      {"main.worker", "sched.pidle = p0", "idle-p-has-no-work", kBroken,
       "p0 is on the list of idle Ps and is running"},
      {"main.worker", "p0.status = 0; sched.pidle = p0", "idle-p-has-no-work", kBroken,
       "p0 is on the list of idle Ps and has m0"},
      {"main.worker", "p0.status = 0; p0.m = nil; p0.runnext = g1; sched.pidle = p0", "idle-p-has-no-work",
       kBroken, "p0 is on the list of idle Ps and has work"},
      {"main.worker", "p0.status = 0; p0.m = nil; p0.runqtail = 1; sched.pidle = p0", "idle-p-has-no-work",
       kBroken, "p0 is on the list of idle Ps and has work"},
      {"main.worker", "p0.runnext = 0x10", "queues-hold-runnable-gs", kBroken,
       "the run queue of p0 holds something that is not a g of allgs"},
      {"main.worker", "p0.runq[0] = 0x10; p0.runqtail = 1", "queues-hold-runnable-gs", kBroken,
       "the run queue of p0 holds something that is not a g of allgs"},
      {"main.worker", "sched.runq.head = g0", "queues-hold-runnable-gs", kBroken,
       "the global run queue leads to something that is not a g of allgs, or in a circle"},
      {"main.worker", "p0.gFree.head = 0x10", "free-lists-hold-dead-gs", kBroken,
       "p0.gFree leads to something that is not a g of allgs, or in a circle"},
      {"main.worker", "sched.gFree.stack.head = 0x10", "free-lists-hold-dead-gs", kBroken,
       "sched.gFree leads to something that is not a g of allgs, or in a circle"},
      {"main.worker", "sched.gFree.noStack.head = 0x10", "free-lists-hold-dead-gs", kBroken,
       "sched.gFree leads to something that is not a g of allgs, or in a circle"},
      {"runtime.goexit0", "p0.gFree.n = 3", "free-counts-match", kWindow,
       "p0.gFree.n is 3, its list has 0; until m0 leaves g0"},
      {"main.worker", "g1.stack.hi = @g2.stack.hi", "stacks-are-disjoint", kBroken,
       "the stacks of g1 and g2 overlap"},
      {"main.worker", "g1.atomicstatus = 8; g1.stack.hi = @g2.stack.hi", "stacks-are-disjoint", kBroken,
       "the stacks of g2 and g1 overlap"},
      {"main.worker", "g1.atomicstatus = 6; g2.atomicstatus = 8; g1.stack.hi = @g2.stack.hi",
       "stacks-are-disjoint", kWindow, "the stacks of g1 and g2 overlap"},
      {"main.worker", "g1.atomicstatus = 9; g1.stack.hi = 0", "stacks-are-disjoint", kBroken,
       "the stack of g1 reaches from 0xc000016000 to 0x0"},
      {"runtime.goexit0", "g1.stack.hi = 0xc3cdb6a200000000", "stacks-are-disjoint", kBroken,
       "the stack of g1 reaches from 0xc000016000 to 0xc3cdb6a200000000"},
      {"main.worker", "g0.stack.lo = @g2.stack.lo; g0.stack.hi = @g2.stack.hi", "stacks-are-disjoint",
       kBroken, "the stacks of g2 and g0 overlap"},
      {"main.worker", "rbp = @g0.stack.lo", "bp-in-stack", kBroken,
       "BP 0x7ffffffee748 of m0 points into the stack of g0, SP is on that of g2"},
      {"main.worker", "rsp = @g1.stack.lo", "sp-in-tls-g", kBroken,
       "TLS of m0 names g2, SP 0xc000016000 is on the stack of g1"},
      {"main.worker", "g1.goid = 2", "goid-is-unique", kBroken, "g2 and g1 both have goid 2"},
      {"main.worker", "runtime.allgs.len = 3", "allgs-only-grows", InvariantState::holds, ""},
  };
  for (const Untrue& row : rows) {
    const InvariantReport report = report_of(row, worker("NOP"));
    EXPECT_EQ(report.state, row.state) << row.place << ": " << row.edits;
    EXPECT_EQ(report.detail.en, row.detail) << row.place << ": " << row.edits;
    EXPECT_EQ(report.detail.en.empty(), report.detail.zh.empty());
  }
}

TEST(InvariantDetails, of_two_ms) {
  const Untrue rows[] = {
      {"runtime.findrunnable", "m1.p = p0", "m-and-p-agree", kBroken, "m0 and m1 both have p0"},
      {"runtime.findrunnable", "p1.m = m0", "m-and-p-agree", kWindow,
       "m1.p is p1, but p1.m is m0; until m1 leaves the scheduler"},
      {"runtime.findrunnable", "m1.curg = g1", "curg-m", kWindow,
       "m1.curg is g1, but g1.m is nil; until m1 leaves g0"},
  };
  for (const Untrue& row : rows) {
    const InvariantReport report = report_of(row, two_ms());
    EXPECT_EQ(report.state, row.state) << row.place << ": " << row.edits;
    EXPECT_EQ(report.detail.en, row.detail) << row.place << ": " << row.edits;
  }
}

}  // namespace
}  // namespace gogoscope
