// The machine: Unicorn behind one class, and the only writer of guest state. Whatever it changes, it
// records on the way; it is at the tip of its trace and nowhere else.
//
//   Machine machine(program.guest, program.slots, trace);
//   machine.run(1000);             // 1000 steps, or fewer: see trace.end()
//   machine.resume_from(cursor);   // gives up the future, continues from the past
//   machine.edit(cursor, RegisterEdit{Reg::rax, 5});   // keeps the future as a branch
//
// One permanent code hook is the base of execution: it finishes the record of the last instruction, runs
// the body of a slot, and stops exactly. Cost: about 60 ns a step, 1 ms to make.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "asm/text/message.h"
#include "emu/history/edit.h"
#include "emu/history/recorder.h"
#include "emu/machine/pilot.h"
#include "emu/machine/slot.h"

namespace gogoscope {

class Machine {
 public:
  /// Text is checked against the allow-list (decode.h) when it is about to be executed for the first time:
  /// the engine never sees other bytes, and to come to one that is not on the list is a fault. The trace must
  /// be empty and outlive the machine.
  Machine(std::shared_ptr<const Guest> guest, std::shared_ptr<const SlotTable> slots, Trace& trace);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// Executes and records up to `steps` steps; fewer if the run ends. Does nothing once it has ended.
  void run(std::uint64_t steps);

  /// Executes and records until the pilot has enough. It is asked first before anything runs.
  void fly(Pilot& pilot);

  /// Gives up the record and begins a new one with a state of the run, one that came after so many steps.
  /// Where the machine `is_there`, at that state, it only gives up the record. Cost: that of the state's
  /// pages.
  void begin_at(std::uint64_t state, std::shared_ptr<const Image> image, bool is_there);

  /// Goes to the state of a cursor of the trace and truncates the trace there.
  void resume_from(const Cursor& at);
  /// Makes what was recorded beyond the cursor a branch, and goes back to it. Does nothing where nothing was.
  void branch_off(const Cursor& at);
  /// Makes a branch of the trace the record, and goes to its end. Does nothing if the record has no such
  /// branch. Cost: that of walking there.
  void go_to_branch(int id);

  /// Why the state of a cursor cannot be edited like this, or a thread cannot move next in it; empty if it
  /// can.
  Message why_not(const Cursor& at, const Edit& edit) const;
  Message why_no_turn(const Cursor& at, ThreadId thread) const;
  /// Records an edit of the state of a cursor, or a step there that gives the turn to a thread. What was
  /// recorded beyond becomes a branch. If it cannot be, nothing changes, and the answer says why.
  Message edit(const Cursor& at, const Edit& edit);
  Message give_turn(const Cursor& at, ThreadId thread);

  /// The engine's own idea of its state, asked of Unicorn register by register and page by page: what the
  /// record is tested against. Cost: milliseconds.
  Image engine_state() const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace gogoscope
