// Futures that were cut off: taken out of the chunks of a trace, kept, and put back.
#include <algorithm>
#include <cstring>
#include <iterator>

#include "emu/history/trace.h"

namespace gogoscope {
namespace {

/// The entries from a state on, taken out of a map or a set.
template <class Entries>
Entries taken_from(Entries& all, std::uint64_t state) {
  Entries out;
  for (auto next = all.lower_bound(state); next != all.end();) out.insert(out.end(), all.extract(next++));
  return out;
}

}  // namespace

std::vector<RunBranch> Trace::branches() const {
  std::vector<RunBranch> out;
  for (const Tail& tail : tails_) out.push_back(tail.branch);
  return out;
}

std::optional<std::uint64_t> Trace::first_by_hand() const {
  return by_hand_.empty() ? std::nullopt : std::optional(*by_hand_.begin());
}

std::optional<std::uint64_t> Trace::last_by_hand() const {
  return by_hand_.empty() ? std::nullopt : std::optional(*by_hand_.rbegin());
}

Trace::Tail Trace::cut(std::uint64_t state, std::size_t chunk_count, std::uint32_t offset) {
  // What stays of its segment is where the record goes on.
  if (chunk_count > 0) make_present(chunk_count - 1);
  Tail tail;
  tail.branch.from = state;
  tail.branch.steps = steps_ - state;
  tail.chunk_count = chunk_count;
  tail.offset = offset;
  if (chunk_count > 0) {
    Chunk& last = chunks_[chunk_count - 1];
    const std::uint32_t rest = last.used - offset;
    tail.shares_chunk = rest > 0;
    if (rest > 0) {
      tail.chunks.emplace_back(std::span(last.bytes.get() + offset, rest));
      last.used = offset;
    }
  }
  for (std::size_t i = chunk_count; i < chunks_.size(); ++i) {
    if (chunks_[i].used > 0) tail.chunks.push_back(std::move(chunks_[i]));
  }
  chunks_.resize(chunk_count);
  // So that a cursor is right on either side of the border: what comes next begins a chunk, as before.
  if (chunk_count > 0 && !tail.shares_chunk) chunks_.emplace_back();
  tail.stops = taken_from(stops_, state);
  tail.edits = taken_from(edits_, state);
  tail.by_hand = taken_from(by_hand_, state);
  tail.adopted = taken_from(adopted_, state);
  const auto later = std::find_if(keyframes_.begin(), keyframes_.end(),
                                  [&](const Keyframe& keyframe) { return keyframe.state > state; });
  std::move(later, keyframes_.end(), std::back_inserter(tail.keyframes));
  keyframes_.erase(later, keyframes_.end());
  tail.branch.by_hand = tail.by_hand.contains(state);
  const auto leave_it = std::stable_partition(tails_.begin(), tails_.end(),
                                              [&](const Tail& other) { return other.branch.from <= state; });
  std::move(leave_it, tails_.end(), std::back_inserter(tail.tails));
  tails_.erase(leave_it, tails_.end());
  steps_ = state;
  ++cuts_;
  return tail;
}

void Trace::keep(Tail tail) {
  tail.branch.id = ++branches_made_;
  // Nobody reads a branch before it is the record again.
  for (std::size_t i = 0; i + 1 < tail.keyframes.size(); ++i) {
    const Keyframe &first = tail.keyframes[i], &end = tail.keyframes[i + 1];
    if (holds_any(first.state, end.state, {&tail.edits, &tail.by_hand, &tail.adopted})) continue;
    for (std::size_t k = first.chunk; k < end.chunk; ++k) tail.chunks[tail.at(k)].release();
  }
  tails_.push_back(std::move(tail));
  forget_the_shortest();
}

void Trace::go_to_branch(int id) {
  const auto found =
      std::find_if(tails_.begin(), tails_.end(), [&](const Tail& tail) { return tail.branch.id == id; });
  if (found == tails_.end()) return;
  Tail wanted = std::move(*found);
  tails_.erase(found);
  Tail other = cut(wanted.branch.from, wanted.chunk_count, wanted.offset);

  auto first = wanted.chunks.begin();
  if (!chunks_.empty() && chunks_.back().used == 0) chunks_.pop_back();
  if (wanted.shares_chunk) {
    // It came from there, so there is room for it.
    std::memcpy(chunks_.back().bytes.get() + wanted.offset, first->bytes.get(), first->used);
    chunks_.back().used += first->used;
    ++first;
  }
  std::move(first, wanted.chunks.end(), std::back_inserter(chunks_));
  stops_.merge(wanted.stops);
  edits_.merge(wanted.edits);
  by_hand_.merge(wanted.by_hand);
  adopted_.merge(wanted.adopted);
  std::move(wanted.keyframes.begin(), wanted.keyframes.end(), std::back_inserter(keyframes_));
  std::move(wanted.tails.begin(), wanted.tails.end(), std::back_inserter(tails_));
  std::sort(tails_.begin(), tails_.end(),
            [](const Tail& a, const Tail& b) { return a.branch.id < b.branch.id; });
  steps_ += wanted.branch.steps;
  if (other.branch.steps > 0) keep(std::move(other));
}

std::unique_ptr<Trace> Trace::copy_with_branch(int id) const {
  const auto found =
      std::find_if(tails_.begin(), tails_.end(), [&](const Tail& tail) { return tail.branch.id == id; });
  auto copy = std::make_unique<Trace>(guest_);
  const std::uint64_t from = found->branch.from;
  // Its segment is cut in two by the fork.
  if (found->chunk_count > 0) make_present(found->chunk_count - 1);
  const auto add = [&](const Chunk& chunk, std::uint32_t bytes) {
    if (bytes == 0) return;
    if (chunk.bytes != nullptr) {
      copy->chunks_.emplace_back(std::span(chunk.bytes.get(), bytes));
      return;
    }
    Chunk& released = copy->chunks_.emplace_back();
    released.used = chunk.used;
    released.size = chunk.size;
    released.hash = chunk.hash;
  };
  for (std::size_t i = 0; i < found->chunk_count; ++i) {
    add(chunks_[i], i + 1 == found->chunk_count ? found->offset : chunks_[i].used);
  }
  for (const Chunk& chunk : found->chunks) add(chunk, chunk.used);
  copy->keyframes_.clear();
  for (const Keyframe& keyframe : keyframes_) {
    if (keyframe.state <= from) copy->keyframes_.push_back(keyframe);
  }
  for (Keyframe keyframe : found->keyframes) {
    keyframe.chunk = found->chunk_count + found->at(keyframe.chunk);
    copy->keyframes_.push_back(std::move(keyframe));
  }
  copy->record_limits_ = record_limits_;
  copy->remaker_ = remaker_;
  copy->steps_ = from + found->branch.steps;
  copy->stops_.insert(stops_.begin(), stops_.lower_bound(from));
  copy->stops_.insert(found->stops.begin(), found->stops.end());
  const auto join = [&](std::set<std::uint64_t>& into, const auto& before, const auto& after) {
    into.insert(before.begin(), before.lower_bound(from));
    into.insert(after.begin(), after.end());
  };
  join(copy->edits_, edits_, found->edits);
  join(copy->by_hand_, by_hand_, found->by_hand);
  join(copy->adopted_, adopted_, found->adopted);
  return copy;
}

std::uint64_t Trace::branch_bytes() const {
  const auto of = [](const auto& self, const std::vector<Tail>& tails) -> std::uint64_t {
    std::uint64_t sum = 0;
    for (const Tail& tail : tails) {
      for (const Chunk& chunk : tail.chunks) sum += chunk.bytes != nullptr ? chunk.used : 0;
      sum += self(self, tail.tails);
    }
    return sum;
  };
  return of(of, tails_);
}

void Trace::limit_branches(BranchLimits limits) {
  limits_ = limits;
  forget_the_shortest();
}

void Trace::forget_the_shortest() {
  // One that others leave is not forgotten before them: they may be longer.
  struct Candidate {
    std::vector<Tail>* in;
    std::size_t at;
    const Tail& tail() const { return (*in)[at]; }
  };
  for (;;) {
    std::size_t count = 0;
    std::vector<Candidate> leaves;
    const auto collect = [&](const auto& self, std::vector<Tail>& tails) -> void {
      for (std::size_t i = 0; i < tails.size(); ++i) {
        ++count;
        if (tails[i].tails.empty()) leaves.push_back({&tails, i});
        self(self, tails[i].tails);
      }
    };
    collect(collect, tails_);
    if (leaves.empty() || (count <= limits_.count && branch_bytes() <= limits_.bytes)) return;
    // The one made last only where nothing else is left: it is what the user will ask for next.
    const auto weight = [&](const Candidate& c) {
      return std::pair(c.tail().branch.id == branches_made_, c.tail().branch.steps);
    };
    const auto shortest =
        std::min_element(leaves.begin(), leaves.end(),
                         [&](const Candidate& a, const Candidate& b) { return weight(a) < weight(b); });
    shortest->in->erase(shortest->in->begin() + static_cast<std::ptrdiff_t>(shortest->at));
  }
}

}  // namespace gogoscope
