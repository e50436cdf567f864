// Everything that changes while a guest runs, at one moment, as one flat block of bytes: the current
// thread, the register files, the bytes of every region. A step of the record is a set of XORs on it.
// Regions lie at page boundaries, so that an engine can run on an image's own bytes.
#pragma once

#include <memory>

#include "emu/guest/address_map.h"
#include "emu/guest/memory_view.h"

namespace gogoscope {

class Image final : public StateView {
 public:
  /// All zero. The map must outlive the image. Untouched pages cost no memory.
  explicit Image(const AddressMap& map);
  Image(const Image& other);
  Image& operator=(const Image& other);
  Image(Image&&) noexcept = default;
  Image& operator=(Image&&) noexcept = default;

  using StateView::reg;
  bool read(Addr addr, std::span<std::byte> out) const override;
  ThreadId thread() const override;
  std::uint64_t reg(ThreadId thread, Reg reg) const override;

  const AddressMap& map() const { return *map_; }
  std::span<const std::byte> bytes() const { return {bytes_.get(), map_->image_size()}; }
  std::span<std::byte> bytes() { return {bytes_.get(), map_->image_size()}; }
  RegisterFile registers(ThreadId thread) const;

  /// A 64-bit hash of the whole state, for comparing moments. Flags that the architecture leaves
  /// undefined are part of it: two runs of one build agree on them, two CPUs may not.
  std::uint64_t hash() const;

 private:
  struct Unmap {
    std::size_t size = 0;
    void operator()(std::byte* p) const;
  };
  const AddressMap* map_;
  std::unique_ptr<std::byte[], Unmap> bytes_;
};

}  // namespace gogoscope
