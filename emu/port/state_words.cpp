#include "emu/port/state_words.h"

#include <algorithm>

#include "emu/guest/thread_table.h"
#include "emu/layout/views.h"
#include "emu/port/words.h"

namespace gogoscope {

std::vector<StackWord> words_of(const MemoryView& memory, const StackRef& stack, std::optional<Addr> sp) {
  constexpr std::int64_t kMaxWords = 8192;
  const std::int64_t bytes = std::min((stack.hi - stack.lo) & ~std::int64_t{7}, kMaxWords * 8);
  std::vector<StackWord> out;
  bool started = false;
  for (Addr at = stack.hi - bytes; at < stack.hi; at = at + 8) {
    const auto value = memory.load(at);
    if (!value) {
      out.clear();  // only what is whole
      started = false;
      continue;
    }
    started = started || *value != 0 || (sp && at >= *sp);
    if (started) out.push_back({at, *value});
  }
  return out;
}

std::optional<Addr> sp_on(const Guest& guest, const StateView& state, const Entities& entities,
                          const StackRef& stack) {
  for (const Entity* m : threads(entities)) {
    const Addr sp(state.reg(static_cast<ThreadId>(m->index), Reg::rsp));
    if (stack.holds_sp(sp)) return sp;
  }
  const Addr saved = GView(guest.release->layout, state, {stack.owner->addr}).sched().sp();
  return stack.holds_sp(saved) ? std::optional(saved) : std::nullopt;
}

std::string tls_g(const Guest& guest, const StateView& state, const Entities& entities, const Entity& m) {
  const Addr g = MView(guest.release->layout, state, {m.addr}).tls_g().addr;
  return g_name(entities, g);
}

std::optional<std::string> r14_g(const Guest& guest, const StateView& state, const Entities& entities,
                                 const Entity& m) {
  const CurrentG current = current_g(guest, state, static_cast<ThreadId>(m.index), entities);
  if (current.home != GHome::r14) return std::nullopt;
  return g_name(entities, current.g);
}

std::string g_name(const Entities& entities, Addr g) {
  if (g.is_nil()) return "nil";
  const Entity* e = entities.at(g, Entity::Kind::g);
  return e == nullptr ? hex(g.value()) : e->name;
}

std::optional<ThreadWords> thread_words(const Guest& guest, const StateView& state, const Names& names,
                                        ThreadId thread) {
  const auto table = ThreadTable::of(guest);
  if (!table) return std::nullopt;
  const ThreadRow row = table->row(state, thread);
  ThreadWords out{std::string(name(row.state)), "", 0};
  if (row.state != ThreadState::asleep) return out;
  out.deadline = row.deadline;
  if (!row.futex.is_nil()) {
    out.sleeps_on = names.describe(row.futex, 4);
    if (out.sleeps_on.empty()) out.sleeps_on = hex(row.futex.value());
  }
  return out;
}

std::vector<const Entity*> threads(const Entities& entities) {
  std::vector<const Entity*> out;
  for (const Entity& e : entities.all()) {
    if (e.kind == Entity::Kind::m && e.index >= 0 && e.index < kMaxThreads) out.push_back(&e);
  }
  return out;
}

}  // namespace gogoscope
