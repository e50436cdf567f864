#include "scenarios/page/stage.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/layout/views.h"

namespace gogoscope {

void Stage::enter(const MomentView& view, const Names& chinese) {
  view_ = &view;
  chinese_ = &chinese;
  first_ = !entered_;
  entered_ = true;
  scheduler_touched_ = first_;
  if (!first_) {
    for (const Store& store : view.executed->stores) {
      if (!view.names->stack_with_word(store.addr)) scheduler_touched_ = true;
    }
    if (!view.executed->maps.empty() || view.executed->kind == StepKind::thread) scheduler_touched_ = true;
  }
  renamed_ = first_;
  if (scheduler_touched_) {
    std::vector<std::uint64_t> now = signature();
    if (now != signature_) {
      renamed_ = true;
      signature_ = std::move(now);
      pointers_.clear();
    }
  }
}

std::vector<std::uint64_t> Stage::signature() const {
  std::vector<std::uint64_t> out;
  const bool one_m = entities().one_m();  // then g0 is not called m0.g0
  out.push_back(one_m ? 1 : 0);
  for (const Entity& e : entities().all()) {
    out.push_back(e.addr.value());
    out.push_back(static_cast<std::uint64_t>(e.kind) << 32 | static_cast<std::uint32_t>(e.index));
    if (e.kind != Entity::Kind::g) continue;
    const GView g(guest().release->layout, view_->state(), {e.addr});
    out.push_back(g.stack_lo().value());
    out.push_back(g.stack_hi().value());
  }
  return out;
}

int Stage::pointer(std::uint64_t value) {
  const auto [at, is_new] = pointers_.try_emplace(value, 0);
  if (is_new) {
    at->second = values.of(Shown{fmt::format("{:#x}", value),
                                 {names(Language::en).meaning(value), names(Language::zh).meaning(value)}});
  }
  return at->second;
}

Text Stage::description(Addr addr) const {
  return {names(Language::en).describe(addr), names(Language::zh).describe(addr)};
}

}  // namespace gogoscope
