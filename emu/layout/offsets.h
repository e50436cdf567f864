// Where the fields of the scheduler's structs are that events, invariants and names ask for at every step:
// looked up once in a layout. No other table of offsets exists.
#pragma once

#include "emu/layout/layout.h"

namespace gogoscope {

struct GOffsets {
  explicit GOffsets(const Layout& l)
      : g_size(l.find("g")->size),
        g_lo(l.field("g", "stack.lo").offset),
        g_hi(l.field("g", "stack.hi").offset),
        g_m(l.field("g", "m").offset),
        g_sched(l.field("g", "sched").offset),
        g_stktopsp(l.field("g", "stktopsp").offset),
        g_status(l.field("g", "atomicstatus").offset),
        g_goid(l.field("g", "goid").offset),
        g_schedlink(l.field("g", "schedlink").offset),
        g_lockedm(l.field("g", "lockedm").offset) {}
  std::uint32_t g_size;
  std::uint32_t g_lo, g_hi, g_m, g_sched, g_stktopsp, g_status, g_goid, g_schedlink, g_lockedm;
};

struct GobufOffsets {
  explicit GobufOffsets(const Layout& l)
      : buf_sp(l.field("gobuf", "sp").offset),
        buf_pc(l.field("gobuf", "pc").offset),
        buf_ctxt(l.field("gobuf", "ctxt").offset),
        buf_ret(l.field("gobuf", "ret").offset),
        buf_bp(l.field("gobuf", "bp").offset) {}
  std::uint32_t buf_sp, buf_pc, buf_ctxt, buf_ret, buf_bp;
};

struct MOffsets {
  explicit MOffsets(const Layout& l)
      : m_size(l.find("m")->size),
        m_g0(l.field("m", "g0").offset),
        m_gsignal(l.field("m", "gsignal").offset),
        m_tls(l.field("m", "tls").offset),
        m_mstartfn(l.field("m", "mstartfn").offset),
        m_curg(l.field("m", "curg").offset),
        m_p(l.field("m", "p").offset),
        m_nextp(l.field("m", "nextp").offset),
        m_id(l.field("m", "id").offset),
        m_locks(l.field("m", "locks").offset),
        m_spinning(l.field("m", "spinning").offset),
        m_alllink(l.field("m", "alllink").offset),
        m_schedlink(l.field("m", "schedlink").offset),
        m_lockedg(l.field("m", "lockedg").offset),
        m_freelink(l.field("m", "freelink").offset) {}
  std::uint32_t m_size;
  std::uint32_t m_g0, m_gsignal, m_tls, m_mstartfn, m_curg, m_p, m_nextp, m_id, m_locks, m_spinning,
      m_alllink, m_schedlink, m_lockedg, m_freelink;
};

struct POffsets {
  explicit POffsets(const Layout& l)
      : p_size(l.find("p")->size),
        p_status(l.field("p", "status").offset),
        p_link(l.field("p", "link").offset),
        p_m(l.field("p", "m").offset),
        p_head(l.field("p", "runqhead").offset),
        p_tail(l.field("p", "runqtail").offset),
        p_runq(l.field("p", "runq").offset),
        p_runnext(l.field("p", "runnext").offset),
        p_free(l.field("p", "gFree.head").offset),
        p_free_n(l.field("p", "gFree.n").offset) {}
  std::uint32_t p_size;
  std::uint32_t p_status, p_link, p_m, p_head, p_tail, p_runq, p_runnext, p_free, p_free_n;
};

struct SchedOffsets {
  explicit SchedOffsets(const Layout& l)
      : sched_size(l.find("schedt")->size),
        s_lock(l.field("schedt", "lock.key").offset),
        s_midle(l.field("schedt", "midle").offset),
        s_nmidle(l.field("schedt", "nmidle").offset),
        s_pidle(l.field("schedt", "pidle").offset),
        s_npidle(l.field("schedt", "npidle").offset),
        s_nmspinning(l.field("schedt", "nmspinning").offset),
        s_head(l.field("schedt", "runq.head").offset),
        s_tail(l.field("schedt", "runq.tail").offset),
        s_runqsize(l.field("schedt", "runqsize").offset),
        s_free_lock(l.field("schedt", "gFree.lock").offset),
        s_free_stack(l.field("schedt", "gFree.stack.head").offset),
        s_free_nostack(l.field("schedt", "gFree.noStack.head").offset),
        s_free_n(l.field("schedt", "gFree.n").offset),
        s_freem(l.field("schedt", "freem").offset) {}
  std::uint32_t sched_size;
  std::uint32_t s_lock, s_midle, s_nmidle, s_pidle, s_npidle, s_nmspinning, s_head, s_tail, s_runqsize,
      s_free_lock, s_free_stack, s_free_nostack, s_free_n, s_freem;
};

struct Offsets : GOffsets, GobufOffsets, MOffsets, POffsets, SchedOffsets {
  explicit Offsets(const Layout& l)
      : GOffsets(l), GobufOffsets(l), MOffsets(l), POffsets(l), SchedOffsets(l) {}
};

}  // namespace gogoscope
