// What descriptions of goexit0 and of the pick after it often get wrong, each
// as a claim over whole runs.
#include <gtest/gtest.h>

#include <set>

#include "emu/layout/describe.h"
#include "emu/layout/status.h"
#include "tests/oracle/lesson.h"

namespace gogoscope::oracle {
namespace {

using Names = std::set<std::string>;

/// Two tasks exit, one after the other, then main continues.
const Lesson &two_exits() {
  static const Lesson lesson(R"(
TEXT main·main(SB), $16-0
    GO   main·worker(SB)
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)
    RET
TEXT main·worker(SB), NOSPLIT, $0-0
    RET
)");
  return lesson;
}

/// gp, goexit0's argument, at its entry.
std::uint64_t dying_g(const Cursor &at) { return at.state().load_or_zero(at.state().sp() + 8); }

/// Fields of the struct at `base` that are stored into on the way from one
/// moment to another.
Names stored_fields(const Lesson &lesson, std::string_view structure, std::uint64_t base, Cursor from,
                    const Cursor &to) {
  const StructLayout &layout = *lesson.layout().find(structure);
  Names names;
  for (; from.position() < to.position(); from.forward()) {
    for (const Store &store : from.next().stores) {
      const std::uint64_t offset = store.addr.value() - base;
      if (store.addr.value() < base || offset >= layout.size) continue;
      names.insert(std::string(layout.at(static_cast<std::uint32_t>(offset))->name));
    }
  }
  return names;
}

/// The first call of schedule after goexit0's n-th.
Cursor schedule_after(const Lesson &lesson, const Cursor &moment) {
  int visit = 1;
  while (lesson.at("runtime.schedule", visit).position() < moment.position()) ++visit;
  return lesson.at("runtime.schedule", visit);
}

TEST(Goexit0, stores_into_these_fields_of_g_and_no_others) {
  const Lesson &lesson = two_exits();
  for (int exit = 1; exit <= 2; ++exit) {
    const Cursor at = lesson.at("runtime.goexit0", exit);
    const Names stored = stored_fields(lesson, "g", dying_g(at), at, schedule_after(lesson, at));
    // schedlink is gfput's. goid, gopc, startpc, sched, stack, stackguard0,
    // stktopsp: not a store.
    EXPECT_EQ(stored, (Names{"_defer", "_panic", "atomicstatus", "labels", "lockedm", "m", "param",
                             "paniconfault", "preemptStop", "schedlink", "timer", "waitreason",
                             "writebuf.cap", "writebuf.len", "writebuf.ptr"}));
  }
}

TEST(Goexit0, leaves_the_dead_its_goid_its_origin_and_its_stack) {
  const Lesson &lesson = two_exits();
  const Cursor at = lesson.at("runtime.goexit0");
  const Cursor end = lesson.at("runtime.exit");
  const std::uint64_t g = dying_g(at);
  for (const char *field : {"goid", "gopc", "startpc", "stack.lo", "stack.hi", "stackguard0", "stktopsp"}) {
    EXPECT_NE(lesson.value("g", g, field, at.state()), 0U) << field;
    EXPECT_EQ(lesson.value("g", g, field, end.state()), lesson.value("g", g, field, at.state())) << field;
  }
}

TEST(Goexit0, runs_on_g0_while_curg_still_names_the_goroutine) {
  const Lesson &lesson = two_exits();
  for (int exit = 1; exit <= 2; ++exit) {
    const Cursor at = lesson.at("runtime.goexit0", exit);
    const Addr tls(at.state().reg(Reg::fs_base) - 8);
    EXPECT_EQ(at.state().load_or_zero(tls), lesson.g0());
    EXPECT_EQ(lesson.value("m", lesson.m0(), "curg", at.state()), dying_g(at));
  }
}

TEST(Goexit0, of_a_dead_g_the_saved_sp_stays_hi_88_until_newproc1_takes_it_again) {
  const Lesson &ended = two_exits();
  const Cursor end = ended.at("runtime.exit");
  for (int exit = 1; exit <= 2; ++exit) {
    const std::uint64_t g = dying_g(ended.at("runtime.goexit0", exit));
    EXPECT_EQ(ended.value("g", g, "atomicstatus", end.state()), kGdead);
    const std::uint64_t hi = ended.value("g", g, "stack.hi", end.state());
    EXPECT_EQ(hi - ended.value("g", g, "sched.sp", end.state()), 88U);
    EXPECT_EQ(hi - ended.value("g", g, "sched.bp", end.state()), 48U);
    EXPECT_EQ(ended.value("g", g, "sched.g", end.state()), g);
  }
  // The recorded program uses its dead g, which had 16 bytes of arguments, for
  // the second go statement.
  const Lesson &reused = recorded_lesson();
  const std::uint64_t g = dying_g(reused.at("runtime.goexit0"));
  const Cursor before = reused.at("runtime.newproc1", reused.visits("runtime.newproc1"));
  const Cursor after = reused.at("main.task");
  const std::uint64_t hi = reused.value("g", g, "stack.hi", before.state());
  EXPECT_EQ(hi - reused.value("g", g, "sched.sp", before.state()), 88U + 16);
  EXPECT_EQ(reused.value("g", g, "sched.bp", after.state()), 0U);
}

TEST(Gfput, puts_the_dead_on_the_ps_own_list_last_in_first_out) {
  const Lesson &lesson = two_exits();
  const Cursor end = lesson.at("runtime.exit");
  const std::uint64_t first = dying_g(lesson.at("runtime.goexit0", 1));
  const std::uint64_t second = dying_g(lesson.at("runtime.goexit0", 2));
  EXPECT_EQ(lesson.value("p", lesson.p(end.state()), "gFree.gList.head", end.state()), second);
  EXPECT_EQ(lesson.value("g", second, "schedlink", end.state()), first);
  EXPECT_EQ(lesson.value("schedt", lesson.symbol("runtime.sched"), "gFree.n", end.state()), 0U);
}

TEST(Schedule, takes_the_one_spawned_last_first) {
  const Lesson &lesson = two_exits();
  const std::uint64_t first = dying_g(lesson.at("runtime.goexit0", 1));
  const std::uint64_t second = dying_g(lesson.at("runtime.goexit0", 2));
  const Cursor end = lesson.at("runtime.exit");
  EXPECT_EQ(lesson.value("g", first, "goid", end.state()), 3U);
  EXPECT_EQ(lesson.value("g", second, "goid", end.state()), 2U);
}

TEST(Execute, counts_schedtick_for_the_ring_and_the_global_queue_but_not_for_runnext) {
  const Lesson &lesson = two_exits();
  // Behind main.main's Gosched: runnext, the ring, main itself from the global
  // queue.
  std::vector<std::uint64_t> ticks, inherited;
  for (int visit = lesson.visits("runtime.execute") - 2; visit <= lesson.visits("runtime.execute"); ++visit) {
    const Cursor before = lesson.at("runtime.execute", visit);
    const Cursor after = lesson.at("runtime.gogo", visit);
    ASSERT_GT(after.position(), before.position());
    const std::uint64_t p = lesson.p(before.state());
    inherited.push_back(before.state().load_or_zero(before.state().sp() + 16) & 1);
    ticks.push_back(lesson.value("p", p, "schedtick", after.state()) -
                    lesson.value("p", p, "schedtick", before.state()));
  }
  EXPECT_EQ(inherited, (std::vector<std::uint64_t>{1, 0, 0}));
  EXPECT_EQ(ticks, (std::vector<std::uint64_t>{0, 1, 1}));
}

TEST(Gosched, goes_to_the_global_queue_behind_the_whole_local_one) {
  const Lesson &lesson = two_exits();
  const Cursor at = schedule_after(lesson, lesson.at("runtime.gosched_m"));
  const std::uint64_t sched = lesson.symbol("runtime.sched");
  EXPECT_EQ(lesson.value("schedt", sched, "runqsize", at.state()), 1U);
  EXPECT_EQ(lesson.value("g", lesson.value("schedt", sched, "runq.head", at.state()), "goid", at.state()),
            1U);
  EXPECT_GT(lesson.at("runtime.exit").position(), lesson.at("runtime.goexit0", 2).position())
      << "main came last";
}

TEST(G0, has_the_status_of_a_fresh_g_forever) {
  const Lesson &lesson = two_exits();
  for (const char *place : {"runtime.schedule", "runtime.goexit0", "runtime.exit"})
    EXPECT_EQ(lesson.value("g", lesson.g0(), "atomicstatus", lesson.at(place).state()), kGidle) << place;
}

}  // namespace
}  // namespace gogoscope::oracle
