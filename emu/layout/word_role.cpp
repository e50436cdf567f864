#include "emu/layout/word_role.h"

#include <string_view>

namespace gogoscope {
namespace {

constexpr std::string_view kGoexit = "runtime.goexit";

/// newproc1 plants the address just after goexit's leading NOP (goexit + sys.PCQuantum), which no CALL in
/// goexit pushes.
bool is_forged(const FrameRef& caller) {
  return caller.function->go_name() == kGoexit && caller.pc == caller.function->entry + 1;
}

}  // namespace

WordPlace place_in_frames(const std::vector<FrameRef>& frames, Addr addr) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const FrameRef& frame = frames[i];
    if (frame.left_stack || addr < frame.sp) continue;
    // No CALL entered goexit: the word where its return address would be is spare.
    if (addr == frame.top && frame.function->go_name() != kGoexit) {
      const bool forged = i + 1 < frames.size() && is_forged(frames[i + 1]);
      return {forged ? WordRole::forged_return : WordRole::return_address, &frame, nullptr};
    }
    if (frame.function->saves_bp && addr == frame.top - 8) return {WordRole::saved_bp, &frame, nullptr};
    for (const FrameVar& var : frame.function->vars) {
      const Addr start = frame.top + var.offset;
      if (addr >= start && addr < start + var.size) return {WordRole::frame_var, &frame, &var};
    }
  }
  return {};
}

}  // namespace gogoscope
