#include "ui/panels/threads.h"

#include "emu/guest/thread_table.h"
#include "emu/layout/views.h"
#include "scenarios/told/event_text.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kMoving{"moves now", "正在运行"};
const Words kCanMove{"can move", "可以运行"};
const Words kAsleep{"asleep", "睡眠中"};
const Words kAsleepOn{"asleep on {what}", "睡在 {what} 上"};
const Words kWakesIn{"wakes in {what}", "{what} 后醒来"};
const Words kEnded{"ended", "已结束"};
const Words kAbsent{"no thread", "没有线程"};
const Words kSpinning{"spinning", "自旋"};
const Words kTurn{"Give turn", "轮到它"};
const Words kClock{"clock {what}", "时钟 {what}"};
const Words kNobody{"There is no M yet.", "还没有 M。"};

constexpr float kRow = 48;

ThreadsPanel::Standing standing_of(const ThreadRow& row, std::uint64_t clock, bool current) {
  using enum ThreadsPanel::Standing;
  if (row.state == ThreadState::exited) return ended;
  if (row.state == ThreadState::none) return absent;
  if (!row.can_move() && !row.wakes_by_itself(clock)) return asleep;
  return current ? moving : can_move;
}

/// A field of an M that points at something with a name.
ThreadsPanel::Part part(const View& view, const MView& m, std::string name, std::string_view field) {
  ThreadsPanel::Part out;
  out.name = std::move(name);
  const Addr at = m.field_addr(field);
  if (at.is_nil()) {
    out.text = "?";  // this release does not say
    return out;
  }
  const std::uint64_t value = view.state().load_or_zero(at);
  const Entity* entity = view.names->entities().holding(Addr(value));
  out.text = value == 0 ? "nil" : entity != nullptr ? entity->short_name : draw::hex_short(value);
  if (value != 0) out.target = target_of_value(view, value);
  out.changed = view.store_into(at, 8) != nullptr;
  return out;
}

}  // namespace

void ThreadsPanel::rebuild(const View& view, const UiState& ui) {
  rows_.clear();
  const Layout& layout = view.guest->release->layout;
  const Image& state = view.state();
  const auto table = ThreadTable::of(*view.guest);
  const std::uint64_t clock = table ? table->now(state, view.position) : 0;
  detail_ = clock == 0 ? "" : fill(kClock.str(ui.language), {{"what", duration_text(clock)}});
  const bool ended = view.at_its_end();
  for (const Entity& entity : view.names->entities().all()) {
    if (entity.kind != Entity::Kind::m || entity.index < 0 || entity.index >= kMaxThreads) continue;
    const auto thread = static_cast<ThreadId>(entity.index);
    const bool current = thread == state.thread();
    const MView m(layout, state, {entity.addr});
    Row row;
    row.name = entity.name;
    row.number = entity.index;
    row.target = target_of_entity(entity);
    row.standing = current ? Standing::moving : Standing::absent;
    if (table) {
      const ThreadRow words = table->row(state, thread);
      row.standing = standing_of(words, clock, current);
      if (row.standing == Standing::asleep) {
        if (!words.futex.is_nil()) {
          row.sleeps_on = view.names->describe(words.futex, 4);
          if (row.sleeps_on.empty()) row.sleeps_on = draw::hex_short(words.futex.value());
          row.sleeps_target = target_of_field(row.sleeps_on, words.futex, 4);
        }
        if (words.deadline > clock) row.wakes_in = words.deadline - clock;
      }
    }
    row.spinning = m.spinning();
    row.parts.push_back(part(view, m, "P", "p"));
    row.parts.push_back(part(view, m, "curg", "curg"));
    row.parts.push_back(part(view, m, "TLS", "tls"));
    if (!m.lockedg().is_nil()) row.parts.push_back(part(view, m, "lockedg", "lockedg"));
    const CodeAddr pc = current ? state.pc() : CodeAddr(state.reg(thread, Reg::rip));
    if (row.standing != Standing::absent) row.pc = view.guest->code.symbolize(pc);
    if (!row.pc.empty()) row.pc_target = target_of_value(view, pc.value());
    row.can_be_chosen = view.live && !ended && row.standing == Standing::can_move;
    rows_.push_back(std::move(row));
  }
}

const ThreadsPanel::Row* ThreadsPanel::row(std::string_view name) const {
  for (const Row& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string ThreadsPanel::standing_text(const Frame& frame, const Row& row) {
  switch (row.standing) {
    case Standing::moving:
      return std::string(frame.text(kMoving));
    case Standing::can_move:
      return std::string(frame.text(kCanMove));
    case Standing::ended:
      return std::string(frame.text(kEnded));
    case Standing::absent:
      return std::string(frame.text(kAbsent));
    case Standing::asleep:
      break;
  }
  std::string text = row.sleeps_on.empty() ? std::string(frame.text(kAsleep))
                                           : fill(frame.text(kAsleepOn), {{"what", row.sleeps_on}});
  if (row.wakes_in != 0) {
    text += (frame.ui.language == Language::zh ? "，" : ", ") +
            fill(frame.text(kWakesIn), {{"what", duration_text(row.wakes_in)}});
  }
  return text;
}

/// "P p0  curg g2  TLS m1.g0", each a link.
float ThreadsPanel::draw_parts(Frame& frame, const Row& row, float x, float right, float y) const {
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  const Color dim = row.standing == Standing::moving ? Color::text_soft : Color::text_dim;
  for (const Part& part : row.parts) {
    const float width = draw::measure(mono, part.name + " " + part.text).x;
    if (x + width > right) break;
    x = draw::text(mono, {x, y}, theme[dim], part.name + " ");
    const Color ink = part.changed ? Color::orange : part.text == "nil" ? dim : Color::text;
    const float end = draw::text(mono, {x, y}, theme[ink], part.text);
    link(frame, "threads." + row.name + "." + part.name, {{x, y}, {end, y + mono->FontSize}}, part.target);
    x = end + frame.px(12);
  }
  return x;
}

void ThreadsPanel::draw_row(Frame& frame, const Row& row) const {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* words = frame.fonts.words;
  ImFont* mono = frame.fonts.mono;
  ImFont* strong = frame.fonts.strong;
  const Rect box = draw::row(frame.px(kRow));
  frame.widgets.note("threads.row." + row.name, box);
  const bool moving = row.standing == Standing::moving;
  const bool idle = row.standing == Standing::ended || row.standing == Standing::absent;
  if (moving) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::yellow, 0.16F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  }
  list->AddLine({box.min.x, box.max.y}, box.max, theme[Color::line], frame.px(1));

  // The upper line: the M, what its thread does, the button.
  const float left = box.min.x + frame.px(14);
  float right = box.max.x - frame.px(12);
  const float upper = box.min.y + frame.px(14);
  if (row.can_be_chosen) {
    const std::string_view label = frame.text(kTurn);
    const float width = draw::measure(words, label).x + frame.px(18);
    const Rect button{{right - width, upper - frame.px(10)}, {right, upper + frame.px(10)}};
    const Pressed pressed = frame.area("threads.turn." + row.name, button);
    list->AddRectFilled(button.min, button.max, theme[pressed.hovered ? Color::raised : Color::background],
                        frame.px(4));
    list->AddRect(button.min, button.max, theme[Color::line_strong], frame.px(4), 0, frame.px(1));
    draw::text(words, {button.min.x + frame.px(9), upper - words->FontSize / 2}, theme[Color::text], label);
    if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (pressed.primary) frame.commands.push_back({CommandId::give_turn, MId{row.number}});
    right = button.min.x - frame.px(10);
  }
  const float name_end = draw::text(strong, {left, upper - strong->FontSize / 2},
                                    theme[idle ? Color::text_dim : Color::text], row.name);
  link(frame, "threads." + row.name + ".name", {{left, upper - frame.px(9)}, {name_end, upper + frame.px(9)}},
       row.target);
  if (row.spinning) {
    const float width = draw::chip_width(frame, frame.text(kSpinning));
    draw::chip(frame, right - width, upper, Color::purple, draw::ChipShape::outline, frame.text(kSpinning));
    right -= width + frame.px(10);
  }
  const Color ink = moving                               ? Color::yellow
                    : row.standing == Standing::can_move ? Color::text
                                                         : Color::text_soft;
  const float at = name_end + frame.px(12);
  const float end = draw::text_until(words, {at, upper - words->FontSize / 2}, right, theme[ink],
                                     standing_text(frame, row));
  link(frame, "threads." + row.name + ".sleeps", {{at, upper - frame.px(9)}, {end, upper + frame.px(9)}},
       row.sleeps_target);

  // The lower line: what it has, and where it is.
  const float lower = box.min.y + frame.px(34) - mono->FontSize / 2;
  const float edge = box.max.x - frame.px(12);
  const float from = draw_parts(frame, row, left, edge, lower);
  const float pc_end = draw::text_until(mono, {from, lower}, edge, theme[Color::text_soft], row.pc);
  link(frame, "threads." + row.name + ".pc", {{from, lower}, {pc_end, lower + mono->FontSize}},
       row.pc_target);
}

void ThreadsPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::threads, detail_);
  if (rows_.empty()) draw::empty(frame, content, frame.text(kNobody));
  for (const Row& row : rows_) draw_row(frame, row);
  draw::end_panel();
}

}  // namespace gogoscope
