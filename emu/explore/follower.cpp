#include "emu/explore/follower.h"

#include <algorithm>

#include "emu/history/delta.h"

namespace gogoscope {
namespace {

std::uint64_t mixed(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33);
}

/// What a word adds to the key. Zeros add nothing: whether a page exists does not matter.
std::uint64_t term(std::uint64_t place, std::uint64_t value) {
  return value == 0 ? 0 : mixed(value ^ mixed(place + 1));
}

constexpr std::uint32_t offset_of(ThreadId thread, unsigned reg) {
  return AddressMap::register_offset(thread, static_cast<int>(reg));
}

// Places beyond every image offset, for what is not a word of the image.
constexpr std::uint64_t kSleeps = std::uint64_t{1} << 40;
constexpr std::uint64_t kRank = std::uint64_t{2} << 40;
constexpr std::uint64_t kDeadline = std::uint64_t{3} << 40;
constexpr std::uint64_t kThread = std::uint64_t{4} << 40;
constexpr std::uint64_t kOver = std::uint64_t{5} << 40;

}  // namespace

Follower::Follower(const Trace& trace)
    : cursor_(trace), world_(trace.guest(), cursor_.state()), table_(*ThreadTable::of(trace.guest())) {
  const Guest& guest = trace.guest();
  world_.clear_touched();
  breaks_.emplace(world_, std::span<const Event>());
  rows_ = *guest.map.image_offset(table_.row_addr(0));
  schedule_ = *guest.map.image_offset(table_.schedule_addr());
}

bool Follower::left_out(std::uint32_t word) const {
  if (word >= schedule_ && word < schedule_ + ScheduleWords::kSize) {
    return word != schedule_ + ScheduleWords::kThreads;
  }
  if (word < rows_ || word >= rows_ + kMaxThreads * ThreadRow::kSize) return false;
  const std::uint64_t field = (word - rows_) % ThreadRow::kSize;
  return field == ThreadRow::kFutex || field == ThreadRow::kOrder || field == ThreadRow::kDeadline;
}

/// Takes what a record changes out of the hash, lets `move` apply or undo it, and puts it in again.
template <class Move>
void Follower::hashed(const std::uint8_t* record, Move&& move) {
  const Image& image = cursor_.state();
  const ThreadId thread = image.thread();
  words_.clear();
  delta::visit(
      record,
      [&](unsigned reg, std::uint64_t x) {
        const std::uint64_t value = image.reg(thread, static_cast<Reg>(reg));
        hash_ ^= term(offset_of(thread, reg), value) ^ term(offset_of(thread, reg), value ^ x);
      },
      [&](std::uint32_t offset, unsigned size, std::uint64_t) {
        if (offset < AddressMap::kHolesOffset) return;
        const std::uint32_t first = offset & ~7U, last = (offset + size - 1) & ~7U;
        for (std::uint32_t word = first; word <= last; word += 8) {
          if (left_out(word) || std::ranges::find(words_, word) != words_.end()) continue;
          words_.push_back(word);
          hash_ ^= term(word, image.u64(word));
        }
      });
  move();
  for (const std::uint32_t word : words_) hash_ ^= term(word, image.u64(word));
}

bool Follower::next_is_watched() const {
  bool watched = false;
  delta::visit(
      cursor_.next_record(), [](unsigned, std::uint64_t) {},
      [&](std::uint32_t offset, unsigned size, std::uint64_t) {
        watched = watched || world_.watches(offset, size);
      });
  return watched;
}

std::span<const Event> Follower::forward() {
  const std::uint8_t* const record = cursor_.next_record();
  const Image& image = cursor_.state();
  const std::uint64_t step = cursor_.position();
  const ThreadId thread = image.thread();
  bool registers = false, stored = false;
  delta::visit(
      record,
      [&](unsigned reg, std::uint64_t) {
        const auto r = static_cast<Reg>(reg);
        registers = registers || r == Reg::rsp || r == Reg::rbp || r == Reg::fs_base || world_.may_hold_g(r);
      },
      [&](std::uint32_t offset, unsigned size, std::uint64_t) {
        stored = stored || world_.watches(offset, size);
      });
  hashed(record, [&] { cursor_.forward(); });
  broken_.clear();
  if (stored) {
    delta::visit(
        record, [](unsigned, std::uint64_t) {},
        [&](std::uint32_t offset, unsigned size, std::uint64_t) {
          if (world_.watches(offset, size)) world_.stored(offset, size);
        });
  }
  if (stored || !breaks_->passes(thread, registers)) breaks_->judge(step, thread, broken_);
  if (stored) world_.clear_touched();
  return broken_;
}

void Follower::back_to(std::uint64_t state) {
  while (cursor_.position() > state) {
    const std::uint8_t* const record = cursor_.last_record();
    hashed(record, [&] { cursor_.back(); });
    delta::visit(
        record, [](unsigned, std::uint64_t) {},
        [&](std::uint32_t offset, unsigned size, std::uint64_t) {
          if (world_.watches(offset, size)) world_.stored(offset, size);
        });
  }
  world_.clear_touched();
  breaks_.emplace(world_, std::span<const Event>());
}

bool Follower::turn_is_over() const {
  return cursor_.state().u64(schedule_ + ScheduleWords::kTurnEnd) <= cursor_.position();
}

std::uint64_t Follower::key() const {
  const Image& image = cursor_.state();
  std::uint64_t key =
      hash_ ^ term(kThread, image.thread() + std::uint64_t{1}) ^ term(kOver, turn_is_over() ? 1 : 0);
  const int made = std::max(threads_made(), 1);
  for (int i = 0; i < made; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    const ThreadRow row = table_.row(image, thread);
    if (row.state != ThreadState::asleep) continue;
    std::uint64_t rank = 1;
    for (int k = 0; k < made; ++k) {
      const ThreadRow other = table_.row(image, static_cast<ThreadId>(k));
      if (other.state == ThreadState::asleep && other.futex == row.futex && other.order < row.order) ++rank;
    }
    key ^= term(kSleeps + thread, row.futex.value()) ^ term(kRank + thread, rank) ^
           term(kDeadline + thread, row.deadline);
  }
  return key;
}

}  // namespace gogoscope
