// Which guest addresses exist, and where their bytes lie in an Image.
//
//   0x000000401000  text   R-X   functions, real and modelled
//   0x0000004ce000  data   RW-   g0, m0, sched, funcvals, the globals of the runtime
//   0x00c000000000  heap   RW-   g structs, p structs, goroutine stacks
//   0x7fffffff0000  stack  RW-   the OS stack, which is g0's on m0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emu/guest/address.h"
#include "emu/guest/registers.h"

namespace gogoscope {

struct Region {
  std::string name;
  Addr base;
  std::uint64_t size = 0;  ///< bytes, a multiple of the page size 4096
  bool writable = false;
  bool executable = false;
  std::uint32_t image_offset = 0;  ///< where its bytes start in an Image

  Addr end() const { return base + static_cast<std::int64_t>(size); }
  bool contains(Addr addr, std::uint64_t bytes = 1) const {
    return addr >= base && bytes <= size && addr.value() - base.value() <= size - bytes;
  }
};

class AddressMap {
 public:
  /// Appends a region; its bytes follow those of the last one. Regions must not overlap.
  void add(std::string name, Addr base, std::uint64_t size, bool writable, bool executable);

  const std::vector<Region>& regions() const { return regions_; }
  /// The region that holds all of [addr, addr + bytes), or null.
  const Region* find(Addr addr, std::uint64_t bytes = 1) const;
  const Region* find(std::string_view name) const;
  std::optional<std::uint32_t> image_offset(Addr addr, std::uint64_t bytes = 1) const;
  Addr addr_at(std::uint32_t image_offset) const;
  /// Bytes of an Image of this map, register files included.
  std::uint32_t image_size() const { return image_size_; }

  /// Regions start and end at page boundaries; so do the register files before them.
  static constexpr std::uint32_t kPage = 4096;

  /// An Image starts with the current thread and the register files of all threads.
  static constexpr std::uint32_t kThreadOffset = 0;
  static constexpr std::uint32_t kRegistersOffset = 8;
  /// The thread that the byte at kThreadOffset names, whatever a damaged record has put there.
  static constexpr ThreadId thread_of(std::byte stored) {
    static_assert((kMaxThreads & (kMaxThreads - 1)) == 0);
    return static_cast<ThreadId>(static_cast<unsigned>(stored) & (kMaxThreads - 1U));
  }
  static constexpr std::uint32_t register_offset(int thread, int reg) {
    return kRegistersOffset + static_cast<std::uint32_t>((thread * kRegCount + reg) * 8);
  }
  /// The registers start and end here.
  static constexpr bool in_registers(std::uint32_t image_offset) {
    return image_offset >= kRegistersOffset && image_offset < register_offset(kMaxThreads, 0);
  }

 private:
  std::vector<Region> regions_;
  std::uint32_t image_size_ = (register_offset(kMaxThreads, 0) + kPage - 1) / kPage * kPage;
};

}  // namespace gogoscope
