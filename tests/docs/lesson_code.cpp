#include "tests/docs/lesson_code.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "emu/runtime/program.h"

namespace gogoscope::docs {

const Guest& lesson() {
  static const std::shared_ptr<const Guest> guest = [] {
    ProgramOptions options;
    options.name = "lesson";
    options.bodies = {{"bodies", "TEXT main·main(SB), $0-0\n    RET\n"}};
    const auto built = build_program(options);
    if (const Program* program = std::get_if<Program>(&built)) return program->guest;
    ADD_FAILURE() << "the smallest program does not assemble";
    return std::make_shared<const Guest>();
  }();
  return *guest;
}

std::string document(const std::string& path) {
  std::ifstream file(std::string(GOGOSCOPE_SOURCE) + "/" + path);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace gogoscope::docs
