// What a recorded step costs in gdb, by `record full`, over what it costs here: the first 10,000 instructions
// of a Go program, from the entry of the process on.
//
//   build/release/gogoscope_gdb_bench PROGRAM      any that `go build` has made; needs gdb with Python
//
// The two take turns. Each is measured in processor time of its own: starting gdb, reading the file and
// making the engine are not counted, nor what the process itself takes under gdb.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "emu/elf/binary.h"
#include "emu/linux/process.h"
#include "emu/machine/machine.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

constexpr std::uint64_t kInstructions = 10'000;
constexpr int kRuns = 7;

/// Nanoseconds a step; nothing where gdb has not recorded all of them.
std::optional<double> in_gdb(const std::string& program) {
  const std::string command = fmt::format(
      "env -i PATH=/usr/bin:/bin GOGC=off timeout 120 gdb -batch -nx -x '{}' '{}' 2>&1 </dev/null",
      GOGOSCOPE_GDB_RECORD, program);
  FILE* const gdb = popen(command.c_str(), "r");
  if (gdb == nullptr) return std::nullopt;
  std::optional<double> result;
  std::string said;
  for (std::array<char, 512> line{}; std::fgets(line.data(), line.size(), gdb) != nullptr;) {
    std::uint64_t recorded = 0;
    double seconds = 0;
    if (std::sscanf(line.data(), "RECORDED %lu %lf", &recorded, &seconds) == 2 && recorded == kInstructions)
      result = seconds * 1e9 / static_cast<double>(recorded);
    said += line.data();
  }
  pclose(gdb);
  if (!result) fmt::print(stderr, "gdb has not recorded {} instructions. It says:\n{}", kInstructions, said);
  return result;
}

double here(const Binary& binary, const std::string& program) {
  ProcessOptions options;
  options.name = program;
  options.arguments = {"/program"};
  options.environment = {"GOGC=off"};
  const Program made = std::get<Program>(make_process(binary, options));
  Trace trace(made.guest);
  Machine machine(made.guest, made.slots, trace);
  const double begun = processor_ns();
  machine.run(kInstructions);
  return (processor_ns() - begun) / static_cast<double>(trace.steps());
}

int run(const std::string& program) {
  std::ifstream in(program, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto read = read_binary_here(bytes);
  if (const auto* const why = std::get_if<Message>(&read)) {
    fmt::print(stderr, "{}: {}\n", program, why->in(Language::en));
    return 2;
  }
  std::vector<double> gdb, ours, ratios;
  for (int i = 0; i < kRuns; ++i) {
    const auto theirs = in_gdb(program);
    if (!theirs) return 2;
    gdb.push_back(*theirs);
    ours.push_back(here(std::get<Binary>(read), program));
    ratios.push_back(gdb.back() / ours.back());
  }
  const auto row = [](const char* what, const std::vector<double>& values) {
    fmt::print("{:<26}{:>10.0f} {:>10.0f} {:>10.0f}\n", what, std::ranges::min(values), median(values),
               std::ranges::max(values));
  };
  fmt::print("{:<26}{:>10} {:>10} {:>10}\n", fmt::format("{} runs", kRuns), "min", "median", "max");
  row("gdb record full, ns/step", gdb);
  row("recorded here, ns/step", ours);
  row("ratio", ratios);
  return 0;
}

}  // namespace
}  // namespace gogoscope::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "gogoscope_gdb_bench PROGRAM\n");
    return 2;
  }
  return gogoscope::bench::run(argv[1]);
}
