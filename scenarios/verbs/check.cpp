// check: reads and assembles, runs nothing.
#include <iostream>
#include <new>

#include "asm/text/printable.h"
#include "scenarios/format/loader.h"
#include "scenarios/go/go_program.h"
#include "scenarios/suite/run_case.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

bool check_file(const std::string& path, Language language) {
  try {
    Diagnostics wrong;
    if (is_assembly_file(path)) {
      wrong = check_assembly(path);
    } else if (auto loaded = load_scenario(path); loaded.index() == 1) {
      wrong = std::move(std::get<1>(loaded));
    }
    print_diagnostics(wrong, language);
    if (!wrong.empty()) return false;
  } catch (const std::bad_alloc&) {
    complain({{"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", out_of_memory()}}}, language);
    return false;
  }
  std::cout << printable(path) << ": ok\n" << std::flush;
  return true;
}

}  // namespace

int check(const std::vector<std::string>& paths, Language language) {
  const KeptPrograms programs;
  bool ok = true;
  for (const std::string& path : paths) ok = check_file(path, language) && ok;
  return ok ? kOk : kBadInput;
}

}  // namespace gogoscope
