// The events around a moment, as the reports of failures show them.
#pragma once

#include <cstdint>
#include <vector>

#include "asm/text/message.h"
#include "emu/guest/guest.h"
#include "emu/history/event.h"
#include "scenarios/run/goroutines.h"

namespace gogoscope {

/// The events of a record, and what their names are of.
struct Told {
  const std::vector<Event>& events;
  const Guest& guest;
  const Goroutines& goroutines;
  /// "g2: running -> dead on m0". Cost in Chinese: the texts are read once.
  Message event(std::size_t i) const;
  /// "step 812: g2: running -> dead on m0".
  Message line(std::size_t i) const;
  /// Whether a comparison holds in state k, with gs in the place of names.
  Answer answer(const Comparison& comparison, const Moment& moment, std::uint64_t k) const;
};

/// A few events around index `at`, the one in question marked.
std::vector<Message> around(const Told& told, std::size_t at, bool mark);
/// Those around index `at`, which is marked, and the last ones of the run.
std::vector<Message> around_and_end(const Told& told, std::size_t at);
/// The events around a moment.
std::vector<Message> around_step(const Told& told, std::uint64_t step);
/// The last events of the run.
std::vector<Message> at_the_end(const Told& told);

}  // namespace gogoscope
