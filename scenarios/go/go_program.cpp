#include "scenarios/go/go_program.h"

#include <algorithm>
#include <filesystem>

#include "asm/text/printable.h"
#include "scenarios/format/input_file.h"
#include "scenarios/go/build.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSourceBytes = std::size_t{8} << 20;

std::variant<Binary, NoProgram> open_file(const std::string& path) {
  auto bytes = read_input(path, kMaxBinaryBytes);
  if (auto* const why = std::get_if<Message>(&bytes)) return NoProgram{std::move(*why), ""};
  auto read = read_binary(std::get<std::string>(bytes));
  if (auto* const why = std::get_if<Message>(&read)) return NoProgram{std::move(*why), ""};
  return std::move(std::get<Binary>(read));
}

std::variant<Binary, NoProgram> open_sources(const std::string& path) {
  auto built = build_go(path);
  if (auto* const why = std::get_if<NoProgram>(&built)) return std::move(*why);
  const TemporaryProgram& program = std::get<TemporaryProgram>(built);
  auto bytes = read_input(program.file(), kMaxBinaryBytes);
  if (auto* const why = std::get_if<Message>(&bytes)) return NoProgram{std::move(*why), ""};
  // Of a package that is not main, go writes an archive, or nothing.
  if (std::get<std::string>(bytes).starts_with("!<arch>")) return NoProgram{not_main(), ""};
  auto read = read_binary(std::get<std::string>(bytes));
  if (auto* const why = std::get_if<Message>(&read)) return NoProgram{std::move(*why), ""};
  return std::move(std::get<Binary>(read));
}

}  // namespace

bool names_program(const std::string& path) {
  std::error_code error;
  if (path.ends_with(".go") || fs::is_directory(path, error)) return true;
  return !path.ends_with(".s") && fs::is_regular_file(path, error);
}

std::variant<Binary, NoProgram> open_go_program(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return open_sources(path);
  if (Message why = why_unreadable(path); !why.empty()) return NoProgram{std::move(why), ""};
  return path.ends_with(".go") ? open_sources(path) : open_file(path);
}

std::vector<std::string> go_source_lines(const std::string& path) {
  // A program's own word for where its source is: nothing but source is shown on it.
  if (!path.ends_with(".go") && !path.ends_with(".s")) return {};
  const auto text = read_input(path, kMaxSourceBytes);
  if (text.index() != 0 || std::get<std::string>(text).size() > kMaxSourceBytes) return {};
  std::vector<std::string> out;
  std::string_view rest = std::get<std::string>(text);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out.push_back(printable(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace gogoscope
