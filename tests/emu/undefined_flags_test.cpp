// Flags that the architecture leaves undefined are 0: in the record, in what is pushed, for a branch that
// reads them. An engine has something in them, and what differs with how a run is cut into pieces.
#include <gtest/gtest.h>

#include <random>

#include "emu/disasm/decode.h"
#include "tests/emu/bare_guest.h"

namespace gogoscope {
namespace {

using tests::BareRun;
using tests::hex_bytes;

constexpr std::uint64_t kCarry = 1, kAdjust = 0x10, kZero = 0x40, kOverflow = 0x800;

std::uint64_t flags_after(const std::string& hex, std::uint64_t steps) {
  BareRun run(hex);
  run.machine.run(steps);
  return run.tip().state().reg(Reg::rflags);
}

FlagEffect effect(const std::string& hex, std::uint64_t rcx = 0) {
  return decode(hex_bytes(hex), CodeAddr(0x401000)).flags_with(rcx);
}

TEST(UndefinedFlags, of_a_shift_depend_on_its_count) {
  EXPECT_EQ(effect("48 d1 e0").undefined, kAdjust) << "by 1: OF is defined";
  EXPECT_EQ(effect("48 c1 e0 05").undefined, kAdjust | kOverflow);
  EXPECT_EQ(effect("48 c1 e0 00").undefined | effect("48 c1 e0 00").defined, 0U) << "nothing changes";
  EXPECT_EQ(effect("48 d3 e0", 0).undefined | effect("48 d3 e0", 64).defined, 0U);
  EXPECT_EQ(effect("48 d3 e0", 1).undefined, kAdjust);
  EXPECT_EQ(effect("48 d3 e0", 65).undefined, kAdjust) << "6 bits of CL count";
  EXPECT_EQ(effect("d3 e0", 33).undefined, kAdjust) << "5 bits of CL count";
  EXPECT_EQ(effect("d2 e0", 9).undefined, kCarry | kAdjust | kOverflow) << "SHLB by more than 8";
  EXPECT_EQ(effect("d2 f8", 9).undefined, kAdjust | kOverflow) << "SARB";
  EXPECT_EQ(effect("48 d3 c0", 2).undefined, kOverflow) << "a rotation";
  EXPECT_EQ(effect("f3 a6", 0).defined, 0U) << "no comparison at all";
  EXPECT_NE(effect("f3 a6", 1).defined, 0U);
}

TEST(UndefinedFlags, are_zero_in_the_record_and_where_they_are_pushed_or_tested) {
  // MOVL $0x4000000, AX; SHLQ $37, AX: 1<<26 becomes 1<<63, and an engine that computes OF as for a shift by
  // one sets it.
  const std::string shift = "b8 00 00 00 04 48 c1 e0 25 ";
  EXPECT_EQ(flags_after(shift, 2) & (kOverflow | kAdjust), 0U);
  EXPECT_EQ(flags_after("b8 00 00 00 40 48 c1 e0 20 48 d1 e0", 3) & kOverflow, kOverflow) << "by 1: defined";

  BareRun pushed(shift + "9c 58 eb fe");  // PUSHFQ; POPQ AX
  pushed.machine.run(4);
  EXPECT_EQ(pushed.tip().state().reg(Reg::rax) & (kOverflow | kAdjust), 0U);
  BareRun jumps(shift + "71 02 ff d8 eb fe");  // JOC
  jumps.machine.run(5);
  EXPECT_EQ(jumps.end(), "");
}

TEST(UndefinedFlags, stay_zero_under_instructions_that_do_not_write_them) {
  // XORL DX, DX; MOVL $1, CX; MOVL $5, AX; SUBQ $1, BX; DIVQ CX; INCQ SI; SETCS DI. DIVQ leaves CF undefined,
  // where an engine may keep what SUBQ has set, and INCQ leaves it alone.
  BareRun run("31 d2 b9 01 00 00 00 b8 05 00 00 00 48 83 eb 01 48 f7 f1 48 ff c6 40 0f 92 c7 eb fe");
  run.machine.run(4);
  EXPECT_EQ(run.tip().state().reg(Reg::rflags) & kCarry, kCarry);
  run.machine.run(2);
  EXPECT_EQ(run.tip().state().reg(Reg::rflags) & kCarry, 0U);
  run.machine.run(1);
  EXPECT_EQ(run.tip().state().reg(Reg::rdi) & 0xff, 0U);
  EXPECT_EQ(run.end(), "");
}

/// Instructions that write, leave undefined, keep and read flags; each can be put anywhere.
const std::vector<std::string>& pieces() {
  static const std::vector<std::string> all = {"48 c1 e0 05", "48 d3 e3",    "d2 e8",
                                               "48 d3 fa",    "48 d1 e2",    "48 d3 c6",
                                               "d3 d7",       "48 0f a5 d8", "48 0f ac d8 09",
                                               "48 0f af c3", "48 f7 e3",    "48 0f bc c3",
                                               "48 0f bd c3", "48 0f a3 d8", "48 0f ab d8",
                                               "48 21 d8",    "48 31 d8",    "48 01 d8",
                                               "48 11 d8",    "48 19 d8",    "48 ff c0",
                                               "48 ff cb",    "48 f7 d8",    "48 39 d8",
                                               "9c 58",       "9f",          "9e",
                                               "f5",          "f9",          "0f 92 c2",
                                               "0f 9a c3",    "0f 90 c0",    "0f 4c d8",
                                               "71 00",       "7a 00",       "48 d3 d3",
                                               "48 83 c1 07", "41 f7 e8",    "66 0f a4 d8 13",
                                               "c0 e3 0b",    "48 0f c1 d8", "48 0f b1 d8"};
  return all;
}

TEST(UndefinedFlags, do_not_differ_between_ways_of_running_and_going_back) {
  std::mt19937 random(1);
  std::uint64_t masked = 0;
  for (int round = 0; round < 40; ++round) {
    std::string hex = "48 b8 ef cd ab 89 67 45 23 81 b9 03 00 00 00 bb 80 00 00 80 ";
    for (int i = 0; i < 60; ++i) hex += pieces()[random() % pieces().size()] + " ";
    hex += "eb fe";
    BareRun at_once(hex), stepwise(hex);
    at_once.machine.run(70);
    while (stepwise.trace.steps() < 70 && !stepwise.trace.end()) {
      stepwise.machine.run(1);
      Cursor tip = stepwise.tip();
      ASSERT_EQ(tip.state().hash(), stepwise.machine.engine_state().hash()) << hex;
    }
    ASSERT_EQ(at_once.end(), stepwise.end());
    ASSERT_EQ(at_once.trace.steps(), stepwise.trace.steps());
    std::vector<std::uint64_t> hashes;
    Cursor a(at_once.trace), b(stepwise.trace);
    hashes.push_back(a.state().hash());
    while (a.forward() && b.forward()) {
      ASSERT_EQ(a.state().hash(), b.state().hash()) << hex << "state " << a.position();
      hashes.push_back(a.state().hash());
      const Step step = a.last();
      const auto code = hex_bytes(hex);
      const auto at = step.pc.value() - tests::kBareText;
      const Decoded decoded = decode(std::span(code).subspan(at), step.pc);
      Cursor before = a;
      before.back();
      const FlagEffect done = decoded.flags_with(before.state().reg(Reg::rcx));
      ASSERT_EQ(a.state().reg(Reg::rflags) & done.undefined, 0U) << hex << "state " << a.position();
      masked += done.undefined != 0 ? 1 : 0;
    }
    for (int i = 0; i < 5; ++i) {
      Cursor back(at_once.trace);
      back.seek(random() % at_once.trace.steps());
      at_once.machine.resume_from(back);
      at_once.machine.run(hashes.size() - 1 - at_once.trace.steps());
      ASSERT_EQ(at_once.tip().state().hash(), hashes.back()) << hex;
    }
  }
  EXPECT_GT(masked, 100U) << "the test says something";
}

TEST(UndefinedFlags, that_are_defined_are_those_of_the_instruction) {
  EXPECT_EQ(flags_after("31 c0", 1) & kZero, kZero);
  EXPECT_EQ(flags_after("31 c0 48 83 e8 01", 2) & (kCarry | kAdjust), kCarry | kAdjust);
}

}  // namespace
}  // namespace gogoscope
