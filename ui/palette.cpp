#include "ui/palette.h"

#include "asm/text/printable.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

const Words kWhereHint{"a state number, a place in the code, or end", "状态编号、代码中的位置，或 end"};
const Words kPlaceHint{"a place in the code", "代码中的位置"};
const Words kFieldHint{"a field of a g, m, p or of sched", "g、m、p 或 sched 的字段"};
const Words kBreakHint{"a place in the code, or a field: then its writes stop a run",
                       "代码中的位置；或一个字段，它被写时停下"};
const Words kTurnHint{"an M that can move", "一个可以运行的 M"};
const Words kEditHint{"a register or a field, and its new value", "寄存器或字段，以及它的新值"};

const Words kBreakpointHint{"the number of a breakpoint, its place or its field", "断点的编号、位置或字段"};
const Words kBranchHint{"the number of a future that was cut off; without one, the last",
                        "被切断的未来的编号；不写则为最后一个"};

}  // namespace

ArgumentHint argument_hint(const CommandInfo& command, Language language) {
  switch (command.argument) {
    case ArgumentKind::none:
      break;
    case ArgumentKind::where:
      return {kWhereHint.in(language), "runtime.gogo+0x23#2"};
    case ArgumentKind::place:
      return {kPlaceHint.in(language), "runtime.goexit0"};
    case ArgumentKind::field:
      return {kFieldHint.in(language), "g2.sched.sp"};
    case ArgumentKind::assignment:
      return {kEditHint.in(language), "rax = 5"};
    case ArgumentKind::m:
      return {kTurnHint.in(language), "m1"};
    case ArgumentKind::break_spot:
      return {kBreakHint.in(language), "g2.sched.sp"};
    case ArgumentKind::breakpoint:
      return {kBreakpointHint.in(language), "1"};
    case ArgumentKind::branch:
      return {kBranchHint.in(language), "1"};
  }
  return {};
}

}  // namespace gogoscope
