#include "emu/history/trace.h"

#include <algorithm>

#include "emu/history/delta.h"

namespace gogoscope {

std::optional<int> process_exit_code(const Stop& stop) {
  switch (stop.reason) {
    case StopReason::exit:
      return stop.exit_code;
    case StopReason::fault:
    case StopReason::deadlock:
    case StopReason::throw_:
      return 2;
    case StopReason::breakpoint:
    case StopReason::budget:
    case StopReason::invariant:
      break;
  }
  return std::nullopt;
}

std::string_view name(StopReason reason) {
  switch (reason) {
    case StopReason::exit:
      return "exit";
    case StopReason::fault:
      return "fault";
    case StopReason::deadlock:
      return "deadlock";
    case StopReason::breakpoint:
      return "breakpoint";
    case StopReason::budget:
      return "budget";
    case StopReason::throw_:
      return "throw";
    case StopReason::invariant:
      return "invariant";
  }
  return "";
}

Trace::Trace(std::shared_ptr<const Guest> guest) : guest_(std::move(guest)) {
  keyframes_.push_back({0, 0, {guest_, guest_->boot.get()}});
}

std::uint64_t Trace::delta_bytes() const {
  std::uint64_t sum = 0;
  for (const Chunk& chunk : chunks_) sum += chunk.used;
  return sum;
}

const Stop* Trace::stop_at(std::uint64_t step) const {
  const auto found = stops_.find(step);
  return found == stops_.end() ? nullptr : &found->second;
}

Trace::Chunk::Chunk(std::size_t room)
    : size(static_cast<std::uint32_t>(room)), bytes(new std::uint8_t[room + delta::kSlack]) {}

Trace::Chunk::Chunk(std::span<const std::uint8_t> records) : Chunk(records.size()) {
  std::copy(records.begin(), records.end(), bytes.get());
  std::fill_n(bytes.get() + size, delta::kSlack, std::uint8_t{0});
  used = size;
}

bool Trace::uses_sse() const {
  const AddressMap& map = guest_->map;
  bool found = false;
  guest_->boot->for_each_page([&](std::uint32_t n, const std::byte* page) {
    found = found || (map.in_sse(n * Image::kPage) &&
                      std::any_of(page, page + Image::kPage, [](std::byte b) { return b != std::byte{0}; }));
  });
  for (const Chunk& chunk : chunks_) {
    const std::uint8_t* const end = chunk.bytes.get() + chunk.used;
    for (const std::uint8_t* p = chunk.bytes.get(); p < end && !found; p = delta::after(p)) {
      delta::visit(
          p, [](unsigned, std::uint64_t) {},
          [&](std::uint32_t offset, unsigned, std::uint64_t) { found = found || map.in_sse(offset); });
    }
  }
  return found;
}

std::uint8_t* Trace::reserve(std::size_t bytes) {
  if (chunks_.empty() || chunks_.back().size - chunks_.back().used < bytes) {
    // An empty chunk is what a cut between two chunks leaves.
    if (!chunks_.empty() && chunks_.back().used == 0) chunks_.pop_back();
    if (remaker_ != nullptr) make_keyframes();
    chunks_.emplace_back(std::max<std::size_t>(record_limits_.chunk_bytes, bytes));
  }
  return chunks_.back().bytes.get() + chunks_.back().used;
}

}  // namespace gogoscope
