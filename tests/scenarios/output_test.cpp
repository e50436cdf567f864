// What a task prints is in its record: as events, as the output at any moment, as what a scenario expects.
#include "emu/history/output.h"

#include <gtest/gtest.h>

#include "emu/check/run_events.h"
#include "emu/guest/write_words.h"
#include "emu/history/event_info.h"
#include "emu/machine/machine.h"
#include "emu/port/event_json.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

/// A program that says `body` with a frame of 40 bytes, and what it expects.
std::string program(const std::string& body, const std::string& expects) {
  return "title: {en: a, zh: a}\nabout: {en: a, zh: a}\nbodies: |\n  DATA main·text+0(SB)/8, $\"ab  "
         "{g}\\n\"\n"
         "  DATA main·text+8(SB)/8, $0x80ff\n  GLOBL main·text(SB), NOPTR, $4112\n"
         "  TEXT main·main(SB), $40-0\n" +
         body + "      RET\n" + expects;
}

/// write1(fd, p + from, n), its result to 32(SP).
std::string call_write(int fd, const std::string& p, std::int64_t n) {
  return "      MOVQ $" + std::to_string(fd) + ", 0(SP)\n      " + p +
         "\n      MOVQ AX, 8(SP)\n      MOVL $" + std::to_string(n) +
         ", 16(SP)\n      CALL runtime·write1(SB)\n      MOVLQSX 24(SP), AX\n      MOVQ AX, 32(SP)\n";
}
constexpr const char* kText = "LEAQ main·text(SB), AX";

struct Ran {
  std::unique_ptr<Session> session;
  std::string report;
};

Ran ran(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) return {nullptr, testing::told(std::get<1>(loaded))};
  const LoadedScenario& scenario = std::get<0>(loaded);
  ScenarioRun run = run_scenario(scenario);
  const Verdict verdict = judge(scenario, run);
  return {std::move(run.session), report(scenario.scenario, verdict)};
}

/// The result of a write of `n` bytes at `p` to `fd`.
std::string at_ret(const std::string& value) {
  return "at:\n  - place: 'main.main:\"RET\"'\n    expect: ['[rsp+32] == " + value + "']\n";
}

TEST(Output, has_events_whose_values_a_comparison_may_name) {
  const std::string writes = call_write(2, kText, 3) + call_write(1, kText, 1);
  EXPECT_EQ(
      ran(program(writes, "whenever:\n  - write: {}\n    expect: [event.fd >= 1, event.fd <= 2]\n")).report,
      "");
  EXPECT_NE(ran(program(writes, "whenever:\n  - write: {}\n    expect: [event.fd == 2]\n")).report, "");
}

TEST(Output, is_that_of_each_moment) {
  const Ran r = ran(program(call_write(2, kText, 3) + call_write(1, kText, 1) + call_write(2, kText, 2), ""));
  ASSERT_EQ(r.report, "");
  const std::vector<Event>& events = r.session->events();
  std::vector<std::uint64_t> steps;
  for (const Event& e : events) {
    if (e.type() == EventType::write) steps.push_back(e.step);
  }
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(output(events, 2, steps[0]), "");
  EXPECT_EQ(output(events, 2, steps[0] + 1), "ab ");
  EXPECT_EQ(output(events, 2, steps[2] + 1), "ab ab");
  EXPECT_EQ(output(events, 1, steps[2] + 1), "a");
  EXPECT_EQ(writer(events, 2, 2), steps[0]);
  EXPECT_EQ(writer(events, 2, 3), steps[2]);
  EXPECT_EQ(writer(events, 2, 5), std::nullopt);
}

TEST(Output, of_other_descriptors_and_addresses_is_an_error_as_in_linux) {
  EXPECT_EQ(ran(program(call_write(3, kText, 1), at_ret("-9") + "output: {stdout: ''}\n")).report, "")
      << "EBADF";
  EXPECT_EQ(ran(program(call_write(1, "MOVQ $8, AX", 1), at_ret("-14"))).report, "") << "EFAULT";
  EXPECT_EQ(ran(program(call_write(1, "MOVQ $8, AX", 0), at_ret("0"))).report, "");
  EXPECT_EQ(ran(program(call_write(1, "MOVQ $-1, AX", 100), at_ret("-14"))).report, "");
}

TEST(Output, of_one_call_ends_at_its_most) {
  EXPECT_EQ(ran(program(call_write(1, kText, 4097), at_ret(std::to_string(WriteWords::kMost)))).report, "");
}

TEST(Output, of_a_run_ends_when_the_device_is_full) {
  const std::uint64_t calls = WriteWords::kMostOutput / WriteWords::kMost;
  const Ran r = ran(program(
      "      MOVQ $" + std::to_string(calls + 1) + ", BX\n      MOVQ BX, 24(SP)\n  more:\n" +
          call_write(1, kText, 4096) + "      INCQ main·text+4096(SB)\n      CMPQ main·text+4096(SB), $" +
          std::to_string(calls + 1) + "\n      JLT more\n",
      at_ret("-28") + "finally: {'[main.text + 4096]': " + std::to_string(calls + 1) + "}\n"));
  EXPECT_EQ(r.report, "");
  ASSERT_NE(r.session, nullptr);
  EXPECT_EQ(output(r.session->events(), 1, r.session->trace().steps()).size(), WriteWords::kMostOutput);
}

TEST(Output, that_differs_is_reported_at_the_line_and_the_write) {
  const std::string body = call_write(2, kText, 8) + call_write(2, kText, 8);
  EXPECT_EQ(ran(program(body, "output: {stderr: \"ab  {g}\\nab  {g}\\n\"}\n")).report, "");
  const std::string report = ran(program(body, "output: {stderr: \"ab  {g}\\nab  {m}\\n\"}\n")).report;
  EXPECT_NE(
      report.find("line 2 of the standard error: expected \"ab  {m}\\n\", but the run writes \"ab  {g}\\n\""),
      std::string::npos)
      << report;
  EXPECT_NE(report.find("m0 writes"), std::string::npos) << report;
  EXPECT_NE(ran(program(body, "output: {stdout: \"x\"}\n"))
                .report.find("line 1 of the standard output: expected \"x\", but the run writes nothing"),
            std::string::npos);
  EXPECT_NE(
      ran(program(body, "output: {stderr: \"\"}\n"))
          .report.find("line 1 of the standard error: expected nothing, but the run writes \"ab  {g}\\n\""),
      std::string::npos);
}

TEST(Output, is_not_what_an_edit_of_the_kernel_s_notes_claims) {
  const auto loaded = load_scenario_text("sample.yaml", program(call_write(2, kText, 3), ""));
  ASSERT_EQ(loaded.index(), 0U);
  const Program& made = std::get<0>(loaded).program;
  Trace trace(made.guest);
  Machine machine(made.guest, made.slots, trace);
  machine.run(100'000);
  Cursor end(trace);
  end.seek(trace.steps() - 1);
  const auto writes = [&trace] {
    RunEvents events(trace);
    events.follow(trace.steps());
    return std::ranges::count(events.all(), EventType::write, &Event::type);
  };
  ASSERT_EQ(writes(), 1);
  const Addr total =
      made.guest->code.data("kernel.write")->addr + static_cast<std::int64_t>(WriteWords::kTotal);
  ASSERT_EQ(end.state().load_or_zero(total), 3U);
  ASSERT_TRUE(machine.edit(end, MemoryEdit{total, 8, 6}).empty());
  EXPECT_EQ(writes(), 1);
}

TEST(Output, of_any_bytes_is_shown_and_exported) {
  const Ran r = ran(program(call_write(2, kText, 10), "output: {stderr: \"ab  {g}\\n\\uFFFD\\uFFFD\"}\n"));
  ASSERT_EQ(r.report, "");
  const auto write = std::ranges::find(r.session->events(), EventType::write, &Event::type);
  ASSERT_NE(write, r.session->events().end());
  EXPECT_EQ(to_string(*write, r.session->guest()), "m0 writes \"ab  {g}\\n\\xff\\x80\" to 2");
  EXPECT_EQ(event_json(*write, r.session->guest()).dump(),
            "{\"type\":\"write\",\"fd\":2,\"text\":\"ab  {g}\\n\uFFFD\uFFFD\"}");
}

}  // namespace
}  // namespace gogoscope
