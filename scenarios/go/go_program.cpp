#include "scenarios/go/go_program.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "scenarios/go/build.h"
#include "scenarios/go/run_tool.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSourceBytes = std::size_t{8} << 20;
constexpr std::size_t kMostSourceBytes = std::size_t{64} << 20;  // of a program

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

/// The folder src of a Go installation that is of the release, empty where none is found.
std::string installed_sources(const std::string& release) {
  std::vector<fs::path> roots;
  if (const char* const named = std::getenv("GOROOT"); named != nullptr) roots.emplace_back(named);
  std::error_code error;
  if (const std::string go = find_tool("go"); !go.empty()) {
    // GOROOT/bin/go, behind a link or two.
    roots.push_back(fs::canonical(go, error).parent_path().parent_path());
  }
  for (const fs::path& root : roots) {
    const auto version = read_input((root / "VERSION").string(), 4096);
    if (version.index() != 0) continue;
    const std::string& text = std::get<std::string>(version);
    if (text.substr(0, text.find_first_of(" \n")) == release) return (root / "src").string();
  }
  return {};
}

/// "runtime/proc.go" of a path in the GOROOT where the program was built; empty of any other.
std::string_view path_in_go(std::string_view path, std::string_view built_in) {
  // With -trimpath the program names them like that; packages from elsewhere have a dot in the first element.
  if (path.starts_with(built_in)) return path.substr(built_in.size());
  const bool bare =
      !path.starts_with('/') && path.substr(0, path.find('/')).find('.') == std::string_view::npos;
  return bare ? path : std::string_view();
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

SourceLines sources_of(const Binary& binary) {
  struct Place {
    std::string installed, built_in;
    std::size_t left = kMostSourceBytes;
  };
  const auto place = std::make_shared<Place>();
  place->installed = installed_sources(binary.go);
  constexpr std::string_view kOneOfGo = "/src/runtime/proc.go";
  for (const std::string& file : binary.files) {
    if (file.ends_with(kOneOfGo)) place->built_in = file.substr(0, file.size() - kOneOfGo.size() + 5);
  }
  return [place](const std::string& path) -> std::vector<std::string> {
    std::vector<std::string> lines = go_source_lines(path);
    if (lines.empty() && !place->installed.empty()) {
      const std::string_view inside =
          path_in_go(path, place->built_in.empty() ? std::string_view("/src/") : place->built_in);
      if (!inside.empty() && inside.find("..") == std::string_view::npos)
        lines = go_source_lines(place->installed + "/" + std::string(inside));
    }
    std::size_t bytes = 0;
    for (const std::string& line : lines) bytes += line.size() + 1;
    if (bytes > place->left) return {};
    place->left -= bytes;
    return lines;
  };
}

}  // namespace gogoscope
