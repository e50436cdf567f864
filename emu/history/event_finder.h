// Finds the events of one step. Private to this folder.
//
// Stores of a step are few, and most go to stacks: each is looked up in an index of the structs that matter,
// and only a hit costs more. What is read from memory is kept until a store to it is seen.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "emu/guest/thread_table.h"
#include "emu/guest/word_set.h"
#include "emu/history/cursor.h"
#include "emu/history/event.h"
#include "emu/history/struct_index.h"

namespace gogoscope {

class EventFinder {
 public:
  /// Starts at any moment.
  EventFinder(const Guest& guest, const StateView& state);

  /// Two halves, since a step's events are read from both its sides: first look at the step from the state
  /// before it, then collect with the state after it.
  void look(const Step& step, const StateView& before);
  void collect(const StateView& after, std::vector<Event>& out);

  /// Whether a store at this place of an image may bring an event. A step without such a store, whose SP
  /// stays on its stack, need not be looked at. Cost: one bit.
  bool watches(std::uint32_t image_offset) const { return watched_.holds(image_offset); }
  bool sp_stays(ThreadId thread, Addr sp) const {
    const Owner& owner = owners_[thread];
    return owner.known && sp > owner.lo && sp <= owner.hi;
  }

 private:
  /// A store that hit something, and what the state before said about it.
  struct Hit {
    Store store;
    int index;                ///< into structs_.all()
    std::vector<Addr> taken;  ///< of the head of a list: the gs between the old head and the new one
  };
  /// On which stack a thread is.
  struct Owner {
    bool known = false;
    Addr g;
    Addr lo, hi;  ///< of g's stack; empty if SP is on no stack
  };
  /// Where the fields are that publish something.
  struct Offsets {
    explicit Offsets(const Layout& layout);
    std::uint32_t status, stack_lo, stack_hi, schedlink;
    std::uint32_t tls, curg, m_id, g0, gsignal, alllink;
    std::uint32_t runnext, runqhead, runqtail, runq, p_gfree;
    std::uint32_t sched_head, sched_tail, sched_gfree_stack, sched_gfree_nostack;
  };

  void watch_everything();
  void watch(const Entity& e);
  void watch(Addr addr, std::uint64_t bytes);
  Owner owner_of(Addr sp) const;
  std::vector<Addr> chain(const MemoryView& memory, Addr from, Addr to) const;
  bool is_bound(const Entity& e, const Store& store) const;
  bool moves_structs(const Entity& e, const Store& store) const;
  bool is_list_head(const Entity& e, std::uint32_t offset) const;

  void on_thread(const Store& store, const StateView& after, std::vector<Event>& out) const;
  void on_hit(const Hit& hit, const StateView& after, std::vector<Event>& out) const;
  void on_g(const Entity& g, const Hit& hit, std::vector<Event>& out) const;
  void on_m(const Entity& m, const Hit& hit, std::vector<Event>& out) const;
  void on_p(const Entity& p, const Hit& hit, const StateView& after, std::vector<Event>& out) const;
  void on_sched(const Entity& sched, const Hit& hit, const StateView& after, std::vector<Event>& out) const;
  void on_gfree(FreeListId list, const Hit& hit, const StateView& after, std::vector<Event>& out) const;
  void on_ring(const Entity& p, const Hit& hit, const StateView& after, PutGet op,
               std::vector<Event>& out) const;
  /// An event of this step, about the M whose step it is.
  template <class T>
  Event event(T what) const {
    return {step_, thread_, std::move(what)};
  }
  Event runq(PutGet op, Addr g, QueueId queue) const;

  const Guest& guest_;
  Offsets at_;
  std::uint64_t max_chain_;
  StructIndex structs_;
  WordSet watched_;
  std::array<Owner, kMaxThreads> owners_;
  std::optional<ThreadTable> threads_;

  // of the step looked at
  std::uint64_t step_ = 0;
  ThreadId thread_ = 0;
  bool sp_moved_ = false;
  bool stale_ = false;              ///< the list of structs must be read again
  std::vector<Addr> moved_stacks_;  ///< gs whose bounds were stored
  std::vector<Hit> hits_;
  std::vector<Store> thread_states_;  ///< stores to the states of threads
  std::optional<Stop> stop_;
};

}  // namespace gogoscope
