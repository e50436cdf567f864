// Which g a named goroutine is, and from when to when: found in the record, from the go statements that it
// executed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/history/event.h"
#include "emu/history/trace.h"
#include "scenarios/format/expression.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

class Goroutines {
 public:
  /// Of a record so far, with its events. Cost: a walk over the record where the scenario names any.
  Goroutines(const std::vector<NamedGoroutine>& names, const Trace& trace, const std::vector<Event>& events);

  /// "g3": the g of that goroutine while step k is executed, from the step on that makes it runnable to the
  /// one before the g is used again. "" if there is none then; nothing if `name` is no such name.
  std::optional<std::string> at_step(std::string_view name, std::uint64_t k) const;

  /// The same in the state that step k - 1 has left; "" for what is no such name, too.
  std::string at_state(std::string_view name, std::uint64_t k) const;

  /// The comparison with gs in the place of names, at state k; or why it has none there.
  std::variant<Comparison, Message> bound(const Comparison& comparison, std::uint64_t k) const;
  std::variant<Sum, Message> bound(const Sum& sum, std::uint64_t k) const;

  /// Those that the record never starts, each with how many of its function it does start.
  struct Missing {
    const NamedGoroutine* goroutine = nullptr;
    int started = 0;
  };
  std::vector<Missing> missing() const;

 private:
  struct Life {
    std::string g;
    std::uint64_t from = 0, to = 0;  ///< steps [from, to)
  };
  struct Found {
    const NamedGoroutine* goroutine = nullptr;
    std::optional<Life> life;
    int started = 0;
  };
  std::vector<Found> found_;
};

}  // namespace gogoscope
