#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "emu/check/switching.h"
#include "emu/port/traceback.h"
#include "emu/port/words.h"

namespace gogoscope {
namespace {

std::string name_of(const Entity* e) { return e == nullptr ? "an unknown g" : e->short_name; }

/// "runtime.goexit+0x1" also in the padding after a function, where Code::symbolize has no name.
std::string symbol(const Function* function, CodeAddr pc) {
  if (function == nullptr) return hex(pc.value());
  const std::string_view name = function->go_name();
  return pc == function->entry ? std::string(name) : fmt::format("{}+{:#x}", name, pc - function->entry);
}

void write_remark(std::ostream& out, const std::string& text) { out << "# " << column_text(text) << '\n'; }

void write_source(std::ostream& out, const Guest& guest, const StateView& state, const Traceback& t) {
  const std::string g = t.g == nullptr ? "the system's stack" : t.g->short_name;
  switch (t.source) {
    case Traceback::Source::registers:
      write_remark(out, fmt::format("{}, from the registers of m{}", g, t.m));
      break;
    case Traceback::Source::sched:
      write_remark(out, fmt::format("{}, from its g.sched", g));
      break;
    case Traceback::Source::none:
      write_remark(out, g + ": nothing on its stack is live");
      break;
  }
  if (t.kind == GoroutineKind::system && t.start != nullptr) {
    write_remark(out, fmt::format("a system goroutine, which runs {}", t.start->name));
  }
  if (t.tls != nullptr) {
    write_remark(out, fmt::format("{} names {}, SP is on the stack of {}{}", name(t.home), name_of(t.tls),
                                  name_of(t.g),
                                  is_switching(guest, state, t) ? ": in the middle of a switch"
                                                                : ", and no switch explains it"));
  }
  if (t.resumed != nullptr) {
    write_remark(out,
                 fmt::format("m{} runs {}: what schedule, execute and gogo left here is abandoned, and the "
                             "next mcall, systemstack or morestack starts above it",
                             t.m, name_of(t.resumed)));
  }
}

void write_end(std::ostream& out, const Traceback& t) {
  switch (t.end) {
    case Traceback::End::mcall:
      write_remark(out,
                   fmt::format("mcall switched stacks and is the top of this one; {} is saved in its sched",
                               name_of(t.left)));
      break;
    case Traceback::End::systemstack:
      write_remark(out, fmt::format("systemstack switched stacks and planted mstart above itself, so that "
                                    "tracebacks end here; it returns to {}",
                                    name_of(t.left)));
      break;
    case Traceback::End::morestack:
      write_remark(
          out,
          // dropg has run: which g it was is no longer written anywhere but in newstack's frame.
          t.left == nullptr
              ? "morestack switched stacks and is the top of this one"
              : fmt::format(
                    "morestack switched stacks and is the top of this one; gogo resumes {} from its sched",
                    name_of(t.left)));
      break;
    case Traceback::End::loaded_sp:
      write_remark(out, fmt::format("{} has loaded SP from elsewhere: what called it is no longer known",
                                    t.frames.back().frame.function->name));
      break;
    case Traceback::End::unknown_pc:
      write_remark(out, fmt::format("unexpected return pc {}", hex(t.unknown.value())));
      break;
    case Traceback::End::off_stack:
      write_remark(out, "the next return address would be outside this stack");
      break;
    case Traceback::End::too_deep:
      write_remark(out, fmt::format("and more than {} frames", kMaxFrames));
      break;
    case Traceback::End::top:
    case Traceback::End::nothing:
      break;
  }
}

void write_frames(std::ostream& out, const Guest& guest, const StateView& state, const Traceback& t) {
  bool promised = false;
  for (const TraceFrame& f : t.frames) {
    if (f.promised && !promised) write_remark(out, "SP is loaded; gogo is about to jump to g.sched.pc, in");
    promised = f.promised;
    out << column_text(call_text(state, f)) << "\n\t" << column_text(place_text(guest.code, f)) << '\n';
    // The last frame of a goroutine is where the rule matters; elsewhere only where it is broken.
    const bool goexit = &f == &t.frames.back() && t.end == Traceback::End::top && f.is_return;
    if (goexit || (!f.inside() && f.inlined == nullptr)) write_remark(out, lookup_text(guest.code, f));
  }
}

}  // namespace

std::optional<std::vector<std::uint64_t>> argument_words(const MemoryView& memory, const TraceFrame& frame) {
  const Function* f = frame.named;
  if (f == nullptr || frame.inlined != nullptr || frame.frame.left_stack || !frame.inside())
    return std::nullopt;
  if (f->kind != FunctionKind::modelled && f->kind != FunctionKind::changed) return std::nullopt;
  std::int32_t end = 8;
  for (const FrameVar& var : f->vars) end = std::max(end, var.offset + var.size);
  std::vector<std::uint64_t> words;
  for (std::int32_t at = 8; at < end; at += 8) words.push_back(memory.load_or_zero(frame.frame.top + at));
  return words;
}

std::string call_text(const MemoryView& memory, const TraceFrame& frame) {
  const Function* f = frame.named;
  if (frame.inlined != nullptr) return *frame.inlined + "(...)";
  if (f == nullptr) return hex(frame.looked_up.value());
  const auto words = argument_words(memory, frame);
  if (!words) return std::string(f->go_name()) + "(...)";
  std::string text;
  for (std::size_t i = 0; i < std::min(words->size(), kMostArguments); ++i) {
    text += (i == 0 ? "" : ", ") + hex((*words)[i]);
  }
  return f->name + "(" + text + (words->size() > kMostArguments ? ", ...)" : ")");
}

const SourceFile* source_of(const Code& code, const TraceFrame& frame) {
  if (frame.named == nullptr) return nullptr;
  const std::uint32_t source = frame.line.known() ? frame.line.source : frame.named->source;
  return source < code.sources().size() ? &code.sources()[source] : nullptr;
}

std::string place_text(const Code& code, const TraceFrame& frame) {
  const Function* f = frame.named;
  if (f == nullptr) return "?";
  const SourceFile* const file = source_of(code, frame);
  if (frame.inlined != nullptr)
    return fmt::format("{}:{}", file != nullptr ? file->name : "?", frame.line.line);
  return fmt::format("{}:{} +{:#x}", file != nullptr ? file->name : "?", frame.line.line,
                     frame.frame.pc - f->entry);
}

std::string lookup_text(const Code& code, const TraceFrame& frame) {
  const std::string rule = fmt::format("return PC {}, minus one {}: ", code.symbolize(frame.frame.pc),
                                       symbol(frame.named, frame.looked_up));
  const std::string function(frame.frame.function->go_name());
  if (frame.inside()) return rule + "inside " + function + ", as it must be";
  return rule + "outside " + function + ", so this frame gets the wrong name";
}

bool is_switching(const Guest& guest, const StateView& state, const Traceback& t) {
  if (t.tls == nullptr) return false;
  const Entities entities(guest, state);
  return switching(guest, state, entities, static_cast<ThreadId>(t.m), t.tls, t.g) != Switching::none;
}

std::string head_text(const Traceback& t) {
  return fmt::format("goroutine {} [{}]:", t.goid, t.g == nullptr ? "before any g" : t.status);
}

void write_traceback_text(std::ostream& out, const Guest& guest, const StateView& state,
                          const std::vector<Traceback>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Traceback& t = all[i];
    if (i > 0) out << '\n';
    out << head_text(t) << '\n';
    write_source(out, guest, state, t);
    write_frames(out, guest, state, t);
    write_end(out, t);
    if (t.creator) {
      out << "created by " << column_text(t.creator->named->go_name());
      if (t.parent_goid != 0) out << " in goroutine " << t.parent_goid;
      out << "\n\t" << column_text(place_text(guest.code, *t.creator)) << '\n';
    }
  }
}

}  // namespace gogoscope
