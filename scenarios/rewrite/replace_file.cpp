#include "scenarios/rewrite/replace_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "asm/text/output_file.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

Message why_not() { return why_not_written(errno); }

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(file, text.data(), text.size());
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Message replace_file(const std::string& path, const std::string& text) {
  std::error_code error;
  // Of a link the file that it leads to.
  const fs::path target = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return why_not_written(error.value());
  const fs::file_status status = fs::status(target, error);
  const bool exists = fs::exists(status);
  if (exists && !fs::is_regular_file(status)) return {{"it is not a file", "它不是文件"}};
  // The permission counts even for a user that may write everything.
  if (exists && ((status.permissions() & fs::perms::owner_write) == fs::perms::none ||
                 ::access(target.c_str(), W_OK) != 0)) {
    return {{"it is read-only", "它是只读的"}};
  }
  if (!fs::is_directory(target.parent_path(), error)) return {{"there is no such folder", "没有这个目录"}};
  std::string temporary = target.string() + ".XXXXXX";
  const int file = ::mkstemp(temporary.data());
  if (file < 0) {
    return {{"nothing can be written beside it: {why}", "无法在它旁边写入：{why}"}, {{"why", why_not()}}};
  }
  bool done = write_all(file, text) && ::fsync(file) == 0;
  Message why = done ? Message() : why_not();
  ::close(file);
  if (done) {
    constexpr fs::perms kUsual =
        fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read;
    fs::permissions(temporary, exists ? status.permissions() : kUsual, error);
    fs::rename(temporary, target, error);
    done = !error;
    if (!done) why = why_not_written(error.value());
  }
  if (!done) fs::remove(temporary, error);
  return why;
}

}  // namespace gogoscope
