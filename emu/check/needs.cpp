#include "emu/check/needs.h"

namespace gogoscope::check {
namespace {

using enum Invariant;
using O = Offsets;
using Need = FieldAt Offsets::*;

// What a judge reads, by what it asks the world for.
constexpr Need kMs[] = {&O::m_id,       &O::m_g0,  &O::m_gsignal, &O::m_alllink,
                        &O::m_freelink, &O::m_tls, &O::s_freem};
constexpr Need kStarted[] = {&O::g_sched_pc};
constexpr Need kBusy[] = {&O::m_locks};
constexpr Need kStack[] = {&O::g_lo, &O::g_hi};
constexpr Need kStatus[] = {&O::g_status};
constexpr Need kOwner[] = {&O::g_m, &O::m_curg};
constexpr Need kFree[] = {&O::g_schedlink, &O::p_free, &O::s_free_stack, &O::s_free_nostack};
constexpr Need kRings[] = {&O::p_head, &O::p_tail, &O::p_runq, &O::p_runnext};
constexpr Need kGlobal[] = {&O::g_schedlink, &O::s_head, &O::s_tail};
constexpr Need kIdleMs[] = {&O::s_midle, &O::m_schedlink};
constexpr Need kIdlePs[] = {&O::s_pidle, &O::p_link};
constexpr Need kMAndP[] = {&O::m_p, &O::p_m, &O::p_status};
constexpr Need kLocked[] = {&O::m_lockedg, &O::g_lockedm};
constexpr Need kSpinning[] = {&O::m_spinning};
constexpr Need kNextP[] = {&O::m_nextp};
constexpr Need kMStart[] = {&O::m_mstartfn};
constexpr Need kBottom[] = {&O::g_stktopsp};
constexpr Need kGoid[] = {&O::g_goid};
constexpr Need kRunqSize[] = {&O::s_runqsize, &O::s_lock};
constexpr Need kFreeCounts[] = {&O::s_free_lock, &O::p_free_n, &O::p_m};
constexpr Need kFreeCount[] = {&O::s_free_n};
constexpr Need kFreeSizes[] = {&O::s_free_stack_n, &O::s_free_nostack_n};
constexpr Need kIdleCounts[] = {&O::s_nmidle, &O::s_npidle, &O::s_lock};
constexpr Need kNmspinning[] = {&O::s_nmspinning};
constexpr Need kCounters[] = {&O::p_head, &O::p_tail};

/// The first of the fields that the release lacks, or null.
template <class... Groups>
Need lacking(const Offsets& at, const Groups&... groups) {
  Need first = nullptr;
  const auto look = [&](const auto& group) {
    for (const Need need : group) {
      if (first == nullptr && !(at.*need)) first = need;
    }
  };
  (look(groups), ...);
  return first;
}

Need lacking_for(const Offsets& at, Invariant id) {
  switch (id) {
    case sp_in_tls_g:
      return lacking(at, kMs, kStarted, kStack);
    case bp_in_stack:
      return lacking(at, kMs, kStarted, kStack, kOwner);
    case tls_g_belongs_to_m:
      return lacking(at, kMs, kStarted, kOwner);
    case gobuf_cleared:
      return lacking(at, kMs, kStarted, kStack, kStatus, kOwner);
    case return_word_in_goexit:
      return lacking(at, kBottom, kStatus);
    case stacks_are_disjoint:
      return lacking(at, kMs, kStack, kStatus);
    case curg_m:
      return lacking(at, kMs, kOwner);
    case running_g_has_m_and_p:
      return lacking(at, kMs, kStatus, kOwner, kMAndP, kBusy);
    case m_and_p_agree:
      return lacking(at, kMs, kStarted, kMAndP, kBusy);
    case locked_m_and_g_agree:
      return lacking(at, kMs, kLocked);
    case locks_not_negative:
      return lacking(at, kMs, kBusy);
    case spinning_m_has_no_curg:
      return lacking(at, kMs, kOwner, kSpinning);
    case g0_stays_idle:
      return lacking(at, kMs, kStatus, kOwner);
    case g_in_one_queue:
      return lacking(at, kRings, kGlobal, kFree);
    case ring_bounds:
      return lacking(at, kCounters);
    case queues_hold_runnable_gs:
    case dead_g_on_no_run_queue:
      return lacking(at, kRings, kGlobal, kStatus);
    case queued_g_has_no_m:
      return lacking(at, kMs, kRings, kGlobal, kOwner);
    case free_lists_hold_dead_gs:
      return lacking(at, kFree, kStatus);
    case free_g_has_no_m:
      return lacking(at, kMs, kFree, kOwner);
    case free_g_has_small_stack:
      return lacking(at, kFree, kStack);
    case idle_p_has_no_work:
      return lacking(at, kIdlePs, kMAndP, kRings);
    case idle_m_has_nothing:
      return lacking(at, kMs, kIdleMs, kMAndP, kOwner, kSpinning, kNextP);
    case no_g_is_lost:
      return lacking(at, kMs, kStarted, kBusy, kStack, kStatus, kRings, kGlobal, kFree, kMAndP, kLocked);
    case runqsize_counts:
      return lacking(at, kGlobal, kRunqSize);
    case free_counts_match:
      return at.s_free_stack_n ? lacking(at, kMs, kFree, kFreeCounts, kFreeSizes)
                               : lacking(at, kMs, kFree, kFreeCounts, kFreeCount);
    case idle_counts_match:
      return lacking(at, kMs, kIdleMs, kIdlePs, kIdleCounts);
    case nmspinning_counts:
      return lacking(at, kMs, kStarted, kBusy, kSpinning, kNextP, kMStart, kNmspinning);
    case g_status_change_is_legal:
      return lacking(at, kStatus);
    case p_status_change_is_legal:
      return lacking(at, kMAndP);
    case goid_is_unique:
      return lacking(at, kGoid, kStatus);
    case allgs_only_grows:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

std::optional<Text> not_applicable(const Release& release, Invariant id) {
  const Need need = lacking_for(release.at, id);
  if (need == nullptr) return std::nullopt;
  return no_such_field(release, need);
}

}  // namespace gogoscope::check
