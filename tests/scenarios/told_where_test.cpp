// Sentences that depend on the state are shown where they are true: beside each is the place where another
// one would be false.
#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/format/loader.h"
#include "scenarios/run/runner.h"
#include "scenarios/told/narration.h"
#include "tests/events_of.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

/// What is said of step k.
Narrated told_of(const Trace& trace, std::uint64_t k, Language language) {
  Cursor before(trace), after(trace);
  before.seek(k);
  after.seek(k + 1);
  return Narration(language).told(trace.guest(), before.state(), after.state(), before.next(),
                                  tests::events_of(trace, k, k + 1));
}

/// A sentence has all of `has` and nothing of `lacks`.
struct Words {
  std::vector<std::string_view> has;
  std::vector<std::string_view> lacks;
};

void expect_words(const std::string& sentence, const Words& words, std::string_view where) {
  for (const std::string_view word : words.has)
    EXPECT_NE(sentence.find(word), std::string::npos) << where << ": no “" << word << "” in: " << sentence;
  for (const std::string_view word : words.lacks)
    EXPECT_EQ(sentence.find(word), std::string::npos) << where << ": “" << word << "” in: " << sentence;
}

// ---- the end of a run ----

/// A program whose worker has this body.
std::string with_worker(std::string_view body, std::string_view frame = "$40-0") {
  std::string text(
      "title: {en: A, zh: A}\nabout: {en: A, zh: A}\ngo: \"1.16\"\nbodies: |\n"
      "  GLOBL main·word(SB), NOPTR, $8\n"
      "  DATA main·unlockf+0(SB)/8, $main·unlock(SB)\n"
      "  GLOBL main·unlockf(SB), NOPTR, $8\n"
      "  TEXT main·main(SB), $16-0\n      GO   main·worker(SB)\n      CALL runtime·Gosched(SB)\n      RET\n"
      "  TEXT main·unlock(SB), NOSPLIT, $0-24\n      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n"
      "  TEXT main·worker(SB), ");
  text += frame;
  text += "\n";
  std::size_t from = 0;
  while (from < body.size()) {
    const std::size_t end = std::min(body.find(';', from), body.size());
    text += "      " + std::string(body.substr(from, end - from)) + "\n";
    from = end + 1;
  }
  return text + "      RET\n";
}

struct Ending {
  const char* name;
  const char* body;
  Words en, zh;
};

void PrintTo(const Ending& ending, std::ostream* out) { *out << ending.name; }

class TheLastStep : public ::testing::TestWithParam<Ending> {};

TEST_P(TheLastStep, is_told_as_what_it_is) {
  const Ending& ending = GetParam();
  const auto loaded = load_scenario_text("ending.yaml", with_worker(ending.body));
  ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  const ScenarioRun run = run_scenario(std::get<0>(loaded));
  const Trace& trace = run.session->trace();
  ASSERT_NE(trace.end(), nullptr);
  for (const Language language : {Language::en, Language::zh}) {
    const Narrated last = told_of(trace, trace.steps() - 1, language);
    expect_words(last.sentence, language == Language::en ? ending.en : ending.zh, last.key);
  }
}

// signal_unix.go, sigpanic and canpanic; panic.go, throw.
const Ending kEndings[] = {
    {"nil",
     "XORL AX, AX; MOVQ 0(AX), CX",
     {{"SIGSEGV", "below 0x1000", "g2 could recover"}, {"throw"}},
     {{"SIGSEGV", "nil", "recover"}, {"throw"}}},
    {"last_byte_of_nil",
     "MOVQ $0xfff, AX; MOVB 0(AX), CX",
     {{"below 0x1000", "g2 could recover"}, {}},
     {{"小于 0x1000"}, {"不小于"}}},
    {"first_byte_that_is_not_nil",
     "MOVQ $0x1000, AX; MOVB 0(AX), CX",
     {{"SIGSEGV", "fatal error: fault", "cannot be recovered"}, {"could recover", "below"}},
     {{"SIGSEGV", "fatal error: fault", "无法恢复"}, {"recover 恢复"}}},
    {"write_to_text",
     "LEAQ main·worker(SB), AX; MOVQ AX, 0(AX)",
     {{"SIGSEGV", "fatal error: fault"}, {"could recover"}},
     {{"fatal error: fault"}, {"recover 恢复"}}},
    {"jump_into_data",
     "LEAQ main·word(SB), AX; JMP AX",
     {{"SIGSEGV", "fatal error: fault"}, {"could recover"}},
     {{"fatal error: fault"}, {"recover 恢复"}}},
    {"jump_to_nil", "XORL AX, AX; JMP AX", {{"below 0x1000", "g2 could recover"}, {}}, {{"小于 0x1000"}, {}}},
    {"panic_on_fault",
     "MOVB $1, 0(SP); CALL runtime∕debug·setPanicOnFault(SB); MOVQ $0x1000, AX; MOVB 0(AX), CX",
     {{"SetPanicOnFault", "g2 could recover"}, {"fatal error"}},
     {{"SetPanicOnFault", "recover"}, {"无法恢复"}}},
    {"division",
     "MOVQ $1, AX; XORL DX, DX; XORL CX, CX; DIVQ CX",
     {{"SIGFPE", "integer divide by zero", "g2 could recover"}, {"SIGSEGV"}},
     {{"SIGFPE", "integer divide by zero"}, {"SIGSEGV"}}},
    {"trap", "INT $3", {{"SIGTRAP", "exit code 2"}, {"SIGSEGV", "recover from"}}, {{"SIGTRAP"}, {"SIGSEGV"}}},
    {"on_g0",
     "LEAQ main·unlockf(SB), AX; MOVQ AX, 0(SP); MOVQ $0, 8(SP); MOVQ $14, 16(SP); MOVQ $0, 24(SP); "
     "CALL runtime·gopark(SB)",
     {{"on g0", "unexpected signal during runtime execution"}, {"could recover"}},
     {{"g0", "unexpected signal during runtime execution"}, {"recover 恢复"}}},
    {"in_a_system_call",
     "CALL runtime·entersyscall(SB); XORL AX, AX; MOVQ 0(AX), CX",
     {{"cannot be carried out"}, {"could recover", "panic of"}},
     {{"无法执行"}, {"recover 恢复", "的 panic"}}},
    {"nil_function",
     "MOVL $0, 0(SP); MOVQ $0, 8(SP); CALL runtime·newproc(SB)",
     {{"nil function value", "exit code 2"}, {"rules"}},
     {{"nil 函数值"}, {"规则"}}},
    {"endless_recursion",
     "MOVQ $4096, 0(SP); CALL runtime∕debug·setMaxStack(SB); again: CALL main·worker(SB); JMP again",
     {{"stack of g2", "endless recursion", "exit code 2"}, {"rules"}},
     {{"g2 的栈", "无穷递归"}, {"规则"}}},
    {"left_out",
     "MOVL $8, 0(SP); MOVQ $0, 8(SP); CALL runtime·deferproc(SB)",
     {{"This machine cannot continue", "A real process would"}, {"rules", "runtime gives up"}},
     {{"真实的进程可以"}, {"规则"}}},
    {"deadlock",
     "MOVQ $0, 0(SP); MOVQ $0, 8(SP); MOVQ $14, 16(SP); MOVQ $0, 24(SP); CALL runtime·gopark(SB)",
     {{}, {"rules"}},
     {{}, {"规则"}}},
};

INSTANTIATE_TEST_SUITE_P(EachKind, TheLastStep, ::testing::ValuesIn(kEndings),
                         [](const auto& one) { return std::string(one.param.name); });

// ---- places ----

struct Place {
  const char* name;
  const char* scenario;
  std::string_view key;  ///< of what is said
  Words en, zh;
};

void PrintTo(const Place& place, std::ostream* out) { *out << place.name; }

class AtAPlace : public ::testing::TestWithParam<Place> {};

TEST_P(AtAPlace, what_is_said_is_true_there) {
  const Place& place = GetParam();
  const auto loaded = load_scenario(GOGOSCOPE_SOURCE "/scenarios/" + std::string(place.scenario) + ".yaml");
  ASSERT_EQ(loaded.index(), 0U);
  const ScenarioRun run = run_scenario(std::get<0>(loaded));
  const Trace& trace = run.session->trace();
  for (const Language language : {Language::en, Language::zh}) {
    const Narration narration(language);
    const std::vector<Event> events = tests::events_of(trace);
    bool found = false;
    std::string said;
    auto next = events.begin();
    Cursor after(trace);
    for (Cursor before(trace); !before.at_end(); before.forward()) {
      after.forward();
      std::vector<Event> now;
      for (; next != events.end() && next->step == before.position(); ++next) now.push_back(*next);
      const Narrated one = narration.told(trace.guest(), before.state(), after.state(), before.next(), now);
      if (one.key != place.key) continue;
      // A line may be several steps, of which one brings the event that the sentence ends with.
      const Words& words = language == Language::en ? place.en : place.zh;
      said = one.sentence;
      found = found || std::all_of(words.has.begin(), words.has.end(), [&](std::string_view word) {
                return one.sentence.find(word) != std::string::npos;
              });
      expect_words(one.sentence, {{}, words.lacks}, place.name);
    }
    EXPECT_TRUE(found) << place.key << " is not said so in " << place.scenario << ", but: " << said;
  }
}

const Place kPlaces[] = {
    {"no_lock_in_the_steal_loop",
     "15-steal-half",
     "runtime.findrunnable:\"if sched.gcwaiting != 0 { goto top }\"",
     {{"without a lock"}, {"lock held"}},
     {{"不加锁"}, {"拿到锁"}}},
    {"a_lock_when_it_blocks",
     "50-first-thread-parks",
     "runtime.findrunnable:\"if sched.gcwaiting != 0 {#2\"",
     {{"sched.lock held"}, {}},
     {{"持有 sched.lock"}, {}}},
    {"save_of_a_goroutine",
     "32-syscall-fast",
     "runtime.save:\"_g_.sched.sp = sp\" else",
     {{"g1.sched.sp"}, {"g0", "mcall"}},
     {{"g1.sched.sp"}, {"g0", "mcall"}}},
    {"save_of_g0",
     "32-syscall-fast",
     "runtime.save:\"_g_.sched.sp = sp\"",
     {{"g0.sched.sp", "mcall"}, {"g1"}},
     {{"g0.sched.sp", "mcall"}, {"g1"}}},
    {"save_leaves_bp_alone",
     "32-syscall-fast",
     "runtime.save:\"_g_.sched.g = guintptr(unsafe.Pointer(_g_))\"",
     {{"not saved"}, {"stays 0"}},
     {{"没有保存"}, {"仍为 0"}}},
    {"gogo_to_g0_writes_tls_again",
     "51-thread-ends",
     "runtime.gogo:\"MOVQ DX, g(CX)\" else",
     {{"already", "neither"}, {"disagree"}},
     {{"都不改变"}, {"不一致"}}},
    {"gogo_to_g0_stays_on_its_stack",
     "51-thread-ends",
     "runtime.gogo:\"MOVQ gobuf_sp(BX), SP\" else",
     {{"stays on g0's stack"}, {"schedule"}},
     {{"仍在 g0 的栈上"}, {"schedule"}}},
    {"gogo_to_g0_goes_to_mexit",
     "51-thread-ends",
     "runtime.gogo:\"JMP BX\" else",
     {{"runtime.mstart+", "mexit"}, {"goexit+1"}},
     {{"runtime.mstart+", "mexit"}, {"goexit+1"}}},
    {"gobuf_pc_stays_stale",
     "02-two-exits",
     "runtime.gogo:\"MOVQ gobuf_pc(BX), BX\"",
     {{"mcall, systemstack, morestack, save or a recover", "newproc1"}, {"the next mcall"}},
     {{"mcall、systemstack、morestack、save 或 recover"}, {"下一次 mcall"}}},
    {"a_g_that_moves_to_the_global_list",
     "48-free-list",
     "runtime.gfput:\"gp = _p_.gFree.pop()\"",
     {{"taken from p0.gFree"}, {"new goroutine"}},
     {{"从 p0.gFree 取出"}, {"新的 goroutine"}}},
    {"a_g_that_is_used_again",
     "05-reused-g",
     "runtime.gfget:\"// pop: the head moves on to gp.schedlink\"",
     {{"taken from p0.gFree", "new goroutine"}, {}},
     {{"从 p0.gFree 取出", "新的 goroutine"}, {}}},
    {"a_g_that_is_kicked_out_of_runnext",
     "03-spawn-chain",
     "runtime.runqput:\"if !_p_.runnext.cas(oldnext, guintptr(unsafe.Pointer(gp))) { goto retryNext }\"",
     {{"goes into p0.runnext"}, {"inherits", "schedtick"}},
     {{"进入 p0.runnext"}, {"继承", "schedtick"}}},
    {"a_g_that_leaves_runnext_to_run",
     "02-two-exits",
     "runtime.runqget:\"return next.ptr(), true\"",
     {{"inherits the time slice"}, {}},
     {{"继承时间片"}, {}}},
    {"morestack_saves_a_return_address",
     "35-grown-stack",
     "runtime.morestack:\"MOVQ AX, (g_sched+gobuf_pc)(SI)\"",
     {{"behind the call of morestack"}, {}},
     {{"调用 morestack 之后"}, {}}},
    {"sysmonStarting",
     "33-syscall-retaken",
     "runtime.main:\"atomic.Store(&sched.sysmonStarting, 1)\"",
     {{"all threads"}, {"checkdead"}},
     {{"所有线程"}, {"checkdead"}}},
    {"m0_parks",
     "50-first-thread-parks",
     "runtime.mexit:\"if m == &m0 {\"",
     {{"zombie"}, {"as long as"}},
     {{"僵尸"}, {"同生死"}}},
    {"doesPark",
     "20-second-p",
     "runtime.newm:\"mp.doesPark = _p_ != nil\"",
     {{"made for a P"}, {"all others"}},
     {{"为一个 P"}, {"其他的都"}}},
    {"panic_after_a_goexit",
     "36-goexit-beside-return",
     "runtime.goexit0:\"gp._panic = nil\"",
     {{"After a Goexit"}, {"during a panic"}},
     {{"经过 Goexit"}, {"panic 期间"}}},
    {"a_lock_that_is_not_free",
     "24-contended-lock",
     "runtime.lock2:\"if v == mutex_unlocked { return }\"",
     {{"If it was free"}, {}},
     {{"如果原来是空闲的"}, {}}},
    {"a_lock_among_others",
     "30-park-and-ready",
     "runtime.unlock2:\"if gp.m.locks == 0 && gp.preempt {\"",
     {{"If it was the last one"}, {}},
     {{"如果这是最后一把"}, {}}},
    {"unlockf_says_yes",
     "30-park-and-ready",
     "runtime.park_m:\"if !ok {\"",
     {{"If not"}, {}},
     {{"如果不行"}, {}}},
    {"unlockf_runs_on_g0",
     "31-unlockf-says-no",
     "task.instruction else",
     {{"g0's stack"}, {"own task"}},
     {{"g0 的栈"}, {"自己任务"}}},
    {"a_reused_g_has_its_last_goid",
     "05-reused-g",
     "runtime.newproc1:\"casgstatus(newg, _Gdead, _Grunnable)\"",
     {{"still has its last"}, {"has no goid yet"}},
     {{"上一次的"}, {"还没有 goid"}}},
    {"retake_counts_one_m_more",
     "33-syscall-retaken",
     "runtime.retake:\"incidlelocked(-1)\"",
     {{"deadlock"}, {}},
     {{"死锁"}, {}}},
    {"gcenable",
     "01-one-exit",
     "runtime.main:\"gcenable()\"",
     {{"two goroutines", "a word from each"}, {}},
     {{"两个 goroutine"}, {}}},
};

INSTANTIATE_TEST_SUITE_P(EachOne, AtAPlace, ::testing::ValuesIn(kPlaces),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace gogoscope
