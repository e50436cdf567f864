// Origin: runtime/proc.go, preempt.go, mgc.go, mgcmark.go, coro.go and runtime2.go of
// Go 1.15.15, 1.19.8, 1.24.4, 1.26.10 and 1.27.3, every call of casgstatus and its kin and every store to
// p.status; where g is kept, from runtime/asm_amd64.s.
#include "emu/layout/program_release.h"

#include <algorithm>
#include <limits>

#include "emu/layout/release_number.h"

namespace gogoscope {
namespace {

constexpr std::uint32_t scanned(std::uint32_t status) { return status | kGscan; }

struct Change {
  enum class Way : std::uint8_t { comes, goes };
  Way way;
  std::uint32_t from, to;
  std::string_view who = {};  ///< of one that comes; one that is there already gets it
};

/// What changes with a release.
struct Difference {
  int from;  ///< of 1.N: N
  std::vector<Change> of_g, of_p;
};

const std::vector<Difference>& differences() {
  using enum Change::Way;
  static const std::vector<Difference> kTable = {
      // goexit0 leaves its work to gdestroy, which coroutines call as well.
      {22,
       {{comes, kGrunning, kGdead, "gdestroy, of goexit0 and coroexit"},
        {comes, kGdead, kGwaiting, "newproc1, of newcoro"},
        {comes, kGrunning, kGwaiting,
         "park_m, coroswitch_m; the garbage collector and stopTheWorld for a while"},
        {comes, kGwaiting, kGrunning, "coroswitch_m; the garbage collector and stopTheWorld, continuing"}},
       {}},
      // Ps have no status for system calls any more: the g's status says it, and a P is taken away from it.
      {26,
       {{comes, kGidle, kGdead, "newproc1, after malg"},
        {comes, kGidle, kGdeadextra, "oneNewExtraM"},
        {comes, kGdeadextra, kGsyscall, "needm"},
        {comes, kGsyscall, kGdeadextra, "dropm"},
        {goes, kGdead, kGsyscall},
        {goes, kGsyscall, kGdead},
        {comes, kGsyscall, kGrunning, "exitsyscall"},
        {goes, kGsyscall, kGrunnable},
        {comes, kGrunning, kGrunnable, "goschedImpl, goyield_m, exitsyscallNoP, debugCallWrap1"},
        {comes, kGwaiting, kGleaked, "findGoroutineLeaks"},
        {comes, kGleaked, kGwaiting, "allGsSnapshotSortedForGC, findGoroutineLeaks"},
        {comes, kGleaked, scanned(kGleaked), "suspendG"},
        {comes, scanned(kGleaked), kGleaked, "resumeG"},
        {comes, kGdeadextra, scanned(kGdeadextra), "setBlockOnExitSyscall"},
        {comes, scanned(kGdeadextra), kGdeadextra, "setBlockOnExitSyscall, resume"},
        {comes, kGsyscall, scanned(kGsyscall), "suspendG, setBlockOnExitSyscall"},
        {comes, scanned(kGsyscall), kGsyscall, "resumeG, resume"}},
       {{goes, kPrunning, kPsyscall}, {goes, kPsyscall, kPidle}, {goes, kPsyscall, kPgcstop}}},
  };
  return kTable;
}

/// Compiled code keeps g in R14 from here on.
constexpr int kRegisterG = 17;
template <class Transition>
void apply(const std::vector<Change>& changes, std::vector<Transition>& to) {
  for (const Change& change : changes) {
    const auto same = [&](const Transition& t) { return t.from == change.from && t.to == change.to; };
    std::erase_if(to, same);
    if (change.way == Change::Way::goes) continue;
    if constexpr (std::is_same_v<Transition, GTransition>) {
      to.push_back({change.from, change.to, std::string(change.who)});
    } else {
      to.push_back({change.from, change.to});
    }
  }
}

}  // namespace

std::shared_ptr<const Release> release_of_program(Layout layout) {
  // Up to 1.21 statuses change as in 1.16.
  const std::shared_ptr<const Release> oldest = release_named(kDefaultRelease);
  std::vector<GTransition> of_g = oldest->g_transitions;
  std::vector<PTransition> of_p = oldest->p_transitions;
  int number = release_number(layout.release());
  // A name that is none of Go's counts as the newest.
  if (number < 0) number = std::numeric_limits<int>::max();
  for (const Difference& difference : differences()) {
    if (number < difference.from) break;
    apply(difference.of_g, of_g);
    apply(difference.of_p, of_p);
  }
  const GHome home = number < kRegisterG ? GHome::tls : GHome::r14;
  return std::make_shared<const Release>(std::move(layout), home, std::move(of_g), std::move(of_p));
}

}  // namespace gogoscope
