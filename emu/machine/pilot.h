// Flying a machine: instead of guest.turns, a pilot decides which thread moves next, and it may go back and
// decide otherwise. What it goes back over is taken off the end of the record, in place: memory and registers
// become what they were, nothing is loaded anew.
//
//   class Mine final : public Pilot { bool decide(Helm& helm) override { ...; return true; } };
//   machine.fly(mine);
#pragma once

#include <cstdint>

#include "emu/guest/memory_view.h"

namespace gogoscope {

/// What a pilot may do to the machine between two steps.
class Helm {
 public:
  virtual ~Helm() = default;

  /// How many steps the record has.
  virtual std::uint64_t steps() const = 0;
  /// The turn goes to this thread, with a step of its own, until the pilot gives it to another one. It must
  /// be able to move; where `expires`, it sleeps until a deadline, and the clock goes there.
  virtual void give_turn(ThreadId thread, bool expires) = 0;
  /// Takes steps back until the record has only so many. Cursors beyond do not stay valid. Cost: 10 ns a
  /// step.
  virtual void take_back(std::uint64_t steps) = 0;
  /// No thread can move, and none ever will: the run has ended with the last step.
  virtual void deadlock() = 0;
};

class Pilot {
 public:
  virtual ~Pilot() = default;

  /// Asked after each step that other threads notice (Gate::others_notice), after the last step of a run, and
  /// after kAlone steps of which none was noticed. False: the machine comes to rest.
  virtual bool decide(Helm& helm) = 0;

  /// From then on each step is asked about, so that an endless loop of private steps comes to be seen.
  static constexpr std::uint64_t kAlone = 4096;
};

}  // namespace gogoscope
