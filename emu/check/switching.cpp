#include "emu/check/switching.h"

#include "emu/disasm/ahead.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

constexpr std::int64_t kTlsSlot = -8;  // m.tls[0], seen from the FS base

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
  const MView view(*guest.layout, state, {m->addr});
  const Addr g0 = view.g0().addr;
  if (tls->addr != g0 && sp->addr != g0) return Switching::none;
  const Addr slot = Addr(state.reg(thread, Reg::fs_base)) + kTlsSlot;
  const bool ends = steps_until_replaced(guest.code, state, thread, Reg::rsp) ||
                    steps_until_stored(guest.code, state, thread, slot);
  if (!ends) return Switching::none;
  const Addr goroutine = tls->addr == g0 ? sp->addr : tls->addr;
  return goroutine == view.curg().addr ? Switching::under_way : Switching::not_to_curg;
}

}  // namespace gogoscope
