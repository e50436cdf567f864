#include "ui/panels/registers.h"

#include <array>

#include "ui/draw.h"

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

/// m.tls[0] lies 8 bytes below the FS base; get_tls and g(CX) of the listings mean this word.
constexpr std::int64_t kTlsG = -8;

}  // namespace

void RegistersPanel::rebuild(const View& view, const UiState&) {
  rows_.clear();
  const Image& state = view.state();
  for (const Reg reg : kOrder) {
    Row row;
    row.name = std::string(name(reg));
    row.value = state.reg(reg);
    if (const RegChange* change = view.change_of(reg)) {
      row.changed = true;
      row.old_value = change->old_value;
    }
    row.meaning = view.names->meaning(row.value);
    rows_.push_back(std::move(row));
  }
  const Addr slot = Addr(state.reg(Reg::fs_base)) + kTlsG;
  Row tls;
  tls.name = "tls g";
  tls.value = state.load_or_zero(slot);
  if (const Store* store = view.store_into(slot, 8)) {
    tls.changed = true;
    tls.old_value = store->old_value;
  }
  tls.meaning = view.names->meaning(tls.value);
  rows_.push_back(std::move(tls));

  flags_.clear();
  const std::uint64_t now = state.reg(Reg::rflags);
  const RegChange* change = view.change_of(Reg::rflags);
  const std::uint64_t before = change != nullptr ? change->old_value : now;
  for (const FlagBit& flag : kFlags) {
    flags_.push_back({flag.name, ((now >> flag.bit) & 1) != 0, (((now ^ before) >> flag.bit) & 1) != 0});
  }
}

const RegistersPanel::Row* RegistersPanel::row(std::string_view name) const {
  for (const Row& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

void RegistersPanel::draw(Frame& frame, Rect rect) {
  draw::begin_panel(frame, rect, {"registers", frame.text(Phrase::registers), "", Color::purple});
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  for (const Row& row : rows_) {
    const Rect box = draw::row(frame.px(17));
    const float y = box.center().y - mono->FontSize / 2;
    if (row.changed) {
      ImGui::GetWindowDrawList()->AddRectFilled(box.min, box.max, theme.tint(Color::orange, 0.10F));
      frame.widgets.note("registers.changed." + row.name, box);
    }
    draw::text(mono, {box.min.x + frame.px(14), y}, theme[row.changed ? Color::orange : Color::text_soft],
               row.name);
    const ImVec2 at{box.min.x + frame.px(80), y};
    const Color ink = row.changed ? Color::orange : Color::text;
    float x = box.width() < frame.px(400) ? draw::hex12(frame, at, row.value, ink)
                                          : draw::hex(frame, at, row.value, ink);
    x += frame.px(14);
    const float right = box.max.x - frame.px(10);
    if (row.changed) {
      // The old value keeps its place at the right edge, where the eye finds it again.
      const std::string was = std::string(frame.text(Phrase::changed_from)) + " ";
      const float meaning_width = draw::measure(mono, row.meaning).x;
      const float room = right - x - meaning_width - frame.px(14);
      std::string old = was + draw::hex_short(row.old_value);
      // Short of room, the end of the old value is enough to see by how much it moved.
      if (draw::measure(mono, old).x > room) old = was + draw::hex_tail(row.old_value);
      const float width = draw::measure(mono, old).x;
      if (x + meaning_width + frame.px(14) + width <= right) {
        draw::text_right(mono, right, y, theme[Color::orange], old);
        draw::text(mono, {x, y}, theme[Color::text], row.meaning);
      } else {
        x = draw::text_until(mono, {x, y}, right, theme[Color::text], row.meaning) + frame.px(14);
        draw::text_until(mono, {x, y}, right, theme[Color::orange], old);
      }
    } else {
      draw::text_until(mono, {x, y}, right, theme[Color::text_dim], row.meaning);
    }
  }
  const Rect box = draw::row(frame.px(28));
  float x = box.min.x + frame.px(14);
  draw::text(mono, {x, box.center().y - mono->FontSize / 2}, theme[Color::text_soft], "rflags");
  x = box.min.x + frame.px(80);
  for (const Flag& flag : flags_) {
    const Color color = flag.changed ? Color::orange : flag.set ? Color::green : Color::line_strong;
    x = draw::chip(frame, x, box.center().y, color,
                   flag.set ? draw::ChipShape::filled : draw::ChipShape::outline, flag.name) +
        frame.px(5);
  }
  draw::end_panel();
}

}  // namespace gogoscope
