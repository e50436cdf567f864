// trace, state: what a record holds, written by emu/port.
#include <cerrno>
#include <fstream>
#include <iostream>

#include "asm/text/output_file.h"
#include "emu/port/jsonl.h"
#include "emu/port/state.h"
#include "emu/port/text.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

int trace(const TraceOptions& options, Language language) {
  const std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  const Trace& record = run->session->trace();
  if (!options.save.empty() && !record.is_whole()) {
    complain(
        {{"a run of {steps} steps is too long for a trace file, which holds all of them; --steps makes it "
          "shorter",
          "{steps} 步的运行太长，存不进轨迹文件：文件要包含每一步；用 --steps 可以缩短它"},
         {{"steps", record.steps()}}},
        language);
    return kBadInput;
  }
  if (!options.save.empty()) {
    // Piece by piece: the bytes of a long record would need as much memory again.
    errno = 0;
    std::ofstream file(options.save, std::ios::binary);
    record.save(file);
    file.close();
    if (!file) {
      complain({{"the trace cannot be written to {path}: {why}", "无法把轨迹写入 {path}：{why}"},
                {{"path", options.save}, {"why", why_not_written(errno)}}},
               language);
      return kBadInput;
    }
  }
  if (options.format == "jsonl") {
    write_jsonl(std::cout, record, run->session->events());
  } else {
    write_trace_text(std::cout, record, run->session->events());
  }
  return kOk;
}

int state(const StateOptions& options, Language language) {
  const std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  const Trace& record = run->session->trace();
  const std::optional<std::uint64_t> moment = moment_of(options.at, record, language);
  if (!moment) return kBadInput;
  Cursor cursor(record);
  cursor.seek(*moment);
  if (options.format == "json") {
    write_state_json(std::cout, record.guest(), cursor.state(), *moment, invariants_at(cursor));
  } else {
    write_state_text(std::cout, record.guest(), cursor.state(), *moment);
  }
  return kOk;
}

}  // namespace gogoscope
