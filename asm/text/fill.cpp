#include "asm/text/fill.h"

#include "asm/text/printable.h"
#include "asm/text/utf8.h"

namespace gogoscope {
namespace {

/// Whether the text starts with a Chinese character or mark.
bool starts_in_chinese(std::string_view text) {
  return !text.empty() && columns(rune_at(text, 0).value) == 2;
}

bool ends_in_chinese(std::string_view text) {
  std::size_t last = text.size();
  while (last > 0 && (static_cast<unsigned char>(text[last - 1]) & 0xc0) == 0x80) --last;
  return last > 0 && starts_in_chinese(text.substr(last - 1));
}

}  // namespace

std::string fill(std::string_view pattern,
                 const std::function<std::optional<std::string>(std::string_view name)>& value_of) {
  std::string out;
  while (true) {
    const auto open = pattern.find('{');
    const std::string_view before = pattern.substr(0, open);
    out += before;
    if (open == std::string_view::npos) return out;
    pattern.remove_prefix(open);
    const auto close = pattern.find('}');
    const auto value =
        close == std::string_view::npos ? std::nullopt : value_of(pattern.substr(1, close - 1));
    if (!value) {
      // A brace that opens no known name is copied.
      out += pattern.substr(0, 1);
      pattern.remove_prefix(1);
      continue;
    }
    pattern.remove_prefix(close + 1);
    if (before.ends_with(' ') && starts_in_chinese(*value) &&
        ends_in_chinese(std::string_view(out).substr(0, out.size() - 1))) {
      out.pop_back();
    }
    out += *value;
    if (pattern.starts_with(' ') && ends_in_chinese(*value) && starts_in_chinese(pattern.substr(1))) {
      pattern.remove_prefix(1);
    }
  }
}

std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  return fill(pattern, [&](std::string_view name) -> std::optional<std::string> {
    for (const auto& [known, value] : values) {
      if (known == name) return std::string(value);
    }
    return std::nullopt;
  });
}

}  // namespace gogoscope
