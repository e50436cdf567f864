// Memory: which pages exist, with which rights. Rows of kernel.mappings; the bytes of a page that goes away
// become zero, so that it is zero when it comes back.
#include <algorithm>
#include <span>
#include <vector>

#include "emu/linux/call.h"
#include "emu/linux/places.h"

namespace gogoscope::os {
namespace {

constexpr std::uint64_t kPageBytes = AddressMap::kPage;
constexpr std::uint64_t kRights = Mapping::kRead | Mapping::kWrite | Mapping::kExecute;

/// The table of mappings while a call works on it.
class Space {
 public:
  explicit Space(Call& c) : c_(c) {
    const std::uint64_t count = std::min(c.load(table_.addr()), MappingTable::kRows);
    for (std::uint64_t i = 0; i < count; ++i) {
      const Addr row = table_.addr() + static_cast<std::int64_t>(8 + i * MappingTable::kRowSize);
      rows_.push_back(
          {Addr(c.load(row)), Addr(c.load(row + 8)), static_cast<std::uint32_t>(c.load(row + 16))});
    }
  }

  const std::vector<Mapping>& rows() const { return rows_; }
  bool free(Addr start, Addr end) const {
    return std::ranges::none_of(rows_, [&](const Mapping& m) { return m.start < end && start < m.end; });
  }
  bool mapped(Addr start, Addr end) const {
    return covered(rows_, start, static_cast<std::uint64_t>(end - start), 0);
  }
  /// Nothing is mapped there any more; what was there is zero.
  void remove(Addr start, Addr end) {
    std::vector<Mapping> left;
    for (const Mapping& m : rows_) {
      const Addr from = std::max(m.start, start), to = std::min(m.end, end);
      if (from >= to) {
        left.push_back(m);
        continue;
      }
      if (m.rights != 0) c_.gate().clear(from, static_cast<std::uint64_t>(to - from));
      if (m.start < from) left.push_back({m.start, from, m.rights});
      if (to < m.end) left.push_back({to, m.end, m.rights});
    }
    rows_ = std::move(left);
  }
  void add(Mapping mapping) { rows_.push_back(mapping); }
  void set_rights(Addr start, Addr end, std::uint32_t rights) {
    std::vector<Mapping> out;
    for (const Mapping& m : rows_) {
      const Addr from = std::max(m.start, start), to = std::min(m.end, end);
      if (from >= to) {
        out.push_back(m);
        continue;
      }
      if (m.start < from) out.push_back({m.start, from, m.rights});
      out.push_back({from, to, rights});
      if (to < m.end) out.push_back({to, m.end, m.rights});
    }
    rows_ = std::move(out);
  }

  /// Writes what has changed. False, and nothing written, if there are too many rows.
  bool keep() {
    std::ranges::sort(rows_, {}, &Mapping::start);
    std::vector<Mapping> joined;
    for (const Mapping& m : rows_) {
      if (!joined.empty() && joined.back().end == m.start && joined.back().rights == m.rights) {
        joined.back().end = m.end;
      } else {
        joined.push_back(m);
      }
    }
    if (joined.size() > MappingTable::kRows) return false;
    const std::vector<std::uint64_t> words = MappingTable::words(joined);
    for (std::size_t i = 0; i < words.size(); ++i)
      c_.set(table_.addr() + static_cast<std::int64_t>(i * 8), words[i]);
    return true;
  }

 private:
  Call& c_;
  MappingTable table_{Words::kMappings};
  std::vector<Mapping> rows_;
};

std::uint64_t whole_pages(std::uint64_t bytes) { return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes; }

/// A range of pages that the call names; nothing where there cannot be one.
std::optional<std::pair<Addr, Addr>> range(std::uint64_t addr, std::uint64_t bytes) {
  constexpr std::uint64_t kEndOfUser = std::uint64_t{1} << 47;
  if (addr % kPageBytes != 0 || bytes > kEndOfUser || addr > kEndOfUser - bytes) return std::nullopt;
  return std::pair(Addr(addr), Addr(addr) + static_cast<std::int64_t>(whole_pages(bytes)));
}

/// The first free place of `bytes` in a part of the address space.
std::optional<Addr> free_place(const Space& space, Addr start, Addr end, std::uint64_t bytes) {
  for (const Mapping& m : space.rows()) {
    if (m.end <= start) continue;
    if (m.start >= end) break;
    if (m.start > start && static_cast<std::uint64_t>(m.start - start) >= bytes) return start;
    start = std::max(start, m.end);
  }
  if (start >= end || static_cast<std::uint64_t>(end - start) < bytes) return std::nullopt;
  return start;
}

bool has_room(Addr start, Addr end) {
  for (const Place& place : {kHeapPlace, kMmapPlace, kStackPlace}) {
    if (start >= place.base && end <= place.end()) return true;
  }
  return false;
}

}  // namespace

bool is_mapped(Call& c, Addr addr) { return Space(c).mapped(addr, addr + 1); }

std::int64_t mmap(Call& c) {
  constexpr std::uint64_t kFixed = 0x10, kAnonymous = 0x20, kFixedNoReplace = 0x100000;
  const std::uint64_t hint = c.arg(0), bytes = c.arg(1), rights = c.arg(2), flags = c.arg(3);
  if (bytes == 0 || (rights & ~kRights) != 0) return kEINVAL;
  if ((flags & kAnonymous) == 0) return kENODEV;
  if ((rights & Mapping::kExecute) != 0) return kEACCES;  // what runs is the text of the file
  const auto asked = range(hint / kPageBytes * kPageBytes, bytes);
  if (!asked) return kENOMEM;
  auto [start, end] = *asked;
  Space space(c);
  if ((flags & (kFixed | kFixedNoReplace)) != 0) {
    if (hint % kPageBytes != 0) return kEINVAL;
    if (!has_room(start, end)) return kENOMEM;
    if ((flags & kFixedNoReplace) != 0 && !space.free(start, end)) return kEEXIST;
    space.remove(start, end);
  } else if (hint == 0 || !has_room(start, end) || !space.free(start, end)) {
    const auto size = static_cast<std::uint64_t>(end - start);
    const auto found = free_place(space, kMmapPlace.base, kMmapPlace.end(), size);
    if (!found) return kENOMEM;
    start = *found;
    end = start + static_cast<std::int64_t>(size);
  }
  space.add({start, end, static_cast<std::uint32_t>(rights)});
  return space.keep() ? static_cast<std::int64_t>(start.value()) : static_cast<std::int64_t>(kENOMEM);
}

std::int64_t munmap(Call& c) {
  const auto what = range(c.arg(0), c.arg(1));
  if (!what || c.arg(1) == 0) return kEINVAL;
  Space space(c);
  space.remove(what->first, what->second);
  return space.keep() ? 0 : static_cast<std::int64_t>(kENOMEM);
}

std::int64_t mprotect(Call& c) {
  const auto what = range(c.arg(0), c.arg(1));
  if (!what || (c.arg(2) & ~kRights) != 0) return kEINVAL;
  Space space(c);
  if (!space.mapped(what->first, what->second)) return kENOMEM;
  // The text stays as the file has it, and nothing else runs.
  const bool text = std::ranges::any_of(space.rows(), [&](const Mapping& m) {
    return m.start < what->second && what->first < m.end && (m.rights & Mapping::kExecute) != 0;
  });
  const bool execute = (c.arg(2) & Mapping::kExecute) != 0;
  if (text != execute || (text && (c.arg(2) & Mapping::kWrite) != 0)) return kEACCES;
  space.set_rights(what->first, what->second, static_cast<std::uint32_t>(c.arg(2)));
  return space.keep() ? 0 : static_cast<std::int64_t>(kENOMEM);
}

std::int64_t madvise(Call& c) {
  constexpr std::uint64_t kDontNeed = 4;
  const auto what = range(c.arg(0), c.arg(1));
  if (!what) return kEINVAL;
  if (c.arg(2) != kDontNeed) return 0;  // advice on speed, and pages that may go but need not
  Space space(c);
  if (!space.mapped(what->first, what->second)) return kENOMEM;
  for (const Mapping& m : space.rows()) {
    const Addr from = std::max(m.start, what->first), to = std::min(m.end, what->second);
    if (from < to && (m.rights & Mapping::kWrite) != 0)
      c.gate().clear(from, static_cast<std::uint64_t>(to - from));
  }
  return 0;
}

std::int64_t mincore(Call& c) {
  const auto what = range(c.arg(0), c.arg(1));
  if (!what) return kEINVAL;
  if (!Space(c).mapped(what->first, what->second)) return kENOMEM;
  const auto pages = static_cast<std::uint64_t>(what->second - what->first) / kPageBytes;
  if (pages > kPageBytes) return kENOMEM;
  return c.put(c.arg(2), std::string(pages, '\1')) ? 0 : static_cast<std::int64_t>(kEFAULT);
}

/// There is no room behind the data: what is asked for is refused by answering where it ends.
std::int64_t brk(Call&) { return 0; }

}  // namespace gogoscope::os
