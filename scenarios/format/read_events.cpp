#include "scenarios/format/read_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "asm/text/ascii.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/history/event_info.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/read_grade.h"

namespace gogoscope {
namespace {

std::vector<EventField> fields_of(EventType type) {
  std::vector<EventField> out;
  for (const EventField& field : info(type).fields) {
    if (field.use != FieldUse::narration) out.push_back(field);
  }
  return out;
}

bool is_p(std::string_view text) { return text.starts_with('p') && is_number(text.substr(1)); }

// Events write `g0` where only one M exists and m0.g0 where there are several; a file may use either.
std::string plain_g0(const std::string& g) { return g == "m0.g0" ? "g0" : g; }

/// The value in the words that events use; or nothing, and `wrong` says what it must be.
std::optional<std::string> normalise(EventWord word, const std::string& value,
                                     const GoroutineNames& goroutines, TextView& wrong) {
  const auto no = [&wrong](Pattern must_be) {
    wrong = must_be;
    return std::nullopt;
  };

  switch (word) {
    case EventWord::g: {
      const std::optional<std::string_view> kind = struct_of_object(value);
      if (kind == "g" || value == "nil" || value == "g0") return plain_g0(value);
      if (std::ranges::find(goroutines, value) != goroutines.end()) return value;
      return no({"must be a g, such as g2, g0 or nil", "应为一个 g，例如 g2、g0 或 nil"});
    }
    case EventWord::status:
      if (!g_status_by_word(value))
        return no(
            {"must be a status of a g, such as running or dead", "应为 g 的一个状态，例如 running 或 dead"});
      return value.substr(0, 2) == "_G" ? value.substr(2) : value;
    case EventWord::m:
      if (value.size() > 1 && value[0] == 'm' && is_number(value.substr(1))) return value;
      if (is_number(value)) return "m" + value;
      return no({"must be an m, such as m0", "应为一个 m，例如 m0"});
    case EventWord::op:
      if (value == "put" || value == "get") return value;
      return no({"must be put or get", "应为 put 或 get"});
    case EventWord::queue:
      if (value == "sched.runq") return value;
      if (value.ends_with(".runq") && is_p(value.substr(0, value.size() - 5))) return value;
      if (value.ends_with(".runnext") && is_p(value.substr(0, value.size() - 8))) return value;
      return no({"must be p0.runnext, p0.runq or sched.runq", "应为 p0.runnext、p0.runq 或 sched.runq"});
    case EventWord::list:
      if (value == "sched" || is_p(value)) return value;
      return no({"must be p0 or sched", "应为 p0 或 sched"});
    case EventWord::code:
      if (is_number(value)) return value;
      return no({"must be a number", "应为一个数"});
    case EventWord::fd:
      if (value == "1" || value == "2") return value;
      return no(
          {"must be 1, the standard output, or 2, the standard error", "应为 1（标准输出）或 2（标准错误）"});
    case EventWord::output:
    case EventWord::text:
      return value;
  }
  return value;
}

std::optional<ExpectedEvent> read_event(const YamlNode& node, const GoroutineNames& goroutines,
                                        SectionReader& reader) {
  const auto is_event = [](const YamlEntry& entry) { return !is_of_grade(entry.key.value); };
  for (const YamlEntry& entry : node.entries) {
    const Message hint = did_you_mean(entry.key.value, {"points", "hidden"});
    if (!is_event(entry) || node.entries.size() == 1 || hint.empty()) continue;
    reader.error(entry.key.mark, {{"unknown key {key}{hint}", "没有键 {key}{hint}"},
                                  {{"key", in_quotes(entry.key.value)}, {"hint", hint}}});
    return std::nullopt;
  }
  if (node.kind != YamlNode::Kind::map || std::ranges::count_if(node.entries, is_event) != 1) {
    reader.error(node.mark,
                 {{"an event is written as one key with its fields, such as status: {g: g2, to: dead}",
                   "事件写成一个键和它的字段，例如 status: {g: g2, to: dead}"}});
    return std::nullopt;
  }
  return read_event_entry(*std::ranges::find_if(node.entries, is_event), goroutines, reader);
}

EventValue::Kind kind_of(EventWord word) {
  switch (word) {
    case EventWord::g:
      return EventValue::Kind::g;
    case EventWord::status:
      return EventValue::Kind::status;
    case EventWord::m:
      return EventValue::Kind::m;
    case EventWord::queue:
    case EventWord::list:
      return EventValue::Kind::list;
    case EventWord::code:
    case EventWord::fd:
      return EventValue::Kind::number;
    case EventWord::op:
    case EventWord::output:
    case EventWord::text:
      break;
  }
  return EventValue::Kind::word;
}

/// Puts in what the event says; why a name has no value, if one has none.
Message bind(Sum& sum, const Event& event, const Guest& guest) {
  static constexpr std::string_view kEvent = "event.";
  for (Term& term : sum.terms) {
    if (term.inner) {
      Sum inner = *term.inner;
      if (Message why = bind(inner, event, guest); !why.empty()) return why;
      term.inner = std::make_shared<const Sum>(std::move(inner));
    }
    const bool number = term.kind == Term::Kind::event_status || term.kind == Term::Kind::event_number;
    const std::string stand_in = number ? term.name : term.goroutine;
    if (!stand_in.starts_with(kEvent)) continue;
    const std::string key = stand_in.substr(kEvent.size());
    const std::string word = word_of(event, key, EventNaming{guest});
    if (number) {
      term.number =
          term.kind == Term::Kind::event_status ? g_status_by_word(word).value_or(0) : std::stoull(word);
      continue;
    }
    term.goroutine.clear();
    if (term.kind == Term::Kind::object && word == "nil") {
      term.kind = Term::Kind::number;
      term.number = 0;
    } else if (word == "nil" || word.starts_with("0x")) {
      return {{"{name} is {what}", "{name} 是 {what}"}, {{"name", stand_in}, {"what", word}}};
    } else if (key == "list") {
      term.name = word + ".gFree";
    } else {
      term.name = word + term.name.substr(stand_in.size());
    }
  }
  return {};
}

}  // namespace

std::optional<ExpectedEvent> read_event_entry(const YamlEntry& entry, const GoroutineNames& goroutines,
                                              SectionReader& reader) {
  std::vector<std::string_view> types;
  const EventInfo* about = nullptr;
  for (const EventInfo& candidate : event_infos()) {
    types.push_back(candidate.name);
    if (candidate.name == entry.key.value) about = &candidate;
  }
  if (about == nullptr) {
    reader.error(entry.key.mark,
                 {{"unknown event {key}{hint}", "没有事件 {key}{hint}"},
                  {{"key", in_quotes(entry.key.value)}, {"hint", near_or_known(entry.key.value, types)}}});
    return std::nullopt;
  }
  const std::vector<EventField> fields = fields_of(about->type);
  std::vector<std::string_view> known;
  for (const EventField& field : fields) known.push_back(field.key);
  const std::string& key = entry.key.value;
  const Message what({"the event {key}", "事件 {key}"}, {{"key", key}});
  if (!reader.expect_map(entry.value, what, known)) return std::nullopt;

  ExpectedEvent out;
  out.type = about->type;
  out.mark = entry.key.mark;
  for (const EventField& field : fields) {
    const YamlNode* value = entry.value.find(field.key);
    if (value == nullptr) continue;
    const Message of_event({"the event {key}'s {field}", "事件 {key} 的 {field}"},
                           {{"key", key}, {"field", field.key}});
    const std::optional<std::string> text =
        field.word == EventWord::output ? reader.any_text(*value, of_event) : reader.text(*value, of_event);
    if (!text) continue;
    TextView wrong;
    const std::optional<std::string> word = normalise(field.word, *text, goroutines, wrong);
    if (!word) {
      Message hint;
      if (field.word == EventWord::status) hint = near_g_status(*text);
      if (field.word == EventWord::g) hint = did_you_mean(*text, {goroutines.begin(), goroutines.end()});
      reader.error(value->mark, {{"{field} {must_be}{hint}", "{field} {must_be}{hint}"},
                                 {{"field", field.key}, {"must_be", wrong}, {"hint", hint}}});
      continue;
    }
    out.fields[std::string(field.key)] = *word;
  }
  return out;
}

EventValues event_values(EventType type) {
  EventValues out;
  for (const EventField& field : fields_of(type)) out.push_back({field.key, kind_of(field.word)});
  return out;
}

std::variant<Comparison, Message> bound_to(const Event& event, const Guest& guest, Comparison comparison) {
  for (Sum* const side : {&comparison.left, &comparison.right}) {
    if (Message why = bind(*side, event, guest); !why.empty()) return why;
  }
  return comparison;
}

std::vector<std::string_view> event_keys() {
  std::vector<std::string_view> out;
  for (const EventInfo& about : event_infos()) out.push_back(about.name);
  return out;
}

std::vector<ExpectedEvent> read_events(const YamlNode& node, std::string_view section,
                                       const GoroutineNames& goroutines, SectionReader& reader,
                                       Grades& grades) {
  std::vector<ExpectedEvent> out;
  if (!reader.expect_list(node, section)) return out;
  for (const YamlNode& item : node.items) {
    read_grade(item, section, reader, grades);
    if (std::optional<ExpectedEvent> event = read_event(item, goroutines, reader))
      out.push_back(std::move(*event));
  }
  return out;
}

bool matches(const ExpectedEvent& expected, const Event& event, const Guest& guest,
             const GoroutineAt& goroutine_at) {
  if (expected.type != event.type()) return false;
  return std::ranges::all_of(info(expected.type).fields, [&](const EventField& field) {
    const auto wanted = expected.fields.find(std::string(field.key));
    if (wanted == expected.fields.end()) return true;
    const std::string word = plain_g0(field.value(event, EventNaming{guest}));
    const auto g = field.word == EventWord::g ? goroutine_at(wanted->second, event.step) : std::nullopt;
    return g ? !g->empty() && word == *g : word == wanted->second;
  });
}

std::string to_string(const ExpectedEvent& expected) {
  std::string out = std::string(name(expected.type)) + " {";
  // In the order of the table, which is the order in which people write them.
  bool first = true;
  for (const EventField& field : info(expected.type).fields) {
    const auto found = expected.fields.find(std::string(field.key));
    if (found == expected.fields.end()) continue;
    out += fmt::format("{}{}: {}", first ? "" : ", ", field.key,
                       field.word == EventWord::output ? escaped(found->second) : found->second);
    first = false;
  }
  return out + "}";
}

}  // namespace gogoscope
