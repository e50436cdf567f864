#include "emu/session/views/queues.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/layout/views.h"

namespace gogoscope {
namespace {

using Addrs = std::vector<Addr>;

/// Along a link field, at most `bound` of them.
Addrs chain(const MemoryView& memory, Addr head, FieldAt link, std::size_t bound) {
  Addrs out;
  for (Addr at = head; !at.is_nil() && out.size() < bound; at = Addr(memory.load_or_zero(at + link))) {
    out.push_back(at);
  }
  return out;
}

Addrs ring(const PView& p) {
  Addrs out;
  for (std::uint32_t i = 0; i < p.runq_length(); ++i) out.push_back(p.runq_at(i).addr);
  return out;
}

/// What is in `all` and not in `others`, in the order of `all`.
Addrs without(const Addrs& all, Addrs others) {
  std::sort(others.begin(), others.end());
  Addrs out;
  for (const Addr one : all) {
    if (!std::binary_search(others.begin(), others.end(), one)) out.push_back(one);
  }
  return out;
}

std::vector<QueueCounter> both(std::vector<QueueCounter> first, std::vector<QueueCounter> second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// A counter has one name up to Go 1.24, and another one from 1.25 on.
std::vector<QueueCounter> either(std::vector<QueueCounter> older, std::vector<QueueCounter> newer) {
  return older.empty() ? std::move(newer) : std::move(older);
}

class Reader {
 public:
  explicit Reader(const MomentView& moment)
      : moment_(moment),
        layout_(moment.guest->release->layout),
        entities_(moment.entities()),
        bound_(entities_.all().size() + 1),
        g_link_(moment.guest->release->at.g_schedlink) {
    if (!moment.executed) return;
    const auto touched = [&](const Store& store) { return entities_.holding(store.addr) != nullptr; };
    if (std::any_of(moment.executed->stores.begin(), moment.executed->stores.end(), touched))
      before_.emplace(*moment.before());
  }

  /// The queue, or why the release has none that we can follow: the first field of `needs` that it lacks.
  template <class Read>
  void add(const Entity& owner, std::string name, const Read& read, std::vector<QueueCounter> counters,
           Queue::Order order, std::initializer_list<FieldAt Offsets::*> needs) {
    Queue queue{order, owner.name, std::move(name), {}, 0, std::move(counters), {}};
    for (const auto need : needs) {
      if (moment_.guest->release->at.*need) continue;
      queue.missing = no_such_field(*moment_.guest->release, need);
      out_.push_back(std::move(queue));
      return;
    }
    const Addrs now = read(moment_.state());
    const Addrs was = before_ ? read(*before_) : now;
    const Addrs came = without(now, was);
    const Addrs left = without(was, now);
    // Everything leaves a queue from its head, so that is where the ghosts are.
    for (std::size_t i = 0; i < std::min(left.size(), Queue::kMostItems); ++i) {
      queue.items.push_back({left[i], name_of(left[i]), false, true});
    }
    for (std::size_t i = 0; i < now.size() && queue.items.size() < Queue::kMostItems; ++i) {
      const bool has_come = std::find(came.begin(), came.end(), now[i]) != came.end();
      queue.items.push_back({now[i], name_of(now[i]), has_come, false});
    }
    queue.length = now.size();
    out_.push_back(std::move(queue));
  }

  /// None where the release does not count.
  std::vector<QueueCounter> counter(const Entity& owner, std::string_view field, bool in_ring = false) const {
    const Field* known = layout_.find(struct_name(owner.kind), field);
    if (known == nullptr) return {};
    const Addr addr = owner.addr + known->offset;
    const std::uint64_t value = moment_.state().load_or_zero(addr, static_cast<int>(known->size));
    QueueCounter counter{std::string(field), value, "", moment_.store_into(addr, known->size) != nullptr};
    // The counters only ever grow; below the ring's size they are the slots themselves.
    if (in_ring && value >= PView::kRunqSize) counter.note = std::to_string(value % PView::kRunqSize);
    return {std::move(counter)};
  }

  void add_p(const Entity& p) {
    const auto at = [&](const MemoryView& memory) { return PView(layout_, memory, {p.addr}); };
    add(p, "runnext",
        [&](const MemoryView& memory) {
          const Addr g = at(memory).runnext().addr;
          return g.is_nil() ? Addrs() : Addrs{g};
        },
        {}, Queue::Order::seat, {&Offsets::p_runnext});
    add(p, "runq", [&](const MemoryView& memory) { return ring(at(memory)); },
        both(counter(p, "runqhead", true), counter(p, "runqtail", true)), Queue::Order::fifo,
        {&Offsets::p_head, &Offsets::p_tail, &Offsets::p_runq});
    add(p, "gFree",
        [&](const MemoryView& memory) {
          return chain(memory, at(memory).gfree_head().addr, g_link_, bound_);
        },
        either(counter(p, "gFree.n"), counter(p, "gFree.size")), Queue::Order::lifo,
        {&Offsets::p_free, &Offsets::g_schedlink});
  }

  void add_sched(const Entity& sched) {
    const Offsets& at = moment_.guest->release->at;
    const auto list = [&](std::string name, FieldAt Offsets::*head, FieldAt Offsets::*link_field,
                          std::vector<QueueCounter> counters, Queue::Order order) {
      const Addr field = sched.addr + at.*head;
      const FieldAt link = at.*link_field;
      add(sched, std::move(name),
          [&, field, link](const MemoryView& memory) {
            return chain(memory, Addr(memory.load_or_zero(field)), link, bound_);
          },
          std::move(counters), order, {head, link_field});
    };
    using O = Offsets;
    using enum Queue::Order;
    list("runq", &O::s_head, &O::g_schedlink, either(counter(sched, "runqsize"), counter(sched, "runq.size")),
         fifo);
    list("gFree.stack", &O::s_free_stack, &O::g_schedlink,
         either(counter(sched, "gFree.n"), counter(sched, "gFree.stack.size")), lifo);
    list("gFree.noStack", &O::s_free_nostack, &O::g_schedlink, counter(sched, "gFree.noStack.size"), lifo);
    list("pidle", &O::s_pidle, &O::p_link, {}, lifo);
    list("midle", &O::s_midle, &O::m_schedlink, {}, lifo);
  }

  std::vector<Queue> take() { return std::move(out_); }

 private:
  std::string name_of(Addr addr) const {
    for (const auto kind : {Entity::Kind::g, Entity::Kind::p, Entity::Kind::m}) {
      if (const Entity* entity = entities_.at(addr, kind)) return entity->short_name;
    }
    return fmt::format("{:#x}", addr.value());
  }

  const MomentView& moment_;
  const Layout& layout_;
  const Entities& entities_;
  std::size_t bound_;
  FieldAt g_link_;
  std::optional<BeforeStep> before_;
  std::vector<Queue> out_;
};

}  // namespace

std::vector<Queue> queues(const MomentView& moment) {
  Reader reader(moment);
  for (const Entity& entity : moment.entities().all()) {
    if (entity.kind == Entity::Kind::p) reader.add_p(entity);
  }
  if (const Entity* sched = moment.entities().find("sched")) reader.add_sched(*sched);
  return reader.take();
}

}  // namespace gogoscope
