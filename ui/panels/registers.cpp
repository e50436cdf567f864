#include "ui/panels/registers.h"

#include <algorithm>
#include <array>

#include "emu/guest/thread_table.h"
#include "ui/draw.h"
#include "ui/panels/visible_rows.h"
#include "ui/transfer_arrows.h"

namespace gogoscope {
namespace {

// Where we are comes first, then the registers that a handoff moves through, then the rest.
constexpr Reg kOrder[] = {Reg::rip, Reg::rsp, Reg::rbp, Reg::rax, Reg::rbx, Reg::rcx,
                          Reg::rdx, Reg::rsi, Reg::rdi, Reg::r8,  Reg::r9,  Reg::r10,
                          Reg::r11, Reg::r12, Reg::r13, Reg::r14, Reg::r15, Reg::fs_base};

struct FlagBit {
  const char* name;
  int bit;
};
constexpr FlagBit kFlags[] = {{"CF", 0}, {"PF", 2}, {"AF", 4}, {"ZF", 6}, {"SF", 7}, {"DF", 10}, {"OF", 11}};

/// m.tls[0] is 8 bytes below the FS base; get_tls and g(CX) of the listings mean this word.

// Where things are in a row, unscaled.
constexpr float kRowHeight = 17;
constexpr float kNameAt = kArrowMargin + 4;
constexpr float kValueAt = kNameAt + 66;

}  // namespace

void RegistersPanel::rebuild(const View& view, const UiState& ui) {
  rows_.clear();
  ms_.clear();
  const Image& state = view.state();
  const auto table = ThreadTable::of(*view.guest);
  for (const Entity& entity : view.entities().all()) {
    if (entity.kind != Entity::Kind::m || entity.index < 0 || entity.index >= kMaxThreads) continue;
    const auto thread = static_cast<ThreadId>(entity.index);
    // One that has not started, or has ended, has no registers.
    const ThreadState standing = table ? table->row(state, thread).state : ThreadState::none;
    const bool there = standing != ThreadState::none && standing != ThreadState::exited;
    if (thread == state.thread() || there) ms_.push_back(entity.index);
  }
  const bool chosen = ui.registers_of && std::find(ms_.begin(), ms_.end(), *ui.registers_of) != ms_.end();
  shown_m_ = chosen ? *ui.registers_of : static_cast<int>(state.thread());
  const auto thread = static_cast<ThreadId>(shown_m_);
  const bool running = thread == state.thread();
  for (const Reg reg : kOrder) {
    Row row;
    row.name = std::string(name(reg));
    row.reg = reg;
    row.value = running ? state.reg(reg) : state.reg(thread, reg);
    // Only the registers of the thread whose turn it is can be changed.
    row.can_change = running;
    if (const RegChange* change = running ? view.change_of(reg) : nullptr) {
      row.changed = true;
      row.old_value = change->old_value;
    }
    row.meaning = view.names->meaning(row.value);
    row.target = running ? target_of_value_in(view, row.value, row.name) : target_of_value(view, row.value);
    rows_.push_back(std::move(row));
  }
  const Addr slot = tls_slot(state, thread);
  Row tls;
  tls.name = "tls g";
  tls.value = state.load_or_zero(slot);
  if (const Store* store = view.store_into(slot, 8)) {
    tls.changed = true;
    tls.old_value = store->old_value;
  }
  tls.meaning = view.names->meaning(tls.value);
  tls.target = target_of_value_in(view, tls.value, draw::hex_short(slot.value()));
  rows_.push_back(std::move(tls));

  flags_.clear();
  const std::uint64_t now = running ? state.reg(Reg::rflags) : state.reg(thread, Reg::rflags);
  const RegChange* change = running ? view.change_of(Reg::rflags) : nullptr;
  const std::uint64_t before = change != nullptr ? change->old_value : now;
  for (const FlagBit& flag : kFlags) {
    flags_.push_back({flag.name, ((now >> flag.bit) & 1) != 0, (((now ^ before) >> flag.bit) & 1) != 0});
  }

  sse_rows_.clear();
  const SseFile sse = state.sse(thread);
  for (unsigned i = 0; i < kSseRegCount; ++i) {
    const auto reg = static_cast<SseReg>(i);
    if (!sse.is_written(reg)) continue;
    SseRow row{std::string(name(reg)), hex(reg, sse.value(reg)), false, {}};
    for (const SseChange& write : view.executed ? view.executed->sse : std::vector<SseChange>()) {
      if (write.thread != thread || write.reg != reg) continue;
      row.changed = true;
      row.old_value = hex(reg, write.old_value);
    }
    sse_rows_.push_back(std::move(row));
  }
}

const RegistersPanel::Row* RegistersPanel::row(std::string_view name) const {
  for (const Row& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

void RegistersPanel::draw_row(Frame& frame, const Row& row, Rect box) const {
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  const float y = box.center().y - mono->FontSize / 2;
  if (row.changed) {
    const float flash = 0.10F + 0.35F * (1 - frame.motion.progress());
    ImGui::GetWindowDrawList()->AddRectFilled({box.min.x + frame.px(kArrowMargin), box.min.y}, box.max,
                                              theme.tint(Color::orange, flash));
    frame.widgets.note("registers.changed." + row.name, box);
  }
  frame.widgets.note("registers.row." + row.name, box);
  if (row.reg) frame.anchors.registers.insert_or_assign(*row.reg, box);
  draw::text(mono, {box.min.x + frame.px(kNameAt), y}, theme[row.changed ? Color::orange : Color::text_soft],
             row.name);
  if (row.reg && row.can_change) {
    const float name_end = box.min.x + frame.px(kNameAt) + draw::measure(mono, row.name).x;
    link(frame, "registers." + row.name + ".name",
         {{box.min.x + frame.px(kNameAt), box.min.y}, {name_end, box.max.y}}, target_of_register(*row.reg));
  }
  const ImVec2 at{box.min.x + frame.px(kValueAt), y};
  const Color ink = row.changed ? Color::orange : Color::text;
  const float value_end = box.width() < frame.px(420) ? draw::hex12(frame, at, row.value, ink)
                                                      : draw::hex(frame, at, row.value, ink);
  link(frame, "registers." + row.name + ".value", {{at.x, box.min.y}, {value_end, box.max.y}}, row.target);

  // The old value keeps its place at the right edge, where the eye finds it again; short of room it shows its
  // end, which is enough to see by how much the register moved.
  float right = box.max.x - frame.px(10);
  const float meaning_at = value_end + frame.px(14);
  if (row.changed) {
    const std::string was = std::string(frame.text(kChangedFrom)) + " ";
    std::string old = was + draw::hex_short(row.old_value);
    const float wanted = draw::measure(mono, row.meaning).x + frame.px(14);
    if (draw::measure(mono, old).x > right - meaning_at - wanted) old = was + draw::hex_tail(row.old_value);
    draw::text_right(mono, right, y, theme[Color::orange], old);
    right -= draw::measure(mono, old).x + frame.px(14);
  }
  const float meaning_end = draw::text_until(mono, {meaning_at, y}, right,
                                             theme[row.changed ? Color::text : Color::text_dim], row.meaning);
  link(frame, "registers." + row.name + ".meaning", {{meaning_at, box.min.y}, {meaning_end, box.max.y}},
       row.target);
}

void RegistersPanel::draw_sse(Frame& frame, const SseRow& row, Rect box) const {
  ImFont* mono = frame.fonts.mono;
  const float y = box.center().y - mono->FontSize / 2;
  if (row.changed) {
    const float flash = 0.10F + 0.35F * (1 - frame.motion.progress());
    ImGui::GetWindowDrawList()->AddRectFilled({box.min.x + frame.px(kArrowMargin), box.min.y}, box.max,
                                              frame.theme.tint(Color::orange, flash));
    frame.widgets.note("registers.changed." + row.name, box);
  }
  frame.widgets.note("registers.row." + row.name, box);
  const ImU32 ink = frame.theme[row.changed ? Color::orange : Color::text];
  draw::text(mono, {box.min.x + frame.px(kNameAt), y},
             frame.theme[row.changed ? Color::orange : Color::text_soft], row.name);
  const float right = box.max.x - frame.px(10);
  const float value_end = draw::text_until(mono, {box.min.x + frame.px(kValueAt), y}, right, ink, row.value);
  const std::string old = std::string(frame.text(kChangedFrom)) + " " + row.old_value;
  if (row.changed && value_end + frame.px(14) + draw::measure(mono, old).x <= right) {
    draw::text_right(mono, right, y, ink, old);
  }
}

void RegistersPanel::draw_flags(Frame& frame, Rect box) const {
  ImFont* mono = frame.fonts.mono;
  draw::text(mono, {box.min.x + frame.px(kNameAt), box.center().y - mono->FontSize / 2},
             frame.theme[Color::text_soft], "rflags");
  const float first = box.min.x + frame.px(kValueAt);
  float x = first;
  for (const Flag& flag : flags_) {
    // A narrow panel has a second line of them.
    if (x > first && x + draw::chip_width(frame, flag.name) > box.max.x) {
      box = draw::row(frame.px(28));
      x = first;
    }
    const Color color = flag.changed ? Color::orange : flag.set ? Color::green : Color::line_strong;
    x = draw::chip(frame, x, box.center().y, color,
                   flag.set ? draw::ChipShape::filled : draw::ChipShape::outline, flag.name) +
        frame.px(5);
  }
}

void RegistersPanel::draw(Frame& frame, Rect rect) {
  draw::begin_panel(frame, rect, PanelId::registers, "");
  if (frame.ui.scroll_to_now) {
    const auto changed = std::find_if(rows_.begin(), rows_.end(),
                                      [](const Row& row) { return row.changed && row.name != "rip"; });
    if (changed != rows_.end()) {
      scroll_to_row(static_cast<std::size_t>(changed - rows_.begin()), frame.px(kRowHeight));
    } else {
      ImGui::SetScrollY(0);
    }
  }
  for (const Row& row : rows_) draw_row(frame, row, draw::row(frame.px(kRowHeight)));
  draw_flags(frame, draw::row(frame.px(28)));
  for (const SseRow& row : sse_rows_) draw_sse(frame, row, draw::row(frame.px(kRowHeight)));
  draw::end_panel();
  draw_ms(frame, rect);
}

/// A chip for each M in the header, where there are several: a click shows its registers, another on the same
/// follows the turns again.
void RegistersPanel::draw_ms(Frame& frame, Rect rect) const {
  if (ms_.size() < 2) return;
  const float middle = draw::header_middle(frame, rect);
  const auto tabs = frame.anchors.right_of_head.find(info(kId).slot);
  const float least = tabs == frame.anchors.right_of_head.end() ? rect.min.x : tabs->second;
  float width = 0;
  for (const int m : ms_) width += draw::chip_width(frame, "m" + std::to_string(m)) + frame.px(4);
  float x = rect.max.x - frame.px(8) - width;
  const auto moving = static_cast<int>(frame.view.state().thread());
  for (const int m : ms_) {
    const std::string name = "m" + std::to_string(m);
    const float wide = draw::chip_width(frame, name);
    // Where there is no room for all of them, the one shown is among the last.
    if (x >= least + frame.px(6)) {
      const Rect box{{x, middle - frame.px(11)}, {x + wide, middle + frame.px(11)}};
      const Pressed pressed = frame.area("registers.of." + name, box);
      if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      if (pressed.primary) {
        const bool again = frame.ui.registers_of == m;
        frame.ui.registers_of = again ? std::nullopt : std::optional(m);
      }
      draw::chip(frame, x, middle,
                 m == moving       ? Color::yellow
                 : pressed.hovered ? Color::text
                                   : Color::text_soft,
                 m == shown_m_ ? draw::ChipShape::filled : draw::ChipShape::outline, name);
    }
    x += wide + frame.px(4);
  }
}

}  // namespace gogoscope
