#include "scenarios/format/read_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "asm/diagnostics.h"
#include "asm/text/ascii.h"
#include "scenarios/format/fields.h"

namespace gogoscope {
namespace {

enum class Words { g, g_status, stack, m, op, queue, list, code, free };

struct FieldWords {
  std::string_view name;
  Words words;
};

struct EventGrammar {
  EventType type;
  std::vector<FieldWords> fields;
};

const std::vector<EventGrammar>& grammar() {
  static const std::vector<EventGrammar> table = {
      {EventType::status,
       {{"g", Words::g}, {"from", Words::g_status}, {"to", Words::g_status}, {"m", Words::m}}},
      {EventType::stack, {{"m", Words::m}, {"from", Words::stack}, {"to", Words::stack}}},
      {EventType::tls, {{"m", Words::m}, {"from", Words::stack}, {"to", Words::stack}}},
      {EventType::curg, {{"m", Words::m}, {"from", Words::g}, {"to", Words::g}}},
      {EventType::runq, {{"op", Words::op}, {"g", Words::g}, {"queue", Words::queue}, {"m", Words::m}}},
      {EventType::gfree, {{"op", Words::op}, {"g", Words::g}, {"list", Words::list}, {"m", Words::m}}},
      {EventType::thread, {{"m", Words::m}, {"what", Words::free}}},
      {EventType::exit, {{"code", Words::code}, {"m", Words::m}}},
      {EventType::invariant, {{"name", Words::free}, {"detail", Words::free}, {"m", Words::m}}},
  };
  return table;
}

bool is_p(std::string_view text) { return text.starts_with('p') && is_number(text.substr(1)); }

// Events write `g0` where only one M exists and m0.g0 where there are several; a file may use either.
std::string plain_g0(const std::string& g) { return g == "m0.g0" ? "g0" : g; }

/// The value in the words that events use; or nothing, and `wrong` says what it must be.
std::optional<std::string> normalise(Words words, const std::string& value, std::string& wrong) {
  const auto no = [&wrong](const char* must_be) {
    wrong = must_be;
    return std::nullopt;
  };

  switch (words) {
    case Words::g:
    case Words::stack: {
      const std::optional<std::string_view> kind = struct_of_object(value);
      if (kind == "g" || value == "nil" || value == "g0") return plain_g0(value);
      return no("must be a g, such as g2, g0 or nil");
    }
    case Words::g_status:
      if (!g_status_by_word(value)) return no("must be a status of a g, such as running or dead");
      return value.substr(0, 2) == "_G" ? value.substr(2) : value;
    case Words::m:
      if (value.size() > 1 && value[0] == 'm' && is_number(value.substr(1))) return value.substr(1);
      if (is_number(value)) return value;
      return no("must be an m, such as m0");
    case Words::op:
      if (value == "put" || value == "get") return value;
      return no("must be put or get");
    case Words::queue:
      if (value == "sched.runq") return value;
      if (value.ends_with(".runq") && is_p(value.substr(0, value.size() - 5))) return value;
      if (value.ends_with(".runnext") && is_p(value.substr(0, value.size() - 8))) return value;
      return no("must be p0.runnext, p0.runq or sched.runq");
    case Words::list:
      if (value == "sched" || is_p(value)) return value;
      return no("must be p0 or sched");
    case Words::code:
      if (is_number(value)) return value;
      return no("must be a number");
    case Words::free:
      return value;
  }
  return value;
}

std::string field_of(const Event& event, std::string_view field) {
  if (field == "g") return plain_g0(event.g);
  if (field == "from") return plain_g0(event.from);
  if (field == "to") return plain_g0(event.to);
  if (field == "m") return std::to_string(event.m);
  if (field == "op") return event.op;
  if (field == "queue") return event.queue;
  if (field == "list") return event.list;
  if (field == "what") return event.what;
  if (field == "name") return event.name;
  if (field == "detail") return event.detail;
  if (field == "code") return std::to_string(event.code);
  return "";
}

std::optional<ExpectedEvent> read_event(const YamlNode& node, SectionReader& reader) {
  if (node.kind != YamlNode::Kind::map || node.entries.size() != 1) {
    reader.error(node.mark,
                 "an event is written as one key with its fields, such as status: {g: g2, to: dead}");
    return std::nullopt;
  }
  const YamlEntry& entry = node.entries.front();
  std::vector<std::string_view> types;
  const EventGrammar* rules = nullptr;
  for (const EventGrammar& candidate : grammar()) {
    types.push_back(name(candidate.type));
    if (types.back() == entry.key.value) rules = &candidate;
  }
  if (rules == nullptr) {
    std::string hint = plan9::did_you_mean(entry.key.value, types);
    if (hint.empty()) hint = fmt::format("; known: {}", fmt::join(types, ", "));
    reader.error(entry.key.mark, fmt::format("unknown event {}{}", plan9::quoted(entry.key.value), hint));
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const FieldWords& field : rules->fields) known.push_back(field.name);
  const std::string what = "the event " + entry.key.value;
  if (!reader.expect_map(entry.value, what, known)) return std::nullopt;

  ExpectedEvent out;
  out.type = rules->type;
  out.mark = entry.key.mark;
  for (const FieldWords& field : rules->fields) {
    const YamlNode* value = entry.value.find(field.name);
    if (value == nullptr) continue;
    const std::optional<std::string> text = reader.text(*value, what + "'s " + std::string(field.name));
    if (!text) continue;
    std::string wrong;
    const std::optional<std::string> word = normalise(field.words, *text, wrong);
    if (!word) {
      reader.error(value->mark, fmt::format("{} {}", field.name, wrong));
      continue;
    }
    out.fields[std::string(field.name)] = *word;
  }
  return out;
}

}  // namespace

std::vector<std::string_view> event_keys() {
  std::vector<std::string_view> out;
  for (const EventGrammar& rules : grammar()) out.push_back(name(rules.type));
  return out;
}

std::vector<ExpectedEvent> read_events(const YamlNode& node, SectionReader& reader) {
  std::vector<ExpectedEvent> out;
  if (!reader.expect_list(node, "events")) return out;
  for (const YamlNode& item : node.items) {
    if (std::optional<ExpectedEvent> event = read_event(item, reader)) out.push_back(std::move(*event));
  }
  return out;
}

bool matches(const ExpectedEvent& expected, const Event& event) {
  if (expected.type != event.type) return false;
  return std::all_of(expected.fields.begin(), expected.fields.end(),
                     [&](const auto& field) { return field_of(event, field.first) == field.second; });
}

std::string to_string(const ExpectedEvent& expected) {
  std::string out = std::string(name(expected.type)) + " {";
  // In the order of the grammar, which is the order in which people write them.
  bool first = true;
  for (const EventGrammar& rules : grammar()) {
    if (rules.type != expected.type) continue;
    for (const FieldWords& field : rules.fields) {
      const auto found = expected.fields.find(std::string(field.name));
      if (found == expected.fields.end()) continue;
      out += fmt::format("{}{}: {}{}", first ? "" : ", ", field.name, field.name == "m" ? "m" : "",
                         found->second);
      first = false;
    }
  }
  return out + "}";
}

}  // namespace gogoscope
