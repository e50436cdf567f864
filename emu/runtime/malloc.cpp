// malloc.go, newobject, and stack.go, stackalloc and stackfree: condensed to an allocator that never frees.
#include "emu/runtime/functions.h"
#include "emu/runtime/globals.h"
#include "emu/runtime/kernel.h"
#include "emu/runtime/pages.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kPageSize = 8192;

// Words of a span record: mheap_.gspan, mheap_.pspan, stackpool.
enum SpanWord : std::uint64_t { kElemsize, kBytes, kNext, kEnd };

std::uint64_t word(Frame& x, std::uint64_t at, std::uint64_t index) { return x.load_private(at + index * 8); }

/// mheap.grow: more arenas after the last one, if the system has them.
bool grow(Frame& x, std::uint64_t arena, std::uint64_t need) {
  const std::uint64_t limit = word(x, arena, 1);
  const std::uint64_t ask = (need + kArenaBytes - 1) / kArenaBytes * kArenaBytes;
  if (!kernel::mmap(x, limit, ask)) return false;
  x.store_private(arena + 8, 8, limit + ask);
  return true;
}

/// Pages from the arena, or 0 if there is no memory left.
std::uint64_t take_pages(Frame& x, std::uint64_t bytes) {
  const std::uint64_t arena = x.symbol("runtime.mheap_.curArena");
  const std::uint64_t base = word(x, arena, 0), limit = word(x, arena, 1);
  const std::uint64_t end = base + (bytes + kPageSize - 1) / kPageSize * kPageSize;
  if (end < base || (end > limit && !grow(x, arena, end - limit))) return 0;
  x.store_private(arena, 8, end);
  return base;
}

/// The next object of a span, with new pages for the span when it has none left; 0 if there are none.
std::uint64_t take_object(Frame& x, std::uint64_t span) {
  const std::uint64_t elemsize = word(x, span, kElemsize);
  std::uint64_t obj = word(x, span, kNext);
  if (obj == word(x, span, kEnd)) {
    const std::uint64_t bytes = word(x, span, kBytes);
    obj = take_pages(x, bytes);
    if (obj == 0 || elemsize == 0) return 0;
    x.store_private(span + kEnd * 8, 8, obj + bytes / elemsize * elemsize);
  }
  x.store_private(span + kNext * 8, 8, obj + elemsize);
  return obj;
}

/// One slot for the whole of it: Go allocates from a cache of the P, where no other M can come between. And
/// what Go says when there is no memory left.
void allocate(GoFunction& f, Var obj, Value take) {
  f.set(obj, std::move(take)).if_(obj == 0, [&] { f.throws("runtime: out of memory"); });
}

}  // namespace

void allocate_pages(GoFunction& f, Value bytes, Var base) {
  allocate(f, base, [bytes](Frame& x) { return take_pages(x, bytes(x)); });
}

GoFunction newobject(const Go&) {
  GoFunction f(sig::newobject, {.bytes = 40, .ours = true});
  const Var span = f.param("span"), result = f.result("obj");
  const Var obj = f.local("obj'", "unsafe.Pointer");

  f.line("func newobject(s *mspan) unsafe.Pointer {  // fresh pages are zero");
  f.line("    obj := s.next; s.next += s.elemsize  // or new pages, when the span is used up");
  allocate(f, obj, [=](Frame& x) { return take_object(x, x.get(span)); });
  f.line("    return obj").set(result, obj).ret();
  f.line("}");
  return f;
}

GoFunction stackalloc(const Go&) {
  GoFunction f(sig::stackalloc, {.bytes = 48, .ours = true});
  const Var n = f.param("n"), lo = f.result("lo"), hi = f.result("hi");
  const Var obj = f.local("obj", "uintptr");

  f.line("func stackalloc(n uint32) stack {");
  f.if_("    if n == _FixedStack { from stackpool } else { large }", n == kStackMin, [&] {
     allocate(f, obj, [](Frame& x) { return take_object(x, x.symbol("runtime.stackpool")); });
   }).else_("    // large: whole pages", [&] { allocate_pages(f, n, obj); });
  f.line("    return stack{obj, obj + n}").set(lo, obj).set(hi, obj + n).ret();
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
