#include "ui/link.h"

#include <algorithm>

#include "asm/text/fill.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kRunTo{"Run to here", "运行到这里"};
const Words kBackTo{"Back to here", "退回到这里"};
const Words kBreakHere{"Breakpoint here", "在这里设断点"};
const Words kLeaveOut{"Run without this line", "去掉这一行再运行"};
const Words kBreakOnWrite{"Break on writes", "被写时停下"};
const Words kLastWrite{"Last write", "上一次写入"};
const Words kNextWrite{"Next write", "下一次写入"};
const Words kLastStatus{"Last change of its status", "上一次状态变化"};
const Words kNextStatus{"Next change of its status", "下一次状态变化"};
const Words kChange{"Change {name} ...", "修改 {name}……"};
const Words kWatch{"Watch {name}", "监视 {name}"};
const Words kStopWatching{"Stop watching {name}", "不再监视 {name}"};
const Words kGoTo{"Go to", "前往"};
const Words kCopy{"Copy", "复制"};

std::string_view kind_of(const Entity& entity) { return struct_name(entity.kind); }

/// What can be changed and watched at a target: the place that holds the value pressed, or else the field
/// itself, or the status of a g or p. Empty where there is none.
std::string place_of_value(const Target& target, const View& view) {
  if (!target.held_in.empty()) return target.held_in;
  switch (target.kind) {
    case Target::Kind::field:
    case Target::Kind::memory: {
      const auto field = view.names->find_field(target.text);
      // A whole struct or array has no one value.
      return field && field->size <= 8 ? target.text : "";
    }
    case Target::Kind::entity: {
      const Entity* entity = view.names->entities().find(target.text);
      if (entity == nullptr) return "";
      if (entity->kind == Entity::Kind::g) return target.text + ".atomicstatus";
      return entity->kind == Entity::Kind::p ? target.text + ".status" : "";
    }
    case Target::Kind::reg:
      return target.text;
    default:
      return "";
  }
}

}  // namespace

Target target_of_entity(const Entity& entity) {
  return {Target::Kind::entity, entity.short_name, entity.addr, 0, 0, ""};
}

Target target_of_field(std::string path, Addr addr, std::uint32_t size) {
  return {Target::Kind::field, std::move(path), addr, size, 0, ""};
}

Target target_of_memory(Addr addr) {
  return {Target::Kind::memory, draw::hex_short(addr.value()), addr, 0, 0, ""};
}

Target target_of_moment(std::uint64_t state) {
  return {Target::Kind::moment, std::to_string(state), Addr(), 0, state, ""};
}

Target target_of_register(Reg reg) {
  const std::string text(name(reg));
  return {Target::Kind::reg, text, Addr(), 0, 0, text};
}

Target target_of_value_in(const View& view, std::uint64_t value, std::string held_in) {
  Target target = target_of_value(view, value);
  target.held_in = std::move(held_in);
  return target;
}

Target target_of_value(const View& view, std::uint64_t value) {
  if (value == 0) return {};
  const Code& code = view.guest->code;
  if (code.place(CodeAddr(value)).function != nullptr) {
    return {Target::Kind::code, code.symbolize(CodeAddr(value)), Addr(value), 0, 0, ""};
  }
  const Entities& entities = view.names->entities();
  if (const Entity* entity = entities.holding(Addr(value));
      entity != nullptr && entity->addr == Addr(value)) {
    return target_of_entity(*entity);
  }
  // What else has a name is in memory; what has none is a plain number.
  if (view.names->meaning(value).empty()) return {};
  return target_of_memory(Addr(value));
}

std::optional<LeftOutLine> line_to_leave_out(const View& view, CodeAddr pc) {
  const Code& code = view.guest->code;
  const Function* const function = code.function_at(pc);
  const Instruction* const at = code.instruction_at(pc);
  // A task is the scenario's own text.
  if (function == nullptr || at == nullptr || function->kind == FunctionKind::task) return std::nullopt;
  const std::string& name = code.line_name(*function, at->line);
  return name.empty() ? std::nullopt : std::optional(LeftOutLine{function->name, name});
}

std::vector<MenuItem> menu_of(const Target& target, const View& view, const UiState& ui) {
  const Language language = ui.language;
  std::vector<MenuItem> items;
  const auto add = [&](const char* name, const Words& words, CommandId id, CommandArgument argument) {
    items.push_back({name, words.str(language), Command{id, std::move(argument)}, false, "", "", ""});
  };
  const auto add_go_to = [&] {
    items.push_back({"go-to", kGoTo.str(language), std::nullopt, true, "", "", ""});
  };
  switch (target.kind) {
    case Target::Kind::none:
      return items;
    case Target::Kind::code: {
      add_go_to();
      const Place place = place_of(CodeAddr(target.addr.value()), view.guest->code);
      add("run-to", kRunTo, CommandId::run_to, Where::at_place(place));
      add("back-to", kBackTo, CommandId::back_to, place);
      add("break", kBreakHere, CommandId::toggle_break, place);
      if (auto line = view.live && view.trial == nullptr
                          ? line_to_leave_out(view, CodeAddr(target.addr.value()))
                          : std::nullopt) {
        MenuItem item{"leave-out", kLeaveOut.str(language), std::nullopt, false, "", "", ""};
        item.leaves_out = std::move(line);
        items.push_back(std::move(item));
      }
      break;
    }
    case Target::Kind::field:
      add_go_to();
      add("last-write", kLastWrite, CommandId::last_write, FieldPath{target.text});
      add("next-write", kNextWrite, CommandId::next_write, FieldPath{target.text});
      add("break", kBreakOnWrite, CommandId::toggle_break, FieldPath{target.text});
      break;
    case Target::Kind::entity: {
      add_go_to();
      const Entity* entity = view.names->entities().find(target.text);
      if (entity == nullptr || kind_of(*entity) == "schedt") break;
      const bool is_g = entity->kind == Entity::Kind::g;
      if (!is_g && entity->kind != Entity::Kind::p) break;
      const std::string status = target.text + (is_g ? ".atomicstatus" : ".status");
      add("last-write", kLastStatus, CommandId::last_write, FieldPath{status});
      add("next-write", kNextStatus, CommandId::next_write, FieldPath{status});
      add("break", kBreakOnWrite, CommandId::toggle_break, FieldPath{status});
      break;
    }
    case Target::Kind::memory:
      add_go_to();
      // Text cannot be written, and half a word is not a field.
      if (!view.names->find_field(target.text)) break;
      add("last-write", kLastWrite, CommandId::last_write, FieldPath{target.text});
      add("next-write", kNextWrite, CommandId::next_write, FieldPath{target.text});
      add("break", kBreakOnWrite, CommandId::toggle_break, FieldPath{target.text});
      break;
    case Target::Kind::moment:
      add_go_to();
      break;
    case Target::Kind::reg:
      break;
  }
  if (const std::string place = place_of_value(target, view); !place.empty()) {
    const auto with_name = [&](const Words& words) { return fill(words.in(language), {{"name", place}}); };
    if (view.live) {
      items.push_back({"change", with_name(kChange), std::nullopt, false, "", "edit " + place + " = ", ""});
    }
    const bool watched = std::find(ui.watched.begin(), ui.watched.end(), place) != ui.watched.end();
    items.push_back(
        {"watch", with_name(watched ? kStopWatching : kWatch), std::nullopt, false, "", "", place});
  }
  items.push_back(
      {"copy", kCopy.str(language) + " " + target.text, std::nullopt, false, target.text, "", ""});
  return items;
}

void go_to(const Target& target, const View& view, UiState& ui, std::vector<Command>& commands) {
  switch (target.kind) {
    case Target::Kind::none:
    case Target::Kind::reg:
      return;
    case Target::Kind::code:
      ui.code_at = CodeAddr(target.addr.value());
      ui.scroll_to_now = true;
      ui.desk.bring_forward(PanelId::source);
      // To look at a place and to run to it go together.
      ui.cursor_place = ui.code_at;
      return;
    case Target::Kind::entity: {
      const Entity* entity = view.names->entities().find(target.text);
      if (entity != nullptr && entity->kind == Entity::Kind::g && !entity->system)
        ui.selected_g = entity->addr;
      ui.struct_shown = target.text;
      ui.desk.bring_forward(PanelId::structs);
      return;
    }
    case Target::Kind::field:
    case Target::Kind::memory:
      ui.memory_at = target.addr;
      ui.desk.bring_forward(PanelId::memory);
      return;
    case Target::Kind::moment:
      commands.push_back({CommandId::run_to, Where::at_state(target.state)});
      return;
  }
}

Pressed link(Frame& frame, std::string_view name, Rect rect, const Target& target) {
  if (!target) return {};
  const Pressed pressed = frame.area(name, rect);
  if (pressed.hovered) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const float y = rect.max.y - frame.px(2);
    ImGui::GetWindowDrawList()->AddLine({rect.min.x, y}, {rect.max.x, y}, frame.theme[Color::blue],
                                        frame.px(1));
  }
  if (pressed.primary) go_to(target, frame.view, frame.ui, frame.commands);
  if (pressed.menu) open_menu(frame, target);
  return pressed;
}

void open_menu(Frame& frame, const Target& target) {
  frame.ui.menu = std::make_shared<Target>(target);
  const std::optional<Rect> focused = frame.press.focus_rect();
  frame.ui.menu_at = focused ? ImVec2{focused->min.x, focused->max.y} : ImGui::GetIO().MousePos;
}

}  // namespace gogoscope
