#include "ui/panels/stack_column.h"

#include <algorithm>
#include <optional>

#include "emu/layout/name_words.h"
#include "ui/draw.h"
#include "ui/pin.h"

namespace gogoscope {
namespace {

const Words kNewsShort{"•", "•"};
const Words kStacks{"Stacks", "栈"};
const Words kStackOf{"Stack of", "栈："};
const Words kHere{"SP is here", "SP 在此"};
const Words kOnAnother{"SP of {m} is here", "{m} 的 SP 在此"};
const Words kSaved{"parked", "已挂起"};
const Words kUnused{"not in use", "未使用"};
const Words kFreeWords{"free", "空闲"};
const Words kMoreWords{"more words up to stack.hi", "个字，直到 stack.hi"};
const Words kNoGoroutine{"No goroutine has run yet.", "还没有 goroutine 运行过。"};

constexpr std::int64_t kWord = 8;
// Heights, unscaled.
constexpr float kRow = 20;
constexpr float kFrameName = 19;
constexpr float kNote = 17;

/// Draws one column. Heights are summed first, so that a word has a place before it is drawn: arcs, scrolling
/// and a sliding tag need it.
class ColumnDrawing {
 public:
  ColumnDrawing(Frame& frame, const StackColumn& column, Color accent)
      : frame_(frame), column_(column), accent_(accent) {
    float y = column.left_out > 0 ? kRow : 0;
    edge_ = y;
    y += kRow;
    for (std::size_t i = 0; i < column.words.size(); ++i) {
      if (frame_named_above(i) != nullptr) y += kFrameName;
      rows_.push_back(y);
      y += column.labels[i].note.empty() ? kRow : kRow + kNote;
    }
    height_ = y;
  }

  void draw(Rect content) {
    if (frame_.ui.scroll_to_now) bring_sp_into_sight(content);
    line_ = draw::row(frame_.px(height_));
    // Two widths: with the full names of tags and the zeros of values, or without.
    const float width = line_.width();
    roomy_ = width >= frame_.px(300);
    all_digits_ = width >= frame_.px(400);
    left_ = line_.min.x + frame_.px(roomy_ ? 82 : 42);
    right_ = line_.max.x - frame_.px(roomy_ ? 18 : 15);
    clip_ = {ImGui::GetWindowDrawList()->GetClipRectMin(), ImGui::GetWindowDrawList()->GetClipRectMax()};

    draw_top();
    for (std::size_t i = 0; i < column_.words.size(); ++i) {
      if (const StackFrame* named = frame_named_above(i)) draw_frame_name(*named, i);
      const bool seen = in_sight(row(i));
      if (seen) draw_word(column_.words[i], column_.labels[i], row(i));
      if (column_.words[i].changed && row(i).center().y < clip_.min.y) missed_ = column_.words[i].addr;
      if (column_.words[i].changed && row(i).center().y > clip_.max.y) missed_ = column_.words[i].addr;
    }
    for (const StackArc& arc : column_.arcs) draw_arc(arc);
    draw_sliding_sp();
  }
  /// A word that the executed step changed and that is scrolled out of sight.
  std::optional<Addr> missed() const { return missed_; }

 private:
  const StackFrame* frame_named_above(std::size_t word) const {
    for (const StackFrame& named : column_.frames) {
      if (named.first == word) return &named;
    }
    return nullptr;
  }

  Rect band(float y, float height) const {
    const float top = line_.min.y + frame_.px(y);
    return {{line_.min.x, top}, {line_.max.x, top + frame_.px(height)}};
  }
  Rect row(std::size_t word) const { return band(rows_[word], kRow); }
  /// Where the word at an address is; an empty stack has its SP at stack.hi, above every word.
  float y_of(Addr at) const {
    const Addr top = column_.words.front().addr + kWord;
    const auto above = static_cast<std::size_t>((top - at) / kWord);
    if (at >= top) return edge_;
    return rows_[std::min(above - 1, rows_.size() - 1)];
  }
  bool in_sight(Rect box) const { return box.max.y > clip_.min.y && box.min.y < clip_.max.y; }
  float text_y(Rect box, ImFont* font) const { return box.center().y - font->FontSize / 2; }

  /// Rows keep their places from stack.hi down; scrolls only when SP would be out of sight.
  void bring_sp_into_sight(Rect content) const {
    const float y = frame_.px(y_of(column_.sp));
    const float top = ImGui::GetScrollY();
    const float below = frame_.px(4 * kRow);
    if (y < top + frame_.px(kFrameName) || y + below > top + content.height()) {
      ImGui::SetScrollY(std::max(0.0F, y + below - content.height()));
    }
  }

  void draw_top() {
    ImFont* mono = frame_.fonts.mono;
    const ImU32 dim = frame_.theme[Color::text_dim];
    if (column_.left_out > 0) {
      const Rect line = band(0, kRow);
      draw::text_until(frame_.fonts.words, {left_ + frame_.px(9), text_y(line, frame_.fonts.words)},
                       line.max.x, dim,
                       std::to_string(column_.left_out) + " " + std::string(frame_.text(kMoreWords)));
    }
    const Rect line = band(edge_, kRow);
    const Addr top = column_.words.front().addr + kWord;
    draw::text(mono, {left_ + frame_.px(9), text_y(line, mono)}, dim,
               draw::hex_tail(top.value()) + (column_.left_out == 0 ? "  stack.hi" : ""));
    draw_tags(top, line);
  }

  void draw_frame_name(const StackFrame& named, std::size_t word) const {
    const Rect line = band(rows_[word] - kFrameName, kFrameName);
    if (!in_sight(line)) return;
    ImFont* font =
        named.innermost && column_.use == StackUse::thread ? frame_.fonts.strong : frame_.fonts.words;
    const float y = line.max.y - frame_.px(1) - font->FontSize;
    const float x =
        draw::text_until(font, {left_ + frame_.px(9), y}, right_,
                         frame_.theme[named.innermost ? Color::text : Color::text_soft], named.name);
    // The upper arm of a bracket; the bars of the frame's words are its back.
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float middle = line.center().y + frame_.px(1);
    const ImU32 ink = frame_.theme.tint(accent_, named.innermost ? 1.0F : 0.55F);
    list->AddRectFilled({left_, middle}, {left_ + frame_.px(3), line.max.y + frame_.px(1)}, ink);
    list->AddRectFilled({left_, middle}, {left_ + frame_.px(7), middle + frame_.px(1.5F)}, ink);
    if (x + frame_.px(8) < right_) {
      list->AddLine({x + frame_.px(8), middle}, {right_, middle}, frame_.theme.tint(accent_, 0.25F),
                    frame_.px(1));
    }
  }

  void fill_cell(const StackCell& word, Rect cell) const {
    const Theme& theme = frame_.theme;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool innermost = word.frame == 0;
    if (word.free) {
      draw::hatch(frame_, cell);
      list->AddRect(cell.min, cell.max, theme[Color::line]);
    } else if (!word.changed) {
      list->AddRectFilled(cell.min, cell.max,
                          theme.tint(accent_, word.frame < 0 ? 0.05F
                                              : innermost    ? 0.20F
                                                             : 0.11F));
    }
    if (word.changed) {
      // What has just changed flashes for as long as the transition lasts.
      const float flash = 0.10F + 0.45F * (1 - frame_.motion.progress());
      list->AddRectFilled(cell.min, cell.max, theme.tint(Color::orange, flash));
      list->AddRect(cell.min, cell.max, theme[Color::orange], frame_.px(2));
      frame_.widgets.note("stack.changed." + draw::hex_short(word.addr.value()), cell);
    }
    const float bar = word.free || word.frame < 0 ? 0.25F : innermost ? 1.0F : 0.55F;
    list->AddRectFilled({cell.min.x, cell.min.y - (word.frame < 0 ? 0 : frame_.px(1))},
                        {cell.min.x + frame_.px(3), cell.max.y + (word.frame < 0 ? 0 : frame_.px(1))},
                        theme.tint(accent_, bar));
  }

  void draw_word(const StackCell& word, const StackLabel& label, Rect line) {
    const Theme& theme = frame_.theme;
    ImFont* mono = frame_.fonts.mono;
    const Rect cell{{left_, line.min.y + frame_.px(1)}, {right_, line.max.y - frame_.px(1)}};
    fill_cell(word, cell);

    const std::string address = draw::hex_short(word.addr.value());
    const float y = text_y(cell, mono);
    const float tail = left_ + frame_.px(roomy_ ? 9 : 7);
    std::string tail_digits = draw::hex_tail(word.addr.value());
    if (!roomy_) tail_digits = tail_digits.substr(tail_digits.size() - 4);
    const float tail_end =
        draw::text(mono, {tail, y}, theme[word.free ? Color::text_dim : Color::text_soft], tail_digits);
    link(frame_, "stack.addr." + address, {{tail, cell.min.y}, {tail_end, cell.max.y}},
         target_of_memory(word.addr));

    const bool quiet = word.free || label.unset;
    const Color ink = word.changed ? Color::orange : quiet ? Color::text_dim : Color::text;
    const float value = tail_end + frame_.px(8);
    const std::string digits = draw::hex_short(word.value).substr(2);
    const float value_end = all_digits_ ? draw::hex12(frame_, {value, y}, word.value, ink)
                                        : draw::text(mono, {value, y}, theme[ink], digits);
    link(frame_, "stack.value." + address, {{value, cell.min.y}, {value_end, cell.max.y}}, label.target);

    draw_label(word, label, cell, value_end + frame_.px(8));
    if (!label.note.empty()) draw_note(label, line);
    draw_tags(word.addr, line);
  }

  /// The label ends at the right edge; an old value goes to its right, and its function before it, where
  /// there is room for both.
  void draw_label(const StackCell& word, const StackLabel& of, Rect cell, float left) const {
    const Theme& theme = frame_.theme;
    ImFont* mono = frame_.fonts.mono;
    ImFont* words = frame_.fonts.words;
    float right = right_ - frame_.px(6);
    std::string label = of.text;
    if (word.free && label.empty() && word.addr + kWord == column_.sp) label = frame_.text(kFreeWords);
    if (word.changed && word.old_value != word.value) {
      const std::string old =
          std::string(frame_.text(kChangedFrom)) + " " + draw::hex_short(word.old_value).substr(2);
      const float taken = draw::measure(mono, old).x + (label.empty() ? 0 : frame_.px(10));
      if (left + draw::measure(words, label).x + taken <= right) {
        draw::text_right(mono, right, text_y(cell, mono), theme[Color::orange], old);
        right -= taken;
      }
    }
    if (left + draw::measure(words, of.scope + label).x <= right) label.insert(0, of.scope);
    const float at = right - draw::measure(words, label).x;
    const ImU32 ink = theme[word.free || of.unset ? Color::text_dim : Color::text_soft];
    if (at >= left) {
      draw::text(words, {at, text_y(cell, words)}, ink, label);
    } else {
      draw::text_until(words, {left, text_y(cell, words)}, right, ink, label);
    }
  }

  /// A second line under the word.
  void draw_note(const StackLabel& label, Rect line) const {
    ImFont* font = frame_.fonts.words;
    const float x =
        std::max(line_.min.x + frame_.px(6), right_ - frame_.px(6) - draw::measure(font, label.note).x);
    draw::text_until(font, {x, line.max.y}, line_.max.x, frame_.theme[Color::text], label.note);
    frame_.widgets.note("stack." + column_.name + ".forged", line);
  }

  std::string_view text_of(const StackTag& tag) const {
    switch (tag.kind) {
      case StackTag::Kind::sp:
        return "SP";
      case StackTag::Kind::bp:
        return "BP";
      case StackTag::Kind::saved_sp:
        return roomy_ ? "sched.sp" : "sp";
      case StackTag::Kind::saved_bp:
        break;
    }
    return roomy_ ? "sched.bp" : "bp";
  }

  void draw_tags(Addr at, Rect line) const {
    // Tags that share a word are side by side. The registers come first in the list; a saved value
    // that finds no room is left out.
    float tip = left_ - frame_.px(2);
    for (const StackTag& tag : column_.tags) {
      if (tag.at < at || tag.at >= at + kWord) continue;
      const std::string_view text = text_of(tag);
      if (tag.live())
        frame_.widgets.note(std::string("stack.").append(column_.name).append(".").append(text), line);
      const float width = draw::measure(frame_.fonts.words, text).x + frame_.px(19);
      if (tag.kind == StackTag::Kind::sp && slides()) {
        tip -= width;
        continue;
      }
      if (tip - width < line.min.x) {
        if (!tag.live()) continue;
        tip = left_ + width - frame_.px(8);  // over the address, which the neighbours show as well
      }
      const bool points_at_sp = tag.kind == StackTag::Kind::sp || tag.kind == StackTag::Kind::saved_sp;
      draw::tag(frame_, {tip, line.center().y}, points_at_sp ? Color::yellow : Color::purple, tag.live(),
                text);
      tip -= width;
    }
  }

  bool slides() const { return column_.old_sp && frame_.motion.progress() < 1; }

  void draw_sliding_sp() const {
    if (!slides()) return;
    const float t = frame_.motion.progress();
    const float y = y_of(*column_.old_sp) * (1 - t) + y_of(column_.sp) * t;
    draw::tag(frame_, {left_ - frame_.px(2), band(y, kRow).center().y}, Color::yellow, true, "SP");
    frame_.widgets.note("stack." + column_.name + ".SP.sliding", band(y, kRow));
  }

  void draw_arc(const StackArc& arc) const {
    const Rect from = row(arc.from);
    const Rect to = row(arc.to);
    if (!in_sight({{0, to.min.y}, {0, from.max.y}})) return;
    ImDrawList* list = ImGui::GetWindowDrawList();
    // Two arcs that meet in a row leave and enter it at different heights.
    const float y1 = from.center().y - frame_.px(3);
    const float y2 = to.center().y + frame_.px(4);
    const float bulge = frame_.px(11);
    const float bend = std::min(frame_.px(10), (y1 - y2) / 2);
    const float head = frame_.px(5);
    const ImU32 ink = frame_.theme.tint(Color::purple, arc.innermost ? 1.0F : 0.55F);
    const float thickness = frame_.px(arc.innermost ? 2.0F : 1.2F);
    list->PathLineTo({right_, y1});
    list->PathBezierQuadraticCurveTo({right_ + bulge, y1}, {right_ + bulge, y1 - bend}, 8);
    list->PathLineTo({right_ + bulge, y2 + bend});
    list->PathBezierQuadraticCurveTo({right_ + bulge, y2}, {right_ + head, y2}, 8);
    list->PathStroke(ink, 0, thickness);
    list->AddTriangleFilled({right_ + frame_.px(1), y2}, {right_ + head + frame_.px(2), y2 - head},
                            {right_ + head + frame_.px(2), y2 + head}, ink);
    frame_.widgets.note("stack." + column_.name + ".arc." + std::to_string(arc.from),
                        {{right_, to.center().y}, {right_ + bulge, from.center().y}});
  }

  Frame& frame_;
  const StackColumn& column_;
  Color accent_;
  std::vector<float> rows_;  ///< the top of each word, unscaled
  float edge_ = 0;           ///< of the line that says stack.hi
  float height_ = 0;
  Rect line_{};  ///< the whole column, scaled, on screen
  Rect clip_{};
  std::optional<Addr> missed_;
  float left_ = 0;   ///< of the cells: tags are left of it
  float right_ = 0;  ///< of the cells: arcs are right of it
  bool roomy_ = true;
  bool all_digits_ = true;
};

std::string standing_of(const Frame& frame, const StackColumn& column) {
  if (column.here) return std::string(frame.text(kHere));
  switch (column.use) {
    case StackUse::thread:
      return fill(frame.text(kOnAnother), {{"m", "m" + std::to_string(column.thread)}});
    case StackUse::sched:
      return std::string(frame.text(kSaved));
    case StackUse::none:
      break;
  }
  return std::string(frame.text(kUnused));
}

}  // namespace

void draw_stack_column(Frame& frame, const StackColumn& column, Rect rect, std::string_view id,
                       Color accent) {
  const std::string title = std::string(frame.text(kStackOf)) + " " + column.name;
  const std::string state = standing_of(frame, column);
  std::string range;
  const bool changed = std::any_of(column.words.begin(), column.words.end(),
                                   [](const StackCell& word) { return word.changed; });
  if (!column.hi.is_nil() && !changed && column.news.empty() && !column.pinned) {
    range = draw::hex_short(column.lo.value()) + "–" + draw::hex_short(column.hi.value());
    // Half a range would be no help.
    const float taken = draw::measure(frame.fonts.strong, title).x + draw::measure(frame.fonts.mono, range).x;
    if (taken + frame.px(160) > rect.width()) range.clear();
  }
  const Rect content = draw::begin_part(
      frame, rect, {id, column.name.empty() ? frame.text(kStacks) : std::string_view(title), range, accent});
  std::string news = column.news;
  Target target = column.news_target;
  if (column.words.empty()) {
    draw::empty(frame, content, frame.text(kNoGoroutine));
  } else {
    ColumnDrawing drawing(frame, column, accent);
    drawing.draw(content);
    if (const std::optional<Addr> missed = drawing.missed()) {
      news = draw::hex_tail(missed->value());
      target = target_of_memory(*missed);
    }
  }
  draw::end_panel();
  if (column.name.empty()) return;
  const bool in_use = column.use == StackUse::thread;
  const float middle = draw::header_middle(frame, rect);
  const float chip = rect.max.x - frame.px(10) - draw::chip_width(frame, state);
  draw::chip(frame, chip, middle, in_use ? Color::yellow : Color::text_dim,
             column.here ? draw::ChipShape::filled
             : in_use    ? draw::ChipShape::outline
                         : draw::ChipShape::quiet,
             state);
  // Between title and chip: the pin, and what has changed out of sight, which leads to it.
  float x = rect.min.x + frame.px(33) + draw::measure(frame.fonts.strong, title).x;
  if (column.pinned && x + pin_width(frame) + frame.px(10) < chip) {
    x = draw_pin(frame, x, middle, "pin." + column.name) + frame.px(10);
  }
  if (news.empty()) return;
  ImFont* mono = frame.fonts.mono;
  // Where there is no room for its words a mark is left.
  const std::string words =
      x + draw::measure(mono, news).x < chip - frame.px(8) ? news : kNewsShort.str(frame.ui.language);
  const float left = std::min(x, chip - frame.px(8) - draw::measure(mono, words).x);
  const float right =
      draw::text(mono, {left, middle - mono->FontSize / 2}, frame.theme[Color::orange], words);
  link(frame, "stacks.news", {{left, middle - frame.px(10)}, {right, middle + frame.px(10)}}, target);
}

}  // namespace gogoscope
