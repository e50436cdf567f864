// Rows of the kernel's tables of files and pipes, with names. Private to this folder.
#pragma once

#include "emu/linux/call.h"

namespace gogoscope::os {

/// Bits of an epoll event.
struct PollEvent {
  static constexpr std::uint32_t kIn = 1, kOut = 4, kError = 8, kHangUp = 0x10;
};

/// A file descriptor; of kind none where it is not open.
class OpenFile {
 public:
  OpenFile(Call& c, std::uint64_t fd) : c_(&c), number_(fd & 0xffff'ffff) {}

  std::uint64_t number() const { return number_; }
  Addr row() const { return Words::kFiles + static_cast<std::int64_t>(number_ * FileRow::kSize); }
  FileRow::Kind kind() const {
    return number_ < FileRow::kFiles ? static_cast<FileRow::Kind>(word(FileRow::kKind)) : FileRow::Kind::none;
  }
  std::uint64_t flags() const { return number_ < FileRow::kFiles ? word(FileRow::kFlags) : 0; }
  std::uint64_t object() const { return word(FileRow::kObject); }
  std::uint64_t value() const { return word(FileRow::kValue); }

  void set_flags(std::uint64_t flags) { set(FileRow::kFlags, flags); }
  void set_value(std::uint64_t value) { set(FileRow::kValue, value); }
  void open(FileRow::Kind kind, std::uint64_t flags, std::uint64_t object) {
    set(FileRow::kFlags, flags);
    set(FileRow::kObject, object);
    set(FileRow::kValue, 0);
    set(FileRow::kKind, static_cast<std::uint64_t>(kind));
  }
  void close() { set(FileRow::kKind, 0); }

 private:
  std::uint64_t word(std::uint64_t at) const { return c_->load(row() + static_cast<std::int64_t>(at)); }
  void set(std::uint64_t at, std::uint64_t value) { c_->set(row() + static_cast<std::int64_t>(at), value); }

  Call* c_;
  std::uint64_t number_;
};

class Pipe {
 public:
  Pipe(Call& c, std::uint64_t number) : c_(&c), number_(number % PipeRow::kPipes) {}

  Addr row() const { return Words::kPipes + static_cast<std::int64_t>(number_ * PipeRow::kSize); }
  Addr buffer(std::uint64_t at) const { return row() + static_cast<std::int64_t>(PipeRow::kBuffer + at); }
  /// That can be read.
  std::uint64_t bytes() const {
    return c_->load(row() + PipeRow::kWritten) - c_->load(row() + PipeRow::kRead);
  }

 private:
  Call* c_;
  std::uint64_t number_;
};

}  // namespace gogoscope::os
