#include "ui/panels/stacks.h"

#include <algorithm>

#include "emu/layout/frames.h"
#include "emu/layout/stacks.h"
#include "emu/layout/views.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kSavedBp{"saved BP", "保存的 BP"};
const Words kSavedBpNone{"saved BP: none", "保存的 BP：无"};
const Words kSavedBpInto{"saved BP →", "保存的 BP →"};
const Words kForged{"forged by newproc: nobody called it", "newproc 伪造的：没有人调用过它"};

constexpr std::int64_t kWord = 8;
constexpr std::int64_t kWordsBelowSp = 8;    ///< free words that stay in sight
constexpr std::int64_t kWordsAboveSp = 400;  ///< no stack of a lesson is deeper
/// Whether an argument or a local lies there that is narrower than its word: the rest of it is chance.
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

std::string saved_bp_label(const View& view, const StackRef& stack, std::uint64_t value, Language language) {
  if (value == 0) return kSavedBpNone.str(language);
  const auto other = stack_with_word(*view.guest->layout, view.state(), view.names->entities(), Addr(value));
  if (stack.holds_word(Addr(value)) || !other) return kSavedBp.str(language);
  return kSavedBpInto.str(language) + " " + other->owner->short_name;
}

/// What a word is and what it holds, short enough to stand beside it.
void tell_word(StackCell& word, const View& view, const StackRef& stack, const std::vector<FrameRef>& frames,
               Language language) {
  const Names& names = *view.names;
  std::string means;
  if (word.value != 0 && !holds_narrow_value(frames, word.addr)) means = names.meaning(word.value);
  if (!means.empty()) word.target = target_of_value(view, word.value);
  const std::string_view short_means = short_function_name(means);
  const WordPlace place = place_in_frames(frames, word.addr);
  word.role = word.free ? WordRole::plain : place.role;
  switch (word.role) {
    case WordRole::forged_return:
      word.note = kForged.in(language);
      [[fallthrough]];
    case WordRole::return_address:
      if (!means.empty()) word.label.append("→ ").append(short_means);
      return;
    case WordRole::saved_bp:
      word.label = saved_bp_label(view, stack, word.value, language);
      return;
    case WordRole::frame_var:
      // An argument lies above the return address, among the words of the caller.
      if (place.var->offset > 0) {
        word.scope = std::string(short_function_name(place.frame->function->name)).append(".");
      }
      word.label = place.var->name;
      // A pointer into a stack is told by its digits.
      if (!means.empty() && !names.points_into_stack(word.value))
        word.label.append(" = ").append(short_means);
      return;
    case WordRole::none:
    case WordRole::plain:
      word.label = short_means;
      // "in g1's stack, hi-168", as short as a column needs it.
      if (names.points_into_stack(word.value)) {
        const auto other =
            stack_with_word(*view.guest->layout, view.state(), names.entities(), Addr(word.value));
        word.label = other->owner->short_name + " hi-" + std::to_string(other->hi - Addr(word.value));
      }
      return;
  }
}

void name_frames(StackColumn& column, const std::vector<FrameRef>& frames) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto mine = [i](const StackCell& word) { return word.frame == static_cast<int>(i); };
    const auto first = std::find_if(column.words.begin(), column.words.end(), mine);
    if (first == column.words.end()) continue;
    column.frames.push_back({std::string(short_function_name(frames[i].function->name)),
                             static_cast<std::size_t>(first - column.words.begin()), i == 0});
  }
}

/// The chain of saved BPs, as far as it stays on this stack and among the words listed.
void join_saved_bps(StackColumn& column) {
  const Addr top = column.words.front().addr;
  for (std::size_t i = column.words.size(); i-- > 0;) {
    const StackCell& word = column.words[i];
    const Addr target(word.value);
    if (word.role != WordRole::saved_bp || target <= word.addr || target > top) continue;
    column.arcs.push_back({i, static_cast<std::size_t>((top - target) / kWord), column.arcs.empty()});
  }
}

void tag_words(StackColumn& column, const View& view, const StackRef& stack, const GobufView& saved) {
  const Image& state = view.state();
  const Addr bp(state.reg(Reg::rbp));
  if (column.active) column.tags.push_back({state.sp(), "SP", true, Color::yellow});
  // At goexit0 BP still points into the stack of the goroutine that is gone: shown wherever it points.
  if (stack.holds_word(bp)) column.tags.push_back({bp, "BP", true, Color::purple});
  if (stack.holds_sp(saved.sp())) column.tags.push_back({saved.sp(), "sched.sp", false, Color::yellow});
  if (stack.holds_word(saved.bp())) column.tags.push_back({saved.bp(), "sched.bp", false, Color::purple});
}

/// A stack that runs is walked from the registers, a parked one from its gobuf; never along BP.
std::vector<FrameRef> frames_on(const StackColumn& column, const View& view, const StackRef& stack,
                                const GobufView& saved) {
  const Image& state = view.state();
  const Entities& entities = view.names->entities();
  const bool has_saved = stack.holds_sp(saved.sp());
  const auto promised = [&] {
    return frames_from(*view.guest, state, entities, saved.pc(), has_saved ? saved.sp() : column.sp);
  };
  if (!column.active) return has_saved ? promised() : std::vector<FrameRef>();

  std::vector<FrameRef> found = frames(*view.guest, state, entities, state.thread());
  if (found.empty() || !found.back().left_stack) return found;
  // gogo, mcall or systemstack has come here from another stack. What it has pushed lies below the SP that it
  // loaded from the gobuf; above it stands what the gobuf's PC would find.
  FrameRef& last = found.back();
  if (has_saved && saved.sp() > last.sp) {
    last.top = saved.sp() - kWord;
  } else {
    found.pop_back();
  }
  for (const FrameRef& frame : promised()) found.push_back(frame);
  return found;
}

StackColumn column_of(const View& view, const Entity& g, Language language) {
  StackColumn column;
  column.name = g.short_name;
  const Layout& layout = *view.guest->layout;
  const Image& state = view.state();
  const std::optional<StackRef> stack = stack_of(layout, state, g);
  if (!stack) return column;
  column.lo = stack->lo;
  column.hi = stack->hi;

  const GobufView saved = GView(layout, state, {g.addr}).sched();
  column.active = stack->holds_sp(state.sp());
  // SP of a stack that nobody runs on is what its gobuf saved; without one the stack counts as empty.
  column.sp = column.active ? state.sp() : stack->holds_sp(saved.sp()) ? saved.sp() : stack->hi;
  const RegChange* moved = view.change_of(Reg::rsp);
  if (column.active && moved != nullptr && stack->holds_sp(Addr(moved->old_value))) {
    column.old_sp = Addr(moved->old_value);
  }
  tag_words(column, view, *stack, saved);

  const std::vector<FrameRef> found = frames_on(column, view, *stack, saved);
  const Addr top = std::min(column.hi, column.sp + kWordsAboveSp * kWord);
  column.left_out = static_cast<std::uint64_t>((column.hi - top) / kWord);
  const Addr bottom = std::max(column.lo, column.sp - kWordsBelowSp * kWord);
  for (Addr at = top - kWord; at >= bottom; at = at - kWord) {
    StackCell word;
    word.addr = at;
    word.value = state.load_or_zero(at);
    word.free = at < column.sp;
    if (const Store* store = view.store_into(at, kWord)) {
      word.changed = true;
      word.old_value = store->old_value;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (at >= found[i].sp && at <= found[i].top) word.frame = static_cast<int>(i);
    }
    tell_word(word, view, *stack, found, language);
    column.words.push_back(std::move(word));
  }
  if (column.words.empty()) return column;
  name_frames(column, found);
  join_saved_bps(column);
  return column;
}

}  // namespace

void StacksPanel::rebuild(const View& view, const UiState& ui) {
  columns_[0] = Column();
  columns_[1] = Column();
  const Entities& entities = view.names->entities();
  const Entity* m = view.current_m();
  if (m == nullptr) return;
  const MView fields(*view.guest->layout, view.state(), {m->addr});
  if (const Entity* g0 = entities.at(fields.g0().addr, Entity::Kind::g)) {
    columns_[0] = column_of(view, *g0, ui.language);
  }
  if (const Entity* g = view.goroutine(ui.selected_g)) {
    columns_[1] = column_of(view, *g, ui.language);
  }
}

void StacksPanel::draw(Frame& frame, Rect rect) {
  frame.press.group("stacks");
  frame.widgets.note("panel.stacks", rect);
  const float gutter = frame.px(draw::kGutter);
  const float middle = (rect.min.x + rect.max.x) / 2;
  draw_stack_column(frame, columns_[0], {rect.min, {middle - gutter / 2, rect.max.y}}, "stack.g0",
                    Color::blue);
  draw_stack_column(frame, columns_[1], {{middle + gutter / 2, rect.min.y}, rect.max}, "stack.g",
                    Color::green);
}

}  // namespace gogoscope
