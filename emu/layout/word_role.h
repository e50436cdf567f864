// What a word of a stack is for, as a value: what a panel asks instead of reading names.
#pragma once

#include <cstdint>
#include <vector>

#include "emu/layout/frames.h"

namespace gogoscope {

enum class WordRole : std::uint8_t {
  none,            ///< on no stack
  return_address,  ///< pushed by a CALL
  forged_return,   ///< goexit+1 under the first frame of a goroutine: newproc1 put it there, no CALL did
  saved_bp,
  frame_var,  ///< an argument or local that has a name
  plain,      ///< on a stack, and nothing of the above; free words below SP too
};

/// A word as part of a frame.
struct WordPlace {
  WordRole role = WordRole::plain;
  const FrameRef* frame = nullptr;  ///< whose return address, saved BP or variable; null for plain
  const FrameVar* var = nullptr;    ///< of frame_var
};

/// The byte at `addr` seen from the frames of its stack, innermost first: its role is never `none` here. The
/// spare word above the forged frame of goexit, where a return address would be, is plain.
WordPlace place_in_frames(const std::vector<FrameRef>& frames, Addr addr);

}  // namespace gogoscope
