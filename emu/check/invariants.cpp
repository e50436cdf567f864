#include <array>

#include "emu/check/invariant.h"

namespace gogoscope {
namespace {

using enum Invariant;

constexpr std::array kTable = {
    InvariantInfo{
        sp_in_tls_g, "sp-in-tls-g", "SP is in the stack of the g that TLS names.",
        "SP 落在 TLS 所指的 g 的栈里。",
        "getg() reads TLS; the stack check, the scheduler and tracebacks then take that g's bounds "
        "for those of the stack in use.",
        "Between the instruction that writes TLS and the one that loads SP, in either order: one "
        "step in gogo, one in mcall, one in morestack, five going into systemstack, one coming back. In a Go "
        "program also in assembly that leaves R14 to its caller, where the runtime asks the vDSO for the "
        "time "
        "on the stack of g0, and in the handler of a signal, on the stack of gsignal."},
    InvariantInfo{bp_in_stack, "bp-in-stack",
                  "BP points into the stack that SP is on, or into no stack; on g0 it may still be the frame "
                  "pointer of the g that the M has left.",
                  "BP 指向 SP 所在的栈，或者不指向任何栈；在 g0 上，它可以仍是 M 刚离开的那个 g 的帧指针。",
                  "Profilers follow BP from frame to frame; a BP into another stack leads them to a "
                  "goroutine that is not running.",
                  "After gogo has loaded SP, for three steps, until it has loaded BP."},
    InvariantInfo{tls_g_belongs_to_m, "tls-g-belongs-to-m",
                  "TLS names a g whose m is the M of this thread, and FS leads to that M's tls.",
                  "TLS 所指的 g，其 m 就是本线程的 M；FS 指向这个 M 的 tls。",
                  "getg().m is how a thread finds its M, its P and its locks.",
                  "While the slot is about to be written, in the same straight line of code."},
    InvariantInfo{gobuf_cleared, "gobuf-cleared",
                  "When a g resumes from its gobuf, sp, ret, ctxt and bp of the gobuf are zero.",
                  "g 从它的 gobuf 恢复运行时，gobuf 的 sp、ret、ctxt 和 bp 都已清零。",
                  "A stale ctxt would keep a closure alive for the collector, a stale sp mislead it; and "
                  "save throws if ctxt is not nil.",
                  ""},
    InvariantInfo{
        return_word_in_goexit, "return-word-in-goexit",
        "At the bottom of the stack of every live g is a return address into goexit, after its first byte.",
        "每个活着的 g，栈底都有一个指向 goexit 内部（首字节之后）的返回地址。",
        "A goroutine's function returns to it, and tracebacks, which look up the address minus "
        "one, end there.",
        ""},
    InvariantInfo{
        stacks_are_disjoint, "stacks-are-disjoint", "Every live g has a stack, and no two stacks overlap.",
        "每个活着的 g 都有栈，任何两个栈都不重叠。",
        "Two goroutines on the same bytes would write over each other's frames.",
        "While a g that is dead, or whose stack is being copied or shrunk, gets its bounds, in two stores."},
    InvariantInfo{curg_m, "curg-m", "m.curg.m is m.", "m.curg.m 就是 m。",
                  "M and g name each other; the scheduler goes from one to the other and back.",
                  "While the M is on its g0: execute and dropg make and cut the two links one after the "
                  "other, and goexit0 cuts g.m first."},
    InvariantInfo{running_g_has_m_and_p, "running-g-has-m-and-p",
                  "A running g has an M whose curg it is, and that M has a P.",
                  "正在运行的 g 有一个 M（且是它的 curg），这个 M 有一个 P。",
                  "Only an M with a P may run Go code; gs beyond the number of Ps would run at once.",
                  "For the P: while the M is on g0 with locks held, as when the world is started; from Go "
                  "1.26 on in a system call, too."},
    InvariantInfo{m_and_p_agree, "m-and-p-agree",
                  "m.p.m is m, p.m.p is p, no two Ms have the same P, and a P with an M is running or "
                  "stopped, a P without one is not running.",
                  "m.p.m 就是 m，p.m.p 就是 p；两个 M 不会有同一个 P；有 M 的 P 处于 running 或 gcstop，没有 "
                  "M 的 P 不是 running。",
                  "A P's run queue and free list are used without a lock by the one M that has it.",
                  "While the M is in the scheduler: on its g0, or with locks held; from Go 1.26 on while "
                  "another M takes the P of one in a system call, too."},
    InvariantInfo{locked_m_and_g_agree, "locked-m-and-g-agree", "m.lockedg is g exactly when g.lockedm is m.",
                  "当且仅当 g.lockedm 是 m 时，m.lockedg 是 g。",
                  "A locked g runs on its M only, and that M runs nothing else; a lock on one side only "
                  "leaves one of them waiting forever.",
                  "While the g itself is in runtime code that ties or unties the two, or its M is on g0."},
    InvariantInfo{locks_not_negative, "locks-not-negative", "m.locks is not negative.", "m.locks 不为负。",
                  "It counts what forbids preemption; schedule throws if it is not 0.", ""},
    InvariantInfo{spinning_m_has_no_curg, "spinning-m-has-no-curg", "An M that is spinning has no curg.",
                  "自旋中的 M 没有 curg。",
                  "Spinning means looking for work; an M that runs a goroutine has found work.", ""},
    InvariantInfo{g0_stays_idle, "g0-stays-idle",
                  "A g0 or gsignal keeps the status idle and is not any M's curg.",
                  "g0 和 gsignal 的状态始终是 idle，也不会成为任何 M 的 curg。",
                  "They are not scheduled: the scheduler and the signal handlers run on them.", ""},
    InvariantInfo{g_in_one_queue, "g-in-one-queue",
                  "A g is in at most one place among all run queues and free lists.",
                  "一个 g 在所有运行队列和空闲链表中至多占一个位置。",
                  "In two places it would be run twice at once; and it has only one schedlink.", ""},
    InvariantInfo{ring_bounds, "ring-bounds", "uint32(runqtail - runqhead) is at most 256.",
                  "uint32(runqtail - runqhead) 不超过 256。",
                  "The ring has 256 slots; the counters run freely and wrap around.", ""},
    InvariantInfo{queues_hold_runnable_gs, "queues-hold-runnable-gs",
                  "Run queues hold only gs of allgs, all of them runnable.",
                  "运行队列里只有 allgs 中的 g，而且都是 runnable。",
                  "execute changes the status from runnable to running and would spin forever on another "
                  "one; a g0 is never queued.",
                  ""},
    InvariantInfo{dead_g_on_no_run_queue, "dead-g-on-no-run-queue", "A dead g is on no run queue.",
                  "已死的 g 不在任何运行队列里。",
                  "It has no stack to run on, or one that another goroutine will get.", ""},
    InvariantInfo{queued_g_has_no_m, "queued-g-has-no-m",
                  "A g on a run queue has no m and is not any M's curg.",
                  "运行队列里的 g 没有 m，也不是任何 M 的 curg。",
                  "Another M may take it at once; dropg must have come first.", ""},
    InvariantInfo{free_lists_hold_dead_gs, "free-lists-hold-dead-gs",
                  "Free lists hold only gs of allgs, all of them dead.",
                  "空闲链表里只有 allgs 中的 g，而且都是 dead。",
                  "newproc1 throws if gfget returns any other.", ""},
    InvariantInfo{free_g_has_no_m, "free-g-has-no-m", "A g on a free list has no m and is not any M's curg.",
                  "空闲链表里的 g 没有 m，也不是任何 M 的 curg。",
                  "It will be another goroutine soon; an M that still names it would name the wrong one.",
                  ""},
    InvariantInfo{free_g_has_small_stack, "free-g-has-small-stack",
                  "A g on a free list has a stack of 2 KB or none; each of the two global lists holds only "
                  "one of the kinds.",
                  "空闲链表里的 g 有 2 KB 的栈或没有栈；在全局链表中，它所在的链表与此相符。",
                  "gfget hands the stack to a goroutine that expects the size newproc gives.", ""},
    InvariantInfo{idle_p_has_no_work, "idle-p-has-no-work",
                  "A P on the list of idle Ps is idle, has no M and an empty run queue.",
                  "空闲 P 链表上的 P 状态为 idle，没有 M，运行队列为空。",
                  "No M looks into the queue of an idle P: its gs would wait forever.", ""},
    InvariantInfo{idle_m_has_nothing, "idle-m-has-nothing",
                  "An M on the list of idle Ms has no P, no next P, no curg, and is not spinning.",
                  "空闲 M 链表上的 M 没有 P、没有 nextp、没有 curg，也不在自旋。",
                  "It sleeps until another M gives it a P; what it had kept would sleep with it.", ""},
    InvariantInfo{
        no_g_is_lost, "no-g-is-lost",
        "Every g runs, waits, is in a system call, is in a queue or on a free list, or is held by an M.",
        "每个 g 要么在运行、等待或系统调用中，要么在队列或空闲链表里，要么正由某个 M 持有。",
        "A g that is nowhere never runs again, and nothing reports it. Held by an M: in a register, on its "
        "stack, linked to a g it holds, or its lockedg.",
        ""},
    InvariantInfo{
        runqsize_counts, "runqsize-counts", "sched.runqsize is the length of the global run queue.",
        "sched.runqsize 等于全局运行队列的长度。",
        "An M that reads 0 does not look into the queue; one that reads more takes its share by it.",
        "While sched.lock is held."},
    InvariantInfo{
        free_counts_match, "free-counts-match",
        "gFree.n is the length of the free list, for each P and for sched.",
        "gFree.n 等于空闲链表的长度，每个 P 和 sched 都如此。",
        "From 64 gs on a P's list is cut to 31, and an empty one is refilled to 32; both go by the count.",
        "For a P while its M is on g0; for sched while sched.gFree.lock is held."},
    InvariantInfo{idle_counts_match, "idle-counts-match",
                  "sched.nmidle and sched.npidle are the lengths of the lists of idle Ms and Ps.",
                  "sched.nmidle 和 sched.npidle 等于空闲 M 链表和空闲 P 链表的长度。",
                  "wakep wakes no M if npidle is 0, and checkdead relies on nmidle.",
                  "While sched.lock is held; up to Go 1.15 before there is a goroutine, too."},
    InvariantInfo{
        nmspinning_counts, "nmspinning-counts",
        "The Ms that are spinning, and those about to start as spinning, add up to sched.nmspinning.",
        "自旋中的 M 加上即将以自旋状态启动的 M，总数等于 sched.nmspinning。",
        "One too many and wakep never wakes an M for new work; one too few and the count falls below 0, at "
        "which the runtime throws.",
        "While an M in the scheduler has counted itself and not set its flag, or the other way round."},
    InvariantInfo{g_status_change_is_legal, "g-status-change-is-legal",
                  "A g changes its status only in the ways the runtime does.",
                  "g 的状态只按运行时规定的方式改变。",
                  "The table of changes is in emu/layout/status.h, with the functions that make them.", ""},
    InvariantInfo{p_status_change_is_legal, "p-status-change-is-legal",
                  "A P changes its status only in the ways the runtime does.",
                  "P 的状态只按运行时规定的方式改变。", "A P goes through idle before another M may have it.",
                  ""},
    InvariantInfo{
        goid_is_unique, "goid-is-unique", "No two live gs have the same goid.",
        "任何两个活着的 g 的 goid 都不相同。",
        "Each P takes ids in batches of 16, so that no two draw the same.",
        "A g that newproc1 has made runnable keeps the goid 0, or its last one, for a few more steps."},
    InvariantInfo{allgs_only_grows, "allgs-only-grows",
                  "Entries of allgs stay as they are, and are never taken out.",
                  "allgs 的条目从不改变，也从不移除。",
                  "Tracebacks and the collector walk it without stopping an M that appends.", ""},
};
static_assert(kTable.size() == kInvariants);

}  // namespace

std::span<const InvariantInfo> invariants() { return kTable; }

const InvariantInfo& info(Invariant id) { return kTable[static_cast<std::size_t>(id)]; }

const InvariantInfo* invariant_by_name(std::string_view name) {
  for (const InvariantInfo& it : kTable) {
    if (it.name == name) return &it;
  }
  return nullptr;
}

std::string invariants_markdown() {
  std::string out =
      "# Invariants\n\n"
      "What holds at every step of every run. A step after which one does not hold, and cannot come true by "
      "itself, is reported as an event of type `invariant`, once for each name in a run; `run` stops there. "
      "`gogoscope state --format json` shows the state of each at a moment: it `holds`, is in a `window`, "
      "is "
      "`broken`, or is `not-applicable`, where the Go release of the guest lacks a field that it is "
      "about.\n\n"
      "A window is a time in which an invariant may be untrue. None of them is a line or an address of a "
      "listing. For registers, the code ahead is decoded up to the next call, branch or return: as long as "
      "an "
      "instruction there replaces the value that is wrong, the invariant is in a window of so many steps. "
      "For "
      "memory, the state itself says so: a lock that is held, an M that runs on its g0. An M counts from the "
      "moment its `g0.sched` has been saved; before that it is being made.\n\n"
      "This page is generated from `emu/check/invariants.cpp`.\n\n"
      "| name | what holds | why | window |\n|---|---|---|---|\n";
  for (const InvariantInfo& it : kTable) {
    out += "| `" + std::string(it.name) + "` | " + std::string(it.sentence.en) + " | " + std::string(it.why) +
           " | " + (it.window.empty() ? "none" : std::string(it.window)) + " |\n";
  }
  return out;
}

}  // namespace gogoscope
