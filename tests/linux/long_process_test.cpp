// A Go program of whose record most is released: what is executed again is what was executed before.
#include <gtest/gtest.h>

#include <random>

#include "emu/check/run_events.h"
#include "emu/linux/process.h"
#include "emu/live/live.h"
#include "emu/session/command_text.h"
#include "tests/linux/go_program.h"

namespace gogoscope {
namespace {

constexpr RecordLimits kSmall{.delta_bytes = 512 << 10,
                              .keyframe_bytes = 256 << 20,
                              .chunk_bytes = 32 << 10,
                              .segment_chunks = 2,
                              .whole_chunks = 4};
#if defined(__SANITIZE_ADDRESS__)
constexpr const char* kParts[] = {"workers-2"};
constexpr int kLeaps = 4;
#else
constexpr const char* kParts[] = {"collect", "workers-2"};
constexpr int kLeaps = 40;
#endif

std::unique_ptr<Session> session_of(const char* part, const RecordLimits& limits) {
  ProcessOptions options;
  options.name = "program";
  options.arguments = {"/program", part};
  options.turns.quantum = 499;
  options.procs = 2;
  auto session = live_session(std::get<Program>(make_process(*go_program(), options)), limits);
  session->execute({CommandId::run, {}, StopMask{}});
  return session;
}

class LongProcess : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (go_program() == nullptr) GTEST_SKIP() << "go is not installed: nothing to run";
  }
};

TEST_P(LongProcess, has_at_every_state_what_the_whole_record_has) {
  const auto whole = session_of(GetParam(), {}), released = session_of(GetParam(), kSmall);
  ASSERT_EQ(released->trace().steps(), whole->trace().steps());
  ASSERT_EQ(released->trace().delta_bytes(), whole->trace().delta_bytes());
  ASSERT_FALSE(released->trace().is_whole());
  ASSERT_GT(released->trace().keyframes(), 10U);
  Cursor a(whole->trace()), b(released->trace());
  std::mt19937_64 random(5);
  for (int i = 0; i < kLeaps; ++i) {
    const std::uint64_t state = random() % (whole->trace().steps() + 1);
    a.seek(state);
    b.seek(state);
    ASSERT_EQ(a.state().hash(), b.state().hash()) << state;
    // Over a border or two, on and back.
    for (int n = 0; n < 12'000 && a.forward(); ++n) ASSERT_TRUE(b.forward());
    ASSERT_EQ(a.state().hash(), b.state().hash()) << a.position();
    for (int n = 0; n < 20'000 && a.back(); ++n) ASSERT_TRUE(b.back());
    ASSERT_EQ(a.state().hash(), b.state().hash()) << a.position();
  }
  EXPECT_GT(released->trace().remade(), static_cast<std::uint64_t>(kLeaps) / 2);
  EXPECT_LT(released->trace().present_bytes(), kSmall.delta_bytes + (std::uint64_t{256} << 10));
}

TEST_P(LongProcess, gives_searches_and_events_the_same_answers) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "a minute with sanitizers, and LongRecord asks the same of a lesson";
#endif
  const auto whole = session_of(GetParam(), {}), released = session_of(GetParam(), kSmall);
  const auto both = [&](CommandId id, const std::string& argument = "") {
    const Outcome a = execute(*whole, id, argument), b = execute(*released, id, argument);
    ASSERT_EQ(a.error.in(Language::en), b.error.in(Language::en));
    ASSERT_EQ(a.to, b.to) << info(id).name << " " << argument;
  };
  both(CommandId::run_to, "end");
  for (const char* field : {"m0.curg", "g1.atomicstatus", "runtime.sched.runqsize", "kernel.clock"}) {
    both(CommandId::last_write, field);
    both(CommandId::last_write, field);
  }
  for (int i = 0; i < 3; ++i) both(CommandId::last_event);
  both(CommandId::set_break, "runtime.gopark");
  both(CommandId::run_back);
  both(CommandId::go_start);
  both(CommandId::run);
  both(CommandId::run);
  const std::vector<Event>&a = whole->events(), &b = released->events();
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].step, b[i].step);
    ASSERT_TRUE(a[i].what == b[i].what) << a[i].step;
  }
}

TEST_P(LongProcess, goes_on_from_the_past_as_it_went_before) {
  const auto run = session_of(GetParam(), kSmall);
  const std::uint64_t steps = run->trace().steps(), hash = run->cursor().state().hash();
  execute(*run, CommandId::run_to, std::to_string(steps / 3));
  ASSERT_TRUE(execute(*run, CommandId::edit, "rdx=5").ok());
  execute(*run, CommandId::run_to, std::to_string(steps / 2));
  execute(*run, CommandId::undo);
  execute(*run, CommandId::run_to, "end");
  EXPECT_EQ(run->trace().steps(), steps);
  EXPECT_EQ(run->cursor().state().hash(), hash);
}

INSTANTIATE_TEST_SUITE_P(Parts, LongProcess, testing::ValuesIn(kParts));

}  // namespace
}  // namespace gogoscope
