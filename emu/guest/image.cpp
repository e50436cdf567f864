#include "emu/guest/image.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

namespace gogoscope {
namespace {

// A step of the record is applied 8 bytes at a time, the last byte of an image included.
constexpr std::size_t kSlack = 8;

// Pages of the kernel: zero, and free until touched.
std::byte* zeroed(std::size_t size) {
  void* bytes =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (bytes == MAP_FAILED) throw std::bad_alloc();
  return static_cast<std::byte*>(bytes);
}

std::uint64_t mix(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  return h ^ (h >> 33);
}

}  // namespace

void Image::Unmap::operator()(std::byte* p) const { munmap(p, size); }

Image::Image(const AddressMap& map)
    : map_(&map), bytes_(zeroed(map.image_size() + kSlack), Unmap{map.image_size() + kSlack}) {}

Image::Image(const Image& other) : Image(*other.map_) {
  std::memcpy(bytes_.get(), other.bytes_.get(), map_->image_size());
}

Image& Image::operator=(const Image& other) {
  if (this == &other) return *this;
  if (map_ != other.map_ || !bytes_) return *this = Image(other);
  std::memcpy(bytes_.get(), other.bytes_.get(), map_->image_size());
  return *this;
}

bool Image::read(Addr addr, std::span<std::byte> out) const {
  const auto offset = map_->image_offset(addr, out.size());
  if (!offset) return false;
  std::memcpy(out.data(), bytes_.get() + *offset, out.size());
  return true;
}

ThreadId Image::thread() const { return AddressMap::thread_of(bytes_[AddressMap::kThreadOffset]); }

std::uint64_t Image::reg(ThreadId thread, Reg reg) const {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes_.get() + AddressMap::register_offset(thread, static_cast<int>(reg)),
              sizeof value);
  return value;
}

RegisterFile Image::registers(ThreadId thread) const {
  RegisterFile file;
  std::memcpy(file.data(), bytes_.get() + AddressMap::register_offset(thread, 0), sizeof file);
  return file;
}

std::uint64_t Image::hash() const {
  static constexpr std::byte kZeroPage[AddressMap::kPage] = {};
  std::uint64_t h = 0;
  const std::byte* const p = bytes_.get();
  for (std::uint32_t page = 0; page < map_->image_size(); page += AddressMap::kPage) {
    // Zero words do not count, so most of a heap is passed over at once.
    if (std::memcmp(p + page, kZeroPage, AddressMap::kPage) == 0) continue;
    for (std::uint32_t i = page; i < page + AddressMap::kPage; i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, p + i, sizeof word);
      if (word != 0) h = mix(h ^ mix(word + i));
    }
  }
  return h;
}

}  // namespace gogoscope
