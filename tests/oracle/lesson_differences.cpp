#include "tests/oracle/lesson_differences.h"

#include <fmt/format.h>
#include <fnmatch.h>

namespace gogoscope::oracle {
namespace {

constexpr LessonTwin kLessonTwins[] = {
    {"02-two-exits", "two_exits"},         {"03-spawn-chain", "spawn_chain"},
    {"04-gosched-ping-pong", "ping_pong"}, {"05-reused-g", "reused_g"},
    {"10-every-61st-tick", "tick_61"},     {"11-runnext-inherits", "runnext"},
    {"12-full-ring", "full_ring"},         {"14-free-list-of-64", "free_list"},
    {"30-park-and-ready", "park"},         {"36-goexit-beside-return", "goexit"},
};

constexpr const char* kPushAll =
    "gfput makes the list of the P shorter. 1.16 takes the gs off one by one and puts each onto the global "
    "list "
    "at once; 1.19 takes all off first and puts them on together, with pushAll.";
constexpr const char* kOpenDefers =
    "Goexit looks on the stack for open-coded defers, by systemstack, in 1.16 too; the model leaves them "
    "out.";

constexpr LessonDifference kLessonDifferences[] = {
    {"1.19", "12-full-ring", "main.task#* onto sched.gFree", 192, 192, kPushAll},
    {"1.19", "14-free-list-of-64", "main.task#* onto sched.gFree", 32, 32, kPushAll},
    {"model", "36-goexit-beside-return", "TLS: main.leaves#1 -> g0", 0, 1, kOpenDefers},
    {"model", "36-goexit-beside-return", "SP: main.leaves#1 -> g0", 0, 1, kOpenDefers},
    {"model", "36-goexit-beside-return", "TLS: g0 -> main.leaves#1", 0, 1, kOpenDefers},
    {"model", "36-goexit-beside-return", "SP: g0 -> main.leaves#1", 0, 1, kOpenDefers},
};

}  // namespace

std::span<const LessonTwin> lesson_twins() { return kLessonTwins; }

std::span<const LessonDifference> lesson_differences() { return kLessonDifferences; }

bool is_about(const LessonDifference& row, const RunDifference& d) {
  return row.lesson == d.program && fnmatch(std::string(row.events).c_str(), d.moment.c_str(), 0) == 0;
}

std::vector<std::string> lesson_differences_as_markdown() {
  std::vector<std::string> lines = {"| because of | lesson | events | lesson only | program only | reason |",
                                    "|---|---|---|---|---|---|"};
  for (const LessonDifference& row : kLessonDifferences) {
    lines.push_back(fmt::format("| {} | {} | `{}` | {} | {} | {} |", row.cause, row.lesson, row.events,
                                row.in_lesson, row.in_program, row.reason));
  }
  return lines;
}

}  // namespace gogoscope::oracle
