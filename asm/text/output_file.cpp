#include "asm/text/output_file.h"

#include <cerrno>
#include <system_error>

namespace gogoscope {

Message why_not_written(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return {{"there is no such folder", "没有这个目录"}};
    case EISDIR:
      return {{"this is a folder", "这是目录"}};
    case EEXIST:
      return {{"there is such a file already", "已经有这个文件"}};
    case EACCES:
    case EPERM:
      return {{"this user may not write there", "当前用户没有写入的权限"}};
    case EROFS:
      return {{"the file system is read-only", "文件系统是只读的"}};
    case ENOSPC:
    case EDQUOT:
      return {{"the disk is full", "磁盘已满"}};
    case EFBIG:
      return {{"files may not be so large here", "这里不允许这么大的文件"}};
    case ENAMETOOLONG:
      return {{"the name is too long", "文件名太长"}};
    default:
      return Message::untranslated(std::generic_category().message(error));
  }
}

Message OutputFile::open(const std::string& path, If condition) {
  // "x": another process may make the file meanwhile, and that one is not to be overwritten either.
  file_.reset(std::fopen(path.c_str(), condition == If::is_new ? "wbx" : "wb"));
  return file_ ? Message() : why_not_written(errno);
}

Message OutputFile::write(std::string_view bytes) {
  int error = 0;
  const auto tried = [&](bool well) {
    if (!well && error == 0) error = errno;
  };
  tried(std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size());
  tried(std::fflush(file_.get()) == 0);
  tried(std::fclose(file_.release()) == 0);
  return error == 0 ? Message() : why_not_written(error);
}

Message write_file(const std::string& path, std::string_view bytes) {
  OutputFile file;
  Message why = file.open(path);
  return why.empty() ? file.write(bytes) : why;
}

}  // namespace gogoscope
