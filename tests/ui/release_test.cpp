// The window shows a run of a release that lacks fields: what would need them says so, and nothing ends.
#include <gtest/gtest.h>

#include "scenarios/format/loader.h"
#include "tests/other_release.h"
#include "tests/ui/offscreen.h"
#include "ui/panels/gs.h"
#include "ui/panels/invariants.h"
#include "ui/panels/queues.h"

namespace gogoscope {
namespace {

OpenedRun run_without(std::string_view in, std::string_view field) {
  auto loaded = load_scenario(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml");
  OpenedRun run;
  run.session = replay_session(tests::recorded_under(
      std::get<LoadedScenario>(loaded).program, tests::without(*release_named("1.16"), in, field), 5'000));
  run.source.path = run.name = "lacking";
  return run;
}

TEST(MissingField, says_so_in_the_panels) {
  Offscreen ui(run_without("g", "atomicstatus"));
  ui.go(CommandId::go_end);
  ui.frame();
  EXPECT_EQ(ui.app().panel<GsPanel>().row("g1")->status.text, "?");
  EXPECT_NE(ui.app().panel<GsPanel>().row("g1")->goid.text, "?");
  const auto& reports = ui.app().panel<InvariantsPanel>().reports();
  EXPECT_TRUE(std::any_of(reports.begin(), reports.end(), [](const InvariantReport& r) {
    return r.state == InvariantState::not_applicable && r.detail.en == "Go 1.16 has no field g.atomicstatus";
  }));
  Offscreen other(run_without("schedt", "runq.head"));
  other.frame();
  EXPECT_EQ(other.app().panel<QueuesPanel>().queue("sched.runq")->missing.en,
            "Go 1.16 has no field schedt.runq.head");
}

TEST(MissingField, draws_every_panel) {
  std::vector<std::pair<std::string_view, std::string_view>> gone;
  for (const OffsetField& field : kOffsetFields) gone.emplace_back(field.in, field.name);
  for (const std::string_view name : {"g", "m", "p", "schedt", "gobuf", "stack"}) gone.emplace_back(name, "");
  for (const auto& [in, field] : gone) {
    SCOPED_TRACE(std::string(in) + "." + std::string(field));
    Offscreen ui(run_without(in, field), {1600, 1000});
    for (const PanelInfo& panel : panels()) {
      ui.click("tab." + std::string(panel.name));  // one without a tab is in sight
    }
    for (const CommandId id : {CommandId::go_end, CommandId::back, CommandId::step_line}) {
      ui.go(id);
      ui.frame();
    }
  }
}

}  // namespace
}  // namespace gogoscope
