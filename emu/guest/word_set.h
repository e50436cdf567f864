// A set of 8-byte words of an image: those whose stores mean something. A bit for each word, in blocks that
// exist only where the set has members: a large guest of which little is watched costs little.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace gogoscope {

class WordSet {
 public:
  WordSet() = default;
  explicit WordSet(std::uint32_t image_size) : blocks_(image_size / kBlockBytes + 1) {}

  /// The words that hold any of these bytes.
  void add(std::uint32_t offset, std::uint32_t bytes = 1) {
    for (std::uint32_t word = offset / 8; word <= (offset + bytes - 1) / 8; ++word) {
      auto& block = blocks_[word / kBlockWords];
      if (!block) block = std::make_unique<Block>();
      (*block)[word % kBlockWords / 64] |= std::uint64_t{1} << (word % 64);
    }
  }
  /// Whether the word at this image offset is one of them.
  bool holds(std::uint32_t offset) const {
    const std::uint32_t word = offset / 8;
    if (word / kBlockWords >= blocks_.size()) return false;
    const Block* const block = blocks_[word / kBlockWords].get();
    return block != nullptr && ((*block)[word % kBlockWords / 64] >> (word % 64) & 1U) != 0;
  }

 private:
  static constexpr std::uint32_t kBlockWords = 4096;
  static constexpr std::uint32_t kBlockBytes = kBlockWords * 8;
  using Block = std::array<std::uint64_t, kBlockWords / 64>;
  std::vector<std::unique_ptr<Block>> blocks_;
};

}  // namespace gogoscope
