// Text is decoded when it is about to be executed. Nothing else may change by that: what is not on the list
// is refused, at its own step, and bytes that would kill the engine never get there.
#include <gtest/gtest.h>

#include "emu/disasm/decode.h"
#include "tests/emu/bare_guest.h"

namespace gogoscope {
namespace {

using tests::BareRun;
using tests::hex_bytes;
using tests::kBareText;

constexpr const char* kRefused = "the guest may not execute this: ";

/// NOP, the bytes, and a jump to itself.
void expect_the_verdict_of_the_decoder(std::vector<std::byte> bytes) {
  const Decoded decoded = decode(bytes, CodeAddr(kBareText + 1));
  if (decoded.allowed) bytes.resize(decoded.length);
  std::vector<std::byte> text = hex_bytes("90");
  text.insert(text.end(), bytes.begin(), bytes.end());
  for (const std::byte b : hex_bytes("eb fe")) text.push_back(b);
  BareRun run(tests::bare_guest(text));
  run.machine.run(2);
  ASSERT_EQ(run.trace.steps(), 2U);
  const std::string end = run.end();
  if (decoded.allowed) {
    EXPECT_EQ(end.find(kRefused), std::string::npos) << end;
  } else {
    EXPECT_EQ(end, kRefused + decoded.refusal.in(Language::en));
    EXPECT_EQ(run.trace.stop_at(0), nullptr) << "the NOP before it has run";
  }
}

TEST(FirstExecution, refuses_the_same_bytes_as_decoding_the_whole_text) {
  for (unsigned value = 0; value < 256; ++value) {
    const auto byte = static_cast<std::byte>(value);
    std::vector<std::byte> one(15, std::byte{0}), two(15, std::byte{0}), locked(15, std::byte{0});
    one[0] = two[1] = locked[1] = byte;
    two[0] = std::byte{0x0f};
    locked[0] = std::byte{0xf0};
    SCOPED_TRACE(value);
    expect_the_verdict_of_the_decoder(one);
    expect_the_verdict_of_the_decoder(two);
    expect_the_verdict_of_the_decoder(locked);
  }
}

TEST(FirstExecution, refuses_what_kills_the_engine_in_a_line_behind_a_branch_and_behind_a_return) {
  const std::string refused = "the guest may not execute this: these bytes are not an instruction";
  BareRun line("90 90 ff d8");
  line.machine.run(10);
  EXPECT_EQ(line.trace.steps(), 3U);
  EXPECT_EQ(line.end(), refused);

  BareRun jump("eb 02 90 90 ff d8");
  jump.machine.run(10);
  EXPECT_EQ(jump.trace.steps(), 2U);
  EXPECT_EQ(jump.end(), refused);

  BareRun taken("31 c0 74 02 eb fe ff d8");  // XORL AX, AX; JEQ
  taken.machine.run(10);
  EXPECT_EQ(taken.trace.steps(), 3U);
  EXPECT_EQ(taken.end(), refused);

  BareRun called("e8 00 00 00 00 ff d8");  // CALL to what is behind it
  called.machine.run(10);
  EXPECT_EQ(called.trace.steps(), 2U);
  EXPECT_EQ(called.end(), refused);

  BareRun returned("68 09 10 40 00 c3 90 90 90 ff d8");  // PUSHQ $0x401009; RET
  returned.machine.run(10);
  EXPECT_EQ(returned.end(), "the jump leads to 0x401009, where no instruction starts");
}

TEST(FirstExecution, leaves_alone_what_is_not_executed) {
  BareRun run("31 c0 75 02 eb fe ff d8");  // XORL AX, AX; JNE; JMP to itself
  run.machine.run(100);
  EXPECT_EQ(run.trace.steps(), 100U);
  EXPECT_EQ(run.end(), "");
}

TEST(FirstExecution, comes_to_a_refused_instruction_once_for_each_way_of_running) {
  const std::string text = "31 c0 ff c0 83 f8 05 75 f9 0f a2";  // counts to 5, then CPUID
  BareRun at_once(text), stepwise(text);
  at_once.machine.run(1000);
  while (!stepwise.trace.end()) stepwise.machine.run(1);
  EXPECT_EQ(at_once.end(), "the guest may not execute this: cpuid depends on the CPU");
  EXPECT_EQ(at_once.trace.steps(), 1 + 5 * 3 + 1U);
  EXPECT_EQ(stepwise.end(), at_once.end());
  EXPECT_EQ(stepwise.trace.steps(), at_once.trace.steps());
  EXPECT_EQ(stepwise.tip().state().hash(), at_once.tip().state().hash());
  // Back, and on again.
  Cursor middle(at_once.trace);
  middle.seek(7);
  at_once.machine.resume_from(middle);
  at_once.machine.run(1000);
  EXPECT_EQ(at_once.trace.steps(), stepwise.trace.steps());
  EXPECT_EQ(at_once.end(), stepwise.end());
}

TEST(FirstExecution, follows_a_jump_into_the_middle_of_an_instruction) {
  BareRun run("eb 01 b8 90 90 eb fe");  // over the first byte of MOVL $..., AX
  run.machine.run(4);
  EXPECT_EQ(run.trace.steps(), 4U);
  EXPECT_EQ(run.tip().state().reg(Reg::rip), kBareText + 5);
}

}  // namespace
}  // namespace gogoscope
