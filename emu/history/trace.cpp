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

Trace::Trace(std::shared_ptr<const Guest> guest) : guest_(std::move(guest)) {}

std::uint64_t Trace::delta_bytes() const {
  std::uint64_t sum = 0;
  for (const Chunk& chunk : chunks_) sum += chunk.used;
  return sum;
}

const Stop* Trace::stop_at(std::uint64_t step) const {
  const auto found = stops_.find(step);
  return found == stops_.end() ? nullptr : &found->second;
}

std::uint8_t* Trace::reserve(std::size_t bytes) {
  if (chunks_.empty() || chunks_.back().size - chunks_.back().used < bytes) {
    // An empty chunk is what a cut between two chunks leaves.
    if (!chunks_.empty() && chunks_.back().used == 0) chunks_.pop_back();
    const auto size = static_cast<std::uint32_t>(std::max<std::size_t>(kChunkSize, bytes));
    chunks_.push_back({0, size, std::unique_ptr<std::uint8_t[]>(new std::uint8_t[size + delta::kSlack])});
  }
  return chunks_.back().bytes.get() + chunks_.back().used;
}

}  // namespace gogoscope
