#include "scenarios/run/step_place.h"

#include <fmt/format.h>

#include "emu/guest/line_essence.h"
#include "emu/history/cursor.h"

namespace gogoscope {

Message step_place(std::uint64_t step, const Trace& trace) {
  // The instruction after an edit has not run.
  if (trace.is_edit(step)) return {{"step {n}, an edit by hand", "第 {n} 步，手工修改"}, {{"n", step}}};
  Cursor cursor(trace);
  cursor.seek(step);
  const Code& code = trace.guest().code;
  const CodeAddr pc = cursor.state().pc();
  std::string line;
  const Function* function = code.function_at(pc);
  const Instruction* instruction = code.instruction_at(pc);
  if (function != nullptr && instruction != nullptr) {
    line = fmt::format(", `{}` ({}:{})", line_essence(code.line_text(*function, instruction->line)),
                       code.sources()[function->source].name, instruction->line);
  }
  return {{"step {n}, at {place}{line}", "第 {n} 步，在 {place}{line}"},
          {{"n", step}, {"place", code.symbolize(pc)}, {"line", line}}};
}

}  // namespace gogoscope
