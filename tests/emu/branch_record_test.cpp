// Branches of a record longer than its chunks, cut off at every place that could matter to how it is stored.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/emu/small_guest.h"

namespace gogoscope::tests {
namespace {

constexpr std::uint64_t kSteps = 150'000;
/// Each step takes 15 bytes, so that a chunk of 1 MiB ends near here.
constexpr std::uint64_t kBorder = (1 << 20) / 15;

void write(HandRecord& record, std::uint64_t steps, std::uint64_t pattern) {
  for (std::uint64_t i = 0; i < steps; ++i) {
    const Addr at = kHeap + 0x10000 + static_cast<std::int64_t>(i % 64 * 8);
    record.store(at, record.cursor().state().load_or_zero(at) ^ pattern).step();
  }
}

std::string saved(const Trace& trace) {
  std::ostringstream out;
  trace.save(out);
  return out.str();
}

TEST(BranchRecord, comes_back_as_it_was_wherever_it_is_cut) {
  HandRecord record(small_guest());
  write(record, kSteps, 0x0101010101010101);
  const Trace& trace = record.trace();
  ASSERT_GT(trace.delta_bytes(), std::uint64_t{2} << 20) << "three chunks";
  const std::uint32_t elsewhere = *trace.guest().map.image_offset(kHeap + 0x18000, 8);
  const std::string whole = saved(trace);
  std::vector<std::uint64_t> states{0, 1, 1000, kSteps - 1};
  for (std::uint64_t k = kBorder - 8; k < kBorder + 8; ++k) states.push_back(k);
  for (const std::uint64_t state : states) {
    for (const bool from_behind : {false, true}) {
      // Between two chunks a cursor is on another side if it comes from behind.
      Cursor at(trace);
      if (from_behind) at.seek(kSteps);
      while (at.position() > state) at.back();
      at.seek(state);
      record.pen().branch_off(at);
      ASSERT_EQ(trace.steps(), state);
      ASSERT_TRUE(at.at_end());
      // Something else, short or longer than a chunk.
      for (std::uint64_t i = 0; i < (from_behind ? 5 : 80'000); ++i) {
        record.pen().store(elsewhere, 8, 0x8080808080808080);
        record.pen().commit();
      }
      std::uint64_t walked = 0;
      while (at.forward()) ++walked;
      ASSERT_EQ(walked, trace.steps() - state);
      while (at.position() > state) ASSERT_TRUE(at.back());
      record.pen().go_to_branch(trace.branches().back().id);
      ASSERT_EQ(trace.steps(), kSteps);
      ASSERT_TRUE(saved(trace) == whole) << "state " << state << (from_behind ? " from behind" : "");
      while (at.forward()) ++walked;
      ASSERT_EQ(at.state().hash(), record.cursor().state().hash());
    }
  }
}

TEST(BranchRecord, of_a_copy_is_walked_to_its_end_and_back) {
  HandRecord record(small_guest());
  write(record, 5, 0x01);
  const std::uint64_t end = record.cursor().state().hash();
  Cursor at(record.trace());
  at.seek(2);
  const std::uint64_t before = at.state().hash();
  record.pen().branch_off(at);
  record.pen().store(*record.trace().guest().map.image_offset(kHeap + 0x18000, 8), 8, 0x02);
  record.pen().commit();
  const RunBranch branch = record.trace().branches().front();
  const std::unique_ptr<Trace> copy = record.trace().copy_with_branch(branch.id);
  ASSERT_EQ(copy->steps(), 5U);
  // The last entry is one byte, and eight are read: what is behind it must be there.
  Cursor walk(*copy);
  while (walk.forward()) {
  }
  EXPECT_EQ(walk.state().hash(), end);
  while (walk.position() > 2) walk.back();
  EXPECT_EQ(walk.state().hash(), before);
}

}  // namespace
}  // namespace gogoscope::tests
