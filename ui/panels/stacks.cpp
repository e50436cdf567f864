#include "ui/panels/stacks.h"

#include <algorithm>

#include "emu/layout/frames.h"
#include "emu/layout/stacks.h"
#include "emu/layout/views.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr std::int64_t kWord = 8;
constexpr std::int64_t kWordsBelowSp = 8;    ///< free words that stay in sight
constexpr std::int64_t kWordsAboveSp = 400;  ///< no stack of a lesson is deeper
constexpr float kRowHeight = 20;

/// The goroutine to show beside g0: the one selected; else m.curg; else, between dropg and the next
/// execute, the one that m.curg named last, which is the one whose exit is being watched.
const Entity* shown_goroutine(const View& view, const UiState& ui, const Entities& entities, const MView& m) {
  if (!ui.selected_g.is_nil()) {
    if (const Entity* g = entities.at(ui.selected_g, Entity::Kind::g)) return g;
  }
  if (const Entity* g = entities.at(m.curg().addr, Entity::Kind::g)) return g;
  const auto& events = *view.record_events;
  for (auto it = events.rbegin(); it != events.rend(); ++it) {
    if (it->step >= view.position || it->type != EventType::curg) continue;
    if (const Entity* g = entities.find(it->from)) return g;
  }
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::g && !entity.system) return &entity;
  }
  return nullptr;
}

/// Room for the tags: two beside each other, or one where the panel is narrow.
float gutter(const Frame& frame, Rect line) { return frame.px(line.width() < frame.px(400) ? 86 : 124); }

/// Whether a local or an argument lies there that holds no address: what else is in its word is chance.
bool holds_plain_value(const std::vector<FrameRef>& frames, Addr at) {
  for (const FrameRef& frame : frames) {
    if (frame.left_stack || frame.function == nullptr) continue;
    for (const FrameVar& var : frame.function->vars) {
      const bool here = at <= frame.top + var.offset && frame.top + var.offset < at + kWord;
      if (here && var.size < kWord) return true;
    }
  }
  return false;
}

/// What a word is and what it holds, short enough to stand beside it.
std::string label_of(const Names& names, const std::vector<FrameRef>& frames, Addr at, std::uint64_t value,
                     bool free) {
  const std::string means = holds_plain_value(frames, at) ? "" : names.meaning(value);
  if (free) return means;
  std::string label;
  for (const FrameRef& frame : frames) {
    if (frame.left_stack || at != frame.top) continue;
    // Where the frame returns to. The forged frame of goexit returns nowhere.
    if (means.empty()) return label;
    return label.append("→ ").append(short_function_name(means));
  }
  label = names.describe(at, kWord);
  // "g2.stack hi-40" only repeats the address.
  if (label.find(".stack hi-") != std::string::npos) return means;
  // A saved BP means what its tag means; a pointer into a stack is told by its digits.
  const bool plain = means.empty() || label.rfind("saved BP", 0) == 0 || means.rfind("in ", 0) == 0;
  if (!plain) label.append(" = ").append(short_function_name(means));
  return label;
}

}  // namespace

StacksPanel::Column StacksPanel::column_of(const View& view, const Entities& entities,
                                           const Entity& g) const {
  Column column;
  column.name = g.short_name;
  const Layout& layout = *view.guest->layout;
  const Image& state = view.state();
  const std::optional<StackRef> stack = stack_of(layout, state, g);
  if (!stack) return column;
  column.lo = stack->lo;
  column.hi = stack->hi;

  const GView fields(layout, state, {g.addr});
  const GobufView saved = fields.sched();
  column.active = stack->holds_sp(state.sp());
  const bool has_saved = stack->holds_sp(saved.sp());
  // SP of a stack that nobody runs on is what its gobuf saved; without one the stack counts as empty.
  column.sp = column.active ? state.sp() : has_saved ? saved.sp() : stack->hi;

  const Addr bp(state.reg(Reg::rbp));
  if (column.active) column.tags.push_back({state.sp(), "SP", true, Color::yellow});
  // At goexit0 BP still points into the stack of the goroutine that is gone: shown wherever it points.
  if (stack->holds_word(bp)) column.tags.push_back({bp, "BP", true, Color::purple});
  if (has_saved) column.tags.push_back({saved.sp(), "sched.sp", false, Color::yellow});
  if (stack->holds_word(saved.bp())) column.tags.push_back({saved.bp(), "sched.bp", false, Color::purple});

  // A stack that runs is walked from the registers, a parked one from its gobuf; never along BP.
  std::vector<FrameRef> frames;
  if (column.active) frames = gogoscope::frames(*view.guest, state, entities, state.thread());
  // Between the MOVQ that switched the stack and the jump, PC is still in gogo or mcall, whose frame lies on
  // the stack they left: what stands here is what the gobuf's PC will find.
  const bool switching = frames.size() == 1 && frames.front().left_stack;
  if (switching || (!column.active && has_saved)) {
    frames = frames_from(*view.guest, state, entities, saved.pc(), column.sp);
  }

  const Addr top = std::min(column.hi, column.sp + kWordsAboveSp * kWord);
  column.left_out = static_cast<std::uint64_t>((column.hi - top) / kWord);
  const Addr bottom = std::max(column.lo, column.sp - kWordsBelowSp * kWord);
  for (Addr at = top - kWord; at >= bottom; at = at - kWord) {
    Word word;
    word.addr = at;
    word.value = state.load_or_zero(at);
    word.free = at < column.sp;
    if (const Store* store = view.store_into(at, kWord)) {
      word.changed = true;
      word.old_value = store->old_value;
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
      if (frames[i].left_stack) continue;
      if (at >= frames[i].sp && at <= frames[i].top) word.frame = static_cast<int>(i);
    }
    word.label = label_of(*view.names, frames, at, word.value, word.free);
    column.words.push_back(std::move(word));
  }
  return column;
}

void StacksPanel::rebuild(const View& view, const UiState& ui) {
  columns_[0] = Column();
  columns_[1] = Column();
  const Layout& layout = *view.guest->layout;
  const Image& state = view.state();
  const Entities& entities = view.names->entities();
  const Entity* m = entities.find(std::string("m").append(std::to_string(state.thread())));
  if (m == nullptr) return;
  const MView fields(layout, state, {m->addr});
  if (const Entity* g0 = entities.at(fields.g0().addr, Entity::Kind::g)) {
    columns_[0] = column_of(view, entities, *g0);
  }
  if (const Entity* g = shown_goroutine(view, ui, entities, fields))
    columns_[1] = column_of(view, entities, *g);
}

void StacksPanel::draw_word(Frame& frame, const Column& column, const Word& word, Color accent) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const Rect line = draw::row(frame.px(kRowHeight));
  const Rect cell{{line.min.x + gutter(frame, line), line.min.y + frame.px(1)},
                  {line.max.x - frame.px(10), line.max.y - frame.px(1)}};
  const float y = line.center().y - mono->FontSize / 2;

  if (word.free) {
    draw::hatch(frame, cell);
    list->AddRect(cell.min, cell.max, theme[Color::line]);
  } else {
    // Neighbouring frames differ in strength, so a frame's end shows without a line.
    const bool odd = word.frame >= 0 && word.frame % 2 == 1;
    list->AddRectFilled(cell.min, cell.max, theme.tint(accent, word.frame < 0 ? 0.05F : odd ? 0.10F : 0.19F));
  }
  if (word.changed) {
    list->AddRectFilled(cell.min, cell.max, theme.tint(Color::orange, 0.14F));
    list->AddRect(cell.min, cell.max, theme[Color::orange], frame.px(2));
    frame.widgets.note("stack.changed." + draw::hex_short(word.addr.value()), cell);
  }
  list->AddRectFilled(cell.min, {cell.min.x + frame.px(3), cell.max.y},
                      theme.tint(accent, word.free             ? 0.25F
                                         : word.frame % 2 == 1 ? 0.55F
                                                               : 1.0F));

  draw::text(mono, {cell.min.x + frame.px(12), y}, theme[Color::text_dim], draw::hex_tail(word.addr.value()));
  const Color ink = word.changed ? Color::orange : word.free ? Color::text_dim : Color::text;
  float x = draw::hex12(frame, {cell.min.x + frame.px(66), y}, word.value, ink) + frame.px(12);
  const float right = cell.max.x - frame.px(8);
  std::string note = word.label;
  if (word.changed && word.old_value != word.value) {
    if (!note.empty()) note += "  ";
    note += std::string(frame.text(Phrase::changed_from)) + " " + draw::hex_short(word.old_value);
  } else if (word.free && word.addr + kWord == column.sp && !word.changed) {
    note = frame.text(Phrase::free_words);
  }
  const float width = draw::measure(mono, note).x;
  x = std::max(x, right - width);
  draw::text_until(mono, {x, y}, right,
                   theme[word.changed ? Color::orange
                         : word.free  ? Color::text_dim
                                      : Color::text_soft],
                   note);

  draw_tags(frame, column, word.addr, line);
}

void StacksPanel::draw_tags(Frame& frame, const Column& column, Addr from, Rect line) {
  // Tags that share a word stand one beside the other.
  float tip = line.min.x + gutter(frame, line) - frame.px(2);
  for (const Tag& tag : column.tags) {
    if (tag.at < from || tag.at >= from + kWord) continue;
    // The registers come first in the list; a saved value that finds no room is left out.
    const float width = draw::measure(frame.fonts.words, tag.text).x + frame.px(20);
    if (tip - width < line.min.x && !tag.live) continue;
    draw::tag(frame, {tip, line.center().y}, tag.color, tag.live, tag.text);
    tip -= width;
    if (tag.live) frame.widgets.note("stack." + column.name + "." + tag.text, line);
  }
}

void StacksPanel::draw_edge(Frame& frame, const Column& column) {
  const Rect line = draw::row(frame.px(kRowHeight));
  const Addr top = column.words.front().addr + kWord;
  draw::text(
      frame.fonts.mono,
      {line.min.x + gutter(frame, line) + frame.px(12), line.center().y - frame.fonts.mono->FontSize / 2},
      frame.theme[Color::text_dim],
      draw::hex_tail(top.value()) + "  " + (column.left_out == 0 ? "stack.hi" : ""));
  // An empty stack has SP at stack.hi, above every word.
  draw_tags(frame, column, top, line);
}

void StacksPanel::draw_column(Frame& frame, const Column& column, Rect rect, const char* id, Color accent) {
  const std::string title = std::string(frame.text(Phrase::stack_of)) + " " + column.name;
  const std::string range =
      column.hi.is_nil() ? "" : draw::hex_short(column.lo.value()) + "–" + draw::hex_short(column.hi.value());
  const Rect content = draw::begin_panel(
      frame, rect,
      {id, column.name.empty() ? frame.text(Phrase::stacks) : std::string_view(title), range, accent});
  if (column.words.empty()) {
    draw::empty(frame, content, frame.text(Phrase::no_goroutine));
  } else {
    const float height = frame.px(kRowHeight);
    if (frame.ui.scroll_to_now) {
      // Rows keep their places from stack.hi down; scroll only when SP would be out of sight.
      const float sp =
          static_cast<float>(static_cast<double>(column.words.front().addr + kWord - column.sp) / kWord);
      const float y = (sp + 1) * height;
      const float top = ImGui::GetScrollY();
      if (y < top + height || y + 3 * height > top + content.height()) {
        ImGui::SetScrollY(std::max(0.0F, y + 3 * height - content.height()));
      }
    }
    if (column.left_out > 0) {
      const Rect line = draw::row(height);
      draw::text(frame.fonts.words,
                 {line.min.x + gutter(frame, line) + frame.px(12), line.min.y + frame.px(3)},
                 frame.theme[Color::text_dim],
                 std::to_string(column.left_out) + " " + std::string(frame.text(Phrase::more_words)));
    }
    draw_edge(frame, column);
    for (const Word& word : column.words) draw_word(frame, column, word, accent);
  }
  draw::end_panel();
  if (column.name.empty()) return;
  const std::string_view state = frame.text(column.active ? Phrase::active : Phrase::saved);
  draw::chip(frame, rect.max.x - frame.px(10) - draw::chip_width(frame, state),
             draw::header_middle(frame, rect), column.active ? Color::yellow : Color::text_dim,
             column.active ? draw::ChipShape::filled : draw::ChipShape::quiet, state);
}

void StacksPanel::draw(Frame& frame, Rect rect) {
  const float gutter = frame.px(draw::kGutter);
  const float middle = (rect.min.x + rect.max.x) / 2;
  draw_column(frame, columns_[0], {rect.min, {middle - gutter / 2, rect.max.y}}, "stack.g0", Color::blue);
  draw_column(frame, columns_[1], {{middle + gutter / 2, rect.min.y}, rect.max}, "stack.g", Color::green);
}

}  // namespace gogoscope
