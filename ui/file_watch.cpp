#include "ui/file_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>

namespace gogoscope {
namespace {

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE;

/// A link comes into being complete; any other new file is reported again when it has been written.
bool complete_when_created(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && (S_ISLNK(status.st_mode) || status.st_nlink > 1);
}

}  // namespace

FileWatch::FileWatch(std::function<void()> wake) : wake_(std::move(wake)) {}

FileWatch::~FileWatch() { stop(); }

void FileWatch::stop() {
  if (thread_.joinable()) {
    const std::uint64_t one = 1;
    // An eventfd that is at 0 always takes a 1.
    [[maybe_unused]] const ssize_t written = ::write(stop_, &one, sizeof one);
    thread_.join();
  }
  if (inotify_ >= 0) ::close(inotify_);
  if (stop_ >= 0) ::close(stop_);
  inotify_ = stop_ = -1;
  places_.clear();
}

bool FileWatch::add(const std::string& path) {
  const std::filesystem::path file(path);
  const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
  const int number = ::inotify_add_watch(inotify_, folder.c_str(), kEvents | IN_ONLYDIR);
  if (number < 0) return false;
  places_.push_back({number, path, file.filename().string()});
  return true;
}

bool FileWatch::watch(const std::string& path) {
  stop();
  changed_ = false;
  if (path.empty()) return true;
  inotify_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  stop_ = ::eventfd(0, EFD_CLOEXEC);
  if (inotify_ < 0 || stop_ < 0 || !add(path)) {
    stop();
    return false;
  }
  std::error_code error;
  const std::filesystem::path behind = std::filesystem::canonical(path, error);
  if (!error && std::filesystem::is_symlink(path, error)) add(behind.string());
  thread_ = std::thread([this] { run(); });
  return true;
}

void FileWatch::run() {
  pollfd files[] = {{inotify_, POLLIN, 0}, {stop_, POLLIN, 0}};
  while (true) {
    if (::poll(files, 2, -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    if (files[1].revents != 0) return;
    if (files[0].revents != 0 && read_events()) {
      changed_ = true;
      wake_();
    }
  }
}

bool FileWatch::read_events() {
  bool about_the_file = false;
  alignas(inotify_event) char buffer[4096];
  while (true) {
    const ssize_t size = ::read(inotify_, buffer, sizeof buffer);
    if (size <= 0) return about_the_file;
    for (ssize_t at = 0; at < size;) {
      inotify_event event;
      std::memcpy(&event, buffer + at, sizeof event);
      const char* name = event.len > 0 ? buffer + at + sizeof event : "";
      at += static_cast<ssize_t>(sizeof event + event.len);
      // Where events were lost, one of them may have been ours.
      if ((event.mask & IN_Q_OVERFLOW) != 0) about_the_file = true;
      for (const Place& place : places_) {
        if (place.folder != event.wd || place.name != name) continue;
        const bool only_created = (event.mask & IN_CREATE) != 0;
        if (!only_created || complete_when_created(place.path)) about_the_file = true;
      }
    }
  }
}

}  // namespace gogoscope
