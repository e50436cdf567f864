#include "emu/session/command_text.h"

#include <fmt/format.h>

#include <charconv>

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

using Parsed = std::variant<CommandArgument, Message>;

template <class Number>
std::optional<Number> number(std::string_view digits, int base = 10) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// A number (decimal, negative, 0x), nil, false, true, or a name.
std::variant<std::uint64_t, std::string> parse_value(std::string_view text) {
  if (text == "nil" || text == "false") return std::uint64_t{0};
  if (text == "true") return std::uint64_t{1};
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  const bool hexadecimal = digits.starts_with("0x");
  if (hexadecimal) digits.remove_prefix(2);
  if (const auto value = number<std::uint64_t>(digits, hexadecimal ? 16 : 10))
    return negative ? 0 - *value : *value;
  return std::string(text);
}

Parsed parse_assignment(std::string_view text) {
  const auto equals = text.find('=');
  const std::string_view name = trimmed(text.substr(0, equals));
  if (equals == std::string_view::npos || name.empty()) {
    return Message({"an edit has the form name = value, such as rax = 5 or g2.param = 0x10",
                    "修改要写成“名字 = 值”，例如 rax = 5 或 g2.param = 0x10"});
  }
  const std::string_view value = trimmed(text.substr(equals + 1));
  if (value.empty()) {
    return Message({"the new value is missing after the = sign", "等号后面缺少新值"});
  }
  Assignment out{FieldPath{std::string(name)}, parse_value(value)};
  if (const auto reg = reg_by_name(name)) out.target = *reg;
  return out;
}

Message no_spot() {
  return Message(
      {"a breakpoint is set at a place such as runtime.gogo+0x23, or on a field such as g2.sched.sp",
       "断点设在 runtime.gogo+0x23 这样的位置，或 g2.sched.sp 这样的字段上"});
}

Parsed parse_spot(std::string_view text, const Code& code) {
  if (text.empty()) return no_spot();
  auto parsed = parse_where(text);
  const Where* const where = std::get_if<Where>(&parsed);
  if (where != nullptr && where->kind != Where::Kind::place) return no_spot();
  // An offset, a line's text and a visit come only after functions.
  const bool in_code = text.find_first_of("+#\"") != std::string_view::npos ||
                       (where != nullptr && code.function(where->place.function) != nullptr);
  if (!in_code) return FieldPath{std::string(text)};
  if (where == nullptr) return std::get<Message>(std::move(parsed));
  return where->place;
}

Parsed parse_breakpoint(std::string_view text, const Code& code) {
  if (const auto id = number<int>(text)) return BreakpointId{*id};
  return parse_spot(text, code);
}

Parsed parse_place(std::string_view text) {
  auto parsed = parse_where(text);
  if (auto* const wrong = std::get_if<Message>(&parsed)) return std::move(*wrong);
  Where& where = std::get<Where>(parsed);
  if (where.kind == Where::Kind::place) return std::move(where.place);
  return Message({"'{text}' is not a place in the code, such as runtime.gogo",
                  "“{text}”不是 runtime.gogo 这样的代码位置"},
                 {{"text", text}});
}

Parsed parse_where_argument(std::string_view text) {
  auto parsed = parse_where(text);
  if (auto* const wrong = std::get_if<Message>(&parsed)) return std::move(*wrong);
  return std::get<Where>(std::move(parsed));
}

Parsed parse_m(std::string_view text) {
  if (const auto id = number<int>(text.starts_with('m') ? text.substr(1) : text)) return MId{*id};
  return Message(
      {"'{text}' is not an M; give a turn to one such as m1", "“{text}”不是 M；应写 m1 这样的名字"},
      {{"text", text}});
}

Parsed parse_branch(std::string_view text) {
  if (text.empty()) return std::monostate();
  if (const auto id = number<int>(text)) return BranchId{*id};
  return Message({"'{text}' is not the number of a branch", "“{text}”不是分支编号"}, {{"text", text}});
}

Parsed parse_argument(const CommandInfo& command, std::string_view text, const Code& code) {
  switch (command.argument) {
    case ArgumentKind::none:
      break;
    case ArgumentKind::where:
      return parse_where_argument(text);
    case ArgumentKind::field:
      return FieldPath{std::string(text)};
    case ArgumentKind::place:
      return parse_place(text);
    case ArgumentKind::break_spot:
      return parse_spot(text, code);
    case ArgumentKind::breakpoint:
      return parse_breakpoint(text, code);
    case ArgumentKind::assignment:
      return parse_assignment(text);
    case ArgumentKind::m:
      return parse_m(text);
    case ArgumentKind::branch:
      return parse_branch(text);
  }
  if (text.empty()) return std::monostate();
  return Message({"{command} takes no argument", "{command} 不带参数"}, {{"command", command.name}});
}

std::string argument_text(const CommandArgument& argument) {
  struct Text {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const Where& where) const { return to_string(where); }
    std::string operator()(const Place& place) const { return to_string(place); }
    std::string operator()(const FieldPath& field) const { return field.text; }
    std::string operator()(const Assignment& a) const {
      const Reg* const reg = std::get_if<Reg>(&a.target);
      const auto* const named = std::get_if<std::string>(&a.value);
      return fmt::format("{} = {}", reg != nullptr ? name(*reg) : std::get<FieldPath>(a.target).text,
                         named != nullptr ? *named : fmt::format("{:#x}", std::get<std::uint64_t>(a.value)));
    }
    std::string operator()(MId m) const { return fmt::format("m{}", m.number); }
    std::string operator()(BreakpointId id) const { return fmt::format("{}", id.number); }
    std::string operator()(BranchId id) const { return fmt::format("{}", id.number); }
  };
  return std::visit(Text(), argument);
}

}  // namespace

std::variant<Command, Message> parse_command(CommandId id, std::string_view argument, const Code& code) {
  Parsed parsed = parse_argument(info(id), trimmed(argument), code);
  if (auto* const wrong = std::get_if<Message>(&parsed)) return std::move(*wrong);
  return Command{id, std::get<CommandArgument>(std::move(parsed))};
}

std::variant<Command, Message> parse_command(std::string_view line, const Code& code) {
  line = trimmed(line);
  if (!line.empty() && line.find_first_not_of("0123456789") == std::string_view::npos) {
    return parse_command(CommandId::run_to, line, code);
  }
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  const CommandInfo* const command = command_by_name(word);
  if (command == nullptr) {
    return Message({"there is no command {name}", "没有命令 {name}"}, {{"name", word}});
  }
  return parse_command(command->id, line.substr(word.size()), code);
}

std::string to_string(const Command& command) {
  const std::string argument = argument_text(command.argument);
  return std::string(info(command.id).name) + (argument.empty() ? "" : " " + argument);
}

Outcome execute(Session& session, CommandId id, std::string_view argument) {
  auto parsed = parse_command(id, argument, session.guest().code);
  if (const auto* const command = std::get_if<Command>(&parsed)) return session.execute(*command);
  Outcome outcome;
  outcome.from = outcome.to = session.cursor().position();
  outcome.error = std::get<Message>(std::move(parsed));
  return outcome;
}

}  // namespace gogoscope
