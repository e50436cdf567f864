// A saved trace opens as the trace it was; a damaged one is refused with a reason, and never crashes.
#include "emu/history/trace_file.h"

#include <sstream>

#include "emu/machine/machine.h"
#include "emu/session/session.h"
#include "tests/emu/small_guest.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

std::string saved(const std::string& path, std::vector<std::uint64_t>* hashes = nullptr) {
  const Program program = program_of(path);
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  if (hashes) {
    Cursor cursor(trace);
    hashes->push_back(cursor.state().hash());
    while (cursor.forward()) hashes->push_back(cursor.state().hash());
  }
  std::ostringstream out;
  trace.save(out);
  return out.str();
}

std::variant<std::unique_ptr<Trace>, Message> opened(const std::string& bytes) {
  std::istringstream in(bytes);
  return Trace::open(in);
}

std::string refusal(const std::string& bytes) {
  auto result = opened(bytes);
  return std::holds_alternative<Message>(result) ? std::get<Message>(result).in(Language::en) : "(opened)";
}

/// The file with its checksum made right again, as a forger would.
std::string resealed(std::string bytes) {
  const std::size_t head = kTraceMagic.size();
  ByteWriter sum;
  sum.number(checksum(std::string_view(bytes).substr(head + 16)));
  bytes.replace(head + 8, 8, sum.bytes());
  return bytes;
}

class TraceFile : public testing::TestWithParam<std::string> {};

TEST_P(TraceFile, opens_as_the_trace_that_was_saved) {
  std::vector<std::uint64_t> hashes;
  const std::string bytes = saved(GetParam(), &hashes);
  auto result = opened(bytes);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Trace>>(result))
      << std::get<Message>(result).in(Language::en);
  const Trace& trace = *std::get<std::unique_ptr<Trace>>(result);
  ASSERT_EQ(trace.steps() + 1, hashes.size());
  Cursor cursor(trace);
  EXPECT_EQ(cursor.state().hash(), hashes[0]);
  while (cursor.forward()) ASSERT_EQ(cursor.state().hash(), hashes[cursor.position()]);
  ASSERT_TRUE(trace.end() || trace.steps() == kMostSteps);
  std::ostringstream again;
  trace.save(again);
  EXPECT_EQ(again.str(), bytes);
}

TEST_P(TraceFile, has_the_same_bytes_for_the_same_run) { EXPECT_EQ(saved(GetParam()), saved(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Shipped, TraceFile, testing::ValuesIn(shipped_scenarios()), test_name);
INSTANTIATE_TEST_SUITE_P(Sse, TraceFile, testing::Values(kSseScenario), test_name);

const std::string& sample() {
  static const std::string bytes = saved(shipped_scenarios().front());
  return bytes;
}

TEST(DamagedTrace, says_what_is_wrong) {
  EXPECT_EQ(refusal(""), "this is not a gogoscope trace");
  EXPECT_EQ(refusal("title: {en: a scenario}"), "this is not a gogoscope trace");
  EXPECT_EQ(refusal(sample().substr(0, 20)), "the trace is cut off");
  EXPECT_EQ(refusal(sample().substr(0, sample().size() / 2)), "the trace is damaged: its checksum is wrong");
  std::string flipped = sample();
  flipped[flipped.size() / 2] ^= 1;
  EXPECT_EQ(refusal(flipped), "the trace is damaged: its checksum is wrong");
  std::string newer = sample();
  newer[kTraceMagic.size()] = 9;
  EXPECT_EQ(refusal(newer), "the trace is of version 9; this program reads versions 5 to 8");
  EXPECT_EQ(refusal(sample()), "(opened)");
}

TEST(DamagedTrace, with_a_forged_checksum_is_refused_or_walks_within_its_image) {
  const std::size_t body = kTraceMagic.size() + 16;
  std::uint64_t random = 42;
  int walked = 0;
  for (int i = 0; i < 100; ++i) {
    std::string bytes = sample();
    for (int k = 0; k < 3; ++k) {
      random = random * 6364136223846793005ULL + 1442695040888963407ULL;
      bytes[body + (random >> 24) % (bytes.size() - body)] = static_cast<char>(random >> 56);
    }
    auto result = opened(resealed(bytes));
    if (std::holds_alternative<Message>(result)) continue;
    auto session = replay_session(std::move(std::get<std::unique_ptr<Trace>>(result)));
    session->execute({CommandId::go_end});
    session->execute({CommandId::back});
    ++walked;
  }
  EXPECT_GT(walked, 0) << "some changes only touch a byte of the image";
}

TEST(DamagedTrace, whose_text_would_fill_the_memory_is_refused) {
  const auto guest = std::make_shared<Guest>();
  guest->release = release_named("1.16");
  guest->map.add("text", Addr(tests::kText), 32 << 20, false, true);
  guest->code = tests::small_code();
  guest->boot = std::make_unique<Image>(guest->map);
  std::ostringstream out;
  Trace(guest).save(out);
  EXPECT_EQ(refusal(out.str()), "the trace contradicts itself");
}

}  // namespace
}  // namespace gogoscope
