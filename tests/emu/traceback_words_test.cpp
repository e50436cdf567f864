// How a traceback ends, and how that is said to people and to programs.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "emu/layout/describe.h"
#include "emu/port/traceback.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

struct Ending {
  const char* place;  ///< where the run is stopped
  const char* edits;  ///< "field = value; ...", where @FIELD is the value of a field and SP the word at SP
  const char* g;      ///< whose traceback; the current thread's if empty
  const char* source;
  const char* end;
  const char* line;  ///< one that the text has
};

void edit(Session& session, std::string text) {
  const Image& state = session.cursor().state();
  const auto at = text.find('@');
  if (at != std::string::npos) {
    const auto place = find_field(session.guest(), state, text.substr(at + 1));
    ASSERT_TRUE(place) << text;
    text = text.substr(0, at) + fmt::format("{:#x}", state.load_or_zero(place->addr));
  }
  if (text.find("SP") != std::string::npos)
    text.replace(text.find("SP"), 2, fmt::format("{:#x}", state.sp().value()));
  const Outcome outcome = execute(session, CommandId::edit, text);
  ASSERT_TRUE(outcome.ok()) << text << ": " << outcome.error.in(Language::en);
}

void expect(Session& session, const Ending& row) {
  SCOPED_TRACE(testing::Message() << row.place << ": " << row.edits << ", " << row.g);
  ASSERT_TRUE(execute(session, CommandId::run_to, row.place).ok());
  std::istringstream edits(row.edits);
  for (std::string one; std::getline(edits, one, ';');) edit(session, one);
  const Guest& guest = session.guest();
  const Image& state = session.cursor().state();
  const Entities entities(guest, state);
  const std::vector<Traceback> all = {Tracebacks(guest, state, entities).of(entities.find(row.g))};
  std::ostringstream text, json;
  write_traceback_text(text, guest, state, all);
  EXPECT_NE(text.str().find(row.line), std::string::npos) << text.str();
  write_traceback_json(json, guest, state, session.cursor().position(), all);
  const auto written = nlohmann::json::parse(json.str())["tracebacks"][0];
  EXPECT_EQ(written["source"], row.source);
  EXPECT_EQ(written["end"], row.end) << text.str();
  EXPECT_EQ(written["frames"].size(), all[0].frames.size());
}

TEST(TracebackWords, say_how_it_ends) {
  const Ending rows[] = {
      {"main.worker", "", "g2", "registers", "top", "inside runtime.goexit, as it must be\n"},
      {"main.worker", "", "g1", "sched", "top", "# g1, from its g.sched\n"},
      {"main.worker", "", "g0", "sched", "top", "# m0 runs g2: what schedule"},
      {"runtime.goexit0", "", "g0", "registers", "mcall",
       "# mcall switched stacks and is the top of this one; g2"},
      {"runtime.newproc1#2", "", "g0", "registers", "systemstack", "it returns to g1"},
      {"runtime.exit", "", "g2", "none", "nothing", "# g2: nothing on its stack is live\n"},
      {"main.worker", "SP = 0x10", "g2", "registers", "unknown pc", "# unexpected return pc 0x10\n"},
      {"main.worker", "SP = runtime.goexit", "g2", "registers", "top",
       "outside runtime.goexit, so this frame gets the wrong name\n"},
      {"main.worker", "rsp = @g2.stack.hi", "g2", "registers", "off the stack",
       "# the next return address would be outside this stack\n"},
      {"main.worker", "rip = runtime.goexit0; rsp = 0x10", "", "registers", "off the stack",
       "# the system's stack, from the registers of m0\n"},
      {"main.worker", "g1.sched.pc = 0x10", "g1", "sched", "unknown pc", "# unexpected return pc 0x10\n"},
      {"main.worker", "m0.tls[0] = g1", "g2", "registers", "top",
       "# TLS names g1, SP is on the stack of g2, and no switch"},
      {"main.worker", "g2.lockedm = m0; g2.atomicstatus = 0x1002", "g2", "registers", "top",
       "running (scan), locked to thread]:\n"},
      {"main.worker", "g1.atomicstatus = 4; g1.waitreason = 14", "g1", "sched", "top", " [chan receive]:\n"},
  };
  for (const Ending& row : rows) expect(*worker("NOP"), row);
}

TEST(TracebackWords, of_a_deep_stack_end_after_a_most_of_frames) {
  const auto deep = lesson(
      "TEXT main·main(SB), $16-0\n\tCALL main·deep(SB)\n\tRET\n"
      "TEXT main·deep(SB), $0-0\n\tDECQ main·left(SB)\n\tJEQ done\n\tCALL main·deep(SB)\n"
      "done:\n\tRET\n"
      "DATA main·left+0(SB)/8, $150\nGLOBL main·left(SB), $8\n");
  ASSERT_NE(deep, nullptr);
  expect(*deep, {"main.deep#120", "", "g1", "registers", "too deep", "# and more than 100 frames\n"});
}

TEST(TracebackWords, of_code_that_loads_sp_end_there) {
  expect(
      *worker("\tMOVQ SP, AX\n\tMOVQ AX, SP\n\tNOP"),
      {"main.worker+0x6", "", "g2", "registers", "loaded sp", "# main.worker has loaded SP from elsewhere"});
}

TEST(TracebackWords, of_newstack_name_the_goroutine_that_grows) {
  const auto grows = lesson(
      "TEXT main·main(SB), $16-0\n\tCALL main·big(SB)\n\tRET\n"
      "TEXT main·big(SB), $4000-0\n\tRET\n");
  ASSERT_NE(grows, nullptr);
  expect(*grows,
         {"runtime.newstack", "", "g0", "registers", "morestack", "gogo resumes g1 from its sched\n"});
}

}  // namespace
}  // namespace gogoscope
