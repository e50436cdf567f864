// Which goroutine runs when, and what the queues and free lists hold: a row for every go statement and for
// every time slice of a program in which main starts goroutines on one P, waits until all have ended, and
// starts more.
//
// The rows come from three sides, which are compared row by row: a recording of a real process, the record of
// the emulator, and the rules written down a second time (run_rules.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emu/runtime/mutation.h"
#include "emu/session/session.h"

namespace gogoscope::oracle {

struct Row {
  std::string event;                 ///< "begin": main.main begins; "spawn": newproc returns; "run": gogo
  std::int64_t goid = 0;             ///< of the goroutine that was started, or runs
  std::int64_t g = 0;                ///< its place in allgs, from 1
  std::int64_t inherit_time = 0;     ///< of a run
  std::int64_t schedtick = 0;        ///< of a run: after execute has counted
  std::int64_t head = 0, tail = 0;   ///< of the ring
  std::int64_t runnext = 0;          ///< its goid
  std::int64_t runqsize = 0;         ///< of the global queue
  std::int64_t first = 0, last = 0;  ///< goids at its ends
  std::int64_t p_free = 0, sched_free = 0;  ///< gFree.n of the P and of sched
  std::int64_t allglen = 0;
  std::string why;  ///< the rule behind it, if the rules made the row; not compared
};

/// "run of goid 5 (g5): inheritTime 0, p.schedtick 62, ..."
std::string to_string(const Row& row);
/// The first row that differs: both, what differs, and why it should be so. Empty if all are equal.
std::string first_difference(const std::vector<Row>& expected, const std::vector<Row>& actual);
/// Index of the first row that differs; the length of `expected` if none does.
std::size_t equal_rows(const std::vector<Row>& expected, const std::vector<Row>& actual);

/// A real process has goroutines of its runtime: goids and places in allgs after main's are counted on from
/// main's, as if it had none. runqhead and runqtail are counted from where main.main finds them.
std::vector<Row> counted_from_the_begin(std::vector<Row> rows);

/// data/run-order.json, counted from the begin.
std::vector<Row> recorded_rows();

/// Goroutines that main starts at once, before it waits until they have ended; the recorded program: 300,
/// 301.
using Waves = std::vector<int>;

/// That program, run to its end (or as far as a broken runtime comes).
std::unique_ptr<Session> run_waves(const Waves& waves, const std::vector<Mutation>& mutations = {});
/// The rows of its record, counted from the begin.
std::vector<Row> rows_of(const Trace& trace);

}  // namespace gogoscope::oracle
