// Everything that changes while a guest runs, at one moment: the current thread, its registers and those of
// the others, how much of each region is mapped, the bytes of every region. A step of the record is a set of
// XORs on it.
//
// An image is made of pages, and images share them until one of them writes: a copy costs a pointer for every
// 256 KB of the guest, a write into a shared page copies that page, and what has never been written costs
// nothing, however large the regions are.
//
//   image ─> [leaf, leaf, -, leaf, ...] ─> [page, -, page, ...] ─> 4096 bytes      -: zero
#pragma once

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <vector>

#include "emu/guest/address_map.h"
#include "emu/guest/memory_view.h"

namespace gogoscope {

class Image final : public StateView {
 public:
  static constexpr std::uint32_t kPage = AddressMap::kPage;

  /// All zero, everything mapped. The map must outlive the image.
  explicit Image(const AddressMap& map);

  using StateView::reg;
  bool read(Addr addr, std::span<std::byte> out) const override;
  ThreadId thread() const override { return thread_; }
  std::uint64_t reg(ThreadId thread, Reg reg) const override {
    return thread == thread_ ? registers_[static_cast<std::size_t>(reg)]
                             : u64(AddressMap::register_offset(thread, static_cast<int>(reg)));
  }
  SseFile sse(ThreadId thread) const override;
  RegisterFile registers(ThreadId thread) const;

  const AddressMap& map() const { return *map_; }
  /// Bytes of a region that are mapped, from its start.
  std::uint64_t mapped(const Region& region) const {
    return region.size - std::min(region.size, u64(region.hole_offset));
  }

  // Reading by image offset: for loops that read() is too slow for. Offsets are below map().image_size(). The
  // current thread and its registers are not there: its register file is zero in the pages.

  std::uint64_t u64(std::uint32_t offset) const { return value<std::uint64_t>(offset); }
  std::uint32_t u32(std::uint32_t offset) const { return value<std::uint32_t>(offset); }
  std::uint8_t u8(std::uint32_t offset) const { return value<std::uint8_t>(offset); }
  void bytes(std::uint32_t offset, std::span<std::byte> out) const;
  /// The bytes of page `n`, counted from 0; those of a page of zeros where nothing has been written.
  const std::byte* page(std::uint32_t n) const {
    const Leaf* const leaf = leaves_[n / kLeafPages].get();
    const Page* const page = leaf == nullptr ? nullptr : leaf->pages[n % kLeafPages].get();
    return page == nullptr ? kZeros.data() : page->bytes.data();
  }
  std::uint32_t pages() const { return map_->image_size() / kPage; }
  /// f(n, bytes) for each page that has been written, in their order. Cost: that of the pages there are.
  template <class F>
  void for_each_page(F&& f) const;

  // Writing: for code that builds a guest, and for a cursor that applies a step.

  void write(std::uint32_t offset, std::span<const std::byte> bytes);
  void set_u64(std::uint32_t offset, std::uint64_t value) {
    write(offset, std::as_bytes(std::span(&value, 1)));
  }
  void set_reg(ThreadId thread, Reg reg, std::uint64_t value) {
    if (thread == thread_) {
      registers_[static_cast<std::size_t>(reg)] = value;
    } else {
      set_u64(AddressMap::register_offset(thread, static_cast<int>(reg)), value);
    }
  }
  /// Another thread becomes the current one.
  void set_thread(ThreadId thread);
  /// XORs x into a register of the current thread.
  void apply(unsigned reg, std::uint64_t x) { registers_[reg] ^= x; }
  /// XORs the low `size` bytes of x (1, 2, 4 or 8; the others are 0) into the image.
  void apply(std::uint32_t offset, unsigned size, std::uint64_t x) {
    if (offset < AddressMap::kHolesOffset) return set_thread(AddressMap::thread_of(thread_ ^ x));
    if (offset % kPage > kPage - 8) return apply_at_the_edge(offset, size, x);
    std::byte* const place = writable(offset);
    std::uint64_t word;
    std::memcpy(&word, place, 8);
    word ^= x;
    std::memcpy(place, &word, 8);
  }
  /// The host's bytes from `offset` to the end of its page, which no other image shares from now on. Good
  /// until the image is copied.
  std::byte* writable(std::uint32_t offset) {
    const std::uint32_t n = offset / kPage;
    std::shared_ptr<Leaf>& leaf = leaves_[n / kLeafPages];
    if (leaf.use_count() != 1) [[unlikely]]
      own(leaf);
    std::shared_ptr<Page>& page = leaf->pages[n % kLeafPages];
    if (page.use_count() != 1) [[unlikely]]
      own(page);
    return page->bytes.data() + offset % kPage;
  }

  /// Pages that no other image shares: what this one costs beside the others.
  std::uint64_t own_pages() const;
  /// A 64-bit hash of the whole state, for comparing moments. Flags that the architecture leaves
  /// undefined are part of it: two runs of one build agree on them, two CPUs may not.
  std::uint64_t hash() const;

 private:
  static constexpr std::uint32_t kLeafPages = 64;
  struct Page {
    std::array<std::byte, kPage> bytes{};
  };
  struct Leaf {
    std::array<std::shared_ptr<Page>, kLeafPages> pages;
  };
  static constexpr std::array<std::byte, kPage> kZeros{};

  template <class T>
  T value(std::uint32_t offset) const {
    T value;
    if (offset % kPage > kPage - sizeof value) {
      bytes(offset, std::as_writable_bytes(std::span(&value, 1)));
    } else {
      std::memcpy(&value, page(offset / kPage) + offset % kPage, sizeof value);
    }
    return value;
  }
  void apply_at_the_edge(std::uint32_t offset, unsigned size, std::uint64_t x);
  /// Makes a leaf or a page this image's own: a copy of what it shared, or zeros.
  static void own(std::shared_ptr<Leaf>& leaf);
  static void own(std::shared_ptr<Page>& page);

  const AddressMap* map_;
  ThreadId thread_ = 0;
  RegisterFile registers_{};  ///< of the current thread: nearly every step changes them
  std::vector<std::shared_ptr<Leaf>> leaves_;
};

template <class F>
void Image::for_each_page(F&& f) const {
  for (std::uint32_t i = 0; i < leaves_.size(); ++i) {
    if (!leaves_[i]) continue;
    for (std::uint32_t k = 0; k < kLeafPages; ++k) {
      if (const Page* const page = leaves_[i]->pages[k].get()) f(i * kLeafPages + k, page->bytes.data());
    }
  }
}

}  // namespace gogoscope
