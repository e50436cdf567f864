// What views say at every moment of every shipped scenario, and of runtimes that are broken on purpose.
#include "emu/layout/views.h"

#include "emu/check/invariant.h"
#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/live/live.h"
#include "emu/session/views/lanes.h"
#include "emu/session/views/stack.h"
#include "emu/session/views/which_g.h"
#include "scenarios/run/opening.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

using Verdict = WhichG::Verdict;

MomentView moment_at(const Cursor& cursor, const std::vector<Event>& events) {
  return moment_at(cursor, events, english_names());
}

class EveryMomentSeen : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    session_ = live_session(program_of(GetParam()));
    session_->execute({CommandId::run});
    stride_ = session_->trace().steps() / 200 + 1;
  }
  /// Calls look(moment) at many moments, their distance a number of steps that hits all instructions in turn.
  template <class Look>
  void at_many_moments(Look look) {
    const std::vector<Event>& events = session_->events();
    for (Cursor cursor(session_->trace());; cursor.seek(cursor.position() + stride_)) {
      SCOPED_TRACE(testing::Message() << "state " << cursor.position() << " at "
                                      << session_->guest().code.symbolize(cursor.state().pc()));
      look(moment_at(cursor, events));
      if (testing::Test::HasFatalFailure() || cursor.at_end()) return;
    }
  }

  std::unique_ptr<Session> session_;
  std::uint64_t stride_ = 1;
};

TEST_P(EveryMomentSeen, tls_and_sp_disagree_only_in_a_switch) {
  at_many_moments([](const MomentView& moment) {
    const Verdict verdict = which_g(moment).verdict;
    ASSERT_NE(verdict, Verdict::torn);
    ASSERT_NE(verdict, Verdict::off_stack);
    ASSERT_NE(verdict, Verdict::not_to_curg);
    ASSERT_NE(verdict, Verdict::curg_apart);
  });
}

TEST_P(EveryMomentSeen, a_stack_that_any_thread_is_on_is_in_use_and_live_above_its_sp) {
  at_many_moments([](const MomentView& moment) {
    for (const Entity& m : moment.entities().all()) {
      if (m.kind != Entity::Kind::m || m.index < 0 || m.index >= kMaxThreads) continue;
      const Addr sp(moment.state().reg(static_cast<ThreadId>(m.index), Reg::rsp));
      const auto stack = stack_with_sp(moment.guest->release->layout, moment.state(), moment.entities(), sp);
      if (!stack) continue;
      const StackView seen = stack_view(moment, *stack->owner);
      ASSERT_EQ(seen.use, StackUse::thread) << seen.name;
      ASSERT_EQ(seen.thread, m.index) << seen.name;
      ASSERT_EQ(seen.here, m.index == moment.state().thread()) << seen.name;
      ASSERT_EQ(seen.sp, sp) << seen.name;
      for (const StackCell& word : seen.words) ASSERT_EQ(word.free, word.addr < sp) << seen.name;
    }
    for (const Entity& g : moment.entities().all()) {
      if (g.kind != Entity::Kind::g || g.system) continue;
      if (GView(moment.guest->release->layout, moment.state(), {g.addr}).status() != kGdead) continue;
      const StackView seen = stack_view(moment, g);
      if (seen.use == StackUse::thread) continue;  // goexit0 has not come to g0 yet, or never will
      ASSERT_EQ(seen.use, StackUse::none) << seen.name;
      ASSERT_TRUE(seen.frames.empty()) << seen.name;
    }
  });
}

TEST_P(EveryMomentSeen, lanes_say_the_status_of_each_g_and_the_stack_of_each_m) {
  Lanes lanes;
  lanes.follow(moment_of(*session_, english_names()));
  at_many_moments([&](const MomentView& moment) {
    for (const Entity& entity : moment.entities().all()) {
      if (entity.system || entity.index < 0) continue;
      const Lane* lane = lanes.find(entity.name);
      if (entity.kind == Entity::Kind::g) {
        ASSERT_NE(lane, nullptr) << entity.name;
        const std::uint32_t status =
            GView(moment.guest->release->layout, moment.state(), {entity.addr}).status();
        const std::uint32_t what = lane->at(moment.position)->what;
        // A g has its name from allgs, where it comes after it was marked dead: the next change begins its
        // lane.
        if (what == Lane::kAbsent && status == kGdead) continue;
        ASSERT_EQ(what, status) << entity.name;
      } else if (entity.kind == Entity::Kind::m && entity.index < kMaxThreads) {
        const std::uint32_t what = lane == nullptr ? Lane::kAbsent : lane->at(moment.position)->what;
        if (what == Lane::kAbsent || what == Lane::kAsleep) continue;
        const Addr sp(moment.state().reg(static_cast<ThreadId>(entity.index), Reg::rsp));
        const auto stack =
            stack_with_sp(moment.guest->release->layout, moment.state(), moment.entities(), sp);
        if (!stack) continue;  // rt0_go has not set the bounds of g0's stack yet: no event says so
        const std::string& said = lanes.owner(what);
        // A lane keeps the name that was in force when SP came there: plain g0 while only one M existed.
        ASSERT_TRUE(said == stack->owner->name || said == stack->owner->short_name ||
                    entity.name + "." + said == stack->owner->name)
            << entity.name << ": " << said;
      }
    }
  });
}

TEST_P(EveryMomentSeen, the_state_before_a_step_is_the_one_that_a_cursor_finds_there) {
  const Trace& trace = session_->trace();
  Cursor before(trace);
  at_many_moments([&](const MomentView& moment) {
    if (moment.position == 0) {
      ASSERT_FALSE(moment.before());
      return;
    }
    before.seek(moment.position - 1);
    const BeforeStep found = *moment.before();
    ASSERT_EQ(found.thread(), before.state().thread());
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      for (int reg = 0; reg < kRegCount; ++reg) {
        const auto id = static_cast<ThreadId>(thread);
        ASSERT_EQ(found.reg(id, static_cast<Reg>(reg)), before.state().reg(id, static_cast<Reg>(reg)));
      }
    }
    for (const Store& store : moment.executed->stores) {
      for (std::int64_t at = -8; at <= 8; ++at) {
        ASSERT_EQ(found.load(store.addr + at), before.state().load(store.addr + at));
      }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Views, EveryMomentSeen, testing::ValuesIn(shipped_scenarios()), test_name);

std::vector<std::string> mutants() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/mutants")) {
    paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Mutants, where_sp_in_tls_g_breaks_no_view_speaks_of_a_switch) {
  int found = 0;
  for (const std::string& path : mutants()) {
    auto opened = open_run(path);
    ASSERT_EQ(opened.index(), 0U) << path;
    Session& session = *std::get<0>(opened).session;
    for (const Event& event : session.events()) {
      const auto* broken = event.as<InvariantBreak>();
      if (broken == nullptr || broken->id != Invariant::sp_in_tls_g) continue;
      Cursor cursor(session.trace());
      cursor.seek(event.step + 1);
      const WhichG seen = which_g(moment_at(cursor, session.events()));
      const bool lit =
          std::any_of(seen.answers.begin(), seen.answers.end(), [](const auto& a) { return a.lit; });
      EXPECT_TRUE(seen.verdict == Verdict::torn || seen.verdict == Verdict::off_stack) << path;
      EXPECT_TRUE(lit) << path;
      ++found;
    }
  }
  EXPECT_GE(found, 8);
}

/// In the first state in which g1 runs on its own stack, on m0's thread, and another thread moves next.
OpenedRun run_while_g1_runs_on_another_thread(const std::string& name) {
  auto opened = open_run(GOGOSCOPE_SOURCE "/scenarios/" + name + ".yaml");
  EXPECT_EQ(opened.index(), 0U) << name;
  OpenedRun run = std::get<0>(std::move(opened));
  Session& session = *run.session;
  session.execute({CommandId::go_end});
  Cursor cursor(session.trace());
  for (cursor.seek(0); cursor.position() < session.trace().steps(); cursor.seek(cursor.position() + 1)) {
    if (cursor.state().thread() == 0) continue;
    const Entities entities(session.guest(), cursor.state());
    const Entity* const g1 = entities.find("g1");
    if (g1 == nullptr) continue;
    const GView g(session.guest().release->layout, cursor.state(), {g1->addr});
    const std::uint64_t sp = cursor.state().reg(0, Reg::rsp);
    if (sp < g.field("stack.lo") || sp >= g.field("stack.hi")) continue;
    session.execute({CommandId::run_to, Where::at_state(cursor.position())});
    return run;
  }
  ADD_FAILURE() << name << ": there is no such state";
  return run;
}

TEST(StackOfAnotherThread, is_live_with_its_frames_and_its_own_sp_and_bp) {
  for (const char* name : {"15-steal-half", "51-thread-ends"}) {
    const OpenedRun run = run_while_g1_runs_on_another_thread(name);
    const MomentView moment = moment_of(*run.session, english_names());
    const StackView g1 = stack_view(moment, *moment.entities().find("g1"));
    EXPECT_EQ(g1.use, StackUse::thread) << name;
    EXPECT_EQ(g1.thread, 0) << name;
    EXPECT_FALSE(g1.here) << name;
    EXPECT_EQ(g1.sp, Addr(moment.state().reg(0, Reg::rsp))) << name;
    EXPECT_LT(g1.sp, g1.hi) << name;
    ASSERT_GE(g1.frames.size(), 2U) << name;
    EXPECT_EQ(g1.frames.back().name, "goexit") << name;
    ASSERT_FALSE(g1.tags.empty()) << name;
    EXPECT_EQ(g1.tags.front().at, g1.sp) << name;
    EXPECT_TRUE(g1.tags.front().live()) << name;
  }
}

}  // namespace
}  // namespace gogoscope
