// The state at the tip, laid out for the engine: each region is one flat block of the host's memory, since
// Unicorn runs on flat blocks and takes few of them. A block is reserved at the size of its region, and pages
// of it that are never touched cost nothing. Private to this folder.
#pragma once

#include <memory>
#include <vector>

#include "emu/guest/image.h"

namespace gogoscope {

class LiveMemory final : public StateView {
 public:
  explicit LiveMemory(const AddressMap& map);

  using StateView::reg;
  bool read(Addr addr, std::span<std::byte> out) const override;
  ThreadId thread() const override { return thread_; }
  /// Of the thread that moves, the engine has them: what is here is what it last left behind.
  std::uint64_t reg(ThreadId thread, Reg reg) const override {
    return registers(thread)[static_cast<std::size_t>(reg)];
  }
  const RegisterFile& registers(ThreadId thread) const;
  RegisterFile& registers(ThreadId thread);
  /// SSE registers, those of the thread that moves included.
  SseFile sse(ThreadId thread) const override { return sse_file(thread); }
  const SseFile& sse_file(ThreadId thread) const {
    static constexpr SseFile kNone{};
    return thread < sse_.size() ? sse_[thread] : kNone;
  }
  SseFile& sse_file(ThreadId thread);
  void set_thread(ThreadId thread) { thread_ = thread; }

  /// A region, and the block that holds its bytes. 8 bytes can be read from any place in it.
  struct Block {
    const Region* region = nullptr;
    std::byte* bytes = nullptr;
    std::uint64_t mapped = 0;  ///< bytes from the start of the region that the guest can see

    std::byte* at(Addr addr) const { return bytes + (addr - region->base); }
    std::uint32_t image_offset(Addr addr) const {
      return region->image_offset + static_cast<std::uint32_t>(addr - region->base);
    }
  };
  /// The block that holds all of [addr, addr + bytes), or null.
  const Block* find(Addr addr, std::uint64_t bytes) const {
    for (const Block& block : blocks_) {
      const auto at = static_cast<std::uint64_t>(addr - block.region->base);
      if (at < block.mapped && bytes <= block.mapped - at) return &block;
    }
    return nullptr;
  }
  const std::vector<Block>& blocks() const { return blocks_; }
  void set_mapped(std::size_t block, std::uint64_t bytes) { blocks_[block].mapped = bytes; }

  /// XORs the low `size` bytes of x into the bytes at an image offset, which must be in a block.
  void apply(std::uint32_t image_offset, unsigned size, std::uint64_t x);

  /// Becomes the state of an image. Cost: that of the pages it has, and of those that were touched before.
  void load(const Image& image);

 private:
  struct Unmap {
    std::size_t size = 0;
    void operator()(std::byte* p) const;
  };
  std::vector<std::unique_ptr<std::byte[], Unmap>> memory_;
  std::vector<Block> blocks_;
  ThreadId thread_ = 0;
  std::vector<RegisterFile> registers_;  ///< as many as have been asked for
  std::vector<SseFile> sse_;
};

}  // namespace gogoscope
