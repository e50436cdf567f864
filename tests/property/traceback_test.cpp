// At every step of every shipped scenario each traceback ends where Go's would; and what a traceback says at
// moments that confuse debuggers.
#include "emu/layout/traceback.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "emu/history/cursor.h"
#include "emu/live/live.h"
#include "emu/port/traceback.h"
#include "emu/session/command_text.h"
#include "tests/emu/lesson.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

void expect_json(const Guest& guest, const Image& state, std::uint64_t number) {
  const Entities entities(guest, state);
  const std::vector<Traceback> all = tracebacks(guest, state, entities);
  std::ostringstream out;
  write_traceback_json(out, guest, state, number, all);
  const auto written = nlohmann::json::parse(out.str());
  ASSERT_EQ(written["tracebacks"].size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& one = written["tracebacks"][i];
    ASSERT_EQ(one["frames"].size(), all[i].frames.size());
    ASSERT_EQ(one["g"].is_null(), all[i].g == nullptr);
    ASSERT_EQ(one.contains("created_by"), all[i].creator.has_value());
    ASSERT_EQ(one.contains("switching"), all[i].tls != nullptr);
    ASSERT_EQ(one.contains("unknown"), all[i].end == Traceback::End::unknown_pc);
  }
}

class EveryMoment : public testing::TestWithParam<std::string> {};

TEST_P(EveryMoment, tracebacks_end_as_gos_do) {
  const auto session = live_session(program_of(GetParam()));
  session->execute({CommandId::run});
  const Trace& trace = session->trace();
  const Code& code = trace.guest().code;
  const std::uint64_t stride = trace.steps() / 3000 + 1;  // every step of most
  for (Cursor c(trace);;) {
    const Image& state = c.state();
    const Entities entities(trace.guest(), state);
    const bool known_pc = code.place(state.pc()).function != nullptr;
    for (const Traceback& t : tracebacks(trace.guest(), state, entities)) {
      SCOPED_TRACE(testing::Message() << "state " << c.position() << " at " << code.symbolize(state.pc())
                                      << (t.g == nullptr ? "" : ", " + t.g->name));
      // A new thread is in clone, at the very top of its stack: no call led there.
      const bool cloned = t.frames.size() == 1 && t.frames[0].frame.function != nullptr &&
                          t.frames[0].frame.function->name == "runtime.clone";
      if (known_pc && !cloned) {
        ASSERT_TRUE(t.end == Traceback::End::top || t.end == Traceback::End::mcall ||
                    t.end == Traceback::End::systemstack || t.end == Traceback::End::morestack)
            << static_cast<int>(t.end);
        ASSERT_FALSE(t.frames.empty());
        ASSERT_TRUE(tops_stack(*t.frames.back().frame.function));
      }
      ASSERT_LT(t.frames.size(), 100U);  // the deepest are those of a stack that overflows
      // Once dropg has run, m.curg no longer says which g morestack has left.
      if (t.end == Traceback::End::mcall || t.end == Traceback::End::systemstack) {
        ASSERT_NE(t.left, nullptr);
      }
      for (const TraceFrame& f : t.frames) ASSERT_TRUE(f.inside()) << code.symbolize(f.frame.pc);
    }
    // The words of each end are found below; here only that it can be written at all.
    if (c.position() % (16 * stride) == 0) expect_json(trace.guest(), state, c.position());
    if (c.at_end()) break;
    c.seek(c.position() + stride);
  }
}

INSTANTIATE_TEST_SUITE_P(Traceback, EveryMoment, testing::ValuesIn(shipped_scenarios()), test_name);

std::string text_at(const std::string& where, const std::string& g) {
  const auto session = live_session(program_of(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml"));
  EXPECT_TRUE(execute(*session, CommandId::run_to, where).ok()) << where;
  const Guest& guest = session->guest();
  const Image& state = session->cursor().state();
  const Entities entities(guest, state);
  std::ostringstream out;
  write_traceback_text(out, guest, state, {traceback_of(guest, state, entities, *entities.find(g))});
  return out.str();
}

TEST(Traceback, what_gogo_left_on_g0_is_not_shown_while_a_goroutine_runs) {
  const std::string g0 = text_at("main.worker", "g0");
  EXPECT_EQ(g0.find("runtime.schedule("), std::string::npos) << g0;
  EXPECT_NE(g0.find("runtime.mstart("), std::string::npos) << g0;
  EXPECT_NE(text_at("runtime.gogo#2", "g0").find("runtime.schedule("), std::string::npos);
}

TEST(Traceback, between_tls_and_sp_it_says_that_a_switch_is_under_way) {
  const std::string remark = "# TLS names g3, SP is on the stack of g0";
  EXPECT_EQ(text_at("runtime.gogo+0x1a#2", "g0").find(remark), std::string::npos);
  EXPECT_NE(text_at("runtime.gogo+0x23#2", "g0").find(remark), std::string::npos);
  EXPECT_EQ(text_at("runtime.gogo+0x26#2", "g3").find("# TLS names"), std::string::npos);
}

TEST(Traceback, of_a_run_that_has_thrown_begins_in_throw) {
  // GO of a nil func.
  const auto session = lesson(
      "TEXT main·main(SB), $24-0\n\tMOVL $0, 0(SP)\n\tMOVQ $0, 8(SP)\n\tCALL runtime·newproc(SB)\n\tRET\n");
  ASSERT_NE(session, nullptr);
  session->execute({CommandId::run});
  ASSERT_NE(session->trace().end(), nullptr);
  const Guest& guest = session->guest();
  const Image& state = session->cursor().state();
  EXPECT_EQ(guest.code.function_at(state.pc()), nullptr) << "the PC is after the last instruction";
  EXPECT_EQ(guest.code.symbolize(state.pc()).rfind("runtime.throw+0x", 0), 0U);
  const Entities entities(guest, state);
  const Traceback t = Tracebacks(guest, state, entities).of(entities.find("m0.g0"));
  ASSERT_GE(t.frames.size(), 3U) << session->trace().end()->detail.en;
  EXPECT_EQ(t.frames[0].frame.function->name, "runtime.throw");
  EXPECT_FALSE(t.frames[0].is_return);
  EXPECT_TRUE(t.frames[0].inside());
  EXPECT_EQ(t.frames[0].line.line, 5U);
  EXPECT_EQ(t.end, Traceback::End::systemstack);
}

TEST(Traceback, a_task_that_loads_sp_is_not_taken_for_gogo) {
  const auto session = worker("\tMOVQ SP, AX\n\tMOVQ AX, SP\n\tNOP");
  ASSERT_TRUE(execute(*session, CommandId::run_to, "main.worker+0x6").ok());
  const Guest& guest = session->guest();
  const Image& state = session->cursor().state();
  const Entities entities(guest, state);
  const Traceback t = Tracebacks(guest, state, entities).of(entities.find("g2"));
  ASSERT_EQ(t.frames.size(), 1U);
  EXPECT_EQ(t.end, Traceback::End::loaded_sp);
}

TEST(Traceback, with_goexit_plus_0_as_return_address_the_look_up_names_the_function_before) {
  const auto session = live_session(program_of(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml"));
  ASSERT_TRUE(execute(*session, CommandId::run_to, "main.worker").ok());
  const CodeAddr goexit = session->guest().code.function("runtime.goexit")->entry;
  const std::string sp = fmt::format("{:#x}", session->cursor().state().sp().value());
  ASSERT_TRUE(execute(*session, CommandId::edit, fmt::format("{}={:#x}", sp, goexit.value())).ok());
  const Guest& guest = session->guest();
  const Image& state = session->cursor().state();
  const Entities entities(guest, state);
  const Traceback t = traceback_of(guest, state, entities, *entities.find("g3"));
  ASSERT_EQ(t.frames.size(), 2U);
  EXPECT_EQ(t.frames[1].frame.function->name, "runtime.goexit") << "the walk itself ends as Go's";
  EXPECT_FALSE(t.frames[1].inside());
  EXPECT_NE(t.frames[1].named, t.frames[1].frame.function);
  EXPECT_NE(lookup_text(guest.code, t.frames[1]).find("outside runtime.goexit"), std::string::npos);
}

}  // namespace
}  // namespace gogoscope
