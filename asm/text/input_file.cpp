#include "asm/text/input_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

/// Piece by piece: most files are far smaller than they may be.
std::string up_to(std::istream& in, std::size_t bytes) {
  constexpr std::size_t kPiece = std::size_t{1} << 16;
  std::string text;
  while (in && text.size() < bytes) {
    const std::size_t had = text.size(), more = std::min(std::max(kPiece, had), bytes - had);
    text.resize(had + more);
    in.read(text.data() + had, static_cast<std::streamsize>(more));
    text.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  return text;
}

/// What the system said, where we have no words of our own for it.
Message system_says(int error) { return Message::untranslated(std::generic_category().message(error)); }

Message no_such_file(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::read_symlink(path, error);
  if (error) return {{"there is no such file", "没有这个文件"}};
  return {{"this link leads to {target}, which does not exist", "这个链接指向 {target}，而那里什么也没有"},
          {{"target", in_quotes(target.string())}}};
}

}  // namespace

Message why_unreadable(const std::string& path) {
  struct stat status {};
  if (path.empty()) return {{"the name of the file is empty", "文件名是空的"}};
  if (stat(path.c_str(), &status) != 0) {
    const int why = errno;
    if (why == ENOENT) return no_such_file(path);
    if (why == ENOTDIR)
      return {{"a part of this path is a file, not a folder", "这个路径的一部分是文件，不是目录"}};
    if (why == ELOOP) return {{"its symbolic links lead in a circle", "它的符号链接绕成了一圈"}};
    if (why == EACCES)
      return {{"a folder on the way there may not be entered by this user (permission denied)",
               "当前用户无权进入途中的某个目录"}};
    return system_says(why);
  }
  if (S_ISDIR(status.st_mode)) return {{"this is a folder, not a file", "这是目录，不是文件"}};
  if (S_ISFIFO(status.st_mode))
    return {{"this is a pipe, not a file; `-` reads from standard input",
             "这是管道，不是文件；用 `-` 可以读取标准输入"}};
  if (!S_ISREG(status.st_mode))
    return {{"this is a device or a socket, not a file; `-` reads from standard input",
             "这是设备或套接字，不是文件；用 `-` 可以读取标准输入"}};
  if (access(path.c_str(), R_OK) != 0) {
    const int why = errno;
    if (why == EACCES) return {{"this user may not read it (permission denied)", "当前用户没有读取它的权限"}};
    return system_says(why);
  }
  return {};
}

std::variant<std::string, Message> read_input(const std::string& path, std::size_t most) {
  if (path == kStandardInput) {
    static const std::string text = up_to(std::cin, most + 1);
    return text;
  }
  if (Message why = why_unreadable(path); !why.empty()) return why;
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return system_says(errno);
  std::string text = up_to(in, most + 1);
  if (in.bad()) return system_says(errno);
  return text;
}

}  // namespace gogoscope
