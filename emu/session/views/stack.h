// One stack as words, high addresses first: which of them are live, which frame each belongs to, where SP and
// BP point. Live is what a thread on the stack, whichever M it belongs to, or else g.sched keeps in use; the
// rest is free, and still listed: it is what the last call left behind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/layout/stack_users.h"
#include "emu/layout/word_role.h"
#include "emu/session/views/moment.h"

namespace gogoscope {

struct StackCell {
  Addr addr;
  std::uint64_t value = 0;
  WordRole role = WordRole::plain;
  const FrameVar* var = nullptr;       ///< of a frame_var
  const Function* function = nullptr;  ///< whose frame it belongs to as such; null for plain words
  bool narrow = false;                 ///< holds a variable narrower than the word: the rest of it is chance
  bool free = false;                   ///< below SP
  bool changed = false;
  std::uint64_t old_value = 0;
  int frame = -1;  ///< the frame that it is in, from the innermost; -1: none known
};

/// Something that points at a word.
struct StackTag {
  enum class Kind : std::uint8_t { sp, bp, saved_sp, saved_bp };
  Addr at;
  Kind kind = Kind::sp;
  bool live() const { return kind == Kind::sp || kind == Kind::bp; }  ///< a register, not a gobuf's field
};

/// A frame whose words are listed.
struct StackFrame {
  std::string name;       ///< "goexit1"
  std::size_t first = 0;  ///< index of its highest word
  bool innermost = false;
};

/// A saved BP and the word of the same stack that it points to, as indices of words.
struct StackArc {
  std::size_t from = 0;
  std::size_t to = 0;
  bool innermost = false;
};

struct StackView {
  std::string name;           ///< "g0"; empty if there is no such goroutine
  const Entity* g = nullptr;  ///< of the moment's names
  StackUse use = StackUse::none;
  ThreadId thread = 0;         ///< of use by a thread: which
  bool here = false;           ///< it is the thread shown
  Addr sp;                     ///< stack.hi where nothing is live
  std::optional<Addr> old_sp;  ///< where the executed step found SP, if that was on this stack too
  Addr lo;
  Addr hi;
  std::vector<StackCell> words;    ///< from stack.hi downwards, some of them below SP
  std::vector<StackFrame> frames;  ///< from the innermost
  std::vector<StackArc> arcs;      ///< from the innermost
  std::vector<StackTag> tags;      ///< registers first
  std::uint64_t left_out = 0;      ///< words above the first one listed
};

/// Cost: about a microsecond for each word listed, 408 at most; the length of the record does not matter.
StackView stack_view(const MomentView& moment, const Entity& g);

}  // namespace gogoscope
