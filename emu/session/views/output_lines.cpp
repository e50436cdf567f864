#include "emu/session/views/output_lines.h"

#include <algorithm>

namespace gogoscope {

std::size_t OutputLine::written_before(std::uint64_t position) const {
  std::size_t bytes = 0;
  for (const OutputPiece& piece : pieces) {
    if (piece.step < position) bytes = piece.end;
  }
  return bytes;
}

void OutputLines::add(std::span<const Event> events) {
  for (const Event& event : events) {
    const Write* const write = event.as<Write>();
    if (write == nullptr) continue;
    for (std::size_t at = 0; at < write->text.size();) {
      if (!open_) lines_.emplace_back();
      const std::size_t end = std::min(write->text.find('\n', at), write->text.size());
      OutputLine& line = lines_.back();
      line.text.append(write->text, at, end - at);
      line.pieces.push_back({event.step, event.m, write->fd, line.text.size()});
      open_ = end == write->text.size();
      at = end + 1;
    }
  }
}

std::size_t OutputLines::begun_before(std::uint64_t position) const {
  const auto first = std::ranges::partition_point(
      lines_, [position](const OutputLine& line) { return line.pieces.front().step < position; });
  return static_cast<std::size_t>(first - lines_.begin());
}

}  // namespace gogoscope
