#include "emu/world/entities_along.h"

namespace gogoscope {

EntitiesAlong::EntitiesAlong(const World& world) : world_(world), entities_(world.guest().release->layout) {
  find_anew();
}

void EntitiesAlong::find_anew() {
  entities_ = Entities(world_.guest().release->layout);
  for (std::size_t i = 0; i < world_.allgs_length(); ++i) entities_.add_g(world_.allgs_entry(i));
  find_others();
}

void EntitiesAlong::find_others() {
  const DataSymbol* const sched = world_.guest().code.data("runtime.sched");
  ms_ = world_.found_ms();
  entities_.set_others(ms_, world_.allp(), sched == nullptr ? Addr() : sched->addr);
}

void EntitiesAlong::follow() {
  if (world_.structs_changed()) return find_anew();
  for (std::size_t i = entities_.gs(); i < world_.allgs_length(); ++i) {
    entities_.add_g(world_.allgs_entry(i));
  }
  if (world_.threads_touched() && ms_ != world_.found_ms()) find_others();
}

}  // namespace gogoscope
