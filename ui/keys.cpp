#include "ui/keys.h"

#include <array>
#include <utility>

namespace gogoscope {
namespace {

using imgui_api::Key;

constexpr std::array<std::pair<std::string_view, Key>, 14> kNames{{
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

/// A key that a text field needs for itself.
bool types_or_moves(const Shortcut& shortcut) {
  const bool function_key = shortcut.key >= Key::f1 && shortcut.key <= Key::f12;
  return !function_key;
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

KeysRead read_keys(const ImGuiIO& io, const std::string& here) {
  const auto hit = [&](std::string_view text) {
    const std::optional<Shortcut> shortcut = parse_shortcut(text);
    return shortcut && asked_for(io, *shortcut);
  };
  // One command a frame: a second key in the same 16 ms is a slip.
  for (const CommandInfo& command : commands()) {
    if (command.shortcut.empty() || !hit(command.shortcut)) continue;
    switch (command.argument) {
      case ArgumentKind::none:
        return {Command{command.id, ""}, ""};
      case ArgumentKind::place:
        return {Command{command.id, here}, ""};
      default:
        return {std::nullopt, std::string(command.name) + " "};
    }
  }
  // Next to the table's own keys, the arrows are what a hand finds without looking.
  if (hit("Right")) return {Command{CommandId::step, ""}, ""};
  if (hit("Left")) return {Command{CommandId::back, ""}, ""};
  return {};
}

}  // namespace gogoscope
