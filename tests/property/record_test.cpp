// The record is compared with the engine, not with itself: what a cursor shows at a state is what Unicorn,
// asked register by register and page by page, says of itself there.
#include <fmt/format.h>

#include <cstring>

#include "emu/live/live.h"
#include "emu/machine/machine.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

/// The first place where two images differ, in words; empty if they are equal.
std::string difference(const Image& recorded, const Image& engine) {
  std::optional<std::uint32_t> page;
  for (std::uint32_t n = 0; n < recorded.pages() && !page; ++n) {
    if (std::memcmp(recorded.page(n), engine.page(n), Image::kPage) != 0) page = n;
  }
  if (recorded.thread() != engine.thread()) return fmt::format("thread {}", recorded.thread());
  for (int i = 0; i < kRegCount; ++i) {
    const auto r = static_cast<Reg>(i);
    if (recorded.reg(r) != engine.reg(r)) {
      return fmt::format("{}: record {:#x}, engine {:#x}", name(r), recorded.reg(r), engine.reg(r));
    }
  }
  if (!page) return {};
  std::uint32_t at = *page * Image::kPage;
  while (recorded.u8(at) == engine.u8(at)) ++at;
  if (const AddressMap& map = recorded.map(); map.in_sse(at)) {
    return fmt::format("m{}: word {} of the SSE registers", map.thread_of_sse(at), map.word_of_sse(at));
  }
  return fmt::format("byte {} of the image, at {:#x}", at, recorded.map().addr_at(at).value());
}

/// One of one P, and one of several.
bool boots_at_each_step(const std::string& path) {
  return path.ends_with("/02-two-exits.yaml") || path.ends_with("/20-second-p.yaml");
}

bool is_task(const Code& code, CodeAddr pc) {
  const Function* const function = code.place(pc).function;
  return function != nullptr && function->kind == FunctionKind::task;
}

class Record : public testing::TestWithParam<std::string> {};

TEST_P(Record, equals_registers_and_memory_of_the_engine_at_every_step) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  Cursor cursor(trace);
  bool booted = false;
  int since_boot = 0;
  ASSERT_EQ(difference(cursor.state(), machine.engine_state()), "");
  while (!trace.end() && trace.steps() < kMostSteps) {
    const std::uint64_t before = trace.steps();
    machine.run(1);
    ASSERT_EQ(trace.steps(), before + 1) << "a step is one instruction or one slot";
    ASSERT_TRUE(cursor.forward());
    // All memory is asked for. The boot is the same in all, so two of them are asked at every step of it;
    // then come the first handoffs, and then one step of many.
    if (!booted) booted = is_task(program.guest->code, cursor.state().pc());
    if (booted) ++since_boot;
    const bool at_each = booted ? since_boot < 800 : boots_at_each_step(GetParam());
    if (!at_each && trace.steps() % 61 != 0) continue;
    ASSERT_EQ(difference(cursor.state(), machine.engine_state()), "") << "state " << trace.steps();
  }
  ASSERT_EQ(difference(cursor.state(), machine.engine_state()), "") << "the last state";
}

TEST_P(Record, is_the_same_whether_run_at_once_or_step_by_step) {
  const Program program = program_of(GetParam());
  Trace at_once(program.guest), stepwise(program.guest);
  Machine fast(program.guest, program.slots, at_once), slow(program.guest, program.slots, stepwise);
  fast.run(kMostSteps);
  while (!stepwise.end() && stepwise.steps() < kMostSteps) slow.run(1);
  ASSERT_EQ(at_once.steps(), stepwise.steps());
  Cursor a(at_once), b(stepwise);
  while (a.forward() && b.forward())
    ASSERT_EQ(a.state().hash(), b.state().hash()) << "state " << a.position();
}

TEST_P(Record, gives_the_same_states_walked_forwards_backwards_and_sought) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  std::vector<std::uint64_t> hashes;
  Cursor cursor(trace);
  hashes.push_back(cursor.state().hash());
  while (cursor.forward()) hashes.push_back(cursor.state().hash());
  ASSERT_EQ(hashes.size(), trace.steps() + 1);
  while (cursor.back()) ASSERT_EQ(cursor.state().hash(), hashes[cursor.position()]);
  EXPECT_EQ(cursor.position(), 0U);
  std::uint64_t random = 1;
  for (int i = 0; i < 300; ++i) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    cursor.seek((random >> 33) % (trace.steps() + 1));
    ASSERT_EQ(cursor.state().hash(), hashes[cursor.position()]);
  }
}

TEST_P(Record, decodes_a_step_alike_from_both_of_its_sides) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  Cursor cursor(trace);
  while (!cursor.at_end()) {
    const Step next = cursor.next();
    // Old values are those of the state before; where stores of one step overlap, those of the store before.
    for (const RegChange& change : next.regs) ASSERT_EQ(cursor.state().reg(change.reg), change.old_value);
    cursor.forward();
    const Step last = cursor.last();
    ASSERT_EQ(next.index, last.index);
    ASSERT_EQ(next.pc, last.pc);
    ASSERT_EQ(next.regs.size(), last.regs.size());
    for (std::size_t i = 0; i < next.regs.size(); ++i) {
      ASSERT_EQ(next.regs[i].old_value, last.regs[i].old_value);
      ASSERT_EQ(next.regs[i].new_value, last.regs[i].new_value);
      ASSERT_EQ(cursor.state().reg(last.regs[i].reg), last.regs[i].new_value);
    }
    ASSERT_EQ(next.stores.size(), last.stores.size());
    for (std::size_t i = 0; i < next.stores.size(); ++i) {
      ASSERT_EQ(next.stores[i].addr, last.stores[i].addr);
      ASSERT_EQ(next.stores[i].old_value, last.stores[i].old_value);
      ASSERT_EQ(next.stores[i].new_value, last.stores[i].new_value);
    }
  }
}

TEST_P(Record, goes_on_from_states_all_over_it_as_it_went_before) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  const std::uint64_t steps = trace.steps();
  Cursor end(trace);
  end.seek(steps);
  const std::uint64_t last = end.state().hash();
  const std::uint64_t stride = std::max<std::uint64_t>(100, steps / 25);
  for (std::uint64_t k = steps; k > stride; k -= stride) {
    Cursor past(trace);
    past.seek(k - stride);
    machine.resume_from(past);
    ASSERT_EQ(trace.steps(), k - stride);
    machine.run(steps - trace.steps());
    ASSERT_EQ(trace.steps(), steps);
    Cursor again(trace);
    again.seek(steps);
    ASSERT_EQ(again.state().hash(), last) << "from state " << k - stride;
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, Record, testing::ValuesIn(shipped_scenarios()), test_name);
INSTANTIATE_TEST_SUITE_P(Sse, Record, testing::Values(kSseScenario), test_name);

TEST(RecordOfSse, has_registers_of_both_threads) {
  const Program program = program_of(kSseScenario);
  Trace trace(program.guest);
  Machine(program.guest, program.slots, trace).run(program.guest->step_budget);
  Cursor tip(trace);
  tip.seek(trace.steps());
  EXPECT_TRUE(tip.state().sse(0).is_written(SseReg::xmm0));
  EXPECT_TRUE(tip.state().sse(1).is_written(SseReg::xmm0));
  EXPECT_EQ(tip.state().sse(1).value(SseReg::mxcsr).low, 0x7f80U) << "inherited";
}

}  // namespace
}  // namespace gogoscope
