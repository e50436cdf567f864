// What must be true of a scheduler at every step: a name, a sentence for a student, and why. One table, from
// which reports, panels and docs/invariants.md are made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "asm/text/language.h"

namespace gogoscope {

enum class Invariant : std::uint8_t {
  // registers and thread-local storage
  sp_in_tls_g,
  bp_in_stack,
  tls_g_belongs_to_m,
  gobuf_cleared,
  return_word_in_goexit,
  stacks_are_disjoint,
  // which M runs which g
  curg_m,
  running_g_has_m_and_p,
  m_and_p_agree,
  locked_m_and_g_agree,
  locks_not_negative,
  spinning_m_has_no_curg,
  g0_stays_idle,
  // queues and lists
  g_in_one_queue,
  ring_bounds,
  queues_hold_runnable_gs,
  dead_g_on_no_run_queue,
  queued_g_has_no_m,
  free_lists_hold_dead_gs,
  free_g_has_no_m,
  free_g_has_small_stack,
  idle_p_has_no_work,
  idle_m_has_nothing,
  no_g_is_lost,
  // counts
  runqsize_counts,
  free_counts_match,
  idle_counts_match,
  nmspinning_counts,
  // changes
  g_status_change_is_legal,
  p_status_change_is_legal,
  goid_is_unique,
  allgs_only_grows,
};
inline constexpr int kInvariants = static_cast<int>(Invariant::allgs_only_grows) + 1;

struct InvariantInfo {
  Invariant id;
  std::string_view name;    ///< "sp-in-tls-g"
  TextView sentence;        ///< what must be true
  std::string_view why;     ///< what goes wrong in Go where it is not
  std::string_view window;  ///< when it may be untrue for a moment; empty: never
};

/// All of them, in the order of their ids.
std::span<const InvariantInfo> invariants();
const InvariantInfo& info(Invariant id);
const InvariantInfo* invariant_by_name(std::string_view name);

/// docs/invariants.md, as it should be.
std::string invariants_markdown();

}  // namespace gogoscope
