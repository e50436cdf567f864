#include "emu/history/event_finder.h"

namespace gogoscope {

EventFinder::Owner EventFinder::owner_of(Addr sp) const {
  const int g = world_.stack_with_sp(sp);
  if (g == kNone) return {true, {}, Addr(), Addr()};
  return {true, world_.g_id(g), world_.g(g).lo, world_.g(g).hi};
}

EventFinder::Owner& EventFinder::owner(ThreadId thread) {
  if (thread >= owners_.size()) owners_.resize(thread + 1U);
  return owners_[thread];
}

/// The linked list whose head the place is.
std::optional<int> EventFinder::list_of(const World::Place& place) const {
  const Offsets& at = world_.at();
  if (place.kind == World::Place::Kind::p && place.field == at.p_free) return kLocalFree + place.index;
  if (place.kind != World::Place::Kind::sched) return std::nullopt;
  if (place.field == at.s_head) return kGlobalRunq;
  if (place.field == at.s_free_stack) return kGlobalFreeStack;
  if (place.field == at.s_free_nostack) return kGlobalFreeNoStack;
  return std::nullopt;
}

/// The gs from `from` on along schedlink, without `to`. Empty if the chain never comes to `to`.
std::vector<Addr> EventFinder::chain(Addr from, Addr to) const {
  std::vector<Addr> out;
  for (Addr g = from; g != to; g = Addr(world_.image().load_or_zero(g + world_.at().g_schedlink))) {
    if (g.is_nil() || out.size() > world_.gs().size()) return {};
    out.push_back(g);
  }
  return out;
}

/// The gs that go from the front of a list when its head goes on; none if the new head was not on it.
std::vector<Addr> EventFinder::taken(int list, Addr old_head, Addr new_head) const {
  const int head = world_.g_at(new_head);
  if (!new_head.is_nil() && (head == kNone || world_.g(head).list != list)) return {};
  return chain(old_head, new_head);
}

void EventFinder::look(const Step& step) {
  step_ = step.index;
  thread_ = step.thread;
  stop_ = step.stop;
  hits_.clear();

  sp_moved_ = false;
  for (const RegChange& r : step.regs) sp_moved_ = sp_moved_ || r.reg == Reg::rsp;
  Owner& owner = this->owner(thread_);
  if (!owner.known) owner = owner_of(Addr(world_.image().reg(thread_, Reg::rsp)));

  for (const Store& store : step.stores) {
    const auto offset = world_.guest().map.image_offset(store.addr, store.size);
    if (!offset || !world_.watches(*offset, store.size)) continue;
    const World::Place place = world_.place(*offset);
    // Only the kernel writes: an edit of its notes brings nothing to a file.
    if (place.kind == World::Place::Kind::writes && step.kind == StepKind::edit) continue;
    Hit hit{store, place.kind, *offset - place.field, place.field, 0, {}, {}};
    if (place.kind == World::Place::Kind::g) hit.g = world_.g_id(place.index);
    if (place.kind == World::Place::Kind::m) hit.number = world_.m(place.index).id;
    if (place.kind == World::Place::Kind::p) hit.number = world_.p(place.index).id;
    if (const auto list = list_of(place)) {
      hit.taken = taken(*list, Addr(store.old_value), Addr(store.new_value));
    }
    hits_.push_back(std::move(hit));
  }
}

void EventFinder::collect(std::vector<Event>& out) {
  for (const Hit& hit : hits_) on_hit(hit, out);
  for (const Hit& hit : hits_) {
    if (hit.kind == World::Place::Kind::threads) on_thread(hit, out);
  }

  Owner& owner = this->owner(thread_);
  const bool bounds_moved = world_.stacks_touched();
  const Addr sp(world_.image().reg(thread_, Reg::rsp));
  const bool stays = owner.lo < owner.hi && sp >= owner.lo && sp <= owner.hi;
  if (bounds_moved || (sp_moved_ && !stays)) {
    const Owner now = owner_of(sp);
    // Bounds that are set round a resting SP switch nothing; only a moving SP does.
    if (sp_moved_ && now.g.addr != owner.g.addr) out.push_back(event(StackSwitch{owner.g, now.g}));
    owner = now;
    if (bounds_moved) {
      for (Owner& other : owners_) other.known = other.known && &other == &owner;
    }
  }
  if (stop_ && stop_->reason == StopReason::exit) {
    out.push_back(event(Exit{stop_->exit_code}));
  }
}

}  // namespace gogoscope
