#include "scenarios/format/read_expectations.h"

#include <algorithm>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "scenarios/format/read_events.h"
#include "scenarios/format/read_grade.h"
#include "scenarios/format/read_inputs.h"

namespace gogoscope {

std::optional<Expectation> ExpectationReader::equality(const YamlEntry& entry, const Shape& among,
                                                       const EventValues& event) {
  const std::string& key = entry.key.value;
  bool in_value = false;
  // A key is looked at first: what looks like one of the others is meant as that.
  const std::string text = entry.value.kind == YamlNode::Kind::scalar ? entry.value.value : "0";
  auto parsed = parse_equality(key, text, layout_, in_value, goroutines_, event);
  if (parsed.index() == 1 && !in_value) {
    if (const Message hint = did_you_mean(key, among.key_names()); !hint.empty()) {
      reader_.error(entry.key.mark,
                    {{"unknown key {key} in {section}{hint}", "{section} 中没有键 {key}{hint}"},
                     {{"key", in_quotes(key)}, {"section", section_}, {"hint", hint}}});
      return std::nullopt;
    }
  }
  if (!reader_.text(entry.value, key)) return std::nullopt;
  if (parsed.index() == 1) {
    tell(std::get<1>(parsed), in_value ? entry.value : entry.key, reader_);
    return std::nullopt;
  }
  return Expectation{std::move(std::get<0>(parsed)), entry.key.mark};
}

void ExpectationReader::comparison(const YamlNode& node, std::vector<Expectation>& out,
                                   const EventValues& event) {
  const std::optional<std::string> text = reader_.text(node, TextView{"an expectation", "一条期望"});
  if (!text) return;
  auto parsed = parse_comparison(*text, layout_, goroutines_, event);
  if (parsed.index() == 1) return tell(std::get<1>(parsed), node, reader_);
  out.push_back({std::move(std::get<0>(parsed)), node.mark});
}

/// Fields and their values, comparisons under `expect`, and what they are worth together.
void ExpectationReader::group(const YamlNode& map, std::vector<Expectation>& out, const EventValues& event) {
  read_grade(map, section_, reader_, grades_);
  bool empty = !map.entries.empty();
  for (const YamlEntry& entry : map.entries) {
    if (is_of_grade(entry.key.value)) continue;
    empty = false;
    if (entry.key.value != "expect") {
      if (std::optional<Expectation> one = equality(entry, shapes().group, event))
        out.push_back(std::move(*one));
    } else if (entry.value.kind != YamlNode::Kind::sequence) {
      comparison(entry.value, out, event);
    } else {
      if (entry.value.items.empty()) reader_.error(entry.value.mark, {{"expect is empty", "expect 是空的"}});
      for (const YamlNode& item : entry.value.items) comparison(item, out, event);
    }
  }
  if (empty)
    reader_.error(map.mark,
                  {{"nothing is expected here that could earn points", "这里没有写任何期望，无从得分"}});
}

void ExpectationReader::read(const YamlNode& node, const Called& what, std::vector<Expectation>& out,
                             const EventValues& event) {
  if (node.kind == YamlNode::Kind::map) return group(node, out, event);
  if (!reader_.expect_list(node, what)) return;
  if (node.items.empty()) reader_.error(node.mark, {{"{what} is empty", "{what} 是空的"}, {{"what", what}}});
  for (const YamlNode& item : node.items) {
    if (item.kind == YamlNode::Kind::map) {
      group(item, out, event);
    } else {
      comparison(item, out, event);
    }
  }
}

std::vector<PlaceExpectations> ExpectationReader::at(const YamlNode& node) {
  std::vector<PlaceExpectations> all;
  if (!reader_.expect_list(node, "at")) return all;
  for (const YamlNode& item : node.items) {
    if (!reader_.expect_map(item, TextView{"an entry of at", "at 的一项"}, shapes().at_entry)) continue;
    read_grade(item, section_, reader_, grades_);
    const YamlNode* where = item.find("place");
    const YamlNode* expect = item.find("expect");
    if (where == nullptr) reader_.error(item.mark, {{"this entry has no 'place'", "这一项没有 'place'"}});
    if (expect == nullptr) reader_.error(item.mark, {{"this entry has no 'expect'", "这一项没有 'expect'"}});
    if (where == nullptr || expect == nullptr) continue;
    PlaceExpectations out;
    if (std::optional<Place> found = read_place(*where, "place", reader_)) {
      out.place = std::move(*found);
      out.place_text = where->value;
      out.mark = where->mark;
    }
    read(*expect, "expect", out.expect);
    all.push_back(std::move(out));
  }
  return all;
}

std::optional<WheneverExpectations> ExpectationReader::whenever_entry(const YamlNode& item) {
  if (item.kind != YamlNode::Kind::map) {
    reader_.error(item.mark, {{"an entry of whenever is an event or a place with what holds there, such as "
                               "{example}",
                               "whenever 的一项是一个事件或位置，以及在那里成立的，例如 {example}"},
                              {{"example", "{status: {to: dead}, expect: [event.g.m == nil]}"}}});
    return std::nullopt;
  }
  const Shape& shape = shapes().whenever_entry;
  std::vector<std::string_view> known = shape.key_names();
  for (const ShapeKey& key : shape.beside) known.push_back(key.name);
  const TextView what{"an entry of whenever", "whenever 的一项"};
  reader_.expect_map(item, what, known);
  read_grade(item, section_, reader_, grades_);

  WheneverExpectations out;
  std::optional<YamlEntry> when;
  for (const YamlEntry& entry : item.entries) {
    const bool is_when = std::ranges::find(shape.keys, entry.key.value, &ShapeKey::name) != shape.keys.end();
    if (!is_when) continue;
    if (when) {
      reader_.error(entry.key.mark, {{"this entry has {other} already: it is about one event or one place",
                                      "这一项已经有 {other}：它只能是关于一个事件或一个位置的"},
                                     {{"other", in_quotes(when->key.value)}}});
      return std::nullopt;
    }
    when = entry;
  }
  const YamlNode* const expect = item.find("expect");
  if (!when)
    reader_.error(item.mark, {{"this entry has no event and no 'place'", "这一项没有事件，也没有 'place'"}});
  if (expect == nullptr) reader_.error(item.mark, {{"this entry has no 'expect'", "这一项没有 'expect'"}});
  if (!when || expect == nullptr) return std::nullopt;
  out.mark = when->key.mark;
  EventValues values;
  if (when->key.value != "place") {
    out.event = read_event_entry(*when, goroutines_, reader_);
    if (!out.event) return std::nullopt;
    values = event_values(out.event->type);
  } else if (std::optional<Place> place = read_place(when->value, "place", reader_)) {
    if (place->counted) {
      reader_.error(when->value.mark, {{"whenever means every time: write the place without #{n}",
                                        "whenever 表示每一次：这个位置不要写 #{n}"},
                                       {{"n", place->visit}}});
    }
    out.mark = when->value.mark;
    out.place = std::move(*place);
    out.place_text = when->value.value;
  }
  read(*expect, "expect", out.expect, values);
  return out;
}

std::vector<WheneverExpectations> ExpectationReader::whenever(const YamlNode& node) {
  std::vector<WheneverExpectations> all;
  if (!reader_.expect_list(node, "whenever")) return all;
  for (const YamlNode& item : node.items) {
    if (std::optional<WheneverExpectations> one = whenever_entry(item)) all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace gogoscope
