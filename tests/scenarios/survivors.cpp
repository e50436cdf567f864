#include "survivors.h"

#include <algorithm>
#include <iterator>

namespace gogoscope {
namespace {

struct Survivor {
  std::string_view function;
  std::string_view line;  ///< as a mutation names it
  std::string_view reason;
};

constexpr std::string_view kNoBytes = "it emits no bytes: on linux/amd64 the slot is addressed through FS";
constexpr std::string_view kBehindNoReturn = "the code before it does not return";
constexpr std::string_view kHealthy = "it guards against a call that no scenario makes";

constexpr std::string_view kSameG = "newproc1 wrote the same value, and no code writes another";

constexpr Survivor kSurvivors[] = {
    {"runtime.goexit", "BYTE $0x90#2",
     "only a traceback would show it: the return address of the CALL is looked up one byte earlier, in "
     "goexit "
     "all "
     "the same; unwinders that look it up as it is would land in the next function"},
    {"runtime.gogo", "get_tls(CX)", kNoBytes},
    {"runtime.gogo", "MOVQ $0, gobuf_ret(BX)",
     "only a recover sets ret, and there is none: it is zero already"},
    {"runtime.mcall", "get_tls(CX)", kNoBytes},
    {"runtime.mcall", "get_tls(CX)#2", kNoBytes},
    {"runtime.mcall", "MOVQ AX, (g_sched+gobuf_g)(AX)", kSameG},
    {"runtime.mcall", "MOVQ $runtime·badmcall2(SB), AX", kBehindNoReturn},
    {"runtime.mcall", "JMP AX#2", kBehindNoReturn},
    {"runtime.mcall", "RET", kBehindNoReturn},
    {"runtime.morestack", "get_tls(CX)", kNoBytes},
    {"runtime.morestack", "get_tls(CX)#2", kNoBytes},
    {"runtime.morestack", "MOVQ m_g0(BX), SI", kHealthy},
    {"runtime.morestack", "CMPQ g(CX), SI", kHealthy},
    {"runtime.morestack", "CALL runtime·badmorestackg0(SB)", kHealthy},
    {"runtime.morestack", "CALL runtime·abort(SB)", kHealthy},
    {"runtime.morestack", "MOVQ m_gsignal(BX), SI", kHealthy},
    {"runtime.morestack", "CMPQ g(CX), SI#2", kHealthy},
    {"runtime.morestack", "CALL runtime·badmorestackgsignal(SB)", kHealthy},
    {"runtime.morestack", "CALL runtime·abort(SB)#2", kHealthy},
    {"runtime.morestack", "MOVQ SI, (g_sched+gobuf_g)(SI)", kSameG},
    {"runtime.morestack", "CALL runtime·abort(SB)#3", kBehindNoReturn},
    {"runtime.morestack", "RET", kBehindNoReturn},
    {"runtime.abort", "INT $3", "no scenario aborts"},
    {"runtime.abort", "JMP loop", "no scenario aborts"},
    {"runtime.systemstack", "get_tls(CX)", kNoBytes},
    {"runtime.systemstack", "get_tls(CX)#2", kNoBytes},
    {"runtime.systemstack", "CMPQ AX, m_gsignal(BX)", "no signal arrives in a scenario"},
    {"runtime.systemstack", "JEQ noswitch", "no signal arrives in a scenario"},
    {"runtime.systemstack", "JNE bad", kHealthy},
    {"runtime.systemstack", "MOVQ AX, (g_sched+gobuf_g)(AX)", kSameG},
    {"runtime.systemstack", "MOVQ $runtime·badsystemstack(SB), AX", kHealthy},
    {"runtime.systemstack", "CALL AX", kHealthy},
    {"runtime.systemstack", "INT $3", kBehindNoReturn},
    {"runtime.goexit0", "_g_ := getg()",
     "the variable's place in the frame still holds g0: frames of g0 are at the same place each time"},
};

}  // namespace

std::string_view why_nobody_tells(std::string_view function, std::string_view line) {
  const auto found = std::find_if(std::begin(kSurvivors), std::end(kSurvivors), [&](const Survivor& s) {
    return s.function == function && s.line == line;
  });
  return found == std::end(kSurvivors) ? std::string_view() : found->reason;
}

std::size_t survivor_count() { return std::size(kSurvivors); }

}  // namespace gogoscope
