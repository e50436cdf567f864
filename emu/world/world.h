// The scheduler at one moment: its gs, Ms and Ps, the stacks, and which gs the queues and lists hold. The one
// model that events, invariants and names are read from.
//
// Nothing here is state of the guest: all of it follows from an image, and find_anew() finds it there. What
// is kept is what is expensive to find again at each step. A step, taken forwards or back, hands in the words
// whose bytes have changed; the world is then what it would be if it had been found anew, and has noted what
// these words belong to ("touched").
#pragma once

#include <array>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "emu/guest/image.h"
#include "emu/guest/word_set.h"
#include "emu/layout/ids.h"
#include "emu/layout/release.h"
#include "emu/layout/stacks.h"
#include "emu/layout/structs.h"
#include "emu/world/marks.h"

namespace gogoscope {

inline constexpr int kNone = -1;
inline constexpr int kStranger = -2;  ///< a word that names no g of allgs

struct WorldG {
  Addr addr;
  std::uint32_t at = 0;  ///< image offset
  bool system = false;   ///< a g0 or gsignal
  int index = 0;         ///< N of gN; m.id of a system g
  bool signal = false;
  // As last seen.
  std::uint32_t status = 0;
  std::uint64_t goid = 0;
  Addr lo, hi;               ///< of the stack
  std::uint32_t bottom = 0;  ///< image offset of the return word at the stack's bottom; 0: none
  int queued = 0;            ///< how many places of run queues hold it
  int freed = 0;             ///< how many free lists hold it
  int list = kNone;          ///< the linked list that holds it; the last one if there are several
};

struct WorldM {
  Addr addr;
  std::uint32_t at = 0;
  int id = 0;
  int g0 = kNone;
  bool on_midle = false;
  Addr curg, p;  ///< as last seen
};

struct WorldP {
  Addr addr;
  std::uint32_t at = 0;
  int id = 0;
  std::uint32_t status = 0, head = 0, tail = 0;  ///< as last seen
  Addr m;
  std::array<int, kRingSlots> ring{};  ///< the g of each occupied slot
  int runnext = kNone;
  int strangers = 0;  ///< occupied places whose word names no g of allgs
  bool on_pidle = false;
};

/// A list of gs linked by schedlink.
struct WorldList {
  std::deque<int> gs;
  std::uint32_t head = 0, tail = 0;  ///< image offsets of the words; tail 0: it has none
  bool run_queue = false;
  bool stranger = false;  ///< it leads to something that is not a g of allgs, or in a circle
};
inline constexpr int kGlobalRunq = 0, kGlobalFreeStack = 1, kGlobalFreeNoStack = 2, kLocalFree = 3;

class World {
 public:
  /// As it is in the image, which must outlive it.
  World(const Guest& guest, const Image& image);

  // ---- following ----

  /// Whether a store to these bytes of the image means something here. Cost: one bit.
  bool watches(std::uint32_t offset, unsigned size) const {
    return watched_.holds(offset) || watched_.holds(offset + size - 1);
  }
  /// The image has changed in these bytes. Cost: some look-ups; that of find_anew where a struct has gone.
  void stored(std::uint32_t offset, unsigned size);
  /// The image has become another moment. Everything is touched. Cost: a look at every struct.
  void find_anew();

  /// What a word of the image belongs to.
  struct Place {
    enum class Kind : std::uint8_t { nothing, g, m, p, sched, threads, writes, signals, allgs_entry, source };
    Kind kind = Kind::nothing;
    int index = 0;            ///< of a g, M or P: for g(), m(), p()
    std::uint32_t field = 0;  ///< bytes from the start of what it belongs to
  };
  Place place(std::uint32_t offset) const;

  /// A field that has changed in a way that is judged by itself. A later store of the same step may have the
  /// structs found anew, so that whose field it is is said by an address, not by an index.
  struct Change {
    enum class What : std::uint8_t { g_status, p_status, goid, allgs_entry, allgs_length };
    What what;
    Addr of;  ///< the g or P; nil for allgs
    std::uint64_t from, to;
    std::size_t entry = 0;  ///< of allgs
  };
  // What the stores since clear_touched have touched; without order, each once.
  const Marks& touched_gs() const { return touched_gs_; }
  const Marks& touched_ms() const { return touched_ms_; }
  const Marks& touched_ps() const { return touched_ps_; }
  bool sched_touched() const { return sched_touched_; }
  bool threads_touched() const { return threads_touched_; }
  /// The bounds of a stack have changed, or a g has come or gone.
  bool stacks_touched() const { return stacks_touched_; }
  /// Everything was found anew: indices from before mean nothing any more.
  bool structs_changed() const { return structs_changed_; }
  const std::vector<Change>& changes() const { return changes_; }
  void clear_touched();

  // ---- reading ----

  const Guest& guest() const { return guest_; }
  const Image& image() const { return image_; }
  const Offsets& at() const { return at_; }
  const std::optional<ThreadTable>& threads() const { return finder_.threads(); }
  const std::deque<WorldG>& gs() const { return gs_; }
  const std::vector<WorldM>& ms() const { return ms_; }
  const std::vector<WorldP>& ps() const { return ps_; }
  const std::vector<WorldList>& lists() const { return lists_; }
  const StackMap& stacks() const { return stacks_; }
  const WorldList& list(int id) const { return lists_[static_cast<std::size_t>(id)]; }
  std::uint32_t sched() const { return sched_; }  ///< image offset; 0: there is none
  bool has_sched() const { return sched_ != 0; }

  // What names are made of: the entries of allgs, mapped or not; the Ms with their gs; the entries of allp.
  std::size_t allgs_length() const { return allgs_entries_.size(); }
  Addr allgs_entry(std::size_t i) const { return Addr(image_.load_or_zero(allgs_slice_.place(i))); }
  const std::vector<FoundM>& found_ms() const { return found_ms_; }
  std::vector<Addr> allp() const;

  const WorldG& g(int i) const { return gs_[static_cast<std::size_t>(i)]; }
  const WorldM& m(int i) const { return ms_[static_cast<std::size_t>(i)]; }
  const WorldP& p(int i) const { return ps_[static_cast<std::size_t>(i)]; }
  int g_at(Addr addr) const;
  int m_at(Addr addr) const;
  int p_at(Addr addr) const;
  /// A g of allgs that is not dead and has the same goid as this one, or kNone.
  int twin(int g) const;
  /// The g on whose stack SP may be here (lo <= addr <= hi; of two that meet, the one below), or kNone.
  int stack_with_sp(Addr sp) const;
  bool on_stack(int g, Addr sp) const;
  /// The g on whose stack the M's SP is, that of TLS first, or kNone.
  int stack_of_thread(const WorldM& m) const;
  /// Another g whose stack shares bytes with this one's, or kNone.
  int overlapping(int g) const;

  // Image offsets. 0 is nowhere: a field that the release does not have reads as 0.
  std::uint64_t u64(std::uint32_t offset) const { return offset == 0 ? 0 : image_.u64(offset); }
  std::uint32_t u32(std::uint32_t offset) const { return offset == 0 ? 0 : image_.u32(offset); }
  Addr pointer(std::uint32_t offset) const { return Addr(u64(offset)); }
  bool flag(std::uint32_t offset) const { return offset != 0 && image_.u8(offset) != 0; }
  /// A slot of a P's ring.
  Addr ring_slot(std::uint32_t p, std::uint32_t slot) const {
    return at_.p_runq ? pointer(p + at_.p_runq + slot % kRingSlots * 8) : Addr();
  }

  GId g_id(int i) const;
  GId g_id(Addr g) const;
  /// "g2", "m0.g0", "nil", or hex.
  std::string g_name(int i) const { return name(g_id(i)); }
  std::string g_name(Addr g) const { return name(g_id(g)); }
  std::string m_name(Addr m) const;
  std::string p_name(Addr p) const;

  // ---- what an M is about ----

  /// Its g0 has a saved SP to come back to: mstart has begun, and TLS, SP and the rest are in order.
  bool started(const WorldM& m) const;
  /// It has a thread that is not over.
  bool lives(const WorldM& m) const;
  bool awake(const WorldM& m) const;
  /// The g that m.tls[0] names, and with it the thread's TLS.
  Addr tls_g(const WorldM& m) const { return pointer(m.at + at_.m_tls); }
  /// The g that the M's code runs on, by the rule of the release (Release::current_g).
  Addr current_g(const WorldM& m) const { return g_home_ == GHome::tls ? tls_g(m) : g_in_r14(m); }
  /// Where it has been found.
  GHome g_home(const WorldM& m) const;
  /// Whether a step that changes this register may change the current g.
  bool may_hold_g(Reg r) const { return r == Reg::r14 && g_home_ == GHome::r14; }
  bool on_g0(const WorldM& m) const;
  std::int32_t locks(const WorldM& m) const { return static_cast<std::int32_t>(u32(m.at + at_.m_locks)); }
  /// In the scheduler's hands: on its g0, or holding locks; then what belongs to it may be half done.
  bool busy(const WorldM& m) const { return on_g0(m) || locks(m) > 0; }
  std::uint64_t reg(const WorldM& m, Reg r) const { return image_.reg(static_cast<ThreadId>(m.id), r); }

 private:
  struct Range {
    Place::Kind kind;
    std::uint32_t size;
    int index;
  };
  void watch(std::uint32_t offset, std::uint32_t bytes = 1) {
    if (offset != 0) watched_.add(offset, bytes);
  }
  void add_range(std::uint32_t at, Range range);
  std::uint32_t offset_of(Addr addr, std::uint64_t bytes) const;  ///< 0 if not all mapped, or not aligned
  ThreadState thread_state(const WorldM& m) const;
  Addr g_in_r14(const WorldM& m) const;

  // emu/world/find.cpp
  void watch_data();
  void add_ms();
  bool knows_system_gs() const;
  void add_ps();
  int add_g(Addr addr, bool system, int index, bool signal);
  void add_list(int id, std::uint32_t head, std::uint32_t tail, bool run_queue);
  void touch_everything();

  // emu/world/follow.cpp
  void on_word(std::uint32_t offset);
  void on_g(int i, std::uint32_t field);
  void on_m(int i, std::uint32_t field);
  void on_p(int i, std::uint32_t field);
  void on_sched(std::uint32_t field);
  void follow_allgs();
  void follow_allgs_entry(std::size_t entry, std::uint32_t offset);
  void follow_ms();
  void follow_goid(int g);
  void follow_stack(int g);
  void follow_bottom(int g);
  void follow_idle_lists();
  void touch_m_at(Addr m);
  void touch_ms_of(Addr g);

  // emu/world/lists.cpp
  void follow_list(int id);
  bool follow_ends(int id);
  void walk_lists();
  void walk_list(int id);
  void push(int g, int id, bool front);
  void drop(int id, bool front);
  void follow_ring(int p);
  void follow_slot(int p, std::uint32_t slot);
  void enter_slot(int p, std::uint32_t slot);
  void leave_slot(int p, std::uint32_t slot);
  void follow_runnext(int p);
  void put(int g, bool run_queue, int by);
  void meet_strangers();

  static StackMap::Key stack_key(const WorldG& g);

  const Guest& guest_;
  const Image& image_;
  Offsets at_;
  GHome g_home_;
  StructFinder finder_;
  std::uint32_t sched_ = 0, allgs_ = 0, allm_ = 0, thread_rows_ = 0, threads_made_ = 0;
  PointerSlice allgs_slice_;        ///< as last seen
  std::vector<int> allgs_entries_;  ///< the g of each entry, or kNone
  std::vector<FoundM> found_ms_;    ///< as last seen
  bool stale_ = false;              ///< a struct has gone, or become another: everything is to be found anew

  std::deque<WorldG> gs_;
  std::vector<WorldM> ms_;
  std::vector<WorldP> ps_;
  std::vector<WorldList> lists_;
  bool lists_sound_ = true;  ///< no list leads to a stranger, no g is on two of them
  std::unordered_map<std::uint64_t, int> g_by_addr_;
  std::unordered_multimap<std::uint64_t, int> g_by_goid_;
  std::unordered_multimap<std::uint32_t, int> g_by_bottom_;
  StackMap stacks_;
  std::map<std::uint32_t, Range> ranges_;  ///< what the words belong to, by image offset of the first
  bool ranges_overlap_ = false;            ///< only where garbage is taken for structs: then each store is
                                           ///< followed by finding everything anew
  WordSet watched_;

  Marks touched_gs_, touched_ms_, touched_ps_;
  bool sched_touched_ = false, threads_touched_ = false, stacks_touched_ = false, structs_changed_ = false;
  std::vector<Change> changes_;
};

}  // namespace gogoscope
