// What a store to a field of a scheduler struct means.
#include <span>

#include "emu/guest/signal_words.h"
#include "emu/guest/write_words.h"
#include "emu/history/event_finder.h"

namespace gogoscope {

void EventFinder::on_hit(const Hit& hit, std::vector<Event>& out) const {
  switch (hit.kind) {
    case World::Place::Kind::g:
      return on_g(hit, out);
    case World::Place::Kind::m:
      return on_m(hit, out);
    case World::Place::Kind::p:
      return on_p(hit, out);
    case World::Place::Kind::sched:
      return on_sched(hit, out);
    case World::Place::Kind::writes:
      return on_write(hit, out);
    case World::Place::Kind::signals:
      return on_signal(hit, out);
    default:
      return;
  }
}

/// The kernel stores what was written where, then how much it has been since the boot.
void EventFinder::on_write(const Hit& hit, std::vector<Event>& out) const {
  const std::uint64_t bytes = world_.u64(hit.at + WriteWords::kBytes);
  if (bytes == 0 || bytes > WriteWords::kMost || hit.store.new_value - hit.store.old_value != bytes) return;
  Write write{static_cast<int>(world_.u64(hit.at + WriteWords::kFd)), std::string(bytes, '\0')};
  if (!world_.image().read(world_.pointer(hit.at + WriteWords::kAddress),
                           std::as_writable_bytes(std::span(write.text))))
    return;
  out.push_back(event(std::move(write)));
}

void EventFinder::on_signal(const Hit& hit, std::vector<Event>& out) const {
  if (hit.store.new_value != hit.store.old_value + 1) return;
  const bool returns = hit.field == SignalWords::kReturned;
  out.push_back(event(SignalChange{returns ? SignalChange::What::returns : SignalChange::What::enters,
                                   world_.u64(hit.at + SignalWords::kNumber)}));
}

WordId EventFinder::word_at(Addr addr) const {
  const auto offset = world_.guest().map.image_offset(addr);
  const World::Place place = offset ? world_.place(*offset) : World::Place{};
  WordId word{addr};
  switch (place.kind) {
    case World::Place::Kind::g:
      if (world_.g(place.index).system) return word;
      word.in = WordId::In::g;
      word.index = world_.g(place.index).index;
      break;
    case World::Place::Kind::m:
      word.in = WordId::In::m;
      word.index = world_.m(place.index).id;
      break;
    case World::Place::Kind::p:
      word.in = WordId::In::p;
      word.index = world_.p(place.index).id;
      break;
    case World::Place::Kind::sched:
      word.in = WordId::In::sched;
      break;
    default:
      return word;
  }
  word.offset = place.field;
  return word;
}

/// A thread's own state: it may be a step of another thread that made it, put it to sleep or woke it.
void EventFinder::on_thread(const Hit& hit, std::vector<Event>& out) const {
  const auto was = static_cast<ThreadState>(hit.store.old_value);
  const auto is = static_cast<ThreadState>(hit.store.new_value);
  if (!world_.threads()->is_state(hit.store.addr) || was == is) return;
  if (was == ThreadState::fresh && is == ThreadState::runnable) return;
  ThreadChange change;
  const ThreadId thread = world_.threads()->thread_at(hit.store.addr);
  switch (is) {
    case ThreadState::fresh:
      change.what = ThreadChange::What::starts;
      break;
    case ThreadState::runnable:
      change.what = ThreadChange::What::wakes;
      break;
    case ThreadState::asleep:
      change.what = ThreadChange::What::sleeps;
      change.futex = word_at(world_.threads()->row(world_.image(), thread).futex);
      break;
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

void EventFinder::on_g(const Hit& hit, std::vector<Event>& out) const {
  const auto from = static_cast<std::uint32_t>(hit.store.old_value);
  const auto to = static_cast<std::uint32_t>(hit.store.new_value);
  if (hit.field != world_.at().g_status || from == to) return;
  out.push_back(event(StatusChange{hit.g, from, to}));
}

void EventFinder::on_m(const Hit& hit, std::vector<Event>& out) const {
  const bool tls = hit.field == world_.at().m_tls;
  const bool curg = hit.field == world_.at().m_curg;
  if ((!tls && !curg) || hit.store.old_value == hit.store.new_value) return;
  const GId from = world_.g_id(Addr(hit.store.old_value));
  const GId to = world_.g_id(Addr(hit.store.new_value));
  Event e = tls ? event(TlsChange{from, to}) : event(CurgChange{from, to});
  e.m = hit.number;
  out.push_back(std::move(e));
}

Event EventFinder::runq(PutGet op, Addr g, QueueId queue) const {
  return event(QueueMove{op, world_.g_id(g), queue});
}

/// runqput and runqget move the ring's counters after they have stored or loaded the slots between.
void EventFinder::on_ring(const Hit& hit, PutGet op, std::vector<Event>& out) const {
  const auto from = static_cast<std::uint32_t>(hit.store.old_value);
  const auto to = static_cast<std::uint32_t>(hit.store.new_value);
  if (to - from > kRingSlots) return;  // the counters went backwards: an edit, not a queue at work
  for (std::uint32_t i = from; i != to; ++i) {
    const Addr g = world_.ring_slot(hit.at, i);
    out.push_back(runq(op, g, {QueueId::Kind::ring, hit.number}));
  }
}

void EventFinder::on_p(const Hit& hit, std::vector<Event>& out) const {
  const Offsets& at = world_.at();
  const Addr was(hit.store.old_value);
  const Addr is(hit.store.new_value);
  if (was == is) return;
  if (hit.field == at.p_runnext) {
    if (!was.is_nil()) out.push_back(runq(PutGet::get, was, {QueueId::Kind::runnext, hit.number}));
    if (!is.is_nil()) out.push_back(runq(PutGet::put, is, {QueueId::Kind::runnext, hit.number}));
  } else if (hit.field == at.p_tail) {
    on_ring(hit, PutGet::put, out);
  } else if (hit.field == at.p_head) {
    on_ring(hit, PutGet::get, out);
  } else if (hit.field == at.p_free) {
    on_gfree({hit.number}, hit, out);
  }
}

void EventFinder::on_gfree(FreeListId list, const Hit& hit, std::vector<Event>& out) const {
  const auto add = [&](PutGet op, Addr g) { out.push_back(event(FreeListMove{op, world_.g_id(g), list})); };
  // Gone from the front: the new head followed the old one. Come to the front: the other way round.
  for (const Addr g : hit.taken) add(PutGet::get, g);
  if (!hit.taken.empty() || hit.store.new_value == 0) return;
  const Addr head(hit.store.new_value);
  const std::vector<Addr> put = chain(head, Addr(hit.store.old_value));
  if (put.empty()) add(PutGet::put, head);  // not linked to what was there, but at the front all the same
  for (const Addr g : put) add(PutGet::put, g);
}

void EventFinder::on_sched(const Hit& hit, std::vector<Event>& out) const {
  const Offsets& at = world_.at();
  const Addr was(hit.store.old_value);
  const Addr is(hit.store.new_value);
  if (was == is) return;
  if (hit.field == at.s_free_stack || hit.field == at.s_free_nostack) {
    on_gfree({FreeListId::kSched}, hit, out);
  } else if (hit.field == at.s_head) {
    for (const Addr g : hit.taken) out.push_back(runq(PutGet::get, g, {}));
    // The first g of an empty queue is reported when the tail is stored.
    if (!hit.taken.empty() || was.is_nil() || is.is_nil()) return;
    for (const Addr g : chain(is, was)) out.push_back(runq(PutGet::put, g, {}));
  } else if (hit.field == at.s_tail && !is.is_nil()) {
    const Addr first = was.is_nil() ? world_.pointer(hit.at + at.s_head)
                                    : Addr(world_.image().load_or_zero(was + at.g_schedlink));
    for (const Addr g : chain(first, is)) out.push_back(runq(PutGet::put, g, {}));
    out.push_back(runq(PutGet::put, is, {}));
  }
}

}  // namespace gogoscope
