// Playing: a step at a time, at a speed that eyes can follow. It reads no clock; the window passes it how
// much time has passed.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/session/command.h"

namespace gogoscope {

enum class PlayUnit : std::uint8_t { instruction, line, event, handoff, count };

class Player {
 public:
  bool playing() const { return playing_; }
  bool backwards() const { return backwards_; }
  PlayUnit unit() const { return unit_; }
  /// Units a second.
  float speed() const;

  /// Starts in a direction; pauses if it plays already.
  void toggle(bool backwards);
  void pause() { playing_ = false; }
  void faster();
  void slower();
  void next_unit();
  void set_unit(PlayUnit unit) { unit_ = unit; }

  /// The command that goes one unit on or back.
  CommandId step(bool backwards) const;
  /// Lets time pass; the command that is due, if one is. A long wait makes one step, not many.
  std::optional<CommandId> advance(float seconds);
  /// Seconds until the next step is due; nothing while it pauses.
  std::optional<float> wakes_in() const;

 private:
  bool playing_ = false;
  bool backwards_ = false;
  PlayUnit unit_ = PlayUnit::instruction;
  int speed_ = 2;  ///< index into the speeds
  float waited_ = 0;
};

}  // namespace gogoscope
