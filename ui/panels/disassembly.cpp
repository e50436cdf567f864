#include "ui/panels/disassembly.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "asm/seed_comments.h"
#include "emu/disasm/code_text.h"
#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"
#include "emu/disasm/named_operands.h"
#include "ui/draw.h"
#include "ui/function_kind.h"

namespace gogoscope {
namespace {

const Words kNoCode{"There is no code at this PC.", "此 PC 处没有代码。"};

constexpr float kRowHeight = 21;

std::string hex_bytes(std::span<const std::byte> bytes) {
  std::string out;
  char two[4];
  for (const std::byte b : bytes) {
    std::snprintf(two, sizeof two, out.empty() ? "%02x" : " %02x", static_cast<unsigned>(b));
    out += two;
  }
  return out;
}

}  // namespace

void DisassemblyPanel::load(const View& view, const Function& function, Language language) {
  rows_.clear();
  language_ = language;
  function_ = function.name;
  kind_ = function.kind;
  entry_ = function.entry;
  CodeAddr pc = function.entry;
  while (function.contains(pc)) {
    std::array<std::byte, 16> buffer{};
    const auto left = static_cast<std::size_t>(function.entry + function.size - pc);
    const std::span<std::byte> bytes(buffer.data(), std::min(left, buffer.size() - 1));
    if (!view.state().read(Addr(pc.value()), bytes)) break;
    const Disassembled text = disassemble(bytes, pc);
    const Decoded decoded = decode(bytes, pc);
    const std::uint8_t length = text.length == 0 ? 1 : text.length;

    Row row;
    row.pc = pc;
    row.here = target_of_value(view, pc.value());
    char offset[16];
    std::snprintf(offset, sizeof offset, "+0x%02llx", static_cast<unsigned long long>(pc - function.entry));
    row.offset = offset;
    row.bytes = hex_bytes(bytes.first(std::min<std::size_t>(length, bytes.size())));
    row.mnemonic = text.mnemonic;
    // Names, not numbers; inside the function the offset alone says more.
    row.operands = readable_operands(named_operands(text, decoded, pc, [&](std::uint64_t address) {
      return name_in(view.guest->code, &function, address);
    }));
    row.branch = decoded.branch != Branch::none;
    if (decoded.target != 0 && row.branch) row.target = target_of_value(view, decoded.target);
    row.line = view.guest->code.line_at(pc);
    const Instruction* const known = view.guest->code.instruction_at(pc);
    if (known != nullptr && known->slot) {
      row.slot = plan9::listing_line(
          known->text.substr(std::min(known->text.find_first_not_of(" \t"), known->text.size())), language);
    }
    rows_.push_back(std::move(row));
    pc = pc + length;
  }
}

void DisassemblyPanel::mark_line(const Code& code) {
  for (Row& row : rows_) row.of_line = false;
  const auto here =
      std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.pc == current_; });
  if (here == rows_.end() || !here->line.known()) return;
  const LineRef line = here->line;
  if (code.rows().empty()) {
    for (Row& row : rows_) row.of_line = row.line == line;
    return;
  }
  // A compiler scatters the instructions of a line; those around PC belong together.
  for (auto row = here; row != rows_.end() && row->line == line; ++row) row->of_line = true;
  for (auto row = here; row != rows_.begin() && (row - 1)->line == line; --row) (row - 1)->of_line = true;
}

void DisassemblyPanel::rebuild(const View& view, const UiState& ui) {
  const Code& code = view.guest->code;
  pc_ = view.pc();
  const CodePlace at = code.place(pc_);
  current_ = at.instruction != nullptr ? at.instruction->pc : pc_;
  const Function* function = code.place(ui.code_at != CodeAddr() ? ui.code_at : pc_).function;
  if (function == nullptr) {
    rows_.clear();
    function_.clear();
    entry_ = CodeAddr();
    return;
  }
  // Text is not writable, so what was read once stays right.
  if (entry_ != function->entry || language_ != ui.language) load(view, *function, ui.language);
  linked_ = ui.code_at;
  mark_line(code);
  for (Row& row : rows_) {
    row.cursor = row.pc == ui.cursor_place;
    row.breakpoint = false;
    for (const Breakpoint& breakpoint : *view.breakpoints) {
      for (const CodeAddr pc : breakpoint.addresses) row.breakpoint = row.breakpoint || pc == row.pc;
    }
  }
}

void DisassemblyPanel::draw_row(Frame& frame, const Row& row) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const Rect box = draw::row(frame.px(kRowHeight));
  const float middle = box.center().y;
  const float y = middle - mono->FontSize / 2;
  const bool current = row.pc == current_;
  const float right = box.max.x - frame.px(10);

  // Noted even when scrolled away: the ribbon clamps it to the panel.
  if (row.of_line) {
    Rect line = frame.anchors.code_of_line.value_or(box);
    line.max.y = box.max.y;
    frame.anchors.code_of_line = line;
    frame.widgets.note("disassembly.line", line);
  }
  if (current) frame.widgets.note("disassembly.current", box);
  if (!ImGui::IsRectVisible(box.min, box.max)) return;
  if (current) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::yellow, 0.14F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  } else if (row.of_line) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::blue, 0.12F));
  }

  // The bytes are dropped first: what an instruction does matters more.
  const bool with_bytes = box.width() >= frame.px(480);
  const float mnemonic = box.min.x + frame.px(with_bytes ? 300 : 84);
  const float operands = mnemonic + frame.px(60);
  const float operands_right = std::min(right, operands + draw::measure(mono, row.operands).x);

  // Inner areas first: the branch's target, the gutter, the row.
  link(frame, "disassembly.target." + row.offset, {{operands, box.min.y}, {operands_right, box.max.y}},
       row.target);
  const Rect gutter{box.min, {box.min.x + frame.px(24), box.max.y}};
  const Pressed dot = frame.area("disassembly.mark." + row.offset, gutter);
  if (dot.primary)
    frame.commands.push_back({CommandId::toggle_break, place_of(row.pc, frame.view.guest->code)});
  const Pressed whole = frame.area("disassembly.row." + row.offset, box);
  if (whole.primary) frame.ui.cursor_place = row.cursor ? CodeAddr() : row.pc;
  if (whole.menu) open_menu(frame, row.here);

  if (row.cursor) {
    list->AddRect({box.min.x + frame.px(24), box.min.y + 1}, {right, box.max.y - 1}, theme[Color::blue],
                  frame.px(3));
  }
  const float mark = gutter.center().x + frame.px(1);
  if (row.breakpoint) {
    list->AddCircleFilled({mark, middle}, frame.px(4.5F), theme[Color::red]);
  } else if (dot.hovered || dot.focused) {
    list->AddCircle({mark, middle}, frame.px(4.5F), theme[Color::red]);
  } else if (!row.slot.empty()) {
    // A diamond: here the host acts, just before the instruction runs.
    const float r = frame.px(4);
    list->AddQuad({mark, middle - r}, {mark + r, middle}, {mark, middle + r}, {mark - r, middle},
                  theme[Color::purple]);
  }
  draw::text(mono, {box.min.x + frame.px(26), y}, theme[current ? Color::text : Color::text_dim], row.offset);
  if (with_bytes) {
    draw::text_until(mono, {box.min.x + frame.px(84), y}, mnemonic - frame.px(8),
                     theme[current ? Color::text_soft : Color::text_dim], row.bytes);
  }
  draw::text_until(mono, {mnemonic, y}, right, theme[row.branch ? Color::purple : Color::blue], row.mnemonic);
  const float x = draw::text_until(mono, {operands, y}, right, theme[Color::text], row.operands);
  if (!row.slot.empty()) {
    // Most slots sit on a NOP: what they do takes the place of its operands.
    const float from = row.operands.empty() ? operands : x + frame.px(16);
    draw::text_until(mono, {from, y}, right, theme[Color::purple], row.slot);
  }
}

void DisassemblyPanel::scroll(const Frame& frame, float height) const {
  if (!frame.ui.scroll_to_now) return;
  const CodeAddr wanted = linked_ != CodeAddr() ? linked_ : current_;
  const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.pc == wanted; });
  if (at == rows_.end()) return;
  const float row = frame.px(kRowHeight);
  const float y = static_cast<float>(at - rows_.begin()) * row;
  const float top = ImGui::GetScrollY();
  if (y < top + 2 * row || y > top + height - 3 * row) ImGui::SetScrollY(std::max(0.0F, y - height * 0.4F));
}

void DisassemblyPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::disassembly, function_);
  if (rows_.empty()) {
    draw::empty(frame, content, frame.text(kNoCode));
  } else {
    scroll(frame, content.height());
    for (const Row& row : rows_) draw_row(frame, row);
    ImGui::Dummy({1, frame.px(kRowHeight)});
  }
  draw::end_panel();
  if (rows_.empty()) return;
  const float chip = draw_kind_chip(frame, rect, kind_);
  const std::string pc = "rip " + draw::hex_short(pc_.value());
  const float left = chip - frame.px(12) - draw::measure(frame.fonts.mono, pc).x;
  if (left < frame.anchors.right_of_head[info(PanelId::disassembly).slot] + frame.px(12)) return;
  draw::text(frame.fonts.mono, {left, draw::header_middle(frame, rect) - frame.fonts.mono->FontSize / 2},
             frame.theme[Color::text_dim], pc);
}

}  // namespace gogoscope
