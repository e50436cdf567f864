#include "ui/branch_text.h"

#include "asm/text/fill.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

const Words kCutOff{"cut off at state {state}, {steps} steps", "在状态 {state} 被切断，共 {steps} 步"};

}  // namespace

std::string branch_text(const RunBranch& branch, Language language) {
  return fill(kCutOff.in(language),
              {{"state", std::to_string(branch.from)}, {"steps", std::to_string(branch.steps)}});
}

}  // namespace gogoscope
