// Programs that the installed Go builds, and what other readers say of them.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "emu/elf/binary.h"

namespace gogoscope::tests {

struct Ran {
  int code = 0;
  std::string printed;
};

/// What a command of the shell prints.
inline Ran run_shell(const std::string& command) {
  Ran out;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {-1, ""};
  char buffer[65536];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.printed.append(buffer, n);
  out.code = pclose(pipe);
  return out;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "1.19.8"; empty if there is no go.
inline const std::string& go_version() {
  static const std::string version = [] {
    const std::string printed = run_shell("go version 2>/dev/null").printed;
    const auto at = printed.find("go1.");
    return at == std::string::npos ? std::string() : printed.substr(at + 2, printed.find(' ', at) - at - 2);
  }();
  return version;
}

inline bool has_go() { return !go_version().empty(); }

/// Builds programs/NAME.go into the folder of the build, once for all tests; an empty path if go does not.
/// `environment` and `flags` are the shell's words.
inline std::string built(const std::string& name, const std::string& flags = "",
                         const std::string& environment = "CGO_ENABLED=0") {
  namespace fs = std::filesystem;
  std::string key = name + "-" + go_version() + flags + environment;
  for (char& c : key) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  const fs::path folder = ELF_PROGRAMS, path = folder / key;
  const fs::path source = fs::path(GOGOSCOPE_TESTS) / "programs" / (name + ".go");
  std::error_code error;
  fs::create_directories(folder, error);
  if (fs::exists(path, error) && fs::last_write_time(path, error) > fs::last_write_time(source, error)) {
    return path.string();
  }
  // Tests run side by side: none may see a half-written file.
  const std::string half = path.string() + "." + std::to_string(getpid());
  const std::string command = "cd " + source.parent_path().string() +
                              " && export GOCACHE=${GOCACHE:-${HOME:-" + folder.string() +
                              "}/.cache/go-build} GOFLAGS=-buildvcs=false GO111MODULE=off " + environment +
                              " && go build -o " + half + " " + flags + " ./" + source.filename().string();
  if (run_shell(command + " 2>&1").code != 0) return "";
  fs::rename(half, path, error);
  return error ? "" : path.string();
}

inline const std::vector<std::string>& program_names() {
  static const std::vector<std::string> names = {"hello", "workers", "generic"};
  return names;
}

inline std::string message_of(const std::variant<Binary, Message>& read) {
  const auto* const why = std::get_if<Message>(&read);
  return why == nullptr ? "" : why->in(Language::en);
}

}  // namespace gogoscope::tests
