// From keys to commands: shortcuts come from the command table, nothing is bound here but the arrows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emu/session/command.h"
#include "ui/action.h"
#include "ui/imgui_api.h"

namespace gogoscope {

struct Shortcut {
  imgui_api::Key key = imgui_api::Key::none;
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
};

/// "Shift+F10", "Home"; nothing if it names no key.
std::optional<Shortcut> parse_shortcut(std::string_view text);

/// What the keys of this frame ask for.
struct KeysRead {
  std::optional<Command> command;
  std::optional<ActionId> action;
  /// A command that needs more words than a key can say: what the palette begins with, "run-to ".
  std::string line;
};

/// `here` is the place that a command about a place means when it is given by key: where the PC is.
/// With an overlay open only `close` and what is typed with Ctrl or as a function key count.
KeysRead read_keys(const ImGuiIO& io, const Place& here, bool overlay_open);

}  // namespace gogoscope
