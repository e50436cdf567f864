// The expressions of `expect`: a comparison of two sums.
//
//   rsp == m0.g0.sched.sp - 16
//   [g2.stack.hi - 40] == runtime.goexit + 1
//   g2.atomicstatus == dead
//
// A term is a number, a register, a field by its Go name, an object (g2, m0.g0: its address), a symbol, `tls`
// (the g in the current thread's TLS slot), `stack` (the g on whose stack SP is), nil, the first or last
// member of a list (`last(p0.runq)`), or a word of memory in brackets. A status word may only be compared
// with a status field. Values are 64 bits wide; < and its kin compare signed if a signed field or a minus is
// involved. Whether a list holds something is asked with `in` and `not in`: g2 in sched.runq.
//
// Where a file names goroutines, a name is the g that is that goroutine, as `worker` here:
// worker.atomicstatus, tls == worker. Which g that is, only a run can say.
//
// Where an entry of `whenever` names an event, its values have names: event.g, event.m, and fields of these;
// the words `event.from` and `event.to` of a change of status; the lists event.queue and event.list.
//
// A claim, which is about a step, may also ask for the moment before it (before.m0.curg) and for variables
// of live frames (runqget.next).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/guest/guest.h"
#include "emu/guest/memory_view.h"
#include "emu/layout/describe.h"

namespace gogoscope {

struct Sum;

struct Term {
  enum class Kind : std::uint8_t {
    number,
    reg,
    field,
    object,
    symbol,
    tls,
    stack,
    list,
    first,
    last,
    memory,
    event_status,  ///< a word of the event at hand, as its number
    event_number
  };
  Kind kind = Kind::number;
  bool negative = false;
  bool before = false;  ///< of the moment before the step
  std::uint64_t number = 0;
  Reg reg = Reg::rax;
  std::string name;  ///< as written: "m0.g0.sched.sp", "runtime.goexit", "dead"
  /// "worker" of "worker.sched.sp", "event.g" of "event.g.goid": has no value until it is replaced by what it
  /// is.
  std::string goroutine;
  std::shared_ptr<const Sum> inner;  ///< of memory
  int column = 1;                    ///< in the expression, in characters
  int width = 1;
};

struct Sum {
  std::vector<Term> terms;
  std::string text;  ///< as written
};

enum class Relation : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal, in, not_in };

struct Comparison {
  Sum left;
  Relation relation = Relation::equal;
  Sum right;
  std::string text;  ///< as written
};

/// What is wrong with an expression, and where in it.
struct ExpressionError {
  int column = 1;  ///< counts from 1, in characters
  int width = 1;
  Message message;
};

/// Names of goroutines that a file has given.
using GoroutineNames = std::vector<std::string>;

/// A value of the events that a comparison is asked for.
struct EventValue {
  enum class Kind : std::uint8_t { g, m, status, number, list, word };
  std::string_view key;  ///< "from" of event.from
  Kind kind = Kind::word;
};
using EventValues = std::vector<EventValue>;

/// Reads "left == right". Names of registers and fields are checked against the layout.
std::variant<Comparison, ExpressionError> parse_comparison(std::string_view text, const Layout& layout,
                                                           const GoroutineNames& goroutines = {},
                                                           const EventValues& event = {});
/// The same for a sentence about a step.
std::variant<Comparison, ExpressionError> parse_claim(std::string_view text, const Layout& layout,
                                                      const GoroutineNames& goroutines = {});

/// Reads a sum alone, as a text has it in braces. `of_step`: about a step, as a claim.
std::variant<Sum, ExpressionError> parse_sum(std::string_view text, const Layout& layout,
                                             const GoroutineNames& goroutines = {}, bool of_step = false);

/// Makes the comparison `field == value` of two texts, as `finally` writes it. `in_value` says which text an
/// error's column refers to.
std::variant<Comparison, ExpressionError> parse_equality(std::string_view field, std::string_view value,
                                                         const Layout& layout, bool& in_value,
                                                         const GoroutineNames& goroutines = {},
                                                         const EventValues& event = {});

/// Finds symbols that the guest does not have; nothing if all is well.
std::vector<ExpressionError> check_symbols(const Sum& sum, const Code& code);

/// The value of a sum at a moment, or why it has none (there is no g7 at this moment).
std::variant<std::uint64_t, Message> evaluate(const Sum& sum, const Guest& guest, const StateView& state);

/// Whether a comparison holds; or a sentence that says how it does not.
struct Answer {
  bool holds = false;
  Message sentence;
  bool has_value = true;  ///< false: something that it names does not exist at this moment
  Message expected = {};  ///< where it does not hold: "g2.atomicstatus == dead (6)"
  Message got = {};       ///< "running (2)"
};
Answer evaluate(const Comparison& comparison, const Guest& guest, const StateView& state);
/// The value of its left side in words that its right side may have; nothing where it has none.
std::optional<std::string> left_as_written(const Comparison& comparison, const Guest& guest,
                                           const StateView& state);
/// The answer where it has no value, and why.
Answer without_value(const Comparison& comparison, const Message& why);

/// Whether it names goroutines or values of an event, and so has a value only with gs in their place.
bool names_goroutines(const Comparison& comparison);

/// A moment whose names have been found already.
struct Moment {
  const StateView* state = nullptr;
  const Names* names = nullptr;
};
Answer evaluate(const Comparison& comparison, const Guest& guest, const Moment& moment);
/// The value of a sum that may ask for the moment before, too.
std::variant<std::uint64_t, Message> evaluate(const Sum& sum, const Guest& guest, const Moment& before,
                                              const Moment& now);
/// A sum's value as a text has it: "g2", "dead", "runtime.goexit+0x1"; a distance between addresses is in
/// decimal.
std::string value_in_text(const Sum& sum, std::uint64_t value, const Guest& guest, const StateView& state);
/// Whether a claim holds after a step. Cost: that of the reads, below a microsecond for a field.
bool holds(const Comparison& claim, const Guest& guest, const Moment& before, const Moment& after);

}  // namespace gogoscope
