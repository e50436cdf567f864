// Files that are written for a reader of this program, and why one cannot be: in our words where the reason
// is a common one, so that it comes in the reader's language.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "asm/text/message.h"

namespace gogoscope {

/// What an error of the system means for a file that is to be written: "the disk is full". An errno.
Message why_not_written(int error);

class OutputFile {
 public:
  enum class If { any, is_new };  ///< is_new: a file that is there already is left as it is

  /// Opens the file; what it held is gone. Why not, otherwise: nothing.
  Message open(const std::string& path, If condition = If::any);
  bool is_open() const { return file_ != nullptr; }
  /// Puts all of it into the file, and closes it. Why not, otherwise: nothing.
  Message write(std::string_view bytes);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

/// Both at once.
Message write_file(const std::string& path, std::string_view bytes);

}  // namespace gogoscope
