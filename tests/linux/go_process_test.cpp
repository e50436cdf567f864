// A real Go program in the machine: it does what it does natively, always the same way, and reaches nothing
// of the host.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "emu/check/invariant.h"
#include "emu/check/run_events.h"
#include "emu/linux/absent.h"
#include "tests/linux/go_run.h"

namespace gogoscope {
namespace {

class GoProcess : public GoTest {};

/// At how many random moments record and engine are compared: GOGOSCOPE_MOMENTS, else a few.
int moments() {
  const char* const asked = std::getenv("GOGOSCOPE_MOMENTS");
  return asked == nullptr ? 25 : std::atoi(asked);
}

// Parts of the program; with sanitizers, where a run takes ten times as long, those that differ most.
#if defined(__SANITIZE_ADDRESS__)
constexpr const char* kEnding[] = {"workers-2", "sleep", "goexit"};
constexpr const char* kOthers[] = {"panic"};
#else
constexpr const char* kEnding[] = {"hello",   "ping-pong", "workers", "workers-2", "sleep",
                                   "collect", "locked",    "pipe",    "goexit",    "deadlock"};
constexpr const char* kOthers[] = {"numbers", "panic", "exit"};
#endif

TEST_F(GoProcess, writes_and_exits_as_it_does_natively) {
  for (const char* part : kEnding) expect_the_same_natively(part);
  for (const char* part : kOthers) expect_the_same_natively(part);
}

TEST_F(GoProcess, breaks_no_invariant) {
  for (const char* part : kEnding) {
    Recording recording(process({part}, {.procs = std::string_view(part) == "workers-2" ? 2 : 1}));
    recording.to_the_end();
    RunEvents events(recording.trace);
    events.follow(recording.trace.steps());
    for (const Event& event : events.all()) {
      if (const auto* const broken = event.as<InvariantBreak>())
        ADD_FAILURE() << part << ", step " << event.step << ": " << info(broken->id).name << ": "
                      << broken->reason.en;
    }
  }
}

TEST_F(GoProcess, writes_the_same_whenever_its_threads_take_turns) {
  for (const std::uint32_t quantum : {37U, 1000U}) {
    const Done ours = in_the_machine({"workers-2"}, {.quantum = quantum, .procs = 2});
    EXPECT_EQ(ours.out, "sum 1100 procs 2\n") << quantum;
    EXPECT_EQ(ours.code, 0) << quantum;
  }
}

TEST_F(GoProcess, is_the_same_in_every_run_and_however_a_run_is_cut) {
  const RunSettings settings{.quantum = 211, .procs = 2};
  Recording whole(process({"workers-2"}, settings));
  whole.to_the_end();
  Recording pieces(process({"workers-2"}, settings));
  std::mt19937_64 random(7);
  while (pieces.trace.end() == nullptr) {
    // Single steps now and then.
    const std::uint64_t n = random() % 4 == 0 ? 1 : 1 + random() % 20'000;
    pieces.machine.run(n);
  }
  EXPECT_EQ(pieces.trace.steps(), whole.trace.steps());
  EXPECT_EQ(pieces.trace.delta_bytes(), whole.trace.delta_bytes());
  EXPECT_EQ(pieces.last().hash(), whole.last().hash());
}

TEST_F(GoProcess, goes_on_from_the_past_as_it_went_before) {
  Recording run(process({"collect"}, {.quantum = 499}));
  run.to_the_end();
  const std::uint64_t steps = run.trace.steps(), hash = run.last().hash();
  std::mt19937_64 random(3);
  for (int i = 0; i < 4; ++i) {
    Cursor cursor(run.trace);
    cursor.seek(random() % steps);
    run.machine.resume_from(cursor);
    run.to_the_end();
    EXPECT_EQ(run.trace.steps(), steps);
    EXPECT_EQ(run.last().hash(), hash);
  }
}

TEST_F(GoProcess, is_in_the_record_what_it_is_in_the_engine) {
  const Program program = process({"collect"}, {.quantum = 499});
  Recording run(program), again(program);
  run.to_the_end();
  std::mt19937_64 random(11);
  std::vector<std::uint64_t> states;
  for (int i = 0; i < moments(); ++i) states.push_back(random() % run.trace.steps());
  std::ranges::sort(states);
  Cursor cursor(run.trace);
  for (const std::uint64_t state : states) {
    again.machine.run(state - again.trace.steps());
    cursor.seek(state);
    EXPECT_EQ(again.machine.engine_state().hash(), cursor.state().hash()) << "state " << state;
  }
}

TEST_F(GoProcess, finds_nothing_of_the_host) {
  Recording run(process({"reach"}));
  run.to_the_end();
  const Done done = run.done();
  EXPECT_EQ(done.out,
            "open /etc/passwd: no such file or directory\n"
            "open /proc/self/mem: no such file or directory\n"
            "open /proc/1/environ: no such file or directory\n"
            "open /: no such file or directory\n"
            "open /tmp/x: read-only file system\n"
            "socket: function not implemented\n"
            "fork: function not implemented\n"
            "exec: function not implemented\n"
            "ptrace: function not implemented\n"
            "execute: permission denied\n"
            "0 /program\n");
  std::string absent;
  for (const os::Absent& one : os::absent(*run.program.guest, run.last())) {
    if (!one.name.starts_with("signal")) absent += fmt::format("{} {}\n", one.name, one.times);
  }
  EXPECT_EQ(absent, "socket 1\nclone 1\nexecve 1\nptrace 1\n");
}

TEST_F(GoProcess, does_not_reach_the_memory_of_its_kernel) {
  // Linux has its own there, and says the same.
  expect_the_same_natively("kernel");
}

TEST_F(GoProcess, is_told_that_memory_is_used_up) {
  const Done done = in_the_machine({"allocate", "10737418240"});
  EXPECT_NE(done.err.find("out of memory: cannot allocate 10737418240-byte block"), std::string::npos)
      << done.err;
  EXPECT_EQ(done.code, 2);
}

TEST_F(GoProcess, is_told_that_it_has_written_enough) {
  const Done done = in_the_machine({"write"});
  EXPECT_EQ(done.err, fmt::format("write /dev/stdout: no space left on device {}\n", 16 << 20));
  EXPECT_EQ(done.code, 3);
  EXPECT_EQ(done.out.size(), std::size_t{16} << 20);
}

TEST_F(GoProcess, stops_where_its_steps_are_used_up) {
  Recording run(process({"loop"}, {.budget = 1'000'000}));
  run.to_the_end();
  EXPECT_EQ(run.trace.steps(), 1'000'000);
  EXPECT_EQ(run.trace.end(), nullptr);
}

}  // namespace
}  // namespace gogoscope
