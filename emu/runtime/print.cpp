// print.go: what the compiler calls for print and println, which write to the standard error. A statement's
// calls are between printlock and printunlock, so that no other M writes in its middle.
#include <fmt/format.h>

#include <algorithm>

#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {
namespace {

constexpr std::uint64_t kBacklog = 512;  // bytes of printBacklog
constexpr std::uint64_t kDigits = 100;   // bytes of buf, where a number's digits are made
constexpr std::uint64_t kStderr = 2;

constexpr FrameSize ours(int bytes) { return {.bytes = bytes, .ours = true}; }

/// A byte of a buffer in the frame, which only its function sees.
Body put_byte(Var buf, Var i, std::function<std::uint64_t(Frame&)> value) {
  return [=](Frame& x) { x.store_private(x.address(buf).value() + x.get(i), 1, value(x)); };
}

/// gwrite(buf[i:])
void write_digits(GoFunction& f, Var buf, Var i) {
  const Value rest = [=](Frame& x) { return kDigits - x.get(i); };
  f.line("    gwrite(buf[i:])")
      .call(sig::gwrite, {[=](Frame& x) { return x.address(buf).value() + x.get(i); }, rest, rest});
}

}  // namespace

GoFunction printlock(const Go& go) {
  GoFunction f(sig::printlock, {.bytes = 24, .stack_check = false, .ours = true});
  const Var mp = f.local("mp", "*m");
  const Field& printlock = go.m("printlock");

  f.line("func printlock() {");
  f.line("    mp := getg().m").set(mp, own_m);
  f.line("    mp.locks++  // until debuglock is held, which has a count of its own")
      .stores(add_to_locks(go, 1));
  f.line("    mp.printlock++").add(mp, printlock, 1);
  f.if_("    if mp.printlock == 1 {  // a print within a print has the lock already",
        load(mp, printlock) == 1,
        [&] { f.line("        lock(&debuglock)").call(sig::lock2, {symbol("runtime.debuglock")}); });
  f.line("    mp.locks--").stores(add_to_locks(go, ~std::uint64_t{0}));
  f.line("}").ret();
  return f;
}

GoFunction printunlock(const Go& go) {
  GoFunction f(sig::printunlock, {.bytes = 24, .stack_check = false, .ours = true});
  const Var mp = f.local("mp", "*m");
  const Field& printlock = go.m("printlock");

  f.line("func printunlock() {");
  f.line("    mp := getg().m").set(mp, own_m);
  f.line("    mp.printlock--").add(mp, printlock, ~std::uint64_t{0});
  f.if_("    if mp.printlock == 0 {", load(mp, printlock) == 0,
        [&] { f.line("        unlock(&debuglock)").call(sig::unlock2, {symbol("runtime.debuglock")}); });
  f.line("}").ret();
  return f;
}

GoFunction recordForPanic(const Go&) {
  GoFunction f(sig::recordForPanic, ours(40));
  const Var b = f.param("b.ptr"), len = f.param("b.len");
  const Var i = f.local("i", "int"), n = f.local("n", "int");
  // Between printlock and printunlock no other M touches them.
  const auto index = [](Frame& x) { return x.symbol("runtime.printBacklogIndex"); };

  f.line("func recordForPanic(b []byte) {");
  f.line("    printlock()").call(sig::printlock);
  f.if_(
      "    if atomic.Load(&panicking) == 0 {  // a core dump shows what was printed last",
      [](Frame& x) { return x.load(x.symbol("runtime.panicking"), 4) == 0; },
      [&] {
        f.line("        for i := 0; i < len(b); {").set(i, 0).for_(i < len, [&] {
          f.line("            n := copy(printBacklog[printBacklogIndex:], b[i:])");
          f.if_([=](Frame& x) { return x.load_private(index(x)) > kBacklog; },
                [&] {
                  f.left_out({"a panic: slice bounds out of range", "panic：slice bounds out of range"});
                });
          f.stores(
              [=](Frame& x) {
                const std::uint64_t at = x.load_private(index(x));
                const std::uint64_t count = std::min(kBacklog - at, x.get(len) - x.get(i));
                const std::uint64_t to = x.symbol("runtime.printBacklog") + at;
                const std::uint64_t from = x.get(b) + x.get(i);
                for (std::uint64_t k = 0; k < count && !x.faulted(); ++k)
                  x.store_private(to + k, 1, x.load_private(from + k, 1));
                x.set(n, count);
              },
              {.memory = true, .variables = true});
          f.line("            i += n").set(i, i + n);
          f.line("            printBacklogIndex += n").stores([=](Frame& x) {
            x.store_private(index(x), 8, x.load_private(index(x)) + x.get(n));
          });
          f.line("            printBacklogIndex %= len(printBacklog)").stores([=](Frame& x) {
            x.store_private(index(x), 8, x.load_private(index(x)) % kBacklog);
          });
        });
      });
  f.line("    printunlock()").call(sig::printunlock);
  f.line("}").ret();
  return f;
}

GoFunction gwrite(const Go& go) {
  GoFunction f(sig::gwrite, ours(64));
  const Var b = f.param("b.ptr"), len = f.param("b.len"), cap = f.param("b.cap");
  const Var gp = f.local("gp", "*g");

  // The slice begins with its pointer.
  const auto writebuf =
      Expr{[=, offset = go.g("writebuf").offset](Frame& x) { return x.load(x.get(gp) + offset); }};

  f.line("func gwrite(b []byte) {");
  f.if_("    if len(b) == 0 { return }", len == 0, [&] { f.ret(); });
  f.line("    recordForPanic(b)").call(sig::recordForPanic, {b, len, cap});
  f.line("    gp := getg()").set(gp, getg);
  f.if_("    if gp == nil || gp.writebuf == nil || gp.m.dying > 0 {",
        any(gp == 0, writebuf == 0, int32(load(own_m, go.m("dying"))) > 0), [&] {
          f.line("        writeErr(b)  // write1(2, &b[0], int32(len(b)))")
              .call(sig::write1, {kStderr, b, len});
          f.line("        return").ret();
        });
  f.line("    copy(gp.writebuf[len(gp.writebuf):cap(gp.writebuf)], b)  // instead of the standard error")
      .left_out({"printing into gp.writebuf", "打印到 gp.writebuf"});
  f.line("}");
  return f;
}

GoFunction printsp(const Go&) {
  GoFunction f(sig::printsp, ours(24));
  f.line("func printsp() {");
  f.line("    printstring(\" \")").call_with(sig::printstring, " ");
  f.line("}").ret();
  return f;
}

GoFunction printnl(const Go&) {
  GoFunction f(sig::printnl, ours(24));
  f.line("func printnl() {");
  f.line("    printstring(\"\\n\")").call_with(sig::printstring, "\n");
  f.line("}").ret();
  return f;
}

GoFunction printbool(const Go&) {
  GoFunction f(sig::printbool, ours(24));
  const Var v = f.param("v");
  f.line("func printbool(v bool) {");
  f.if_("    if v {", v != 0, [&] {
     f.line("        printstring(\"true\")").call_with(sig::printstring, "true");
   }).else_("    } else {", [&] {
    f.line("        printstring(\"false\")").call_with(sig::printstring, "false");
  });
  f.line("}").ret();
  return f;
}

GoFunction printuint(const Go&) {
  GoFunction f(sig::printuint, ours(152));
  const Var v = f.param("v"), i = f.local("i", "int"), buf = f.array(kDigits);

  f.line("func printuint(v uint64) {");
  f.line("    var buf [100]byte");
  f.line("    i := len(buf)").set(i, kDigits);
  f.line("    for i--; i > 0; i-- {  // the last digit first")
      .set(i, i - 1)
      .for_(
          i > 0,
          [&] {
            f.line("        buf[i] = byte(v%10 + '0')").stores(put_byte(buf, i, [=](Frame& x) {
              return x.get(v) % 10 + '0';
            }));
            f.line("        if v < 10 { break }").break_if(v < 10);
            f.line("        v /= 10").set(v, [=](Frame& x) { return x.get(v) / 10; });
          },
          [&] { f.set(i, i - 1); });
  write_digits(f, buf, i);
  f.line("}").ret();
  return f;
}

GoFunction printint(const Go&) {
  GoFunction f(sig::printint, ours(24));
  const Var v = f.param("v");
  f.line("func printint(v int64) {");
  f.if_(
      "    if v < 0 {", [=](Frame& x) { return static_cast<std::int64_t>(x.get(v)) < 0; },
      [&] {
        f.line("        printstring(\"-\")").call_with(sig::printstring, "-");
        f.line("        v = -v").set(v, [=](Frame& x) { return 0 - x.get(v); });
      });
  f.line("    printuint(uint64(v))").call(sig::printuint, {v});
  f.line("}").ret();
  return f;
}

GoFunction printhex(const Go&) {
  GoFunction f(sig::printhex, ours(152));
  const Var v = f.param("v"), i = f.local("i", "int"), buf = f.array(kDigits);

  f.line("func printhex(v uint64) {");
  f.line("    const dig = \"0123456789abcdef\"; var buf [100]byte");
  f.line("    i := len(buf)").set(i, kDigits);
  f.line("    for i--; i > 0; i-- {")
      .set(i, i - 1)
      .for_(
          i > 0,
          [&] {
            f.line("        buf[i] = dig[v%16]").stores(put_byte(buf, i, [=](Frame& x) -> std::uint64_t {
              return static_cast<unsigned char>("0123456789abcdef"[x.get(v) % 16]);
            }));
            f.line("        if v < 16 && len(buf)-i >= minhexdigits { break }")
                .break_if(all(v < 16, [=](Frame& x) {
                  return kDigits - x.get(i) >= x.load_private(x.symbol("runtime.minhexdigits"));
                }));
            f.line("        v /= 16").set(v, [=](Frame& x) { return x.get(v) / 16; });
          },
          [&] { f.set(i, i - 1); });
  for (const char* digit : {"x", "0"}) {
    f.line(fmt::format("    i--; buf[i] = '{}'", digit))
        .set(i, i - 1)
        .stores(put_byte(buf, i, [c = *digit](Frame&) { return static_cast<std::uint64_t>(c); }));
  }
  write_digits(f, buf, i);
  f.line("}").ret();
  return f;
}

GoFunction printpointer(const Go&) {
  GoFunction f(sig::printpointer, ours(16));
  const Var p = f.param("p");
  f.line("func printpointer(p unsafe.Pointer) {");
  f.line("    printhex(uint64(uintptr(p)))").call(sig::printhex, {p});
  f.line("}").ret();
  return f;
}

GoFunction printstring(const Go&) {
  GoFunction f(sig::printstring, ours(32));
  const Var ptr = f.param("s.ptr"), len = f.param("s.len");
  f.line("func printstring(s string) {");
  f.line("    gwrite(bytes(s))").call(sig::gwrite, {ptr, len, len});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
