#include "ui/keys.h"

#include <array>
#include <utility>

namespace gogoscope {
namespace {

using imgui_api::Key;

constexpr std::array<std::pair<std::string_view, Key>, 17> kNames{{
    {"Left", Key::left},
    {"Right", Key::right},
    {"Up", Key::up},
    {"Down", Key::down},
    {"Home", Key::home},
    {"End", Key::end},
    {"PageUp", Key::page_up},
    {"PageDown", Key::page_down},
    {"PgUp", Key::page_up},
    {"PgDn", Key::page_down},
    {"Space", Key::space},
    {"Escape", Key::escape},
    {"Esc", Key::escape},
    {"Enter", Key::enter},
    {"Tab", Key::tab},
    {"=", Key::equal},
    {"-", Key::minus},
}};

Key key_by_name(std::string_view name) {
  for (const auto& [known, key] : kNames) {
    if (known == name) return key;
  }
  if (name.size() == 1) {
    const char c = name[0];
    if (c >= 'A' && c <= 'Z') return static_cast<Key>(static_cast<int>(Key::a) + c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<Key>(static_cast<int>(Key::a) + c - 'a');
  }
  if ((name.size() == 2 || name.size() == 3) && name[0] == 'F') {
    int number = 0;
    for (const char c : name.substr(1)) {
      if (c < '0' || c > '9') return Key::none;
      number = number * 10 + (c - '0');
    }
    if (number >= 1 && number <= 12) return static_cast<Key>(static_cast<int>(Key::f1) + number - 1);
  }
  return Key::none;
}

/// A key that a text field needs for itself: letters, and with Ctrl those that select, copy, cut, paste,
/// undo.
bool types_or_moves(const Shortcut& shortcut) {
  const bool function_key = shortcut.key >= Key::f1 && shortcut.key <= Key::f12;
  const bool letter = shortcut.key >= Key::a && shortcut.key <= Key::z;
  const bool edits = shortcut.key == Key::a || shortcut.key == Key::c || shortcut.key == Key::v ||
                     shortcut.key == Key::x || shortcut.key == Key::y || shortcut.key == Key::z;
  return !function_key && !(shortcut.ctrl && letter && !edits);
}

bool asked_for(const ImGuiIO& io, const Shortcut& shortcut) {
  if (io.WantTextInput && types_or_moves(shortcut)) return false;
  return io.KeyCtrl == shortcut.ctrl && io.KeyShift == shortcut.shift && io.KeyAlt == shortcut.alt &&
         imgui_api::pressed(shortcut.key);
}

}  // namespace

std::optional<Shortcut> parse_shortcut(std::string_view text) {
  Shortcut shortcut;
  while (true) {
    const std::size_t plus = text.find('+');
    if (plus == std::string_view::npos) break;
    const std::string_view modifier = text.substr(0, plus);
    if (modifier == "Ctrl") {
      shortcut.ctrl = true;
    } else if (modifier == "Shift") {
      shortcut.shift = true;
    } else if (modifier == "Alt") {
      shortcut.alt = true;
    } else {
      return std::nullopt;
    }
    text.remove_prefix(plus + 1);
  }
  shortcut.key = key_by_name(text);
  if (shortcut.key == Key::none) return std::nullopt;
  return shortcut;
}

KeysRead read_keys(const ImGuiIO& io, const Place& here, bool overlay_open) {
  const auto hit = [&](std::string_view text) {
    const std::optional<Shortcut> shortcut = parse_shortcut(text);
    return shortcut && asked_for(io, *shortcut);
  };
  KeysRead read;
  // One key a frame: a second one in the same 16 ms is a slip.
  for (const ActionInfo& action : actions()) {
    const bool applies = !overlay_open || action.id == ActionId::close || action.id == ActionId::palette ||
                         action.id == ActionId::menu || action.id == ActionId::open_file ||
                         action.id == ActionId::start_page || action.id == ActionId::help ||
                         action.id == ActionId::copy_picture;
    // Escape closes what is on top even while a text field has the keys.
    const bool pressed = action.id == ActionId::close ? imgui_api::pressed(Key::escape)
                                                      : !action.shortcut.empty() && hit(action.shortcut);
    if (applies && pressed) {
      read.action = action.id;
      return read;
    }
  }
  if (overlay_open) return read;
  for (const CommandInfo& command : commands()) {
    if (command.shortcut.empty() || !hit(command.shortcut)) continue;
    switch (command.argument) {
      case ArgumentKind::none:
        read.command = Command{command.id};
        break;
      case ArgumentKind::branch:  // the one cut off last
        read.command = Command{command.id};
        break;
      case ArgumentKind::place:
      case ArgumentKind::break_spot:
        read.command = Command{command.id, here};
        break;
      default:
        read.line = std::string(command.name) + " ";
        break;
    }
    return read;
  }
  // Next to the table's own keys, the arrows are what a hand finds without looking.
  if (hit("Right")) read.command = Command{CommandId::step};
  if (hit("Left")) read.command = Command{CommandId::back};
  return read;
}

}  // namespace gogoscope
