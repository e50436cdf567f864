// The runtime's structs with typed names, read through any moment: a view is a layout, a memory and a
// pointer, and holds no value of its own. Unmapped memory reads as 0, and so does a field that the release
// does not have; what must tell the two apart asks for has().
//
//   GView g(layout, state, ptr);
//   g.sched().sp();
#pragma once

#include <optional>
#include <string_view>

#include "emu/guest/memory_view.h"
#include "emu/layout/release.h"

namespace gogoscope {

/// The value of a field of at most 8 bytes; nothing if it is bigger, unknown or unmapped.
std::optional<std::uint64_t> load_field(const Layout& layout, const MemoryView& memory,
                                        std::string_view struct_name, Addr base, std::string_view field);

/// What all views share: where the struct is, and generic access by field name.
class StructView {
 public:
  StructView(const Layout& layout, const MemoryView& memory, std::string_view struct_name, Addr base)
      : layout_(&layout), memory_(&memory), struct_(struct_name), base_(base) {}

  Addr addr() const { return base_; }
  bool is_nil() const { return base_.is_nil(); }
  /// A field of at most 8 bytes; 0 if there is none.
  std::uint64_t field(std::string_view name) const;
  /// Whether the release has the field.
  bool has(std::string_view name) const { return layout_->find(struct_, name) != nullptr; }
  /// Nil if it has not.
  Addr field_addr(std::string_view name) const;

 protected:
  template <class T>
  Ptr<T> pointer(std::string_view name) const {
    return {Addr(field(name))};
  }
  const Layout* layout_;
  const MemoryView* memory_;
  std::string_view struct_;
  Addr base_;
};

class GobufView : public StructView {
 public:
  GobufView(const Layout& layout, const MemoryView& memory, Ptr<Gobuf> buf)
      : StructView(layout, memory, "gobuf", buf.addr) {}
  Addr sp() const { return Addr(field("sp")); }
  CodeAddr pc() const { return CodeAddr(field("pc")); }
  Ptr<G> g() const { return pointer<G>("g"); }
  Addr ctxt() const { return Addr(field("ctxt")); }
  Addr bp() const { return Addr(field("bp")); }
};

class GView : public StructView {
 public:
  GView(const Layout& layout, const MemoryView& memory, Ptr<G> g) : StructView(layout, memory, "g", g.addr) {}
  Addr stack_lo() const { return Addr(field("stack.lo")); }
  Addr stack_hi() const { return Addr(field("stack.hi")); }
  Addr stackguard0() const { return Addr(field("stackguard0")); }
  Ptr<M> m() const { return pointer<M>("m"); }
  GobufView sched() const { return {*layout_, *memory_, {field_addr("sched")}}; }
  Addr param() const { return Addr(field("param")); }
  std::uint32_t status() const { return static_cast<std::uint32_t>(field("atomicstatus")); }
  std::int64_t goid() const { return static_cast<std::int64_t>(field("goid")); }
  Ptr<G> schedlink() const { return pointer<G>("schedlink"); }
  std::uint64_t waitreason() const { return field("waitreason"); }
  Ptr<M> lockedm() const { return pointer<M>("lockedm"); }
  CodeAddr startpc() const { return CodeAddr(field("startpc")); }
  CodeAddr gopc() const { return CodeAddr(field("gopc")); }
};

class MView : public StructView {
 public:
  MView(const Layout& layout, const MemoryView& memory, Ptr<M> m) : StructView(layout, memory, "m", m.addr) {}
  Ptr<G> g0() const { return pointer<G>("g0"); }
  Ptr<G> gsignal() const { return pointer<G>("gsignal"); }
  Ptr<G> curg() const { return pointer<G>("curg"); }
  /// The g that -8(FS) names: m.tls[0].
  Ptr<G> tls_g() const { return {Addr(memory_->load_or_zero(field_addr("tls")))}; }
  Ptr<P> p() const { return pointer<P>("p"); }
  std::int64_t id() const { return static_cast<std::int64_t>(field("id")); }
  Ptr<M> alllink() const { return pointer<M>("alllink"); }
  Ptr<G> lockedg() const { return pointer<G>("lockedg"); }
  std::int32_t locks() const { return static_cast<std::int32_t>(field("locks")); }
  bool spinning() const { return field("spinning") != 0; }
};

class PView : public StructView {
 public:
  PView(const Layout& layout, const MemoryView& memory, Ptr<P> p) : StructView(layout, memory, "p", p.addr) {}
  std::int32_t id() const { return static_cast<std::int32_t>(field("id")); }
  std::uint32_t status() const { return static_cast<std::uint32_t>(field("status")); }
  Ptr<M> m() const { return pointer<M>("m"); }
  std::uint32_t schedtick() const { return static_cast<std::uint32_t>(field("schedtick")); }
  Ptr<G> runnext() const { return pointer<G>("runnext"); }
  /// Free-running counters: the ring's slot is the value modulo its size.
  std::uint32_t runqhead() const { return static_cast<std::uint32_t>(field("runqhead")); }
  std::uint32_t runqtail() const { return static_cast<std::uint32_t>(field("runqtail")); }
  static constexpr std::uint32_t kRunqSize = 256;
  /// How many gs the ring holds; never more than it has slots, whatever the counters say.
  std::uint32_t runq_length() const;
  /// The i-th g from the head.
  Ptr<G> runq_at(std::uint32_t i) const;
  Ptr<G> gfree_head() const { return pointer<G>("gFree.head"); }
};

class SchedView : public StructView {
 public:
  SchedView(const Layout& layout, const MemoryView& memory, Ptr<Schedt> sched)
      : StructView(layout, memory, "schedt", sched.addr) {}
  std::uint64_t goidgen() const { return field("goidgen"); }
  Addr lock_key() const { return Addr(field("lock.key")); }
  Ptr<M> midle() const { return pointer<M>("midle"); }
  Ptr<P> pidle() const { return pointer<P>("pidle"); }
  Ptr<G> runq_head() const { return pointer<G>("runq.head"); }
  Ptr<G> runq_tail() const { return pointer<G>("runq.tail"); }
  Ptr<G> gfree_stack_head() const { return pointer<G>("gFree.stack.head"); }
  Ptr<G> gfree_nostack_head() const { return pointer<G>("gFree.noStack.head"); }
};

}  // namespace gogoscope
