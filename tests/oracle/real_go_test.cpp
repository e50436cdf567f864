// The model compared with real Go: the same programs, run by both, make the same sequence of statuses, stack
// switches and calls of the scheduler, but for what the table names.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/oracle/real_go_compare.h"
#include "tests/oracle/real_go_machine.h"
#include "tests/oracle/real_go_model.h"
#include "tests/oracle/real_go_process.h"
#include "tests/oracle/real_go_reader.h"

namespace gogoscope::oracle {
namespace {

/// What the machine makes of the real program; nothing where there is no go of that release.
std::optional<Moments> machine_run(const std::string& program) {
  const auto binary = real_go_binary_of_tables(program);
  if (binary == nullptr) return std::nullopt;
  return moments_of(run_in_the_machine(program, *binary)->trace());
}

class RealGo : public testing::TestWithParam<std::string> {};

TEST_P(RealGo, makes_the_moments_of_the_model) {
  const auto real = real_run(GetParam());
  if (const auto* cannot = std::get_if<CannotRecord>(&real)) GTEST_SKIP() << cannot->why;
  const Moments& run = std::get<Moments>(real);
  EXPECT_GT(run.size(), 30U);
  EXPECT_EQ(run.back().what, "exit 0");
  EXPECT_EQ(listed(unknown(compare_runs(GetParam(), model_run(GetParam()), run))), "");
  // The machine makes of the same program exactly what the process has made of it.
  if (const auto here = machine_run(GetParam())) {
    EXPECT_EQ(listed(compare_runs(GetParam(), *here, run)), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, RealGo, testing::ValuesIn(real_go_programs()),
                         [](const auto& program) { return program.param; });

TEST(RealGoTable, every_row_excuses_each_of_its_differences_wherever_it_says_so) {
  std::vector<RunDifference> all;
  for (const std::string& program : real_go_programs()) {
    const auto real = machine_run(program);
    if (!real) GTEST_SKIP() << "no go " << kRealGoRelease << " is installed";
    const auto differences = compare_runs(program, model_run(program), *real);
    all.insert(all.end(), differences.begin(), differences.end());
  }
  for (KnownDifference row : known_differences()) {
    EXPECT_FALSE(row.reason.empty()) << row.moment;
    const std::string_view names = row.what;
    for (std::size_t at = 0; at < names.size();) {
      const std::size_t comma = std::min(names.find(", ", at), names.size());
      row.what = names.substr(at, comma - at);
      at = comma + 2;
      for (const std::string& program : real_go_programs()) {
        if (row.program != "all" && row.program != program) continue;
        EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                                [&](const auto& d) { return d.program == program && excuses(row, d); }))
            << program << ": " << row.moment << ": " << row.what;
      }
    }
  }
  const auto rows = known_differences();
  for (const RunDifference& d : all) {
    EXPECT_LE(std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return excuses(row, d); }), 1)
        << to_string(d);
  }
}

TEST(RealGoTable, the_document_shows_it) {
  const std::vector<std::string> table = known_differences_as_markdown();
  EXPECT_EQ(table_in("docs/oracles.md", table.front()), table) << "docs/oracles.md should hold this table";
}

TEST(RealGoComparison, finds_what_is_missing_what_is_swapped_and_what_has_another_number) {
  const Moments real = {{"a", {{"SP", "hi-40"}}}, {"b", {}}, {"c", {}}};
  EXPECT_TRUE(compare_runs("p", real, real).empty());
  EXPECT_EQ(listed(compare_runs("p", {{"a", {{"SP", "hi-48"}}}, {"b", {}}, {"c", {}}}, real)),
            "p: a: SP: ours hi-48, real hi-40\n");
  EXPECT_EQ(listed(compare_runs("p", {{"a", {}}, {"b", {}}, {"c", {}}}, real)),
            "p: a: SP: ours none, real hi-40\n");
  EXPECT_EQ(listed(compare_runs("p", {{"b", {}}, {"c", {}}, {"d", {}}}, real)),
            "p: a: after nothing: ours -, real happens\np: d: after c: ours happens, real -\n");
  EXPECT_EQ(compare_runs("p", {real[0], real[2], real[1]}, real).size(), 2U);
}

/// A runtime broken in one line, and what real Go has to say about it.
struct BrokenModel {
  Mutation mutation;
  std::string moment;
  std::string model;  ///< what the model has there
};

TEST(RealGoComparison, tells_a_broken_model_by_what_it_does_otherwise) {
  const auto real = machine_run("two_exits");
  if (!real) GTEST_SKIP() << "no go " << kRealGoRelease << " is installed";
  const BrokenModel all[] = {
      // A status not set, a g not kept, one goroutine in the other's place, BP not saved, main not queued.
      {{"runtime.goexit0", "casgstatus(gp, _Grunning, _Gdead)", ""}, "main.worker#2: running -> dead", "-"},
      {{"runtime.goexit0", "gfput(_g_.m.p.ptr(), gp)#2", ""}, "gfput(main.worker#2)", "-"},
      {{"runtime.runqput", "gp = oldnext.ptr()", ""}, "execute(main.worker#1, false)", "-"},
      {{"runtime.mcall", "MOVQ BP, (g_sched+gobuf_bp)(AX)", ""}, "goexit0(main.worker#2)", "0"},
      {{"runtime.goschedImpl", "globrunqput(gp)", ""}, "execute(main, false)", "-"},
  };
  for (const BrokenModel& broken : all) {
    const auto differences =
        unknown(compare_runs("two_exits", model_run("two_exits", {broken.mutation}), *real));
    EXPECT_TRUE(std::any_of(
        differences.begin(), differences.end(),
        [&](const RunDifference& d) { return d.moment == broken.moment && d.ours == broken.model; }))
        << broken.mutation.line << " left out; noticed by:\n"
        << listed(differences);
  }
}

}  // namespace
}  // namespace gogoscope::oracle
