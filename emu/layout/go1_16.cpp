// Go 1.16 for linux/amd64. Read from the DWARF of a 1.16.4 binary; inside the 1.16 line m.mFixup and the end
// of p moved, g and gobuf never did. Nested fields follow their struct under dotted names.
#include "emu/layout/releases.h"

namespace gogoscope {
namespace {

/// A line of the tables below.
struct Row {
  const char* name;
  const char* type;
  std::uint32_t offset;
  std::uint32_t size;
  enum Kind : std::uint8_t { leaf, nested, embedded } kind = leaf;
};
constexpr Row::Kind kStruct = Row::nested;      // its own fields follow
constexpr Row::Kind kEmbedded = Row::embedded;  // the same, and Go lets one leave its name out

// Where a goroutine stopped: what gogo loads and mcall saves.
// clang-format off
constexpr Row kGobuf[] = {
    {"sp", "uintptr", 0x000, 8},
    {"pc", "uintptr", 0x008, 8},
    {"g", "guintptr", 0x010, 8},
    {"ctxt", "unsafe.Pointer", 0x018, 8},
    {"ret", "sys.Uintreg", 0x020, 8},
    {"lr", "uintptr", 0x028, 8},
    {"bp", "uintptr", 0x030, 8},
};
// clang-format on

// Bounds of a stack: [lo, hi).
constexpr Row kStack[] = {
    {"lo", "uintptr", 0x000, 8},
    {"hi", "uintptr", 0x008, 8},
};

// A list of gs through g.schedlink, last in first out.
constexpr Row kGList[] = {
    {"head", "guintptr", 0x000, 8},
};

// A queue of gs through g.schedlink.
constexpr Row kGQueue[] = {
    {"head", "guintptr", 0x000, 8},
    {"tail", "guintptr", 0x008, 8},
};

// A goroutine.
constexpr Row kG[] = {
    {"stack", "stack", 0x000, 16, kStruct},
    {"stack.lo", "uintptr", 0x000, 8},
    {"stack.hi", "uintptr", 0x008, 8},
    {"stackguard0", "uintptr", 0x010, 8},
    {"stackguard1", "uintptr", 0x018, 8},
    {"_panic", "*_panic", 0x020, 8},
    {"_defer", "*_defer", 0x028, 8},
    {"m", "*m", 0x030, 8},
    {"sched", "gobuf", 0x038, 56, kStruct},
    {"sched.sp", "uintptr", 0x038, 8},
    {"sched.pc", "uintptr", 0x040, 8},
    {"sched.g", "guintptr", 0x048, 8},
    {"sched.ctxt", "unsafe.Pointer", 0x050, 8},
    {"sched.ret", "sys.Uintreg", 0x058, 8},
    {"sched.lr", "uintptr", 0x060, 8},
    {"sched.bp", "uintptr", 0x068, 8},
    {"syscallsp", "uintptr", 0x070, 8},
    {"syscallpc", "uintptr", 0x078, 8},
    {"stktopsp", "uintptr", 0x080, 8},
    {"param", "unsafe.Pointer", 0x088, 8},
    {"atomicstatus", "uint32", 0x090, 4},
    {"stackLock", "uint32", 0x094, 4},
    {"goid", "int64", 0x098, 8},
    {"schedlink", "guintptr", 0x0a0, 8},
    {"waitsince", "int64", 0x0a8, 8},
    {"waitreason", "waitReason", 0x0b0, 1},
    {"preempt", "bool", 0x0b1, 1},
    {"preemptStop", "bool", 0x0b2, 1},
    {"preemptShrink", "bool", 0x0b3, 1},
    {"asyncSafePoint", "bool", 0x0b4, 1},
    {"paniconfault", "bool", 0x0b5, 1},
    {"gcscandone", "bool", 0x0b6, 1},
    {"throwsplit", "bool", 0x0b7, 1},
    {"activeStackChans", "bool", 0x0b8, 1},
    {"parkingOnChan", "uint8", 0x0b9, 1},
    {"raceignore", "int8", 0x0ba, 1},
    {"sysblocktraced", "bool", 0x0bb, 1},
    {"sysexitticks", "int64", 0x0c0, 8},
    {"traceseq", "uint64", 0x0c8, 8},
    {"tracelastp", "puintptr", 0x0d0, 8},
    {"lockedm", "muintptr", 0x0d8, 8},
    {"sig", "uint32", 0x0e0, 4},
    {"writebuf", "[]byte", 0x0e8, 24, kStruct},
    {"writebuf.ptr", "*byte", 0x0e8, 8},
    {"writebuf.len", "int", 0x0f0, 8},
    {"writebuf.cap", "int", 0x0f8, 8},
    {"sigcode0", "uintptr", 0x100, 8},
    {"sigcode1", "uintptr", 0x108, 8},
    {"sigpc", "uintptr", 0x110, 8},
    {"gopc", "uintptr", 0x118, 8},
    {"ancestors", "*[]ancestorInfo", 0x120, 8},
    {"startpc", "uintptr", 0x128, 8},
    {"racectx", "uintptr", 0x130, 8},
    {"waiting", "*sudog", 0x138, 8},
    {"cgoCtxt", "[]uintptr", 0x140, 24, kStruct},
    {"cgoCtxt.ptr", "*uintptr", 0x140, 8},
    {"cgoCtxt.len", "int", 0x148, 8},
    {"cgoCtxt.cap", "int", 0x150, 8},
    {"labels", "unsafe.Pointer", 0x158, 8},
    {"timer", "*timer", 0x160, 8},
    {"selectDone", "uint32", 0x168, 4},
    {"gcAssistBytes", "int64", 0x170, 8},
};

// An OS thread.
constexpr Row kM[] = {
    {"g0", "*g", 0x000, 8},
    {"morebuf", "gobuf", 0x008, 56, kStruct},
    {"morebuf.sp", "uintptr", 0x008, 8},
    {"morebuf.pc", "uintptr", 0x010, 8},
    {"morebuf.g", "guintptr", 0x018, 8},
    {"morebuf.ctxt", "unsafe.Pointer", 0x020, 8},
    {"morebuf.ret", "sys.Uintreg", 0x028, 8},
    {"morebuf.lr", "uintptr", 0x030, 8},
    {"morebuf.bp", "uintptr", 0x038, 8},
    {"divmod", "uint32", 0x040, 4},
    {"procid", "uint64", 0x048, 8},
    {"gsignal", "*g", 0x050, 8},
    {"goSigStack", "gsignalStack", 0x058, 40},
    {"sigmask", "sigset", 0x080, 8},
    {"tls", "[6]uintptr", 0x088, 48},
    {"mstartfn", "func()", 0x0b8, 8},
    {"curg", "*g", 0x0c0, 8},
    {"caughtsig", "guintptr", 0x0c8, 8},
    {"p", "puintptr", 0x0d0, 8},
    {"nextp", "puintptr", 0x0d8, 8},
    {"oldp", "puintptr", 0x0e0, 8},
    {"id", "int64", 0x0e8, 8},
    {"mallocing", "int32", 0x0f0, 4},
    {"throwing", "int32", 0x0f4, 4},
    {"preemptoff", "string", 0x0f8, 16, kStruct},
    {"preemptoff.ptr", "*byte", 0x0f8, 8},
    {"preemptoff.len", "int", 0x100, 8},
    {"locks", "int32", 0x108, 4},
    {"dying", "int32", 0x10c, 4},
    {"profilehz", "int32", 0x110, 4},
    {"spinning", "bool", 0x114, 1},
    {"blocked", "bool", 0x115, 1},
    {"newSigstack", "bool", 0x116, 1},
    {"printlock", "int8", 0x117, 1},
    {"incgo", "bool", 0x118, 1},
    {"freeWait", "uint32", 0x11c, 4},
    {"fastrand", "[2]uint32", 0x120, 8},
    {"needextram", "bool", 0x128, 1},
    {"traceback", "uint8", 0x129, 1},
    {"ncgocall", "uint64", 0x130, 8},
    {"ncgo", "int32", 0x138, 4},
    {"cgoCallersUse", "uint32", 0x13c, 4},
    {"cgoCallers", "*cgoCallers", 0x140, 8},
    {"doesPark", "bool", 0x148, 1},
    {"park", "note", 0x150, 8},
    {"alllink", "*m", 0x158, 8},
    {"schedlink", "muintptr", 0x160, 8},
    {"lockedg", "guintptr", 0x168, 8},
    {"createstack", "[32]uintptr", 0x170, 256},
    {"lockedExt", "uint32", 0x270, 4},
    {"lockedInt", "uint32", 0x274, 4},
    {"nextwaitm", "muintptr", 0x278, 8},
    {"waitunlockf", "func(*g, unsafe.Pointer) bool", 0x280, 8},
    {"waitlock", "unsafe.Pointer", 0x288, 8},
    {"waittraceev", "byte", 0x290, 1},
    {"waittraceskip", "int", 0x298, 8},
    {"startingtrace", "bool", 0x2a0, 1},
    {"syscalltick", "uint32", 0x2a4, 4},
    {"freelink", "*m", 0x2a8, 8},
    {"mFixup", "struct{lock mutex; used uint32; fn func(bool) bool}", 0x2b0, 24, kStruct},
    {"mFixup.lock", "mutex", 0x2b0, 8},
    {"mFixup.used", "uint32", 0x2b8, 4},
    {"mFixup.fn", "func(bool) bool", 0x2c0, 8},
    {"libcall", "libcall", 0x2c8, 48},
    {"libcallpc", "uintptr", 0x2f8, 8},
    {"libcallsp", "uintptr", 0x300, 8},
    {"libcallg", "guintptr", 0x308, 8},
    {"syscall", "libcall", 0x310, 48},
    {"vdsoSP", "uintptr", 0x340, 8},
    {"vdsoPC", "uintptr", 0x348, 8},
    {"preemptGen", "uint32", 0x350, 4},
    {"signalPending", "uint32", 0x354, 4},
    {"dlogPerM", "dlogPerM", 0x358, 0},
    {"mOS", "mOS", 0x358, 0},
    {"locksHeldLen", "int", 0x358, 8},
    {"locksHeld", "[10]heldLockInfo", 0x360, 160},
};

// A processor: the right to run Go code, and the queues that go with it.
constexpr Row kP[] = {
    {"id", "int32", 0x000, 4},
    {"status", "uint32", 0x004, 4},
    {"link", "puintptr", 0x008, 8},
    {"schedtick", "uint32", 0x010, 4},
    {"syscalltick", "uint32", 0x014, 4},
    {"sysmontick", "sysmontick", 0x018, 32, kStruct},
    {"sysmontick.schedtick", "uint32", 0x018, 4},
    {"sysmontick.schedwhen", "int64", 0x020, 8},
    {"sysmontick.syscalltick", "uint32", 0x028, 4},
    {"sysmontick.syscallwhen", "int64", 0x030, 8},
    {"m", "muintptr", 0x038, 8},
    {"mcache", "*mcache", 0x040, 8},
    {"pcache", "pageCache", 0x048, 24},
    {"raceprocctx", "uintptr", 0x060, 8},
    {"deferpool", "[5][]*_defer", 0x068, 120},
    {"deferpoolbuf", "[5][32]*_defer", 0x0e0, 1280},
    {"goidcache", "uint64", 0x5e0, 8},
    {"goidcacheend", "uint64", 0x5e8, 8},
    {"runqhead", "uint32", 0x5f0, 4},
    {"runqtail", "uint32", 0x5f4, 4},
    {"runq", "[256]guintptr", 0x5f8, 2048},
    {"runnext", "guintptr", 0xdf8, 8},
    {"gFree", "struct{gList; n int32}", 0xe00, 16, kStruct},
    {"gFree.gList", "gList", 0xe00, 8, kEmbedded},
    {"gFree.gList.head", "guintptr", 0xe00, 8},
    {"gFree.n", "int32", 0xe08, 4},
    {"sudogcache", "[]*sudog", 0xe10, 24, kStruct},
    {"sudogcache.ptr", "**sudog", 0xe10, 8},
    {"sudogcache.len", "int", 0xe18, 8},
    {"sudogcache.cap", "int", 0xe20, 8},
    {"sudogbuf", "[128]*sudog", 0xe28, 1024},
    {"mspancache", "struct{len int; buf [128]*mspan}", 0x1228, 1032, kStruct},
    {"mspancache.len", "int", 0x1228, 8},
    {"mspancache.buf", "[128]*mspan", 0x1230, 1024},
    {"tracebuf", "traceBufPtr", 0x1630, 8},
    {"traceSweep", "bool", 0x1638, 1},
    {"traceSwept", "uintptr", 0x1640, 8},
    {"traceReclaimed", "uintptr", 0x1648, 8},
    {"palloc", "persistentAlloc", 0x1650, 16},
    {"_", "uint32", 0x1660, 4},
    {"timer0When", "uint64", 0x1668, 8},
    {"timerModifiedEarliest", "uint64", 0x1670, 8},
    {"gcAssistTime", "int64", 0x1678, 8},
    {"gcFractionalMarkTime", "int64", 0x1680, 8},
    {"gcMarkWorkerMode", "gcMarkWorkerMode", 0x1688, 8},
    {"gcMarkWorkerStartTime", "int64", 0x1690, 8},
    {"gcw", "gcWork", 0x1698, 40},
    {"wbBuf", "wbBuf", 0x16c0, 4112},
    {"runSafePointFn", "uint32", 0x26d0, 4},
    {"statsSeq", "uint32", 0x26d4, 4},
    {"timersLock", "mutex", 0x26d8, 8},
    {"timers", "[]*timer", 0x26e0, 24, kStruct},
    {"timers.ptr", "**timer", 0x26e0, 8},
    {"timers.len", "int", 0x26e8, 8},
    {"timers.cap", "int", 0x26f0, 8},
    {"numTimers", "uint32", 0x26f8, 4},
    {"adjustTimers", "uint32", 0x26fc, 4},
    {"deletedTimers", "uint32", 0x2700, 4},
    {"timerRaceCtx", "uintptr", 0x2708, 8},
    {"preempt", "bool", 0x2710, 1},
    {"pad", "cpu.CacheLinePad", 0x2711, 64},
};

// The scheduler's global state, runtime.sched.
constexpr Row kSchedt[] = {
    {"goidgen", "uint64", 0x000, 8},
    {"lastpoll", "uint64", 0x008, 8},
    {"pollUntil", "uint64", 0x010, 8},
    {"lock", "mutex", 0x018, 8, kStruct},
    {"lock.lockRankStruct", "lockRankStruct", 0x018, 0},
    {"lock.key", "uintptr", 0x018, 8},
    {"midle", "muintptr", 0x020, 8},
    {"nmidle", "int32", 0x028, 4},
    {"nmidlelocked", "int32", 0x02c, 4},
    {"mnext", "int64", 0x030, 8},
    {"maxmcount", "int32", 0x038, 4},
    {"nmsys", "int32", 0x03c, 4},
    {"nmfreed", "int64", 0x040, 8},
    {"ngsys", "uint32", 0x048, 4},
    {"pidle", "puintptr", 0x050, 8},
    {"npidle", "uint32", 0x058, 4},
    {"nmspinning", "uint32", 0x05c, 4},
    {"runq", "gQueue", 0x060, 16, kStruct},
    {"runq.head", "guintptr", 0x060, 8},
    {"runq.tail", "guintptr", 0x068, 8},
    {"runqsize", "int32", 0x070, 4},
    {"disable", "struct{user bool; runnable gQueue; n int32}", 0x078, 32, kStruct},
    {"disable.user", "bool", 0x078, 1},
    {"disable.runnable", "gQueue", 0x080, 16, kStruct},
    {"disable.runnable.head", "guintptr", 0x080, 8},
    {"disable.runnable.tail", "guintptr", 0x088, 8},
    {"disable.n", "int32", 0x090, 4},
    {"gFree", "struct{lock mutex; stack gList; noStack gList; n int32}", 0x098, 32, kStruct},
    {"gFree.lock", "mutex", 0x098, 8},
    {"gFree.stack", "gList", 0x0a0, 8, kStruct},
    {"gFree.stack.head", "guintptr", 0x0a0, 8},
    {"gFree.noStack", "gList", 0x0a8, 8, kStruct},
    {"gFree.noStack.head", "guintptr", 0x0a8, 8},
    {"gFree.n", "int32", 0x0b0, 4},
    {"sudoglock", "mutex", 0x0b8, 8},
    {"sudogcache", "*sudog", 0x0c0, 8},
    {"deferlock", "mutex", 0x0c8, 8},
    {"deferpool", "[5]*_defer", 0x0d0, 40},
    {"freem", "*m", 0x0f8, 8},
    {"gcwaiting", "uint32", 0x100, 4},
    {"stopwait", "int32", 0x104, 4},
    {"stopnote", "note", 0x108, 8},
    {"sysmonwait", "uint32", 0x110, 4},
    {"sysmonnote", "note", 0x118, 8},
    {"sysmonStarting", "uint32", 0x120, 4},
    {"safePointFn", "func(*p)", 0x128, 8},
    {"safePointWait", "int32", 0x130, 4},
    {"safePointNote", "note", 0x138, 8},
    {"profilehz", "int32", 0x140, 4},
    {"procresizetime", "int64", 0x148, 8},
    {"totaltime", "int64", 0x150, 8},
    {"sysmonlock", "mutex", 0x158, 8},
};
// A deferred call. This one and _panic were read from the definitions in runtime2.go, not from DWARF.
constexpr Row kDefer[] = {
    {"siz", "int32", 0x000, 4},         {"started", "bool", 0x004, 1},   {"heap", "bool", 0x005, 1},
    {"openDefer", "bool", 0x006, 1},    {"sp", "uintptr", 0x008, 8},     {"pc", "uintptr", 0x010, 8},
    {"fn", "*funcval", 0x018, 8},       {"_panic", "*_panic", 0x020, 8}, {"link", "*_defer", 0x028, 8},
    {"fd", "unsafe.Pointer", 0x030, 8}, {"varp", "uintptr", 0x038, 8},   {"framepc", "uintptr", 0x040, 8},
};

// A panic, or a Goexit, while the deferred calls run.
constexpr Row kPanic[] = {
    {"argp", "unsafe.Pointer", 0x000, 8},
    {"arg", "interface{}", 0x008, 16, kStruct},
    {"arg.type", "unsafe.Pointer", 0x008, 8},
    {"arg.data", "unsafe.Pointer", 0x010, 8},
    {"link", "*_panic", 0x018, 8},
    {"pc", "uintptr", 0x020, 8},
    {"sp", "unsafe.Pointer", 0x028, 8},
    {"recovered", "bool", 0x030, 1},
    {"aborted", "bool", 0x031, 1},
    {"goexit", "bool", 0x032, 1},
};
constexpr std::uint32_t scan(std::uint32_t status) { return status | kGscan; }

/// Changes of g.atomicstatus.
std::vector<GTransition> g_transitions() {
  return {
      {kGidle, kGdead, "newproc1, after malg; oneNewExtraM"},
      {kGdead, kGrunnable, "newproc1"},
      {kGrunnable, kGrunning, "execute"},
      {kGrunning, kGrunnable, "goschedImpl, goyield_m, debugCallWrap1"},
      {kGrunning, kGwaiting, "park_m; the garbage collector and stopTheWorld for a while"},
      {kGwaiting, kGrunning, "the garbage collector and stopTheWorld, continuing"},
      {kGwaiting, kGrunnable, "ready, park_m when unlockf refuses, injectglist, findrunnable, schedule"},
      {kGrunning, kGsyscall, "reentersyscall, entersyscallblock"},
      {kGsyscall, kGrunning, "exitsyscall, with a P at hand"},
      {kGsyscall, kGrunnable, "exitsyscall0, without a P"},
      {kGdead, kGsyscall, "needm"},
      {kGsyscall, kGdead, "dropm"},
      {kGrunning, kGdead, "goexit0"},
      {kGrunning, kGcopystack, "newstack"},
      {kGcopystack, kGrunning, "newstack"},
      {kGwaiting, kGcopystack, "casgcopystack"},
      {kGrunnable, kGcopystack, "casgcopystack"},
      {kGrunning, scan(kGpreempted), "preemptPark"},
      {scan(kGpreempted), kGpreempted, "preemptPark"},
      {kGpreempted, kGwaiting, "suspendG"},
      {kGrunnable, scan(kGrunnable), "suspendG"},
      {scan(kGrunnable), kGrunnable, "resumeG"},
      {kGrunning, scan(kGrunning), "suspendG"},
      {scan(kGrunning), kGrunning, "suspendG, resumeG"},
      {kGwaiting, scan(kGwaiting), "suspendG"},
      {scan(kGwaiting), kGwaiting, "resumeG"},
      {kGsyscall, scan(kGsyscall), "suspendG"},
      {scan(kGsyscall), kGsyscall, "resumeG"},
  };
}

/// Changes of p.status: releasep, retake, exitsyscallfast, wirep, reentersyscall, entersyscall_gcwait,
/// gcstopm, handoffp, stopTheWorldWithSema, procresize (p.init, p.destroy, and continuing with its own P).
std::vector<PTransition> p_transitions() {
  return {
      {kPgcstop, kPidle},  {kPidle, kPrunning},   {kPrunning, kPidle},   {kPrunning, kPsyscall},
      {kPsyscall, kPidle}, {kPsyscall, kPgcstop}, {kPrunning, kPgcstop}, {kPidle, kPgcstop},
      {kPgcstop, kPdead},  {kPdead, kPgcstop},    {kPgcstop, kPrunning},
  };
}

template <std::size_t N>
StructLayout make(const char* name, std::uint32_t size, const Row (&rows)[N]) {
  StructLayout s{name, size, {}};
  s.fields.reserve(N);
  for (const Row& r : rows) {
    s.fields.push_back({r.name, r.type, r.offset, r.size, r.kind == Row::leaf, r.kind == Row::embedded});
  }
  return s;
}

}  // namespace

std::shared_ptr<const Release> go1_16_release() {
  Layout layout("1.16", "DWARF of a Go 1.16.4 linux/amd64 binary",
                {make("gobuf", 56, kGobuf), make("stack", 16, kStack), make("gList", 8, kGList),
                 make("gQueue", 16, kGQueue), make("g", 376, kG), make("m", 1024, kM), make("p", 10072, kP),
                 make("schedt", 352, kSchedt), make("_defer", 72, kDefer), make("_panic", 56, kPanic)});
  return std::make_shared<const Release>(std::move(layout), GHome::tls, g_transitions(), p_transitions());
}

}  // namespace gogoscope
