// How conditions came out: what is told is what the run did, at every step of every shipped scenario.
#include "scenarios/told/outcome.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "emu/session/views/before_step.h"
#include "scenarios/run/runner.h"

namespace gogoscope {
namespace {

std::size_t indent(std::string_view line) { return line.find_first_not_of(' '); }

/// Whether a line is between a line that opens a brace and the one that closes it.
bool inside(const SourceFile& source, std::uint32_t opening, std::uint32_t line) {
  if (line <= opening) return false;
  const std::size_t depth = indent(source.lines[opening - 1]);
  for (std::uint32_t at = opening + 1; at <= source.lines.size(); ++at) {
    if (indent(source.lines[at - 1]) == depth && source.lines[at - 1].substr(depth, 1) == "}")
      return line < at;
  }
  return false;
}

struct Heard {
  int yes = 0, no = 0, jumps = 0, blocks = 0;
  int silent = 0;  ///< steps that decided a condition that can be told, and of which nothing is told
  std::map<std::string, std::set<bool>> jumped[2];  ///< of each slot of a one-line `if`, by its answer
};

/// Whether the run left the line of a condition, which it only does once it is decided.
bool decides_a_condition(const Guest& guest, const Instruction& at, const Function& function, CodeAddr to) {
  if (!at.slot) return false;
  const std::string& line = guest.code.sources()[function.source].lines[at.line - 1];
  const Instruction* const next = guest.code.instruction_at(to);
  return condition_of(line) && next != nullptr && next->line != at.line &&
         guest.code.function_at(next->pc) == &function;
}

void hear(const std::string& path, Heard& heard) {
  auto loaded = load_scenario(path);
  ASSERT_EQ(loaded.index(), 0U) << path;
  const ScenarioRun run = run_scenario(std::get<0>(loaded));
  const Trace& trace = run.session->trace();
  const Guest& guest = trace.guest();
  Cursor cursor(trace);
  std::map<CodeAddr, int> seen;
  for (std::uint64_t k = 0; k < std::min<std::uint64_t>(trace.steps(), 60'000); ++k) {
    const Step step = cursor.next();
    const Image before = cursor.state();
    cursor.forward();
    if (++seen[step.pc] > 20) continue;  // names cost more than steps
    const Instruction* at = guest.code.instruction_at(step.pc);
    if (at == nullptr) continue;
    const Function& function = *guest.code.function_at(step.pc);
    const Names names(guest, before);
    const auto way = outcome_of(guest, before, cursor.state(), step, names);
    if (!way) {
      heard.silent += decides_a_condition(guest, *at, function, cursor.state().pc()) ? 1 : 0;
      continue;
    }
    ++(way->yes ? heard.yes : heard.no);
    if (!at->slot) {
      ++heard.jumps;
      continue;
    }
    const SourceFile& source = guest.code.sources()[function.source];
    const std::string& line = source.lines[at->line - 1];
    const Instruction* next = guest.code.instruction_at(cursor.state().pc());
    ASSERT_NE(next, nullptr) << path << " step " << k;
    const bool block = line.substr(0, line.find(" // ")).ends_with('{');
    if (block && next->line != at->line) {
      ++heard.blocks;
      EXPECT_EQ(inside(source, at->line, next->line), way->yes)
          << path << " step " << k << ": " << function.name << ":" << at->line << " " << line << "\n  "
          << way->told.in(Language::en) << " next line " << next->line;
    } else {
      const std::string place = function.name + ":" + std::to_string(at->pc - function.entry) + line;
      heard.jumped[way->yes ? 1 : 0][place].insert(cursor.state().pc() != at->pc + at->size);
    }
  }
}

TEST(Outcomes, are_what_the_run_did_in_every_shipped_scenario) {
  Heard heard;
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() == ".yaml") hear(entry.path().string(), heard);
  }
  EXPECT_GT(heard.yes, 1000);
  EXPECT_GT(heard.no, 1000);
  EXPECT_GT(heard.blocks, 1000);
  EXPECT_GT(heard.jumps, 100);
  // Where values and run disagree nothing is told: a reader of values that is wrong would be silent more
  // often than where a condition asks for what no state has, a call or an exchange.
  EXPECT_LT(heard.silent, (heard.yes + heard.no) * 5 / 8);
  // Of a line without a block, one answer always jumps and the other never does.
  for (const auto& [place, ways] : heard.jumped[1]) {
    EXPECT_EQ(ways.size(), 1U) << place;
    const auto other = heard.jumped[0].find(place);
    if (other != heard.jumped[0].end()) {
      EXPECT_NE(ways, other->second) << place;
    }
  }
  for (const auto& [place, ways] : heard.jumped[0]) EXPECT_EQ(ways.size(), 1U) << place;
}

TEST(Conditions, are_read_from_lines) {
  const auto read = [](std::string_view line) -> std::string {
    const auto condition = condition_of(line);
    if (!condition) return "-";
    std::string out = std::to_string(condition->first) + (condition->any ? " any" : " all");
    for (const GoComparison& one : condition->comparisons) {
      out += " [" + std::string(one.negated ? "!" : "") + one.left + one.op + one.right + "]";
    }
    return out;
  };
  EXPECT_EQ(read("    if v == mutex_unlocked { return }"), "0 all [v==mutex_unlocked]");
  EXPECT_EQ(read("} else if !_g_.m.spinning && next < 3 {  // a thief"), "0 all [!_g_.m.spinning] [next<3]");
  EXPECT_EQ(read("if a == nil || b >= 2 {"), "0 any [a==nil] [b>=2]");
  EXPECT_EQ(read("for i := 0; i < n; i++ {"), "1 all [i<n]");
  EXPECT_EQ(read("for n--; n > 0; n-- {"), "1 all [n>0]");
  EXPECT_EQ(read("if gp := getg(); gp != nil {"), "-") << "a call may take several slots";
  EXPECT_EQ(read("if a && (b || c) {"), "-");
  EXPECT_EQ(read("for _, p := range allp {"), "-");
  EXPECT_EQ(read("return"), "-");
}

}  // namespace
}  // namespace gogoscope
