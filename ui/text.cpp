#include "ui/text.h"

#include "emu/check/invariant.h"
#include "emu/layout/name_words.h"
#include "scenarios/told/status_gloss.h"
#include "scenarios/told/which_g_words.h"

namespace gogoscope {
namespace {

// Constant-initialised, so that it is there before the first Words is made, whatever the order of files.
constinit const Words* g_first_words = nullptr;

constexpr TextView command_label(CommandId id) {
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
    case CommandId::next_handoff:
      return {"Handoff", "下次切换"};
    case CommandId::last_handoff:
      return {"Handoff back", "上次切换"};
    case CommandId::run_to:
      return {"Run to", "运行到"};
    case CommandId::back_to:
      return {"Back to", "退回到"};
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
    case CommandId::set_break:
      return {"Set breakpoint", "设置断点"};
    case CommandId::clear_break:
      return {"Clear breakpoint", "取消断点"};
    case CommandId::edit:
      return {"Edit", "修改"};
    case CommandId::give_turn:
      return {"Turn", "换 M"};
    case CommandId::undo:
      return {"Undo", "撤销"};
    case CommandId::redo:
      return {"Redo", "重做"};
    case CommandId::go_to_branch:
      return {"Other future", "另一个未来"};
  }
  return {};
}

constexpr TextView stop_label(StopReason reason) {
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
      return {"the step budget is used up", "步数预算已用完"};
    case StopReason::throw_:
      return {"throw", "throw"};
    case StopReason::invariant:
      return {"an invariant is broken", "不变式被破坏"};
  }
  return {};
}

constexpr StopReason kStopReasons[] = {StopReason::exit,       StopReason::fault,  StopReason::deadlock,
                                       StopReason::breakpoint, StopReason::budget, StopReason::throw_,
                                       StopReason::invariant};

}  // namespace

Words::Words(std::string_view english, std::string_view chinese)
    : TextView{english, chinese}, next_(g_first_words) {
  g_first_words = this;
}

const Words* Words::first() { return g_first_words; }

std::string_view label(CommandId id, Language language) { return command_label(id).in(language); }

std::string_view help(const CommandInfo& command, Language language) {
  return language == Language::zh ? command.help_zh : command.help_en;
}

std::string_view label(StopReason reason, Language language) { return stop_label(reason).in(language); }

std::string all_ui_text() {
  std::string all;
  const auto add = [&](TextView text) { all.append(text.en).append(text.zh); };
  for (const Words* words = Words::first(); words != nullptr; words = words->next()) {
    add(*words);
  }
  for (const StopReason reason : kStopReasons) add(stop_label(reason));
  for (const CommandInfo& command : commands()) {
    add(command_label(command.id));
    add({command.help_en, command.help_zh});
  }
  for (const Pattern& verdict : verdict_patterns()) add(verdict);
  for (const TextView gloss : status_glosses()) add(gloss);
  for (const InvariantInfo& invariant : invariants()) add(invariant.sentence);
  for (const NameWords* names : {&english_names(), &chinese_names()}) {
    for (const std::string_view pattern :
         {names->return_address, names->saved_bp, names->stack_word, names->in_stack, names->stack_hi,
          names->stack_lo, names->stack_hi_and_lo}) {
      all += pattern;
    }
  }
  return all;
}

}  // namespace gogoscope
