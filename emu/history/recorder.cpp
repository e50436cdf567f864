#include "emu/history/recorder.h"

#include <bit>

#include "emu/history/delta.h"

namespace gogoscope {

void Recorder::commit() {
  // The most that this record can take, so that it never straddles two chunks.
  const std::size_t most = 5 + 1 + 4 + register_count_ * 9U + stores_.size() * 13U + 5 + delta::kSlack;
  std::uint8_t* p = trace_.reserve(most);
  std::uint8_t* const record = p++;

  const std::size_t stores = stores_.size();
  const bool many = stores >= delta::kManyStores;
  *p++ = static_cast<std::uint8_t>(register_count_ | (many ? delta::kManyStores : stores) << 5U);
  if (many) {
    const auto count = static_cast<std::uint32_t>(stores);
    std::memcpy(p, &count, 4);
    p += 4;
  }
  for (unsigned i = 0; i < register_count_; ++i) {
    const unsigned bytes = delta::significant_bytes(registers_[i].value);
    *p++ = static_cast<std::uint8_t>(registers_[i].reg | (bytes - 1U) << 5U);
    std::memcpy(p, &registers_[i].value, 8);
    p += bytes;
  }
  for (const PendingStore& store : stores_) {
    const unsigned bytes = delta::significant_bytes(store.value);
    const bool wide = store.offset > 0xffffff;
    *p++ = static_cast<std::uint8_t>(static_cast<unsigned>(std::countr_zero(store.size)) | bytes << 2U |
                                     (wide ? 0x40U : 0U));
    std::memcpy(p, &store.offset, 4);
    p += wide ? 4 : 3;
    std::memcpy(p, &store.value, 8);
    p += bytes;
  }
  const auto length = static_cast<std::uint32_t>(p - record - 1);
  if (length < delta::kLongRecord) {
    *record = *p++ = static_cast<std::uint8_t>(length);
  } else {
    std::memmove(record + 5, record + 1, length);
    *record = delta::kLongRecord;
    std::memcpy(record + 1, &length, 4);
    p = record + 5 + length;
    std::memcpy(p, &length, 4);
    p[4] = delta::kLongRecord;
    p += 5;
  }
  trace_.append(static_cast<std::uint32_t>(p - record));
  discard();
}

void Recorder::mark_stop(Stop stop) { trace_.stops_[trace_.steps_ - 1] = std::move(stop); }

void Recorder::mark_edit() { trace_.edits_.insert(trace_.steps_ - 1); }

void Recorder::mark_by_hand() { trace_.by_hand_.insert(trace_.steps_ - 1); }

Trace::Tail Recorder::cut(const Cursor& at) {
  // A cursor between two chunks is at the end of the one or at the start of the other.
  if (at.offset_ > 0) return trace_.cut(at.position_, at.chunk_ + 1, at.offset_);
  return trace_.cut(at.position_, at.chunk_, at.chunk_ > 0 ? trace_.chunks_[at.chunk_ - 1].used : 0);
}

void Recorder::truncate(const Cursor& at) {
  if (at.position() < trace_.steps_) cut(at);
}

void Recorder::branch_off(const Cursor& at) {
  if (at.position() < trace_.steps_) trace_.keep(cut(at));
}

const std::uint8_t* Recorder::last_record() const {
  // A chunk that has just been emptied may be the last one.
  auto chunk = trace_.chunks_.rbegin();
  if (chunk->used == 0) ++chunk;
  if (chunk->bytes == nullptr) [[unlikely]]
    trace_.make_present(static_cast<std::size_t>(trace_.chunks_.rend() - chunk) - 1);
  return delta::start_of_last(chunk->bytes.get() + chunk->used);
}

void Recorder::drop_last() {
  if (trace_.chunks_.back().used == 0) trace_.chunks_.pop_back();
  Trace::Chunk& chunk = trace_.chunks_.back();
  chunk.used = static_cast<std::uint32_t>(last_record() - chunk.bytes.get());
  --trace_.steps_;
  ++trace_.cuts_;
  if (trace_.keyframes_.back().state > trace_.steps_) [[unlikely]]
    trace_.keyframes_.pop_back();
  if (!trace_.stops_.empty()) trace_.stops_.erase(trace_.steps_);
  if (!trace_.edits_.empty()) trace_.edits_.erase(trace_.steps_);
  if (!trace_.by_hand_.empty()) trace_.by_hand_.erase(trace_.steps_);
  if (!trace_.adopted_.empty()) trace_.adopted_.erase(trace_.steps_);
}

void Recorder::go_to_branch(int id) { trace_.go_to_branch(id); }

}  // namespace gogoscope
