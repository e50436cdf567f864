// The name that somebody who mistyped has probably meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "emu/guest/code.h"
#include "emu/layout/entities.h"

namespace gogoscope {

/// Keeps the nearest of the names offered to it: the one with the fewest letters to change. A name that ends
/// in ".wanted" comes before all others; names of which half would have to change are not near.
class NearestName {
 public:
  explicit NearestName(std::string_view wanted);

  void offer(std::string_view name);
  void offer_functions(const Code& code);
  /// All fields of all gs, ms, ps and sched, and the data symbols.
  void offer_fields(const Code& code, const Layout& layout, const Entities& entities);

  /// "; the nearest name is runtime.gogo"; empty if no name is near.
  std::string hint() const;

 private:
  std::string wanted_;
  std::string best_;
  std::size_t least_;
};

}  // namespace gogoscope
