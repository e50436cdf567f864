// A guest of a release that lacks a field is followed, named, checked and shown: what needs the field is
// absent, with the reason, and nothing else is.
#include "emu/layout/release.h"

#include <nlohmann/json.hpp>

#include "tests/other_release.h"
#include "tests/property/followed.h"

namespace gogoscope {
namespace {

using namespace tests;

class LackingAField : public testing::TestWithParam<const OffsetField*> {};

TEST_P(LackingAField, breaks_no_invariant_and_says_which_cannot_be_judged) {
  const OffsetField& field = *GetParam();
  const auto release = without(*release_named("1.16"), field.in, field.name);
  ASSERT_FALSE(release->at.*field.at);
  const Text why = no_such_field(*release, field.at);
  EXPECT_EQ(why.en, "Go 1.16 has no field " + std::string(field.in) + "." + std::string(field.name));
  for (const char* const name : {"02-two-exits.yaml", "15-steal-half.yaml"}) {
    const Program program = program_of(scenario(name));
    const auto trace = recorded_under(program, release, 6'000);
    ASSERT_GT(trace->steps(), 2'000U);
    for (const Event& e : breaks_of(follow(*trace))) {
      ADD_FAILURE() << name << ": " << e.step << ": " << e.as<InvariantBreak>()->name << ": "
                    << e.as<InvariantBreak>()->reason.en;
    }
    Cursor cursor(*trace);
    cursor.seek(trace->steps() / 2);
    for (const InvariantReport& r : invariants_at(cursor)) {
      EXPECT_NE(r.state, InvariantState::broken) << info(r.id).name << ": " << r.detail.en;
      if (r.state == InvariantState::not_applicable) {
        EXPECT_EQ(r.detail, why);
      }
    }
    std::ostringstream json;
    write_state_json(json, trace->guest(), cursor.state(), cursor.position());
    const auto state = nlohmann::json::parse(json.str());
    const std::string kind = field.in == "schedt" ? "sched" : std::string(field.in);
    for (const auto& entity : kind == "sched" ? nlohmann::json::array({state[kind]}) : state[kind]) {
      ASSERT_FALSE(entity["fields"].empty());
      EXPECT_FALSE(entity["fields"].contains(std::string(field.name)));
    }
  }
}

/// Under sanitizers, some: what is without a field takes the same way for each.
std::vector<const OffsetField*> fields() {
#if defined(__SANITIZE_ADDRESS__)
  constexpr std::size_t kEvery = 8;
#else
  constexpr std::size_t kEvery = 1;
#endif
  std::vector<const OffsetField*> out;
  for (std::size_t i = 0; i < std::size(kOffsetFields); i += kEvery) out.push_back(&kOffsetFields[i]);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Each, LackingAField, testing::ValuesIn(fields()), [](const auto& param) {
  std::string name = std::string(param.param->in) + "_" + std::string(param.param->name);
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

TEST(LackingAStruct, ends_nothing) {
  for (const char* const name : {"g", "m", "p", "schedt", "gobuf", "stack", "gList", "gQueue", "_defer"}) {
    SCOPED_TRACE(name);
    const Program program = program_of(scenario("02-two-exits.yaml"));
    follow(*recorded_under(program, without(*release_named("1.16"), name, ""), 3'000));
  }
}

TEST(MissingField, is_no_event_of_it_and_leaves_all_others) {
  const Program program = program_of(scenario("02-two-exits.yaml"));
  const auto count = [&](const std::shared_ptr<const Release>& release, EventType type) {
    const auto trace = recorded_under(program, release, kMostSteps);
    std::size_t n = 0;
    for (const Event& e : follow(*trace)) n += e.type() == type ? 1 : 0;
    return n;
  };
  const auto whole = release_named("1.16");
  const auto no_status = without(*whole, "g", "atomicstatus");
  EXPECT_GT(count(whole, EventType::status), 0U);
  EXPECT_EQ(count(no_status, EventType::status), 0U);
  for (const EventType type : {EventType::stack, EventType::tls, EventType::curg, EventType::runq}) {
    EXPECT_EQ(count(no_status, type), count(whole, type));
  }
}

TEST(MissingField, has_a_reason_where_a_queue_would_be) {
  const auto release = without(*release_named("1.16"), "p", "runnext");
  const Program program = program_of(scenario("02-two-exits.yaml"));
  const auto trace = recorded_under(program, release, 2'000);
  Cursor cursor(*trace);
  cursor.seek(trace->steps());
  const MomentView moment = moment_at(cursor, {}, english_names());
  int missing = 0;
  for (const Queue& queue : queues(moment)) {
    if (queue.missing.empty()) continue;
    ++missing;
    EXPECT_EQ(queue.path(), "p0.runnext");
    EXPECT_EQ(queue.missing.en, "Go 1.16 has no field p.runnext");
    EXPECT_EQ(queue.missing.zh, "Go 1.16 没有字段 p.runnext");
  }
  EXPECT_EQ(missing, 1);
}

TEST(ModelledCode, is_not_linked_under_a_release_that_lacks_what_it_needs) {
  LessonRelease lacking = default_lesson_release();
  lacking.release = without(*lacking.release, "p", "runnext");
  ProgramOptions options;
  options.name = "lacking";
  options.release = &lacking;
  options.bodies = {{"bodies", "TEXT main·main(SB), NOSPLIT, $0-0\n\tRET\n"}};
  const auto built = build_program(options);
  ASSERT_EQ(built.index(), 1U);
  ASSERT_EQ(std::get<1>(built).size(), 1U);
  EXPECT_EQ(std::get<1>(built).front().message.in(Language::en),
            "the modelled functions need p.runnext, which Go 1.16 does not have");
}

}  // namespace
}  // namespace gogoscope
