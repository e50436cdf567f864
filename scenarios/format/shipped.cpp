#include "scenarios/format/shipped.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "asm/text/input_file.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// The folders of a folder, in the order of their names.
std::vector<fs::path> folders_of(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory(error)) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

std::string shipped_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path home = program.parent_path();
  // A build folder is build/PRESET.
  for (const fs::path& folder :
       {home.parent_path() / "share/gogoscope/scenarios", home.parent_path().parent_path() / "scenarios"}) {
    if (fs::exists(folder / "01-one-exit.yaml", error)) return folder.string();
  }
  return {};
}

std::string scenario_path(const std::string& name) {
  std::error_code error;
  if (name.empty() || name == kStandardInput || fs::exists(name, error)) return name;
  const fs::path asked(name);
  if (asked.is_absolute() || asked.has_extension() || *asked.begin() == "." || *asked.begin() == "..")
    return name;
  const fs::path home = shipped_folder();
  if (home.empty()) return name;
  std::vector<fs::path> folders = folders_of(home);
  folders.insert(folders.begin(), home);
  for (const fs::path& folder : folders) {
    const fs::path file = folder / (name + ".yaml");
    if (fs::exists(file, error)) return file.string();
  }
  return name;
}

}  // namespace gogoscope
