// The frames of the functions, modelled ones above all, against those that the compiler of Go 1.16.4 gives
// them: size, whether BP is saved in it, whether the prologue checks the stack.
#include "tests/oracle/comparison.h"

namespace gogoscope::oracle {
namespace {

std::string spelled(int frame, bool saves_bp) { return std::to_string(frame) + (saves_bp ? " with BP" : ""); }

/// Its first instruction, put there by the assembler, loads g.
bool checks_stack(const Code& code, const Function& function) {
  const Instruction* first = code.instruction_at(function.entry);
  return first->prologue && first->text == "MOVQ (TLS), CX";
}

}  // namespace

Comparison compare_frames(const Lesson& lesson) {
  Comparison c("frames");
  const Json recorded = load_recording("frames");
  const Code& code = lesson.guest().code;
  for (const Json& real : recorded.at("functions")) {
    const std::string name = real.at("name");
    const Function* function = code.function(name);
    if (!function || function->frame_is_ours) {
      c.equal(0, name, "a frame of Go's", function ? "a frame of ours" : "no such function");
      continue;
    }
    c.equal(0, name, spelled(real.at("frame"), real.at("saves_bp")),
            spelled(function->frame, function->saves_bp));
    const auto check = [](bool has) { return has ? "there" : "not there"; };
    c.equal(0, name + " stack check", check(real.at("stack_check")), check(checks_stack(code, *function)));
  }
  // What no binary was read for is either assembly without a frame or says that its frame is ours.
  for (const Function& function : code.functions()) {
    bool known = function.kind != FunctionKind::modelled || function.frame_is_ours || function.frame == 0;
    for (const Json& real : recorded.at("functions")) known = known || real.at("name") == function.name;
    c.equal(0, function.name, "known or ours", known ? "known or ours" : "neither");
  }
  return c;
}

}  // namespace gogoscope::oracle
