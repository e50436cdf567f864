#include "emu/check/switching.h"

#include "emu/disasm/ahead.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

const Entity* m_of(const Entities& entities, ThreadId thread) {
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::m && entity.index == thread) return &entity;
  }
  return nullptr;
}

}  // namespace

Switching switching(const Guest& guest, const StateView& state, const Entities& entities, ThreadId thread,
                    const Entity* tls, const Entity* sp) {
  const Entity* const m = m_of(entities, thread);
  if (m == nullptr || tls == nullptr || sp == nullptr || tls == sp) return Switching::none;
  const MView view(guest.release->layout, state, {m->addr});
  const Addr g0 = view.g0().addr;
  if (tls->addr != g0 && sp->addr != g0) return Switching::none;
  const bool in_r14 = current_g(guest, state, thread, entities).home == GHome::r14;
  const bool ends = steps_until_replaced(guest.code, state, thread, Reg::rsp) ||
                    (in_r14 ? steps_until_replaced(guest.code, state, thread, Reg::r14)
                            : steps_until_stored(guest.code, state, thread, tls_slot(state, thread)));
  if (!ends) return Switching::none;
  const Addr goroutine = tls->addr == g0 ? sp->addr : tls->addr;
  return goroutine == view.curg().addr ? Switching::under_way : Switching::not_to_curg;
}

}  // namespace gogoscope
