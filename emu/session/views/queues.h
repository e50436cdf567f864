// The run queues, free lists and idle lists of a moment, read from guest memory, and what the executed step
// put into them or took out of them.
//
// Cost: one walk along each list; a second one where the executed step stored into a struct. Walks are
// bounded: a corrupted link must not hang the window.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emu/session/views/moment.h"

namespace gogoscope {

struct QueueItem {
  Addr addr;
  std::string name;   ///< "g2", or the address where no such g is known
  bool came = false;  ///< by the executed step
  bool left = false;  ///< by the executed step: it is not there any more
};

/// A counter beside a queue, with the bytes that it is in.
struct QueueCounter {
  std::string name;  ///< "runqhead"
  std::uint64_t value = 0;
  std::string note;  ///< "slot 2": where in the ring the counter points
  bool changed = false;
};

struct Queue {
  enum class Order : std::uint8_t {
    seat,  ///< room for one
    fifo,  ///< in at the tail, out at the head
    lifo,  ///< in and out at the head
  };
  Order order = Order::fifo;
  std::string owner;             ///< "p0", "sched"
  std::string name;              ///< "runnext", "runq", "gFree.stack"
  std::vector<QueueItem> items;  ///< from the head; at most kMostItems
  std::uint64_t length = 0;      ///< those that are there, named or not
  std::vector<QueueCounter> counters;
  Text missing;  ///< why it is not there: the release lacks a field; empty where it is

  static constexpr std::size_t kMostItems = 64;
  /// "p0.runq": what events call it.
  std::string path() const { return owner + "." + name; }
  bool empty() const { return items.empty(); }
};

/// In order: the queues of each P, then those of sched; the idle Ps and Ms last.
std::vector<Queue> queues(const MomentView& moment);

}  // namespace gogoscope
