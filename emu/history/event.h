// What happened, in the words of the scheduler, as values: ids of the things it happened to. Names are made
// at the edges, with the table in event_info.h.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "asm/text/language.h"
#include "emu/layout/ids.h"

namespace gogoscope {

enum class Invariant : std::uint8_t;  // emu/check/invariant.h

enum class EventType : std::uint8_t {
  status,
  stack,
  tls,
  curg,
  runq,
  gfree,
  thread,
  write,
  signal,
  exit,
  invariant
};
inline constexpr std::size_t kEventTypes = static_cast<std::size_t>(EventType::invariant) + 1;

/// Onto a queue or a list, or off it.
enum class PutGet : std::uint8_t { put, get };

/// g.atomicstatus was stored.
struct StatusChange {
  GId g;
  std::uint32_t from = 0, to = 0;  ///< status.h
  auto operator<=>(const StatusChange&) const = default;
};

/// SP of the M's thread came from one g's stack onto another's.
struct StackSwitch {
  GId from, to;
  auto operator<=>(const StackSwitch&) const = default;
};

/// The g that the M's -8(FS) names.
struct TlsChange {
  GId from, to;
  auto operator<=>(const TlsChange&) const = default;
};

struct CurgChange {
  GId from, to;
  auto operator<=>(const CurgChange&) const = default;
};

struct QueueMove {
  PutGet op = PutGet::put;
  GId g;
  QueueId queue;
  auto operator<=>(const QueueMove&) const = default;
};

struct FreeListMove {
  PutGet op = PutGet::put;
  GId g;
  FreeListId list;
  auto operator<=>(const FreeListMove&) const = default;
};

/// The M's thread itself.
struct ThreadChange {
  enum class What : std::uint8_t { starts, sleeps, wakes, ends };
  What what = What::starts;
  WordId futex;  ///< of `sleeps`: what it sleeps on; the address is nil if it waits for the clock alone
  auto operator<=>(const ThreadChange&) const = default;
};

/// Bytes that came to a file: up to WriteWords::kMost, of any value.
struct Write {
  int fd = 0;  ///< 1: standard output, 2: standard error
  std::string text;
  auto operator<=>(const Write&) const = default;
};

/// The M's thread enters the handler of a signal, in a step in which no instruction runs, or returns from it.
struct SignalChange {
  enum class What : std::uint8_t { enters, returns };
  What what = What::enters;
  std::uint64_t number = 0;  ///< as Linux numbers them
  auto operator<=>(const SignalChange&) const = default;
};

struct Exit {
  int code = 0;
  auto operator<=>(const Exit&) const = default;
};

/// An invariant that held in all steps before.
struct InvariantBreak {
  Invariant id{};
  std::string_view name;  ///< "sp-in-tls-g", of the table of invariants
  Text reason;            ///< what is wrong
  bool operator==(const InvariantBreak& other) const {
    return id == other.id && reason.en == other.reason.en;
  }
  std::strong_ordering operator<=>(const InvariantBreak& other) const {
    if (const auto order = id <=> other.id; order != 0) return order;
    return reason.en <=> other.reason.en;
  }
};

struct Event {
  std::uint64_t step = 0;  ///< the step that brought it
  int m = 0;               ///< the M that it is about; where it is about none, the M whose step it was
  /// In the order of EventType.
  std::variant<StatusChange, StackSwitch, TlsChange, CurgChange, QueueMove, FreeListMove, ThreadChange, Write,
               SignalChange, Exit, InvariantBreak>
      what;

  EventType type() const { return static_cast<EventType>(what.index()); }
  /// Null if it is another event.
  template <class T>
  const T* as() const {
    return std::get_if<T>(&what);
  }
};
static_assert(std::variant_size_v<decltype(Event::what)> == kEventTypes);

/// Those of one step, out of all in order of steps. Cost: a binary search.
std::span<const Event> events_of(std::span<const Event> events, std::uint64_t step);

/// The g that an event is about, or that an M has come to; nil where it is about none.
GId subject(const Event& event);

}  // namespace gogoscope
