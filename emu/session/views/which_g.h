// The four answers to "which g is this?", of the M whose thread is shown:
//
//   TLS       the word at -8(FS), m.tls[0]: what getg() returns. gogo, mcall and systemstack write it. Under
//   a
//             release that keeps g in R14 this is the answer of R14 (Release::current_g).
//   m.curg    the goroutine that this M serves. execute sets it, dropg clears it. While g0 works for a
//             goroutine it keeps naming the goroutine: that is normal.
//   gobuf.g   the field g of the gobuf that the switch saves or restores (see below).
//   SP        the g whose stack SP is in.
//
// The gobuf asked is g.sched of the goroutine that the switch leaves or enters. In use: the function that PC
// is in has moved something between registers and it (MomentView::transfers); g.sched of a g0 counts only
// where the function has touched no other, since mcall takes no more than SP from it. Otherwise: the one that
// this M's last change of stacks saved or restored. Neither: none.
//
// TLS and SP should name the same g. They disagree for a few instructions of each switch, and never else.
#pragma once

#include <array>
#include <string>

#include "emu/session/views/moment.h"

namespace gogoscope {

struct WhichG {
  enum Question : std::size_t { kTls, kCurg, kGobuf, kSp, kQuestions };
  struct Answer {
    const Entity* g = nullptr;  ///< of the moment's names; null where no g is named
    std::string name;           ///< "g2", "nil"; empty: no such gobuf, or SP on no stack
    std::string place;          ///< where the answer is: "m0.tls[0]", "g2.sched.g"; empty for SP
    Addr where;                 ///< the same as an address; of SP: SP itself
    bool in_use = true;         ///< false: of a gobuf that was used before
    bool changed = false;       ///< the executed step wrote it
    std::string old_name;       ///< what it was before; the name itself if the same was written again
    bool lit = false;           ///< it disagrees with the others: of TLS and SP, the odd one out
    bool normal = false;        ///< names another g than TLS, as it should
  };
  enum class Verdict : std::uint8_t {
    agree,
    on_system_stack,  ///< TLS and SP name g0, m.curg a goroutine
    no_curg,          ///< TLS and SP name g0, m.curg no g
    handing_over,     ///< the same, while a gobuf is read whose g is not yet in TLS
    switching,        ///< TLS and SP disagree in the middle of a switch between g0 and curg
    no_tls,           ///< TLS holds no g: normal while the program starts
    not_to_curg,      ///< a switch is under way, but not between g0 and curg
    torn,             ///< TLS and SP disagree, and no switch explains it
    off_stack,        ///< SP is on no g's stack
    curg_apart,       ///< a goroutine runs that m.curg does not name
  };

  std::array<Answer, kQuestions> answers;
  Verdict verdict = Verdict::agree;
  GHome home = GHome::tls;  ///< where the first answer was found: from Go 1.17 on in R14
};

/// No answers before there is an M. Cost: some microseconds.
WhichG which_g(const MomentView& moment);

}  // namespace gogoscope
