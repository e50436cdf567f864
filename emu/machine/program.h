// What a machine runs.
#pragma once

#include <memory>

#include "emu/guest/guest.h"

namespace gogoscope {

class SlotTable;

/// A guest and the host bodies of its slots. Cheap to copy.
struct Program {
  std::shared_ptr<const Guest> guest;
  std::shared_ptr<const SlotTable> slots;
};

}  // namespace gogoscope
