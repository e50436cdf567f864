// epoll. The netpoller of Go watches its pipe (or eventfd) for level, and everything else for edges.
#include <algorithm>

#include "emu/linux/open_file.h"

namespace gogoscope::os {
namespace {

constexpr std::uint32_t kOneShot = 1U << 30, kEdge = 1U << 31;
constexpr std::uint64_t kAdd = 1, kDelete = 2, kModify = 3;
constexpr std::uint64_t kEventBytes = 12;  ///< struct epoll_event is packed

Addr watch(std::uint64_t poll, std::uint64_t i) {
  const std::uint64_t row = poll % WatchRow::kPolls * WatchRow::kWatches + i;
  return Words::kPolls + static_cast<std::int64_t>(row * WatchRow::kSize);
}

/// What can be done without waiting.
std::uint32_t ready(Call& c, const OpenFile& file) {
  switch (file.kind()) {
    case FileRow::Kind::pipe_read: {
      const Pipe pipe(c, file.object());
      const bool over = c.load(pipe.row() + PipeRow::kWriters) == 0;
      return (pipe.bytes() > 0 ? PollEvent::kIn : 0) | (over ? PollEvent::kHangUp : 0);
    }
    case FileRow::Kind::pipe_write: {
      const Pipe pipe(c, file.object());
      const bool over = c.load(pipe.row() + PipeRow::kReaders) == 0;
      return (pipe.bytes() < PipeRow::kBufferSize ? PollEvent::kOut : 0) | (over ? PollEvent::kError : 0);
    }
    case FileRow::Kind::event:
      return PollEvent::kOut | (file.value() > 0 ? PollEvent::kIn : 0);
    default:
      return 0;
  }
}

std::int64_t create(Call& c) {
  for (std::uint64_t poll = 0; poll < WatchRow::kPolls; ++poll) {
    bool used = false;
    std::optional<std::uint64_t> free;
    for (std::uint64_t fd = FileRow::kFiles; fd-- > 0;) {
      const OpenFile file(c, fd);
      used = used || (file.kind() == FileRow::Kind::poll && file.object() == poll);
      if (file.kind() == FileRow::Kind::none) free = fd;
    }
    if (used) continue;
    if (!free) return kEMFILE;
    for (std::uint64_t i = 0; i < WatchRow::kWatches; ++i) c.set(watch(poll, i) + WatchRow::kFile, 0);
    OpenFile(c, *free).open(FileRow::Kind::poll, 2, poll);
    return static_cast<std::int64_t>(*free);
  }
  return kEMFILE;
}

std::optional<Addr> find_watch(Call& c, std::uint64_t poll, std::uint64_t file_word) {
  for (std::uint64_t i = 0; i < WatchRow::kWatches; ++i) {
    if (c.load(watch(poll, i) + WatchRow::kFile) == file_word) return watch(poll, i);
  }
  return std::nullopt;
}

/// What of a watch is to be told now.
std::uint32_t due(Call& c, Addr row) {
  const std::uint64_t file = c.load(row + WatchRow::kFile);
  if (file == 0) return 0;
  const auto events = static_cast<std::uint32_t>(c.load(row + WatchRow::kEvents));
  std::uint32_t now = ready(c, OpenFile(c, file - 1)) & (events | PollEvent::kError | PollEvent::kHangUp);
  if ((events & kEdge) != 0) now &= static_cast<std::uint32_t>(c.load(row + WatchRow::kNew));
  return now;
}

}  // namespace

std::int64_t epoll_create(Call& c) {
  return c.int_arg(0) <= 0 ? static_cast<std::int64_t>(kEINVAL) : create(c);
}
std::int64_t epoll_create1(Call& c) { return create(c); }

std::int64_t epoll_ctl(Call& c) {
  const OpenFile poll(c, c.arg(0)), file(c, c.arg(2));
  if (poll.kind() == FileRow::Kind::none || file.kind() == FileRow::Kind::none) return kEBADF;
  if (poll.kind() != FileRow::Kind::poll) return kEINVAL;
  const std::uint64_t named = file.number() + 1;
  auto row = find_watch(c, poll.object(), named);
  if (c.arg(1) == kDelete) {
    if (!row) return kENOENT;
    c.set(*row + WatchRow::kFile, 0);
    return 0;
  }
  if (c.arg(1) != kAdd && c.arg(1) != kModify) return kEINVAL;
  // Files and standard streams never keep anybody waiting.
  const bool waits = file.kind() == FileRow::Kind::pipe_read || file.kind() == FileRow::Kind::pipe_write ||
                     file.kind() == FileRow::Kind::event;
  if (!waits) return kEPERM;
  if (c.arg(1) == kAdd && row) return kEEXIST;
  if (c.arg(1) == kModify && !row) return kENOENT;
  const auto events = c.get(c.arg(3), 4), data = c.get(c.arg(3) + 4);
  if (!events || !data) return kEFAULT;
  if (!row) row = find_watch(c, poll.object(), 0);
  if (!row) return kENOSPC;
  c.set(*row + WatchRow::kFile, named);
  c.set(*row + WatchRow::kEvents, *events);
  c.set(*row + WatchRow::kData, *data);
  c.set(*row + WatchRow::kNew, ready(c, file));
  if (due(c, *row) != 0) c.threads().wake(poll.row(), kMaxThreads);
  return 0;
}

std::int64_t epoll_wait(Call& c) {
  const OpenFile poll(c, c.arg(0));
  const std::uint64_t events = c.arg(1);
  const std::int32_t most = c.int_arg(2), milliseconds = c.int_arg(3);
  if (poll.kind() == FileRow::Kind::none) return kEBADF;
  if (poll.kind() != FileRow::Kind::poll || most <= 0) return kEINVAL;
  std::int64_t told = 0;
  for (std::uint64_t i = 0; i < WatchRow::kWatches && told < most; ++i) {
    const Addr row = watch(poll.object(), i);
    const std::uint32_t now = due(c, row);
    if (now == 0) continue;
    const std::uint64_t to = events + static_cast<std::uint64_t>(told) * kEventBytes;
    if (!c.put(to, now, 4) || !c.put(to + 4, c.load(row + WatchRow::kData))) return kEFAULT;
    const std::uint64_t asked = c.load(row + WatchRow::kEvents);
    c.set(row + WatchRow::kNew, 0);
    if ((asked & kOneShot) != 0) c.set(row + WatchRow::kEvents, 0);
    ++told;
  }
  if (told > 0 || milliseconds == 0) return told;
  constexpr std::uint64_t kMillisecond = 1'000'000;
  const auto ns = milliseconds < 0 ? std::nullopt
                                   : std::optional(static_cast<std::uint64_t>(milliseconds) * kMillisecond);
  c.wait(poll.row(), ns, Call::Interrupted::ends);
  return 0;
}

void notice(Call& c, FileRow::Kind kind, std::uint64_t object, std::uint32_t events) {
  for (std::uint64_t fd = 0; fd < FileRow::kFiles; ++fd) {
    const OpenFile poll(c, fd);
    if (poll.kind() != FileRow::Kind::poll) continue;
    bool wakes = false;
    for (std::uint64_t i = 0; i < WatchRow::kWatches; ++i) {
      const Addr row = watch(poll.object(), i);
      const std::uint64_t watched = c.load(row + WatchRow::kFile);
      if (watched == 0) continue;
      const OpenFile file(c, watched - 1);
      if (file.kind() != kind || file.object() != object) continue;
      c.set(row + WatchRow::kNew, c.load(row + WatchRow::kNew) | events);
      wakes = wakes || due(c, row) != 0;
    }
    if (wakes) c.threads().wake(poll.row(), kMaxThreads);
  }
}

void forget_watches(Call& c, std::uint64_t file) {
  for (std::uint64_t poll = 0; poll < WatchRow::kPolls; ++poll) {
    if (const auto row = find_watch(c, poll, file + 1)) c.set(*row + WatchRow::kFile, 0);
  }
}

}  // namespace gogoscope::os
