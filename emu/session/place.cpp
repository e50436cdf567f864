#include "emu/session/place.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "asm/text/near.h"
#include "asm/text/printable.h"

namespace gogoscope {
namespace {

/// A number of digits only, decimal or 0x hexadecimal.
std::optional<std::uint64_t> number(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    text.remove_prefix(2);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::variant<Where, Message> parse_where(std::string_view text) {
  text = trimmed(text);
  Where where;
  if (text.empty()) {
    return Message({"a place is expected: a state number, end, or a function such as runtime.gogo",
                    "这里要写一个位置：状态编号、end，或 runtime.gogo 这样的函数"});
  }
  if (text == "end") return where;
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    const auto state = number(text);
    if (!state) {
      return Message({"the state number {number} is too large", "状态编号 {number} 太大"},
                     {{"number", text}});
    }
    where.kind = Where::Kind::state;
    where.state = *state;
    return where;
  }
  where.kind = Where::Kind::place;
  Place& place = where.place;

  // The visit is after the last '#', unless that is inside the quotes.
  const auto quote_end = text.rfind('"');
  if (const auto hash = text.rfind('#');
      hash != std::string_view::npos && (quote_end == std::string_view::npos || hash > quote_end)) {
    const auto visit = number(text.substr(hash + 1));
    if (!visit || *visit == 0 || *visit > std::numeric_limits<int>::max()) {
      return Message({"# must be followed by the number of a visit, 1 or more, not '{text}'",
                      "# 后面应写第几次到达（1 或更大），而不是“{text}”"},
                     {{"text", text.substr(hash + 1)}});
    }
    place.visit = static_cast<int>(*visit);
    place.counted = true;
    text = trimmed(text.substr(0, hash));
  }
  if (const auto colon = text.find(":\""); colon != std::string_view::npos) {
    if (text.back() != '"' || text.size() < colon + 3) {
      return Message({"the text of a line must end with a quotation mark", "一行的文本要以引号结尾"});
    }
    place.function = std::string(trimmed(text.substr(0, colon)));
    place.line = std::string(trimmed(text.substr(colon + 2, text.size() - colon - 3)));
    return where;
  }
  if (const auto plus = text.rfind('+'); plus != std::string_view::npos) {
    const auto offset = number(trimmed(text.substr(plus + 1)));
    if (!offset || *offset > std::numeric_limits<std::uint32_t>::max()) {
      return Message({"+ must be followed by an offset, such as 0x23, not '{text}'",
                      "+ 后面应写偏移量，例如 0x23，而不是“{text}”"},
                     {{"text", text.substr(plus + 1)}});
    }
    place.offset = static_cast<std::uint32_t>(*offset);
    text = trimmed(text.substr(0, plus));
  }
  if (text.empty() || text.find_first_of(" \t:\"") != std::string_view::npos) {
    return Message({"'{text}' is not the name of a function", "“{text}”不是函数名"}, {{"text", text}});
  }
  place.function = std::string(text);
  return where;
}

std::string to_string(const Where& where) {
  switch (where.kind) {
    case Where::Kind::state:
      return fmt::format("{}", where.state);
    case Where::Kind::end:
      return "end";
    case Where::Kind::place:
      break;
  }
  return to_string(where.place);
}

std::string to_string(const Place& place) {
  std::string text = place.function;
  if (place.line) {
    text += fmt::format(":\"{}\"", *place.line);
  } else if (place.offset != 0) {
    text += fmt::format("+{:#x}", place.offset);
  }
  if (place.counted) text += fmt::format("#{}", place.visit);
  return text;
}

Place place_of(CodeAddr pc, const Code& code) {
  Place place;
  if (const Function* const function = code.function_at(pc)) {
    place.function = function->name;
    place.offset = static_cast<std::uint32_t>(pc - function->entry);
  }
  return place;
}

std::variant<std::vector<CodeAddr>, Message> resolve(const Place& place, const Code& code) {
  const Function* function = code.function(place.function);
  if (!function) {
    std::vector<std::string_view> known;
    for (const Function& each : code.functions()) known.push_back(each.name);
    return Message({"there is no function {name}{hint}", "没有函数 {name}{hint}"},
                   {{"name", place.function}, {"hint", did_you_mean(place.function, known)}});
  }
  if (!place.line) {
    const CodeAddr pc = function->entry + place.offset;
    // Of a program the instructions are not listed: any place may be one.
    const bool starts = code.instructions().empty() || code.instruction_at(pc) != nullptr;
    if (place.offset < function->size && starts) return std::vector<CodeAddr>{pc};
    return Message({"no instruction starts at {place}", "{place} 处没有指令开始"},
                   {{"place", fmt::format("{}+{:#x}", place.function, place.offset)}});
  }
  // The first instruction of every line with that text.
  std::vector<CodeAddr> found;
  for (const CodeAddr pc : code.line_starts(*function)) {
    if (trimmed(code.line_text(code.line_at(pc))) == *place.line) found.push_back(pc);
  }
  if (found.empty()) {
    return Message({"{function} has no line \"{line}\" with code", "{function} 中没有这样一行代码：“{line}”"},
                   {{"function", place.function}, {"line", *place.line}});
  }
  return found;
}

}  // namespace gogoscope
