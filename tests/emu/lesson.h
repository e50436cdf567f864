// Sessions on small programs, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "emu/live/live.h"
#include "emu/runtime/program.h"
#include "emu/session/command_text.h"

namespace gogoscope {

/// A program whose main.main is `main_body` and whose other functions are `others`.
inline std::variant<Program, std::vector<Diagnostic>> build_lesson(const std::string& text) {
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies", text}};
  options.step_budget = 50'000;
  return build_program(options);
}

inline std::unique_ptr<Session> lesson(const std::string& text) {
  auto built = build_lesson(text);
  if (const auto* wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << format(wrong->front());
    return nullptr;
  }
  return live_session(std::get<Program>(built));
}

/// main starts one worker, yields, and returns; the worker runs `body`.
inline std::string worker_text(const std::string& body) {
  return "TEXT main·main(SB), $16-0\n"
         "\tGO main·worker(SB)\n"
         "\tCALL runtime·Gosched(SB)\n"
         "\tRET\n"
         "TEXT main·worker(SB), NOSPLIT, $0-0\n" +
         body + "\n\tRET\n";
}

inline std::unique_ptr<Session> worker(const std::string& body) { return lesson(worker_text(body)); }

/// What is special about a stop, in English; several causes are parted by "; ".
inline std::string stop_detail(const Outcome& outcome, const Session& session) {
  std::string out;
  if (!outcome.stop) return out;
  for (const StopCause& cause : outcome.stop->causes) {
    if (!out.empty()) out += "; ";
    out += detail(cause, session.guest().code).in(Language::en);
  }
  return out;
}

/// Where the cursor is: "runtime.gogo+0x23".
inline std::string here(const Session& session) {
  return session.guest().code.symbolize(session.cursor().state().pc());
}

}  // namespace gogoscope
