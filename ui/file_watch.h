// Reports when a file has been written, without polling: a thread sleeps in inotify and wakes
// the window's loop.
//
// It is the folder that is watched, so that a file which is replaced counts as well as one which is written.
// Where the path is a link, the folder it leads to is watched too. A folder that is itself moved away is
// lost.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gogoscope {

class FileWatch {
 public:
  /// `wake` is called from another thread when `changed()` may have become true.
  explicit FileWatch(std::function<void()> wake);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// Watches this file instead of the one before; empty: none. Editors that write a new file and rename it
  /// count too. False if the file cannot be watched.
  bool watch(const std::string& path);
  /// Whether the file was written since the last call.
  bool changed() { return changed_.exchange(false); }

 private:
  /// A folder that is watched, and the name in it that counts.
  struct Place {
    int folder;  ///< inotify's number for it
    std::string path;
    std::string name;
  };
  void stop();
  void run();
  /// Reads what inotify has to say; true if it was about the file.
  bool read_events();
  bool add(const std::string& path);

  std::function<void()> wake_;
  std::atomic<bool> changed_{false};
  int inotify_ = -1;
  int stop_ = -1;              ///< an eventfd: time to end
  std::vector<Place> places_;  ///< changed only while no thread runs
  std::thread thread_;
};

}  // namespace gogoscope
