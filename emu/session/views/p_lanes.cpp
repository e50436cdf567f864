#include "emu/session/views/p_lanes.h"

#include <algorithm>

#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope {

/// Ps and Ms are found at the end of the record: none of them ever goes.
void PLanes::start(const MomentView& moment) {
  trace_ = moment.trace;
  cuts_ = moment.trace->cuts();
  ps_.clear();
  ms_.clear();
  lanes_.clear();
  Cursor end(*moment.trace);
  end.seek(moment.steps);
  const Entities entities(*moment.guest, end.state());
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::m && entity.index >= 0) {
      ms_.emplace_back(entity.addr.value(), static_cast<std::uint32_t>(entity.index));
    } else if (entity.kind == Entity::Kind::p) {
      const auto m = find_field(*moment.guest, end.state(), entity.short_name + ".m");
      const auto status = find_field(*moment.guest, end.state(), entity.short_name + ".status");
      if (!m || !status) continue;
      ps_.push_back({m->addr, status->addr});
      Lane& lane = lanes_.emplace_back();
      lane.kind = Lane::Kind::p;
      lane.name = entity.short_name;
      lane.segments.push_back({0, 0, Lane::kAbsent});
    }
  }
  cursor_.emplace(*moment.trace);
}

std::uint32_t PLanes::what(const Image& state, const Watched& p) const {
  const std::uint64_t status = state.load_or_zero(p.status, 4);
  if (status == kPsyscall) return kSyscall;
  if (status == kPgcstop || status == kPdead) return kStopped;
  const std::uint64_t m = state.load_or_zero(p.m, 8);
  const auto found = std::find_if(ms_.begin(), ms_.end(), [&](const auto& one) { return one.first == m; });
  return found == ms_.end() ? kIdle : found->second;
}

bool PLanes::follow(const MomentView& moment) {
  const bool cut = moment.trace != trace_ || moment.trace->cuts() != cuts_;
  if (!cut && cursor_->position() == moment.steps) return false;
  start(moment);
  if (ps_.size() < 2) {
    cursor_->seek(moment.steps);
    return true;
  }
  std::vector<std::uint32_t> now(ps_.size(), Lane::kAbsent);
  while (cursor_->position() < moment.steps && cursor_->forward()) {
    for (std::size_t i = 0; i < ps_.size(); ++i) {
      const std::uint32_t next = what(cursor_->state(), ps_[i]);
      if (next == now[i]) continue;
      now[i] = next;
      lanes_[i].segments.back().to = cursor_->position();
      lanes_[i].segments.push_back({cursor_->position(), cursor_->position(), next});
    }
  }
  for (Lane& lane : lanes_) lane.segments.back().to = moment.steps;
  return true;
}

std::vector<const Lane*> PLanes::all() const {
  std::vector<const Lane*> out;
  if (lanes_.size() < 2) return out;
  for (const Lane& lane : lanes_) out.push_back(&lane);
  return out;
}

}  // namespace gogoscope
