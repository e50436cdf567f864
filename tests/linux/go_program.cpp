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
#define GOGOSCOPE_SMALL_PROGRAMS ""
#endif

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::optional<Binary> binary_at(const std::string& path) {
  if (path.empty()) return std::nullopt;
  auto read = read_binary_here(text_of(path));
  if (const auto* const why = std::get_if<Message>(&read)) throw std::runtime_error(why->in(Language::en));
  return std::get<Binary>(std::move(read));
}

/// What a command of the shell writes when it is run in the root, and its exit code.
Done done_by(const std::string& command, const std::string& input) {
  std::string folder = fs::temp_directory_path() / "gogoscope-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for what it writes");
  const fs::path out = fs::path(folder) / "out", err = fs::path(folder) / "err";
  const fs::path in = fs::path(folder) / "in";
  std::ofstream(in, std::ios::binary) << input;
  const int status = std::system(
      fmt::format("cd / && {} > {} 2> {} < {}", command, out.string(), err.string(), in.string()).c_str());
  Done done{text_of(out), text_of(err), WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
  fs::remove_all(folder);
  return done;
}

}  // namespace

const Binary* go_program() {
  static const std::optional<Binary> kProgram = binary_at(GOGOSCOPE_GO_PROGRAM);
  return kProgram ? &*kProgram : nullptr;
}

Done natively(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  std::string command = "env -i";
  for (const std::string& variable : environment) command += " " + variable;
  command += " " GOGOSCOPE_GO_PROGRAM;
  for (const std::string& argument : arguments) command += " " + argument;
  return done_by(command, "");
}

const Binary* small_programs() {
  static const std::optional<Binary> kPrograms = binary_at(GOGOSCOPE_SMALL_PROGRAMS);
  return kPrograms ? &*kPrograms : nullptr;
}

Done small_program_natively(const std::string& name, const std::string& input) {
  return done_by("env -i COLOUR=blue " GOGOSCOPE_SMALL_PROGRAMS " " + name + " 'an argument'", input);
}

std::string without_what_varies(const std::string& text) {
  static const std::regex kAddress("0x[0-9a-f]+");
  static const std::regex kGoroutine("goroutine [0-9]+ ");
  // A traceback is in paragraphs. How far the runtime's own goroutines have come is a matter of the host's
  // threads.
  static const std::string kEnd = "\n\n";
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t blank = text.find(kEnd, from);
    const std::size_t end = blank == std::string::npos ? text.size() : blank + kEnd.size();
    const std::string paragraph = text.substr(from, end - from);
    from = end;
    const bool of_a_goroutine =
        std::regex_search(paragraph, kGoroutine, std::regex_constants::match_continuous);
    if (!of_a_goroutine || paragraph.find("\nmain.") != std::string::npos) out += paragraph;
  }
  return std::regex_replace(std::regex_replace(out, kAddress, "ADDRESS"), kGoroutine, "goroutine N ");
}

}  // namespace gogoscope
