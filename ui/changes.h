// Which panels show what the executed step changed.
#pragma once

#include "ui/desk.h"
#include "ui/view.h"

namespace gogoscope {

/// Whether the executed step changed what this panel shows: registers, words of stacks, fields of structs;
/// the memory panel shows every store.
bool shows_change(PanelId panel, const View& view);

}  // namespace gogoscope
