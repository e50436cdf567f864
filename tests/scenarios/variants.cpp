#include "variants.h"

#include "emu/runtime/functions.h"
#include "emu/runtime/lesson_release.h"

namespace gogoscope {
namespace {

bool is_assembly(const CodeLine& line) { return line.file.ends_with(".s"); }

std::string without_number(const std::string& text) { return text.substr(0, text.find('#')); }

/// What may be in the place of an assembly line: a jump that is always taken, a store and the flip of its
/// lowest bit. A jump that is never taken is one left out.
void add_wrong_assembly(const CodeLine& line, const std::string& function, std::vector<Variant>& out) {
  const std::string text = without_number(line.text);
  const std::string to = text.substr(text.find_last_of(' ') + 1);
  const bool conditional = text.front() == 'J' && !text.starts_with("JMP");
  if (conditional) out.push_back({line, "always", {function, line.text, "JMP " + to}, false});
  if (text.starts_with("MOVQ ") && to.ends_with(")"))
    out.push_back({line, "wrong-value", {function, line.text, text + "; XORQ $1, " + to}, false});
}

}  // namespace

std::vector<std::string> functions_with_lines() {
  const LessonRelease& release = default_lesson_release();
  std::vector<std::string> functions = listed_functions(release.listings);
  for (const auto& function : release.functions(runtime::Go(release.release->layout)))
    functions.push_back(function.signature().name);
  return functions;
}

std::vector<Variant> variants_of(const std::string& function) {
  std::vector<Variant> out;
  const std::vector<CodeLine> lines = lines_with_code(default_lesson_release(), function);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const CodeLine& line = lines[i];
    const bool throws = line.text.find("throw(") != std::string::npos;
    const bool guards = throws || (i + 1 < lines.size() && lines[i + 1].text.starts_with("throw("));
    out.push_back({line, "left out", {function, line.text, ""}, throws});
    if (is_assembly(line)) add_wrong_assembly(line, function, out);
    for (const std::string& wrong : line.mechanical) {
      const bool asks = wrong != "always" && !wrong.starts_with("wrong-value");
      out.push_back({line, wrong, {function, line.text, wrong}, guards && asks});
    }
  }
  return out;
}

}  // namespace gogoscope
