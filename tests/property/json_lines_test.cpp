// JSON lines say the whole truth of memory and of SSE registers: whoever starts with the boot image and makes
// the writes of each line, in their order, finds `old` at its place each time, and has what every state has.
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emu/machine/machine.h"
#include "emu/port/jsonl.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

class JsonLines : public testing::TestWithParam<std::string> {};

std::uint64_t number(const nlohmann::json& hex) { return std::stoull(hex.get<std::string>(), nullptr, 16); }

/// Bytes of a region that has more mapped from the step on.
void grow(Image& image, const nlohmann::json& maps) {
  for (const nlohmann::json& map : maps) {
    const Region& region = *image.map().find(map["region"].get<std::string>());
    image.set_u64(region.hole_offset, region.size - number(map["new"]));
  }
}

/// Makes the changes of a thread's SSE registers: {"xmm0": ["0xold", "0xnew"]}.
void change_sse(SseFile& file, const nlohmann::json& changes) {
  for (const auto& [key, change] : changes.items()) {
    const SseReg reg = *sse_reg_by_name(key);
    const auto old_text = change[0].get<std::string>(), text = change[1].get<std::string>();
    EXPECT_EQ(old_text, hex(reg, file.value(reg)));
    const std::size_t low = text.size() > 18 ? text.size() - 16 : 2;
    file.set(reg, {std::stoull(text.substr(low), nullptr, 16),
                   low == 2 ? 0 : std::stoull(text.substr(2, low - 2), nullptr, 16)});
    file.words[SseFile::kWritten] |= bit(reg);
  }
}

TEST_P(JsonLines, written_one_after_the_other_make_every_state) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  std::stringstream lines;
  write_jsonl(lines, trace, {});
  std::string line;
  ASSERT_TRUE(std::getline(lines, line)) << "the header";

  Image image(*program.guest->boot);
  Cursor cursor(trace);
  std::map<int, SseFile> sse;
  std::uint64_t step = 0;
  for (; std::getline(lines, line); ++step) {
    const nlohmann::json json = nlohmann::json::parse(line);
    if (json.contains("maps")) grow(image, json["maps"]);
    for (const nlohmann::json& write : json["writes"]) {
      const Addr addr(number(write["addr"]));
      const auto size = write["size"].get<std::size_t>();
      ASSERT_EQ(image.load(addr, static_cast<int>(size)), number(write["old"])) << line;
      const std::uint64_t value = number(write["new"]);
      image.write(*image.map().image_offset(addr, size), std::as_bytes(std::span(&value, 1)).first(size));
    }
    if (json.contains("sse")) change_sse(sse[json["m"].get<int>()], json["sse"]);
    const nlohmann::json others = json.value("other_sse", nlohmann::json::object());
    for (const auto& [m, changes] : others.items()) {
      change_sse(sse[std::stoi(m.substr(1))], changes);
    }
    ASSERT_TRUE(cursor.forward());
    for (const auto& [thread, file] : sse) {
      ASSERT_EQ(file, cursor.state().sse(static_cast<ThreadId>(thread))) << line;
    }
    for (const nlohmann::json& write : json["writes"]) {
      const Addr addr(number(write["addr"]));
      const int size = write["size"].get<int>();
      ASSERT_EQ(image.load(addr, size), cursor.state().load(addr, size)) << line;
    }
  }
  EXPECT_EQ(step, trace.steps());
  for (const Region& region : image.map().regions()) {
    for (std::uint64_t at = 0; at < image.mapped(region); at += 8) {
      const Addr addr = region.base + static_cast<std::int64_t>(at);
      ASSERT_EQ(image.load(addr, 8), cursor.state().load(addr, 8)) << addr.value();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(of, JsonLines, testing::ValuesIn(shipped_scenarios()), test_name);
INSTANTIATE_TEST_SUITE_P(with, JsonLines, testing::Values(kSseScenario), test_name);

}  // namespace
}  // namespace gogoscope
