#include "scenarios/suite/cases.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "asm/text/input_file.h"
#include "scenarios/format/reader.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

bool is_scenario_name(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ending == ".yaml" || ending == ".yml";
}

/// Files go to `files`. Hidden files and folders are not the user's own, and a link to a folder could lead
/// back here. A link that leads nowhere is found, so that it is reported.
void look_into(const fs::path& folder, std::vector<std::string>& files, std::vector<std::string>& closed) {
  std::error_code error;
  fs::directory_iterator it(folder, error);
  if (error) {
    closed.push_back(folder.string());
    return;
  }
  for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
    const fs::directory_entry& entry = *it;
    const fs::path& path = entry.path();
    if (path.filename().string().starts_with('.')) continue;
    std::error_code unknown;  // what cannot be asked is reported when it is read
    if (entry.is_directory(unknown)) {
      // The texts of scenarios/told are YAML too, but not scenarios.
      if (!entry.is_symlink(unknown) && path.filename() != "told") look_into(path, files, closed);
    } else if (is_scenario_name(path)) {
      files.push_back(path.string());
    }
  }
  if (error) closed.push_back(folder.string());
}

/// What a file says about the suite that it is part of.
struct Listed {
  std::vector<std::string> matrix;    ///< the names of its cases
  std::vector<std::string> includes;  ///< paths
};

/// Cost: a file that may have more to say than most is read. Standard input is not: it waits for its turn.
Listed listed(const std::string& file) {
  if (file == kStandardInput) return {};
  const auto text = read_scenario_file(file);
  const auto* const readable = std::get_if<std::string>(&text);
  if (readable == nullptr) return {};
  const auto has = [&](const std::string& key) {
    return ("\n" + *readable).find("\n" + key + ":") != std::string::npos;
  };
  if (!has("matrix") && !has("include")) return {};
  const PartlyRead read = read_what_can_be_read(file, *readable, ReadAs::outline);
  if (!read.scenario) return {};
  Listed out;
  for (const IncludedFile& one : read.scenario->includes) out.includes.push_back(one.path);
  for (const MatrixCase& one : read.scenario->cases) out.matrix.push_back(one.name);
  return out;
}

/// The cases of a file, in the order of its matrix.
void add_cases(const std::string& file, const std::vector<std::string>& matrix, std::vector<Case>& out) {
  const std::string name = fs::path(file).stem().string();
  if (matrix.empty()) out.push_back({file, name, ""});
  for (const std::string& one : matrix) out.push_back({file, fmt::format("{} [{}]", name, one), one});
}

}  // namespace

FoundCases find_cases(const std::vector<std::string>& paths) {
  FoundCases out;
  for (const std::string& path : paths) {
    std::error_code error;
    std::vector<std::string> files{path};  // what is no folder need not be a file
    const std::size_t closed = out.closed.size();
    const bool folder = fs::is_directory(path, error);
    if (folder) {
      files.clear();
      look_into(path, files, out.closed);
    }
    std::map<std::string, Listed> lists;
    std::set<fs::path> included;
    for (const std::string& file : files) {
      for (const std::string& one : (lists[file] = listed(file)).includes)
        included.insert(fs::weakly_canonical(one, error));
    }
    // What a scenario of the folder includes is no scenario by itself.
    if (folder && !included.empty()) {
      std::erase_if(files, [&](const std::string& file) {
        return included.contains(fs::weakly_canonical(file, error));
      });
    }
    if (files.empty() && out.closed.size() == closed) out.empty.push_back(path);
    for (const std::string& file : files) add_cases(file, lists[file].matrix, out.cases);
  }
  std::ranges::stable_sort(out.cases,
                           [](const Case& a, const Case& b) { return comes_before(a.id(), b.id()); });
  const auto again =
      std::ranges::unique(out.cases, [](const Case& a, const Case& b) { return a.id() == b.id(); });
  out.cases.erase(again.begin(), again.end());
  std::ranges::sort(out.closed);
  return out;
}

void keep_matching(std::vector<Case>& cases, const std::string& glob) {
  std::erase_if(cases, [&](const Case& one) {
    return fnmatch(glob.c_str(), one.file.c_str(), 0) != 0 && fnmatch(glob.c_str(), one.name.c_str(), 0) != 0;
  });
}

void keep_shard(std::vector<Case>& cases, const Shard& shard) {
  std::vector<Case> kept;
  for (std::size_t i = static_cast<std::size_t>(shard.index - 1); i < cases.size();
       i += static_cast<std::size_t>(shard.of))
    kept.push_back(std::move(cases[i]));
  cases = std::move(kept);
}

}  // namespace gogoscope
