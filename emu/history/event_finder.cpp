#include "emu/history/event_finder.h"

#include <algorithm>

#include "emu/layout/stacks.h"

namespace gogoscope {

EventFinder::Offsets::Offsets(const Layout& l)
    : status(l.field("g", "atomicstatus").offset),
      stack_lo(l.field("g", "stack.lo").offset),
      stack_hi(l.field("g", "stack.hi").offset),
      schedlink(l.field("g", "schedlink").offset),
      tls(l.field("m", "tls").offset),
      curg(l.field("m", "curg").offset),
      m_id(l.field("m", "id").offset),
      g0(l.field("m", "g0").offset),
      gsignal(l.field("m", "gsignal").offset),
      alllink(l.field("m", "alllink").offset),
      runnext(l.field("p", "runnext").offset),
      runqhead(l.field("p", "runqhead").offset),
      runqtail(l.field("p", "runqtail").offset),
      runq(l.field("p", "runq").offset),
      p_gfree(l.field("p", "gFree.head").offset),
      sched_head(l.field("schedt", "runq.head").offset),
      sched_tail(l.field("schedt", "runq.tail").offset),
      sched_gfree_stack(l.field("schedt", "gFree.stack.head").offset),
      sched_gfree_nostack(l.field("schedt", "gFree.noStack.head").offset) {}

EventFinder::EventFinder(const Guest& guest, const StateView& state)
    : guest_(guest),
      at_(*guest.layout),
      max_chain_(guest.map.image_size() / guest.layout->find("g")->size + 1),
      threads_(ThreadTable::of(guest)) {
  read_entities(state);
}

void EventFinder::read_entities(const MemoryView& memory) {
  entities_.emplace(guest_, memory);
  ranges_.clear();
  const auto& all = entities_->all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::int64_t size = guest_.layout->find(struct_name(all[i].kind))->size;
    ranges_.push_back({all[i].addr, all[i].addr + size, static_cast<int>(i)});
  }
  const auto add_source = [this](Addr lo, std::int64_t size) {
    if (size > 0) ranges_.push_back({lo, lo + size, -1});
  };
  for (const char* name : {"runtime.allgs", "runtime.allp"}) {
    const DataSymbol* slice = guest_.code.data(name);
    if (slice == nullptr) continue;
    add_source(slice->addr, 24);
    const std::uint64_t length = std::min(memory.load_or_zero(slice->addr + 8), max_chain_);
    add_source(Addr(memory.load_or_zero(slice->addr)), static_cast<std::int64_t>(length * 8));
  }
  if (const DataSymbol* allm = guest_.code.data("runtime.allm")) add_source(allm->addr, 8);
  std::stable_sort(ranges_.begin(), ranges_.end(),
                   [](const Range& a, const Range& b) { return a.lo < b.lo; });
  watch_everything();
}

void EventFinder::watch(Addr addr, std::uint64_t bytes) {
  const auto offset = guest_.map.image_offset(addr, bytes);
  if (!offset) return;
  for (std::uint64_t word = *offset / 8; word <= (*offset + bytes - 1) / 8; ++word) {
    watched_[word / 64] |= std::uint64_t{1} << (word % 64);
  }
}

void EventFinder::watch_everything() {
  watched_.assign(guest_.map.image_size() / 512 + 1, 0);
  for (const Range& r : ranges_) {
    if (r.entity < 0) watch(r.lo, static_cast<std::uint64_t>(r.hi - r.lo));
  }
  for (int i = 0; threads_ && i < kMaxThreads; ++i) watch(threads_->row_addr(static_cast<ThreadId>(i)), 4);
  for (const Entity& e : entities_->all()) {
    const auto fields = [&](std::initializer_list<std::uint32_t> offsets) {
      for (const std::uint32_t offset : offsets) watch(e.addr + offset, 1);
    };
    switch (e.kind) {
      case Entity::Kind::g:
        fields({at_.status, at_.stack_lo, at_.stack_hi});
        break;
      case Entity::Kind::m:
        fields({at_.tls, at_.curg, at_.m_id, at_.g0, at_.gsignal, at_.alllink});
        break;
      case Entity::Kind::p:
        fields({at_.runnext, at_.runqhead, at_.runqtail, at_.p_gfree});
        break;
      case Entity::Kind::sched:
        fields({at_.sched_head, at_.sched_tail, at_.sched_gfree_stack, at_.sched_gfree_nostack});
        break;
    }
  }
}

const EventFinder::Range* EventFinder::range_at(Addr addr) const {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), addr, [](Addr a, const Range& r) { return a < r.lo; });
  if (after == ranges_.begin()) return nullptr;
  const Range& r = *std::prev(after);
  return addr < r.hi ? &r : nullptr;
}

EventFinder::Owner EventFinder::owner_of(const MemoryView& memory, Addr sp) const {
  const auto stack = stack_with_sp(*guest_.layout, memory, *entities_, sp);
  if (!stack) return {true, Addr(), Addr(), Addr()};
  return {true, stack->owner->addr, stack->lo, stack->hi};
}

/// The gs from `from` on along schedlink, without `to`. Empty if the chain never comes to `to`.
std::vector<Addr> EventFinder::chain(const MemoryView& memory, Addr from, Addr to) const {
  std::vector<Addr> out;
  for (Addr g = from; g != to; g = Addr(memory.load_or_zero(g + at_.schedlink))) {
    if (g.is_nil() || out.size() > max_chain_) return {};
    out.push_back(g);
  }
  return out;
}

bool EventFinder::moves_structs(const Entity& e, const Store& store) const {
  const auto offset = static_cast<std::uint32_t>(store.addr - e.addr);
  if (e.kind == Entity::Kind::g) return offset == at_.stack_lo || offset == at_.stack_hi;
  if (e.kind != Entity::Kind::m) return false;
  return offset == at_.m_id || offset == at_.g0 || offset == at_.gsignal || offset == at_.alllink;
}

bool EventFinder::is_list_head(const Entity& e, std::uint32_t offset) const {
  if (e.kind == Entity::Kind::p) return offset == at_.p_gfree;
  return e.kind == Entity::Kind::sched &&
         (offset == at_.sched_head || offset == at_.sched_gfree_stack || offset == at_.sched_gfree_nostack);
}

void EventFinder::look(const Step& step, const StateView& before) {
  step_ = step.index;
  thread_ = step.thread;
  stop_ = step.stop;
  stale_ = false;
  hits_.clear();
  thread_states_.clear();

  sp_moved_ = false;
  for (const RegChange& r : step.regs) sp_moved_ = sp_moved_ || r.reg == Reg::rsp;
  Owner& owner = owners_[thread_];
  if (!owner.known) owner = owner_of(before, Addr(before.reg(thread_, Reg::rsp)));

  for (const Store& store : step.stores) {
    if (threads_ && threads_->holds(store.addr) && threads_->is_state(store.addr))
      thread_states_.push_back(store);
    const Range* r = range_at(store.addr);
    if (r == nullptr) continue;
    if (r->entity < 0) {
      stale_ = true;
      continue;
    }
    const Entity& e = entities_->all()[static_cast<std::size_t>(r->entity)];
    if (moves_structs(e, store)) stale_ = true;
    Hit hit{store, r->entity, {}};
    if (is_list_head(e, static_cast<std::uint32_t>(store.addr - e.addr))) {
      hit.taken = chain(before, Addr(store.old_value), Addr(store.new_value));
    }
    hits_.push_back(std::move(hit));
  }
}

void EventFinder::collect(const StateView& after, std::vector<Event>& out) {
  for (const Hit& hit : hits_) on_hit(hit, after, out);
  for (const Store& store : thread_states_) on_thread(store, after, out);
  if (stale_) read_entities(after);

  Owner& owner = owners_[thread_];
  const Addr sp(after.reg(thread_, Reg::rsp));
  const bool stays = owner.lo < owner.hi && sp > owner.lo && sp <= owner.hi;
  if (stale_ || (sp_moved_ && !stays)) {
    const Owner now = owner_of(after, sp);
    // Bounds that are set round a resting SP switch nothing; only a moving SP does.
    if (sp_moved_ && now.g != owner.g) {
      Event e = event(EventType::stack);
      e.from = entities_->g_name(owner.g);
      e.to = entities_->g_name(now.g);
      out.push_back(std::move(e));
    }
    owner = now;
    if (stale_) {
      for (Owner& other : owners_) other.known = other.known && &other == &owner;
    }
  }
  if (stop_ && stop_->reason == StopReason::exit) {
    Event e = event(EventType::exit);
    e.code = stop_->exit_code;
    out.push_back(std::move(e));
  }
}

Event EventFinder::event(EventType type) const {
  Event e;
  e.type = type;
  e.step = step_;
  e.m = thread_;
  return e;
}

}  // namespace gogoscope
