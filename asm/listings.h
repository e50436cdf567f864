// The listings of asm/runtime, embedded in the program.
#pragma once

#include <vector>

#include "asm/assembler.h"

namespace plan9 {

/// gogo.s, mcall.s, systemstack.s, morestack.s, goexit.s: the order of Go's asm_amd64.s. They need the
/// constants g_sched, g_m, m_g0, m_gsignal, m_curg, m_morebuf and gobuf_sp, gobuf_pc, gobuf_g, gobuf_ctxt,
/// gobuf_ret, gobuf_bp.
const std::vector<Source>& listings();

}  // namespace plan9
