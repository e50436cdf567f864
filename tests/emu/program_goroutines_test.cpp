// What is read of the goroutines of a program that some Go release has built, in guests made by hand.
#include <gtest/gtest.h>

#include "emu/check/report.h"
#include "emu/disasm/go_wrapper.h"
#include "emu/layout/goroutines.h"
#include "emu/layout/wait_reason.h"
#include "tests/emu/small_guest.h"

namespace gogoscope {
namespace {

using namespace tests;

/// The small guest with more functions, and of a release whose g has the field of Go 1.25.
std::shared_ptr<Guest> guest_with(const std::vector<Function>& more) {
  std::vector<StructLayout> structs;
  for (StructLayout s : release_named("1.16")->layout.structs()) {
    constexpr std::uint32_t kPadding = 188;
    if (s.name == "g") s.fields.push_back({"runningCleanups", "bool", kPadding, 1});
    structs.push_back(std::move(s));
  }
  const auto guest =
      small_guest(std::make_shared<const Release>(Layout("1.25", "a test", std::move(structs)), GHome::tls,
                                                  std::vector<GTransition>(), std::vector<PTransition>()));
  const Code& code = guest->code;
  std::vector<Function> functions = code.functions();
  functions.insert(functions.end(), more.begin(), more.end());
  guest->code = Code(code.sources(), std::move(functions), code.instructions(), code.data(), code.rows());
  return guest;
}

constexpr std::uint64_t kMore = kText + 0x800;

Function at(const char* name, std::uint64_t entry) {
  return function(name, entry, 0x20, FunctionKind::task, {{0, 0}});
}

GoroutineKind kind_of(const char* starts, bool cleanups) {
  const auto guest = guest_with({at(starts, kMore)});
  poke(*guest->boot, field(*guest, kG2, "g", "startpc"), kMore);
  poke(*guest->boot, field(*guest, kG2, "g", "runningCleanups"), cleanups ? 1 : 0, 1);
  const Entities entities(*guest, *guest->boot);
  return goroutine_kind(*guest, *guest->boot, *entities.find("g2"));
}

TEST(GoroutineKind, is_what_is_system_goroutine_says) {
  EXPECT_EQ(kind_of("main.worker", false), GoroutineKind::user);
  EXPECT_EQ(kind_of("runtime.bgsweep", false), GoroutineKind::system);
  EXPECT_EQ(kind_of("runtime.main", false), GoroutineKind::user);
  EXPECT_EQ(kind_of("runtime.handleAsyncEvent", false), GoroutineKind::user);
  EXPECT_EQ(kind_of("runtime.corostart", false), GoroutineKind::user);
  EXPECT_EQ(kind_of("runtime.runCleanups", false), GoroutineKind::system);
  EXPECT_EQ(kind_of("runtime.runCleanups", true), GoroutineKind::user) << "while it runs the program's code";
  EXPECT_EQ(kind_of("runtime.bgsweep", true), GoroutineKind::system);
}

std::shared_ptr<Guest> guest_of(const char* release, const std::vector<Function>& more = {}) {
  const Release& known = *release_named("1.16");
  const auto guest =
      small_guest(std::make_shared<const Release>(Layout(release, "a test", known.layout.structs()),
                                                  GHome::tls, known.g_transitions, known.p_transitions));
  const Code& code = guest->code;
  std::vector<Function> functions = code.functions();
  functions.insert(functions.end(), more.begin(), more.end());
  guest->code = Code(code.sources(), std::move(functions), code.instructions(), code.data(), code.rows());
  return guest;
}

InvariantReport report_of(const std::shared_ptr<Guest>& guest, Invariant id) {
  const Trace trace(guest);
  return invariants_at(Cursor(trace)).at(static_cast<std::size_t>(id));
}

/// What is said of a g that is running while its M has no P.
InvariantState running_without_p(const char* release, bool in_system_call) {
  const auto guest = guest_of(release);
  poke(*guest->boot, field(*guest, kM0, "m", "p"), 0);
  poke(*guest->boot, field(*guest, kG2, "g", "syscallsp"), in_system_call ? kStack2.value() + 64 : 0);
  return report_of(guest, Invariant::running_g_has_m_and_p).state;
}

TEST(RunningG, may_be_without_a_p_in_a_system_call_from_1_26_on) {
  EXPECT_EQ(running_without_p("1.26.10", true), InvariantState::window);
  EXPECT_EQ(running_without_p("1.26.10", false), InvariantState::broken);
  EXPECT_EQ(running_without_p("1.25.12", true), InvariantState::broken);
}

/// What is said of an M whose P has been taken away from it, in one store of two.
InvariantState losing_its_p(const char* release, std::uint64_t status) {
  const auto guest = guest_of(release);
  poke(*guest->boot, field(*guest, kG2, "g", "atomicstatus"), status, 4);
  poke(*guest->boot, field(*guest, kP0, "p", "m"), 0);
  poke(*guest->boot, field(*guest, kP0, "p", "status"), kPidle, 4);
  return report_of(guest, Invariant::m_and_p_agree).state;
}

TEST(SystemCall, lets_another_m_take_the_p_from_1_26_on) {
  EXPECT_EQ(losing_its_p("1.26.10", kGscan | kGsyscall), InvariantState::window);
  EXPECT_EQ(losing_its_p("1.26.10", kGsyscall), InvariantState::broken);
  EXPECT_EQ(losing_its_p("1.25.12", kGscan | kGsyscall), InvariantState::broken);
}

/// What is said of sched.nmspinning, which counts one M more than are spinning.
InvariantState one_too_many_is_spinning(const char* where) {
  const auto guest = guest_of("1.26.10", {at(where, kMore)});
  poke(*guest->boot, field(*guest, kG0, "g", "sched.pc"), kMstart + 1);  // it is past its start
  poke(*guest->boot, field(*guest, kSched, "schedt", "nmspinning"), 1, 4);
  set_reg(*guest->boot, Reg::rip, kMore);
  return report_of(guest, Invariant::nmspinning_counts).state;
}

TEST(SpinningMs, are_counted_before_wakep_starts_them) {
  EXPECT_EQ(one_too_many_is_spinning("runtime.wakep"), InvariantState::window);
  EXPECT_EQ(one_too_many_is_spinning("main.worker"), InvariantState::broken);
}

/// What is said of a P on the list of idle ones that sched.npidle does not count, with the lock free.
InvariantReport idle_count(const char* release, bool has_goroutines) {
  const auto guest = guest_of(release);
  if (!has_goroutines) poke(*guest->boot, kAllgs + 8, 0);
  poke(*guest->boot, field(*guest, kSched, "schedt", "pidle"), kP0.value());
  return report_of(guest, Invariant::idle_counts_match);
}

TEST(IdleCounts, need_no_lock_before_there_is_a_goroutine_up_to_1_15) {
  const InvariantReport early = idle_count("1.15.15", false);
  EXPECT_EQ(early.state, InvariantState::window);
  EXPECT_EQ(early.detail.en, "sched.npidle is 0, the list has 1; until there is a goroutine");
  EXPECT_EQ(idle_count("1.15.15", true).state, InvariantState::broken);
  EXPECT_EQ(idle_count("1.16", false).state, InvariantState::broken);
}

/// What a function of that name calls that calls morestack, and then main.worker.
std::string called_by(const char* name) {
  constexpr std::uint64_t kMorestack = kMore + 0x40, kWorker = kMore + 0x80;
  const auto guest =
      guest_with({at(name, kMore), at("runtime.morestack.abi0", kMorestack), at("main.worker", kWorker)});
  const auto call = [&](std::uint64_t pc, std::uint64_t to) {
    poke(*guest->boot, Addr(pc), 0xe8, 1);
    poke(*guest->boot, Addr(pc + 1), to - (pc + 5), 4);
  };
  call(kMore, kMorestack);
  call(kMore + 5, kWorker);
  poke(*guest->boot, Addr(kMore + 10), 0xc3, 1);
  const Function* const wrapper = guest->code.function_at(CodeAddr(kMore));
  const Function* const called = called_by_go_wrapper(guest->code, *guest->boot, *wrapper);
  return called == nullptr ? "" : called->name;
}

TEST(GoWrapper, is_that_of_the_function_that_it_calls) {
  EXPECT_EQ(called_by("main.main.gowrap1"), "main.worker");
  EXPECT_EQ(called_by("main.main.func1.gowrap12"), "main.worker");
  EXPECT_EQ(called_by("main.main.func1"), "") << "a function of the program, whatever it calls";
  EXPECT_EQ(called_by("main.gowrapper"), "");
}

TEST(WaitReason, of_a_lesson_is_in_the_words_of_1_16) {
  const auto guest = small_guest();
  const std::pair<std::uint64_t, std::string_view> words[] = {
      {9, "select"}, {14, "chan receive"}, {15, "chan send"},  {18, "semacquire"},
      {19, "sleep"}, {25, "preempted"},    {26, "debug call"}, {0, ""}};
  for (const auto& [reason, word] : words) EXPECT_EQ(wait_reason(*guest, *guest->boot, reason), word);
}

TEST(WaitReason, of_a_program_is_in_its_own_words) {
  const auto guest = small_guest();
  constexpr Addr kWords{0x4cf000}, kLetters{0x4cf100};
  auto data = guest->code.data();
  data.push_back({"runtime.waitReasonStrings", kWords, 64, "[4]string"});
  const Code& code = guest->code;
  guest->code = Code(code.sources(), code.functions(), code.instructions(), std::move(data), code.rows());
  const auto string = [&](int i, std::uint64_t letters, std::uint64_t length) {
    poke(*guest->boot, kWords + 16 * i, letters);
    poke(*guest->boot, kWords + 16 * i + 8, length);
  };
  poke(*guest->boot, kLetters, 0x1b'70'65'65'6c'73);  // "sleep" and ESC
  string(0, kLetters.value(), 5);
  string(1, kLetters.value(), 6);
  string(2, kLetters.value(), 1'000'000);  // forged
  string(3, 8, 2);                         // leads to nothing
  const auto said = [&](std::uint64_t reason) { return wait_reason(*guest, *guest->boot, reason); };
  EXPECT_EQ(said(0), "sleep");
  EXPECT_TRUE(said(1).starts_with("sleep"));
  EXPECT_EQ(said(1).find('\x1b'), std::string::npos) << "no control character gets to a terminal";
  EXPECT_EQ(said(2), "");
  EXPECT_EQ(said(3).find('\0'), std::string::npos);
  EXPECT_EQ(said(4), "");
  EXPECT_EQ(said(~std::uint64_t{0}), "");
}

}  // namespace
}  // namespace gogoscope
