#include "scenarios/go/go_program.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
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

bool is_elf(const std::string& path) {
  constexpr std::string_view kMagic =
      "\x7f"
      "ELF";
  std::ifstream in(path, std::ios::binary);
  std::string start(kMagic.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in && start == kMagic;
}

bool has_sources(const std::string& folder) {
  std::error_code error;
  const fs::directory_iterator files(folder, error);
  return !error && std::any_of(begin(files), end(files), [](const fs::directory_entry& file) {
    return file.path().extension() == ".go";
  });
}

using MaybeProgram = std::variant<std::shared_ptr<const Binary>, NoProgram>;

int keepers = 0;
/// By their paths, links followed.
std::map<std::string, MaybeProgram>& kept_programs() {
  static std::map<std::string, MaybeProgram> all;
  return all;
}

}  // namespace

KeptPrograms::KeptPrograms() { ++keepers; }
KeptPrograms::~KeptPrograms() {
  if (--keepers == 0) kept_programs().clear();
}

MaybeProgram go_program(const std::string& path) {
  std::error_code error;
  const std::string name = fs::weakly_canonical(path, error).string();
  if (const auto known = kept_programs().find(name); known != kept_programs().end()) return known->second;
  auto opened = open_go_program(path);
  MaybeProgram out;
  if (auto* const why = std::get_if<NoProgram>(&opened)) {
    out = std::move(*why);
  } else {
    out = std::make_shared<const Binary>(std::move(std::get<Binary>(opened)));
  }
  if (keepers > 0 && !error) kept_programs().emplace(name, out);
  return out;
}

bool leads_to_program(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return has_sources(path);
  if (!fs::is_regular_file(path, error)) return path.ends_with(".go");
  return path.ends_with(".go") || is_elf(path);
}

std::string program_name(const std::string& path) {
  const fs::path whole = fs::path(path).lexically_normal();
  std::string name = (whole.has_filename() ? whole : whole.parent_path()).stem().string();
  return name.empty() || name == "." ? "program" : name;
}

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
