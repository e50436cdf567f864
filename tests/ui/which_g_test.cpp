// When the four answers to "which g?" agree, and when they do not.
#include "ui/panels/which_g.h"

#include <gtest/gtest.h>

#include <variant>

#include "tests/ui/offscreen.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

using Verdict = WhichG::Verdict;

const WhichG& which(Offscreen& ui) { return ui.app().panel<WhichGPanel>().shown(); }
const WhichG::Answer& answer(Offscreen& ui, WhichG::Question question) { return which(ui).answers[question]; }

/// Two tasks exit one after the other; the third gogo enters g2 for the first time.
OpenedRun two_exits() {
  auto opened = open_run(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml");
  EXPECT_TRUE(std::holds_alternative<OpenedRun>(opened));
  OpenedRun run = std::get<OpenedRun>(std::move(opened));
  run.session->execute({CommandId::go_start});
  return run;
}

TEST(WhichG, gogo_changes_tls_first_and_sp_one_instruction_later) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x1a#3").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::handing_over);
  EXPECT_EQ(answer(ui, WhichG::kTls).name, "g0");
  EXPECT_EQ(answer(ui, WhichG::kCurg).name, "g2");  // execute has set it before
  EXPECT_EQ(answer(ui, WhichG::kGobuf).name, "g2");
  EXPECT_EQ(answer(ui, WhichG::kGobuf).place, "g2.sched.g");
  EXPECT_TRUE(answer(ui, WhichG::kGobuf).in_use);
  EXPECT_EQ(answer(ui, WhichG::kSp).name, "g0");

  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict, Verdict::switching);
  EXPECT_EQ(answer(ui, WhichG::kTls).name, "g2");
  EXPECT_TRUE(answer(ui, WhichG::kTls).changed);
  EXPECT_EQ(answer(ui, WhichG::kTls).old_name, "g0");
  EXPECT_EQ(answer(ui, WhichG::kSp).name, "g0");
  EXPECT_TRUE(answer(ui, WhichG::kSp).lit);  // the odd one out
  EXPECT_FALSE(answer(ui, WhichG::kTls).lit);

  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict, Verdict::agree);
  EXPECT_EQ(answer(ui, WhichG::kSp).name, "g2");
  EXPECT_TRUE(answer(ui, WhichG::kSp).changed);
  EXPECT_EQ(answer(ui, WhichG::kSp).old_name, "g0");
}

TEST(WhichG, in_mcall_tls_disagrees_alone_for_one_instruction) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x45#2").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::agree);
  EXPECT_TRUE(answer(ui, WhichG::kGobuf).in_use);
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict, Verdict::switching);
  EXPECT_TRUE(answer(ui, WhichG::kTls).lit);
  EXPECT_FALSE(answer(ui, WhichG::kSp).lit);
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict, Verdict::on_system_stack);
  EXPECT_EQ(answer(ui, WhichG::kGobuf).name, "g3");  // mcall takes no more than SP from g0.sched
}

TEST(WhichG, at_goexit0_it_is_normal_that_curg_still_names_the_goroutine) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::on_system_stack);
  EXPECT_EQ(answer(ui, WhichG::kTls).name, "g0");
  EXPECT_EQ(answer(ui, WhichG::kSp).name, "g0");
  EXPECT_EQ(answer(ui, WhichG::kCurg).name, "g3");
  EXPECT_TRUE(answer(ui, WhichG::kCurg).normal);
  EXPECT_FALSE(answer(ui, WhichG::kCurg).lit);
  EXPECT_EQ(answer(ui, WhichG::kGobuf).name, "g3");
  EXPECT_FALSE(answer(ui, WhichG::kGobuf).in_use);  // mcall has saved it and is done with it
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gfput").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::no_curg);
}

TEST(WhichG, before_the_first_switch_no_gobuf_has_been_used) {
  Offscreen ui(two_exits());
  EXPECT_EQ(answer(ui, WhichG::kGobuf).name, "");
  EXPECT_FALSE(answer(ui, WhichG::kGobuf).in_use);
  EXPECT_EQ(which(ui).verdict, Verdict::no_tls);  // rt0_go has not written the slot yet
}

TEST(WhichG, in_a_whole_run_tls_and_sp_disagree_only_inside_a_switch) {
  Offscreen ui(two_exits());
  int switching = 0;
  const std::uint64_t steps = ui.session().trace().steps();
  ASSERT_GT(steps, 1000U);
  for (std::uint64_t i = 0; i < steps; ++i) {
    const Verdict verdict = which(ui).verdict;
    EXPECT_NE(verdict, Verdict::torn) << "state " << i;
    EXPECT_NE(verdict, Verdict::curg_apart) << "state " << i;
    if (verdict == Verdict::switching) ++switching;
    ASSERT_TRUE(ui.session().execute({CommandId::step}).ok());
  }
  EXPECT_GT(switching, 5);
}

TEST(WhichG, a_tls_slot_that_was_tampered_with_is_not_a_switch) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "m0.tls[0] = g1").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::torn);
  EXPECT_TRUE(answer(ui, WhichG::kTls).lit);
  EXPECT_TRUE(answer(ui, WhichG::kTls).changed);
}

TEST(WhichG, an_sp_that_is_on_no_stack_is_not_a_switch_even_where_the_next_step_loads_it) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23#3").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::switching);
  ASSERT_TRUE(ui.go(CommandId::edit, "rsp = 5").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::off_stack);
  EXPECT_TRUE(answer(ui, WhichG::kSp).lit);
  EXPECT_FALSE(answer(ui, WhichG::kTls).lit);
}

TEST(WhichG, a_switch_to_another_goroutine_than_curg_is_marked) {
  Offscreen ui(two_exits());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "g2.sched.g = g1").ok());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23").ok());
  EXPECT_EQ(which(ui).verdict, Verdict::not_to_curg);
  EXPECT_TRUE(answer(ui, WhichG::kTls).lit);
  EXPECT_TRUE(answer(ui, WhichG::kCurg).lit);
  EXPECT_FALSE(answer(ui, WhichG::kSp).lit);
  // SP is loaded from g2's gobuf all the same: now nothing explains it.
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_EQ(which(ui).verdict, Verdict::torn);
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
