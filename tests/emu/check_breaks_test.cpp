// Each invariant, broken by an edit, is reported under its name at that very step; the same edit with the
// value that is there already breaks nothing.
#include <fmt/format.h>

#include <fstream>
#include <set>

#include "emu/check/report.h"
#include "emu/history/event_info.h"
#include "emu/layout/describe.h"
#include "tests/emu/lesson.h"
#include "tests/events_of.h"

namespace gogoscope {
namespace {

struct Break {
  std::string name;
  std::string place;  ///< where the run is stopped for the edit
  std::string field;
  std::string value;
  int steps = 0;  ///< to go after the edit until it shows
};

// At main.worker, g2 runs on m0 and g1 is on the global queue; at runtime.exit g1 runs and g2 is free.
const std::vector<Break>& breaks() {
  static const std::vector<Break> table = {
      {"sp-in-tls-g", "main.worker", "rsp", "0x7fffffffe000"},
      {"bp-in-stack", "main.worker", "rbp", "0x7fffffffe000"},
      {"tls-g-belongs-to-m", "main.worker", "fs_base", "0x4ce000"},
      {"gobuf-cleared", "runtime.gogo+0x55", "g1.sched.ret", "5", 1},
      {"return-word-in-goexit", "main.worker", "the word at SP", "0x401000"},
      {"stacks-are-disjoint", "main.worker", "g2.stack.lo", "0"},
      {"curg-m", "main.worker", "g2.m", "nil"},
      {"running-g-has-m-and-p", "main.worker", "m0.p", "nil"},
      {"m-and-p-agree", "main.worker", "p0.m", "nil"},
      {"locked-m-and-g-agree", "main.worker", "g2.lockedm", "m0"},
      {"locks-not-negative", "main.worker", "m0.locks", "-1"},
      {"spinning-m-has-no-curg", "main.worker", "m0.spinning", "true"},
      {"g0-stays-idle", "main.worker", "g0.atomicstatus", "2"},
      {"g-in-one-queue", "main.worker", "p0.runnext", "g1"},
      {"ring-bounds", "main.worker", "p0.runqtail", "300"},
      {"queues-hold-runnable-gs", "main.worker", "p0.runnext", "g2"},
      {"dead-g-on-no-run-queue", "main.worker", "g1.atomicstatus", "6"},
      {"queued-g-has-no-m", "main.worker", "g1.m", "m0"},
      {"free-lists-hold-dead-gs", "main.worker", "p0.gFree.head", "g2"},
      {"free-g-has-no-m", "main.worker", "p0.gFree.head", "g2"},
      {"free-g-has-small-stack", "runtime.exit", "g2.stack.hi", "0"},
      {"idle-p-has-no-work", "main.worker", "sched.pidle", "p0"},
      {"idle-m-has-nothing", "main.worker", "sched.midle", "m0"},
      {"no-g-is-lost", "main.worker", "sched.runq.head", "nil"},
      {"runqsize-counts", "main.worker", "sched.runqsize", "5"},
      {"free-counts-match", "main.worker", "p0.gFree.n", "3"},
      {"idle-counts-match", "main.worker", "sched.npidle", "1"},
      {"nmspinning-counts", "main.worker", "sched.nmspinning", "1"},
      {"g-status-change-is-legal", "main.worker", "g1.atomicstatus", "4"},
      {"p-status-change-is-legal", "main.worker", "p0.status", "4"},
      {"goid-is-unique", "main.worker", "g2.goid", "1"},
      {"allgs-only-grows", "main.worker", "runtime.allgs.len", "1"},
  };
  return table;
}

/// The path that the edit command takes.
std::string path_of(const Session& session, const std::string& field) {
  const std::uint64_t sp = session.cursor().state().sp().value();
  return field == "the word at SP" ? fmt::format("{:#x}", sp) : field;
}

std::set<std::string> broken_names(Session& session, std::uint64_t step) {
  std::set<std::string> names;
  for (const Event& e : session.events()) {
    const auto* broken = e.as<InvariantBreak>();
    if (broken != nullptr && e.step == step) names.emplace(broken->name);
  }
  return names;
}

std::unique_ptr<Session> stopped_at(const std::string& place) {
  auto session = worker("NOP");
  EXPECT_TRUE(execute(*session, CommandId::run_to, place).ok()) << place;
  return session;
}

class Broken : public testing::TestWithParam<Break> {};

TEST_P(Broken, by_an_edit_it_is_reported_at_that_step_and_at_that_moment) {
  const Break& b = GetParam();
  const auto session = stopped_at(b.place);
  const Outcome outcome = execute(*session, CommandId::edit, path_of(*session, b.field) + " = " + b.value);
  ASSERT_TRUE(outcome.ok()) << outcome.error.in(Language::en);
  for (int i = 0; i < b.steps; ++i) session->execute({CommandId::step});
  const std::uint64_t step = session->cursor().position() - 1;
  EXPECT_EQ(broken_names(*session, step).count(b.name), 1U);
  for (const Event& e : session->events()) {
    EXPECT_TRUE(e.as<InvariantBreak>() == nullptr || e.step == step) << to_string(e, session->guest());
  }
  bool found = false;
  for (const InvariantReport& r : invariants_at(session->cursor())) {
    if (info(r.id).name != b.name) continue;
    found = true;
    EXPECT_EQ(r.state, InvariantState::broken);
    EXPECT_NE(r.detail.en, "");
    EXPECT_NE(r.detail.zh, "");
  }
  EXPECT_TRUE(found);
}

#if !defined(__SANITIZE_ADDRESS__)  // the same runs as above, without what breaks in them
std::uint64_t present_value(const Session& session, const std::string& field) {
  const Image& state = session.cursor().state();
  if (const auto reg = reg_by_name(field)) return state.reg(*reg);
  const auto place = find_field(session.guest(), state, path_of(session, field));
  return place ? state.load_or_zero(place->addr, static_cast<int>(place->size)) : 0;
}

TEST_P(Broken, by_no_edit_that_leaves_the_value_as_it_is) {
  const Break& b = GetParam();
  const auto session = stopped_at(b.place);
  const Outcome outcome =
      execute(*session, CommandId::edit,
              path_of(*session, b.field) + fmt::format(" = {:#x}", present_value(*session, b.field)));
  ASSERT_TRUE(outcome.ok()) << outcome.error.in(Language::en);
  execute(*session, CommandId::run_to, "end");
  for (const Event& e : session->events())
    EXPECT_EQ(e.as<InvariantBreak>(), nullptr) << to_string(e, session->guest());
}
#endif

INSTANTIATE_TEST_SUITE_P(EachInvariant, Broken, testing::ValuesIn(breaks()), [](const auto& test) {
  std::string name = test.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(BrokenInvariant, each_one_of_the_table_is_broken_above) {
  std::set<std::string> names;
  for (const Break& b : breaks()) names.insert(b.name);
  for (const InvariantInfo& i : invariants()) EXPECT_EQ(names.count(std::string(i.name)), 1U) << i.name;
}

TEST(BrokenInvariant, stops_a_run_at_the_step_that_broke_it) {
  const auto session = stopped_at("main.worker");
  execute(*session, CommandId::edit, "sched.runqsize = 7");
  session->execute({CommandId::last_event});
  const std::uint64_t edited = session->trace().steps();
  const auto again = stopped_at("main.worker");
  const std::uint64_t before = again->cursor().position();
  execute(*again, CommandId::edit, "sched.runqsize = 7");
  again->execute({CommandId::back});
  const Outcome outcome = again->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop.has_value());
  EXPECT_EQ(outcome.stop->reason(), StopReason::invariant);
  EXPECT_EQ(stop_detail(outcome, *again),
            "runqsize-counts at main.worker on m0: sched.runqsize is the length of the global run queue. "
            "sched.runqsize is 7, the "
            "list has 1");
  EXPECT_EQ(outcome.to, before + 1);
  EXPECT_EQ(again->trace().steps(), edited) << "nothing is recorded beyond it";
  // Reported once: the run continues to its end.
  const Outcome rest = again->execute({CommandId::run});
  ASSERT_TRUE(rest.stop.has_value());
  EXPECT_NE(rest.stop->reason(), StopReason::invariant);
}

TEST(BrokenInvariant, is_found_the_same_after_a_restart_anywhere) {
  const auto session = stopped_at("main.worker");
  execute(*session, CommandId::edit, "g1.m = m0");
  execute(*session, CommandId::run_to, "end");
  const Trace& trace = session->trace();
  const auto told = [&](const std::vector<Event>& events) {
    std::string out;
    for (const Event& e : events) out += fmt::format("{} {}\n", e.step, to_string(e, trace.guest()));
    return out;
  };
  RunEvents whole(trace);
  whole.follow(trace.steps());
  ASSERT_NE(tests::without_breaks(whole.all()).size(), whole.all().size());
  for (std::uint64_t cut = 0; cut <= trace.steps(); cut += 37) {
    RunEvents again(trace);
    again.follow(trace.steps());
    again.cut(cut);
    again.follow(trace.steps());
    ASSERT_EQ(told(again.all()), told(whole.all())) << "restarted at " << cut;
  }
}

// GOGOSCOPE_UPDATE=1 rewrites the page.
TEST(InvariantsPage, is_the_one_that_the_table_gives) {
  const std::string path = GOGOSCOPE_SOURCE "/docs/invariants.md";
  if (std::getenv("GOGOSCOPE_UPDATE") != nullptr)
    std::ofstream(path, std::ios::binary) << invariants_markdown();
  std::ostringstream page;
  page << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(page.str(), invariants_markdown());
}

TEST(InvariantsTable, has_both_languages_and_reasons) {
  for (std::size_t i = 0; i < invariants().size(); ++i) {
    const InvariantInfo& it = invariants()[i];
    EXPECT_EQ(static_cast<std::size_t>(it.id), i) << it.name;
    EXPECT_EQ(invariant_by_name(it.name), &it);
    EXPECT_FALSE(it.sentence.en.empty() || it.sentence.zh.empty() || it.why.empty()) << it.name;
    EXPECT_EQ(it.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0-"), std::string_view::npos) << it.name;
  }
}

}  // namespace
}  // namespace gogoscope
