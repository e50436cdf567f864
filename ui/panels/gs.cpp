#include "ui/panels/gs.h"

#include <algorithm>

#include "emu/layout/entities.h"
#include "emu/layout/goroutines.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "emu/session/views/named_by.h"
#include "scenarios/told/status_gloss.h"
#include "ui/draw.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

const Words kColumnName{"name", "名称"};
const Words kColumnGoid{"goid", "goid"};
const Words kColumnStatus{"status", "状态"};
const Words kColumnRuns{"runs", "运行"};
const Words kColumnM{"m", "m"};
const Words kColumnSp{"sched.sp", "sched.sp"};
const Words kColumnPc{"sched.pc", "sched.pc"};
const Words kColumnNamedBy{"named by", "被指向"};

enum Column { kName, kGoid, kStatus, kRuns, kM, kSp, kPc, kNamedBy };

constexpr float kRowHeight = 26;
constexpr float kMarkWidth = 16;  ///< of a status, before its word

/// What is kept first where there is no room for all.
constexpr Column kByWeight[] = {kName, kStatus, kRuns, kGoid, kNamedBy, kM, kPc, kSp};

Color color_of(std::uint32_t status) {
  switch (status & ~kGscan) {
    case kGrunning:
    case kGrunnable:
      return Color::green;
    case kGdead:
    case kGidle:
      return Color::text_dim;
    default:
      return Color::text_soft;
  }
}

/// A shape for each status, so that it can be told without its colour.
void draw_status_mark(const Frame& frame, ImVec2 at, std::uint32_t status, Color color) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[color];
  const float r = frame.px(4);
  switch (status & ~kGscan) {
    case kGrunning:
      list->AddTriangleFilled({at.x - r, at.y - r}, {at.x + r, at.y}, {at.x - r, at.y + r}, ink);
      break;
    case kGrunnable:
      list->AddCircle(at, r, ink, 0, frame.px(1.5F));
      break;
    case kGdead:
      list->AddLine({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink, frame.px(1.5F));
      list->AddLine({at.x - r, at.y + r}, {at.x + r, at.y - r}, ink, frame.px(1.5F));
      break;
    case kGwaiting:
    case kGsyscall:
      list->AddRectFilled({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink);
      break;
    default:
      list->AddLine({at.x - r, at.y}, {at.x + r, at.y}, ink, frame.px(1.5F));
      break;
  }
}

}  // namespace

void GsPanel::rebuild(const View& view, const UiState& ui) {
  rows_.clear();
  with_runs_ = view.of_program();
  characters_.fill(0);
  const Layout& layout = view.guest->release->layout;
  const Image& state = view.state();
  const Entities& entities = view.names->entities();
  const auto where = named_by(view);
  const Field* const goid = layout.find("g", "goid");
  const Field* const status = layout.find("g", "atomicstatus");
  const Field* const m = layout.find("g", "m");
  const Field* const sp = layout.find("g", "sched.sp");
  const Field* const pc = layout.find("g", "sched.pc");
  // "Current" is what getg() would say, not m.curg; the difference between the two is the lesson.
  const CurrentG current = current_g(*view.guest, state, state.thread(), entities);
  for (const Entity& entity : entities.all()) {
    // gsignal never runs here: it would be a row of zeros.
    const bool gsignal = entity.system && entity.name.find("gsignal") != std::string::npos;
    if (entity.kind != Entity::Kind::g || gsignal) continue;
    const GoroutineKind kind = goroutine_kind(*view.guest, state, entity);
    if (ui.only_user_goroutines && kind != GoroutineKind::user && entity.addr != current.g) continue;
    const auto value = [&](const Field* field) -> std::uint64_t {
      if (field == nullptr) return 0;
      return state.load_or_zero(entity.addr + field->offset, static_cast<int>(field->size));
    };
    const auto cell = [&](const Field* field, std::string text) {
      if (field == nullptr) return Cell{"?", false};  // this release does not say
      return Cell{std::move(text), view.store_into(entity.addr + field->offset, field->size) != nullptr};
    };
    Row row;
    row.g = entity.addr;
    row.name = entity.short_name;
    row.current = entity.addr == current.g;
    row.status_number = static_cast<std::uint32_t>(value(status));
    row.goid = cell(goid, std::to_string(static_cast<std::int64_t>(value(goid))));
    row.status = cell(status, g_status_word(row.status_number));
    const Entity* runs_on = entities.at(Addr(value(m)), Entity::Kind::m);
    row.m = cell(m, value(m) == 0        ? "nil"
                    : runs_on != nullptr ? runs_on->short_name
                                         : draw::hex_short(value(m)));
    row.sp = cell(sp, draw::hex_short(value(sp)));
    const CodeAddr at(value(pc));
    row.pc =
        cell(pc, at == CodeAddr() ? "0x0" : std::string(short_function_name(view.guest->code.symbolize(at))));
    if (const Function* const start = started_with(*view.guest, state, entity);
        with_runs_ && start != nullptr)
      row.runs = short_function_name(start->name);
    if (const auto it = where.find(entity.addr.value()); it != where.end()) row.named_by = it->second;
    if (row.current) row.named_by.append(row.named_by.empty() ? "" : ", ").append(name(current.home));
    const std::string* const texts[] = {&row.name,   &row.goid.text, &row.status.text, &row.runs,
                                        &row.m.text, &row.sp.text,   &row.pc.text,     &row.named_by};
    for (std::size_t i = 0; i < characters_.size(); ++i)
      characters_[i] = std::max(characters_[i], texts[i]->size());
    rows_.push_back(std::move(row));
  }
}

const GsPanel::Row* GsPanel::row(std::string_view name) const {
  for (const Row& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

void GsPanel::draw_row(Frame& frame, const Row& row, const Columns& columns) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const Rect box = draw::row(frame.px(kRowHeight));
  const float y = box.center().y - mono->FontSize / 2;
  const float name_left = box.min.x + columns.left[kName];
  // The name is in the row: it gets the mouse first.
  const Entity* entity = frame.view.names->entities().at(row.g, Entity::Kind::g);
  const Rect name{{name_left - frame.px(2), box.min.y + frame.px(3)},
                  {name_left + draw::measure(mono, row.name).x + frame.px(2), box.max.y - frame.px(3)}};
  const Pressed linked =
      entity != nullptr ? link(frame, "gs.name." + row.name, name, target_of_entity(*entity)) : Pressed();
  const Pressed pressed = frame.area("gs.row." + row.name, box);
  if (pressed.primary) frame.ui.selected_g = frame.ui.selected_g == row.g ? Addr() : row.g;

  if (frame.ui.selected_g == row.g) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::blue, 0.18F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::blue]);
  } else if (pressed.hovered && !linked.hovered) {
    list->AddRectFilled(box.min, box.max, theme[Color::raised]);
  }
  if (row.current) {
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  }
  const Color status = color_of(row.status_number);
  const auto put = [&](Column column, const Cell& cell, Color color) {
    if (columns.width[column] <= 0) return;
    const float left = box.min.x + columns.left[column];
    const float right = left + columns.width[column];
    if (cell.changed) {
      list->AddRectFilled({left - frame.px(4), box.min.y + frame.px(3)},
                          {right + frame.px(3), box.max.y - frame.px(3)}, theme.tint(Color::orange, 0.14F),
                          frame.px(3));
    }
    const float text = left + (column == kStatus ? frame.px(kMarkWidth) : 0);
    draw::text_until(mono, {text, y}, right + 1, theme[cell.changed ? Color::orange : color], cell.text);
    if (column != kStatus) return;
    draw_status_mark(frame, {left + frame.px(4), box.center().y}, row.status_number,
                     cell.changed ? Color::orange : status);
    if (columns.gloss <= 0) return;
    ImFont* words = frame.fonts.words;
    draw::text_until(words, {right + frame.px(8), box.center().y - words->FontSize / 2},
                     right + frame.px(8) + columns.gloss, theme[Color::text_dim],
                     status_gloss(row.status_number).in(frame.ui.language));
  };
  put(kName, {row.name, false}, row.current ? Color::yellow : Color::text);
  put(kGoid, row.goid, Color::text_soft);
  put(kStatus, row.status, status);
  put(kRuns, {row.runs, false}, Color::text_soft);
  put(kM, row.m, Color::text_soft);
  put(kSp, row.sp, Color::text_soft);
  put(kPc, row.pc, Color::text_soft);
  put(kNamedBy, {row.named_by, false}, Color::text_soft);
}

/// As many columns as fit, the weightiest first, in their usual order; "named by" takes what is left.
GsPanel::Columns GsPanel::columns_for(const Frame& frame, float width) const {
  const Words* const titles[] = {&kColumnName, &kColumnGoid, &kColumnStatus, &kColumnRuns,
                                 &kColumnM,    &kColumnSp,   &kColumnPc,     &kColumnNamedBy};
  const float em = draw::measure(frame.fonts.mono, "0").x;
  const float gap = frame.px(12);
  const float side = frame.px(14);
  Columns columns;
  float used = 2 * side - gap;
  for (const Column column : kByWeight) {
    if (column == kRuns && !with_runs_) continue;
    const std::size_t most = column == kNamedBy ? 16 : column == kPc ? 18 : 24;
    const float text = static_cast<float>(std::min(characters_[column], most)) * em +
                       (column == kStatus ? frame.px(kMarkWidth) : 0);
    const float title = draw::measure(frame.fonts.words, frame.text(*titles[column])).x;
    const float needed = std::max(text, title) + 1;
    // What is left out stays out: a lighter column must not jump in for a heavier one.
    if (used + gap + needed > width && column != kName) break;
    columns.width[column] = needed;
    used += gap + needed;
  }
  if (columns.width[kSp] > 0) {
    float widest = 0;
    for (const std::uint32_t status : {kGidle, kGrunnable, kGrunning, kGwaiting, kGsyscall, kGdead})
      widest =
          std::max(widest, draw::measure(frame.fonts.words, status_gloss(status).in(frame.ui.language)).x);
    if (used + widest + frame.px(8) <= width) {
      columns.gloss = widest;
      used += widest + frame.px(8);
    }
  }
  if (columns.width[kNamedBy] > 0) columns.width[kNamedBy] += std::max(width - used, 0.0F);
  float x = side;
  for (std::size_t i = 0; i < columns.left.size(); ++i) {
    columns.left[i] = x;
    if (columns.width[i] > 0) x += columns.width[i] + gap;
    if (i == kStatus && columns.gloss > 0) x += columns.gloss + frame.px(8);
  }
  return columns;
}

/// To the goroutine that the other panels show, where it has come out of sight.
void GsPanel::scroll(const Frame& frame, float height, float above) const {
  const Entity* const shown = frame.ui.scroll_to_now ? frame.view.goroutine(frame.ui.selected_g) : nullptr;
  if (shown == nullptr) return;
  const auto found = std::ranges::find(rows_, shown->addr, &Row::g);
  if (found == rows_.end()) return;
  const float row = frame.px(kRowHeight);
  const float top = above + static_cast<float>(found - rows_.begin()) * row;
  const float from = ImGui::GetScrollY();
  if (top < from + above || top + row > from + height) ImGui::SetScrollY(std::max(0.0F, top - height / 2));
}

void GsPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::gs, "");
  const Words* const titles[] = {&kColumnName, &kColumnGoid, &kColumnStatus, &kColumnRuns,
                                 &kColumnM,    &kColumnSp,   &kColumnPc,     &kColumnNamedBy};
  const float bar =
      rows_.size() * kRowHeight * frame.scale > content.height() ? ImGui::GetStyle().ScrollbarSize : 0;
  const Columns columns = columns_for(frame, content.width() - bar);
  const Rect head = draw::row(frame.px(24));
  for (std::size_t i = 0; i < columns.left.size(); ++i) {
    if (columns.width[i] <= 0) continue;
    draw::text(frame.fonts.words,
               {head.min.x + columns.left[i], head.center().y - frame.fonts.words->FontSize / 2},
               frame.theme[Color::text_dim], frame.text(*titles[i]));
  }
  ImGui::GetWindowDrawList()->AddLine({head.min.x + frame.px(10), head.max.y},
                                      {head.max.x - frame.px(10), head.max.y}, frame.theme[Color::line]);
  scroll(frame, content.height(), head.height());
  // Only the rows in sight are drawn, however many goroutines there are.
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows_.size()), frame.px(kRowHeight));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_row(frame, rows_[static_cast<std::size_t>(i)], columns);
  }
  draw::end_panel();
}

}  // namespace gogoscope
