// What surprises at a goroutine's start and exit, each as a claim. The recordings say the same; here it is
// said in words, and over whole runs.
#include <gtest/gtest.h>

#include "emu/layout/describe.h"
#include "tests/oracle/lesson.h"

namespace gogoscope::oracle {
namespace {

/// Two tasks exit, one after the other, then main: the shape of scenarios/02-two-exits.yaml.
const Lesson& two_exits() {
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

std::uint64_t curg(const Lesson& lesson, const StateView& state) {
  return lesson.value("m", lesson.m0(), "curg", state);
}

TEST(Goexit, its_nops_never_run) {
  for (const Lesson* lesson : {&two_exits(), &recorded_lesson()}) {
    EXPECT_EQ(lesson->visits("runtime.goexit+0x1"), 2);
    EXPECT_EQ(lesson->visits("runtime.goexit"), 0);
    EXPECT_EQ(lesson->visits("runtime.goexit+0x6"), 0);
  }
}

TEST(Goexit, main_never_reaches_it) {
  const Lesson& lesson = two_exits();
  const std::uint64_t main_g = curg(lesson, lesson.at("main.main").state());
  for (int exit = 1; exit <= lesson.visits("runtime.goexit1"); ++exit) {
    EXPECT_NE(curg(lesson, lesson.at("runtime.goexit1", exit).state()), main_g);
  }
  EXPECT_EQ(lesson.visits("runtime.exit"), 1);
  EXPECT_EQ(curg(lesson, lesson.at("runtime.exit").state()), main_g);
}

TEST(Gogo, leaves_stack_lo_in_cx) {
  const Lesson& lesson = two_exits();
  for (int visit = 1; visit <= lesson.visits("runtime.gogo+0x55"); ++visit) {
    const Cursor at = lesson.at("runtime.gogo+0x55", visit);
    EXPECT_EQ(at.state().reg(Reg::rcx), lesson.value("g", curg(lesson, at.state()), "stack.lo", at.state()));
  }
}

TEST(Gogo, clears_sp_ret_ctxt_bp_and_leaves_pc_g_lr) {
  const Lesson& lesson = recorded_lesson();
  for (int visit = 1; visit <= lesson.visits("runtime.gogo"); ++visit) {
    Cursor at = lesson.at("runtime.gogo", visit);
    const std::uint64_t buf = at.state().load_or_zero(at.state().sp() + 8);
    const StructLayout& gobuf = *lesson.layout().find("gobuf");
    std::vector<std::string> cleared;
    for (int instruction = 0; instruction < 17; ++instruction) {
      const Step step = at.next();
      for (const Store& store : step.stores) {
        if (store.addr.value() < buf || store.addr.value() >= buf + gobuf.size) continue;
        EXPECT_EQ(store.new_value, 0U);
        cleared.push_back(gobuf.at(static_cast<std::uint32_t>(store.addr.value() - buf))->name);
      }
      at.forward();
    }
    // Zero over zero too: ret and bp of a new goroutine are 0 already.
    EXPECT_EQ(cleared, (std::vector<std::string>{"sp", "ret", "ctxt", "bp"}));
  }
}

TEST(Mcall, never_saves_g0) {
  const Lesson& lesson = two_exits();
  Cursor at = lesson.at("runtime.schedule");  // mstart1 has saved it
  const std::uint64_t sched = lesson.g0() + lesson.layout().find("g", "sched")->offset;
  const std::uint64_t size = lesson.layout().find("g", "sched")->size;
  int stores = 0;
  for (; !at.at_end(); at.forward()) {
    for (const Store& store : at.next().stores) {
      stores += store.addr.value() >= sched && store.addr.value() < sched + size ? 1 : 0;
    }
  }
  EXPECT_EQ(stores, 0);
}

TEST(Mcall, starts_g0_at_the_same_sp_every_time) {
  const Lesson& lesson = two_exits();
  const std::uint64_t sp = lesson.value("g", lesson.g0(), "sched.sp", lesson.at("runtime.schedule").state());
  EXPECT_EQ(sp, lesson.value("g", lesson.g0(), "stack.hi", lesson.at("runtime.schedule").state()) - 40);
  ASSERT_EQ(lesson.visits("runtime.goexit0"), 2);
  ASSERT_EQ(lesson.visits("runtime.gosched_m"), 1);
  EXPECT_EQ(lesson.at("runtime.gosched_m").state().sp(), Addr(sp - 16));
  for (int exit = 1; exit <= 2; ++exit)
    EXPECT_EQ(lesson.at("runtime.goexit0", exit).state().sp(), Addr(sp - 16));
}

TEST(Mcall, saves_goexit1_after_its_call_hi_88_and_bp_hi_48) {
  const Lesson& lesson = two_exits();
  for (int exit = 1; exit <= 2; ++exit) {
    const Cursor at = lesson.at("runtime.goexit0", exit);
    const std::uint64_t g = at.state().load_or_zero(at.state().sp() + 8);
    const std::uint64_t hi = lesson.value("g", g, "stack.hi", at.state());
    EXPECT_EQ(lesson.symbolize(lesson.value("g", g, "sched.pc", at.state())), "runtime.goexit1+0x36");
    EXPECT_EQ(hi - lesson.value("g", g, "sched.sp", at.state()), 88U);
    EXPECT_EQ(hi - lesson.value("g", g, "sched.bp", at.state()), 48U);
  }
}

TEST(Goexit0, starts_with_bp_in_the_stack_of_the_dead_goroutine) {
  const Lesson& lesson = two_exits();
  for (int exit = 1; exit <= 2; ++exit) {
    const Cursor at = lesson.at("runtime.goexit0", exit);
    const std::uint64_t g = at.state().load_or_zero(at.state().sp() + 8);
    const std::uint64_t hi = lesson.value("g", g, "stack.hi", at.state());
    EXPECT_EQ(at.state().reg(Reg::rbp), hi - 48);
    const std::uint64_t g0_lo = lesson.value("g", lesson.g0(), "stack.lo", at.state());
    EXPECT_GT(at.state().sp(), Addr(g0_lo)) << "while SP is on g0's";
    EXPECT_LT(at.state().sp(), Addr(lesson.value("g", lesson.g0(), "stack.hi", at.state())));
  }
}

TEST(Newproc1, assigns_goid_after_the_g_is_runnable) {
  const Lesson& lesson = two_exits();
  const Addr status_of_none;
  for (int visit = 1; visit <= lesson.visits("runtime.newproc1"); ++visit) {
    Cursor at = lesson.at("runtime.newproc1", visit);
    const std::uint64_t frame = at.state().sp().value();
    Cursor end = at;
    while (end.state().sp().value() != frame + 8) end.forward();
    const std::uint64_t g =
        end.state().load_or_zero(end.state().sp() + 40);  // the result, after five arguments
    const Addr status(g + lesson.layout().find("g", "atomicstatus")->offset);
    const Addr goid(g + lesson.layout().find("g", "goid")->offset);
    ASSERT_NE(status, status_of_none);
    std::vector<std::string> order;
    for (; at.position() < end.position(); at.forward()) {
      for (const Store& store : at.next().stores) {
        if (store.addr == status) order.push_back("status " + std::to_string(store.new_value));
        if (store.addr == goid) order.emplace_back("goid");
      }
    }
    EXPECT_EQ(order, (std::vector<std::string>{"status 6", "status 1", "goid"}));
  }
}

TEST(Systemstack, clears_only_sched_sp_when_it_returns) {
  const Lesson& lesson = two_exits();
  // The newproc of main.main: on g0, as at boot, systemstack does not switch and leaves at its end.
  const Cursor before = lesson.at("runtime.systemstack+0x87");
  const Cursor after = lesson.at("runtime.systemstack+0x8f");
  const std::uint64_t g = curg(lesson, after.state());
  EXPECT_NE(lesson.value("g", g, "sched.sp", before.state()), 0U);
  EXPECT_EQ(lesson.value("g", g, "sched.sp", after.state()), 0U);
  EXPECT_EQ(lesson.symbolize(lesson.value("g", g, "sched.pc", after.state())), "runtime.systemstack_switch");
  EXPECT_EQ(lesson.value("g", g, "sched.g", after.state()), g);
  const std::uint64_t bp = lesson.value("g", g, "sched.bp", after.state());
  EXPECT_EQ(bp, after.state().reg(Reg::rbp)) << "stale, and here still true";
  EXPECT_NE(bp, 0U);
}

TEST(Newproc, gives_a_dead_g_a_new_goid_and_the_g_keeps_its_name) {
  const Lesson& lesson = recorded_lesson();
  const Cursor first = lesson.at("main.work");
  const Cursor second = lesson.at("main.task");
  const std::uint64_t g = curg(lesson, first.state());
  EXPECT_EQ(curg(lesson, second.state()), g);
  EXPECT_EQ(meaning(lesson.guest(), first.state(), g), "g2");
  EXPECT_EQ(meaning(lesson.guest(), second.state(), g), "g2");
  EXPECT_EQ(lesson.value("g", g, "goid", second.state()), lesson.value("g", g, "goid", first.state()) + 1);
  EXPECT_EQ(lesson.value("g", g, "stack.lo", second.state()),
            lesson.value("g", g, "stack.lo", first.state()));
}

}  // namespace
}  // namespace gogoscope::oracle
