#include "emu/session/views/stack.h"

#include <algorithm>

#include "emu/layout/frames.h"
#include "emu/layout/stacks.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

constexpr std::int64_t kWord = 8;
constexpr std::int64_t kWordsBelowSp = 8;    ///< free words that stay in sight
constexpr std::int64_t kWordsAboveSp = 400;  ///< no stack of a lesson is deeper

/// Whether an argument or a local is there that is narrower than its word.
bool holds_narrow_value(const std::vector<FrameRef>& frames, Addr at) {
  for (const FrameRef& frame : frames) {
    if (frame.left_stack || frame.function == nullptr) continue;
    for (const FrameVar& var : frame.function->vars) {
      const bool here = at <= frame.top + var.offset && frame.top + var.offset < at + kWord;
      if (here && var.size < kWord) return true;
    }
  }
  return false;
}

/// Builds the view of one stack.
class Builder {
 public:
  Builder(const MomentView& moment, const Entity& g, const StackRef& stack)
      : moment_(moment),
        stack_(stack),
        saved_(GView(moment.guest->release->layout, moment.state(), {g.addr}).sched()),
        has_saved_(stack.holds_sp(saved_.sp())) {}

  void build(StackView& out) const {
    const StackUsers users(*moment_.guest, moment_.state(), moment_.entities());
    out.lo = stack_.lo;
    out.hi = stack_.hi;
    out.use = users.use_of(*stack_.owner);
    if (out.use == StackUse::thread) out.thread = *users.thread_on(stack_.owner);
    out.here = out.use == StackUse::thread && out.thread == moment_.state().thread();
    out.sp = out.use == StackUse::thread  ? reg(out, Reg::rsp)
             : out.use == StackUse::sched ? saved_.sp()
                                          : stack_.hi;
    const RegChange* moved = moment_.change_of(Reg::rsp);
    if (out.here && moved != nullptr && stack_.holds_sp(Addr(moved->old_value))) {
      out.old_sp = Addr(moved->old_value);
    }
    tag(out);
    const std::vector<FrameRef> frames = frames_on(out);
    list_words(out, frames);
    if (out.words.empty()) return;
    name_frames(out, frames);
    join_saved_bps(out);
  }

 private:
  Addr reg(const StackView& out, Reg reg) const { return Addr(moment_.state().reg(out.thread, reg)); }

  void tag(StackView& out) const {
    using enum StackTag::Kind;
    if (out.use == StackUse::thread) out.tags.push_back({out.sp, sp});
    // At goexit0 BP still points into the stack of the goroutine that is gone: shown wherever it points.
    const Addr frame = out.use == StackUse::thread ? reg(out, Reg::rbp) : Addr(moment_.state().reg(Reg::rbp));
    if (stack_.holds_word(frame)) out.tags.push_back({frame, bp});
    if (has_saved_) out.tags.push_back({saved_.sp(), saved_sp});
    if (stack_.holds_word(saved_.bp())) out.tags.push_back({saved_.bp(), saved_bp});
  }

  std::vector<FrameRef> promised(Addr sp) const {
    return frames_from(*moment_.guest, moment_.state(), moment_.entities(), saved_.pc(), sp);
  }

  /// Of a stack that a thread is on, from its registers; else from the gobuf; never along BP.
  std::vector<FrameRef> frames_on(const StackView& out) const {
    if (out.use == StackUse::none) return {};
    if (out.use == StackUse::sched) return promised(saved_.sp());
    std::vector<FrameRef> found = frames(*moment_.guest, moment_.state(), moment_.entities(), out.thread);
    if (found.empty() || !found.back().left_stack) return found;
    // gogo, mcall or systemstack has come here from another stack. What it has pushed is below the SP that
    // it loaded from the gobuf; above it is what the gobuf's PC would find.
    FrameRef& last = found.back();
    if (has_saved_ && saved_.sp() > last.sp) {
      last.top = saved_.sp() - kWord;
    } else {
      found.pop_back();
    }
    for (const FrameRef& frame : promised(has_saved_ ? saved_.sp() : out.sp)) found.push_back(frame);
    return found;
  }

  void list_words(StackView& out, const std::vector<FrameRef>& frames) const {
    const Addr top = std::min(out.hi, out.sp + kWordsAboveSp * kWord);
    out.left_out = static_cast<std::uint64_t>((out.hi - top) / kWord);
    const Addr bottom = std::max(out.lo, out.sp - kWordsBelowSp * kWord);
    for (Addr at = top - kWord; at >= bottom; at = at - kWord) {
      StackCell word;
      word.addr = at;
      word.value = moment_.state().load_or_zero(at);
      word.free = at < out.sp;
      if (const Store* store = moment_.store_into(at, kWord)) {
        word.changed = true;
        word.old_value = store->old_value;
      }
      for (std::size_t i = 0; i < frames.size(); ++i) {
        if (at >= frames[i].sp && at <= frames[i].top) word.frame = static_cast<int>(i);
      }
      word.narrow = holds_narrow_value(frames, at);
      if (const WordPlace place = place_in_frames(frames, at); !word.free && place.frame != nullptr) {
        word.role = place.role;
        word.var = place.var;
        word.function = place.frame->function;
      }
      out.words.push_back(word);
    }
  }

  static void name_frames(StackView& out, const std::vector<FrameRef>& frames) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const auto mine = [i](const StackCell& word) { return word.frame == static_cast<int>(i); };
      const auto first = std::find_if(out.words.begin(), out.words.end(), mine);
      if (first == out.words.end()) continue;
      out.frames.push_back({std::string(short_function_name(frames[i].function->name)),
                            static_cast<std::size_t>(first - out.words.begin()), i == 0});
    }
  }

  /// The chain of saved BPs, as far as it stays on this stack and among the words listed.
  static void join_saved_bps(StackView& out) {
    const Addr top = out.words.front().addr;
    for (std::size_t i = out.words.size(); i-- > 0;) {
      const StackCell& word = out.words[i];
      const Addr target(word.value);
      if (word.role != WordRole::saved_bp || target <= word.addr || target > top) continue;
      out.arcs.push_back({i, static_cast<std::size_t>((top - target) / kWord), out.arcs.empty()});
    }
  }

  const MomentView& moment_;
  const StackRef& stack_;
  GobufView saved_;
  bool has_saved_;
};

}  // namespace

StackView stack_view(const MomentView& moment, const Entity& g) {
  StackView out;
  out.name = g.short_name;
  out.g = &g;
  const std::optional<StackRef> stack = stack_of(moment.guest->release->layout, moment.state(), g);
  if (stack) Builder(moment, g, *stack).build(out);
  return out;
}

}  // namespace gogoscope
