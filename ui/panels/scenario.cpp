#include "ui/panels/scenario.h"

#include <algorithm>
#include <utility>

#include "asm/text/utf8.h"
#include "ui/draw.h"
#include "ui/panels/yaml_colours.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kNoText{"This run was opened from a record: there is no scenario file to show.",
                    "这次运行是从记录打开的，没有场景文件可显示。"};
const Words kOneError{"1 error", "1 个错误"};
const Words kErrors{"errors", "个错误"};

constexpr float kRow = 21;
constexpr float kNumbers = 60;      // the right edge of line numbers
constexpr float kText = 74;         // where text begins
constexpr float kMessage = 20;      // a line of a message
constexpr float kLeastWidth = 240;  // for a message; one that begins further right is moved left

std::string chip_text(std::size_t count, Language language) {
  if (count == 1) return kOneError.str(language);
  return std::to_string(count) + " " + kErrors.str(language);
}

std::size_t byte_of_column(std::string_view line, int column) {
  return byte_of_character(line, static_cast<std::size_t>(std::max(column, 1) - 1));
}

/// Whether a line is the one that a diagnostic quotes, or a part of.
bool reads(std::string_view line, std::string quoted) {
  std::replace(quoted.begin(), quoted.end(), '\t', ' ');
  const std::size_t first = quoted.find_first_not_of(' ');
  const std::size_t last = quoted.find_last_not_of(" \r");
  return first == std::string::npos ||
         line.find(std::string_view(quoted).substr(first, last + 1 - first)) != std::string_view::npos;
}

}  // namespace

/// Where a mistake is marked, and where its message is.
struct ScenarioPanel::Mark {
  float from;  ///< x of the first character concerned
  float to;
  float message;
  std::vector<std::string_view> words;
};

void ScenarioPanel::load(const std::string& text) {
  text_ = text;
  lines_.clear();
  spans_.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string& line = lines_.emplace_back(text, at, end - at);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    // One character stays one character, so that columns fit.
    std::replace(line.begin(), line.end(), '\t', ' ');
    at = end + 1;
  }
  YamlColours colours;
  for (const std::string& line : lines_) spans_.push_back(colours.next_line(line));
}

void ScenarioPanel::take_mistakes(const View& view, Language language) {
  std::vector<Mistake> found;
  if (view.errors != nullptr) {
    for (const Diagnostic& d : *view.errors) {
      Mistake& mistake = found.emplace_back();
      mistake.column = std::max(d.column, 1);
      mistake.width = std::max(d.width, 1);
      mistake.message = d.message.in(language);
      // An included file has lines of its own: its mistakes are above the text, with their place in words.
      const bool in_range = d.line >= 1 && static_cast<std::size_t>(d.line) <= lines_.size();
      if (in_range && reads(lines_[static_cast<std::size_t>(d.line) - 1], d.source_line)) {
        mistake.line = static_cast<std::size_t>(d.line);
      } else {
        mistake.message = d.file + ":" + std::to_string(d.line) + ": " + mistake.message;
      }
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Mistake& a, const Mistake& b) { return a.line < b.line; });
  const auto same = [](const Mistake& a, const Mistake& b) {
    return a.line == b.line && a.column == b.column && a.message == b.message;
  };
  if (!std::equal(found.begin(), found.end(), mistakes_.begin(), mistakes_.end(), same)) show_first_ = true;
  mistakes_ = std::move(found);
  first_mistake_.assign(lines_.size() + 2, mistakes_.size());
  for (std::size_t i = mistakes_.size(); i-- > 0;) first_mistake_[mistakes_[i].line] = i;
  for (std::size_t line = lines_.size() + 1; line-- > 0;)
    first_mistake_[line] = std::min(first_mistake_[line], first_mistake_[line + 1]);
}

void ScenarioPanel::rebuild(const View& view, const UiState& ui) {
  name_ = view.name;
  const std::string none;
  const std::string& text = view.scenario_text == nullptr ? none : *view.scenario_text;
  if (text != text_) load(text);
  take_mistakes(view, ui.language);
  measured_width_ = 0;
}

ScenarioPanel::Mark ScenarioPanel::mark_of(const Frame& frame, const Mistake& mistake, float left,
                                           float right) const {
  ImFont* mono = frame.fonts.mono;
  Mark mark{left, left, left, {}};
  if (mistake.line > 0) {
    const std::string_view line = lines_[mistake.line - 1];
    const std::size_t from = byte_of_column(line, mistake.column);
    const std::size_t to = byte_of_column(line, mistake.column + mistake.width);
    const float space = draw::measure(mono, " ").x;
    mark.from = left + draw::measure(mono, line.substr(0, from)).x;
    mark.to = mark.from + std::max(draw::measure(mono, line.substr(from, to - from)).x, space);
    // What is to the right of the panel is marked at its edge.
    mark.from = std::min(mark.from, right - space);
    mark.to = std::min(mark.to, right);
    mark.message = std::max(std::min(mark.from, right - frame.px(kLeastWidth)), left);
  }
  mark.words = wrap(frame.fonts.words, mistake.message, right - mark.message);
  return mark;
}

void ScenarioPanel::measure(const Frame& frame, float width) {
  if (measured_width_ == width && measured_scale_ == frame.scale) return;
  measured_width_ = width;
  measured_scale_ = frame.scale;
  tops_.assign(1, 0);
  float y = 0;
  for (std::size_t line = 0; line <= lines_.size(); ++line) {
    if (line > 0) {
      tops_.push_back(y);
      y += frame.px(kRow);
    }
    for (std::size_t i = first_mistake_[line]; i < first_mistake_[line + 1]; ++i) {
      const Mark mark = mark_of(frame, mistakes_[i], frame.px(kText), width - frame.px(12));
      y += frame.px(kMessage) * static_cast<float>(mark.words.size()) + frame.px(12);
    }
  }
  tops_.push_back(y);
}

float ScenarioPanel::draw_mistake(Frame& frame, std::size_t index, float y, Rect content) {
  const Mistake& mistake = mistakes_[index];
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  const float left = content.min.x + frame.px(kText);
  const float right = content.max.x - frame.px(12);
  const Mark mark = mark_of(frame, mistake, left, right);
  const float height = frame.px(kMessage) * static_cast<float>(mark.words.size()) + frame.px(12);
  const Rect box{{content.min.x, y}, {content.max.x, y + height}};
  frame.widgets.note("scenario.error." + std::to_string(index), box);
  list->AddRectFilled(box.min, box.max, theme.tint(Color::red, 0.09F));
  list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::red]);
  if (mistake.line > 0) {
    // The mark under the characters concerned, and the caret that the message hangs on.
    list->AddRectFilled({mark.from, y - frame.px(2)}, {mark.to, y}, theme[Color::red]);
    const float half = frame.px(4.5F);
    const float tip = std::max(mark.from + frame.px(4), mark.message + half);
    list->AddTriangleFilled({tip, y + frame.px(1)}, {tip - half, y + frame.px(7)},
                            {tip + half, y + frame.px(7)}, theme[Color::red]);
  }
  float text_y = y + frame.px(8);
  for (const std::string_view words : mark.words) {
    draw::text(frame.fonts.words, {mark.message, text_y}, theme[Color::text], words);
    text_y += frame.px(kMessage);
  }
  return box.max.y;
}

void ScenarioPanel::draw_line(Frame& frame, std::size_t number, float y, Rect content) {
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Rect row{{content.min.x, y}, {content.max.x, y + frame.px(kRow)}};
  const float middle = row.center().y;
  const float text_y = middle - mono->FontSize / 2;
  const bool wrong = first_mistake_[number] < first_mistake_[number + 1];
  frame.widgets.note("scenario.line." + std::to_string(number), row);
  if (wrong) {
    list->AddRectFilled(row.min, row.max, theme.tint(Color::red, 0.09F));
    list->AddRectFilled(row.min, {row.min.x + frame.px(3), row.max.y}, theme[Color::red]);
    const ImVec2 c{row.min.x + frame.px(17), middle};
    list->AddCircleFilled(c, frame.px(7), theme[Color::red]);
    const ImU32 ink = theme[Color::panel];
    list->AddLine({c.x, c.y - frame.px(4)}, {c.x, c.y + frame.px(1)}, ink, frame.px(2));
    list->AddCircleFilled({c.x, c.y + frame.px(3.5F)}, frame.px(1.2F), ink);
  }
  draw::text_right(mono, row.min.x + frame.px(kNumbers), text_y, theme[wrong ? Color::text : Color::text_dim],
                   std::to_string(number));
  float x = row.min.x + frame.px(kText);
  const float right = row.max.x - frame.px(12);
  for (const Span& span : spans_[number - 1]) {
    x = draw::text_until(mono, {x, text_y}, right, theme[span.color], span.text);
    if (x >= right - frame.px(8)) break;
  }
}

void ScenarioPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, kId, name_);
  if (lines_.empty() && mistakes_.empty()) {
    draw::empty(frame, content, frame.text(kNoText));
    draw::end_panel();
    return;
  }
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  measure(frame, width);
  if (std::exchange(show_first_, false) && !mistakes_.empty()) {
    const std::size_t line = mistakes_.front().line;
    const float y = line == 0 ? 0 : tops_[line];
    ImGui::SetScrollY(std::max(0.0F, y - content.height() * 0.3F));
  }
  const Rect area{origin, {origin.x + width, origin.y}};
  const float seen_top = ImGui::GetScrollY();
  const float seen_bottom = seen_top + content.height();
  // Of a long file only what is in sight is drawn.
  if (seen_top < tops_[std::min<std::size_t>(1, tops_.size() - 1)]) {
    float y = origin.y;
    for (std::size_t i = first_mistake_[0]; i < first_mistake_[1]; ++i) y = draw_mistake(frame, i, y, area);
  }
  const auto after = std::upper_bound(tops_.begin() + 1, tops_.end(), seen_top);
  const auto first = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - tops_.begin() - 1, 1));
  for (std::size_t line = first; line <= lines_.size() && tops_[line] < seen_bottom; ++line) {
    draw_line(frame, line, origin.y + tops_[line], area);
    float y = origin.y + tops_[line] + frame.px(kRow);
    for (std::size_t i = first_mistake_[line]; i < first_mistake_[line + 1]; ++i)
      y = draw_mistake(frame, i, y, area);
  }
  ImGui::Dummy({1, tops_.back() + frame.px(kRow)});
  draw::end_panel();
  if (mistakes_.empty()) return;
  const std::string count = chip_text(mistakes_.size(), frame.ui.language);
  draw::chip(frame, rect.max.x - frame.px(10) - draw::chip_width(frame, count),
             draw::header_middle(frame, rect), Color::red, draw::ChipShape::filled, count);
}

}  // namespace gogoscope
