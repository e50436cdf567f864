// Where the fields of the scheduler's structs are that events, invariants and names ask for at every step:
// looked up once in a layout. No other table of offsets exists. A release may lack any of them.
#pragma once

#include "emu/layout/layout.h"

namespace gogoscope {

inline constexpr std::uint32_t kRingSlots = 256;  ///< of p.runq

struct Offsets {
  explicit Offsets(const Layout& layout);

  std::uint32_t g_size, m_size, p_size, sched_size;  ///< 0 where there is no such struct
  FieldAt g_lo, g_hi, g_m, g_sched_sp, g_sched_pc, g_sched_ctxt, g_sched_ret, g_sched_bp, g_stktopsp,
      g_status, g_goid, g_schedlink, g_lockedm;
  /// m_schedlink: of idle Ms.
  FieldAt m_g0, m_gsignal, m_tls, m_mstartfn, m_curg, m_p, m_nextp, m_id, m_locks, m_spinning, m_alllink,
      m_schedlink, m_lockedg, m_freelink;
  FieldAt p_status, p_link, p_m, p_head, p_tail, p_runq, p_runnext, p_free, p_free_n;
  FieldAt s_lock, s_midle, s_nmidle, s_pidle, s_npidle, s_nmspinning, s_head, s_tail, s_runqsize, s_free_lock,
      s_free_stack, s_free_nostack, s_free_n, s_freem;
  FieldAt s_free_stack_n, s_free_nostack_n;  ///< in place of s_free_n from Go 1.25 on
};

/// A field that is asked for: what holds it, and its name.
struct OffsetField {
  FieldAt Offsets::*at;
  std::string_view in, name;  ///< "g", "stack.lo"
  std::uint32_t size = 8;     ///< bytes that readers take it for
};
inline constexpr OffsetField kOffsetFields[] = {
    {&Offsets::g_lo, "g", "stack.lo"},
    {&Offsets::g_hi, "g", "stack.hi"},
    {&Offsets::g_m, "g", "m"},
    {&Offsets::g_sched_sp, "g", "sched.sp"},
    {&Offsets::g_sched_pc, "g", "sched.pc"},
    {&Offsets::g_sched_ctxt, "g", "sched.ctxt"},
    {&Offsets::g_sched_ret, "g", "sched.ret"},
    {&Offsets::g_sched_bp, "g", "sched.bp"},
    {&Offsets::g_stktopsp, "g", "stktopsp"},
    {&Offsets::g_status, "g", "atomicstatus", 4},
    {&Offsets::g_goid, "g", "goid"},
    {&Offsets::g_schedlink, "g", "schedlink"},
    {&Offsets::g_lockedm, "g", "lockedm"},
    {&Offsets::m_g0, "m", "g0"},
    {&Offsets::m_gsignal, "m", "gsignal"},
    {&Offsets::m_tls, "m", "tls", 48},
    {&Offsets::m_mstartfn, "m", "mstartfn"},
    {&Offsets::m_curg, "m", "curg"},
    {&Offsets::m_p, "m", "p"},
    {&Offsets::m_nextp, "m", "nextp"},
    {&Offsets::m_id, "m", "id"},
    {&Offsets::m_locks, "m", "locks", 4},
    {&Offsets::m_spinning, "m", "spinning", 1},
    {&Offsets::m_alllink, "m", "alllink"},
    {&Offsets::m_schedlink, "m", "schedlink"},
    {&Offsets::m_lockedg, "m", "lockedg"},
    {&Offsets::m_freelink, "m", "freelink"},
    {&Offsets::p_status, "p", "status", 4},
    {&Offsets::p_link, "p", "link"},
    {&Offsets::p_m, "p", "m"},
    {&Offsets::p_head, "p", "runqhead", 4},
    {&Offsets::p_tail, "p", "runqtail", 4},
    {&Offsets::p_runq, "p", "runq", kRingSlots * 8},
    {&Offsets::p_runnext, "p", "runnext"},
    {&Offsets::p_free, "p", "gFree.head"},
    {&Offsets::p_free_n, "p", "gFree.n", 4},
    {&Offsets::s_lock, "schedt", "lock.key"},
    {&Offsets::s_midle, "schedt", "midle"},
    {&Offsets::s_nmidle, "schedt", "nmidle", 4},
    {&Offsets::s_pidle, "schedt", "pidle"},
    {&Offsets::s_npidle, "schedt", "npidle", 4},
    {&Offsets::s_nmspinning, "schedt", "nmspinning", 4},
    {&Offsets::s_head, "schedt", "runq.head"},
    {&Offsets::s_tail, "schedt", "runq.tail"},
    {&Offsets::s_runqsize, "schedt", "runqsize", 4},
    {&Offsets::s_free_lock, "schedt", "gFree.lock"},
    {&Offsets::s_free_stack, "schedt", "gFree.stack.head"},
    {&Offsets::s_free_nostack, "schedt", "gFree.noStack.head"},
    {&Offsets::s_free_n, "schedt", "gFree.n", 4},
    {&Offsets::s_freem, "schedt", "freem"},
};

/// Where later releases have them; what is here goes before what is above. A list counts itself from Go 1.25
/// on (gList and gQueue in runtime/proc.go), and idle Ms are in a list of their own kind from 1.26 on
/// (listHeadManual in runtime/list_manual.go).
inline constexpr OffsetField kMovedFields[] = {
    {&Offsets::s_runqsize, "schedt", "runq.size", 4},
    {&Offsets::p_free_n, "p", "gFree.size", 4},
    {&Offsets::s_free_stack_n, "schedt", "gFree.stack.size", 4},
    {&Offsets::s_free_nostack_n, "schedt", "gFree.noStack.size", 4},
    {&Offsets::s_midle, "schedt", "midle.obj"},
    {&Offsets::m_schedlink, "m", "idleNode.next"},
};

inline Offsets::Offsets(const Layout& layout)
    : g_size(layout.size_of("g")),
      m_size(layout.size_of("m")),
      p_size(layout.size_of("p")),
      sched_size(layout.size_of("schedt")) {
  for (const OffsetField& field : kOffsetFields)
    this->*field.at = layout.at(field.in, field.name, field.size);
  for (const OffsetField& field : kMovedFields) {
    const FieldAt there = layout.at(field.in, field.name, field.size);
    if (there) this->*field.at = there;
  }
}

}  // namespace gogoscope
