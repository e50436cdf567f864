#include "emu/history/cursor.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "emu/history/delta.h"

namespace gogoscope {
namespace {

/// What a store at `other` changes of the 8 bytes at `offset`.
std::uint64_t seen_from(std::uint32_t offset, std::uint32_t other, std::uint64_t x) {
  if (other >= offset) return other - offset < 8 ? x << 8 * (other - offset) : 0;
  return offset - other < 8 ? x >> 8 * (offset - other) : 0;
}

/// A store into a file of SSE registers.
struct SseStore {
  ThreadId thread;
  unsigned word;
  std::uint64_t x;
};

/// What they change, thread by thread. The image is that of after the step if it is applied.
std::vector<SseChange> sse_changes(const Image& image, const std::vector<SseStore>& stores, bool applied) {
  std::vector<SseChange> out;
  std::set<ThreadId> threads;
  for (const SseStore& store : stores) threads.insert(store.thread);
  for (const ThreadId thread : threads) {
    SseFile before = image.sse(thread), after = before;
    for (const SseStore& store : stores) {
      if (store.thread == thread) (applied ? before : after).words[store.word] ^= store.x;
    }
    for (unsigned i = 0; i < kSseRegCount; ++i) {
      const auto reg = static_cast<SseReg>(i);
      const bool first = !before.is_written(reg) && after.is_written(reg);
      if (!first && before.value(reg) == after.value(reg)) continue;
      out.push_back({thread, reg, before.value(reg), after.value(reg), first});
    }
  }
  return out;
}

}  // namespace

Cursor::Cursor(const Trace& trace)
    : trace_(&trace), image_(*trace.keyframes_.front().image), position_(trace.first_state()) {}

inline const std::uint8_t* Cursor::chunk_bytes(std::uint32_t chunk) const {
  const std::uint8_t* const bytes = trace_->chunks_[chunk].bytes.get();
  if (bytes != nullptr) [[likely]]
    return bytes;
  trace_->make_present(chunk);
  return trace_->chunks_[chunk].bytes.get();
}

bool Cursor::forward() {
  if (at_end()) return false;
  if (offset_ == trace_->chunks_[chunk_].used) {
    ++chunk_;
    offset_ = 0;
    trace_->make_present(chunk_);
  }
  const std::uint8_t* const base = chunk_bytes(chunk_);
  const std::uint8_t* const record = base + offset_;
  delta::apply(record, image_);
  offset_ = static_cast<std::uint32_t>(delta::after(record) - base);
  ++position_;
  return true;
}

bool Cursor::back() {
  if (position_ == trace_->first_state()) return false;
  if (offset_ == 0) {
    --chunk_;
    offset_ = trace_->chunks_[chunk_].used;
    trace_->make_present(chunk_);
  }
  const std::uint8_t* const base = chunk_bytes(chunk_);
  const std::uint8_t* const record = delta::start_of_last(base + offset_);
  delta::apply(record, image_);
  offset_ = static_cast<std::uint32_t>(record - base);
  --position_;
  return true;
}

void Cursor::seek(std::uint64_t state) {
  state = std::clamp(state, trace_->first_state(), trace_->steps());
  // From a keyframe, or the start, when that is the shorter way.
  const Trace::Keyframe& keyframe = trace_->keyframe_before(state);
  if (state - keyframe.state < (state < position_ ? position_ - state : state - position_)) {
    image_ = *keyframe.image;
    position_ = keyframe.state;
    chunk_ = static_cast<std::uint32_t>(keyframe.chunk);
    offset_ = 0;
  }
  while (position_ < state) forward();
  while (position_ > state) back();
}

Step Cursor::decode(const std::uint8_t* record, std::uint64_t index, bool applied) const {
  Step step;
  step.index = index;
  step.thread = image_.thread();
  step.pc = CodeAddr(image_.reg(Reg::rip));
  const ThreadId thread = step.thread;
  std::vector<std::uint32_t> offsets;
  std::vector<SseStore> sse;
  const AddressMap& map = image_.map();
  step.next_thread = step.thread;
  delta::visit(
      record,
      [&](unsigned reg, std::uint64_t x) {
        const auto r = static_cast<Reg>(reg);
        const std::uint64_t here = image_.reg(thread, r);
        step.regs.push_back({r, applied ? here ^ x : here, applied ? here : here ^ x});
        if (r == Reg::rip && applied) step.pc = CodeAddr(here ^ x);
      },
      [&](std::uint32_t offset, unsigned size, std::uint64_t x) {
        if (offset == AddressMap::kThreadOffset) {
          // The image is on one side of the step, and names the thread of that side.
          const ThreadId other = AddressMap::thread_of(x ^ thread);
          (applied ? step.thread : step.next_thread) = other;
          if (applied) step.pc = CodeAddr(image_.reg(other, Reg::rip));
          step.kind = StepKind::thread;
          return;
        }
        if (AddressMap::in_holes(offset)) {
          const std::uint32_t nth = (offset - AddressMap::kHolesOffset) / 8;
          if (nth >= image_.map().regions().size()) return;  // a damaged record
          const Region& region = image_.map().regions()[nth];
          const std::uint64_t there = region.size - std::min(region.size, image_.u64(offset) ^ x);
          const std::uint64_t here = image_.mapped(region);
          step.maps.push_back({&region, applied ? there : here, applied ? here : there});
          return;
        }
        if (AddressMap::in_registers(offset)) {
          const ThreadId owner = AddressMap::thread_of_register(offset);
          const std::uint32_t word = AddressMap::word_of_register(offset);
          if (word >= kRegCount) return;  // a damaged record
          const auto reg = static_cast<Reg>(word);
          const std::uint64_t here = image_.reg(owner, reg);
          step.other_regs.push_back({owner, {reg, applied ? here ^ x : here, applied ? here : here ^ x}});
          return;
        }
        if (map.in_sse(offset)) {
          const unsigned word = map.word_of_sse(offset);
          if (word < SseFile::kWords) sse.push_back({map.thread_of_sse(offset), word, x});
          return;
        }
        offsets.push_back(offset);
        step.stores.push_back({map.addr_at(offset), static_cast<std::uint8_t>(size), 0, x});
      });
  if (!sse.empty()) step.sse = sse_changes(image_, sse, applied);
  // A step may store to one place several times (REP STOSQ does not, an edit or a slot could). What a store
  // found there is what the image has, but for the stores between: those made before it, or, seen from the
  // other side of the step, after it. Each holds its XOR until its values are known.
  const std::size_t n = step.stores.size();
  for (std::size_t k = n; k-- > 0;) {
    const std::size_t i = applied ? n - 1 - k : k;
    Store& store = step.stores[i];
    const std::uint64_t x = store.new_value;
    std::uint64_t here = image_.u64(offsets[i]);
    for (std::size_t j = applied ? i + 1 : 0; j < (applied ? n : i); ++j)
      here ^= seen_from(offsets[i], offsets[j], step.stores[j].new_value);
    here &= delta::kMask[store.size];
    store.old_value = applied ? here ^ x : here;
    store.new_value = applied ? here : here ^ x;
  }
  if (const Stop* stop = trace_->stop_at(index)) step.stop = *stop;
  step.by_hand = trace_->is_by_hand(index);
  if (trace_->is_edit(index)) {
    step.kind = StepKind::edit;
  } else if (step.kind == StepKind::thread) {
    return step;
  } else if (const Instruction* instruction = trace_->guest().code.instruction_at(step.pc)) {
    step.kind = instruction->slot ? StepKind::slot : StepKind::instruction;
  }
  return step;
}

const std::uint8_t* Cursor::next_record() const {
  const bool crossing = offset_ == trace_->chunks_[chunk_].used;
  return chunk_bytes(crossing ? chunk_ + 1 : chunk_) + (crossing ? 0 : offset_);
}

Step Cursor::next() const { return decode(next_record(), position_, false); }

const std::uint8_t* Cursor::last_record() const {
  const bool crossing = offset_ == 0;
  const std::uint32_t chunk = crossing ? chunk_ - 1 : chunk_;
  return delta::start_of_last(chunk_bytes(chunk) + (crossing ? trace_->chunks_[chunk].used : offset_));
}

Step Cursor::last() const { return decode(last_record(), position_ - 1, true); }

}  // namespace gogoscope
