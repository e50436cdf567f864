#include "emu/guest/image.h"

#include <algorithm>

namespace gogoscope {
namespace {

std::uint64_t mix(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  return h ^ (h >> 33);
}

}  // namespace

Image::Image(const AddressMap& map) : map_(&map), leaves_(map.image_size() / kPage / kLeafPages + 1) {}

void Image::own(std::shared_ptr<Leaf>& leaf) {
  leaf = leaf ? std::make_shared<Leaf>(*leaf) : std::make_shared<Leaf>();
}

void Image::own(std::shared_ptr<Page>& page) {
  page = page ? std::make_shared<Page>(*page) : std::make_shared<Page>();
}

bool Image::read(Addr addr, std::span<std::byte> out) const {
  const Region* const region = map_->find(addr, out.size());
  if (region == nullptr) return false;
  const auto at = static_cast<std::uint64_t>(addr - region->base);
  if (at + out.size() > mapped(*region)) return false;
  bytes(region->image_offset + static_cast<std::uint32_t>(at), out);
  return true;
}

void Image::bytes(std::uint32_t offset, std::span<std::byte> out) const {
  while (!out.empty()) {
    const std::size_t n = std::min<std::size_t>(out.size(), kPage - offset % kPage);
    std::memcpy(out.data(), page(offset / kPage) + offset % kPage, n);
    offset += static_cast<std::uint32_t>(n);
    out = out.subspan(n);
  }
}

void Image::write(std::uint32_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::size_t n = std::min<std::size_t>(bytes.size(), kPage - offset % kPage);
    std::memcpy(writable(offset), bytes.data(), n);
    offset += static_cast<std::uint32_t>(n);
    bytes = bytes.subspan(n);
  }
}

void Image::apply_at_the_edge(std::uint32_t offset, unsigned size, std::uint64_t x) {
  for (unsigned i = 0; i < size; ++i) *writable(offset + i) ^= static_cast<std::byte>(x >> (8 * i));
}

void Image::set_thread(ThreadId thread) {
  static constexpr RegisterFile kNone{};
  if (thread == thread_) return;
  const std::span<std::byte> file = std::as_writable_bytes(std::span(registers_));
  write(AddressMap::register_offset(thread_, 0), file);
  bytes(AddressMap::register_offset(thread, 0), file);
  write(AddressMap::register_offset(thread, 0), std::as_bytes(std::span(kNone)));
  thread_ = thread;
}

RegisterFile Image::registers(ThreadId thread) const {
  if (thread == thread_) return registers_;
  RegisterFile file;
  bytes(AddressMap::register_offset(thread, 0), std::as_writable_bytes(std::span(file)));
  return file;
}

SseFile Image::sse(ThreadId thread) const {
  SseFile file;
  bytes(map_->sse_offset(thread, 0), std::as_writable_bytes(std::span(file.words)));
  return file;
}

std::uint64_t Image::own_pages() const {
  std::uint64_t n = 0;
  for (const auto& leaf : leaves_) {
    if (leaf.use_count() != 1) continue;
    for (const auto& page : leaf->pages) n += page.use_count() == 1 ? 1 : 0;
  }
  return n;
}

std::uint64_t Image::hash() const {
  std::uint64_t h = mix(thread_);
  for (const std::uint64_t value : registers_) h = mix(h ^ value);
  for_each_page([&](std::uint32_t n, const std::byte* bytes) {
    // Zero words do not count, so that it does not matter whether a page has been written.
    if (std::memcmp(bytes, kZeros.data(), kPage) == 0) return;
    for (std::uint32_t i = 0; i < kPage; i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes + i, sizeof word);
      if (word != 0) h = mix(h ^ mix(word + n * kPage + i));
    }
  });
  return h;
}

}  // namespace gogoscope
