#include "emu/history/event_finder.h"

#include <algorithm>

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
      structs_(guest, state),
      threads_(ThreadTable::of(guest)) {
  watch_everything();
}

void EventFinder::watch(Addr addr, std::uint64_t bytes) {
  const auto offset = guest_.map.image_offset(addr, bytes);
  if (offset) watched_.add(*offset, static_cast<std::uint32_t>(bytes));
}

void EventFinder::watch_everything() {
  watched_ = WordSet(guest_.map.image_size());
  for (const auto& [lo, hi] : structs_.roots()) {
    if (lo < hi) watch(lo, static_cast<std::uint64_t>(hi - lo));
  }
  if (threads_) {
    const std::uint32_t rows = guest_.map.image_offset(threads_->row_addr(0)).value_or(0);
    for (std::uint32_t i = 0; i < kMaxThreads; ++i) {
      watched_.add(rows + i * static_cast<std::uint32_t>(ThreadRow::kSize), 4);
    }
  }
  for (const Entity& e : structs_.all()) watch(e);
}

void EventFinder::watch(const Entity& e) {
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

EventFinder::Owner EventFinder::owner_of(Addr sp) const {
  const auto stack = structs_.stack_with_sp(sp);
  return stack ? Owner{true, stack->g, stack->lo, stack->hi} : Owner{true, Addr(), Addr(), Addr()};
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

bool EventFinder::is_bound(const Entity& e, const Store& store) const {
  const auto offset = static_cast<std::uint32_t>(store.addr - e.addr);
  return e.kind == Entity::Kind::g && (offset == at_.stack_lo || offset == at_.stack_hi);
}

bool EventFinder::moves_structs(const Entity& e, const Store& store) const {
  const auto offset = static_cast<std::uint32_t>(store.addr - e.addr);
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
  moved_stacks_.clear();
  hits_.clear();
  thread_states_.clear();

  sp_moved_ = false;
  for (const RegChange& r : step.regs) sp_moved_ = sp_moved_ || r.reg == Reg::rsp;
  Owner& owner = owners_[thread_];
  if (!owner.known) owner = owner_of(Addr(before.reg(thread_, Reg::rsp)));

  for (const Store& store : step.stores) {
    if (threads_ && threads_->holds(store.addr) && threads_->is_state(store.addr))
      thread_states_.push_back(store);
    if (structs_.is_root(store.addr)) stale_ = true;
    const int index = structs_.holding(store.addr);
    if (index < 0) continue;
    const Entity& e = structs_.all()[static_cast<std::size_t>(index)];
    if (moves_structs(e, store)) stale_ = true;
    if (is_bound(e, store)) moved_stacks_.push_back(e.addr);
    Hit hit{store, index, {}};
    if (is_list_head(e, static_cast<std::uint32_t>(store.addr - e.addr))) {
      hit.taken = chain(before, Addr(store.old_value), Addr(store.new_value));
    }
    hits_.push_back(std::move(hit));
  }
}

void EventFinder::collect(const StateView& after, std::vector<Event>& out) {
  for (const Hit& hit : hits_) on_hit(hit, after, out);
  for (const Store& store : thread_states_) on_thread(store, after, out);
  if (stale_) {
    const std::size_t known = structs_.all().size();
    if (structs_.read_again(after)) {
      watch_everything();
    } else {
      for (std::size_t i = known; i < structs_.all().size(); ++i) watch(structs_.all()[i]);
    }
  }
  for (const Addr g : moved_stacks_) structs_.read_stack(after, g);

  Owner& owner = owners_[thread_];
  const bool bounds_moved = stale_ || !moved_stacks_.empty();
  const Addr sp(after.reg(thread_, Reg::rsp));
  const bool stays = owner.lo < owner.hi && sp > owner.lo && sp <= owner.hi;
  if (bounds_moved || (sp_moved_ && !stays)) {
    const Owner now = owner_of(sp);
    // Bounds that are set round a resting SP switch nothing; only a moving SP does.
    if (sp_moved_ && now.g != owner.g) {
      out.push_back(event(StackSwitch{structs_.g_id(owner.g), structs_.g_id(now.g)}));
    }
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
