// traceback: the calls of every goroutine at one moment, as Go would print them.
#include "emu/port/traceback.h"

#include <iostream>

#include "asm/text/printable.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

int traceback(const TracebackOptions& options, Language language) {
  const std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  const Trace& record = run->session->trace();
  const std::optional<std::uint64_t> moment = moment_of(options.at, record, language);
  if (!moment) return kBadInput;
  Cursor cursor(record);
  cursor.seek(*moment);
  const Guest& guest = record.guest();
  const Entities entities(guest, cursor.state());

  std::vector<Traceback> found;
  if (options.g.empty()) {
    found = tracebacks(guest, cursor.state(), entities, options.goroutines == "user");
  } else {
    const Entity* g = entities.find(options.g);
    if (g == nullptr || g->kind != Entity::Kind::g) {
      complain({{"no goroutine {name} at that moment", "那一刻没有叫 {name} 的 goroutine"},
                {{"name", in_quotes(options.g)}}},
               language);
      return kBadInput;
    }
    found.push_back(traceback_of(guest, cursor.state(), entities, *g));
  }
  if (options.format == "json") {
    write_traceback_json(std::cout, guest, cursor.state(), *moment, found);
  } else {
    write_traceback_text(std::cout, guest, cursor.state(), found);
  }
  return kOk;
}

}  // namespace gogoscope
