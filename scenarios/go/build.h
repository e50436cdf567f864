// `go build`, as far as it can be done without network, with the go that is installed. Private to this
// folder.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "scenarios/go/go_program.h"

namespace gogoscope {

/// A program in a folder of its own, which is removed together with it.
class TemporaryProgram {
 public:
  explicit TemporaryProgram(std::filesystem::path folder) : folder_(std::move(folder)) {}
  TemporaryProgram(TemporaryProgram&& other) noexcept : folder_(std::move(other.folder_)) {
    other.folder_.clear();
  }
  TemporaryProgram(const TemporaryProgram&) = delete;
  TemporaryProgram& operator=(const TemporaryProgram&) = delete;
  TemporaryProgram& operator=(TemporaryProgram&&) = delete;
  ~TemporaryProgram();

  const std::filesystem::path& folder() const { return folder_; }
  std::string file() const { return (folder_ / "program").string(); }

 private:
  std::filesystem::path folder_;
};

/// Of a .go file or a folder. Nothing is written beside the sources.
std::variant<TemporaryProgram, NoProgram> build_go(const std::string& path);

Message not_main();

}  // namespace gogoscope
