#include "emu/history/output.h"

namespace gogoscope {

std::string output(std::span<const Event> events, int fd, std::uint64_t before) {
  std::string out;
  for (const Event& event : events) {
    if (event.step >= before) break;
    if (const Write* const write = event.as<Write>(); write != nullptr && write->fd == fd) out += write->text;
  }
  return out;
}

std::optional<std::uint64_t> writer(std::span<const Event> events, int fd, std::size_t offset) {
  std::size_t so_far = 0;
  for (const Event& event : events) {
    const Write* const write = event.as<Write>();
    if (write == nullptr || write->fd != fd) continue;
    so_far += write->text.size();
    if (so_far > offset) return event.step;
  }
  return std::nullopt;
}

}  // namespace gogoscope
