// Which panels there are, and which slot of the window each is in. Panels that share a slot are tabs of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ui/text.h"
#include "ui/theme.h"

namespace gogoscope {

enum class PanelId : std::uint8_t {
  lesson,  ///< has a place only while a lesson is played
  story,
  which_g,
  source,
  scenario,
  expectations,
  output,
  disassembly,
  registers,
  threads,
  traceback,
  stacks,
  states,
  gs,
  queues,
  events,
  structs,
  memory,
  watch,
  futures,
  breakpoints,
  invariants,
  timeline,
  count
};

enum class Slot : std::uint8_t {
  lesson,
  story,
  which_g,
  source,
  disassembly,
  registers,
  stacks,
  states,
  data,
  timeline,
  count
};

struct PanelInfo {
  PanelId id;
  std::string_view
      name;  ///< "structs": in the palette, in settings, in tests as "panel.structs", "tab.structs"
  const Words& title;
  Color accent;
  Slot slot;
};

/// All panels, those of a slot in the order of its tabs.
std::span<const PanelInfo> panels();
const PanelInfo& info(PanelId id);
const PanelInfo* panel_by_name(std::string_view name);

/// Which panel of each slot is in front. At first: the first one.
class Desk {
 public:
  Desk();
  PanelId front(Slot slot) const { return front_[static_cast<std::size_t>(slot)]; }
  bool in_front(PanelId id) const { return front(info(id).slot) == id; }
  void bring_forward(PanelId id) { front_[static_cast<std::size_t>(info(id).slot)] = id; }

 private:
  std::array<PanelId, static_cast<std::size_t>(Slot::count)> front_{};
};

}  // namespace gogoscope
