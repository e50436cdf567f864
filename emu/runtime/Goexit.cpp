// panic.go, Goexit: the deferred functions, then goexit1. Nothing returns to goexit+1. The _panic record that
// says so is in this frame and is still linked into gp._panic when goexit0 clears it.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction Goexit(const Go& go) {
  GoFunction f(sig::Goexit, {.bytes = 96, .ours = true});
  const Var gp = f.local("gp", "*g"), d = f.local("d", "*_defer");
  // The record, its highest word first: locals are laid out downwards.
  const Var flags = f.local("p.recovered,aborted,goexit", "bool"), p_sp = f.local("p.sp", "unsafe.Pointer"),
            p_pc = f.local("p.pc", "uintptr"), link = f.local("p.link", "*_panic"),
            arg_data = f.local("p.arg.data", "unsafe.Pointer"),
            arg_type = f.local("p.arg.type", "unsafe.Pointer"), p = f.local("p", "_panic");
  const Var ax = GoFunction::in_register(Reg::rax), fn = GoFunction::in_register(Reg::rdx);
  const Label unlink = f.label();
  const std::uint32_t goexit_bit = (go.field("_panic", "goexit").offset % 8) * 8;
  auto of_defer = [go](const char* name) -> const Field& { return go.field("_defer", name); };
  auto record = [=](Frame& x) { return x.address(p).value(); };

  f.line("func Goexit() {");
  f.line("    gp := getg()").set(gp, getg);
  f.line("    var p _panic")
      .stores(
          [=](Frame& x) {
            for (const Var& word : {p, arg_type, arg_data, link, p_pc, p_sp, flags}) x.set(word, 0);
          },
          {.variables = true});
  f.line("    p.goexit = true").set(flags, std::uint64_t{1} << goexit_bit);
  f.line("    p.link = gp._panic").set(link, load(gp, go.g("_panic")));
  f.line("    gp._panic = &p").store(gp, go.g("_panic"), record);
  f.forever("    for {", [&] {
    f.line("        d := gp._defer; if d == nil { break }").set(d, load(gp, go.g("_defer"))).break_if(d == 0);
    f.if_("        if d.started {  // it called Goexit itself: it is not run again",
          load(d, of_defer("started")), [&] {
            f.line("            if d._panic != nil { d._panic.aborted = true; d._panic = nil }")
                .set(ax, load(d, of_defer("_panic")))
                .if_(ax,
                     [&] { f.store(ax, go.field("_panic", "aborted"), 1).store(d, of_defer("_panic"), 0); });
            f.line("            goto unlink  // d.fn = nil, and the next one").goto_(unlink);
          });
    f.line("        d.started = true").store(d, of_defer("started"), 1);
    f.line("        d._panic = &p").store(d, of_defer("_panic"), record);
    f.line("        fn := d.fn; fn()  // reflectcallSave, without arguments")
        .set(fn, load(d, of_defer("fn")))
        .instruction("MOVQ 0(DX), AX")
        .instruction("CALL AX");
    f.if_("        if gp._defer != d { throw(\"bad defer entry in Goexit\") }", load(gp, go.g("_defer")) != d,
          [&] { f.throws("bad defer entry in Goexit"); });
    f.line("        d._panic = nil").store(d, of_defer("_panic"), 0);
    f.line("    unlink:");
    f.line("        d.fn = nil").at(unlink).store(d, of_defer("fn"), 0);
    f.line("        gp._defer = d.link").set(ax, load(d, of_defer("link"))).store(gp, go.g("_defer"), ax);
  });
  f.line("    goexit1()").call(sig::goexit1);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
