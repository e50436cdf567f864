// Fields of structs by a path that is being typed: "g2.sched.s" finds g2.sched and g2.sched.sp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/view.h"

namespace gogoscope {

struct FieldHit {
  std::string path;  ///< "g2.sched.sp"
  Addr addr;
  std::uint32_t size = 0;
  std::string type;               ///< Go's name of it
  std::string value;              ///< at this moment; empty for structs and arrays
  std::vector<std::uint16_t> at;  ///< bytes of the path that were matched
};

/// Best first, `most` of them. Empty unless the text before some dot names a struct or a pointer to one.
std::vector<FieldHit> find_fields(std::string_view typed, const View& view, std::size_t most);

}  // namespace gogoscope
