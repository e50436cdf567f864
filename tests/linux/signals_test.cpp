// Signals of a real Go program: panics, preemption, os/signal; and of processes that no Go program is.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "emu/history/event_info.h"
#include "tests/linux/bare_process.h"
#include "tests/linux/go_run.h"

namespace gogoscope {
namespace {

class GoSignals : public GoTest {};

/// Runs of millions of steps; with sanitizers each takes ten times as long, and shows nothing that short ones
/// do not.
class LongGoSignals : public GoTest {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "it takes too long with sanitizers";
#else
    GoTest::SetUp();
#endif
  }
};

TEST_F(GoSignals, make_panics_that_say_what_they_say_natively) {
  for (const char* part : {"faults", "nil", "divide", "fault-elsewhere"}) expect_the_same_natively(part);
}

TEST_F(LongGoSignals, make_the_endings_that_they_make_natively) {
  for (const char* part : {"overflow", "breakpoint", "default"}) expect_the_same_natively(part);
}

TEST_F(LongGoSignals, are_noticed_by_the_program_as_natively) {
  for (const char* part : {"notify", "broken-pipe"}) expect_the_same_natively(part);
  const Done ours = in_the_machine({"abort"});
  EXPECT_TRUE(ours.err.starts_with("SIGABRT: abort\n")) << ours.err;
  EXPECT_EQ(ours.code, 2);
}

TEST_F(LongGoSignals, take_the_p_from_a_loop_without_end) {
  for (const char* part : {"endless", "collect-in-loop"}) expect_the_same_natively(part);
  for (const char* part : {"endless-2", "floats"}) expect_the_same_natively(part, {.procs = 2});
}

TEST_F(LongGoSignals, leave_the_loop_its_p_where_preemption_is_switched_off) {
  const RunSettings off{.budget = 3'000'000, .environment = {"GODEBUG=asyncpreemptoff=1"}};
  const Done ours = in_the_machine({"endless"}, off);
  EXPECT_EQ(ours.out, "");
  EXPECT_EQ(ours.code, -1) << "it is still at it";
  expect_the_same_natively("hello", off);
}

/// Steps that enter a handler or return from one.
std::vector<std::uint64_t> changes(const Recording& run, SignalChange::What what) {
  std::vector<std::uint64_t> out;
  for (const Event& event : run.events()) {
    const auto* const change = event.as<SignalChange>();
    if (change != nullptr && change->what == what) out.push_back(event.step);
  }
  return out;
}

constexpr auto kEnters = SignalChange::What::enters, kReturns = SignalChange::What::returns;
const RunSettings kLoop{.quantum = 499, .procs = 2};

TEST_F(LongGoSignals, are_events_of_the_thread_that_takes_them) {
  Recording run(process({"endless"}));
  run.to_the_end();
  const auto enters = changes(run, kEnters), returns = changes(run, kReturns);
  ASSERT_FALSE(enters.empty());
  EXPECT_EQ(enters.size(), returns.size());
  for (const Event& event : run.events()) {
    const auto* const change = event.as<SignalChange>();
    if (change == nullptr) continue;
    EXPECT_EQ(change->number, 23U);
    EXPECT_EQ(to_string(event, *run.program.guest),
              fmt::format("m{} {} the handler of SIGURG", event.m,
                          change->what == kEnters ? "enters" : "returns from"));
  }
  // sysmon takes the P from who has had it for 10 ms, a million steps, and looks every 10 ms at least.
  const std::uint64_t last = enters.back(), before = enters.size() > 1 ? enters[enters.size() - 2] : 0;
  EXPECT_GT(last - before, 1'000'000U);
  EXPECT_LT(last - before, 2'500'000U);
}

TEST_F(LongGoSignals, come_at_the_same_step_however_a_run_is_cut) {
  Recording whole(process({"collect-in-loop"}, kLoop));
  whole.to_the_end();
  const auto enters = changes(whole, kEnters);
  ASSERT_FALSE(enters.empty());
  Recording pieces(process({"collect-in-loop"}, kLoop));
  std::mt19937_64 random(5);
  while (pieces.trace.end() == nullptr) {
    // Single steps round a delivery, and now and then.
    const std::uint64_t at = pieces.trace.steps();
    const auto next = std::ranges::lower_bound(enters, at);
    const bool near = next != enters.end() && *next - at < 20;
    const std::uint64_t most = next == enters.end() ? 20'000 : std::min<std::uint64_t>(20'000, *next - at);
    pieces.machine.run(near || random() % 8 == 0 ? 1 : 1 + random() % std::max<std::uint64_t>(most, 1));
  }
  EXPECT_EQ(pieces.trace.steps(), whole.trace.steps());
  EXPECT_EQ(pieces.trace.delta_bytes(), whole.trace.delta_bytes());
  EXPECT_EQ(pieces.last().hash(), whole.last().hash());
}

TEST_F(GoSignals, are_taken_again_when_a_run_goes_on_from_inside_a_handler) {
  Recording run(process({"faults"}));
  run.to_the_end();
  const std::uint64_t steps = run.trace.steps(), hash = run.last().hash();
  const auto enters = changes(run, kEnters), returns = changes(run, kReturns);
  ASSERT_GT(enters.size(), 10U);
  for (const std::uint64_t from : {enters[0], enters[1] + 1, enters[1] + 40, returns[2]}) {
    Cursor cursor(run.trace);
    cursor.seek(from);
    run.machine.resume_from(cursor);
    run.to_the_end();
    EXPECT_EQ(run.trace.steps(), steps);
    EXPECT_EQ(run.last().hash(), hash);
  }
}

TEST_F(LongGoSignals, have_in_the_record_what_they_have_in_the_engine) {
  for (const char* part : {"faults", "collect-in-loop"}) {
    const Program program = process({part}, kLoop);
    Recording run(program), again(program);
    run.to_the_end();
    Cursor cursor(run.trace);
    const auto enters = changes(run, kEnters), returns = changes(run, kReturns);
    ASSERT_FALSE(enters.empty());
    for (std::size_t i = 0; i < std::min<std::size_t>(enters.size(), 3); ++i) {
      for (const std::uint64_t state : {enters[i], enters[i] + 1, enters[i] + 17, enters[i] + 150}) {
        if (state < again.trace.steps()) continue;
        again.machine.run(state - again.trace.steps());
        cursor.seek(state);
        EXPECT_EQ(again.machine.engine_state().hash(), cursor.state().hash()) << part << " " << state;
      }
    }
    for (const std::uint64_t state : returns) {
      if (state < again.trace.steps()) continue;
      again.machine.run(state + 1 - again.trace.steps());
      cursor.seek(state + 1);
      EXPECT_EQ(again.machine.engine_state().hash(), cursor.state().hash()) << part << " " << state;
      break;
    }
  }
}

TEST_F(LongGoSignals, break_no_invariant) {
  for (const char* part : {"faults", "notify", "collect-in-loop", "floats"}) {
    Recording run(process({part}, {.procs = 2}));
    run.to_the_end();
    for (const Event& event : run.events()) {
      if (const auto* const broken = event.as<InvariantBreak>())
        ADD_FAILURE() << part << ", step " << event.step << ": " << broken->name << ": " << broken->reason.en;
    }
  }
}

// ---- of no Go program ----

struct Calls {
  static constexpr std::uint64_t kRead = 0, kWrite = 1, kClose = 3, kSigaction = 13, kSigprocmask = 14,
                                 kSigreturn = 15, kYield = 24, kNanosleep = 35, kClone = 56, kExit = 60,
                                 kSigaltstack = 131, kFutex = 202, kTgkill = 234, kPipe = 293;
};
constexpr std::uint64_t kSegv = 11, kUsr1 = 10, kUsr2 = 12;

/// A set of them.
std::uint64_t signals(std::initializer_list<std::uint64_t> numbers) {
  std::uint64_t set = 0;
  for (const std::uint64_t number : numbers) set |= std::uint64_t{1} << (number - 1);
  return set;
}

constexpr std::uint64_t kData = BareProcess::kData, kCount = kData + 0x80, kAction = kData + 0x100;
constexpr std::uint64_t kHandler = BareProcess::kText + 2, kRestorer = kHandler + 9;
constexpr std::uint64_t kRestorerFlag = 0x04000000, kOnStack = 0x08000000, kRestartFlag = 0x10000000;

/// A handler that counts and returns, and what returns from it.
BareProcess& begin(BareProcess& p) {
  p.bytes({0xeb, 0x10});
  p.bytes({0x48, 0xff, 0x04, 0x25, 0x80, 0x00, 0x50, 0x00, 0xc3});  // INCQ kCount; RET
  return p.bytes({0xb8, Calls::kSigreturn, 0, 0, 0, 0x0f, 0x05});
}

BareProcess& handle(BareProcess& p, std::uint64_t signal, std::uint64_t flags = 0, std::uint64_t mask = 0) {
  p.put(kAction, kHandler);
  p.put(kAction + 8, flags | kRestorerFlag);
  p.put(kAction + 16, kRestorer);
  p.put(kAction + 24, mask);
  return p.call(Calls::kSigaction, {signal, kAction, 0, 8});
}

TEST(Signals, leave_all_registers_as_they_were) {
  BareProcess p;
  handle(begin(p), kUsr1);
  p.set(Reg::rax, 0x1122334455667788).bytes({0x66, 0x48, 0x0f, 0x6e, 0xc8});  // MOVQ AX, X1
  p.set(Reg::r15, 15).set(Reg::rbp, 5).set(Reg::r9, 9);
  p.call(Calls::kTgkill, {1, 1, kUsr1});
  p.bytes({0x66, 0x48, 0x0f, 0x7e, 0xcb});  // MOVQ X1, BX
  const Image& last = p.run();
  EXPECT_EQ(last.load(Addr(kCount)), 1U);
  EXPECT_EQ(p.answer(), 0);
  EXPECT_EQ(p.reg(Reg::rbx), 0x1122334455667788U);
  EXPECT_EQ(p.reg(Reg::r15), 15U);
  EXPECT_EQ(p.reg(Reg::rbp), 5U);
  EXPECT_EQ(p.reg(Reg::r9), 9U);
}

TEST(Signals, do_not_touch_the_128_bytes_below_sp) {
  BareProcess p;
  handle(begin(p), kUsr1);
  p.bytes({0x48, 0xc7, 0x44, 0x24, 0x80, 0x2a, 0, 0, 0});  // MOVQ $42, -128(SP)
  p.call(Calls::kTgkill, {1, 1, kUsr1});
  p.bytes({0x48, 0x8b, 0x44, 0x24, 0x80}).run();
  EXPECT_EQ(p.answer(), 42);
}

TEST(Signals, that_are_blocked_wait_until_they_are_not) {
  BareProcess p;
  handle(begin(p), kUsr1);
  p.put(kData, std::uint64_t{1} << (kUsr1 - 1));
  p.call(Calls::kSigprocmask, {0, kData, 0, 8});
  p.call(Calls::kTgkill, {1, 1, kUsr1}).call(Calls::kTgkill, {1, 1, kUsr1});
  p.bytes({0x4c, 0x8b, 0x24, 0x25, 0x80, 0x00, 0x50, 0x00});  // MOVQ kCount, R12
  p.call(Calls::kSigprocmask, {1, kData, 0, 8});
  const Image& last = p.run();
  EXPECT_EQ(p.reg(Reg::r12), 0U);
  EXPECT_EQ(last.load(Addr(kCount)), 1U) << "it is pending once";
}

TEST(Signals, that_wait_together_are_taken_one_after_the_other) {
  const auto prepare = [](BareProcess& p) {
    handle(begin(p), kUsr1);
    handle(p, kUsr2);
    p.put(kData, signals({kUsr1, kUsr2}));
    p.call(Calls::kSigprocmask, {0, kData, 0, 8});
    p.call(Calls::kTgkill, {1, 1, kUsr1}).call(Calls::kTgkill, {1, 1, kUsr2});
    p.call(Calls::kSigprocmask, {1, kData, 0, 8});
  };
  BareProcess whole, pieces;
  prepare(whole);
  prepare(pieces);
  EXPECT_EQ(whole.run().load(Addr(kCount)), 2U);
  pieces.run(1);
  while (pieces.trace().end() == nullptr) {
    Cursor cursor(pieces.trace());
    cursor.seek(pieces.trace().steps());
    pieces.machine().resume_from(cursor);
    pieces.machine().run(1);
  }
  EXPECT_EQ(pieces.trace().steps(), whole.trace().steps());
  EXPECT_EQ(pieces.machine().engine_state().hash(), whole.machine().engine_state().hash());
}

TEST(Signals, use_the_stack_that_they_were_given) {
  BareProcess p;
  handle(begin(p), kUsr1, kOnStack);
  p.put(kData, kData + 0x400);
  p.put(kData + 8, 0);
  p.put(kData + 16, 0x800);
  p.call(Calls::kSigaltstack, {kData, 0}).call(Calls::kTgkill, {1, 1, kUsr1});
  const Image& last = p.run();
  EXPECT_EQ(last.load(Addr(kCount)), 1U);
  bool written = false;
  for (std::uint64_t at = kData + 0x400; at < kData + 0xc00; at += 8)
    written = written || last.load(Addr(at)) == kRestorer;
  EXPECT_TRUE(written) << "the frame is not there";
}

TEST(Signals, end_a_process_that_faults_where_they_are_blocked_or_not_handled) {
  const auto fault = [](BareProcess& p) -> std::string {
    p.bytes({0x31, 0xdb, 0x48, 0x8b, 0x03}).run();  // XORL BX, BX; MOVQ (BX), AX
    return p.trace().end()->detail.en;
  };
  BareProcess none;
  EXPECT_EQ(fault(begin(none)), "read of unmapped memory at 0x0 (nil pointer)");
  BareProcess blocked;
  handle(begin(blocked), kSegv);
  blocked.put(kData, std::uint64_t{1} << (kSegv - 1));
  blocked.call(Calls::kSigprocmask, {0, kData, 0, 8});
  EXPECT_EQ(fault(blocked), "read of unmapped memory at 0x0 (nil pointer)");
  BareProcess no_stack;
  handle(begin(no_stack), kSegv).set(Reg::rsp, 0x1000);
  EXPECT_EQ(fault(no_stack), "read of unmapped memory at 0x0 (nil pointer)");
  EXPECT_EQ(no_stack.reg(Reg::rsp), 0x1000U);
}

TEST(Signals, whose_handler_comes_back_to_the_fault_come_again) {
  BareProcess p;
  handle(begin(p), kSegv).bytes({0x31, 0xdb, 0x48, 0x8b, 0x03});
  const Image& last = p.run(5000);
  EXPECT_EQ(p.trace().end(), nullptr);
  EXPECT_GT(last.load(Addr(kCount)), 100U);
}

/// A second thread makes a call that sleeps, and gets a signal in it; R12: how often the handler ran, RAX:
/// what the call has answered, or that it has not.
void interrupted(BareProcess& p, std::uint64_t flags, std::uint64_t call,
                 std::initializer_list<std::uint64_t> arguments) {
  constexpr std::uint64_t kFlags = 0x50f00, kAnswer = kData + 0x90;
  handle(begin(p), kUsr1, flags);
  p.put(kData, 3600);
  p.put(kAnswer, 77);
  p.call(Calls::kPipe, {kData + 0x40, 0});
  BareProcess child;  // only its bytes
  child.call(call, arguments).bytes({0x48, 0x89, 0x04, 0x25, 0x90, 0x00, 0x50, 0x00}).call(Calls::kExit, {0});
  const auto length = static_cast<std::uint32_t>(child.size());
  p.call(Calls::kClone, {kFlags, kData + 0xf00})
      .bytes({0x85, 0xc0, 0x0f, 0x85});  // TESTL AX, AX; JNE over the child
  p.bytes({length & 0xff, length >> 8, 0, 0}).append(child);
  p.call(Calls::kYield).call(Calls::kTgkill, {1, 2, kUsr1});
  p.put(kData + 0x60, 0);
  p.put(kData + 0x68, 1000);
  p.call(Calls::kNanosleep, {kData + 0x60, 0});
  p.bytes({0x4c, 0x8b, 0x24, 0x25, 0x80, 0x00, 0x50, 0x00})
      .bytes({0x48, 0x8b, 0x04, 0x25, 0x90, 0x00, 0x50, 0x00});
  p.run();
}

TEST(Signals, interrupt_calls_that_sleep_as_linux_does) {
  constexpr std::int64_t kEintr = -4, kNotYet = 77;
  for (const std::uint64_t flags : {std::uint64_t{0}, kRestartFlag}) {
    BareProcess sleeps;
    interrupted(sleeps, flags, Calls::kNanosleep, {kData, kData + 0x20});
    EXPECT_EQ(sleeps.reg(Reg::r12), 1U);
    EXPECT_EQ(sleeps.answer(), kEintr);
    BareProcess waits;
    interrupted(waits, flags, Calls::kFutex, {kData + 0x30, 128, 0, 0});
    EXPECT_EQ(waits.reg(Reg::r12), 1U);
    EXPECT_EQ(waits.answer(), flags != 0 ? kNotYet : kEintr);
    BareProcess reads;
    interrupted(reads, flags, Calls::kRead, {3, kData + 0x200, 8});
    EXPECT_EQ(reads.reg(Reg::r12), 1U);
    EXPECT_EQ(reads.answer(), flags != 0 ? kNotYet : kEintr);
  }
}

TEST(Signals, come_of_writing_to_a_pipe_that_nobody_reads) {
  BareProcess p;
  p.call(Calls::kPipe, {kData, 0}).call(Calls::kClose, {3}).call(Calls::kWrite, {4, kData, 8}).run();
  ASSERT_NE(p.trace().end(), nullptr);
  EXPECT_EQ(p.trace().end()->detail.en, "killed by SIGPIPE");
  EXPECT_EQ(p.trace().end()->exit_code, 141);
}

TEST(Signals, frames_that_are_forged_end_the_run_with_a_reason) {
  const auto back_to = [](std::uint64_t sp,
                          std::initializer_list<std::pair<std::uint64_t, std::uint64_t>> words) {
    BareProcess p;
    for (const auto& [at, value] : words) p.put(at, value);
    p.set(Reg::rsp, sp).call(Calls::kSigreturn).run();
    return p.trace().end()->detail.en;
  };
  // The frame is 8 bytes below SP; CS and SS are 192 bytes into it, RIP 176, the place of FXSAVE 232.
  constexpr std::uint64_t kFrame = kData + 0x200, kSegments = 0x2b000000000033;
  EXPECT_EQ(back_to(0x10, {}), "rt_sigreturn with a frame at 0x8: it cannot be read");
  EXPECT_EQ(back_to(~0ULL, {}), "rt_sigreturn with a frame at 0xfffffffffffffff7: it cannot be read");
  EXPECT_EQ(
      back_to(kFrame + 8, {{kFrame + 192, 0x10}}),
      "rt_sigreturn with a frame at 0x500200: its segments are not those of a program (CS 0x10, SS 0x0)");
  EXPECT_EQ(back_to(kFrame + 8, {{kFrame + 192, kSegments}, {kFrame + 232, 0x18}}),
            "rt_sigreturn with a frame at 0x500200: what it says of SSE registers cannot be read");
  EXPECT_EQ(back_to(kFrame + 8, {{kFrame + 192, kSegments}, {kFrame + 176, 0x123456}}),
            "jump to unmapped memory at 0x123456");
  EXPECT_EQ(back_to(kFrame + 8, {{kFrame + 192, kSegments}, {kFrame + 176, 0xffff888000000000}}),
            "jump to unmapped memory at 0xffff888000000000");
  EXPECT_EQ(back_to(kFrame + 8, {{kFrame + 192, kSegments}, {kFrame + 176, kData}}),
            "jump to memory that is not executable at 0x500000");
  // MXCSR that unmasks exceptions.
  EXPECT_NE(back_to(kFrame + 8, {{kFrame + 192, kSegments}, {kFrame + 232, kData + 0x600}}).find("MXCSR 0x0"),
            std::string::npos);
}

}  // namespace
}  // namespace gogoscope
