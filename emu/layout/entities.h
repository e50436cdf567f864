// Which gs, ms, ps exist at a moment, and what they are called.
//
// gN is the N-th of runtime.allgs, counted from 1, for the life of a run. System goroutines are named after
// their M: m0.g0, m0.gsignal; where only one M exists a screen may say g0.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emu/layout/layout.h"
#include "emu/layout/release.h"
#include "emu/layout/structs.h"

namespace gogoscope {

/// Which g: by its number, and by where it is. ids.h makes names of it.
struct GId {
  enum class Kind : std::uint8_t { nil, ordinary, g0, gsignal, unknown };
  Kind kind = Kind::nil;
  int number = 0;       ///< N of gN, counted from 1; of a system g its M's id
  bool only_m = false;  ///< of a system g: no other M existed when it was named, so that g0 will do
  Addr addr;            ///< nil for no g
  bool is_ordinary() const { return kind == Kind::ordinary; }
  auto operator<=>(const GId&) const = default;
};

struct Entity {
  enum class Kind : std::uint8_t { g, m, p, sched };
  Kind kind = Kind::g;
  Addr addr;
  std::string name;        ///< "g2", "m0.g0", "m0", "p0", "sched"
  std::string short_name;  ///< "g0" for "m0.g0" where only one M exists; otherwise the name
  bool system = false;     ///< a g0 or a gsignal
  int index = 0;           ///< N of gN, m.id, index into allp
  bool signal = false;     ///< of a system g: a gsignal

  /// Of an entity that is a g.
  GId g_id() const;
};

/// The struct that an entity is: "g", "m", "p", "schedt".
std::string_view struct_name(Entity::Kind kind);

/// All entities of one moment. A corrupted guest yields fewer of them or nonsense, but no hang: each walk is
/// bounded by what fits into the guest. Cost: one read and two short strings for each.
class Entities {
 public:
  Entities(const Guest& guest, const MemoryView& memory);
  /// None yet.
  explicit Entities(const Layout& layout) : layout_(&layout) {}

  /// gs of allgs in order, then the g0s and gsignals; ms in order of id; ps; sched.
  const std::vector<Entity>& all() const { return all_; }
  /// How many of them are gs of allgs.
  std::size_t gs() const { return gs_; }
  const Entity* at(Addr start, Entity::Kind kind) const;
  /// The entity whose struct holds all of [addr, addr + size), or null.
  const Entity* holding(Addr addr, std::uint64_t size = 1) const;
  /// By name or short name, or null.
  const Entity* find(std::string_view name) const;
  bool one_m() const { return ms_ <= 1; }
  GId g_id(Addr g) const;
  /// Short name of the g at an address: "g2", "nil", or the address in hex where no g is known.
  std::string g_name(Addr g) const;

  /// They grow: allgs has got another g, or there are other Ms and Ps.
  void add_g(Addr addr);
  void set_others(std::span<const FoundM> ms, std::span<const Addr> ps, Addr sched);

 private:
  void add(Entity::Kind kind, Addr addr, const std::string& name, int index);
  void add_system_g(Addr addr, int m, bool signal);

  const Layout* layout_;
  std::vector<Entity> all_;
  int ms_ = 0;
  std::size_t gs_ = 0;                                 ///< at the front of all_
  std::vector<std::pair<Addr, std::size_t>> by_addr_;  ///< the gs of allgs, sorted
};

/// The g that a thread runs on, by the rule of the guest's release.
CurrentG current_g(const Guest& guest, const StateView& state, ThreadId thread, const Entities& entities);

}  // namespace gogoscope
