// Records of which most is released: nobody who reads one can tell, but for the time it takes.
#include <random>

#include "emu/history/remaker.h"
#include "emu/machine/machine.h"
#include "emu/session/views/futures.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// Segments of some thousand steps; of a lesson's record a tenth may be there.
constexpr RecordLimits kTiny{.delta_bytes = 32 << 10,
                             .keyframe_bytes = 64 << 20,
                             .chunk_bytes = 4 << 10,
                             .segment_chunks = 2,
                             .whole_chunks = 4};

// With sanitizers all of it takes ten times as long.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kHashed = 2003;
constexpr int kLeaps = 30;
#else
constexpr std::uint64_t kHashed = 101;  ///< of so many states one is compared as a whole
constexpr int kLeaps = 300;
#endif

/// Goroutines that come and go, hand over and keep values in registers and on stacks.
constexpr const char* kBusy = R"(
TEXT main·main(SB), $16-0
	MOVQ $300, left-8(SP)
loop:
	GO main·worker(SB)
	CALL runtime·Gosched(SB)
	DECQ left-8(SP)
	JNE loop
	RET
TEXT main·worker(SB), $8-0
	PUSHQ AX
	CALL runtime·Gosched(SB)
	POPQ AX
	RET
)";

std::unique_ptr<Session> session_of(const RecordLimits& limits, std::uint64_t budget = 150'000) {
  ProgramOptions options;
  options.name = "busy";
  options.procs = 2;
  options.bodies = {{"bodies", kBusy}};
  options.step_budget = budget;
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << format(wrong->front());
    return nullptr;
  }
  return live_session(std::get<Program>(built), limits);
}

/// The same run, kept whole and kept within limits.
struct Pair {
  explicit Pair(const RecordLimits& limits = kTiny) : whole(session_of({})), released(session_of(limits)) {}
  /// Both do it, and come to the same.
  void execute(CommandId id, const std::string& argument = "") {
    const Outcome a = gogoscope::execute(*whole, id, argument);
    const Outcome b = gogoscope::execute(*released, id, argument);
    ASSERT_EQ(a.error.in(Language::en), b.error.in(Language::en)) << info(id).name << " " << argument;
    ASSERT_EQ(a.to, b.to) << info(id).name << " " << argument;
    ASSERT_EQ(a.branch, b.branch);
    ASSERT_EQ(whole->trace().steps(), released->trace().steps());
    ASSERT_EQ(whole->cursor().state().hash(), released->cursor().state().hash()) << info(id).name;
  }
  std::unique_ptr<Session> whole, released;
};

TEST(LongRecord, has_at_every_state_what_the_whole_record_has) {
  Pair run;
  run.execute(CommandId::run_to, "end");
  const Trace &whole = run.whole->trace(), &released = run.released->trace();
  ASSERT_GT(whole.steps(), 50'000U);
  EXPECT_EQ(whole.keyframes(), 0U) << "a short record needs none";
  EXPECT_GT(released.keyframes(), 40U);
  EXPECT_EQ(released.delta_bytes(), whole.delta_bytes());
  EXPECT_FALSE(released.is_whole());
  Cursor a(whole), b(released);
  const auto expect_equal = [&] {
    ASSERT_EQ(a.position(), b.position());
    ASSERT_EQ(a.state().pc(), b.state().pc()) << a.position();
    if (a.position() % kHashed != 0) return;
    ASSERT_EQ(a.state().hash(), b.state().hash()) << a.position();
    if (!a.at_end()) {
      ASSERT_EQ(a.next().stores.size(), b.next().stores.size());
    }
  };
  while (a.forward()) {
    ASSERT_TRUE(b.forward());
    expect_equal();
  }
  EXPECT_TRUE(b.at_end());
  while (a.back()) {
    ASSERT_TRUE(b.back());
    expect_equal();
  }
  EXPECT_FALSE(b.back());
  EXPECT_GT(released.remade(), released.keyframes()) << "there and back";
  EXPECT_LT(released.present_bytes(), kTiny.delta_bytes + 4 * kTiny.segment_chunks * kTiny.chunk_bytes);
}

TEST(LongRecord, is_gone_through_in_leaps_and_over_the_borders_of_its_segments) {
  Pair run;
  run.execute(CommandId::run_to, "end");
  Cursor a(run.whole->trace()), b(run.released->trace());
  std::mt19937_64 random(11);
  for (int i = 0; i < kLeaps; ++i) {
    const std::uint64_t state = random() % (run.whole->trace().steps() + 1);
    a.seek(state);
    b.seek(state);
    ASSERT_EQ(a.state().hash(), b.state().hash()) << state;
    for (std::uint64_t n = random() % 2000; n > 0 && a.back(); --n) ASSERT_TRUE(b.back());
    for (std::uint64_t n = random() % 3000; n > 0 && a.forward(); --n) ASSERT_TRUE(b.forward());
    ASSERT_EQ(a.state().hash(), b.state().hash()) << a.position();
    if (a.position() > 0) {
      ASSERT_EQ(a.last().regs.size(), b.last().regs.size());
    }
  }
}

TEST(LongRecord, gives_searches_the_same_answers) {
  Pair run;
  run.execute(CommandId::set_break, "runtime.goexit0");
  for (int i = 0; i < 3; ++i) run.execute(CommandId::run);
  run.execute(CommandId::clear_break, "runtime.goexit0");
  run.execute(CommandId::run_to, "end");
  for (const char* field : {"g1.sched.sp", "g2.atomicstatus", "runtime.sched.runqsize", "m0.curg"}) {
    for (int i = 0; i < 3; ++i) run.execute(CommandId::last_write, field);
    run.execute(CommandId::next_write, field);
    run.execute(CommandId::run_to, "20000");
    run.execute(CommandId::last_write, field);
    run.execute(CommandId::run_to, "end");
  }
  for (int i = 0; i < 5; ++i) run.execute(CommandId::last_event);
  run.execute(CommandId::go_start);
  for (int i = 0; i < 5; ++i) run.execute(CommandId::next_event);
  run.execute(CommandId::run_to, "30000");
  for (int i = 0; i < 5; ++i) run.execute(CommandId::last_handoff);
  run.execute(CommandId::set_break, "m0.curg");
  run.execute(CommandId::run_back);
  run.execute(CommandId::run);
  run.execute(CommandId::back_to, "runtime.newproc1");
}

TEST(LongRecord, goes_on_from_an_edit_of_its_past_and_takes_it_back) {
  Pair run;
  run.execute(CommandId::run_to, "end");
  for (const char* state : {"40000", "12345", "61000"}) {
    run.execute(CommandId::run_to, state);
    run.execute(CommandId::edit, "rax=0x1234");
    run.execute(CommandId::run_to, "end");
    run.execute(CommandId::run_to, "100");
    run.execute(CommandId::run_to, "40010");
    run.execute(CommandId::run_to, "12350");
  }
  for (int i = 0; i < 3; ++i) {
    run.execute(CommandId::undo);
    run.execute(CommandId::run_to, "end");
    run.execute(CommandId::run_to, "39999");
  }
  for (int i = 0; i < 3; ++i) {
    run.execute(CommandId::redo);
    run.execute(CommandId::run_to, "12346");
    run.execute(CommandId::run_to, "end");
  }
  for (const RunBranch& branch : run.whole->trace().branches()) {
    run.execute(CommandId::go_to_branch, std::to_string(branch.id));
    run.execute(CommandId::run_to, "end");
    run.execute(CommandId::run_to, "50");
  }
  EXPECT_GT(run.released->trace().remade(), 3U);
}

TEST(LongRecord, shows_the_same_futures) {
  Pair run;
  run.execute(CommandId::run_to, "end");
  run.execute(CommandId::run_to, "33333");
  run.execute(CommandId::edit, "rdx=7");
  run.execute(CommandId::run_to, "end");
  const auto futures = [](Session& session) { return Futures().of(session.trace(), session.events()); };
  const std::vector<Future> a = futures(*run.whole), b = futures(*run.released);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].steps, b[i].steps);
    EXPECT_EQ(a[i].from, b[i].from);
    EXPECT_EQ(a[i].differs.has_value(), b[i].differs.has_value());
  }
}

TEST(LongRecord, has_fewer_keyframes_where_they_take_too_much) {
  RecordLimits limits = kTiny;
  limits.delta_bytes = 512 << 10;
  limits.keyframe_bytes = 1 << 20;
  Pair run(limits);
  run.execute(CommandId::run_to, "end");
  Pair many;
  many.execute(CommandId::run_to, "end");
  EXPECT_LT(run.released->trace().keyframes(), many.released->trace().keyframes() / 4);
  EXPECT_LT(run.released->trace().keyframe_bytes(), many.released->trace().keyframe_bytes() / 2);
  EXPECT_FALSE(run.released->trace().is_whole());
  for (const char* state : {"0", "777", "50000", "25000", "60000", "1", "end"})
    run.execute(CommandId::run_to, state);
}

TEST(LongRecord, gives_a_search_up_and_has_not_moved) {
  Pair run;
  run.execute(CommandId::run_to, "end");
  std::vector<SearchProgress> seen;
  run.released->set_watch([&](const SearchProgress& progress) {
    seen.push_back(progress);
    return false;
  });
  const std::uint64_t here = run.released->cursor().position(), hash = run.released->cursor().state().hash();
  ASSERT_GT(here, std::uint64_t{1} << 17) << "long enough to be asked";
  const Outcome outcome = execute(*run.released, CommandId::last_write, "runtime.sched.maxmcount");
  EXPECT_EQ(outcome.error.in(Language::en), "stopped; nothing has moved");
  EXPECT_EQ(run.released->cursor().position(), here);
  EXPECT_EQ(run.released->cursor().state().hash(), hash);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].from, here - 1) << "the step that led here is not looked at";
  EXPECT_EQ(seen[0].to, 0U);
  // One that lets it go on changes nothing.
  seen.clear();
  run.released->set_watch([&](const SearchProgress& progress) {
    seen.push_back(progress);
    return true;
  });
  run.execute(CommandId::last_write, "runtime.sched.maxmcount");
  EXPECT_FALSE(seen.empty());
}

/// Makes other steps than those that there were.
class Liar final : public Remaker {
 public:
  explicit Liar(std::unique_ptr<Session> other) : other_(std::move(other)) {}
  const Trace& remake(std::uint64_t, const std::shared_ptr<const Image>&, std::uint64_t,
                      const std::shared_ptr<const Image>&) override {
    return other_->trace();
  }

 private:
  std::unique_ptr<Session> other_;
};

TEST(LongRecordDeathTest, ends_the_program_where_steps_come_out_differently) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto builds = build_lesson(kBusy);
  const Program& program = std::get<Program>(builds);
  Trace trace(program.guest);
  trace.keep_within(kTiny, std::make_shared<Liar>(session_of({})));
  Machine machine(program.guest, program.slots, trace);
  machine.run(40'000);
  ASSERT_FALSE(trace.is_whole());
  Cursor cursor(trace);
  EXPECT_DEATH(cursor.seek(3000), "were executed once more and came out differently");
}

}  // namespace
}  // namespace gogoscope
