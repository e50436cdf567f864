// trace.go: Go's execution tracer, condensed. StartTrace and StopTrace stop the world to turn it on and off;
// in between, each event leaves one byte, its type, in the buffer of the P.
//
// A buffer is a page: {link, lastTicks, pos, arr}. A full one stays linked after its successor; Go hands it
// to a reader, of which there is none here. Left out: time stamps, arguments and stacks of the events.
#include "emu/runtime/functions.h"
#include "emu/runtime/pages.h"
#include "emu/runtime/trace_event.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kBufSize = 8192;
constexpr std::uint64_t kLink = 0, kPos = 16, kArr = 24;

GoFunction switch_of_trace(const Signature& signature, const char* header, bool on) {
  GoFunction f(signature, {.bytes = 16, .ours = true});
  f.line(header);
  f.line("    stopTheWorld()").call(sig::stopTheWorld);
  f.line(on ? "    trace.enabled = true" : "    trace.enabled = false").stores([on](Frame& x) {
    x.store(x.symbol("runtime.trace.enabled"), 1, on ? 1 : 0);
  });
  f.line("    startTheWorld()").call(sig::startTheWorld);
  f.line("}").ret();
  return f;
}

}  // namespace

GoFunction StartTrace(const Go&) {
  return switch_of_trace(sig::StartTrace, "func StartTrace() error {  // condensed", true);
}

GoFunction StopTrace(const Go&) {
  return switch_of_trace(sig::StopTrace, "func StopTrace() {  // condensed", false);
}

GoFunction traceEvent(const Go& go) {
  GoFunction f(sig::traceEvent, {.bytes = 56, .ours = true});
  const Var ev = f.param("ev");
  const Var _p_ = f.local("_p_", "*p"), buf = f.local("buf", "*traceBuf"), old = f.local("old", "*traceBuf"),
            pos = f.local("pos", "int");
  const Field& tracebuf = go.p("tracebuf");

  f.line("func traceEvent(ev byte, skip int) {  // condensed");
  f.if_("    if !trace.enabled {  // turned off meanwhile", not_(tracing),
        [&] { f.line("        return").ret(); });
  f.line("    _p_ := getg().m.p.ptr()").set(_p_, own_p);
  f.line("    buf := _p_.tracebuf").set(buf, load(_p_, tracebuf));
  // Only the M that holds the P touches the P's buffer.
  f.if_("    if buf == nil || buf.pos == len(buf.arr) {",
        any(buf == 0, reads(pos, [=](Frame& x) { return x.load_private(x.get(buf) + kPos); }),
            [=](Frame& x) { return x.get(pos) >= kBufSize - kArr; }),
        [&] {
          f.line("        buf = traceFlush(buf)  // a new one, linked to the old").set(old, buf);
          allocate_pages(f, kBufSize, buf);
          f.set(pos, 0)
              .stores([=](Frame& x) { x.store_private(x.get(buf) + kLink, 8, x.get(old)); })
              .store(_p_, tracebuf, buf);
        });
  f.line("    buf.byte(ev)").stores([=](Frame& x) {
    x.store_private(x.get(buf) + kArr + x.get(pos), 1, x.get(ev));
    x.store_private(x.get(buf) + kPos, 8, x.get(pos) + 1);
  });
  f.line("}").ret();
  return f;
}

// An event of a g that is where its last one was needs no sequence number: g.tracelastp is that P, and
// g.traceseq counts the events that change it.

GoFunction traceGoCreate(const Go& go) {
  GoFunction f(sig::traceGoCreate, {.bytes = 40, .ours = true});
  const Var newg = f.param("newg");
  f.line("func traceGoCreate(newg *g, pc uintptr) {");
  f.line("    newg.traceseq = 0").store(newg, go.g("traceseq"), 0);
  f.line("    newg.tracelastp = getg().m.p").store(newg, go.g("tracelastp"), own_p);
  f.line("    traceEvent(traceEvGoCreate, 2, ...)").call(sig::traceEvent, {trace_event::kGoCreate, 2});
  f.line("}").ret();
  return f;
}

GoFunction traceGoStart(const Go& go) {
  GoFunction f(sig::traceGoStart, {.bytes = 48, .ours = true});
  const Var _g_ = f.local("_g_", "*g"), _p_ = f.local("_p_", "*p");
  f.line("func traceGoStart() {");
  f.line("    _g_ := getg().m.curg").set(_g_, curg);
  f.line("    _p_ := _g_.m.p").set(_p_, own_p);
  f.line("    _g_.traceseq++").add(_g_, go.g("traceseq"), 1);
  f.line("    // workers of the collector: left out");
  f.if_("    if _g_.tracelastp == _p_ {", load(_g_, go.g("tracelastp")) == _p_, [&] {
     f.line("        traceEvent(traceEvGoStartLocal, -1, ...)")
         .call(sig::traceEvent, {trace_event::kGoStartLocal, -1});
   }).else_([&] {
    f.line("        _g_.tracelastp = _p_").store(_g_, go.g("tracelastp"), _p_);
    f.line("        traceEvent(traceEvGoStart, -1, ...)").call(sig::traceEvent, {trace_event::kGoStart, -1});
  });
  f.line("}").ret();
  return f;
}

GoFunction traceGoUnpark(const Go& go) {
  GoFunction f(sig::traceGoUnpark, {.bytes = 48, .ours = true});
  const Var gp = f.param("gp"), skip = f.param("skip");
  const Var _p_ = f.local("_p_", "*p");
  f.line("func traceGoUnpark(gp *g, skip int) {");
  f.line("    _p_ := getg().m.p").set(_p_, own_p);
  f.line("    gp.traceseq++").add(gp, go.g("traceseq"), 1);
  f.if_("    if gp.tracelastp == _p_ {", load(gp, go.g("tracelastp")) == _p_, [&] {
     f.line("        traceEvent(traceEvGoUnblockLocal, skip, ...)")
         .call(sig::traceEvent, {trace_event::kGoUnblockLocal, skip});
   }).else_([&] {
    f.line("        gp.tracelastp = _p_").store(gp, go.g("tracelastp"), _p_);
    f.line("        traceEvent(traceEvGoUnblock, skip, ...)")
        .call(sig::traceEvent, {trace_event::kGoUnblock, skip});
  });
  f.line("}").ret();
  return f;
}

namespace {

/// Both leave the P on their own: what comes next of this g on it is local.
GoFunction leaves_p(const Go& go, const Signature& signature, const char* header, const char* event_line,
                    std::uint64_t event) {
  GoFunction f(signature, {.bytes = 32, .ours = true});
  const Var _g_ = f.local("_g_", "*g");
  f.line(header);
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    _g_.tracelastp = _g_.m.p").store(_g_, go.g("tracelastp"), own_p);
  f.line(event_line).call(sig::traceEvent, {event, 1});
  f.line("}").ret();
  return f;
}

}  // namespace

GoFunction traceGoSched(const Go& go) {
  return leaves_p(go, sig::traceGoSched, "func traceGoSched() {", "    traceEvent(traceEvGoSched, 1)",
                  trace_event::kGoSched);
}

GoFunction traceGoPreempt(const Go& go) {
  return leaves_p(go, sig::traceGoPreempt, "func traceGoPreempt() {", "    traceEvent(traceEvGoPreempt, 1)",
                  trace_event::kGoPreempt);
}

GoFunction traceGoEnd(const Go&) {
  GoFunction f(sig::traceGoEnd, {.bytes = 24, .ours = true});
  f.line("func traceGoEnd() {");
  f.line("    traceEvent(traceEvGoEnd, -1)").call(sig::traceEvent, {trace_event::kGoEnd, -1});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
