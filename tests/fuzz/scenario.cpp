// A scenario file is loaded, or refused at places within it; what is loaded is the same every time.
#include <sstream>

#include "emu/history/trace.h"
#include "scenarios/format/loader.h"
#include "scenarios/format/reader.h"
#include "tests/fuzz/claim.h"

namespace gogoscope::fuzz {
namespace {

/// The bytes of all that a scenario's guest is.
std::string guest_of(const LoadedScenario& loaded) {
  std::ostringstream out;
  Trace(loaded.program.guest).save(out);
  return out.str();
}

}  // namespace
}  // namespace gogoscope::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope;
  using namespace gogoscope::fuzz;
  const std::string text(as_text(data, size));
  // There is no such folder, so that no include finds a file.
  const std::string path = "/no such folder/input.yaml";

  const PartlyRead read = read_what_can_be_read(path, text);
  claim(read.scenario || !read.problems.empty(), "a scenario, or what is wrong");
  const auto loaded = load_scenario_text(path, text);
  if (const auto* const problems = std::get_if<Diagnostics>(&loaded)) {
    claim(!problems->empty(), "what is refused is refused for a reason");
    for (const Diagnostic& d : *problems) {
      claim(d.file == path, "an error is in the file", d.file);
      claim_place(d, text);
    }
    return 0;
  }
  claim(read.problems.empty(), "what has problems is not loaded");
  const auto again = load_scenario_text(path, text);
  claim(again.index() == 0, "what is loaded is loaded again");
  claim(guest_of(std::get<0>(loaded)) == guest_of(std::get<0>(again)), "to the same guest");
  return 0;
}
