#include "scenarios/format/read_goroutines.h"

#include <algorithm>

#include "asm/text/ascii.h"
#include "asm/text/printable.h"
#include "emu/guest/registers.h"
#include "emu/layout/status.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/read_inputs.h"

namespace gogoscope {
namespace {

bool is_identifier(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && letter(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return letter(c) || is_number(std::string_view(&c, 1)); });
}

/// Whether expectations and events have another meaning for it.
bool is_taken(std::string_view name) {
  static constexpr std::string_view kWords[] = {"tls",    "stack", "nil",  "true", "false",  "first",
                                                "last",   "sched", "in",   "not",  "expect", "points",
                                                "hidden", "event", "exit", "stop"};
  return std::ranges::find(kWords, name) != std::end(kWords) || struct_of_object(name) || reg_by_name(name) ||
         g_status_by_word(name) || p_status_by_word(name);
}

}  // namespace

std::vector<NamedGoroutine> read_goroutines(const YamlNode& node, SectionReader& reader) {
  std::vector<NamedGoroutine> out;
  if (!reader.expect_map(node, "goroutines", shapes().goroutines)) return out;
  for (const YamlEntry& entry : node.entries) {
    const std::string& name = entry.key.value;
    if (!is_identifier(name)) {
      reader.error(entry.key.mark, {{"the name of a goroutine is made of letters, digits and _, not {name}",
                                     "goroutine 的名字由字母、数字和 _ 组成，不能是 {name}"},
                                    {{"name", in_quotes(name)}}});
      continue;
    }
    if (is_taken(name)) {
      reader.error(entry.key.mark, {{"{name} already means something in an expectation: choose another name",
                                     "{name} 在期望里已有含义：请换一个名字"},
                                    {{"name", in_quotes(name)}}});
      continue;
    }
    std::optional<Place> place = read_place(entry.value, name, reader);
    if (!place) continue;
    if (place->offset != 0 || place->line) {
      reader.error(entry.value.mark,
                   {{"{name} must be the function that a go statement starts, such as main.worker#2",
                     "{name} 应为 go 语句启动的函数，例如 main.worker#2"},
                    {{"name", name}}});
      continue;
    }
    out.push_back({name, std::move(*place), entry.value.value, entry.key.mark, entry.value.mark});
  }
  return out;
}

}  // namespace gogoscope
