#include "ui/panels/source.h"

#include "ui/draw.h"

namespace gogoscope {
namespace {

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

void SourcePanel::load(const Code& code, std::uint32_t source) {
  lines_.clear();
  line_at_.clear();
  const SourceFile& file = code.sources()[source];
  file_ = file.name;
  lines_.reserve(file.lines.size());  // spans point into the texts: the lines must not move
  for (const std::string& text : file.lines) {
    Line& line = lines_.emplace_back();
    line.text = with_spaces(text);
    line.spans = highlight(line.text, file.language);
  }
  // Prologue instructions belong to the TEXT line, which gets no breakpoint of its own: the function's
  // name does that better.
  for (const Instruction& instruction : code.instructions()) {
    if (code.functions()[instruction.function].source != source) continue;
    if (instruction.line == 0 || instruction.line > lines_.size()) continue;
    line_at_.emplace(instruction.pc, instruction.line);
    Line& line = lines_[instruction.line - 1];
    if (line.pc == CodeAddr() && !instruction.prologue) line.pc = instruction.pc;
  }
}

void SourcePanel::rebuild(const View& view, const UiState&) {
  const Code& code = view.guest->code;
  const Function* function = view.function();
  const Instruction* instruction = code.instruction_at(view.pc());
  current_line_ = instruction != nullptr ? instruction->line : 0;
  prologue_ = instruction != nullptr && instruction->prologue;
  if (function == nullptr || function->source >= code.sources().size()) {
    code_ = nullptr;
    source_ = -1;
    lines_.clear();
    file_.clear();
    function_.clear();
    return;
  }
  if (code_ != &code || source_ != function->source) {
    load(code, function->source);
    code_ = &code;
    source_ = function->source;
  }
  function_ = function->name;
  kind_ = function->kind;
  for (Line& line : lines_) line.breakpoint = false;
  for (const Breakpoint& breakpoint : *view.breakpoints) {
    for (const CodeAddr pc : breakpoint.addresses) {
      if (const auto it = line_at_.find(pc); it != line_at_.end()) lines_[it->second - 1].breakpoint = true;
    }
  }
}

void SourcePanel::draw_line(Frame& frame, std::uint32_t number, bool current) {
  const Line& line = lines_[number - 1];
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float height = frame.px(21);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Rect row{at, {at.x + width, at.y + height}};
  const float middle = row.center().y;
  const float text_y = middle - frame.fonts.mono->FontSize / 2;

  if (current) {
    frame.widgets.note("source.current", row);
    list->AddRectFilled(row.min, row.max, theme.tint(Color::blue, 0.22F));
    list->AddRectFilled(row.min, {row.min.x + frame.px(3), row.max.y}, theme[Color::yellow]);
  }
  // The gutter is the breakpoint's button; lines without code have none.
  if (line.pc != CodeAddr()) {
    const std::string name = "source.line." + std::to_string(number);
    ImGui::PushID(static_cast<int>(number));
    if (ImGui::InvisibleButton("gutter", {frame.px(60), height})) {
      frame.commands.push_back({CommandId::toggle_break, code_->symbolize(line.pc)});
    }
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    frame.widgets.note(name, {row.min, {row.min.x + frame.px(60), row.max.y}});
    const ImVec2 dot{row.min.x + frame.px(15), middle};
    if (line.breakpoint) {
      list->AddCircleFilled(dot, frame.px(5), theme[Color::red]);
    } else if (hovered) {
      list->AddCircle(dot, frame.px(5), theme[Color::red]);
    }
  }
  if (current) {
    const float x = row.min.x + frame.px(24);
    list->AddTriangleFilled({x, middle - frame.px(5)}, {x + frame.px(8), middle}, {x, middle + frame.px(5)},
                            theme[Color::yellow]);
  }
  draw::text_right(frame.fonts.mono, row.min.x + frame.px(60), text_y,
                   theme[current ? Color::text : Color::text_dim], std::to_string(number));
  float x = row.min.x + frame.px(74);
  for (const Span& span : line.spans) {
    x = draw::text_until(frame.fonts.mono, {x, text_y}, row.max.x - frame.px(6), theme[span.color],
                         span.text);
    if (x > row.max.x - frame.px(12)) break;
  }
  ImGui::SetCursorScreenPos({at.x, at.y + height});
}

void SourcePanel::draw(Frame& frame, Rect rect) {
  const std::string detail = function_.empty() ? "" : file_ + " · " + function_;
  const Rect content =
      draw::begin_panel(frame, rect, {"source", frame.text(Phrase::source), detail, Color::blue});
  if (lines_.empty()) {
    draw::empty(frame, content, frame.text(Phrase::no_source));
  } else {
    const float height = frame.px(21);
    if (frame.ui.scroll_to_now && current_line_ > 0) {
      // Move only if the line is out of sight, with some lines of surroundings: a text that jumps at
      // every step cannot be read.
      const float y = static_cast<float>(current_line_ - 1) * height;
      const float top = ImGui::GetScrollY();
      if (y < top + 2 * height || y > top + content.height() - 3 * height) {
        ImGui::SetScrollY(std::max(0.0F, y - content.height() * 0.4F));
      }
    }
    for (std::uint32_t n = 1; n <= lines_.size(); ++n) draw_line(frame, n, n == current_line_);
    ImGui::Dummy({1, height});
  }
  draw::end_panel();
  if (function_.empty()) return;
  const Phrase word = kind_ == FunctionKind::real       ? Phrase::real
                      : kind_ == FunctionKind::modelled ? Phrase::modelled
                                                        : Phrase::task;
  const std::string_view label = frame.text(word);
  const bool modelled = kind_ == FunctionKind::modelled;
  draw::chip(frame, rect.max.x - frame.px(10) - draw::chip_width(frame, label),
             draw::header_middle(frame, rect), modelled ? Color::purple : Color::green,
             modelled ? draw::ChipShape::dashed : draw::ChipShape::filled, label);
}

}  // namespace gogoscope
