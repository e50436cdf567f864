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
  f.line(on ? "    trace.enabled = true" : "    trace.enabled = false").does([on](Frame& x) {
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
              .does([=](Frame& x) { x.store_private(x.get(buf) + kLink, 8, x.get(old)); })
              .store(_p_, tracebuf, buf);
        });
  f.line("    buf.byte(ev)").does([=](Frame& x) {
    x.store_private(x.get(buf) + kArr + x.get(pos), 1, x.get(ev));
    x.store_private(x.get(buf) + kPos, 8, x.get(pos) + 1);
  });
  f.line("}").ret();
  return f;
}

GoFunction traceGoSched(const Go&) {
  GoFunction f(sig::traceGoSched, {.bytes = 24, .ours = true});
  f.line("func traceGoSched() {");
  f.line("    traceEvent(traceEvGoSched, 1)").call(sig::traceEvent, {trace_event::kGoSched, 1});
  f.line("}").ret();
  return f;
}

GoFunction traceGoEnd(const Go&) {
  GoFunction f(sig::traceGoEnd, {.bytes = 24, .ours = true});
  f.line("func traceGoEnd() {");
  f.line("    traceEvent(traceEvGoEnd, -1)").call(sig::traceEvent, {trace_event::kGoEnd, -1});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
