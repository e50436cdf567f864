// Which guest addresses can exist, and where their bytes are in an Image. Of each region an image says how
// much is mapped, from its start on: that is state, and may change at any step. Not here: a region at an
// address that was not declared when the guest was made, a hole in the middle of one, and rights that
// change.
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
#include "emu/guest/sse.h"

namespace gogoscope {

struct Region {
  std::string name;
  Addr base;
  std::uint64_t size = 0;  ///< bytes, a multiple of the page size 4096
  bool writable = false;
  bool executable = false;
  std::uint32_t image_offset = 0;  ///< where its bytes start in an Image
  std::uint32_t hole_offset = 0;   ///< where an Image says how many bytes at its end are not mapped (8 bytes)

  Addr end() const { return base + static_cast<std::int64_t>(size); }
  bool contains(Addr addr, std::uint64_t bytes = 1) const {
    return addr >= base && bytes <= size && addr.value() - base.value() <= size - bytes;
  }
};

class AddressMap {
 public:
  /// Regions start and end at page boundaries; so do the register files before them.
  static constexpr std::uint32_t kPage = 4096;

  /// Appends a region; its bytes follow those of the last one. Regions must not overlap; there may be
  /// kMaxRegions, and 4 GB of them.
  void add(std::string name, Addr base, std::uint64_t size, bool writable, bool executable);

  const std::vector<Region>& regions() const { return regions_; }
  /// The region that holds all of [addr, addr + bytes), or null.
  const Region* find(Addr addr, std::uint64_t bytes = 1) const;
  const Region* find(std::string_view name) const;
  std::optional<std::uint32_t> image_offset(Addr addr, std::uint64_t bytes = 1) const;
  Addr addr_at(std::uint32_t image_offset) const;
  /// Bytes of an Image of this map, all register files included.
  std::uint32_t image_size() const { return regions_end_ + kMaxThreads * kSseFileBytes; }
  /// The last region ends here, and the files of SSE registers begin.
  std::uint32_t regions_end() const { return regions_end_; }

  // What an Image starts with. A store at kThreadOffset makes another thread the current one:
  //
  //   0    the current thread, 4 bytes, and 4 of nothing
  //   8    for each region how many bytes at its end are not mapped, 8 bytes each
  //   256  the register files, 256 bytes each, so that none crosses a page border
  static constexpr std::uint32_t kThreadOffset = 0;
  static constexpr std::uint32_t kHolesOffset = 8;
  static constexpr std::uint32_t kRegistersOffset = 256;
  static constexpr std::uint32_t kRegisterFileBytes = 256;
  static constexpr std::size_t kMaxRegions = (kRegistersOffset - kHolesOffset) / 8;
  static_assert(kRegCount * 8 <= kRegisterFileBytes && kPage % kRegisterFileBytes == 0);

  /// The thread that a word at kThreadOffset names, whatever a damaged record has put there.
  static constexpr ThreadId thread_of(std::uint64_t stored) {
    static_assert((kMaxThreads & (kMaxThreads - 1)) == 0);
    return static_cast<ThreadId>(stored & (kMaxThreads - 1U));
  }
  static constexpr std::uint32_t register_offset(int thread, int reg) {
    return kRegistersOffset + static_cast<std::uint32_t>(thread) * kRegisterFileBytes +
           static_cast<std::uint32_t>(reg) * 8;
  }
  /// The register files start and end here.
  static constexpr bool in_registers(std::uint32_t image_offset) {
    return image_offset >= kRegistersOffset && image_offset < register_offset(kMaxThreads, 0);
  }
  /// Of an offset in the register files: whose, and which word of the file; from kRegCount on it is none.
  static constexpr ThreadId thread_of_register(std::uint32_t image_offset) {
    return static_cast<ThreadId>((image_offset - kRegistersOffset) / kRegisterFileBytes);
  }
  static constexpr std::uint32_t word_of_register(std::uint32_t image_offset) {
    return (image_offset - kRegistersOffset) % kRegisterFileBytes / 8;
  }
  /// Whether the words that say what is mapped are here.
  static constexpr bool in_holes(std::uint32_t image_offset) {
    return image_offset >= kHolesOffset && image_offset < kRegistersOffset;
  }

  // What an Image ends with: the files of SSE registers (sse.h), 512 bytes each, so that none crosses a page
  // border. They are behind the regions because they came later: no offset of an older record has moved.
  static constexpr std::uint32_t kSseFileBytes = 512;
  static_assert(SseFile::kWords * 8 <= kSseFileBytes && kPage % kSseFileBytes == 0);

  std::uint32_t sse_offset(ThreadId thread, unsigned word) const {
    return regions_end_ + thread * kSseFileBytes + word * 8;
  }
  bool in_sse(std::uint32_t image_offset) const { return image_offset >= regions_end_; }
  /// Of an offset there: whose, and which word of the file; from SseFile::kWords on it is none.
  ThreadId thread_of_sse(std::uint32_t image_offset) const {
    return static_cast<ThreadId>((image_offset - regions_end_) / kSseFileBytes);
  }
  unsigned word_of_sse(std::uint32_t image_offset) const {
    return (image_offset - regions_end_) % kSseFileBytes / 8;
  }

 private:
  std::vector<Region> regions_;
  std::uint32_t regions_end_ = (register_offset(kMaxThreads, 0) + kPage - 1) / kPage * kPage;
};

}  // namespace gogoscope
