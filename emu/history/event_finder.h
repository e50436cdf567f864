// Finds the events of one step.
//
// A store to a field of a scheduler struct is an event or part of one; what the field belongs to, which gs a
// list held, and what they are called, the world says.
#pragma once

#include <optional>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/history/event.h"
#include "emu/world/world.h"

namespace gogoscope {

class EventFinder {
 public:
  /// Starts at any moment: the world's, which must outlive it.
  explicit EventFinder(const World& world) : world_(world) {}

  /// Two halves, since a step's events are read from both its sides: first look at the step while the world
  /// is that before it, then collect when the world has followed it, with what it touched.
  void look(const Step& step);
  void collect(std::vector<Event>& out);

  /// Whether the thread's SP is on the stack that it was on. A step that leaves it there, and stores nothing
  /// that the world watches, need not be looked at.
  bool sp_stays(ThreadId thread, Addr sp) const {
    if (thread >= owners_.size()) return false;
    const Owner& owner = owners_[thread];
    return owner.known && sp >= owner.lo && sp <= owner.hi;
  }

 private:
  /// A store that hit something, and what the world before said about it.
  struct Hit {
    Store store;
    World::Place::Kind kind;
    std::uint32_t at;         ///< image offset of what was hit
    std::uint32_t field;      ///< offset in it
    int number;               ///< m.id of an M, index into allp of a P
    GId g;                    ///< of a g
    std::vector<Addr> taken;  ///< of the head of a list: the gs between the old head and the new one
  };
  /// On which stack a thread is.
  struct Owner {
    bool known = false;
    GId g;
    Addr lo, hi;  ///< of g's stack; empty if SP lies on no stack
  };

  Owner owner_of(Addr sp) const;
  Owner& owner(ThreadId thread);
  std::optional<int> list_of(const World::Place& place) const;
  std::vector<Addr> taken(int list, Addr old_head, Addr new_head) const;
  std::vector<Addr> chain(Addr from, Addr to) const;
  WordId word_at(Addr addr) const;

  void on_hit(const Hit& hit, std::vector<Event>& out) const;
  void on_thread(const Hit& hit, std::vector<Event>& out) const;
  void on_g(const Hit& hit, std::vector<Event>& out) const;
  void on_m(const Hit& hit, std::vector<Event>& out) const;
  void on_p(const Hit& hit, std::vector<Event>& out) const;
  void on_sched(const Hit& hit, std::vector<Event>& out) const;
  void on_gfree(FreeListId list, const Hit& hit, std::vector<Event>& out) const;
  void on_write(const Hit& hit, std::vector<Event>& out) const;
  void on_signal(const Hit& hit, std::vector<Event>& out) const;
  void on_ring(const Hit& hit, PutGet op, std::vector<Event>& out) const;
  /// An event of this step, about the M whose step it is.
  template <class T>
  Event event(T what) const {
    return {step_, thread_, std::move(what)};
  }
  Event runq(PutGet op, Addr g, QueueId queue) const;

  const World& world_;
  std::vector<Owner> owners_;  ///< by thread, as far as any was asked about

  // of the step looked at
  std::uint64_t step_ = 0;
  ThreadId thread_ = 0;
  bool sp_moved_ = false;
  std::vector<Hit> hits_;
  std::optional<Stop> stop_;
};

}  // namespace gogoscope
