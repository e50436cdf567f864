#include "scenarios/format/read_machine.h"

#include "scenarios/format/read_quantity.h"
#include "scenarios/format/read_schedule.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kMinHeap = 1 << 20;
constexpr std::uint64_t kMaxHeap = 1 << 30;

/// `out` stays as it is if the word is none of the shape's.
void choice(const YamlNode &node, const Called &what, const Shape &shape, SectionReader &reader,
            std::string &out) {
  if (std::string word = reader.word(node, what, shape); !word.empty()) out = std::move(word);
}

void build(const YamlNode &node, SectionReader &reader, MachineSettings &out) {
  if (!reader.expect_map(node, "build", shapes().build)) return;
  for (const YamlEntry &entry : node.entries) {
    if (entry.key.value == "race") out.race = reader.boolean(entry.value, "race").value_or(false);
    if (entry.key.value == "goos") choice(entry.value, "goos", shapes().goos, reader, out.goos);
    if (entry.key.value == "goarch") choice(entry.value, "goarch", shapes().goarch, reader, out.goarch);
  }
}

}  // namespace

bool read_machine(std::string_view key, const YamlNode &value, SectionReader &reader, MachineSettings &out) {
  if (key == "procs") {
    out.procs = static_cast<int>(reader.number(value, key, shapes().procs).value_or(1));
  } else if (key == "schedule") {
    const bool explored = out.turns.explored;
    out.turns = read_schedule(value, explored, out.usual_quantum, reader);
    out.turns.explored = explored;
  } else if (key == "build") {
    build(value, reader, out);
  } else if (key == "sysmon") {
    out.sysmon = reader.boolean(value, key).value_or(false);
  } else if (key == "heap") {
    out.heap_bytes = read_size(value, key, kMinHeap, kMaxHeap, reader).value_or(out.heap_bytes);
  } else if (key == "budget") {
    out.budget = reader.number(value, key, shapes().budget).value_or(out.budget);
  } else {
    return false;
  }
  return true;
}

}  // namespace gogoscope
