// The entities of a world that follows a record, kept up to date with it. At a single moment Entities will
// do.
#pragma once

#include <vector>

#include "emu/layout/entities.h"
#include "emu/world/world.h"

namespace gogoscope {

class EntitiesAlong {
 public:
  /// The world must outlive it. Cost: that of Entities.
  explicit EntitiesAlong(const World& world);

  /// The world has followed one step or several, and what they touched is not forgotten yet. Cost: little
  /// where no g, M or P has come or gone; that of the new ones where allgs has grown.
  void follow();
  const Entities& entities() const { return entities_; }

 private:
  void find_anew();
  void find_others();

  const World& world_;
  Entities entities_;
  std::vector<FoundM> ms_;  ///< those that have names
};

}  // namespace gogoscope
