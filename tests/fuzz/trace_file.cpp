// A trace file is opened, or refused with a sentence. What is opened can be walked and looked at like any
// record, walked back to where it started, and is written as the same record.
//
// The input is a trace file without its head: magic, version and checksum are put in front, so that what is
// behind the checksum is reached.
#include "emu/history/trace_file.h"

#include <sstream>

#include "asm/text/printable.h"
#include "emu/check/run_events.h"
#include "emu/port/jsonl.h"
#include "emu/port/state.h"
#include "emu/port/text.h"
#include "emu/port/traceback.h"
#include "emu/session/session.h"
#include "emu/session/views/named_by.h"
#include "emu/session/views/queues.h"
#include "emu/session/views/stack.h"
#include "emu/session/views/which_g.h"
#include "tests/fuzz/claim.h"

namespace gogoscope::fuzz {
namespace {

constexpr std::uint64_t kMostSteps = 2'000;

std::string with_head(std::uint64_t version, std::string_view body) {
  ByteWriter head;
  head.number(version);
  head.number(checksum(body));
  return std::string(kTraceMagic) + head.bytes() + std::string(body);
}

std::string saved(const Trace& trace) {
  std::ostringstream out;
  trace.save(out);
  return out.str();
}

/// Asks everything that is asked of a moment.
void look_at(const Cursor& cursor, const std::vector<Event>& events) {
  const Guest& guest = cursor.trace().guest();
  std::ostringstream out, json;
  write_state_text(out, guest, cursor.state(), cursor.position());
  write_state_json(json, guest, cursor.state(), cursor.position(), invariants_at(cursor));
  const MomentView moment = moment_at(cursor, events, english_names());
  const std::vector<Traceback> all = tracebacks(guest, cursor.state(), moment.entities());
  write_traceback_text(out, guest, cursor.state(), all);
  write_traceback_json(json, guest, cursor.state(), cursor.position(), all);
  claim(printable_lines(out.str()) == out.str(), "what is printed is fit for a terminal");
  which_g(moment);
  named_by(moment);
  queues(moment);
  for (const Entity& e : moment.entities().all()) {
    moment.names->describe(e.addr);
    moment.names->meaning(e.addr.value());
    if (e.kind == Entity::Kind::g) stack_view(moment, e);
  }
}

}  // namespace
}  // namespace gogoscope::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope;
  using namespace gogoscope::fuzz;
  std::istringstream in(with_head(kTraceVersion, as_text(data, size)));
  auto opened = Trace::open(in);
  if (opened.index() != 0) {
    std::istringstream with_sse(with_head(kTraceVersionWithSse, as_text(data, size)));
    opened = Trace::open(with_sse);
  }
  if (opened.index() != 0) {
    std::istringstream of_program(with_head(kTraceVersionWithInlined, as_text(data, size)));
    opened = Trace::open(of_program);
  }
  if (const auto* const why = std::get_if<Message>(&opened)) {
    claim_message(*why);
    return 0;
  }
  std::unique_ptr<Trace> trace = std::move(std::get<0>(opened));
  const std::string bytes = saved(*trace);
  std::istringstream again(bytes);
  auto reopened = Trace::open(again);
  claim(reopened.index() == 0, "what is written can be opened");
  claim(saved(*std::get<0>(reopened)) == bytes, "and is the same record");

  Cursor cursor(*trace);
  const std::uint64_t first = cursor.state().hash();
  const std::uint64_t steps = std::min(trace->steps(), kMostSteps);
  while (cursor.position() < steps && cursor.forward()) {
    cursor.last();
  }
  const std::uint64_t last = cursor.state().hash();
  while (cursor.back()) {
  }
  claim(cursor.state().hash() == first, "a walk back ends where the walk began");
  cursor.seek(steps);
  claim(cursor.state().hash() == last, "and the same way leads to the same state");

  RunEvents run(*trace);
  run.follow(steps);
  for (const std::uint64_t state : {std::uint64_t{0}, steps / 2, steps}) {
    cursor.seek(state);
    look_at(cursor, run.all());
  }
  std::ostringstream lines, text;
  write_trace_text(text, *trace, run.all());
  claim(printable_lines(text.str()) == text.str(), "what is printed is fit for a terminal");
  write_jsonl_header(lines, *trace);
  write_jsonl_steps(lines, *trace, run.all(), 0, steps);
  auto session = replay_session(std::move(trace));
  for (const CommandId id :
       {CommandId::step, CommandId::step_line, CommandId::next_event, CommandId::next_handoff,
        CommandId::step_out, CommandId::run, CommandId::go_end, CommandId::back, CommandId::back_line,
        CommandId::last_event, CommandId::last_handoff}) {
    session->execute({id});
  }
  return 0;
}
