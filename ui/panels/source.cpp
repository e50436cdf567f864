#include "ui/panels/source.h"

#include <algorithm>

#include "asm/seed_comments.h"
#include "ui/draw.h"
#include "ui/function_kind.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

const Words kNoSource{"There is no source text for this PC.", "此 PC 没有对应的源码。"};
const Words kNotThere{"This file is not there, or not the one that the program was built from.",
                      "找不到这个文件，或者它不是构建程序时的那一个。"};
const Words kBackToPc{"back to PC", "回到 PC"};

constexpr float kRow = 21;
constexpr float kGutter = 60;

std::string with_spaces(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (c == '\t') {
      out.append(4 - out.size() % 4, ' ');
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

void SourcePanel::clear() {
  source_ = -1;
  lines_.clear();
  file_.clear();
  path_.clear();
  function_.clear();
  current_line_ = last_line_ = linked_line_ = 0;
}

void SourcePanel::load(const Code& code, std::uint32_t source, Language language) {
  clear();
  language_ = language;
  source_ = source;
  const SourceFile& file = code.sources()[source];
  path_ = file.name;
  file_ = path_.substr(path_.rfind('/') + 1);
  lines_.reserve(file.lines.size());  // spans point into the texts: the lines must not move
  for (const std::string& text : file.lines) {
    Line& line = lines_.emplace_back();
    // Only our own texts carry comments in both languages.
    line.text = with_spaces(code.rows().empty() ? plan9::listing_line(text, language) : text);
    line.spans = highlight(line.text, file.language);
  }
  find_places(code);
}

void SourcePanel::find_places(const Code& code) {
  const auto add = [&](CodeAddr pc, std::uint32_t number) {
    if (number == 0 || number > lines_.size()) return;
    Line& line = lines_[number - 1];
    if (line.pc != CodeAddr()) return;
    line.pc = pc;
    line.here = {Target::Kind::code, code.symbolize(pc), Addr(pc.value()), 0, 0};
  };
  // Prologue instructions belong to the TEXT line, which gets no breakpoint of its own: the function's
  // name does that better.
  for (const Instruction& instruction : code.instructions()) {
    if (instruction.prologue || code.functions()[instruction.function].source != source_) continue;
    add(instruction.pc, instruction.line);
  }
  // A line that was inlined is in other functions too; its own is the first choice.
  for (const bool own : {true, false}) {
    for (const LineRow& row : code.rows()) {
      if (row.file != source_ || row.line == 0 || !code.starts_line(row.pc)) continue;
      const Function* const function = code.function_at(row.pc);
      if (function != nullptr && (function->source == source_) == own) add(row.pc, row.line);
    }
  }
}

void SourcePanel::rebuild(const View& view, const UiState& ui) {
  const Code& code = view.guest->code;
  const bool linked = ui.code_at != CodeAddr();
  const auto line_at = [&](CodeAddr pc) { return code.line_at(code.place(pc).behind ? pc + -1 : pc); };
  const CodeAddr shown_pc = linked ? ui.code_at : view.pc();
  const Function* function = code.place(shown_pc).function;
  const LineRef shown = line_at(shown_pc);
  // Code that was inlined is in another file than its function.
  const std::uint32_t source = shown.known() ? shown.source : function != nullptr ? function->source : 0;
  if (function == nullptr || source >= code.sources().size()) {
    clear();
    return;
  }
  if (source_ != source || language_ != ui.language) load(code, source, ui.language);
  function_ = function->name;
  kind_ = function->kind;
  last_line_ = current_line_;
  const auto line_here = [&](CodeAddr pc) {
    const LineRef line = line_at(pc);
    return line.source == source ? line.line : 0;
  };
  current_line_ = line_here(view.pc());
  linked_line_ = linked ? line_here(shown_pc) : 0;
  for (Line& line : lines_) {
    line.breakpoint = false;
    line.cursor = line.pc != CodeAddr() && line.pc == ui.cursor_place;
    line.in_shown = false;
  }
  const auto row_of = [&](CodeAddr pc) {
    const std::uint32_t number = line_here(pc);
    return number == 0 || number > lines_.size() ? nullptr : &lines_[number - 1];
  };
  for (const CodeAddr pc : code.line_starts(*function)) {
    if (Line* const line = row_of(pc)) line->in_shown = true;
  }
  for (const Breakpoint& breakpoint : *view.breakpoints) {
    for (const CodeAddr pc : breakpoint.addresses) {
      if (Line* const line = row_of(pc)) line->breakpoint = true;
    }
  }
}

void SourcePanel::draw_highlight(Frame& frame, ImVec2 top_left, float width) const {
  if (current_line_ == 0 || current_line_ > lines_.size()) return;
  // While the moment is new, the highlight is still on its way from the line before.
  const float height = frame.px(kRow);
  const float to = static_cast<float>(current_line_ - 1);
  const float from = last_line_ == 0 ? to : static_cast<float>(last_line_ - 1);
  const float y = top_left.y + height * (from + (to - from) * frame.motion.progress());
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({top_left.x, y}, {top_left.x + width, y + height},
                      frame.theme.tint(Color::blue, 0.15F));
  list->AddRectFilled({top_left.x, y}, {top_left.x + frame.px(3), y + height}, frame.theme[Color::yellow]);
}

void SourcePanel::draw_line(Frame& frame, std::uint32_t number) {
  const Line& line = lines_[number - 1];
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Rect row = draw::row(frame.px(kRow));
  const bool current = number == current_line_;
  if (current) {
    frame.widgets.note("source.current", row);
    frame.anchors.source_line = row;
  }
  if (!ImGui::IsRectVisible(row.min, row.max)) return;
  const float middle = row.center().y;
  const float text_y = middle - frame.fonts.mono->FontSize / 2;
  const float gutter = row.min.x + frame.px(kGutter);

  if (line.pc != CodeAddr()) {
    const std::string name = std::to_string(number);
    const Pressed dot = frame.area("source.line." + name, {row.min, {gutter, row.max.y}});
    if (dot.primary)
      frame.commands.push_back({CommandId::toggle_break, place_of(line.pc, frame.view.guest->code)});
    const ImVec2 at{row.min.x + frame.px(15), middle};
    if (line.breakpoint) {
      list->AddCircleFilled(at, frame.px(5), theme[Color::red]);
    } else if (dot.hovered || dot.focused) {
      list->AddCircle(at, frame.px(5), theme[Color::red]);
    }
    const Pressed text = frame.area("source.text." + name, {{gutter, row.min.y}, row.max});
    if (text.primary) frame.ui.cursor_place = line.cursor ? CodeAddr() : line.pc;
    if (text.menu) open_menu(frame, line.here);
  }
  if (number == linked_line_) {
    list->AddRectFilled({gutter, row.min.y}, row.max, theme.tint(Color::blue, 0.12F));
  }
  if (line.cursor) {
    list->AddRect({gutter + frame.px(10), row.min.y + 1}, {row.max.x - frame.px(4), row.max.y - 1},
                  theme[Color::blue], frame.px(3));
  }
  if (current) {
    const float x = row.min.x + frame.px(24);
    list->AddTriangleFilled({x, middle - frame.px(5)}, {x + frame.px(8), middle}, {x, middle + frame.px(5)},
                            theme[Color::yellow]);
  }
  draw::text_right(frame.fonts.mono, gutter, text_y, theme[current ? Color::text : Color::text_dim],
                   std::to_string(number));
  if (line.in_shown) draw_kind_rail(frame, gutter + frame.px(6), row.min.y, row.max.y, kind_);
  float x = gutter + frame.px(16);
  for (const Span& span : line.spans) {
    // What is dim elsewhere must be read on the highlight, too.
    const Color ink = current && span.color == Color::text_dim ? Color::text_soft : span.color;
    x = draw::text_until(frame.fonts.mono, {x, text_y}, row.max.x - frame.px(6), theme[ink], span.text);
    if (x > row.max.x - frame.px(14)) break;
  }
}

void SourcePanel::scroll(const Frame& frame, float height) const {
  const std::uint32_t wanted = linked_line_ > 0 ? linked_line_ : current_line_;
  if (!frame.ui.scroll_to_now || wanted == 0 || wanted > lines_.size()) return;
  // Move only if the line is out of sight, with some lines of surroundings: a text that jumps at every step
  // cannot be read.
  const float row = frame.px(kRow);
  const float y = static_cast<float>(wanted - 1) * row;
  const float top = ImGui::GetScrollY();
  if (y < top + 2 * row || y > top + height - 3 * row) ImGui::SetScrollY(std::max(0.0F, y - height * 0.4F));
}

void SourcePanel::draw(Frame& frame, Rect rect) {
  const std::string detail = function_.empty() ? "" : file_ + " · " + function_;
  const Rect content = draw::begin_panel(frame, rect, PanelId::source, detail);
  if (lines_.empty() && current_line_ != 0 && !path_.empty()) {
    draw::empty(frame, content,
                path_ + ":" + std::to_string(current_line_) + "\n" + std::string(frame.text(kNotThere)));
  } else if (lines_.empty()) {
    draw::empty(frame, content, frame.text(kNoSource));
  } else {
    scroll(frame, content.height());
    draw_highlight(frame, ImGui::GetCursorScreenPos(), ImGui::GetContentRegionAvail().x);
    for (std::uint32_t n = 1; n <= lines_.size(); ++n) draw_line(frame, n);
    ImGui::Dummy({1, frame.px(kRow)});
  }
  draw::end_panel();
  if (function_.empty()) return;
  const float left = draw_kind_chip(frame, rect, kind_);
  if (frame.ui.code_at == CodeAddr()) return;
  const std::string_view words = frame.text(kBackToPc);
  const float width = draw::chip_width(frame, words);
  const float middle = draw::header_middle(frame, rect);
  const Rect box{{left - frame.px(8) - width, middle - frame.px(10)},
                 {left - frame.px(8), middle + frame.px(10)}};
  if (frame.area("source.follow-pc", box).primary) frame.ui.code_at = CodeAddr();
  draw::chip(frame, box.min.x, middle, Color::yellow, draw::ChipShape::outline, words);
}

}  // namespace gogoscope
