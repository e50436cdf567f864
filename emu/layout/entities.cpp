#include "emu/layout/entities.h"

#include <algorithm>
#include <charconv>

#include "emu/layout/ids.h"

namespace gogoscope {

std::string_view struct_name(Entity::Kind kind) {
  switch (kind) {
    case Entity::Kind::g:
      return "g";
    case Entity::Kind::m:
      return "m";
    case Entity::Kind::p:
      return "p";
    case Entity::Kind::sched:
      return "schedt";
  }
  return {};
}

Entities::Entities(const Guest& guest, const MemoryView& memory) : layout_(&guest.release->layout) {
  const StructFinder finder(guest);
  const PointerSlice allgs = finder.allgs(memory);
  for (std::uint64_t i = 0; i < allgs.length; ++i) add_g(Addr(memory.load_or_zero(allgs.place(i))));
  const PointerSlice allp = finder.allp(memory);
  std::vector<Addr> ps;
  for (std::uint64_t i = 0; i < allp.length; ++i) ps.emplace_back(memory.load_or_zero(allp.place(i)));
  set_others(finder.ms(memory), ps, finder.sched_addr());
}

void Entities::add_g(Addr addr) {
  const std::size_t i = gs_++;
  const std::string name = "g" + std::to_string(gs_);
  all_.insert(all_.begin() + static_cast<std::ptrdiff_t>(i),
              {Entity::Kind::g, addr, name, name, false, static_cast<int>(gs_), false});
  const std::pair<Addr, std::size_t> entry{addr, i};
  // Most gs lie after the one before them.
  if (by_addr_.empty() || by_addr_.back() < entry) {
    by_addr_.push_back(entry);
  } else {
    by_addr_.insert(std::upper_bound(by_addr_.begin(), by_addr_.end(), entry), entry);
  }
}

void Entities::set_others(std::span<const FoundM> ms, std::span<const Addr> ps, Addr sched) {
  all_.resize(gs_);
  ms_ = static_cast<int>(ms.size());
  for (const FoundM& m : ms) {
    add_system_g(m.g0, m.id, false);
    add_system_g(m.gsignal, m.id, true);
  }
  for (const FoundM& m : ms) add(Entity::Kind::m, m.addr, "m" + std::to_string(m.id), m.id);
  for (std::size_t i = 0; i < ps.size(); ++i) {
    if (!ps[i].is_nil()) add(Entity::Kind::p, ps[i], "p" + std::to_string(i), static_cast<int>(i));
  }
  if (!sched.is_nil()) add(Entity::Kind::sched, sched, "sched", 0);
}

void Entities::add(Entity::Kind kind, Addr addr, const std::string& name, int index) {
  all_.push_back({kind, addr, name, name, false, index, false});
}

void Entities::add_system_g(Addr addr, int m, bool signal) {
  if (addr.is_nil()) return;
  const std::string field = signal ? "gsignal" : "g0";
  const std::string name = "m" + std::to_string(m) + "." + field;
  all_.push_back({Entity::Kind::g, addr, name, ms_ == 1 ? field : name, true, m, signal});
}

const Entity* Entities::at(Addr start, Entity::Kind kind) const {
  if (start.is_nil()) return nullptr;
  if (kind == Entity::Kind::g) {
    const auto first = std::lower_bound(by_addr_.begin(), by_addr_.end(), std::pair{start, std::size_t{0}});
    if (first != by_addr_.end() && first->first == start) return &all_[first->second];
  }
  for (std::size_t i = gs_; i < all_.size(); ++i) {
    if (all_[i].addr == start && all_[i].kind == kind) return &all_[i];
  }
  return nullptr;
}

const Entity* Entities::holding(Addr addr, std::uint64_t size) const {
  const auto holds = [&](const Entity& e) {
    if (addr < e.addr || e.addr.is_nil()) return false;
    const auto offset = addr.value() - e.addr.value();
    if (offset >= 0x10000) return false;  // bigger than any of the structs
    const StructLayout* s = layout_->find(struct_name(e.kind));
    return s != nullptr && size <= s->size && offset <= s->size - size;
  };
  const auto after = std::upper_bound(by_addr_.begin(), by_addr_.end(), std::pair{addr, ~std::size_t{0}});
  if (after != by_addr_.begin() && holds(all_[std::prev(after)->second])) {
    return at(std::prev(after)->first, Entity::Kind::g);
  }
  for (std::size_t i = gs_; i < all_.size(); ++i) {
    if (holds(all_[i])) return &all_[i];
  }
  return nullptr;
}

const Entity* Entities::find(std::string_view name) const {
  // g1, g2, ... are in order.
  if (name.size() > 1 && name[0] == 'g' && name[1] >= '1' && name[1] <= '9' && gs_ > 0) {
    std::size_t n = 0;
    const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), n);
    if (error == std::errc() && end == name.data() + name.size()) return n <= gs_ ? &all_[n - 1] : nullptr;
  }
  for (std::size_t i = gs_; i < all_.size(); ++i) {
    if (all_[i].name == name || all_[i].short_name == name) return &all_[i];
  }
  return nullptr;
}

CurrentG current_g(const Guest& guest, const StateView& state, ThreadId thread, const Entities& entities) {
  return guest.release->current_g(state, thread,
                                  [&](Addr g) { return entities.at(g, Entity::Kind::g) != nullptr; });
}

GId Entity::g_id() const {
  if (!system) return {GId::Kind::ordinary, index, false, addr};
  return {signal ? GId::Kind::gsignal : GId::Kind::g0, index, short_name != name, addr};
}

GId Entities::g_id(Addr g) const {
  if (g.is_nil()) return {};
  const Entity* e = at(g, Entity::Kind::g);
  return e != nullptr ? e->g_id() : GId{GId::Kind::unknown, 0, false, g};
}

std::string Entities::g_name(Addr g) const { return gogoscope::name(g_id(g)); }

}  // namespace gogoscope
