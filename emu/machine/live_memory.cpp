#include "emu/machine/live_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace gogoscope {
namespace {

// 8 bytes are read at a time, at the last byte of a region as well.
constexpr std::size_t kSlack = AddressMap::kPage;

std::byte* reserve(std::size_t size) {
  void* const bytes =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (bytes == MAP_FAILED) throw std::bad_alloc();
  return static_cast<std::byte*>(bytes);
}

}  // namespace

void LiveMemory::Unmap::operator()(std::byte* p) const { munmap(p, size); }

LiveMemory::LiveMemory(const AddressMap& map) {
  for (const Region& region : map.regions()) {
    const std::size_t size = region.size + kSlack;
    memory_.emplace_back(reserve(size), Unmap{size});
    blocks_.push_back({&region, memory_.back().get(), region.size});
  }
}

bool LiveMemory::read(Addr addr, std::span<std::byte> out) const {
  const Block* const block = find(addr, out.size());
  if (block == nullptr) return false;
  std::memcpy(out.data(), block->at(addr), out.size());
  return true;
}

const RegisterFile& LiveMemory::registers(ThreadId thread) const {
  static constexpr RegisterFile kNone{};
  return thread < registers_.size() ? registers_[thread] : kNone;
}

RegisterFile& LiveMemory::registers(ThreadId thread) {
  if (thread >= registers_.size()) registers_.resize(thread + std::size_t{1});
  return registers_[thread];
}

SseFile& LiveMemory::sse_file(ThreadId thread) {
  if (thread >= sse_.size()) sse_.resize(thread + std::size_t{1});
  return sse_[thread];
}

void LiveMemory::apply(std::uint32_t image_offset, unsigned size, std::uint64_t x) {
  for (const Block& block : blocks_) {
    const std::uint32_t at = image_offset - block.region->image_offset;
    if (image_offset < block.region->image_offset || at >= block.region->size) continue;
    std::uint64_t word = 0;
    std::memcpy(&word, block.bytes + at, size);
    word ^= x;
    std::memcpy(block.bytes + at, &word, size);
    return;
  }
}

void LiveMemory::load(const Image& image) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    Block& block = blocks_[i];
    // Private anonymous memory reads as zero after this, at the same address.
    if (madvise(block.bytes, block.region->size, MADV_DONTNEED) != 0) {
      std::memset(block.bytes, 0, block.region->size);
    }
    block.mapped = image.mapped(*block.region);
  }
  registers_.clear();
  sse_.clear();
  image.for_each_page([&](std::uint32_t n, const std::byte* bytes) {
    const std::uint32_t offset = n * AddressMap::kPage;
    for (const Block& block : blocks_) {
      if (offset < block.region->image_offset || offset - block.region->image_offset >= block.region->size)
        continue;
      std::memcpy(block.bytes + (offset - block.region->image_offset), bytes, AddressMap::kPage);
      return;
    }
    if (image.map().in_sse(offset)) {
      for (std::uint32_t at = offset; at < offset + AddressMap::kPage; at += AddressMap::kSseFileBytes) {
        const ThreadId thread = image.map().thread_of_sse(at);
        if (const SseFile file = image.sse(thread); file != SseFile()) sse_file(thread) = file;
      }
      return;
    }
    // Of the register files only those in a page that has been written can be other than zero.
    for (std::uint32_t at = offset; at < offset + AddressMap::kPage; at += AddressMap::kRegisterFileBytes) {
      if (AddressMap::in_registers(at)) {
        const ThreadId thread = AddressMap::thread_of_register(at);
        registers(thread) = image.registers(thread);
      }
    }
  });
  thread_ = image.thread();
  registers(thread_) = image.registers(thread_);
}

}  // namespace gogoscope
