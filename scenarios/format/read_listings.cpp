#include "scenarios/format/read_listings.h"

#include <fmt/format.h>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/check/invariant.h"
#include "scenarios/format/problems.h"
#include "scenarios/format/read_grade.h"
#include "scenarios/format/read_inputs.h"

namespace gogoscope {
namespace {

std::optional<ListingChange> read_change(const YamlNode& node, SectionReader& reader) {
  if (!reader.expect_map(node, TextView{"an entry of listings", "listings 的一项"}, shapes().change))
    return std::nullopt;
  ListingChange out;
  bool complete = true;
  const auto part = [&](std::string_view key, FileMark& mark) -> const YamlNode* {
    const YamlNode* value = node.find(key);
    complete = complete && value != nullptr;
    if (value == nullptr) {
      reader.error(node.mark, {{"this entry has no '{key}'", "这一项没有 '{key}'"}, {{"key", key}}});
    } else {
      mark = value->mark;
    }
    return value;
  };
  if (const YamlNode* value = part("function", out.function_mark)) {
    out.mutation.function = reader.text(*value, "function").value_or("");
  }
  if (const YamlNode* value = part("line", out.line_mark)) {
    out.mutation.line = reader.text(*value, "line").value_or("");
  }
  if (const YamlNode* value = part("with", out.with_mark)) {
    // "" leaves the line out; so a text that is forgotten is reported, not taken for that.
    out.mutation.with = reader.any_text(*value, "with").value_or("");
  }
  if (!complete) return std::nullopt;
  return out;
}

}  // namespace

std::vector<ListingChange> read_listings(const YamlNode& node, SectionReader& reader) {
  std::vector<ListingChange> out;
  if (!reader.expect_list(node, "listings")) return out;
  if (node.items.empty()) reader.error(node.mark, {{"listings is empty", "listings 是空的"}});
  for (const YamlNode& item : node.items) {
    if (std::optional<ListingChange> change = read_change(item, reader)) out.push_back(std::move(*change));
  }
  return out;
}

std::optional<ExpectedBreak> read_breaks(const YamlNode& node, SectionReader& reader, Grades& grades) {
  if (!reader.expect_map(node, "breaks", shapes().breaks)) return std::nullopt;
  read_grade(node, "breaks", reader, grades);
  ExpectedBreak out;
  const YamlNode* invariant = node.find("invariant");
  if (invariant == nullptr) {
    reader.error(node.mark, {{"breaks has no 'invariant'", "breaks 没有 'invariant'"}});
    return std::nullopt;
  }
  out.mark = invariant->mark;
  const std::optional<std::string> name = reader.text(*invariant, "invariant");
  if (!name) return std::nullopt;
  out.invariant = *name;
  if (invariant_by_name(out.invariant) == nullptr) {
    std::vector<std::string_view> known;
    for (const InvariantInfo& info : invariants()) known.push_back(info.name);
    reader.error(invariant->mark,
                 {{"there is no invariant {invariant}{hint}", "没有不变式 {invariant}{hint}"},
                  {{"invariant", in_quotes(out.invariant)}, {"hint", did_you_mean(out.invariant, known)}}});
  }
  if (const YamlNode* at = node.find("at")) {
    out.place = read_place(*at, "at", reader);
    out.place_text = at->value;
    out.place_mark = at->mark;
  }
  if (const YamlNode* then = node.find("then"))
    out.goes_on = reader.word(*then, "then", shapes().then) == "go-on";
  return out;
}

void tell_mutation_error(const Diagnostic& error, const ListingChange& change, Problems& problems) {
  const FileMark& mark = error.column == 1   ? change.function_mark
                         : error.column == 2 ? change.line_mark
                                             : change.with_mark;
  problems.error(mark, error.message);
}

}  // namespace gogoscope
