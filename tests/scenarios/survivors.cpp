#include "survivors.h"

#include <algorithm>
#include <iterator>

namespace gogoscope {
namespace {

constexpr std::string_view kNoBytes = "it emits no bytes: on linux/amd64 the slot is addressed through FS";
constexpr std::string_view kBehindNoReturn = "the code before it does not return";
constexpr std::string_view kHealthy = "it guards against a call that no scenario makes";

constexpr std::string_view kSameG = "newproc1 wrote the same value, and no code writes another";
constexpr std::string_view kReader =
    "the variable is for the reader: the slots after it ask for the running g themselves";
constexpr std::string_view kUnread = "nothing in the model reads it, and no scenario asks for it";
constexpr std::string_view kRelease = "stackfree is modelled as nothing: memory is not used again";
constexpr std::string_view kZero =
    "it is zero already: fresh memory is, and no code of the model stores anything else there";
constexpr std::string_view kBehind = "the code before it does not return";
constexpr std::string_view kRandom =
    "the state of a random number: any other is as good, and only orders that no scenario fixes follow from "
    "it";
constexpr std::string_view kNoTraceback = "only a traceback would show it";
constexpr std::string_view kNoPanic =
    "only a panic or a recover that meets the Goexit would read it, and the model has neither";
constexpr std::string_view kNoResult = "no task looks at the result";
constexpr std::string_view kRecord = "the record is not used again: newdefer takes fresh memory";
constexpr std::string_view kNegative = "it is only asked whether the number is negative";
constexpr std::string_view kNotModelled =
    "what would come of it is left out of the model: a run that meets the condition ends here, and says so";
constexpr std::string_view kNanosecond = "a nanosecond more or less is not seen: a step takes ten";
constexpr std::string_view kAsksAgain = "traceEvent, to which it leads, asks again";
constexpr std::string_view kLength = "only the length of the string is asked for";

constexpr std::string_view kNoWritebuf =
    "no goroutine collects what it prints: that is left out of the model";

constexpr Survivor kSurvivors[] = {
    {"runtime.goexit", "BYTE $0x90#2", "",
     "only a traceback would show it: the return address of the CALL is looked up one byte earlier, in "
     "goexit "
     "all "
     "the same; unwinders that look it up as it is would land in the next function"},
    {"runtime.gogo", "get_tls(CX)", "", kNoBytes},
    {"runtime.gogo", "MOVQ $0, gobuf_ret(BX)", "",
     "only a recover sets ret, and there is none: it is zero already"},
    {"runtime.mcall", "get_tls(CX)", "", kNoBytes},
    {"runtime.mcall", "get_tls(CX)#2", "", kNoBytes},
    {"runtime.mcall", "MOVQ AX, (g_sched+gobuf_g)(AX)", "", kSameG},
    {"runtime.mcall", "MOVQ $runtime·badmcall2(SB), AX", "", kBehindNoReturn},
    {"runtime.mcall", "JMP AX#2", "", kBehindNoReturn},
    {"runtime.mcall", "RET", "", kBehindNoReturn},
    {"runtime.morestack", "get_tls(CX)", "", kNoBytes},
    {"runtime.morestack", "get_tls(CX)#2", "", kNoBytes},
    {"runtime.morestack", "CMPQ g(CX), SI", "", kHealthy},
    {"runtime.morestack", "CALL runtime·badmorestackg0(SB)", "", kHealthy},
    {"runtime.morestack", "CALL runtime·abort(SB)", "", kHealthy},
    {"runtime.morestack", "MOVQ m_gsignal(BX), SI", "", kHealthy},
    {"runtime.morestack", "CMPQ g(CX), SI#2", "", kHealthy},
    {"runtime.morestack", "CALL runtime·badmorestackgsignal(SB)", "", kHealthy},
    {"runtime.morestack", "CALL runtime·abort(SB)#2", "", kHealthy},
    {"runtime.morestack", "MOVQ SI, (g_sched+gobuf_g)(SI)", "", kSameG},
    {"runtime.morestack", "CALL runtime·abort(SB)#3", "", kBehindNoReturn},
    {"runtime.morestack", "RET", "", kBehindNoReturn},
    {"runtime.abort", "INT $3", "", "no scenario aborts"},
    {"runtime.abort", "JMP loop", "", "no scenario aborts"},
    {"runtime.systemstack", "get_tls(CX)", "", kNoBytes},
    {"runtime.systemstack", "get_tls(CX)#2", "", kNoBytes},
    {"runtime.systemstack", "CMPQ AX, m_gsignal(BX)", "", "no signal arrives in a scenario"},
    {"runtime.systemstack", "JEQ noswitch", "", "no signal arrives in a scenario"},
    {"runtime.systemstack", "JNE bad", "", kHealthy},
    {"runtime.systemstack", "MOVQ AX, (g_sched+gobuf_g)(AX)", "", kSameG},
    {"runtime.systemstack", "MOVQ $runtime·badsystemstack(SB), AX", "", kHealthy},
    {"runtime.systemstack", "CALL AX", "", kHealthy},
    {"runtime.systemstack", "INT $3", "", kBehindNoReturn},
    {"runtime.goexit0", "_g_ := getg()", "",
     "the variable's place in the frame still holds g0: frames of g0 are at the same place each time"},
    {"runtime.dropg", "_g_ := getg()", "", kReader},
    {"runtime.execute", "_g_ := getg()", "", kReader},
    {"runtime.schedule", "_g_ := getg()", "", kReader},
    {"runtime.findrunnable", "_g_ := getg()", "", kReader},
    {"runtime.schedinit", "_g_ := getg()", "", kReader},
    {"runtime.newproc1", "_g_ := getg()", "", kReader},
    {"runtime.exitsyscallfast", "_g_ := getg()", "", kReader},
    {"runtime.exitsyscall0", "_g_ := getg()", "", kReader},
    {"runtime.entersyscall_gcwait", "_g_ := getg()", "", kReader},
    {"runtime.ready", "_g_ := getg()", "", kReader},
    {"runtime.park_m", "_g_ := getg()", "", kReader},
    {"runtime.newproc", "gp := getg()", "", "newproc1 asks its caller's g only for ancestors, which are off"},
    {"runtime.newstack", "thisg := getg()", "", kReader},
    {"runtime.throw", "gp := getg()", "", kReader},
    {"runtime.morestack", "JNE no_g0", "always", "it guards against a call that no scenario makes"},
    {"runtime.morestack", "JNE no_gsignal", "always", "it guards against a call that no scenario makes"},
    {"runtime.clone", "m_procid(R13) = gettid()", "",
     "minit of mstart1 stores the number again before anyone reads it"},
    {"runtime.clone", "g_m(R9) = R13", "left out", "allocm has stored the same value"},
    {"runtime.allocm", "mp.g0.m = mp", "", "clone stores the right value before the new g0 runs"},
    {"runtime.clone", "CALL runtime·stackcheck(SB)", "", "no scenario breaks the rule that this checks"},
    {"runtime.exitThread", "INT $3", "left out", kBehind},
    {"runtime.rt0_go", "g0.stackguard1 = g0.stackguard0", "",
     "mstart stores it again before a prologue of g0 could ask"},
    {"runtime.rt0_go", "g0.stackguard0 = SP - 64*1024 + 104", "wrong-value-2",
     "mstart stores stackguard0 again, and until then only the distance of SP from it matters, which is far "
     "larger than a bit"},
    {"runtime.rt0_go", "g(CX) = 0x123; if m0.tls[0] != 0x123 { abort }", "",
     "it tests whether the system has set FS, and the modelled one always has"},
    {"runtime.procresize", "getg().m.p = 0", "left out", kZero},
    {"runtime.procresize", "p.m = 0", "left out", kZero},
    {"runtime.procresize", "allp = make([]*p, nprocs)", "never",
     "no scenario has so little memory that this allocation fails"},
    {"runtime.procresize", "return nil", "",
     "schedinit only asks whether the P list is empty when it starts the world, which the boot does not"},
    {"runtime.procresize", "pp.init(i)", "wrong-value-2",
     "acquirep and pidleput store the status again at once"},
    {"runtime.newobject", "obj := s.next; s.next += s.elemsize", "never",
     "no scenario runs out of memory here"},
    {"runtime.stackalloc", "if n == _FixedStack { from stackpool } else { large }", "never-2",
     "no scenario runs out of memory here"},
    {"runtime.traceEvent", "buf = traceFlush(buf)", "never", "no scenario runs out of memory here"},
    {"runtime.malg", "*(*uintptr)(unsafe.Pointer(newg.stack.lo)) = 0", "",
     "nothing reads the lowest word of a stack"},
    {"runtime.gfput", "stackfree(gp.stack)", "", kRelease},
    {"runtime.mexit", "stackfree(m.gsignal.stack)", "", kRelease},
    {"runtime.allocm", "stackfree(freem.g0.stack)", "", kRelease},
    {"runtime.mexit", "m.gsignal = nil", "", kUnread},
    {"runtime.mexit", "if m.gsignal != nil {", "",
     "every M has a gsignal, and what follows only gives its stack back"},
    {"runtime.mcommoninit", "mp.fastrand = hash of mp.id", "", kRandom},
    {"runtime.mcommoninit", "if mp.gsignal != nil {", "always", "every M has a gsignal here"},
    {"runtime.save", "_g_.sched.lr = 0", "",
     "it is zero already: fresh memory is, and no code of the model stores anything else there: amd64 has no "
     "link register"},
    {"runtime.save", "_g_.sched.ret = 0", "",
     "only a recover sets ret, and there is none: it is zero already"},
    {"runtime.save", "if _g_.sched.ctxt != nil {", "never", "no scenario breaks the rule that this checks"},
    {"runtime.newproc1", "memclrNoHeapPointers(unsafe.Pointer(&newg.sched), unsafe.Sizeof(newg.sched))",
     "left out", "every word of it is stored by the lines after it, or was left zero by gogo"},
    {"runtime.newproc1", "newg.gopc = callerpc", "", kNoTraceback},
    {"runtime.newproc", "pc := getcallerpc()", "", kNoTraceback},
    {"runtime.newproc1", "newg.ancestors = saveAncestors(callergp)", "left out", kZero},
    {"runtime.newproc1", "newg.racectx = racegostart(callerpc)", "wrong-value", kUnread},
    {"runtime.racegostart", "racecall(&__tsan_go_start, ...)", "", kUnread},
    {"runtime.racegoend", "racecall(&__tsan_go_goroutine_end, getg().racectx, 0, 0, 0)", "", kUnread},
    {"runtime.newproc1", "if fn == nil {", "never", "no scenario breaks the rule that this checks"},
    {"runtime.schedule", "pp.preempt = false", "",
     "asynchronous preemption, which would set it, is left out of the model: it is zero already"},
    {"runtime.schedule", "var inheritTime bool", "left out", "every way to execute stores it first"},
    {"runtime.runqget", "return nil, false", "wrong-value-2",
     "where there is no g nobody asks whether it inherits"},
    {"runtime.execute", "gp.waitsince = 0", "left out", kZero},
    {"runtime.exitsyscall", "_g_.waitsince = 0", "left out", kZero},
    {"runtime.throw", "systemstack(func() { print(\"fatal error: \", s, \"\\n\") })", "left out",
     "printing is condensed into the end of the run, which has the message"},
    {"runtime.throw", "if gp.m.throwing == 0 { gp.m.throwing = 1 }", "",
     "it says what the traceback of the end shows, and the run has ended"},
    {"runtime.checkdead", "getg().m.throwing = -1", "",
     "it says what the traceback of the end shows, and the run has ended"},
    {"runtime.newproc1", "_g_.m.throwing = -1", "",
     "it says what the traceback of the end shows, and the run has ended"},
    {"runtime.deferproc", "return0()", "",
     "no compiled code of a task looks at the result: 1 would mean that a panic was recovered"},
    {"runtime.deferproc", "d := newdefer(siz)", "wrong-value",
     "it says who gives the memory of the record back, and memory is not used again"},
    {"runtime.deferproc", "d.pc = getcallerpc()", "", "only a recovered panic would go there"},
    {"runtime.newstack", "thisg.m.morebuf.lr = 0", "",
     "morestack stores all of morebuf again before anyone reads it"},
    {"runtime.newstack", "thisg.m.morebuf.sp = 0", "",
     "morestack stores all of morebuf again before anyone reads it"},
    {"runtime.newstack", "thisg.m.morebuf.g = 0", "",
     "morestack stores all of morebuf again before anyone reads it"},
    {"runtime.newstack", "morebuf := thisg.m.morebuf; thisg.m.morebuf.pc = 0", "",
     "morestack stores all of morebuf again before anyone reads it"},
    {"runtime.preemptall", "res := false", "", "no caller looks at the result"},
    {"runtime.preemptall", "if preemptone(_p_) { res = true }", "", "no caller looks at the result"},
    {"runtime.preemptone", "return false", "wrong-value", "no caller looks at the result"},
    {"runtime.preemptone", "return true", "wrong-value", "no caller looks at the result"},
    {"runtime.reentersyscall", "_g_.sysblocktraced = true", "",
     "only the tracer reads it, and of system calls it records nothing here"},
    {"runtime.exitsyscall", "_g_.sysexitticks = 0", "", kZero},
    {"runtime.deferreturn", "d.fn = nil", "", kRecord},
    {"runtime.Goexit", "d.fn = nil", "", kRecord},
    {"runtime.Goexit", "d._panic = nil", "", kRecord},
    {"runtime.Goexit", "var p _panic", "", kNoPanic},
    {"runtime.Goexit", "p.goexit = true", "", kNoPanic},
    {"runtime.Goexit", "p.link = gp._panic", "", kNoPanic},
    {"runtime.Goexit", "d.started = true", "", kNoPanic},
    {"runtime.Goexit", "d._panic = &p", "", kNoPanic},
    {"runtime.Goexit", "gp._panic = &p", "wrong-value", kNoPanic},
    {"runtime/debug.setPanicOnFault", "old = getg().paniconfault", "", kNoResult},
    {"runtime/debug.setMaxStack", "out = int(maxstacksize)", "", kNoResult},
    {"runtime.newproc1", "_p_.goidcache = atomic.Xadd64(&sched.goidgen, _GoidCacheBatch)", "wrong-value-3",
     "the next line stores it again"},
    {"runtime.resetspinning", "nmspinning := atomic.Xadd(&sched.nmspinning, -1)", "wrong-value-2", kNegative},
    {"runtime.checkmcount", "if mcount() > sched.maxmcount {", "",
     "it is only asked whether there are more than 10,000 threads"},
    {"runtime.schedinit", "sched.lastpoll = uint64(nanotime())", "wrong-value",
     "it is only asked whether it is 0"},
    {"runtime.stopTheWorld", "gp.m.preemptoff = reason", "wrong-value-1", kLength},
    {"runtime.startTheWorld", "mp.preemptoff = \"\"", "wrong-value-2", kLength},
    {"runtime.newstack", "sp := gp.sched.sp - sys.PtrSize", "wrong-value",
     "it is only compared with the bottom of the stack, which is further away than a bit"},
    {"runtime.newstack", "if gp.stack.lo == 0 { throw(\"missing stack in newstack\") }", "wrong-value",
     "it is only compared with 0 and with SP, which is further away than a bit"},
    {"runtime.newstack", "if f := findfunc(gp.sched.pc); f.valid() {", "wrong-value",
     "one byte further there is the same function"},
    {"runtime.newstack", "max := uintptr(funcMaxSPDelta(f))", "wrong-value",
     "the size is doubled until it is large enough, and one byte more or less needs no other doubling"},
    {"runtime.schedinit", "ncpu = procs", "wrong-value", "it is only asked whether there is more than one"},
    {"runtime.lock2",
     "for l.key == mutex_unlocked { if atomic.Cas(&l.key, mutex_unlocked, wait) { return } }#2", "never-1",
     "the exchange behind it takes a free lock as well, with a 2: it costs a wakeup for nobody"},
    {"runtime.notetsleep", "deadline := nanotime() + ns", "wrong-value", kNanosecond},
    {"runtime.notetsleep", "ns = deadline - now", "wrong-value", kNanosecond},
    {"runtime.preemptone", "return false#2", "wrong-value", "no caller looks at the result"},
    {"runtime.incidlelocked", "if v > 0 {", "",
     "with one locked M less that is idle there is an M that could run, and checkdead returns"},
    {"runtime.checkdead", "grunning := 0", "left out",
     "the variable's place in the frame holds 0: nothing that runs on g0 before stores there"},
    {"runtime.entersyscall_gcwait", "if trace.enabled { traceGoSysBlock(_p_); traceProcStop(_p_) }", "",
     kNotModelled},
    {"runtime.exitsyscallfast_reacquired", "if trace.enabled { systemstack(...) }", "", kNotModelled},
    {"runtime.casgstatus", "for i := 0; !atomic.Cas(&gp.atomicstatus, oldval, newval); i++ {",
     "wrong-value-1", "i only says when Go's spin of 5 us begins, of which the model has the yield alone"},
    {"runtime.wakep", "if atomic.Load(&sched.nmspinning) != 0 || !atomic.Cas(&sched.nmspinning, 0, 1) {",
     "test-1-false", "the compare-and-swap behind it fails as well unless the count is 0"},
    {"runtime.globrunqputbatch", "*batch = gQueue{}", "", "the caller does not use its list again"},
    {"runtime.runqgrab", "if n > uint32(len(_p_.runq)/2) { continue }", "never",
     "where h and t do not belong together the head has moved, and the compare-and-swap fails as well"},
    {"runtime.runqsteal", "h := atomic.LoadAcq(&_p_.runqhead)", "wrong-value",
     "it is only compared with the length of the ring, and a thief's own ring is empty"},
    {"runtime.checkdead", "if panicking > 0 { return }", "",
     "only a signal on an idle M could make it matter, and there are no signals"},
    {"runtime.preemptone", "if gp == nil || gp == mp.g0 {", "test-2-false", "m.curg is never g0"},
    {"runtime.park_m", "if trace.enabled {", "left out", kAsksAgain},
    {"runtime.park_m", "if trace.enabled {", "always", kAsksAgain},
    {"runtime.traceEvent", "if !trace.enabled {", "never",
     "every caller has asked and holds a P: the tracer cannot be turned off in between"},
    {"runtime.mexit", "if osStack { return }", "",
     "every g0 but m0's is on a stack of Go's, and m0 does not come here"},
    {"runtime.retake", "if _p_ == nil { continue }", "",
     "allp has room for all Ps from the boot on, and no nil"},
    {"runtime.retake", "if runqempty(_p_) && nmspinning+npidle > 0 && pd.syscallwhen+10ms > now {",
     "always-1",
     "the tail of a P in a system call does not move; if an M has got it back, the compare-and-swap fails"},
    {"runtime.gwrite", "gp := getg()", "", kNoWritebuf},
    {"runtime.gwrite", "if gp == nil || gp.writebuf == nil || gp.m.dying > 0 {", "", kNoWritebuf},
    {"runtime.main", "g.m.g0.racectx = 0", "left out", kZero},
    {"runtime.newstack", "if gp.preemptShrink { gp.preemptShrink = false; shrinkstack(gp) }", "",
     kNotModelled},
    {"runtime.newstack", "if gp.preemptStop { preemptPark(gp) }", "", kNotModelled},
    {"runtime.stopTheWorldWithSema", "if trace.enabled { traceGoSysBlock(p); traceProcStop(p) }", "",
     kNotModelled},
    {"runtime.reentersyscall", "if trace.enabled {", "never", kNotModelled},
    {"runtime.reentersyscall", "if _g_.m.p.ptr().runSafePointFn != 0 {", "never", kNotModelled},
    {"runtime.exitsyscall", "if trace.enabled { ... traceGoStart ... }", "left out", kNotModelled},
    {"runtime.exitsyscall", "if sched.disable.user && !schedEnabled(_g_) { Gosched() }", "left out",
     kNotModelled},
    {"runtime.exitsyscall0", "var _p_ *p; if schedEnabled(_g_) {", "left out", kNotModelled},
    {"runtime.retake", "if trace.enabled { traceGoSysBlock(_p_); traceProcStop(_p_) }", "", kNotModelled},
};

}  // namespace

std::span<const Survivor> survivors() { return kSurvivors; }

const Survivor* survivor(std::string_view function, std::string_view line, std::string_view what) {
  const auto found = std::ranges::find_if(kSurvivors, [&](const Survivor& s) {
    return s.function == function && (s.line.empty() || s.line == line) && (s.what.empty() || s.what == what);
  });
  return found == std::end(kSurvivors) ? nullptr : found;
}

}  // namespace gogoscope
