#include "ui/changes.h"

#include <algorithm>

#include "emu/layout/stacks.h"

namespace gogoscope {
namespace {

bool on_a_stack(const View& view, const Store& store) {
  return view.names->stack_with_word(store.addr).has_value();
}

}  // namespace

bool shows_change(PanelId panel, const View& view) {
  if (!view.executed) return false;
  const Step& step = *view.executed;
  const auto any_store = [&](auto fits) { return std::any_of(step.stores.begin(), step.stores.end(), fits); };
  switch (panel) {
    case PanelId::registers:
      return std::any_of(step.regs.begin(), step.regs.end(), [](const RegChange& change) {
        return change.reg != Reg::rip && change.reg != Reg::rflags;
      });
    case PanelId::stacks:
      return any_store([&](const Store& store) { return on_a_stack(view, store); });
    case PanelId::structs:
      return any_store([&](const Store& store) { return !on_a_stack(view, store); });
    case PanelId::memory:
      return !step.stores.empty();
    default:
      return false;
  }
}

}  // namespace gogoscope
