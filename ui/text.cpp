#include "ui/text.h"

#include <array>

namespace gogoscope {
namespace {

struct Pair {
  std::string_view en;
  std::string_view zh;
  std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

// In the order of Phrase.
constexpr std::array<Pair, static_cast<std::size_t>(Phrase::count)> kPhrases{{
    {"Source", "源码"},
    {"Disassembly", "反汇编"},
    {"Registers", "寄存器"},
    {"Stacks", "栈"},
    {"Goroutines", "Goroutine 表"},
    {"What happened", "刚才发生了什么"},
    {"Timeline", "时间线"},
    {"real", "真实"},
    {"modelled", "建模"},
    {"task, real bytes", "任务，真实字节"},
    {"Stack of", "栈："},
    {"SP is here", "SP 在此"},
    {"parked", "停放中"},
    {"free", "空闲"},
    {"more words up to stack.hi", "个字，直到 stack.hi"},
    {"No goroutine has run yet.", "还没有 goroutine 运行过。"},
    {"There is no source text for this PC.", "此 PC 没有对应的源码。"},
    {"There is no code at this PC.", "此 PC 处没有代码。"},
    {"was", "原为"},
    {"name", "名称"},
    {"goid", "goid"},
    {"status", "状态"},
    {"m", "m"},
    {"sched.sp", "sched.sp"},
    {"sched.pc", "sched.pc"},
    {"named by", "被谁指向"},
    {"Nothing has been executed yet. Press Step.", "还没有执行任何一步。请按「单步」。"},
    {"Executed", "已执行"},
    {"Edited by hand", "手工修改"},
    {"live", "可继续执行"},
    {"replay", "回放"},
    {"command, e.g. run-to runtime.gogo", "命令，例如 run-to runtime.gogo"},
    {"中文", "English"},
    {"Light", "浅色"},
    {"Dark", "深色"},
    {"No such command:", "没有这个命令："},
    {"needs an argument", "需要一个参数"},
    {"Stopped:", "停止："},
    {"steps of the old future were dropped", "步旧的未来已被丢弃"},
    {"No font found, the built-in one is used:", "找不到字体，改用内置字体："},
}};

constexpr Pair command_label(CommandId id) {
  switch (id) {
    case CommandId::step:
      return {"Step", "单步"};
    case CommandId::back:
      return {"Back", "退一步"};
    case CommandId::step_line:
      return {"Line", "下一行"};
    case CommandId::back_line:
      return {"Line back", "上一行"};
    case CommandId::step_out:
      return {"Step out", "跳出"};
    case CommandId::run:
      return {"Run", "运行"};
    case CommandId::run_back:
      return {"Run back", "倒着运行"};
    case CommandId::next_event:
      return {"Event", "下一事件"};
    case CommandId::last_event:
      return {"Event back", "上一事件"};
    case CommandId::run_to:
      return {"Run to", "运行到"};
    case CommandId::next_write:
      return {"Next write", "下次写入"};
    case CommandId::last_write:
      return {"Last write", "上次写入"};
    case CommandId::go_start:
      return {"Start", "起点"};
    case CommandId::go_end:
      return {"End", "终点"};
    case CommandId::toggle_break:
      return {"Breakpoint", "断点"};
    case CommandId::edit:
      return {"Edit", "修改"};
  }
  return {};
}

constexpr Pair stop_label(StopReason reason) {
  switch (reason) {
    case StopReason::exit:
      return {"the program exited", "程序已退出"};
    case StopReason::fault:
      return {"fault", "故障"};
    case StopReason::deadlock:
      return {"deadlock", "死锁"};
    case StopReason::breakpoint:
      return {"breakpoint", "断点"};
    case StopReason::budget:
      return {"the step budget is spent", "步数预算已用完"};
    case StopReason::throw_:
      return {"throw", "throw"};
  }
  return {};
}

constexpr StopReason kStopReasons[] = {StopReason::exit,       StopReason::fault,  StopReason::deadlock,
                                       StopReason::breakpoint, StopReason::budget, StopReason::throw_};

}  // namespace

std::string_view text(Phrase id, Language language) {
  return kPhrases[static_cast<std::size_t>(id)].in(language);
}

std::string_view label(CommandId id, Language language) { return command_label(id).in(language); }

std::string_view help(const CommandInfo& command, Language language) {
  return language == Language::zh ? command.help_zh : command.help_en;
}

std::string_view label(StopReason reason, Language language) { return stop_label(reason).in(language); }

std::string all_ui_text() {
  std::string all;
  const auto add = [&](Pair pair) { all.append(pair.en).append(pair.zh); };
  for (const Pair& pair : kPhrases) add(pair);
  for (const StopReason reason : kStopReasons) add(stop_label(reason));
  for (const CommandInfo& command : commands()) {
    add(command_label(command.id));
    add({command.help_en, command.help_zh});
  }
  return all;
}

}  // namespace gogoscope
