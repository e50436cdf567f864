// A step with the names that every writer needs. Private to this folder.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "emu/history/event.h"
#include "emu/history/trace.h"

namespace gogoscope {

struct ToldWrite {
  Store store;
  std::string name;         ///< "g2.sched.sp"; may be empty
  std::string new_meaning;  ///< "in g2's stack, hi-40"; may be empty
};

struct ToldStep {
  Step step;
  bool real = false;
  bool changed = false;                ///< of a function that the scenario has altered
  std::string sym;                     ///< "runtime.gogo+0x23"
  std::string text;                    ///< Plan 9 statement, or what a slot does
  const SourceFile* source = nullptr;  ///< of the line; null where there is none
  std::uint32_t line = 0;
  std::string bytes;
  std::vector<std::string> reg_meanings;        ///< of the new values of step.regs; empty for plain numbers
  std::vector<std::string> other_reg_meanings;  ///< the same of step.other_regs
  std::vector<ToldWrite> writes;
  std::span<const Event> events;
};

/// Walks steps [from, to) of a trace and reports each. Cost: some microseconds a step.
/// `events` are those of the whole run.
void tell_steps(const Trace& trace, const std::vector<Event>& events, std::uint64_t from, std::uint64_t to,
                const std::function<void(const ToldStep&)>& tell);

}  // namespace gogoscope
