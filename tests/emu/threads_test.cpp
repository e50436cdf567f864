// Several Ms: how a thread begins and where it waits, what locks and notes refuse, and when the runtime says
// that can no longer run.
#include "emu/guest/thread_table.h"
#include "emu/history/event_info.h"
#include "emu/layout/views.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

std::unique_ptr<Session> machine(const std::string& text, int procs, Turns turns = {},
                                 std::uint64_t budget = 50'000, std::uint64_t heap_bytes = 1 << 20) {
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies", text}};
  options.step_budget = budget;
  options.heap_bytes = heap_bytes;
  options.procs = procs;
  options.turns = std::move(turns);
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << format(wrong->front());
    return nullptr;
  }
  return live_session(std::get<Program>(built));
}

/// A program of one M whose main is `body` and that has a word for a note or a mutex.
std::unique_ptr<Session> main_that(const std::string& body) {
  return machine("GLOBL main·word(SB), NOPTR, $8\nTEXT main·main(SB), $32-0\n" + body + "\tRET\n", 1);
}

Stop run(Session& session) {
  const Outcome outcome = session.execute({CommandId::run});
  EXPECT_TRUE(outcome.stop) << outcome.error.in(Language::en);
  const auto* const ended =
      outcome.stop ? std::get_if<RunEnded>(&outcome.stop->causes.front().what) : nullptr;
  return ended != nullptr ? ended->stop : Stop();
}

void run_up_to(Session& session, const std::string& place) {
  EXPECT_TRUE(execute(session, CommandId::run_to, place).ok()) << place;
}

/// A field of a struct at the cursor.
std::uint64_t field(const Session& session, Addr at, const char* structure, const char* name) {
  const Field& f = *session.guest().release->layout.find(structure, name);
  return session.cursor().state().load_or_zero(at + f.offset, static_cast<int>(f.size));
}
Addr global(const Session& session, const char* name) { return session.guest().code.data(name)->addr; }
std::uint64_t sched(const Session& session, const char* name) {
  return field(session, global(session, "runtime.sched"), "schedt", name);
}
std::uint64_t m0(const Session& session, const char* name) {
  return field(session, global(session, "runtime.m0"), "m", name);
}
ThreadRow thread(const Session& session, ThreadId id) {
  return ThreadTable::of(session.guest())->row(session.cursor().state(), id);
}

constexpr const char* kTwoWorkers =
    "TEXT main·main(SB), $16-0\n"
    "\tGO main·worker(SB)\n"
    "\tGO main·worker(SB)\n"
    "\tCALL runtime·Gosched(SB)\n"
    "\tRET\n"
    "TEXT main·worker(SB), $8-0\n"
    "\tCALL runtime·Gosched(SB)\n"
    "\tRET\n";

std::string locked(const std::string& then) {
  return "TEXT main·main(SB), $16-0\n"
         "\tGO main·locked(SB)\n"
         "\tCALL runtime·Gosched(SB)\n"
         "\tCALL runtime·Gosched(SB)\n"
         "\tRET\n"
         "TEXT main·locked(SB), $8-0\n"
         "\tCALL runtime·LockOSThread(SB)\n" +
         then + "\tRET\n";
}

TEST(Threads, the_boot_leaves_all_ps_idle_but_the_first) {
  auto session = machine(kTwoWorkers, 4);
  run_up_to(*session, "runtime.main");
  EXPECT_EQ(sched(*session, "npidle"), 3U);
  EXPECT_EQ(session->cursor().state().load_or_zero(global(*session, "runtime.gomaxprocs"), 4), 4U);
  EXPECT_EQ(session->cursor().state().load_or_zero(global(*session, "runtime.idlepMask")), 0b1110U);
  EXPECT_NE(sched(*session, "lastpoll"), 0U);
}

TEST(Threads, wakep_counts_a_spinning_m_before_there_is_one) {
  auto session = machine(kTwoWorkers, 2);
  run_up_to(*session, "runtime.startm");
  EXPECT_EQ(sched(*session, "nmspinning"), 1U);
  EXPECT_EQ(sched(*session, "mnext"), 1U);
  run_up_to(*session, "runtime.newm");
  EXPECT_EQ(sched(*session, "mnext"), 2U) << "reserved under the lock, so that checkdead counts it";
  EXPECT_EQ(sched(*session, "npidle"), 0U);
  EXPECT_EQ(sched(*session, "lock.key"), 0U);
}

TEST(Threads, a_new_thread_starts_on_top_of_8_kb_with_a_tls_of_its_own) {
  auto session = machine(kTwoWorkers, 2);
  run_up_to(*session, "runtime.mstart#2");
  const StateView& state = session->cursor().state();
  EXPECT_EQ(state.thread(), 1U);
  const Addr g0(state.load_or_zero(Addr(state.reg(Reg::fs_base)) - 8));
  const Addr m(field(*session, g0, "g", "m"));
  EXPECT_EQ(field(*session, g0, "g", "stack.hi") - field(*session, g0, "g", "stack.lo"), 8192U);
  EXPECT_EQ(state.sp().value(), field(*session, g0, "g", "stack.hi") - 8);
  EXPECT_EQ(state.reg(Reg::fs_base),
            m.value() + session->guest().release->layout.find("m", "tls")->offset + 8);
  EXPECT_EQ(field(*session, m, "m", "id"), 1U);
  EXPECT_EQ(field(*session, m, "m", "procid"), 2U);
  EXPECT_EQ(field(*session, m, "m", "p"), 0U);
}

TEST(Threads, m0_parks_forever_where_another_thread_would_end) {
  auto session = machine(locked(""), 1);
  EXPECT_EQ(run(*session).reason, StopReason::exit);
  EXPECT_EQ(thread(*session, 0).state, ThreadState::asleep);
  EXPECT_EQ(thread(*session, 0).deadline, 0U);
  EXPECT_EQ(sched(*session, "nmfreed"), 1U);
  EXPECT_EQ(sched(*session, "nmidle"), 0U) << "on no list: it cannot be woken";
  EXPECT_EQ(m0(*session, "lockedExt"), 1U) << "goexit0 leaves it";
}

TEST(Threads, one_lock_too_many_is_not_counted) {
  auto session = main_that("\tCALL runtime·LockOSThread(SB)\n");
  run_up_to(*session, "runtime.LockOSThread");
  ASSERT_TRUE(execute(*session, CommandId::edit, "m0.lockedExt = 0xffffffff").ok());
  EXPECT_EQ(run(*session).reason, StopReason::throw_) << "Go panics here";
  EXPECT_EQ(m0(*session, "lockedExt"), 0xffffffffU);
  EXPECT_EQ(m0(*session, "lockedg"), 0U);
}

TEST(Threads, an_m_that_picks_a_locked_goroutine_gives_its_p_to_the_thread_that_waits) {
  auto session = machine(locked("\tCALL runtime·Gosched(SB)\n\tCALL runtime·UnlockOSThread(SB)\n"), 1);
  run_up_to(*session, "runtime.startlockedm");
  EXPECT_EQ(session->cursor().state().thread(), 1U);
  EXPECT_EQ(sched(*session, "nmidlelocked"), 1U);
  EXPECT_EQ(thread(*session, 0).state, ThreadState::asleep);
  EXPECT_EQ(run(*session).reason, StopReason::exit);
  EXPECT_EQ(sched(*session, "nmidlelocked"), 0U);
  EXPECT_EQ(thread(*session, 1).state, ThreadState::asleep);
  EXPECT_NE(m0(*session, "p"), 0U);
}

TEST(Threads, a_contended_lock_sleeps_in_the_kernel_and_no_order_of_turns_loses_the_wakeup) {
  int slept = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Turns turns;
    turns.kind = Turns::Kind::seed;
    turns.seed = seed;
    turns.quantum = 5;
    auto session = machine(
        "TEXT main·main(SB), $16-0\n"
        "\tGO main·worker(SB)\n"
        "\tGO main·worker(SB)\n"
        "\tGO main·worker(SB)\n"
        "\tCALL main·worker(SB)\n"
        "\tRET\n"
        "TEXT main·worker(SB), $16-0\n"
        "\tMOVQ $4, 8(SP)\n"
        "again:\n"
        "\tCALL runtime·Gosched(SB)\n"
        "\tDECQ 8(SP)\n"
        "\tJNE again\n"
        "\tRET\n",
        2, turns);
    EXPECT_EQ(run(*session).reason, StopReason::exit) << "seed " << seed;
    for (const Event& event : session->events()) {
      const EventNaming naming{session->guest()};
      slept += word_of(event, "where", naming).find("sched.lock") != std::string::npos ? 1 : 0;
    }
  }
  EXPECT_GT(slept, 0);
}

TEST(Threads, deadlock_is_said_when_the_last_of_several_ms_parks) {
  auto session = machine(
      "TEXT main·main(SB), $16-0\n\tGO main·worker(SB)\n\tJMP runtime·goexit1(SB)\n"
      "TEXT main·worker(SB), NOSPLIT, $0-0\n\tRET\n",
      2);
  const Stop stop = run(*session);
  EXPECT_EQ(stop.reason, StopReason::deadlock);
  EXPECT_EQ(stop.detail.en, "fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
  EXPECT_EQ(sched(*session, "nmidle"), sched(*session, "mnext"));
}

TEST(Threads, a_locked_thread_is_free_when_both_counts_are_0) {
  auto session = main_that(
      "\tCALL runtime·LockOSThread(SB)\n"
      "\tCALL runtime·lockOSThread(SB)\n"
      "\tCALL runtime·UnlockOSThread(SB)\n"
      "\tCALL runtime·unlockOSThread(SB)\n");
  run_up_to(*session, "runtime.unlockOSThread");
  EXPECT_NE(m0(*session, "lockedg"), 0U);
  EXPECT_EQ(m0(*session, "lockedExt"), 0U);
  EXPECT_EQ(m0(*session, "lockedInt"), 1U);
  EXPECT_EQ(run(*session).reason, StopReason::exit);
  EXPECT_EQ(m0(*session, "lockedg"), 0U);
}

/// What the runtime throws when a task misuses it.
struct Misuse {
  const char* name;
  const char* body;
  const char* message;
};
void PrintTo(const Misuse& misuse, std::ostream* out) { *out << misuse.name; }

class Throws : public testing::TestWithParam<Misuse> {};

TEST_P(Throws, with_go_s_message) {
  auto session = main_that(GetParam().body);
  const Stop stop = run(*session);
  EXPECT_EQ(stop.reason, StopReason::throw_);
  EXPECT_EQ(stop.detail.en, std::string("fatal error: ") + GetParam().message);
  EXPECT_EQ(m0(*session, "throwing"), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Runtime, Throws,
    testing::Values(
        Misuse{"unlocked", "\tMOVQ $main·word(SB), AX\n\tMOVQ AX, 0(SP)\n\tCALL runtime·unlock2(SB)\n",
               "unlock of unlocked lock"},
        Misuse{"wakeup",
               "\tMOVQ $main·word(SB), AX\n\tMOVQ AX, 0(SP)\n\tCALL runtime·notewakeup(SB)\n"
               "\tCALL runtime·notewakeup(SB)\n",
               "notewakeup - double wakeup"},
        Misuse{"sleep", "\tMOVQ $main·word(SB), AX\n\tMOVQ AX, 0(SP)\n\tCALL runtime·notesleep(SB)\n",
               "notesleep not on g0"},
        Misuse{"stopm", "\tCALL runtime·stopm(SB)\n", "stopm holding p"},
        Misuse{"resetspinning", "\tCALL runtime·resetspinning(SB)\n", "resetspinning: not a spinning m"},
        Misuse{"unlockOSThread", "\tCALL runtime·unlockOSThread(SB)\n",
               "runtime: internal error: misuse of lockOSThread/unlockOSThread"},
        Misuse{"stoplockedm", "\tCALL runtime·stoplockedm(SB)\n", "stoplockedm: inconsistent locking"}),
    [](const testing::TestParamInfo<Misuse>& of) { return std::string(of.param.name); });

TEST(Threads, may_be_more_than_a_hundred) {
  // Each worker keeps its M; so running another goroutine needs a new one.
  const auto session = machine(
      "DATA main·left+0(SB)/8, $100\n"
      "GLOBL main·left(SB), NOPTR, $8\n"
      "TEXT main·main(SB), $24-0\n"
      "\tMOVQ $100, left-8(SP)\n"
      "spawn:\n"
      "\tGO main·worker(SB)\n"
      "\tDECQ left-8(SP)\n"
      "\tJNE spawn\n"
      "wait:\n"
      "\tCALL runtime·Gosched(SB)\n"
      "\tCMPQ main·left(SB), $0\n"
      "\tJNE wait\n"
      "\tRET\n"
      "TEXT main·worker(SB), $16-0\n"
      "\tCALL runtime·LockOSThread(SB)\n"
      "\tLOCK\n"
      "\tDECQ main·left(SB)\n"
      "wait:\n"
      "\tCALL runtime·Gosched(SB)\n"
      "\tCMPQ main·left(SB), $0\n"
      "\tJNE wait\n"
      "\tRET\n",
      2, {}, 3'000'000, 32 << 20);
  ASSERT_TRUE(session);
  const Stop stop = run(*session);
  EXPECT_EQ(stop.reason, StopReason::exit) << stop.detail.en;
  EXPECT_GT(ThreadTable::of(session->guest())->threads(session->cursor().state()), 100);
}

}  // namespace
}  // namespace gogoscope
