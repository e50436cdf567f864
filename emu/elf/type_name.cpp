#include "emu/elf/type_name.h"

namespace gogoscope {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' ||
         c == '.' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

/// "runtime/internal/atomic.Uint32" without the way to the package; within package runtime also without it.
std::string_view short_word(std::string_view word) {
  if (const auto slash = word.rfind('/'); slash != std::string_view::npos) word.remove_prefix(slash + 1);
  constexpr std::string_view kRuntime = "runtime.";
  if (word.starts_with(kRuntime)) word.remove_prefix(kRuntime.size());
  return word;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string go_type_name(std::string_view dwarf_name) {
  std::string out;
  for (std::size_t i = 0; i < dwarf_name.size();) {
    std::size_t end = i;
    while (end < dwarf_name.size() && is_word(dwarf_name[end])) ++end;
    if (end == i) {
      out += dwarf_name[i++];
      continue;
    }
    out += short_word(dwarf_name.substr(i, end - i));
    i = end;
  }
  replace_all(out, "struct { ", "struct{");
  replace_all(out, "interface { ", "interface{");
  replace_all(out, " }", "}");
  replace_all(out, "struct {}", "struct{}");
  replace_all(out, "interface {}", "interface{}");
  return out;
}

}  // namespace gogoscope
