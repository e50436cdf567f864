#include "emu/layout/traceback.h"

#include <algorithm>
#include <string_view>

#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "emu/layout/wait_reason.h"

namespace gogoscope {
namespace {

constexpr std::int64_t kWord = 8;

/// Walks one stack.
class Walker {
 public:
  Walker(const Guest& guest, const StateView& state, const Entities& entities, const StackUsers& users)
      : guest_(guest), state_(state), entities_(entities), users_(users) {}

  Traceback of_thread(ThreadId thread, const Entity* g) const {
    Traceback out = header(g);
    out.source = Traceback::Source::registers;
    out.m = thread;
    if (const Addr fs(state_.reg(thread, Reg::fs_base)); g != nullptr && !fs.is_nil()) {
      const CurrentG current = current_g(guest_, state_, thread, entities_);
      if (const Entity* tls = entity(current.g); tls != g) {
        out.tls = tls;
        out.home = current.home;
      }
    }
    walk(out, CodeAddr(state_.reg(thread, Reg::rip)), Addr(state_.reg(thread, Reg::rsp)), false);
    add_creator(out);
    return out;
  }

  Traceback of_sched(const Entity& g) const {
    Traceback out = header(&g);
    if (users_.use_of(g) != StackUse::sched) return out;
    const GView view(guest_.release->layout, state_, {g.addr});
    const GobufView sched = view.sched();
    out.source = Traceback::Source::sched;
    if (const Entity* m = entities_.at(view.m().addr, Entity::Kind::m)) {
      out.m = m->index;
      for (const auto& [thread, owner] : users_.threads()) {
        if (g.system && thread == m->index) out.resumed = owner;
      }
    }
    walk(out, sched.pc(), sched.sp(), false);
    add_creator(out);
    return out;
  }

 private:
  Traceback header(const Entity* g) const {
    Traceback out;
    out.g = g;
    if (g == nullptr) return out;
    out.goid = GView(guest_.release->layout, state_, {g->addr}).goid();
    out.status = status_text(guest_, state_, *g);
    out.kind = goroutine_kind(guest_, state_, *g);
    out.start = started_with(guest_, state_, *g);
    return out;
  }

  void add_creator(Traceback& out) const {
    if (out.g == nullptr || out.goid == 1) return;
    const CodeAddr gopc = GView(guest_.release->layout, state_, {out.g->addr}).gopc();
    if (const Function* f = guest_.code.function_at(gopc + -1)) {
      out.creator = frame({f, gopc, {}, {}, true}, true, gopc + -1, false);
      const auto parent = load_field(guest_.release->layout, state_, "g", out.g->addr, "parentGoid");
      out.parent_goid = static_cast<std::int64_t>(parent.value_or(0));
    }
  }

  const Entity* entity(Addr g) const { return entities_.at(g, Entity::Kind::g); }

  const Entity* curg(const Traceback& of) const {
    for (const Entity& m : entities_.all()) {
      if (m.kind == Entity::Kind::m && m.index == of.m)
        return entity(MView(guest_.release->layout, state_, {m.addr}).curg().addr);
    }
    return nullptr;
  }

  TraceFrame frame(const FrameRef& found, bool is_return, CodeAddr looked_up, bool promised) const {
    const Function* named = is_return ? function_around(guest_.code, looked_up) : found.function;
    return {found, looked_up, named, guest_.code.line_at(looked_up), nullptr, promised, is_return};
  }

  /// A frame, and before it the inlined calls that PC is in: each is at the line that the next one says.
  void add(Traceback& out, TraceFrame frame) const {
    for (const InlinedCall* const call : guest_.code.inlined_at(frame.looked_up)) {
      out.frames.push_back(frame);
      out.frames.back().inlined = &guest_.code.inlined().names[call->name];
      frame.line = {call->file, call->line};
    }
    out.frames.push_back(frame);
  }

  void walk(Traceback& out, CodeAddr pc, Addr sp, bool promised) const {
    const std::vector<FrameRef> found = frames_from(guest_, state_, users_.stack_with_sp(sp), pc, sp);
    for (const FrameRef& f : found) {
      // What waits in a sched continues after a call too, if it has not just been forged.
      const bool running = out.source == Traceback::Source::registers && !promised;
      const bool first = &f == &found.front();
      const bool is_return = !first || (!running && f.pc != f.function->entry);
      const bool before = is_return || guest_.code.place(f.pc).behind;
      add(out, frame(f, is_return, before ? f.pc + -1 : f.pc, promised));
    }
    if (found.empty()) {
      out.end = Traceback::End::unknown_pc;
      out.unknown = pc;
    } else {
      end(out, found.back(), found.size());
    }
  }

  void end(Traceback& out, const FrameRef& last, std::size_t depth) const {
    const std::string_view name = last.function->go_name();
    const bool innermost = out.frames.size() == 1;
    if (name == "runtime.mcall" && (last.left_stack || !innermost)) {
      // What mcall pushed for fn is where SP was before the CALL; before the push there is m.curg.
      out.end = Traceback::End::mcall;
      out.left = innermost ? curg(out) : entity(Addr(state_.load_or_zero(last.sp)));
    } else if (last.left_stack && name == "runtime.systemstack") {
      out.end = Traceback::End::systemstack;
      out.left = curg(out);
      add_planted(out, last);
    } else if (last.left_stack && name == "runtime.morestack") {
      out.end = Traceback::End::morestack;
      out.left = curg(out);
    } else if (last.left_stack && name == "runtime.gogo" && out.g != nullptr && !out.frames.back().promised) {
      // It clears no pc: what it will load from there is what it is about to jump to.
      walk(out, GView(guest_.release->layout, state_, {out.g->addr}).sched().pc(), last.sp, true);
    } else if (last.left_stack) {
      out.end = Traceback::End::loaded_sp;
    } else if (tops_stack(*last.function)) {
      out.end = Traceback::End::top;
    } else if (depth >= kMaxFrames) {
      out.end = Traceback::End::too_deep;
    } else if (const auto next = state_.load(last.top); next && on_own_stack(out, last.top)) {
      out.end = Traceback::End::unknown_pc;
      out.unknown = CodeAddr(*next);
    } else {
      out.end = Traceback::End::off_stack;
    }
  }

  /// systemstack puts the address of mstart where a return address would be, so that a traceback of g0 ends
  /// there. No CALL led there, and no instruction precedes it: it is looked up as it is.
  void add_planted(Traceback& out, const FrameRef& systemstack) const {
    const CodeAddr pc(state_.load_or_zero(systemstack.sp));
    const Function* f = guest_.code.function_at(pc);
    if (f == nullptr || f->entry != pc || !tops_stack(*f)) return;
    const Addr above = systemstack.sp + kWord;
    out.frames.push_back(frame({f, pc, above, above, false}, false, pc, false));
  }

  bool on_own_stack(const Traceback& out, Addr word) const {
    if (out.g == nullptr) return true;
    const auto stack = stack_of(guest_.release->layout, state_, *out.g);
    return stack && stack->holds_word(word);
  }

  const Guest& guest_;
  const StateView& state_;
  const Entities& entities_;
  const StackUsers& users_;
};

}  // namespace

const Function* function_around(const Code& code, CodeAddr pc) {
  const auto& all = code.functions();
  const auto after =
      std::upper_bound(all.begin(), all.end(), pc, [](CodeAddr p, const Function& f) { return p < f.entry; });
  return after == all.begin() ? nullptr : &*std::prev(after);
}

// As Go's goroutineheader.
std::string status_text(const Guest& guest, const MemoryView& memory, const Entity& g) {
  const GView view(guest.release->layout, memory, {g.addr});
  const std::uint32_t base = view.status() & ~kGscan;
  const std::string reason = wait_reason(guest, memory, view.waitreason());
  std::string out = g_status_word(base);
  if (base == kGwaiting && !reason.empty()) out = reason;
  if (base != view.status()) out += " (scan)";
  if (!view.lockedm().is_nil()) out += ", locked to thread";
  return out;
}

Tracebacks::Tracebacks(const Guest& guest, const StateView& state, const Entities& entities)
    : guest_(guest), state_(state), entities_(entities), users_(guest, state, entities) {}

std::vector<const Entity*> Tracebacks::gs(bool only_user) const {
  const Entity* current = users_.threads().front().owner;
  std::vector<const Entity*> out{current};
  for (const Entity& g : entities_.all()) {
    if (g.kind != Entity::Kind::g || &g == current) continue;
    if (only_user && goroutine_kind(guest_, state_, g) != GoroutineKind::user) continue;
    if (users_.use_of(g) != StackUse::none) out.push_back(&g);
  }
  return out;
}

Traceback Tracebacks::of(const Entity* g) const {
  const Walker walker(guest_, state_, entities_, users_);
  if (g == nullptr) return walker.of_thread(state_.thread(), nullptr);
  const auto thread = users_.thread_on(g);
  return thread ? walker.of_thread(*thread, g) : walker.of_sched(*g);
}

Traceback traceback_of(const Guest& guest, const StateView& state, const Entities& entities,
                       const Entity& g) {
  return Tracebacks(guest, state, entities).of(&g);
}

std::vector<Traceback> tracebacks(const Guest& guest, const StateView& state, const Entities& entities,
                                  bool only_user) {
  const Tracebacks all(guest, state, entities);
  std::vector<Traceback> out;
  for (const Entity* g : all.gs(only_user)) out.push_back(all.of(g));
  return out;
}

}  // namespace gogoscope
