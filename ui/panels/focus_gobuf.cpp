#include "ui/panels/focus_gobuf.h"

#include "emu/layout/layout.h"

namespace gogoscope {

FocusGobuf gobuf_in_focus(const View& view, const Entity* g) {
  const Field* const sched = view.guest->release->layout.find("g", "sched");
  const auto owner = [&](Addr at) -> const Entity* {
    const Entity* entity = view.names->entities().holding(at);
    if (entity == nullptr || entity->kind != Entity::Kind::g) return nullptr;
    const std::int64_t offset = at - entity->addr;
    return sched != nullptr && offset >= sched->offset && offset < sched->offset + sched->size ? entity
                                                                                               : nullptr;
  };
  if (!view.executed) return {g, FocusGobuf::Why::chosen, ""};
  const bool edit = view.executed->kind == StepKind::edit;
  const Function* function = edit ? nullptr : view.guest->code.function_at(view.executed->pc);
  const std::string_view name = function == nullptr ? "" : short_function_name(function->name);
  for (const Store& store : view.executed->stores) {
    const Entity* of = owner(store.addr);
    if (of != nullptr) return {of, edit ? FocusGobuf::Why::edited : FocusGobuf::Why::stored, name};
  }
  const std::vector<Transfer>& moves = view.transfers;
  // The last one keeps the focus until the function is left: gogo loads a gobuf field by field.
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    const Entity* of = owner(move->addr);
    if (of == nullptr) continue;
    return {of, move->to_memory ? FocusGobuf::Why::stored : FocusGobuf::Why::loaded, name};
  }
  return {g, FocusGobuf::Why::chosen, ""};
}

}  // namespace gogoscope
