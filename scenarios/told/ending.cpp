#include "scenarios/told/ending.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/guest/line_essence.h"
#include "emu/history/cursor.h"
#include "emu/layout/entities.h"
#include "emu/layout/traceback.h"

namespace gogoscope {
namespace {

/// Where control goes that falls off the end of a task: behind the function, or to the call of morestack that
/// the assembler puts behind its last line, and which begins the function again.
struct TaskEnd {
  CodeAddr at;
  const Function* function = nullptr;
  CodeAddr last;  ///< the last instruction that comes from the task's text; the entry if it has none
  std::uint32_t line = 0;
};

std::vector<TaskEnd> ends_of_tasks(const Code& code) {
  std::vector<TaskEnd> out;
  for (const Function& function : code.functions()) {
    if (function.kind != FunctionKind::task) continue;
    const Instruction* last = nullptr;
    for (CodeAddr pc = function.entry; function.contains(pc);) {
      const Instruction* const next = code.instruction_at(pc);
      if (next == nullptr) break;
      if (!next->prologue || next->line != function.line) last = next;
      pc = pc + next->size;
    }
    if (last != nullptr) {
      out.push_back({last->pc + last->size, &function, last->pc, last->line});
    } else if (code.function_at(function.entry) == nullptr) {
      // NOP and labels emit nothing: a task may be empty.
      out.push_back({function.entry, &function, function.entry, function.line});
    }
  }
  return out;
}

class EndTeller {
 public:
  EndTeller(const Trace& trace, const std::vector<SourceInFile>& in_files)
      : guest_(trace.guest()),
        trace_(trace),
        in_files_(in_files),
        cursor_(end_of(trace)),
        entities_(guest_, cursor_.state()),
        tracebacks_(guest_, cursor_.state(), entities_) {}

  Ending ending() {
    const std::vector<const Entity*> gs = tracebacks_.gs();
    const Traceback current = tracebacks_.of(gs.front());
    const std::string m = fmt::format("m{}", static_cast<int>(cursor_.state().thread()));
    const Message place = inner_place(current);
    const Message whose = gs.front() == nullptr ? Message::untranslated(m)
                                                : Message({"{g} on {m}", "{m} 上的 {g}"},
                                                          {{"g", gs.front()->short_name}, {"m", m}});
    out_.where = {{"{place}, {whose}{task}", "{place}，{whose}{task}"},
                  {{"place", place}, {"whose", whose}, {"task", task_behind(current)}}};
    const Stop* const stop = trace_.end();
    if (stop != nullptr && stop->reason == StopReason::deadlock) tell_waiting(gs);
    if (stop == nullptr || stop->reason == StopReason::throw_ || stop->reason == StopReason::fault) {
      tell_overrun();
    }
    return std::move(out_);
  }

 private:
  static Cursor end_of(const Trace& trace) {
    Cursor cursor(trace);
    cursor.seek(trace.steps());
    return cursor;
  }

  /// "runtime.gogo+0x23, `MOVQ gobuf_sp(BX), SP` (gogo.s:13)".
  Message place(CodeAddr pc, const LineRef& line) const {
    const SourceFile& source = guest_.code.sources()[line.source];
    const auto found = std::ranges::find(in_files_, source.name, &SourceInFile::source);
    const bool in_file = found != in_files_.end();
    const std::string& file = in_file ? found->file : source.name;
    const auto number = static_cast<std::int64_t>(line.line) + (in_file ? found->first_line - 1 : 0);
    return Message::untranslated(fmt::format("{}, `{}` ({}:{})", guest_.code.symbolize(pc),
                                             line_essence(guest_.code.line_text(line)), file, number));
  }

  Message place(const TraceFrame& frame) {
    if (frame.named == nullptr || !frame.line.known()) {
      return Message::untranslated(guest_.code.symbolize(frame.frame.pc));
    }
    name(*frame.named, instruction_around(frame.looked_up), frame.line.line);
    return place(frame.frame.pc, frame.line);
  }

  void name(const Function& function, CodeAddr pc, std::uint32_t line) {
    out_.places.push_back({&function, pc, line});
    const SourceFile& source = guest_.code.sources()[function.source];
    const auto found = std::ranges::find(in_files_, source.name, &SourceInFile::source);
    if (found == in_files_.end() || out_.line != 0 || line == 0 || line > source.lines.size()) return;
    const std::size_t blank = source.lines[line - 1].find_first_not_of(" \t");
    out_.source = static_cast<std::size_t>(found - in_files_.begin());
    out_.line = line;
    out_.column = blank == std::string::npos ? 1 : static_cast<int>(blank) + 1;
  }

  /// The start of the instruction that holds an address; a return address is looked up inside its call.
  CodeAddr instruction_around(CodeAddr pc) const {
    const auto& all = guest_.code.instructions();
    const auto after = std::upper_bound(all.begin(), all.end(), pc,
                                        [](CodeAddr p, const Instruction& i) { return p < i.pc; });
    return after == all.begin() ? pc : std::prev(after)->pc;
  }

  static bool is_task(const TraceFrame& frame) {
    return frame.named != nullptr && frame.named->kind == FunctionKind::task;
  }

  /// The innermost frame of a stack; what throw itself does is of no interest.
  std::vector<TraceFrame>::const_iterator inner(const Traceback& of) const {
    const auto found = std::ranges::find_if(of.frames, [](const TraceFrame& f) {
      return f.named == nullptr || f.named->name != "runtime.throw";
    });
    return found == of.frames.end() ? of.frames.begin() : found;
  }

  Message inner_place(const Traceback& of) {
    const auto frame = inner(of);
    return frame == of.frames.end() ? Message::untranslated(guest_.code.symbolize(of.unknown))
                                    : place(*frame);
  }

  /// The task that led to the innermost frame, perhaps on another stack; empty if that is the task itself, or
  /// none did.
  Message task_behind(const Traceback& of) {
    const auto first = inner(of);
    if (first == of.frames.end() || is_task(*first)) return {};
    if (const auto task = std::find_if(first, of.frames.end(), is_task); task != of.frames.end()) {
      return {{", called from {task}", "，由 {task} 调用"}, {{"task", place(*task)}}};
    }
    if (of.left == nullptr || of.left == of.g) return {};
    const Traceback left = tracebacks_.of(of.left);
    const auto task = std::ranges::find_if(left.frames, is_task);
    if (task == left.frames.end()) return {};
    return {{", for {g}, which is at {task}", "，为 {g} 而运行，它在 {task}"},
            {{"g", of.left->short_name}, {"task", place(*task)}}};
  }

  void tell_waiting(const std::vector<const Entity*>& gs) {
    for (const Entity* const g : gs) {
      if (g == nullptr || g->system) continue;
      const Traceback found = tracebacks_.of(g);
      const Message place = inner_place(found);
      out_.waiting.push_back(
          {{"{g} [{status}]: {place}{task}", "{g} [{status}]：{place}{task}"},
           {{"g", g->short_name}, {"status", found.status}, {"place", place}, {"task", task_behind(found)}}});
    }
  }

  void tell_overrun() {
    const std::vector<TaskEnd> ends = ends_of_tasks(guest_.code);
    Cursor at(trace_);
    CodeAddr before = at.state().pc();
    ThreadId thread = at.state().thread();
    while (at.forward()) {
      const CodeAddr now = at.state().pc();
      // A turn changes the thread, an edit is none of the code's own steps.
      const bool ran = at.state().thread() == thread && !trace_.is_edit(at.position() - 1);
      const auto end = std::ranges::find(ends, now, &TaskEnd::at);
      if (ran && end != ends.end() && !checks_stack(*end->function, before)) {
        out_.line = 0;
        name(*end->function, end->last, end->line);
        out_.overrun = {
            {"step {n} runs past the last line of {function}, {place}: a RET or a JMP is missing there",
             "第 {n} 步越过了 {function} 的最后一行 {place}：那里缺少 RET 或 JMP"},
            {{"n", at.position() - 1},
             {"function", end->function->name},
             {"place", place(end->last, {end->function->source, end->line})}}};
        return;
      }
      thread = at.state().thread();
      before = now;
    }
  }

  /// Whether the instruction is of the prologue, whose stack check jumps to the call of morestack.
  bool checks_stack(const Function& function, CodeAddr pc) const {
    const Instruction* const instruction = guest_.code.instruction_at(pc);
    return instruction != nullptr && instruction->prologue && function.contains(pc) &&
           instruction->line == function.line;
  }

  const Guest& guest_;
  const Trace& trace_;
  const std::vector<SourceInFile>& in_files_;
  Cursor cursor_;
  Entities entities_;
  Tracebacks tracebacks_;
  Ending out_;
};

}  // namespace

Ending ending_of(const Trace& trace, const std::vector<SourceInFile>& in_files) {
  return EndTeller(trace, in_files).ending();
}

std::vector<std::string> end_lines(const Trace& trace, Language language) {
  const Stop& stop = *trace.end();
  std::vector<std::string> out;
  const std::string whole = fmt::format("{}: {}", name(stop.reason), stop.detail.in(language));
  for (std::size_t at = 0; at <= whole.size();) {
    const std::size_t end = std::min(whole.find('\n', at), whole.size());
    out.push_back(whole.substr(at, end - at));
    at = end + 1;
  }
  if (stop.reason == StopReason::exit) return out;
  const Ending ending = ending_of(trace);
  const auto add = [&](const Message& line) { out.push_back(line.in(language)); };
  if (!ending.overrun.empty()) add(ending.overrun);
  for (const Message& line : ending.waiting) add(line);
  if (const auto code = process_exit_code(stop)) {
    add({{"the process's exit code: {code}", "进程的退出码：{code}"}, {{"code", *code}}});
  }
  return out;
}

}  // namespace gogoscope
