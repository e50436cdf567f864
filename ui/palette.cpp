#include "ui/palette.h"

#include "asm/text/printable.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

const Words kUnknownCommand{"No such command:", "没有这个命令："};
const Words kCommandNeeds{"needs an argument", "需要一个参数"};

const Words kWhereHint{"a state number, a place in the code, or end", "状态编号、代码中的位置，或 end"};
const Words kPlaceHint{"a place in the code", "代码中的位置"};
const Words kFieldHint{"a field of a g, m, p or of sched", "g、m、p 或 sched 的字段"};
const Words kBreakHint{"a place in the code, or a field: then its writes stop a run",
                       "代码中的位置；或一个字段，它被写时停下"};
const Words kTurnHint{"an M that can move", "一个可以运行的 M"};
const Words kEditHint{"a register or a field, and its new value", "寄存器或字段，以及它的新值"};

const Words kNotAPlace{"This is no place in the code:", "这不是代码中的位置："};
const Words kNoFunction{"There is no function", "没有这个函数："};
const Words kNoInstruction{"No instruction starts at", "没有指令从这里开始："};
const Words kNoLine{"No line with code reads", "没有这样一行代码："};
const Words kNoM{"At this moment there is no M", "此刻没有这个 M："};
const Words kNoField{"At this moment there is no field", "此刻没有这个字段："};
const Words kNoRegisterOrField{"At this moment there is no register or field", "此刻没有这个寄存器或字段："};
const Words kNoEquals{"An edit is written name = value, such as rax = 5.",
                      "修改要写成「名字 = 值」，例如 rax = 5。"};
const Words kNoValue{"The new value is missing behind the = sign.", "等号后面缺少新值。"};
const Words kNotLive{"This is an opened record: it can be walked, not edited.",
                     "这是打开的记录：可以来回走，不能修改。"};

std::string with(const Words& words, Language language, std::string_view name) {
  // A Chinese colon brings its own space.
  return words.str(language).append(language == Language::zh ? "" : " ").append(name);
}

std::string problem_of_where(std::string_view text, bool place_only, const View& view, Language language) {
  const auto parsed = parse_where(text);
  const Where* where = std::get_if<Where>(&parsed);
  if (where == nullptr) return with(kNotAPlace, language, text);
  if (where->kind != Where::Kind::place) return place_only ? with(kNotAPlace, language, text) : "";
  const Place& place = where->place;
  const Code& code = view.guest->code;
  if (code.function(place.function) == nullptr) return with(kNoFunction, language, place.function);
  if (std::holds_alternative<std::vector<CodeAddr>>(resolve(place, code))) return "";
  if (place.line) return with(kNoLine, language, *place.line);
  return with(kNoInstruction, language, text);
}

std::string problem_of_edit(std::string_view text, const View& view, Language language) {
  if (!view.live) return kNotLive.str(language);
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return kNoEquals.str(language);
  const std::string_view name = trimmed(text.substr(0, equals));
  if (!reg_by_name(name) && !view.names->find_field(name)) return with(kNoRegisterOrField, language, name);
  return trimmed(text.substr(equals + 1)).empty() ? kNoValue.str(language) : "";
}

}  // namespace

std::variant<Command, std::string> parse_command(std::string_view text, Language language) {
  text = trimmed(text);
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos)
    return Command{CommandId::run_to, std::string(text)};
  const std::size_t space = text.find(' ');
  const std::string_view name = text.substr(0, space);
  const std::string_view argument = space == std::string_view::npos ? "" : trimmed(text.substr(space));
  const CommandInfo* command = command_by_name(name);
  if (command == nullptr) return with(kUnknownCommand, language, name);
  if (command->argument != ArgumentKind::none && argument.empty()) {
    return std::string(name) + " " + std::string(kCommandNeeds.in(language));
  }
  return Command{command->id, std::string(argument)};
}

std::string problem_of(const Command& command, const View& view, Language language) {
  const std::string_view text = command.argument;
  switch (info(command.id).argument) {
    case ArgumentKind::none:
      return "";
    case ArgumentKind::where:
      return problem_of_where(text, false, view, language);
    case ArgumentKind::field:
      return view.names->find_field(text) ? "" : with(kNoField, language, text);
    case ArgumentKind::place:
      if (command.id == CommandId::toggle_break && view.names->find_field(text)) return "";
      return problem_of_where(text, true, view, language);
    case ArgumentKind::assignment:
      return problem_of_edit(text, view, language);
    case ArgumentKind::m: {
      const Entity* m = view.names->entities().find(text);
      return m != nullptr && m->kind == Entity::Kind::m ? "" : with(kNoM, language, text);
    }
  }
  return "";
}

ArgumentHint argument_hint(const CommandInfo& command, Language language) {
  if (command.id == CommandId::toggle_break) return {kBreakHint.in(language), "g2.sched.sp"};
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
  }
  return {};
}

}  // namespace gogoscope
