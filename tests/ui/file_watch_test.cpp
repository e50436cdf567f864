// A written file is reported, and only that.
#include "ui/file_watch.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>

namespace gogoscope {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

class Watching : public testing::Test {
 protected:
  Watching() : watch_([this] { wake(); }) {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-watch-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    write(file(), "one");
  }
  ~Watching() override { fs::remove_all(folder_); }

  fs::path file() const { return folder_ / "a.yaml"; }
  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

  void wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }
  /// Whether it was reported within ten seconds.
  bool told() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [this] { return woken_; });
    woken_ = false;
    lock.unlock();
    return watch_.changed();
  }
  /// Whether nothing is reported although another file, written afterwards, has been.
  bool silent() {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, milliseconds(150), [this] { return woken_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  fs::path folder_;
  FileWatch watch_;  // last: its thread calls wake()
};

TEST_F(Watching, a_file_written_in_place_is_reported_once) {
  ASSERT_TRUE(watch_.watch(file()));
  EXPECT_FALSE(watch_.changed());
  write(file(), "two");
  EXPECT_TRUE(told());
  EXPECT_FALSE(watch_.changed());
}

TEST_F(Watching, a_file_renamed_over_it_is_reported) {
  ASSERT_TRUE(watch_.watch(file()));
  for (int i = 0; i < 3; ++i) {
    write(folder_ / "a.yaml~", "new");
    fs::rename(folder_ / "a.yaml~", file());
    EXPECT_TRUE(told()) << i;
  }
}

TEST_F(Watching, a_file_that_comes_back_is_reported) {
  ASSERT_TRUE(watch_.watch(file()));
  fs::remove(file());
  write(file(), "again");
  EXPECT_TRUE(told());
}

TEST_F(Watching, a_link_put_in_its_place_is_reported) {
  write(folder_ / "b.yaml", "b");
  ASSERT_TRUE(watch_.watch(file()));
  fs::remove(file());
  fs::create_symlink(folder_ / "b.yaml", file());
  EXPECT_TRUE(told());
}

TEST_F(Watching, the_file_behind_a_link_is_watched_too) {
  fs::create_directory(folder_ / "elsewhere");
  write(folder_ / "elsewhere/b.yaml", "b");
  fs::create_symlink(folder_ / "elsewhere/b.yaml", folder_ / "link.yaml");
  ASSERT_TRUE(watch_.watch(folder_ / "link.yaml"));
  write(folder_ / "elsewhere/b.yaml", "bb");
  EXPECT_TRUE(told());
}

TEST_F(Watching, its_neighbours_are_not_reported) {
  ASSERT_TRUE(watch_.watch(file()));
  write(folder_ / "b.yaml", "b");
  write(folder_ / "a.yaml.swp", "b");
  EXPECT_TRUE(silent());
  EXPECT_FALSE(watch_.changed());
}

TEST_F(Watching, only_the_file_asked_for_last_is_watched) {
  write(folder_ / "b.yaml", "b");
  ASSERT_TRUE(watch_.watch(file()));
  ASSERT_TRUE(watch_.watch(folder_ / "b.yaml"));
  write(file(), "two");
  EXPECT_TRUE(silent());
  write(folder_ / "b.yaml", "bb");
  EXPECT_TRUE(told());
  ASSERT_TRUE(watch_.watch(""));
  write(folder_ / "b.yaml", "bbb");
  EXPECT_TRUE(silent());
}

TEST_F(Watching, a_folder_that_is_not_there_cannot_be_watched) {
  EXPECT_FALSE(watch_.watch(folder_ / "none/a.yaml"));
  EXPECT_TRUE(watch_.watch(file()));
}

TEST_F(Watching, at_rest_it_takes_no_time) {
  ASSERT_TRUE(watch_.watch(file()));
  rusage before{};
  ::getrusage(RUSAGE_SELF, &before);
  ::usleep(300'000);
  rusage after{};
  ::getrusage(RUSAGE_SELF, &after);
  const auto microseconds = [](const rusage& use) {
    return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1'000'000 + use.ru_utime.tv_usec +
           use.ru_stime.tv_usec;
  };
  EXPECT_LT(microseconds(after) - microseconds(before), 5'000);
}

}  // namespace
}  // namespace gogoscope
