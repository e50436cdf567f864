// scenarios: what came with the program.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "scenarios/format/reader.h"
#include "scenarios/format/shipped.h"
#include "scenarios/suite/cases.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

int scenarios(const std::string& format, Language language) {
  namespace fs = std::filesystem;
  const std::string home = shipped_folder();
  if (home.empty()) {
    complain(
        {{"no scenarios came with this program: they are neither in share/gogoscope/scenarios beside its bin "
          "folder nor in its source tree",
          "没有随程序安装的场景：bin 旁边的 share/gogoscope/scenarios 里没有，源码树里也没有"}},
        language);
    return kBadInput;
  }
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  std::string file;
  for (const Case& one : find_cases({home}).cases) {
    if (one.file == file) continue;  // another case of its matrix
    file = one.file;
    const auto text = read_scenario_file(file);
    if (text.index() == 1) continue;
    const PartlyRead read = read_what_can_be_read(file, std::get<std::string>(text), ReadAs::outline);
    if (!read.scenario) continue;
    const fs::path path = fs::path(file).lexically_relative(home).replace_extension();
    const Text& title = read.scenario->title;
    if (format == "json") {
      all.push_back(
          {{"name", path.string()}, {"file", file}, {"title", {{"en", title.en}, {"zh", title.zh}}}});
    } else {
      std::cout << fmt::format("{:<40} {}\n", path.string(), title.in(language));
    }
  }
  if (format == "json") std::cout << all.dump(1) << "\n";
  return kOk;
}

}  // namespace gogoscope
