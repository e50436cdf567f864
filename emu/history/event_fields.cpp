// What a store to a field of a scheduler struct means.
#include "emu/history/event_finder.h"

namespace gogoscope {

void EventFinder::on_hit(const Hit& hit, const StateView& after, std::vector<Event>& out) const {
  const Entity& e = structs_.all()[static_cast<std::size_t>(hit.index)];
  switch (e.kind) {
    case Entity::Kind::g:
      return on_g(e, hit, out);
    case Entity::Kind::m:
      return on_m(e, hit, out);
    case Entity::Kind::p:
      return on_p(e, hit, after, out);
    case Entity::Kind::sched:
      return on_sched(e, hit, after, out);
  }
}

/// A thread's own state: it may be a step of another thread that made it, put it to sleep or woke it.
void EventFinder::on_thread(const Store& store, const StateView& after, std::vector<Event>& out) const {
  const auto was = static_cast<ThreadState>(store.old_value);
  const auto is = static_cast<ThreadState>(store.new_value);
  if (was == is || (was == ThreadState::fresh && is == ThreadState::runnable)) return;
  ThreadChange change;
  const ThreadId thread = threads_->thread_at(store.addr);
  switch (is) {
    case ThreadState::fresh:
      change.what = ThreadChange::What::starts;
      break;
    case ThreadState::runnable:
      change.what = ThreadChange::What::wakes;
      break;
    case ThreadState::asleep: {
      change.what = ThreadChange::What::sleeps;
      const Addr futex = threads_->row(after, thread).futex;
      const int index = structs_.holding(futex);
      change.futex = word_id(futex, index < 0 ? nullptr : &structs_.all()[static_cast<std::size_t>(index)]);
      break;
    }
    case ThreadState::exited:
      change.what = ThreadChange::What::ends;
      break;
    default:
      return;
  }
  Event e = event(change);
  e.m = thread;
  out.push_back(std::move(e));
}

void EventFinder::on_g(const Entity& g, const Hit& hit, std::vector<Event>& out) const {
  const auto from = static_cast<std::uint32_t>(hit.store.old_value);
  const auto to = static_cast<std::uint32_t>(hit.store.new_value);
  if (hit.store.addr != g.addr + at_.status || from == to) return;
  out.push_back(event(StatusChange{g.g_id(), from, to}));
}

void EventFinder::on_m(const Entity& m, const Hit& hit, std::vector<Event>& out) const {
  const bool tls = hit.store.addr == m.addr + at_.tls;
  const bool curg = hit.store.addr == m.addr + at_.curg;
  if ((!tls && !curg) || hit.store.old_value == hit.store.new_value) return;
  const GId from = structs_.g_id(Addr(hit.store.old_value));
  const GId to = structs_.g_id(Addr(hit.store.new_value));
  Event e = tls ? event(TlsChange{from, to}) : event(CurgChange{from, to});
  e.m = m.index;
  out.push_back(std::move(e));
}

Event EventFinder::runq(PutGet op, Addr g, QueueId queue) const {
  return event(QueueMove{op, structs_.g_id(g), queue});
}

/// runqput and runqget move the ring's counters after they have stored or loaded the slots between.
void EventFinder::on_ring(const Entity& p, const Hit& hit, const StateView& after, PutGet op,
                          std::vector<Event>& out) const {
  constexpr std::uint32_t kSlots = 256;
  const auto from = static_cast<std::uint32_t>(hit.store.old_value);
  const auto to = static_cast<std::uint32_t>(hit.store.new_value);
  if (to - from > kSlots) return;  // the counters went backwards: an edit, not a queue at work
  for (std::uint32_t i = from; i != to; ++i) {
    const Addr slot = p.addr + at_.runq + std::int64_t{i % kSlots} * 8;
    out.push_back(runq(op, Addr(after.load_or_zero(slot)), {QueueId::Kind::ring, p.index}));
  }
}

void EventFinder::on_p(const Entity& p, const Hit& hit, const StateView& after,
                       std::vector<Event>& out) const {
  const auto offset = static_cast<std::uint32_t>(hit.store.addr - p.addr);
  const Addr was(hit.store.old_value);
  const Addr is(hit.store.new_value);
  if (was == is) return;
  if (offset == at_.runnext) {
    if (!was.is_nil()) out.push_back(runq(PutGet::get, was, {QueueId::Kind::runnext, p.index}));
    if (!is.is_nil()) out.push_back(runq(PutGet::put, is, {QueueId::Kind::runnext, p.index}));
  } else if (offset == at_.runqtail) {
    on_ring(p, hit, after, PutGet::put, out);
  } else if (offset == at_.runqhead) {
    on_ring(p, hit, after, PutGet::get, out);
  } else if (offset == at_.p_gfree) {
    on_gfree({p.index}, hit, after, out);
  }
}

void EventFinder::on_gfree(FreeListId list, const Hit& hit, const StateView& after,
                           std::vector<Event>& out) const {
  const auto add = [&](PutGet op, Addr g) { out.push_back(event(FreeListMove{op, structs_.g_id(g), list})); };
  // Gone from the front: the new head followed the old one. Come to the front: the other way round.
  for (const Addr g : hit.taken) add(PutGet::get, g);
  if (!hit.taken.empty() || hit.store.new_value == 0) return;
  const Addr head(hit.store.new_value);
  const std::vector<Addr> put = chain(after, head, Addr(hit.store.old_value));
  if (put.empty()) add(PutGet::put, head);  // not linked to what was there, but at the front all the same
  for (const Addr g : put) add(PutGet::put, g);
}

void EventFinder::on_sched(const Entity& sched, const Hit& hit, const StateView& after,
                           std::vector<Event>& out) const {
  const auto offset = static_cast<std::uint32_t>(hit.store.addr - sched.addr);
  const Addr was(hit.store.old_value);
  const Addr is(hit.store.new_value);
  if (was == is) return;
  if (offset == at_.sched_gfree_stack || offset == at_.sched_gfree_nostack) {
    on_gfree({FreeListId::kSched}, hit, after, out);
  } else if (offset == at_.sched_head) {
    for (const Addr g : hit.taken) out.push_back(runq(PutGet::get, g, {}));
    // The first g of an empty queue is reported when the tail is stored.
    if (!hit.taken.empty() || was.is_nil() || is.is_nil()) return;
    for (const Addr g : chain(after, is, was)) out.push_back(runq(PutGet::put, g, {}));
  } else if (offset == at_.sched_tail && !is.is_nil()) {
    const Addr next = was.is_nil() ? sched.addr + at_.sched_head : was + at_.schedlink;
    for (const Addr g : chain(after, Addr(after.load_or_zero(next)), is)) {
      out.push_back(runq(PutGet::put, g, {}));
    }
    out.push_back(runq(PutGet::put, is, {}));
  }
}

}  // namespace gogoscope
