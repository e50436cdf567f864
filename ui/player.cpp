#include "ui/player.h"

#include <algorithm>
#include <array>

namespace gogoscope {
namespace {

// From "explain each step" to "show me the pattern".
constexpr std::array kSpeeds = {0.5F, 1.0F, 2.0F, 4.0F, 8.0F, 20.0F};

}  // namespace

float Player::speed() const { return kSpeeds[static_cast<std::size_t>(speed_)]; }

void Player::toggle(bool backwards) {
  playing_ = !playing_;
  backwards_ = backwards;
  waited_ = 0;
}

void Player::faster() { speed_ = std::min(speed_ + 1, static_cast<int>(kSpeeds.size()) - 1); }

void Player::slower() { speed_ = std::max(speed_ - 1, 0); }

void Player::next_unit() {
  unit_ = static_cast<PlayUnit>((static_cast<int>(unit_) + 1) % static_cast<int>(PlayUnit::count));
}

CommandId Player::step(bool backwards) const {
  switch (unit_) {
    case PlayUnit::line:
      return backwards ? CommandId::back_line : CommandId::step_line;
    case PlayUnit::event:
      return backwards ? CommandId::last_event : CommandId::next_event;
    case PlayUnit::handoff:
      return backwards ? CommandId::last_handoff : CommandId::next_handoff;
    default:
      return backwards ? CommandId::back : CommandId::step;
  }
}

std::optional<CommandId> Player::advance(float seconds) {
  if (!playing_) return std::nullopt;
  waited_ += seconds;
  if (waited_ * speed() < 1) return std::nullopt;
  waited_ = 0;
  return step(backwards_);
}

std::optional<float> Player::wakes_in() const {
  if (!playing_) return std::nullopt;
  return std::max(1 / speed() - waited_, 0.0F);
}

}  // namespace gogoscope
