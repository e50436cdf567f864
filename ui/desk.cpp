#include "ui/desk.h"

namespace gogoscope {
namespace {

const Words kLesson{"Lesson", "课程"};
const Words kStory{"What happened, and why", "发生了什么，为什么"};
const Words kWhichG{"Which g?", "哪个 g？"};
const Words kSource{"Source", "源码"};
const Words kScenario{"Scenario", "场景文件"};
const Words kExpectations{"Expected", "预期"};
const Words kOutput{"Output", "输出"};
const Words kDisassembly{"Disassembly", "反汇编"};
const Words kRegisters{"Registers", "寄存器"};
const Words kThreads{"Threads", "线程"};
const Words kTraceback{"Traceback", "栈回溯"};
const Words kStacks{"Stacks", "栈"};
const Words kStates{"States", "状态机"};
const Words kGs{"Goroutines", "Goroutine 表"};
const Words kQueues{"Queues", "队列"};
const Words kEvents{"Events", "事件"};
const Words kStructs{"Structs", "结构体"};
const Words kMemory{"Memory", "内存"};
const Words kWatch{"Watch", "监视"};
const Words kFutures{"Futures", "未来"};
const Words kBreakpoints{"Breakpoints", "断点"};
const Words kInvariants{"Invariants", "不变式"};
const Words kTimeline{"Timeline", "时间线"};

const PanelInfo kPanels[] = {
    {PanelId::lesson, "lesson", kLesson, Color::blue, Slot::lesson},
    {PanelId::story, "story", kStory, Color::yellow, Slot::story},
    {PanelId::which_g, "which-g", kWhichG, Color::yellow, Slot::which_g},
    {PanelId::source, "source", kSource, Color::blue, Slot::source},
    {PanelId::scenario, "scenario", kScenario, Color::blue, Slot::source},
    {PanelId::expectations, "expectations", kExpectations, Color::blue, Slot::source},
    {PanelId::output, "output", kOutput, Color::blue, Slot::source},
    {PanelId::disassembly, "disassembly", kDisassembly, Color::green, Slot::disassembly},
    {PanelId::registers, "registers", kRegisters, Color::purple, Slot::registers},
    {PanelId::threads, "threads", kThreads, Color::purple, Slot::registers},
    {PanelId::traceback, "traceback", kTraceback, Color::purple, Slot::registers},
    {PanelId::stacks, "stacks", kStacks, Color::blue, Slot::stacks},
    {PanelId::states, "states", kStates, Color::green, Slot::states},
    {PanelId::gs, "goroutines", kGs, Color::green, Slot::states},
    {PanelId::queues, "queues", kQueues, Color::green, Slot::states},
    {PanelId::events, "events", kEvents, Color::green, Slot::states},
    {PanelId::structs, "structs", kStructs, Color::purple, Slot::data},
    {PanelId::memory, "memory", kMemory, Color::purple, Slot::data},
    {PanelId::watch, "watch", kWatch, Color::purple, Slot::data},
    {PanelId::futures, "futures", kFutures, Color::purple, Slot::data},
    {PanelId::breakpoints, "breakpoints", kBreakpoints, Color::purple, Slot::data},
    {PanelId::invariants, "invariants", kInvariants, Color::purple, Slot::data},
    {PanelId::timeline, "timeline", kTimeline, Color::orange, Slot::timeline},
};
static_assert(sizeof kPanels / sizeof kPanels[0] == static_cast<std::size_t>(PanelId::count));

}  // namespace

std::span<const PanelInfo> panels() { return kPanels; }

const PanelInfo& info(PanelId id) { return kPanels[static_cast<std::size_t>(id)]; }

const PanelInfo* panel_by_name(std::string_view name) {
  for (const PanelInfo& panel : kPanels) {
    if (panel.name == name) return &panel;
  }
  return nullptr;
}

Desk::Desk() {
  // From the last to the first: the first panel of each slot stays.
  for (std::size_t i = std::size(kPanels); i-- > 0;) bring_forward(kPanels[i].id);
}

}  // namespace gogoscope
