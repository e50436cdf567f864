// Long records: keyframes, and deltas that are released and made once more.
//
// A segment is what lies between two keyframes, a number of whole chunks. Its deltas are released and come
// back together. The last segment grows and is always there.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "emu/history/delta.h"
#include "emu/history/remaker.h"
#include "emu/history/trace.h"

namespace gogoscope {
namespace {

/// A segment is not made longer by giving up keyframes than this part of the deltas that may be there.
constexpr std::uint64_t kLongestSegmentPart = 8;

/// Both runs were the same program's on the same engine: ours is the mistake, and nothing that is shown from
/// here on could be believed.
[[noreturn]] void came_out_differently(std::uint64_t first, std::uint64_t end) {
  std::fprintf(
      stderr,
      "gogoscope: internal error: steps %llu to %llu were executed once more and came out differently\n",
      static_cast<unsigned long long>(first), static_cast<unsigned long long>(end));
  std::abort();
}

/// What an image takes beside another one: the pages that they do not share, and its tables.
std::uint64_t bytes_beside(const Image& image, const Image& other) {
  std::uint64_t bytes = std::uint64_t{image.pages()} / 64 * sizeof(std::shared_ptr<void>);
  image.for_each_page([&](std::uint32_t n, const std::byte* page) {
    if (page != other.page(n)) bytes += Image::kPage + Image::kPage / 8;
  });
  return bytes;
}

}  // namespace

std::uint64_t Trace::Chunk::hash_of_bytes() const {
  // Four lanes, since a multiplication waits for the one before it.
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;
  std::uint64_t lanes[4] = {used, 1, 2, 3};
  std::uint32_t at = 0;
  for (; at + 32 <= used; at += 32) {
    for (int i = 0; i < 4; ++i) {
      lanes[i] = (lanes[i] ^ delta::load8(bytes.get() + at + 8 * i)) * kOdd;
      lanes[i] ^= lanes[i] >> 29;
    }
  }
  for (; at < used; ++at) lanes[at % 4] = (lanes[at % 4] ^ bytes[at]) * kOdd;
  std::uint64_t sum = 0;
  for (const std::uint64_t lane : lanes) sum = (sum ^ lane ^ (lane >> 31)) * kOdd;
  return sum;
}

void Trace::Chunk::release() const {
  if (bytes == nullptr) return;
  hash = hash_of_bytes();
  bytes.reset();
}

void Trace::keep_within(const RecordLimits& limits, std::shared_ptr<Remaker> remaker) {
  record_limits_ = limits;
  remaker_ = std::move(remaker);
}

bool Trace::is_whole() const {
  return std::all_of(chunks_.begin(), chunks_.end(),
                     [](const Chunk& chunk) { return chunk.bytes != nullptr || chunk.used == 0; });
}

std::uint64_t Trace::present_bytes() const {
  std::uint64_t sum = 0;
  for (const Chunk& chunk : chunks_) sum += chunk.bytes != nullptr ? chunk.size : 0;
  return sum;
}

std::uint64_t Trace::keyframe_bytes() const {
  std::uint64_t sum = 0;
  for (const Keyframe& keyframe : keyframes_) sum += keyframe.bytes;
  return sum;
}

const Trace::Keyframe& Trace::keyframe_before(std::uint64_t state) const {
  const auto after = std::partition_point(keyframes_.begin() + 1, keyframes_.end(),
                                          [&](const Keyframe& keyframe) { return keyframe.state <= state; });
  return *std::prev(after);
}

std::size_t Trace::segment_of(std::size_t chunk) const {
  const auto after = std::partition_point(keyframes_.begin() + 1, keyframes_.end(),
                                          [&](const Keyframe& keyframe) { return keyframe.chunk <= chunk; });
  return static_cast<std::size_t>(after - keyframes_.begin()) - 1;
}

bool Trace::holds_any(std::uint64_t first, std::uint64_t end,
                      std::initializer_list<const std::set<std::uint64_t>*> sets) {
  return std::any_of(sets.begin(), sets.end(), [&](const std::set<std::uint64_t>* set) {
    const auto found = set->lower_bound(first);
    return found != set->end() && *found < end;
  });
}

// ---- made once more ----

void Trace::read_segment(std::size_t chunk) const {
  const std::size_t segment = segment_of(chunk);
  const Keyframe& first = keyframes_[segment];
  first.last_use = ++uses_;
  if (segment + 1 == keyframes_.size() || chunks_[first.chunk].bytes != nullptr) return;
  remake(segment);
  release_what_is_too_much(segment);
}

void Trace::remake(std::size_t segment) const {
  const Keyframe &first = keyframes_[segment], &end = keyframes_[segment + 1];
  const std::uint64_t steps = end.state - first.state;
  const Trace& again = remaker_->remake(first.state, first.image, steps, end.image);
  ++remade_;
  if (again.steps() != end.state) came_out_differently(first.state, end.state);
  // Its chunks may end elsewhere.
  auto from = again.chunks_.begin();
  std::uint32_t taken = 0;
  for (std::size_t i = first.chunk; i < end.chunk; ++i) {
    const Chunk& chunk = chunks_[i];
    chunk.bytes.reset(new std::uint8_t[chunk.size + delta::kSlack]);
    for (std::uint32_t filled = 0; filled < chunk.used;) {
      if (from != again.chunks_.end() && taken == from->used) {
        ++from;
        taken = 0;
      }
      if (from == again.chunks_.end()) came_out_differently(first.state, end.state);
      const std::uint32_t n = std::min(chunk.used - filled, from->used - taken);
      std::memcpy(chunk.bytes.get() + filled, from->bytes.get() + taken, n);
      filled += n;
      taken += n;
    }
    std::memset(chunk.bytes.get() + chunk.used, 0, delta::kSlack);
    if (chunk.hash_of_bytes() != chunk.hash) came_out_differently(first.state, end.state);
  }
}

void Trace::release_what_is_too_much(std::size_t but) const {
  std::uint64_t present = present_bytes();
  while (present > record_limits_.delta_bytes) {
    const Keyframe* oldest = nullptr;
    for (std::size_t i = 0; i + 1 < keyframes_.size(); ++i) {
      const Keyframe& keyframe = keyframes_[i];
      if (i == but || chunks_[keyframe.chunk].bytes == nullptr) continue;
      if (oldest != nullptr && oldest->last_use <= keyframe.last_use) continue;
      if (runs_by_itself(keyframe.state, keyframes_[i + 1].state)) oldest = &keyframe;
    }
    if (oldest == nullptr) return;
    for (std::size_t i = oldest->chunk; i < oldest[1].chunk; ++i) {
      present -= chunks_[i].size;
      chunks_[i].release();
    }
  }
}

// ---- keyframes ----

void Trace::make_keyframes() {
  if (chunks_.size() < record_limits_.whole_chunks) return;
  const std::size_t length = record_limits_.segment_chunks;
  while (chunks_.size() >= keyframes_.back().chunk + length) {
    const Keyframe& last = keyframes_.back();
    auto image = std::make_shared<Image>(*last.image);
    Keyframe next{.chunk = last.chunk + length, .state = last.state, .image = nullptr};
    for (std::size_t i = last.chunk; i < next.chunk; ++i) {
      const std::uint8_t* const end = chunks_[i].bytes.get() + chunks_[i].used;
      for (const std::uint8_t* p = chunks_[i].bytes.get(); p < end; p = delta::after(p), ++next.state) {
        delta::apply(p, *image);
      }
    }
    next.bytes = bytes_beside(*image, *last.image);
    next.image = std::move(image);
    next.last_use = ++uses_;
    keyframes_.push_back(std::move(next));
  }
  if (keyframe_bytes() > record_limits_.keyframe_bytes) thin_keyframes_out();
  release_what_is_too_much(keyframes_.size());
}

void Trace::thin_keyframes_out() {
  const std::uint64_t longest = record_limits_.delta_bytes / kLongestSegmentPart;
  if (std::uint64_t{record_limits_.segment_chunks} * 2 * record_limits_.chunk_bytes > longest) return;
  record_limits_.segment_chunks *= 2;
  std::vector<Keyframe> kept;
  kept.push_back(keyframes_.front());
  for (std::size_t i = 1; i < keyframes_.size(); ++i) {
    const Keyframe& keyframe = keyframes_[i];
    const bool last = i + 1 == keyframes_.size();
    // What cannot be released and what has been released make no segment.
    const bool between = !last &&
                         keyframes_[i + 1].chunk - kept.back().chunk <= record_limits_.segment_chunks &&
                         runs_by_itself(kept.back().state, keyframes_[i + 1].state);
    if (!between) {
      kept.push_back(keyframe);
      kept.back().bytes = bytes_beside(*keyframe.image, *kept[kept.size() - 2].image);
      continue;
    }
    const std::size_t first = kept.back().chunk, end = keyframes_[i + 1].chunk;
    const auto released = [&](std::size_t k) { return chunks_[k].bytes == nullptr; };
    if (released(first) == released(keyframe.chunk)) continue;
    for (std::size_t k = first; k < end; ++k) chunks_[k].release();
  }
  keyframes_ = std::move(kept);
}

void Trace::begin_at(std::uint64_t state, std::shared_ptr<const Image> image) {
  chunks_.clear();
  keyframes_.assign(1, {0, state, std::move(image)});
  stops_.clear();
  edits_.clear();
  by_hand_.clear();
  adopted_.clear();
  tails_.clear();
  steps_ = state;
  ++cuts_;
}

}  // namespace gogoscope
