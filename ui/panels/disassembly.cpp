#include "ui/panels/disassembly.h"

#include <array>
#include <cstdio>

#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

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

void DisassemblyPanel::load(const View& view, const Function& function) {
  rows_.clear();
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
    char offset[16];
    std::snprintf(offset, sizeof offset, "+0x%02llx", static_cast<unsigned long long>(pc - function.entry));
    row.offset = offset;
    row.bytes = hex_bytes(bytes.first(std::min<std::size_t>(length, bytes.size())));
    row.mnemonic = text.mnemonic;
    row.operands = text.operands;
    // The TLS slot is at -8(FS), not at the end of the address space.
    if (const auto at = row.operands.find("0xfffffffffffffff8"); at != std::string::npos) {
      row.operands.replace(at, 18, "-8");
    }
    row.branch = decoded.branch != Branch::none;
    // A direct target is a name, not a number; inside the function the offset alone says more.
    if (decoded.target != 0 && row.branch) {
      const CodeAddr target(decoded.target);
      row.operands = view.guest->code.symbolize(target);
      if (function.contains(target) && row.operands.rfind(function.name + "+", 0) == 0) {
        row.operands = row.operands.substr(function.name.size());
      }
    }
    if (const Instruction* known = view.guest->code.instruction_at(pc)) {
      row.line = known->line;
      if (known->slot)
        row.slot = known->text.substr(std::min(known->text.find_first_not_of(" \t"), known->text.size()));
    }
    rows_.push_back(std::move(row));
    pc = pc + length;
  }
}

void DisassemblyPanel::rebuild(const View& view, const UiState&) {
  pc_ = view.pc();
  executed_pc_ = view.executed ? view.executed->pc : CodeAddr();
  const Instruction* instruction = view.guest->code.instruction_at(pc_);
  line_ = instruction != nullptr ? instruction->line : 0;
  const Function* function = view.function();
  if (function == nullptr) {
    rows_.clear();
    function_.clear();
    entry_ = CodeAddr();
    return;
  }
  // Text is not writable, so what was read once stays right.
  if (entry_ != function->entry) load(view, *function);
  for (Row& row : rows_) {
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
  const float y = box.center().y - mono->FontSize / 2;
  const bool current = row.pc == pc_;
  const float right = box.max.x - frame.px(10);

  if (current) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::yellow, 0.18F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
    frame.widgets.note("disassembly.current", box);
  }
  if (row.line != 0 && row.line == line_) {
    Rect line = frame.widgets.find("disassembly.line").value_or(box);
    line.max.y = box.max.y;
    frame.widgets.note("disassembly.line", line);
  }
  if (!current && row.line != 0 && row.line == line_) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::blue, 0.12F));
  }
  const float mark = box.min.x + frame.px(13);
  if (row.breakpoint) {
    list->AddCircleFilled({mark, box.center().y}, frame.px(4.5F), theme[Color::red]);
  } else if (!row.slot.empty()) {
    // A diamond: here the host acts, just before the instruction runs.
    const float r = frame.px(4);
    list->AddQuad({mark, box.center().y - r}, {mark + r, box.center().y}, {mark, box.center().y + r},
                  {mark - r, box.center().y}, theme[Color::purple]);
  }
  draw::text(mono, {box.min.x + frame.px(26), y}, theme[current ? Color::text : Color::text_dim], row.offset);
  // The bytes give way first: what an instruction does matters more.
  float x = box.min.x + frame.px(84);
  if (box.width() >= frame.px(480)) {
    draw::text_until(mono, {x, y}, x + frame.px(208), theme[Color::text_dim], row.bytes);
    x += frame.px(216);
  }
  draw::text(mono, {x, y}, theme[row.branch ? Color::purple : Color::blue], row.mnemonic);
  const float operands = x + frame.px(60);
  x = draw::text_until(mono, {operands, y}, right, theme[Color::text], row.operands);
  if (!row.slot.empty()) {
    // Most slots sit on a NOP: what they do takes the place of its operands.
    const float from = row.operands.empty() ? operands : x + frame.px(16);
    draw::text_until(mono, {from, y}, right, theme[Color::purple], row.slot);
  }
}

void DisassemblyPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(
      frame, rect, {"disassembly", frame.text(Phrase::disassembly), function_, Color::green});
  if (rows_.empty()) {
    draw::empty(frame, content, frame.text(Phrase::no_code));
  } else {
    const float height = frame.px(kRowHeight);
    if (frame.ui.scroll_to_now) {
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].pc != pc_) continue;
        const float at = static_cast<float>(i) * height;
        const float top = ImGui::GetScrollY();
        if (at < top + 2 * height || at > top + content.height() - 3 * height) {
          ImGui::SetScrollY(std::max(0.0F, at - content.height() * 0.4F));
        }
      }
    }
    for (const Row& row : rows_) draw_row(frame, row);
    ImGui::Dummy({1, height});
  }
  draw::end_panel();
  const std::string pc = "rip " + draw::hex_short(pc_.value());
  draw::text_right(frame.fonts.mono, rect.max.x - frame.px(12),
                   draw::header_middle(frame, rect) - frame.fonts.mono->FontSize / 2,
                   frame.theme[Color::text_dim], pc);
}

}  // namespace gogoscope
