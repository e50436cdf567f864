// When the four answers to "which g?" agree, and when they do not.
#include "ui/panels/which_g.h"

#include <gtest/gtest.h>

#include <variant>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

using Verdict = WhichGPanel::Verdict;

const WhichGPanel& which(Offscreen& ui) { return ui.app().panel<WhichGPanel>(); }
const WhichGPanel::Answer& answer(Offscreen& ui, WhichGPanel::Question question) {
  return which(ui).answers()[question];
}

/// Two tasks exit one after the other; the third gogo enters g2 for the first time.
OpenedRun two_exits() {
  auto opened = open_run(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml");
  EXPECT_TRUE(std::holds_alternative<OpenedRun>(opened));
  OpenedRun run = std::get<OpenedRun>(std::move(opened));
  run.session->execute({CommandId::go_start, ""});
  return run;
}

TEST(WhichG, gogo_changes_tls_first_and_sp_one_instruction_later) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x1a#3").ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::handing_over);
  EXPECT_EQ(answer(ui, WhichGPanel::kTls).name, "g0");
  EXPECT_EQ(answer(ui, WhichGPanel::kCurg).name, "g2");  // execute has set it before
  EXPECT_EQ(answer(ui, WhichGPanel::kGobuf).name, "g2");
  EXPECT_EQ(answer(ui, WhichGPanel::kGobuf).place, "g2.sched.g");
  EXPECT_TRUE(answer(ui, WhichGPanel::kGobuf).in_use);
  EXPECT_EQ(answer(ui, WhichGPanel::kSp).name, "g0");

  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::switching);
  EXPECT_EQ(answer(ui, WhichGPanel::kTls).name, "g2");
  EXPECT_TRUE(answer(ui, WhichGPanel::kTls).changed);
  EXPECT_EQ(answer(ui, WhichGPanel::kTls).old_name, "g0");
  EXPECT_EQ(answer(ui, WhichGPanel::kSp).name, "g0");
  EXPECT_TRUE(answer(ui, WhichGPanel::kSp).lit);  // the odd one out
  EXPECT_FALSE(answer(ui, WhichGPanel::kTls).lit);

  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::agree);
  EXPECT_EQ(answer(ui, WhichGPanel::kSp).name, "g2");
  EXPECT_TRUE(answer(ui, WhichGPanel::kSp).changed);
  EXPECT_EQ(answer(ui, WhichGPanel::kSp).old_name, "g0");
}

TEST(WhichG, in_mcall_tls_stands_alone_for_one_instruction) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x45#2").ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::agree);
  EXPECT_TRUE(answer(ui, WhichGPanel::kGobuf).in_use);
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::switching);
  EXPECT_TRUE(answer(ui, WhichGPanel::kTls).lit);
  EXPECT_FALSE(answer(ui, WhichGPanel::kSp).lit);
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::on_system_stack);
  EXPECT_EQ(answer(ui, WhichGPanel::kGobuf).name, "g3");  // mcall takes no more than SP from g0.sched
}

TEST(WhichG, at_goexit0_it_is_normal_that_curg_still_names_the_goroutine) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::on_system_stack);
  EXPECT_EQ(answer(ui, WhichGPanel::kTls).name, "g0");
  EXPECT_EQ(answer(ui, WhichGPanel::kSp).name, "g0");
  EXPECT_EQ(answer(ui, WhichGPanel::kCurg).name, "g3");
  EXPECT_TRUE(answer(ui, WhichGPanel::kCurg).normal);
  EXPECT_FALSE(answer(ui, WhichGPanel::kCurg).lit);
  EXPECT_EQ(answer(ui, WhichGPanel::kGobuf).name, "g3");
  EXPECT_FALSE(answer(ui, WhichGPanel::kGobuf).in_use);  // mcall has saved it and is done with it
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gfput").ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::no_curg);
}

TEST(WhichG, before_the_first_switch_no_gobuf_has_been_used) {
  Offscreen ui(two_exits());
  EXPECT_EQ(answer(ui, WhichGPanel::kGobuf).name, "");
  EXPECT_FALSE(answer(ui, WhichGPanel::kGobuf).in_use);
  EXPECT_EQ(which(ui).verdict(), Verdict::no_tls);  // rt0_go has not written the slot yet
}

TEST(WhichG, in_a_whole_run_tls_and_sp_disagree_only_inside_a_switch) {
  Offscreen ui(two_exits());
  int switching = 0;
  const std::uint64_t steps = ui.session().trace().steps();
  ASSERT_GT(steps, 1000U);
  for (std::uint64_t i = 0; i < steps; ++i) {
    const Verdict verdict = which(ui).verdict();
    EXPECT_NE(verdict, Verdict::torn) << "state " << i;
    EXPECT_NE(verdict, Verdict::curg_apart) << "state " << i;
    if (verdict == Verdict::switching) ++switching;
    ASSERT_TRUE(ui.session().execute({CommandId::step, ""}).ok());
  }
  EXPECT_GT(switching, 5);
}

TEST(WhichG, a_tls_slot_that_was_tampered_with_is_no_switch) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "m0.tls[0] = g1").ok());
  EXPECT_EQ(which(ui).verdict(), Verdict::torn);
  EXPECT_TRUE(answer(ui, WhichGPanel::kTls).lit);
  EXPECT_TRUE(answer(ui, WhichGPanel::kTls).changed);
}

TEST(WhichG, each_answer_is_a_link) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  for (const char* cell : {"which-g.tls", "which-g.curg", "which-g.gobuf", "which-g.sp"}) {
    EXPECT_TRUE(ui.app().widgets().find(cell).has_value()) << cell;
    ASSERT_TRUE(ui.right_click(std::string(cell) + ".name")) << cell;
    ASSERT_NE(ui.app().ui().menu, nullptr) << cell;
    EXPECT_EQ(ui.app().ui().menu->kind, Target::Kind::entity);
    ui.press(ActionId::close);
  }
  ASSERT_TRUE(ui.right_click("which-g.gobuf.place"));
  ASSERT_NE(ui.app().ui().menu, nullptr);
  EXPECT_EQ(ui.app().ui().menu->text, "g3.sched.g");
}

}  // namespace
}  // namespace gogoscope
