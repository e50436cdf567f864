// malloc.go, newobject, and stack.go, stackalloc and stackfree: condensed to an allocator that never frees.
#include "emu/runtime/functions.h"
#include "emu/runtime/pages.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kPageSize = 8192;

// Words of a span record: mheap_.gspan, mheap_.pspan, stackpool.
enum SpanWord : std::uint64_t { kElemsize, kBytes, kNext, kEnd };

Value span_word(Var span, SpanWord word) {
  return [=](Frame& x) { return x.load(x.get(span) + word * 8); };
}

Body set_span_word(Var span, SpanWord word, Value value) {
  return [=](Frame& x) { x.store(x.get(span) + word * 8, 8, value(x)); };
}

/// Slots that take the next object of a span, and new pages for the span when it has none left.
void take_object(GoFunction& f, Var span, Var obj, Var scratch) {
  const Label some = f.label();
  f.line("    if s.next == s.end {")
      .set(obj, span_word(span, kNext))
      .set(scratch, span_word(span, kEnd))
      .jump_if([=](Frame& x) { return x.get(obj) != x.get(scratch); }, some);
  f.line("        s.next = mheap_.alloc(s.bytes)").set(scratch, span_word(span, kBytes));
  allocate_pages(f, scratch, obj);
  f.does(set_span_word(span, kNext, obj));
  f.line("        s.end = s.next + s.bytes/s.elemsize*s.elemsize")
      .set(scratch,
           [=](Frame& x) {
             const std::uint64_t elemsize = x.load(x.get(span) + kElemsize * 8);
             return elemsize == 0 ? 0 : x.get(scratch) / elemsize * elemsize;
           })
      .does(set_span_word(span, kEnd, [=](Frame& x) { return x.get(obj) + x.get(scratch); }));
  f.line("    }");
  f.line("    obj := s.next; s.next += s.elemsize")
      .at(some)
      .set(scratch, span_word(span, kElemsize))
      .does(set_span_word(span, kNext, [=](Frame& x) { return x.get(obj) + x.get(scratch); }));
}

}  // namespace

void allocate_pages(GoFunction& f, Value bytes, Var base) {
  const Label fits = f.label();
  auto size = [bytes](Frame& x) { return (bytes(x) + kPageSize - 1) / kPageSize * kPageSize; };
  auto arena = [](Frame& x) { return x.symbol("runtime.mheap_.curArena"); };
  f.set(base, [=](Frame& x) { return x.load(arena(x)); })
      .jump_if([=](Frame& x) { return x.get(base) + size(x) <= x.load(arena(x) + 8); }, fits)
      .throws("runtime: out of memory")
      .at(fits)
      .does([=](Frame& x) { x.store(arena(x), 8, x.get(base) + size(x)); });
}

GoFunction newobject(const Go&) {
  GoFunction f(sig::newobject, {.bytes = 40, .ours = true});
  const Var span = f.param("span"), result = f.result("obj");
  const Var obj = f.local("obj'", "unsafe.Pointer"), scratch = f.local("n", "uintptr");

  f.line("func newobject(s *mspan) unsafe.Pointer {  // fresh pages are zero");
  take_object(f, span, obj, scratch);
  f.line("    return obj").set(result, obj).ret();
  f.line("}");
  return f;
}

GoFunction stackalloc(const Go&) {
  GoFunction f(sig::stackalloc, {.bytes = 40, .ours = true});
  const Var n = f.param("n"), lo = f.result("lo"), hi = f.result("hi");
  const Var span = f.local("s", "*mspan"), obj = f.local("obj", "uintptr"),
            scratch = f.local("n'", "uintptr");
  const Label large = f.label(), done = f.label();

  f.line("func stackalloc(n uint32) stack {");
  f.line("    if n == _FixedStack { s = &stackpool } else { large }")
      .jump_if([=](Frame& x) { return x.get(n) != kStackMin; }, large)
      .set(span, [](Frame& x) { return x.symbol("runtime.stackpool"); });
  take_object(f, span, obj, scratch);
  f.jump(done);
  f.line("    // large: whole pages").at(large);
  allocate_pages(f, n, obj);
  f.line("    return stack{obj, obj + n}")
      .at(done)
      .set(lo, obj)
      .set(hi, [=](Frame& x) { return x.get(obj) + x.get(n); })
      .ret();
  f.line("}");
  return f;
}

GoFunction stackfree(const Go&) {
  GoFunction f(sig::stackfree, {.bytes = 0, .stack_check = false, .ours = true});
  f.line("func stackfree(stk stack) {  // modelled: the memory is not used again");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
