#include "scenarios/told/walk_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "asm/text/printable.h"
#include "asm/text/wrap.h"
#include "emu/disasm/code_text.h"
#include "emu/guest/line_essence.h"
#include "emu/guest/thread_table.h"
#include "emu/history/named_cursor.h"
#include "emu/session/arrival.h"
#include "scenarios/format/fields.h"
#include "scenarios/told/ending.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/walk_lines.h"
#include "scenarios/told/walk_paint.h"

namespace gogoscope {
namespace {

constexpr int kWidth = 100;

class Teller : PaintedLines {
 public:
  Teller(std::ostream& out, const Trace& trace, const std::vector<Event>& events, const Narration& narration,
         bool colours, std::uint64_t from)
      : PaintedLines(out, colours),
        guest_(trace.guest()),
        trace_(trace),
        events_(events),
        narration_(narration),
        cursor_(trace, from),
        after_(trace, from),
        ahead_(cursor_.cursor()) {
    after_.forward();
  }

  void tell(std::uint64_t to) {
    while (cursor_.position() < to) group(group_end(to));
  }

 private:
  /// The events of step k.
  std::vector<Event> events_of(std::uint64_t k) const {
    const std::span<const Event> found = gogoscope::events_of(events_, k);
    return {found.begin(), found.end()};
  }

  const Instruction* instruction(CodeAddr pc) const { return guest_.code.instruction_at(pc); }

  const Function* modelled_function(CodeAddr pc) const {
    const Function* function = guest_.code.function_at(pc);
    return function != nullptr && guest_.code.is_modelled(*function) ? function : nullptr;
  }

  /// Whether the next step is none of the code's own: an edit, or a turn that continues.
  static bool stands_alone(const Cursor& at) {
    const StepKind kind = at.next().kind;
    return kind == StepKind::edit || kind == StepKind::thread;
  }

  /// Steps of one line of a modelled function belong together, up to a call out of it.
  std::uint64_t group_end(std::uint64_t to) {
    const CodeAddr pc = cursor_.state().pc();
    const Instruction* first = instruction(pc);
    std::uint64_t end = cursor_.position() + 1;
    const bool alone = first == nullptr || modelled_function(pc) == nullptr || stands_alone(cursor_.cursor());
    ahead_.forward();
    if (alone) return end;
    CodeAddr last = pc;
    for (; end < to; ++end) {
      const CodeAddr next_pc = ahead_.state().pc();
      const Instruction* next = instruction(next_pc);
      const bool same = next != nullptr && next->function == first->function && next->line == first->line;
      // Going back to the line's start is another round of a loop, or another call.
      if (!same || next_pc <= last || stands_alone(ahead_)) break;
      last = next_pc;
      ahead_.forward();
    }
    return end;
  }

  void advance() {
    cursor_.forward();
    after_.forward();
  }

  void header(std::uint64_t end) {
    const std::uint64_t k = cursor_.position();
    const Names names = cursor_.names();
    const CodeAddr pc = cursor_.state().pc();
    const Function* function = guest_.code.function_at(pc);
    const Instruction* at = instruction(pc);
    if (!guest_.code.rows().empty() && starts_line(cursor_.cursor())) {
      line(Colour::dim, 0, "── " + source_text(guest_.code, guest_.code.line_at(pc)) + " ──");
    }
    std::string number = end - k > 1 ? fmt::format("#{}-{}", k, end - 1) : fmt::format("#{}", k);
    std::string place = guest_.code.symbolize(pc);
    std::string text = at == nullptr ? named_code_text(guest_.code, cursor_.state(), pc).text : at->text;
    std::string_view kind = "real";
    if (trace_.is_edit(k)) {
      text = word("word.edit");
      kind = "edit";
    } else if (function != nullptr && guest_.code.is_modelled(*function)) {
      if (at != nullptr) text = line_essence(guest_.code.line_text(*function, at->line));
      place = at == nullptr || at->prologue ? place : fmt::format("{}:{}", function->name, at->line);
      kind = "modelled";
    }
    if (kind != "edit" && function != nullptr && function->kind == FunctionKind::changed) kind = "changed";
    if (text.empty()) text = at == nullptr ? "?" : at->text;
    const std::string label = word(fmt::format("word.{}", kind));
    out_ << paint(Colour::dim,
                  fmt::format("{:<11} {:<4}", number, g_and_m(guest_, cursor_.state(), names.entities())))
         << " " << paint(Colour::place, fmt::format("{:<26}", place)) << "  " << paint(Colour::head, text)
         << "  " << paint(Colour::dim, "[" + label + "]") << "\n";
  }

  std::string word(std::string_view key) const {
    const auto found = narration_.texts().find(key);
    return found == narration_.texts().end() ? std::string(key) : found->second;
  }

  const NameWords& words() const { return name_words(narration_.language()); }

  static std::string with_meaning(const Names& names, std::uint64_t value) {
    const std::string meaning = names.meaning(value);
    return meaning.empty() ? fmt::format("{:#x}", value) : fmt::format("{:#x} ({})", value, meaning);
  }

  void changes(const Step& step, const Names& new_names) {
    for (const RegChange& change : step.regs) {
      if (change.reg == Reg::rip || change.reg == Reg::rflags) continue;
      line(Colour::changed, 12,
           fmt::format("{:<4} {:#x} -> {}", name(change.reg), change.old_value,
                       with_meaning(new_names, change.new_value)));
    }
    for (const OtherRegChange& r : step.other_regs) {
      if (r.change.reg == Reg::rip || r.change.reg == Reg::rflags) continue;
      line(Colour::changed, 12,
           fmt::format("m{}'s {} {:#x} -> {}", static_cast<int>(r.thread), name(r.change.reg),
                       r.change.old_value, with_meaning(new_names, r.change.new_value)));
    }
    for (const SseChange& s : step.sse) {
      const std::string whose =
          s.thread == step.thread ? "" : fmt::format("m{}'s ", static_cast<int>(s.thread));
      line(
          Colour::changed, 12,
          fmt::format("{}{} {} -> {}", whose, name(s.reg), hex(s.reg, s.old_value), hex(s.reg, s.new_value)));
    }
    for (const MapChange& m : step.maps) {
      line(
          Colour::changed, 12,
          fmt::format(fmt::runtime(narration_.language() == Language::zh ? "{}：已映射 {:#x} -> {:#x} 字节"
                                                                         : "{}: {:#x} -> {:#x} bytes mapped"),
                      m.region->name, m.old_mapped, m.new_mapped));
    }
    for (const Store& store : step.stores) {
      std::string where = new_names.describe(store.addr, store.size);
      if (where.empty()) where = cursor_.names(words()).describe(store.addr, store.size);
      if (where.empty()) where = fmt::format("[{:#x}]", store.addr.value());
      line(Colour::changed, 12,
           fmt::format("{}: {:#x} -> {}", where, store.old_value, with_meaning(new_names, store.new_value)));
    }
  }

  /// A group states its meaning once, at the first step of the line.
  bool states_meaning(const Step& step) const {
    const Function* function = modelled_function(step.pc);
    const Instruction* at = instruction(step.pc);
    if (function == nullptr || at == nullptr || at->prologue || step.pc == function->entry) return true;
    const Instruction* before = nullptr;
    for (std::int64_t back = 1; back <= 15 && before == nullptr; ++back)
      before = instruction(step.pc + -back);
    return before == nullptr || before->line != at->line || before->prologue;
  }

  /// The RET of a modelled function: more worth showing than the epilogue before it.
  bool returns(const Step& step) const {
    const Instruction* at = instruction(step.pc);
    return at != nullptr && (at->text == "return" || at->text == "RET") &&
           modelled_function(step.pc) != nullptr;
  }

  /// One quiet line; what a turn means is said where the next M moves.
  void turn(const Step& step) {
    const bool clock = std::any_of(step.stores.begin(), step.stores.end(), [this](const Store& store) {
      const DataSymbol* data = guest_.code.data_at(store.addr);
      return data != nullptr && data->name == "kernel.clock";
    });
    const auto table = ThreadTable::of(guest_);
    const std::string text = fill(word(clock ? "line.turn.clock" : "line.turn"), [&](std::string_view key) {
      if (key == "m") return fmt::format("m{}", static_cast<int>(step.thread));
      if (key == "next") return fmt::format("m{}", static_cast<int>(step.next_thread));
      return table ? duration_text(table->clock(after_.state())) : std::string();
    });
    line(Colour::dim, 0, fmt::format("── {} ──", text));
    for (const Event& event : events_of(cursor_.position())) {
      line(Colour::event, 12, "* " + event_text(event, guest_, narration_));
    }
    if (step.stop) last_stop();
    advance();
  }

  void group(std::uint64_t end) {
    if (const Step step = cursor_.next(); step.kind == StepKind::thread) {
      turn(step);
      return;
    }
    header(end);
    std::string meaning;
    std::vector<Event> events;
    bool first = true;
    while (cursor_.position() < end) {
      const Step step = cursor_.next();
      const std::vector<Event> now = events_of(cursor_.position());
      const Names names = after_.names(words());
      changes(step, names);
      // The first step says what the line is about; one that brings an event knows more.
      if ((first && states_meaning(step)) || !now.empty() || step.stop || returns(step)) {
        const Names before = cursor_.names(words());
        const std::string sentence =
            narration_.sentence(guest_, cursor_.state(), after_.state(), step, now, {&before, &names});
        if (!sentence.empty()) meaning = sentence;
      }
      if (step.stop) last_stop();
      events.insert(events.end(), now.begin(), now.end());
      first = false;
      advance();
    }
    for (const Event& event : events) line(Colour::event, 12, "* " + event_text(event, guest_, narration_));
    if (!meaning.empty()) {
      for (const std::string_view part : wrap(meaning, kWidth - 6)) line(Colour::meaning, 6, part);
    }
  }

  void last_stop() {
    std::string_view mark = "! ";
    for (const std::string& text : end_lines(trace_, narration_.language())) {
      line(Colour::event, 12, std::string(mark) + text);
      mark = "  ";
    }
  }

  const Guest& guest_;
  const Trace& trace_;
  const std::vector<Event>& events_;
  const Narration& narration_;
  NamedCursor cursor_;
  NamedCursor after_;  ///< one step ahead, for what a step has led to
  Cursor ahead_;       ///< at the end of the group
};

class EventsTeller : PaintedLines {
 public:
  using PaintedLines::PaintedLines;

  void tell(const Trace& trace, const std::vector<Event>& events, std::uint64_t from, std::uint64_t to,
            const Narration& narration) {
    const Guest& guest = trace.guest();
    Cursor cursor(trace);
    cursor.seek(from);
    auto event = std::ranges::lower_bound(events, from, {}, &Event::step);
    for (; cursor.position() < to; cursor.forward()) {
      const std::uint64_t k = cursor.position();
      const auto number = [&] { return paint(Colour::dim, fmt::format("#{:<8}", k)); };
      for (; event != events.end() && event->step == k; ++event) {
        out_ << number() << " "
             << paint(Colour::place, fmt::format("{:<30}", guest.code.symbolize(cursor.state().pc()))) << "  "
             << paint(Colour::event, event_text(*event, guest, narration)) << "\n";
      }
      if (trace.stop_at(k) == nullptr) continue;
      for (const std::string& text : end_lines(trace, narration.language())) {
        out_ << number() << " " << paint(Colour::event, text) << "\n";
      }
    }
  }
};

}  // namespace

void tell_walk(std::ostream& out, const Trace& trace, const std::vector<Event>& events, std::uint64_t from,
               std::uint64_t to, const Narration& narration, const WalkStyle& style) {
  to = std::min(to, trace.steps());
  if (style.only == WalkStyle::Only::lines)
    return tell_lines(out, trace, from, to, narration.language(), style.colours);
  if (style.only == WalkStyle::Only::events)
    return EventsTeller(out, style.colours).tell(trace, events, from, to, narration);
  Teller(out, trace, events, narration, style.colours, from).tell(to);
}

}  // namespace gogoscope
