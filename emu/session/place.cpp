#include "emu/session/place.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "emu/session/nearest_name.h"

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

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::variant<Where, std::string> parse_where(std::string_view text) {
  text = trim(text);
  Where where;
  if (text.empty()) return "a place is expected: a state number, end, or a function such as runtime.gogo";
  if (text == "end") return where;
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    const auto state = number(text);
    if (!state) return fmt::format("the state number {} is too large", text);
    where.kind = Where::Kind::state;
    where.state = *state;
    return where;
  }
  where.kind = Where::Kind::place;
  Place& place = where.place;

  // The visit stands behind the last '#', unless that is inside the quotes.
  const auto quote_end = text.rfind('"');
  if (const auto hash = text.rfind('#');
      hash != std::string_view::npos && (quote_end == std::string_view::npos || hash > quote_end)) {
    const auto visit = number(text.substr(hash + 1));
    if (!visit || *visit == 0 || *visit > std::numeric_limits<int>::max()) {
      return fmt::format("behind # a visit is expected, 1 or more, not '{}'", text.substr(hash + 1));
    }
    place.visit = static_cast<int>(*visit);
    place.counted = true;
    text = trim(text.substr(0, hash));
  }
  if (const auto colon = text.find(":\""); colon != std::string_view::npos) {
    if (text.back() != '"' || text.size() < colon + 3) return "the text of a line ends with a quotation mark";
    place.function = std::string(trim(text.substr(0, colon)));
    place.line = std::string(trim(text.substr(colon + 2, text.size() - colon - 3)));
    return where;
  }
  if (const auto plus = text.rfind('+'); plus != std::string_view::npos) {
    const auto offset = number(trim(text.substr(plus + 1)));
    if (!offset || *offset > std::numeric_limits<std::uint32_t>::max()) {
      return fmt::format("behind + an offset is expected, such as 0x23, not '{}'", text.substr(plus + 1));
    }
    place.offset = static_cast<std::uint32_t>(*offset);
    text = trim(text.substr(0, plus));
  }
  if (text.empty() || text.find_first_of(" \t:\"") != std::string_view::npos) {
    return fmt::format("'{}' is not the name of a function", text);
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
  const Place& place = where.place;
  std::string text = place.function;
  if (place.line) {
    text += fmt::format(":\"{}\"", *place.line);
  } else if (place.offset != 0) {
    text += fmt::format("+{:#x}", place.offset);
  }
  if (place.counted) text += fmt::format("#{}", place.visit);
  return text;
}

std::variant<std::vector<CodeAddr>, std::string> resolve(const Place& place, const Code& code) {
  const Function* function = code.function(place.function);
  if (!function) {
    NearestName nearest(place.function);
    nearest.offer_functions(code);
    return fmt::format("there is no function {}{}", place.function, nearest.hint());
  }
  if (!place.line) {
    const CodeAddr pc = function->entry + place.offset;
    if (place.offset < function->size && code.instruction_at(pc)) return std::vector<CodeAddr>{pc};
    return fmt::format("no instruction starts at {}+{:#x}", place.function, place.offset);
  }
  // The first instruction of every line with that text.
  std::vector<CodeAddr> found;
  std::uint32_t last_line = 0;
  for (const Instruction& instruction : code.instructions()) {
    if (!function->contains(instruction.pc)) continue;
    if (instruction.line != last_line && trim(code.line_text(*function, instruction.line)) == *place.line) {
      found.push_back(instruction.pc);
    }
    last_line = instruction.line;
  }
  if (found.empty()) return fmt::format("{} has no line \"{}\" with code", place.function, *place.line);
  return found;
}

}  // namespace gogoscope
