#include "tests/linux/go_program.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <stdexcept>

#ifndef GOGOSCOPE_GO_PROGRAM
#define GOGOSCOPE_GO_PROGRAM ""
#endif

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

const Binary* go_program() {
  static const auto kProgram = []() -> std::optional<Binary> {
    const std::string path = GOGOSCOPE_GO_PROGRAM;
    if (path.empty()) return std::nullopt;
    auto read = read_binary_here(text_of(path));
    if (const auto* const why = std::get_if<Message>(&read)) throw std::runtime_error(why->in(Language::en));
    return std::get<Binary>(std::move(read));
  }();
  return kProgram ? &*kProgram : nullptr;
}

Done natively(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  std::string folder = fs::temp_directory_path() / "gogoscope-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for what it writes");
  const fs::path out = fs::path(folder) / "out", err = fs::path(folder) / "err";
  std::string command = "env -i";
  for (const std::string& variable : environment) command += " " + variable;
  command += " " GOGOSCOPE_GO_PROGRAM;
  for (const std::string& argument : arguments) command += " " + argument;
  const int status =
      std::system(fmt::format("{} > {} 2> {} < /dev/null", command, out.string(), err.string()).c_str());
  Done done{text_of(out), text_of(err), WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
  fs::remove_all(folder);
  return done;
}

std::string without_addresses(const std::string& text) {
  static const std::regex kAddress("0x[0-9a-f]+");
  static const std::regex kGoroutine("goroutine [0-9]+ ");
  return std::regex_replace(std::regex_replace(text, kAddress, "ADDRESS"), kGoroutine, "goroutine N ");
}

}  // namespace gogoscope
