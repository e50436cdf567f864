#include "emu/layout/entities.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "emu/guest/thread_table.h"
#include "emu/layout/ids.h"

namespace gogoscope {
namespace {

constexpr std::string_view kAllgs = "runtime.allgs";
constexpr std::string_view kAllm = "runtime.allm";
constexpr std::string_view kAllp = "runtime.allp";

/// The pointers of a slice of pointers, at most `limit`. A slice whose array is not mapped has none.
std::vector<Addr> pointers_of_slice(const MemoryView& memory, Addr slice, std::uint64_t limit) {
  const Addr array(memory.load_or_zero(slice));
  const std::uint64_t length = std::min(memory.load_or_zero(slice + 8), limit);
  std::vector<Addr> out;
  if (array.is_nil()) return out;
  for (std::uint64_t i = 0; i < length; ++i) {
    const auto pointer = memory.load(array + static_cast<std::int64_t>(i * 8));
    if (!pointer) break;
    out.emplace_back(*pointer);
  }
  return out;
}

std::uint64_t size_of(const Layout& layout, std::string_view name) {
  const StructLayout* s = layout.find(name);
  return s == nullptr ? 1 : std::max<std::uint32_t>(s->size, 1);
}

/// No more of them can exist than fit into the guest.
std::uint64_t limit_for(const Guest& guest, std::string_view name) {
  return guest.map.image_size() / size_of(*guest.layout, name) + 1;
}

}  // namespace

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

Entities::Entities(const Guest& guest, const MemoryView& memory) : layout_(guest.layout) {
  add_gs(guest, memory);
  find_others(guest, memory);
}

void Entities::find_others(const Guest& guest, const MemoryView& memory) {
  all_.resize(gs_);
  add_ms(guest, memory);
  add_ps(guest, memory);
  if (const DataSymbol* sched = guest.code.data("runtime.sched")) {
    all_.push_back({Entity::Kind::sched, sched->addr, "sched", "sched", false, 0, false});
  }
}

void Entities::index_g(std::size_t i) {
  const std::pair<Addr, std::size_t> entry{all_[i].addr, i};
  // Most gs are right after the one before them.
  if (by_addr_.empty() || by_addr_.back() < entry) {
    by_addr_.push_back(entry);
  } else {
    by_addr_.insert(std::upper_bound(by_addr_.begin(), by_addr_.end(), entry), entry);
  }
}

void Entities::add_gs(const Guest& guest, const MemoryView& memory) {
  const DataSymbol* allgs = guest.code.data(kAllgs);
  if (allgs == nullptr) return;
  array_ = Addr(memory.load_or_zero(allgs->addr));
  for (const Addr addr : pointers_of_slice(memory, allgs->addr, limit_for(guest, "g"))) {
    const int n = static_cast<int>(++gs_);
    std::string name = "g" + std::to_string(n);
    all_.push_back({Entity::Kind::g, addr, name, name, false, n, false});
    index_g(gs_ - 1);
  }
}

bool Entities::find_new_gs(const Guest& guest, const MemoryView& memory) {
  const DataSymbol* allgs = guest.code.data(kAllgs);
  if (allgs == nullptr) return true;
  const std::uint64_t length = std::min(memory.load_or_zero(allgs->addr + 8), limit_for(guest, "g"));
  const auto entry = [&](std::size_t i) {
    return Addr(memory.load_or_zero(array_ + static_cast<std::int64_t>(i * 8)));
  };
  const bool grown = gs_ > 0 && Addr(memory.load_or_zero(allgs->addr)) == array_ && length > gs_ &&
                     entry(gs_ - 1) == all_[gs_ - 1].addr;
  if (!grown) {
    all_.clear();
    by_addr_.clear();
    gs_ = 0;
    add_gs(guest, memory);
    find_others(guest, memory);
    return false;
  }
  while (gs_ < length && memory.load(array_ + static_cast<std::int64_t>(gs_ * 8))) {
    const int n = static_cast<int>(gs_) + 1;
    const std::string name = "g" + std::to_string(n);
    all_.insert(all_.begin() + static_cast<std::ptrdiff_t>(gs_),
                {Entity::Kind::g, entry(gs_), name, name, false, n, false});
    index_g(gs_++);
  }
  return true;
}

void Entities::add_system_g(const Guest& guest, Addr addr, const Entity& m, std::string_view field,
                            bool signal) {
  if (addr.is_nil() || guest.map.find(addr, size_of(*layout_, "g")) == nullptr) return;
  std::string name = m.name + "." + std::string(field);
  std::string short_name = ms_ == 1 ? std::string(field) : name;
  all_.push_back({Entity::Kind::g, addr, std::move(name), std::move(short_name), true, m.index, signal});
}

void Entities::add_ms(const Guest& guest, const MemoryView& memory) {
  const DataSymbol* m0 = guest.code.data("runtime.m0");
  const DataSymbol* allm = guest.code.data(kAllm);
  const auto id = layout_->field("m", "id").offset;
  const auto alllink = layout_->field("m", "alllink").offset;
  std::vector<Entity> ms;
  const auto add = [&](Addr addr) {
    const int number = static_cast<int>(memory.load_or_zero(addr + id));
    const std::string name = "m" + std::to_string(number);
    ms.push_back({Entity::Kind::m, addr, name, name, false, number, false});
  };
  Addr next(allm == nullptr ? 0 : memory.load_or_zero(allm->addr));
  const auto known = [&ms](Addr addr) {
    return std::any_of(ms.begin(), ms.end(), [addr](const Entity& e) { return e.addr == addr; });
  };
  while (!next.is_nil() && ms.size() < kMaxThreads && !known(next) && memory.load(next + alllink)) {
    add(next);
    next = Addr(memory.load_or_zero(next + alllink));
  }
  if (m0 != nullptr && !known(m0->addr)) add(m0->addr);  // before schedinit has put it on the list
  // An M that ends leaves allm long before its thread is gone; where its TLS is says which M a thread is.
  const auto threads = ThreadTable::of(guest);
  const int made = threads ? threads->threads(memory) : 0;
  for (int i = 1; i < made; ++i) {
    const ThreadRow row = threads->row(memory, static_cast<ThreadId>(i));
    if (!row.lives() || row.tls.is_nil()) continue;
    const Addr m = row.tls - 8 - static_cast<std::int64_t>(layout_->field("m", "tls").offset);
    if (ms.size() < kMaxThreads && !known(m) && memory.load(m + alllink)) add(m);
  }
  // And once the thread is gone, the M waits on freem until its stack is freed.
  const DataSymbol* sched = guest.code.data("runtime.sched");
  const auto freelink = layout_->field("m", "freelink").offset;
  next = Addr(sched == nullptr ? 0
                               : memory.load_or_zero(sched->addr + layout_->field("schedt", "freem").offset));
  while (!next.is_nil() && ms.size() < kMaxThreads && !known(next) && memory.load(next + freelink)) {
    add(next);
    next = Addr(memory.load_or_zero(next + freelink));
  }
  std::stable_sort(ms.begin(), ms.end(), [](const Entity& a, const Entity& b) { return a.index < b.index; });
  ms_ = static_cast<int>(ms.size());

  const auto g0_field = layout_->field("m", "g0").offset;
  const auto gsignal_field = layout_->field("m", "gsignal").offset;
  const DataSymbol* first_g0 = guest.code.data("runtime.g0");
  for (const Entity& m : ms) {
    Addr g0(memory.load_or_zero(m.addr + g0_field));
    // The boot code links m0 and g0 after it has begun to use them.
    if (g0.is_nil() && m0 != nullptr && m.addr == m0->addr && first_g0 != nullptr) g0 = first_g0->addr;
    add_system_g(guest, g0, m, "g0", false);
    add_system_g(guest, Addr(memory.load_or_zero(m.addr + gsignal_field)), m, "gsignal", true);
  }
  std::move(ms.begin(), ms.end(), std::back_inserter(all_));
}

void Entities::add_ps(const Guest& guest, const MemoryView& memory) {
  const DataSymbol* allp = guest.code.data(kAllp);
  if (allp == nullptr) return;
  int n = 0;
  for (const Addr addr : pointers_of_slice(memory, allp->addr, limit_for(guest, "p"))) {
    const std::string name = "p" + std::to_string(n);
    if (!addr.is_nil()) all_.push_back({Entity::Kind::p, addr, name, name, false, n, false});
    ++n;
  }
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
