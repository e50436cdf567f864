// A Go program seen with its source: lines, tracebacks, goroutines, what is told of its steps, and all of it
// again from a trace file.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "asm/text/printable.h"
#include "emu/check/run_events.h"
#include "emu/layout/goroutines.h"
#include "emu/layout/wait_reason.h"
#include "emu/linux/process.h"
#include "emu/live/live.h"
#include "emu/port/traceback.h"
#include "emu/session/arrival.h"
#include "emu/session/command_text.h"
#include "scenarios/told/narration.h"
#include "scenarios/told/program_keys.h"
#include "tests/linux/go_program.h"

namespace gogoscope {
namespace {

/// Of the program's own file.
SourceLines program_texts() {
  return [](const std::string& path) {
    std::vector<std::string> out;
    if (!path.ends_with("/program.go")) return out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  };
}

Program sourced_process(const std::string& part, const SourceLines& sources) {
  ProcessOptions options;
  options.name = "program";
  options.arguments = {"/program", part};
  options.sources = sources;
  options.step_budget = 500'000;  // of the endless loop
  return std::get<Program>(make_process(*go_program(), options));
}

class GoSource : public testing::Test {
 protected:
  void SetUp() override {
    if (go_program() == nullptr) GTEST_SKIP() << "go is not installed: nothing to run";
  }
  /// At a place of the program's run.
  std::unique_ptr<Session> session_at(const std::string& part, const std::string& place) {
    auto session = live_session(sourced_process(part, program_texts()));
    // Steps that are recorded one by one cost much more than those that are recorded together.
    session->execute({CommandId::run, {}, StopMask{}});
    session->execute({CommandId::go_start});
    EXPECT_TRUE(execute(*session, CommandId::run_to, place).ok()) << place;
    return session;
  }
};

std::string_view text_at(const Session& session) {
  const Code& code = session.guest().code;
  return trimmed(code.line_text(code.line_at(session.cursor().state().pc())));
}

TEST_F(GoSource, steps_by_lines_of_its_source_and_back_the_same_way) {
  const auto session = session_at("ping-pong", "main.pingPong");
  EXPECT_EQ(text_at(*session), "func pingPong() {");
  std::vector<std::uint64_t> stops{session->cursor().position()};
  std::vector<std::string> lines;
  // Another function's lines come in between: lines lead into calls, as in lessons.
  while (lines.size() < 4) {
    session->execute({CommandId::step_line});
    EXPECT_TRUE(starts_line(session->cursor()));
    stops.push_back(session->cursor().position());
    const Function* const in = session->guest().code.function_at(session->cursor().state().pc());
    if (in != nullptr && in->name == "main.pingPong") lines.emplace_back(text_at(*session));
    ASSERT_LT(stops.size(), 2000U);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"a, b := make(chan int), make(chan int)", "go func() {",
                                             "for i := 0; i < 50; i++ {", "a <- v"}));
  for (auto stop = stops.rbegin() + 1; stop != stops.rend(); ++stop) {
    session->execute({CommandId::back_line});
    ASSERT_EQ(session->cursor().position(), *stop);
  }
}

TEST_F(GoSource, each_round_of_an_endless_loop_is_a_line_step) {
  const auto session = session_at("loop", "main.main");
  for (int i = 0; i < 20; ++i) session->execute({CommandId::step_line});
  const std::uint64_t before = session->cursor().position();
  for (int i = 0; i < 5; ++i) session->execute({CommandId::step_line});
  EXPECT_GE(session->cursor().position(), before + 5);
  EXPECT_LE(session->cursor().position(), before + 10);
}

TEST_F(GoSource, a_line_is_a_place) {
  const auto session = session_at("ping-pong", "main.pingPong:\"v = <-b\"#2");
  EXPECT_EQ(text_at(*session), "v = <-b");
  EXPECT_TRUE(starts_line(session->cursor()));
}

/// The lines of the frames that Go shows of user code: "\t/path/program.go:125 +0x3a".
std::vector<std::string> places_of(const std::string& text, const std::string& file) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("\t") && line.find(file) != std::string::npos) out.push_back(line);
  }
  return out;
}

TEST_F(GoSource, a_traceback_has_the_lines_and_offsets_of_gos_own) {
  const std::vector<std::string> native = places_of(natively({"panic"}).err, "program.go:");
  ASSERT_EQ(native.size(), 5U);  // fail four times, main
  const auto session = session_at("panic", "runtime.gopanic");
  const Image& state = session->cursor().state();
  const Entities entities(session->guest(), state);
  std::ostringstream out;
  write_traceback_text(out, session->guest(), state,
                       {Tracebacks(session->guest(), state, entities).of(entities.find("g1"))});
  EXPECT_EQ(places_of(out.str(), "program.go:"), native);
}

TEST_F(GoSource, a_traceback_has_the_calls_that_were_inlined_as_gos_own_has) {
  const auto main_calls = [](const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("main.")) continue;
      out.push_back(line.substr(0, line.find('(')));
      std::getline(in, line);
      out.push_back(line);
    }
    return out;
  };
  const std::vector<std::string> native = main_calls(natively({"inlined"}).err);
  ASSERT_EQ(native.size(), 8U);
  EXPECT_EQ(native[0], "main.element");
  EXPECT_EQ(native[2], "main.twice");
  EXPECT_EQ(native[4], "main.inlined");
  const auto session = session_at("inlined", "runtime.gopanic");
  const auto text = [](const Guest& guest, const Image& state) {
    const Entities entities(guest, state);
    std::ostringstream out;
    write_traceback_text(out, guest, state, {Tracebacks(guest, state, entities).of(entities.find("g1"))});
    return out.str();
  };
  const std::string ours = text(session->guest(), session->cursor().state());
  EXPECT_EQ(main_calls(ours), native);
  std::stringstream file;
  session->trace().save(file);
  auto opened = Trace::open(file);
  ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
  Cursor saved(*std::get<0>(opened));
  saved.seek(session->cursor().position());
  EXPECT_EQ(text(std::get<0>(opened)->guest(), saved.state()), ours);
}

TEST_F(GoSource, a_goroutine_waits_for_what_the_release_calls_it) {
  const auto session = session_at("ping-pong", "main.pingPong.func1");
  std::set<std::string> words;
  std::uint64_t n = 0;
  for (; n < 100; ++n) {
    const std::string word = wait_reason(session->guest(), session->cursor().state(), n);
    if (n > 0 && word.empty()) break;
    words.insert(word);
  }
  EXPECT_GT(n, 20U);
  for (const char* const word : {"", "select", "chan receive", "chan send", "sleep", "GC worker (idle)"})
    EXPECT_EQ(words.count(word), 1U) << word;
}

TEST_F(GoSource, a_goroutine_names_what_it_runs_and_who_created_it) {
  const auto session = session_at("ping-pong", "main.pingPong.func1");
  const Guest& guest = session->guest();
  const Image& state = session->cursor().state();
  const Entities entities(guest, state);
  const Tracebacks tracebacks(guest, state, entities);
  const std::size_t all = tracebacks.gs().size();
  std::string user, system;
  for (const Entity& g : entities.all()) {
    if (g.kind != Entity::Kind::g) continue;
    const GoroutineKind kind = goroutine_kind(guest, state, g);
    EXPECT_EQ(kind == GoroutineKind::g0, g.system) << g.name;
    const Function* const start = started_with(guest, state, g);
    if (start == nullptr) continue;
    (kind == GoroutineKind::user ? user : system) += start->name + " ";
  }
  EXPECT_EQ(user, "runtime.main main.pingPong.func1 ");
  EXPECT_TRUE(system.starts_with("runtime.forcegchelper runtime.")) << system;
  EXPECT_EQ(tracebacks.gs(true).size(), 2U);
  EXPECT_GT(all, 5U);
  const Traceback worker = tracebacks.of(tracebacks.gs().front());
  ASSERT_TRUE(worker.creator.has_value());
  EXPECT_EQ(worker.creator->named->name, "main.pingPong");
  EXPECT_EQ(trimmed(guest.code.line_text(worker.creator->line)), "go func() {");
}

TEST_F(GoSource, goes_with_the_record_as_far_as_the_run_has_been_in_it) {
  const auto session = live_session(sourced_process(
      "ping-pong", [](const std::string& path) { return std::vector<std::string>{"text of " + path}; }));
  session->execute({CommandId::run, {}, StopMask{}});
  std::stringstream file;
  session->trace().save(file);
  auto opened = Trace::open(file);
  ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
  const Code& before = session->guest().code;
  const Code& after = std::get<0>(opened)->guest().code;
  EXPECT_EQ(after.rows(), before.rows());
  std::set<std::uint32_t> reached, kept;
  for (Cursor cursor(session->trace()); !cursor.at_end(); cursor.forward()) {
    const CodeAddr pc = cursor.state().pc();
    if (const LineRef line = before.line_at(pc); line.known()) reached.insert(line.source);
    if (const Function* const in = before.function_at(pc)) reached.insert(in->source);
  }
  for (std::uint32_t n = 0; n < after.sources().size(); ++n) {
    const SourceFile& source = after.sources()[n];
    EXPECT_EQ(source.name, before.sources()[n].name);
    if (!source.lines.empty()) kept.insert(n);
    EXPECT_TRUE(source.lines.empty() || source.lines == before.sources()[n].lines) << source.name;
  }
  EXPECT_EQ(kept, reached);
  EXPECT_LT(kept.size() + 20, after.sources().size());
}

TEST_F(GoSource, is_told_in_sentences_of_programs_only_and_gogo_in_each_of_its_instructions) {
  const auto session = session_at("ping-pong", "main.pingPong.func1");
  const Trace& trace = session->trace();
  const Guest& guest = session->guest();
  const Narration narration(Language::en);
  RunEvents events(trace);
  events.follow(trace.steps());
  int in_gogo = 0, told = 0, switches = 0;
  const std::uint64_t here = session->cursor().position();
  Cursor before(trace), after(trace);
  before.seek(here - 3000);
  after.seek(here - 2999);
  for (; before.position() < here; before.forward(), after.forward()) {
    const std::uint64_t k = before.position();
    const Step step = before.next();
    std::vector<Event> now;
    for (const Event& event : events_of(events.all(), k)) now.push_back(event);
    const Narrated one = narration.told(guest, before.state(), after.state(), step, now);
    const Function* const function = guest.code.function_at(step.pc);
    if (!one.key.empty()) {
      EXPECT_TRUE(one.key.starts_with("program.") || one.key.starts_with("turn")) << one.key;
      ++told;
    }
    if (step.kind == StepKind::instruction && function != nullptr && function->go_name() == "runtime.gogo" &&
        !instruction_key(guest, after.state(), step.pc).empty()) {
      ++in_gogo;
      EXPECT_FALSE(one.sentence.empty()) << guest.code.symbolize(step.pc);
      switches += one.key == "program.gogo.sp" ? 1 : 0;
    }
  }
  EXPECT_GE(in_gogo, 12);
  EXPECT_GE(switches, 1);
  EXPECT_GT(told, in_gogo);
}

}  // namespace
}  // namespace gogoscope
