// The record of a run: an initial image and, for every step, what the step changed.
//
// A step is one guest instruction, one slot of a modelled line, one edit by the user, or the turn going from
// one thread to another. It stores the
// registers that it changed and every store that it made, equal old and new values included, as XORs;
// so it can be walked in both directions. State k is the state before step k; state steps() is the end.
//
// Cost: about 9 bytes and 8 ns a step each way; nothing is ever copied but deltas.
//
// A long record of a run that can be executed again is cut into segments (emu/history/keyframes.cpp). At the
// beginning of each is a keyframe, the whole state; the deltas of segments that were not read lately are
// released, and made once more when they are read:
//
//   boot ─ deltas ─ keyframe ─ (released) ─ keyframe ─ (released) ─ keyframe ─ deltas ─ tip
//
// Readers notice nothing but the time that it takes. What a machine does not do by itself, an edit or a turn
// that the user gave, is never released, nor is the rest of its segment.
//
// A future that is cut off can be kept as a branch (emu/history/branch.cpp): its deltas are moved there, and
// moved back where it becomes the record again. Only what shares a chunk with the cut is copied, at most 1
// MiB. Branches take what they took as part of the record, 256 MiB and 16 branches at most in all; beyond
// that the shortest are forgotten first, since a try of a few steps is soon made again. A trace file has no
// branches.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/guest/guest.h"

namespace gogoscope {

enum class StopReason : std::uint8_t { exit, fault, deadlock, breakpoint, budget, throw_, invariant };
std::string_view name(StopReason reason);

/// Why a run stopped, as a value. Exit, fault, deadlock, throw end the run and are part of the step
/// that brought them; breakpoint, budget and invariant are answers to a command and are not recorded.
struct Stop {
  StopReason reason = StopReason::exit;
  Text detail;        ///< what Go prints is the same in both languages; scenarios go by the English one
  int exit_code = 0;  ///< of exit
  bool operator==(const Stop&) const = default;
};

/// The code that the process ends with. Go exits with 2 after a throw, a deadlock, and a signal that nothing
/// recovers from. Nothing where the process goes on.
std::optional<int> process_exit_code(const Stop& stop);

struct RegChange {
  Reg reg = Reg::rax;
  std::uint64_t old_value = 0;
  std::uint64_t new_value = 0;
};

struct Store {
  Addr addr;
  std::uint8_t size = 8;  ///< 1, 2, 4 or 8 bytes
  std::uint64_t old_value = 0;
  std::uint64_t new_value = 0;
};

/// A register of a thread that did not make the step: a clone sets those of the new thread.
struct OtherRegChange {
  ThreadId thread = 0;
  RegChange change;
};

/// An SSE register that was written. The value may be the same where it was written for the first time.
struct SseChange {
  ThreadId thread = 0;  ///< another one than that of the step where a clone sets those of the new thread
  SseReg reg = SseReg::xmm0;
  SseValue old_value;
  SseValue new_value;
  bool first = false;  ///< it had never been written before
};

/// A region of which another part is mapped than before, from its start on, in bytes.
struct MapChange {
  const Region* region = nullptr;
  std::uint64_t old_mapped = 0;
  std::uint64_t new_mapped = 0;
};

/// `thread`: nothing ran; the turn went to another thread.
enum class StepKind : std::uint8_t { instruction, slot, edit, thread };

/// One step, decoded.
struct Step {
  std::uint64_t index = 0;
  ThreadId thread = 0;
  StepKind kind = StepKind::instruction;
  CodeAddr pc;                  ///< before the step
  bool by_hand = false;         ///< the user made it
  std::vector<RegChange> regs;  ///< those whose value changed; RIP included
  std::vector<Store> stores;    ///< to memory, in the order they were made
  std::vector<OtherRegChange> other_regs;
  std::vector<SseChange> sse;
  std::vector<MapChange> maps;
  ThreadId next_thread = 0;  ///< whose turn it is after the step
  std::optional<Stop> stop;
};

/// A future that was cut off and kept.
struct RunBranch {
  int id = 0;               ///< counts from 1 in the order in which futures were cut off
  std::uint64_t from = 0;   ///< the state in which it was cut off; the record up to there belongs to both
  std::uint64_t steps = 0;  ///< that it has beyond
  bool by_hand = false;     ///< its first step is an edit or a turn that the user made
};

/// What branches may take together.
struct BranchLimits {
  std::size_t count = 16;
  std::uint64_t bytes = 256 << 20;
};

/// What a record that can be made once more keeps in memory. A record shorter than `whole_chunks` is kept
/// whole and has no keyframes: it is walked fast enough.
struct RecordLimits {
  std::uint64_t delta_bytes = 512 << 20;
  std::uint64_t keyframe_bytes = 256 << 20;  ///< beyond, every second keyframe is given up
  std::uint32_t chunk_bytes = 1 << 20;
  std::uint32_t segment_chunks = 4;  ///< about half a million steps, which take 40 ms to be made once more
  std::uint32_t whole_chunks = 32;
};

class Remaker;

class Trace {
 public:
  explicit Trace(std::shared_ptr<const Guest> guest);

  const Guest& guest() const { return *guest_; }
  std::shared_ptr<const Guest> guest_ptr() const { return guest_; }
  std::uint64_t steps() const { return steps_; }
  /// The first state; 0 but for a piece of a run that was made once more.
  std::uint64_t first_state() const { return keyframes_.front().state; }
  /// Bytes that the deltas take, or took before they were released.
  std::uint64_t delta_bytes() const;

  /// From now on what is beyond the limits is released; the remaker makes it again. Before the first step.
  void keep_within(const RecordLimits& limits, std::shared_ptr<Remaker> remaker);
  /// Whether all deltas are there now.
  bool is_whole() const;
  /// Bytes that deltas, and keyframes, take at this moment.
  std::uint64_t present_bytes() const;
  std::uint64_t keyframe_bytes() const;
  std::size_t keyframes() const { return keyframes_.size() - 1; }
  /// How many segments were made once more.
  std::uint64_t remade() const { return remade_; }
  /// The stop that step k brought, or null.
  const Stop* stop_at(std::uint64_t step) const;
  /// The stop that ended the run, or null while it can continue.
  const Stop* end() const { return steps_ == 0 ? nullptr : stop_at(steps_ - 1); }
  /// How often steps were given up: what was derived before a cut need not hold for the record as it is now.
  std::uint64_t cuts() const { return cuts_; }
  bool is_edit(std::uint64_t step) const { return edits_.contains(step); }
  /// The steps that are edits.
  const std::set<std::uint64_t>& edits() const { return edits_; }
  /// Whether the user made the step, as an edit or a turn. A trace file does not keep who did.
  bool is_by_hand(std::uint64_t step) const { return by_hand_.contains(step); }
  /// The first and the last such step; nothing where the run went by itself.
  std::optional<std::uint64_t> first_by_hand() const;
  std::optional<std::uint64_t> last_by_hand() const;
  /// The edits so far belong to the run: its scenario made them.
  void adopt_edits() { adopted_.merge(std::exchange(by_hand_, {})); }

  /// The branches that leave the record as it is now, in the order of their ids. A branch of a branch comes
  /// to sight when its own one is the record.
  std::vector<RunBranch> branches() const;
  /// Bytes that the deltas of all branches take, those of branches included; released ones take none.
  std::uint64_t branch_bytes() const;
  void limit_branches(BranchLimits limits);
  /// A record of its own: this one up to where the branch leaves it, and then the branch. There must be one
  /// of that number. Cost: a copy of the deltas.
  std::unique_ptr<Trace> copy_with_branch(int id) const;

  /// Writes the whole trace: versioned, checksummed, the same bytes for the same trace. It must be whole.
  void save(std::ostream& out) const;
  /// Reads what save wrote; or says why the file is not a trace.
  static std::variant<std::unique_ptr<Trace>, Message> open(std::istream& in);

 private:
  friend class Cursor;
  friend class Recorder;

  /// Steps never straddle chunks; a chunk never moves. Behind its last byte are some that may be read, since
  /// entries are read 8 bytes at a time.
  struct Chunk {
    Chunk() = default;
    /// Empty, with room for so many bytes.
    explicit Chunk(std::size_t room);
    /// Full of what these are.
    explicit Chunk(std::span<const std::uint8_t> records);

    std::uint32_t used = 0;
    std::uint32_t size = 0;
    // What is there is no part of the record's value: readers that find nothing make it again.
    mutable std::unique_ptr<std::uint8_t[]> bytes;  ///< null: released
    mutable std::uint64_t hash = 0;                 ///< of the bytes when they were released

    std::uint64_t hash_of_bytes() const;
    void release() const;
  };

  /// A state that need not be walked to. The first one of a record is its beginning.
  struct Keyframe {
    std::size_t chunk = 0;  ///< that begins with the step after it
    std::uint64_t state = 0;
    std::shared_ptr<const Image> image;
    std::uint64_t bytes = 0;             ///< that it takes beside the one before it
    mutable std::uint64_t last_use = 0;  ///< of the segment that begins here; counts uses
  };

  /// Room for `bytes` at the end; what is written there counts once append is called.
  std::uint8_t* reserve(std::size_t bytes);
  void append(std::uint32_t bytes) {
    chunks_.back().used += bytes;
    ++steps_;
  }

  // Keyframes and what is released (keyframes.cpp).
  /// The last keyframe at or before a state.
  const Keyframe& keyframe_before(std::uint64_t state) const;
  std::size_t segment_of(std::size_t chunk) const;
  /// Makes the deltas of the chunk's segment be there, and notes that they are being read.
  void make_present(std::size_t chunk) const {
    if (keyframes_.size() > 1) read_segment(chunk);
  }
  void read_segment(std::size_t chunk) const;
  void remake(std::size_t segment) const;
  /// Of all chunks but those of the last segment, which grows, and of segment `but`.
  void release_what_is_too_much(std::size_t but) const;
  /// Called when a chunk is full: makes the keyframes that are due.
  void make_keyframes();
  void thin_keyframes_out();
  /// Whether any of the sets has one of these steps.
  static bool holds_any(std::uint64_t first, std::uint64_t end,
                        std::initializer_list<const std::set<std::uint64_t>*> sets);
  /// Whether a machine that starts with the first of these steps makes all of them by itself.
  bool runs_by_itself(std::uint64_t first, std::uint64_t end) const {
    return !holds_any(first, end, {&edits_, &by_hand_, &adopted_});
  }
  /// Forgets all steps; the record begins with a state.
  void begin_at(std::uint64_t state, std::shared_ptr<const Image> image);

  /// Whether a store goes to an SSE register: a trace file then has a version of its own.
  bool uses_sse() const;

  /// Steps that are not part of the record, and where in the chunks they continue.
  struct Tail {
    RunBranch branch;
    std::size_t chunk_count = 0;  ///< chunks of the record before it
    std::uint32_t offset = 0;     ///< bytes of the last of those
    bool shares_chunk = false;    ///< its first chunk was the rest of that one
    std::vector<Chunk> chunks;
    std::vector<Keyframe> keyframes;  ///< their chunks are counted as in the record
    std::map<std::uint64_t, Stop> stops;
    std::set<std::uint64_t> edits;
    std::set<std::uint64_t> by_hand;
    std::set<std::uint64_t> adopted;
    std::vector<Tail> tails;  ///< that leave this one

    /// Of the chunk that the record would count so.
    std::size_t at(std::size_t chunk) const { return chunk - chunk_count + (shares_chunk ? 1 : 0); }
  };
  /// Takes the steps from a state on out of the record.
  Tail cut(std::uint64_t state, std::size_t chunk_count, std::uint32_t offset);
  void keep(Tail tail);
  /// Makes a branch the record; what it takes the place of becomes a branch.
  void go_to_branch(int id);
  void forget_the_shortest();

  std::shared_ptr<const Guest> guest_;
  std::uint64_t steps_ = 0;
  std::uint64_t cuts_ = 0;
  std::vector<Chunk> chunks_;
  std::vector<Keyframe> keyframes_;  ///< never empty
  std::map<std::uint64_t, Stop> stops_;
  std::set<std::uint64_t> edits_;
  std::set<std::uint64_t> by_hand_;
  std::set<std::uint64_t> adopted_;  ///< steps that were by hand
  RecordLimits record_limits_;
  std::shared_ptr<Remaker> remaker_;
  mutable std::uint64_t uses_ = 0;
  mutable std::uint64_t remade_ = 0;
  std::vector<Tail> tails_;  ///< by id
  int branches_made_ = 0;
  BranchLimits limits_;
};

}  // namespace gogoscope
