#include "ui/overlays/start_page.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "asm/text/printable.h"
#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/overlays/surface.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

const Words kTitle{"gogoscope", "gogoscope"};
const Words kAbout{"Step through Go's scheduler, forwards and backwards",
                   "逐步观察 Go 调度器，可前进也可后退"};
const Words kChoose{"Open a file", "打开文件"};
const Words kSearch{"Search examples", "搜索示例"};
const Words kPath{"Folder or file", "文件夹或文件"};
const Words kKeys{"↑ ↓ choose · Enter opens · Esc closes", "↑ ↓ 选择 · Enter 打开 · Esc 关闭"};

constexpr float kWidth = 760;
constexpr float kHead = 52;
constexpr float kField = 46;
constexpr float kRow = 30;
constexpr float kFooter = 30;

bool can_be_chosen(const StartRow& row) { return row.kind != StartRow::Kind::heading; }

/// Where the chooser begins: beside the file that is shown, else where the program was started.
std::string first_folder(const UiState& ui) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path shown(ui.path);
  fs::path folder = ui.path.empty() ? fs::current_path(error) : fs::absolute(shown, error).parent_path();
  std::string text = folder.string();
  if (text.empty() || text.back() != '/') text += '/';
  return text;
}

void draw_row(Frame& frame, Rect row, const StartRow& what, bool chosen) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* words = frame.fonts.words;
  const float y = row.center().y - words->FontSize / 2;
  const float left = row.min.x + frame.px(14);
  const float right = row.max.x - frame.px(10);
  if (what.kind == StartRow::Kind::heading) {
    draw::text_until(frame.fonts.strong, {left, row.max.y - frame.px(4) - frame.fonts.strong->FontSize},
                     right, frame.theme[Color::blue], what.words);
    return;
  }
  if (chosen) {
    list->AddRectFilled(row.min, row.max, frame.theme[Color::raised], frame.px(6));
    list->AddRectFilled({row.min.x, row.min.y + frame.px(5)},
                        {row.min.x + frame.px(3), row.max.y - frame.px(5)}, frame.theme[Color::blue],
                        frame.px(1.5F));
  }
  float end = right;
  if (what.kind == StartRow::Kind::browse) {
    const std::string_view shortcut = info(ActionId::open_file).shortcut;
    end -= key_caps_width(frame, shortcut) + frame.px(10);
    draw_key_caps(frame, end + frame.px(10), row.center().y, shortcut);
  }
  const float x =
      draw::text_until(words, {left, y}, end, frame.theme[Color::text], what.words) + frame.px(14);
  ImFont* mono = frame.fonts.mono;
  const float note = std::max(x, end - draw::measure(mono, what.note).x);
  if (!what.note.empty() && note + frame.px(40) < end) {
    draw::text_until(mono, {note, row.center().y - mono->FontSize / 2}, end + 1, frame.theme[Color::text_dim],
                     what.note);
  }
}

}  // namespace

void StartPage::open(const Frame& frame) {
  shown_ = frame.ui.start;
  field_.open(shown_ == StartMode::files ? first_folder(frame.ui) : "");
  language_.reset();
  if (!library_ && make_library_) library_ = make_library_();
}

void StartPage::refresh(const Frame& frame, const std::vector<std::string>& recent) {
  if (language_ == frame.ui.language && asked_ == field_.text()) return;
  language_ = frame.ui.language;
  asked_ = field_.text();
  rows_ = shown_ == StartMode::files
              ? file_rows(asked_, *language_)
              : start_rows(library_.value_or(Library()), recent, asked_, *language_, frame.ui.lessons);
  // A newcomer has opened nothing, and reads what this is.
  const std::string& title = frame.view.title.in(*language_);
  if (!rows_.empty() && rows_.front().kind == StartRow::Kind::resume)
    rows_.front().note = on_one_line(title.empty() ? frame.view.name : title);
  for (const StartRow& row : rows_) frame.ui.new_words.append(row.words).append(row.note);
  const auto first = std::find_if(rows_.begin(), rows_.end(), can_be_chosen);
  chosen_ = first == rows_.end() ? 0 : static_cast<std::size_t>(first - rows_.begin());
  show_chosen_ = true;
}

void StartPage::move(int by) {
  const auto count = static_cast<std::ptrdiff_t>(rows_.size());
  auto at = static_cast<std::ptrdiff_t>(chosen_);
  do {
    at += by;
    if (at < 0 || at >= count) return;
  } while (!can_be_chosen(rows_[static_cast<std::size_t>(at)]));
  chosen_ = static_cast<std::size_t>(at);
  show_chosen_ = true;
}

void StartPage::choose(Frame& frame, const StartRow& row) {
  switch (row.kind) {
    case StartRow::Kind::heading:
      return;
    case StartRow::Kind::folder:
      field_.put(row.path);
      return;
    case StartRow::Kind::browse:
      frame.ui.start = StartMode::files;
      return;
    case StartRow::Kind::resume:
      break;
    case StartRow::Kind::file:
      frame.ui.to_open = row.path;
      break;
  }
  frame.ui.start = StartMode::none;
}

void StartPage::draw_rows(Frame& frame, Rect area) {
  ImGui::SetCursorScreenPos(area.min);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  imgui_api::begin_child("rows", {area.width(), std::max(area.height(), 1.0F)},
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  const float height = frame.px(kRow);
  if (std::exchange(show_chosen_, false)) {
    // The heading above the first row is seen with it.
    const float top = chosen_ <= 1 ? 0 : static_cast<float>(chosen_) * height;
    if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
    if (top + height > ImGui::GetScrollY() + area.height()) ImGui::SetScrollY(top + height - area.height());
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Rect row = draw::row(height);
    row.min.x += frame.px(6);
    row.max.x -= frame.px(6);
    if (row.max.y < area.min.y || row.min.y > area.max.y) continue;
    if (can_be_chosen(rows_[i])) {
      const Pressed pressed = frame.area("start.row." + std::to_string(i), row);
      if (pressed.hovered && (moved.x != 0 || moved.y != 0)) chosen_ = i;
      if (pressed.primary) {
        chosen_ = i;
        executes_ = true;
      }
    }
    draw_row(frame, row, rows_[i], i == chosen_);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

void StartPage::draw(Frame& frame, Rect window, const std::vector<std::string>& recent) {
  if (frame.ui.start == StartMode::none) {
    shown_ = StartMode::none;
    return;
  }
  const bool just_opened = shown_ != frame.ui.start;
  if (just_opened) open(frame);

  begin_surface(frame, window, "start", false);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(window.min, window.max, frame.theme[Color::background]);
  const float margin = frame.px(16);
  const float width = std::min(frame.px(kWidth), window.width() - 2 * margin);
  const float left = window.center().x - width / 2;
  const Rect body{{left, window.min.y + margin}, {left + width, window.max.y - margin}};
  draw_sheet(frame, body);
  frame.widgets.note("start", body);

  ImFont* story = frame.fonts.story;
  ImFont* words = frame.fonts.words;
  const float head = body.min.y + frame.px(kHead);
  const float middle = (body.min.y + head) / 2;
  const bool files = shown_ == StartMode::files;
  const float right = body.max.x - frame.px(18);
  const float x = draw::text_until(story, {body.min.x + frame.px(20), middle - story->FontSize / 2}, right,
                                   frame.theme[Color::text], frame.text(files ? kChoose : kTitle)) +
                  frame.px(16);
  if (!files) {
    draw::text_until(words, {x, middle - words->FontSize / 2}, right, frame.theme[Color::text_soft],
                     frame.text(kAbout));
  }
  const float field_bottom = head + frame.px(kField);
  list->AddLine({body.min.x, head}, {body.max.x, head}, frame.theme[Color::line]);
  list->AddLine({body.min.x, field_bottom}, {body.max.x, field_bottom}, frame.theme[Color::line]);
  frame.widgets.note("start.input", {{body.min.x, head}, {body.max.x, field_bottom}});
  refresh(frame, recent);
  field_.draw(frame, {{body.min.x, head}, {body.max.x, field_bottom}}, files ? kPath : kSearch);
  refresh(frame, recent);

  executes_ = false;
  const float footer = body.max.y - frame.px(kFooter);
  if (!just_opened) {
    const int page = std::max(static_cast<int>((footer - field_bottom) / frame.px(kRow)) - 1, 1);
    executes_ = imgui_api::pressed(Key::enter);
    if (imgui_api::pressed(Key::down)) move(1);
    if (imgui_api::pressed(Key::up)) move(-1);
    for (int i = 0; i < page && imgui_api::pressed(Key::page_down); ++i) move(1);
    for (int i = 0; i < page && imgui_api::pressed(Key::page_up); ++i) move(-1);
  }
  draw_rows(frame, {{body.min.x, field_bottom + frame.px(4)}, {body.max.x, footer}});
  list = ImGui::GetWindowDrawList();
  list->AddLine({body.min.x, footer}, {body.max.x, footer}, frame.theme[Color::line]);
  draw::text_until(words, {body.min.x + frame.px(20), footer + (frame.px(kFooter) - words->FontSize) / 2},
                   right, frame.theme[Color::text_dim], frame.text(kKeys));
  if (executes_ && chosen_ < rows_.size()) choose(frame, StartRow(rows_[chosen_]));
  end_surface(frame, window, body);
}

}  // namespace gogoscope
