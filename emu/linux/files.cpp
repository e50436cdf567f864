// File descriptors: standard input, output and error, files, pipes and eventfds.
#include <algorithm>

#include "emu/linux/call.h"
#include "emu/linux/file_system.h"
#include "emu/linux/open_file.h"
#include "emu/linux/signals.h"
#include "emu/machine/write_call.h"

namespace gogoscope::os {
namespace {

constexpr std::uint64_t kAccess = 3, kWriteOnly = 1, kCreate = 0x40, kTruncate = 0x200, kNonBlocking = 0x800;
/// What a call moves at most: it may always move less than it is asked to.
constexpr std::uint64_t kMostBytes = 4096;

std::optional<std::uint64_t> free_descriptor(Call& c) {
  for (std::uint64_t fd = 0; fd < FileRow::kFiles; ++fd) {
    if (OpenFile(c, fd).kind() == FileRow::Kind::none) return fd;
  }
  return std::nullopt;
}

std::int64_t read_bytes(Call& c, const FileContent& content, std::uint64_t buffer, std::uint64_t count,
                        std::uint64_t offset) {
  if (offset >= content.size) return 0;
  const std::uint64_t n = std::min(count, content.size - offset);
  if (!c.gate().writable(Addr(buffer), n)) return kEFAULT;
  if (content.at.is_nil()) {
    c.put(buffer, content.known.substr(offset, n));
  } else {
    c.copy(content.at + static_cast<std::int64_t>(offset), Addr(buffer), n);
  }
  return static_cast<std::int64_t>(n);
}

/// The same from where the descriptor is.
std::int64_t read_on(Call& c, OpenFile& file, const FileContent& content, std::uint64_t buffer,
                     std::uint64_t count) {
  const std::int64_t n = read_bytes(c, content, buffer, count, file.value());
  if (n > 0) file.set_value(file.value() + static_cast<std::uint64_t>(n));
  return n;
}

std::int64_t read_pipe(Call& c, const OpenFile& file, std::uint64_t buffer, std::uint64_t count) {
  const Pipe pipe(c, file.object());
  const std::uint64_t there = pipe.bytes();
  if (there == 0) {
    if (c.load(pipe.row() + PipeRow::kWriters) == 0) return 0;
    if ((file.flags() & kNonBlocking) != 0) return kEAGAIN;
    c.wait(pipe.row() + PipeRow::kReaders, std::nullopt, Call::Interrupted::restarts);
    return 0;
  }
  // As far as the end of the ring.
  const std::uint64_t from = c.load(pipe.row() + PipeRow::kRead);
  const std::uint64_t at = from % PipeRow::kBufferSize;
  const std::uint64_t n = std::min({there, count, PipeRow::kBufferSize - at, kMostBytes});
  if (!c.gate().writable(Addr(buffer), n)) return kEFAULT;
  c.copy(pipe.buffer(at), Addr(buffer), n);
  c.set(pipe.row() + PipeRow::kRead, from + n);
  c.threads().wake(pipe.row() + PipeRow::kWriters, kMaxThreads);
  notice(c, FileRow::Kind::pipe_write, file.object(), PollEvent::kOut);
  return static_cast<std::int64_t>(n);
}

std::int64_t write_pipe(Call& c, const OpenFile& file, std::uint64_t buffer, std::uint64_t count) {
  const Pipe pipe(c, file.object());
  if (c.load(pipe.row() + PipeRow::kReaders) == 0) {
    send(c, c.thread(), Signal::kPipe, Signal::kByUser);
    return kEPIPE;
  }
  const std::uint64_t room = PipeRow::kBufferSize - pipe.bytes();
  if (room == 0) {
    if ((file.flags() & kNonBlocking) != 0) return kEAGAIN;
    c.wait(pipe.row() + PipeRow::kWriters, std::nullopt, Call::Interrupted::restarts);
    return 0;
  }
  const std::uint64_t to = c.load(pipe.row() + PipeRow::kWritten);
  const std::uint64_t at = to % PipeRow::kBufferSize;
  const std::uint64_t n = std::min({room, count, PipeRow::kBufferSize - at, kMostBytes});
  if (!c.gate().readable(Addr(buffer), n)) return kEFAULT;
  c.copy(Addr(buffer), pipe.buffer(at), n);
  c.set(pipe.row() + PipeRow::kWritten, to + n);
  c.threads().wake(pipe.row() + PipeRow::kReaders, kMaxThreads);
  notice(c, FileRow::Kind::pipe_read, file.object(), PollEvent::kIn);
  return static_cast<std::int64_t>(n);
}

std::int64_t read_event(Call& c, OpenFile& file, std::uint64_t buffer, std::uint64_t count) {
  if (count < 8) return kEINVAL;
  if (file.value() == 0) {
    if ((file.flags() & kNonBlocking) != 0) return kEAGAIN;
    c.wait(file.row(), std::nullopt, Call::Interrupted::restarts);
    return 0;
  }
  if (!c.put(buffer, file.value())) return kEFAULT;
  file.set_value(0);
  notice(c, FileRow::Kind::event, file.object(), PollEvent::kOut);
  return 8;
}

std::int64_t write_event(Call& c, OpenFile& file, std::uint64_t buffer, std::uint64_t count) {
  if (count < 8) return kEINVAL;
  const auto more = c.get(buffer);
  if (!more) return kEFAULT;
  if (*more == ~std::uint64_t{0}) return kEINVAL;
  if (file.value() + *more < *more || file.value() + *more == ~std::uint64_t{0}) return kEAGAIN;
  file.set_value(file.value() + *more);
  c.threads().wake(file.row(), kMaxThreads);
  notice(c, FileRow::Kind::event, file.object(), PollEvent::kIn);
  return 8;
}

void close_pipe(Call& c, const OpenFile& file) {
  const Pipe pipe(c, file.object());
  const bool reads = file.kind() == FileRow::Kind::pipe_read;
  const Addr ends = pipe.row() + static_cast<std::int64_t>(reads ? PipeRow::kReaders : PipeRow::kWriters);
  const std::uint64_t left = c.load(ends) - 1;
  c.set(ends, left);
  if (left != 0) return;
  // Whoever waits at the other end waits for nothing.
  c.threads().wake(pipe.row() + (reads ? PipeRow::kWriters : PipeRow::kReaders), kMaxThreads);
  notice(c, reads ? FileRow::Kind::pipe_write : FileRow::Kind::pipe_read, file.object(),
         reads ? PollEvent::kError | PollEvent::kOut : PollEvent::kHangUp | PollEvent::kIn);
}

std::int64_t open_path(Call& c, std::uint64_t path, std::uint64_t flags) {
  const auto name = c.path(path);
  if (!name) return kEFAULT;
  if (name->size() >= Call::kPathMost) return kENAMETOOLONG;
  if (name->empty()) return kENOENT;
  const std::string whole = absolute_path(*name);
  const auto found = find_file(c.process(), whole);
  const bool null = found && whole == "/dev/null";
  if (!null && ((flags & (kCreate | kTruncate)) != 0 || (found && (flags & kAccess) != 0))) return kEROFS;
  if (!found) return kENOENT;
  const auto fd = free_descriptor(c);
  if (!fd) return kEMFILE;
  OpenFile(c, *fd).open(FileRow::Kind::file, flags & (kAccess | kNonBlocking), *found);
  return static_cast<std::int64_t>(*fd);
}

/// Why a path cannot be looked up from a descriptor; 0 if it can. None has a folder open, so that a relative
/// path begins in the working directory or nowhere.
std::int64_t wrong_base(Call& c, std::uint64_t from, std::uint64_t path) {
  constexpr std::int32_t kWorkingDirectory = -100;  // AT_FDCWD
  const auto fd = static_cast<std::uint32_t>(from);
  const auto name = c.path(path);
  if (!name || name->empty() || name->starts_with('/') || static_cast<std::int32_t>(fd) == kWorkingDirectory)
    return 0;
  return OpenFile(c, fd).kind() == FileRow::Kind::none ? kEBADF : kENOTDIR;
}

constexpr std::uint64_t kCharacters = 0020000, kFolder = 0040000, kRegular = 0100000, kFifo = 0010000;

/// struct stat of linux/amd64.
std::int64_t put_stat(Call& c, std::uint64_t to, std::uint64_t mode, std::uint64_t bytes) {
  constexpr std::uint64_t kBytes = 144, kMode = 24, kLinks = 16, kSize = 48, kBlockSize = 56;
  std::string zeros(kBytes, '\0');
  if (!c.put(to, zeros)) return kEFAULT;
  c.put(to + kLinks, 1);
  c.put(to + kMode, mode, 4);
  c.put(to + kSize, bytes);
  c.put(to + kBlockSize, 4096);
  return 0;
}

std::int64_t put_stat_of_file(Call& c, std::uint64_t to, std::uint64_t number) {
  return put_stat(c, to, kRegular | 0444U, file_content(c.process(), number).size);
}

std::int64_t put_stat(Call& c, std::uint64_t to, const OpenFile& file) {
  switch (file.kind()) {
    case FileRow::Kind::none:
      return kEBADF;
    case FileRow::Kind::file:
      return put_stat_of_file(c, to, file.object());
    case FileRow::Kind::pipe_read:
    case FileRow::Kind::pipe_write:
      return put_stat(c, to, kFifo | 0600U, 0);
    case FileRow::Kind::event:
    case FileRow::Kind::poll:
      return put_stat(c, to, 0600U, 0);  // of no type
    case FileRow::Kind::input:
    case FileRow::Kind::output:
      break;
  }
  return put_stat(c, to, kCharacters | 0600U, 0);
}

}  // namespace

std::int64_t read(Call& c) {
  OpenFile file(c, c.arg(0));
  const std::uint64_t buffer = c.arg(1), count = std::min(c.arg(2), kMostBytes);
  if ((file.flags() & kAccess) == kWriteOnly && file.kind() != FileRow::Kind::none) return kEBADF;
  switch (file.kind()) {
    case FileRow::Kind::input:
      return read_on(c, file, standard_input(c.process()), buffer, count);
    case FileRow::Kind::file:
      return read_on(c, file, file_content(c.process(), file.object()), buffer, count);
    case FileRow::Kind::pipe_read:
      return count == 0 ? 0 : read_pipe(c, file, buffer, count);
    case FileRow::Kind::event:
      return read_event(c, file, buffer, count);
    case FileRow::Kind::poll:
      return kEINVAL;
    default:
      return kEBADF;
  }
}

std::int64_t pread64(Call& c) {
  const OpenFile file(c, c.arg(0));
  if (file.kind() != FileRow::Kind::file)
    return file.kind() == FileRow::Kind::none ? kEBADF : static_cast<std::int64_t>(kESPIPE);
  if (static_cast<std::int64_t>(c.arg(3)) < 0) return kEINVAL;
  return read_bytes(c, file_content(c.process(), file.object()), c.arg(1), std::min(c.arg(2), kMostBytes),
                    c.arg(3));
}

std::int64_t write(Call& c) {
  OpenFile file(c, c.arg(0));
  const std::uint64_t buffer = c.arg(1), count = c.arg(2);
  switch (file.kind()) {
    case FileRow::Kind::output: {
      KernelMemory memory(c.gate());
      // Standard error has some room left where standard output has used up its own: for what the end was.
      constexpr std::uint64_t kMore = 1 << 20;
      const bool error = file.object() == WriteWords::kStderr;
      return note_write(memory, Words::kWrite, WriteWords::kMostOutput + (error ? kMore : 0), file.object(),
                        buffer, count);
    }
    case FileRow::Kind::file:  // /dev/null
      if ((file.flags() & kAccess) == 0) return kEBADF;
      return static_cast<std::int64_t>(std::min<std::uint64_t>(count, 0x7ffff000));
    case FileRow::Kind::pipe_write:
      return count == 0 ? 0 : write_pipe(c, file, buffer, count);
    case FileRow::Kind::event:
      return write_event(c, file, buffer, count);
    case FileRow::Kind::poll:
      return kEINVAL;
    default:
      return kEBADF;
  }
}

std::int64_t openat(Call& c) {
  if (const std::int64_t wrong = wrong_base(c, c.arg(0), c.arg(1)); wrong != 0) return wrong;
  return open_path(c, c.arg(1), c.arg(2));
}
std::int64_t open(Call& c) { return open_path(c, c.arg(0), c.arg(1)); }

std::int64_t close(Call& c) {
  OpenFile file(c, c.arg(0));
  using Kind = FileRow::Kind;
  if (file.kind() == Kind::none) return kEBADF;
  if (file.kind() == Kind::pipe_read || file.kind() == Kind::pipe_write) close_pipe(c, file);
  forget_watches(c, file.number());
  file.close();
  return 0;
}

std::int64_t lseek(Call& c) {
  OpenFile file(c, c.arg(0));
  if (file.kind() == FileRow::Kind::none) return kEBADF;
  if (file.kind() != FileRow::Kind::file) return kESPIPE;
  constexpr std::uint64_t kFromHere = 1, kFromEnd = 2;
  const std::uint64_t from = c.arg(2) == kFromHere  ? file.value()
                             : c.arg(2) == kFromEnd ? file_content(c.process(), file.object()).size
                                                    : 0;
  const auto to = static_cast<std::int64_t>(from + c.arg(1));
  if (c.arg(2) > kFromEnd || to < 0) return kEINVAL;
  file.set_value(static_cast<std::uint64_t>(to));
  return to;
}

std::int64_t fcntl(Call& c) {
  constexpr std::uint64_t kGetFd = 1, kSetFd = 2, kGetFlags = 3, kSetFlags = 4;
  OpenFile file(c, c.arg(0));
  if (file.kind() == FileRow::Kind::none) return kEBADF;
  switch (c.arg(1)) {
    case kGetFd:
      return 1;  // FD_CLOEXEC: nothing is ever executed
    case kSetFd:
      return 0;
    case kGetFlags:
      return static_cast<std::int64_t>(file.flags());
    case kSetFlags:
      file.set_flags((file.flags() & kAccess) | (c.arg(2) & kNonBlocking));
      return 0;
    default:
      return kEINVAL;
  }
}

std::int64_t fstat(Call& c) { return put_stat(c, c.arg(1), OpenFile(c, c.arg(0))); }

std::int64_t newfstatat(Call& c) {
  const auto name = c.path(c.arg(1));
  if (!name) return kEFAULT;
  constexpr std::uint64_t kEmptyPath = 0x1000;
  if (name->empty() && (c.arg(3) & kEmptyPath) != 0) return put_stat(c, c.arg(2), OpenFile(c, c.arg(0)));
  if (name->empty()) return kENOENT;
  if (const std::int64_t wrong = wrong_base(c, c.arg(0), c.arg(1)); wrong != 0) return wrong;
  const std::string path = absolute_path(*name);
  if (is_folder(c.process(), path)) return put_stat(c, c.arg(2), kFolder | 0555U, 4096);
  const auto found = find_file(c.process(), path);
  return found ? put_stat_of_file(c, c.arg(2), *found) : static_cast<std::int64_t>(kENOENT);
}

std::int64_t pipe2(Call& c) {
  const std::uint64_t flags = c.arg(1) & kNonBlocking;
  std::optional<std::uint64_t> pipe;
  for (std::uint64_t i = 0; i < PipeRow::kPipes && !pipe; ++i) {
    const Addr row = Pipe(c, i).row();
    if (c.load(row + PipeRow::kReaders) == 0 && c.load(row + PipeRow::kWriters) == 0) pipe = i;
  }
  const auto reads = free_descriptor(c);
  if (!pipe || !reads) return kEMFILE;
  OpenFile reader(c, *reads);
  reader.open(FileRow::Kind::pipe_read, flags, *pipe);
  const auto writes = free_descriptor(c);
  if (!writes || !c.put(c.arg(0), *reads, 4) || !c.put(c.arg(0) + 4, *writes, 4)) {
    reader.close();
    return writes ? kEFAULT : kEMFILE;
  }
  OpenFile(c, *writes).open(FileRow::Kind::pipe_write, flags | kWriteOnly, *pipe);
  const Addr row = Pipe(c, *pipe).row();
  c.set(row + PipeRow::kReaders, 1);
  c.set(row + PipeRow::kWriters, 1);
  c.set(row + PipeRow::kRead, 0);
  c.set(row + PipeRow::kWritten, 0);
  return 0;
}

std::int64_t eventfd2(Call& c) {
  const auto fd = free_descriptor(c);
  if (!fd) return kEMFILE;
  OpenFile file(c, *fd);
  file.open(FileRow::Kind::event, (c.arg(1) & kNonBlocking) | 2, *fd);
  file.set_value(c.arg(0) & 0xffff'ffff);
  return static_cast<std::int64_t>(*fd);
}

std::int64_t ioctl(Call& c) { return OpenFile(c, c.arg(0)).kind() == FileRow::Kind::none ? kEBADF : kENOTTY; }

namespace {

std::int64_t read_link(Call& c, std::uint64_t path, std::uint64_t buffer, std::uint64_t count) {
  const auto name = c.path(path);
  if (!name) return kEFAULT;
  if (*name != "/proc/self/exe") return kENOENT;
  const std::string program = "/" + c.process().name;
  const std::string_view told = std::string_view(program).substr(0, count);
  return c.put(buffer, told) ? static_cast<std::int64_t>(told.size()) : static_cast<std::int64_t>(kEFAULT);
}

}  // namespace

std::int64_t readlinkat(Call& c) { return read_link(c, c.arg(1), c.arg(2), c.arg(3)); }
std::int64_t readlink(Call& c) { return read_link(c, c.arg(0), c.arg(1), c.arg(2)); }

std::int64_t getcwd(Call& c) {
  if (c.arg(1) < 2) return kEINVAL;
  return c.put(c.arg(0), std::string_view("/\0", 2)) ? 2 : static_cast<std::int64_t>(kEFAULT);
}

}  // namespace gogoscope::os
