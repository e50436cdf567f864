#include "scenarios/reference/schema.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "scenarios/format/shape.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

/// What YAML makes of a word that is written without quotes, where that is a number: 1.16.
std::optional<double> as_number(std::string_view word) {
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

/// Without quotes a scalar of YAML may be a number or true; the reader takes what is written.
Json scalar(const Shape& shape) {
  Json out{{"type", {"string", "number", "boolean"}}};
  if (shape.least > 0) out["pattern"] = "[^ \\n]";
  return out;
}

Json schema_of(const Shape& shape, Language language);

Json map_schema(const Shape& shape, Language language) {
  Json out{{"type", "object"}, {"properties", Json::object()}};
  Json required = Json::array();
  for (const std::vector<ShapeKey>* const keys : {&shape.keys, &shape.beside}) {
    for (const ShapeKey& key : *keys) {
      Json value = schema_of(*key.shape, language);
      if (!key.about.en.empty()) value["description"] = key.about.in(language);
      out["properties"][std::string(key.name)] = std::move(value);
      if (key.required) required.push_back(key.name);
      if (!key.needs.empty()) out["dependencies"][std::string(key.name)] = {key.needs};
    }
  }
  if (!required.empty()) out["required"] = std::move(required);
  if (shape.kind == Shape::Kind::one_of) {
    for (const ShapeKey& key : shape.keys) out["oneOf"].push_back({{"required", {key.name}}});
  }
  for (const std::string_view key : shape.one_needed) out["oneOf"].push_back({{"required", {key}}});
  if (shape.least > 0) out["minProperties"] = shape.least;
  out["additionalProperties"] = shape.others == nullptr ? Json(false) : schema_of(*shape.others, language);
  return out;
}

Json schema_of(const Shape& shape, Language language) {
  switch (shape.kind) {
    case Shape::Kind::text:
      return scalar(shape);
    case Shape::Kind::number:
      return {{"type", {"integer", "string"}},
              {"minimum", shape.least},
              {"maximum", shape.most},
              {"pattern", "^[0-9]{1,18}$"}};
    case Shape::Kind::boolean:
      return {{"type", "boolean"}};
    case Shape::Kind::word: {
      Json all = Json::array();
      for (const std::string_view word : shape.words) {
        all.push_back(word);
        if (const auto number = as_number(word)) all.push_back(*number);
      }
      return {{"enum", std::move(all)}};
    }
    case Shape::Kind::form:
      return {{"type", {"string", "integer"}}, {"pattern", shape.pattern}};
    case Shape::Kind::list: {
      Json out{{"type", "array"}, {"items", schema_of(*shape.items, language)}};
      if (shape.least > 0) out["minItems"] = shape.least;
      return out;
    }
    case Shape::Kind::map:
    case Shape::Kind::one_of:
      return map_schema(shape, language);
    case Shape::Kind::either: {
      Json any = Json::array();
      for (const Shape* const one : shape.shapes) any.push_back(schema_of(*one, language));
      return {{"anyOf", std::move(any)}};
    }
  }
  return {};
}

}  // namespace

void write_scenario_schema(std::ostream& out, Language language) {
  Json all{{"$schema", "http://json-schema.org/draft-07/schema#"},
           {"title", language == Language::zh ? "gogoscope 的场景文件" : "A scenario of gogoscope"}};
  all.update(schema_of(shapes().scenario, language));
  out << all.dump(1) << '\n';
}

void write_answers_schema(std::ostream& out, Language language) {
  const auto told = [&](Json type, TextView about) {
    type["description"] = about.in(language);
    return type;
  };
  const Json count{{"type", "integer"}, {"minimum", 0}}, text{{"type", "string"}, {"minLength", 1}};
  const Json texts{{"type", "array"}, {"items", text}};
  Json kinds = Json::array();
  for (const std::string_view key : {"which", "value", "changes", "order"}) kinds.push_back(key);
  const Json answer{
      {"type", "object"},
      {"properties",
       {{"stop",
         told(text, {"the place of the stop, as the lesson writes it", "停靠点的位置，与课程里写的一样"})},
        {"question", told(text, {"the question's kind and what it asks", "问题的种类和问的内容"})},
        {"kind", {{"enum", kinds}}},
        {"given", told({{"anyOf", {texts, text, {{"type", "null"}}}}},
                       {"the ids of choices, or a value as typed; null: not answered",
                        "选项的标识，或所输入的值；null：没有回答"})},
        {"right", {{"type", {"boolean", "null"}}}},
        {"truth", told(texts, {"the right answer, of the record", "正确答案，来自运行记录"})}}},
      {"required", {"stop", "question", "given"}},
      {"additionalProperties", false}};
  Json all{{"$schema", "http://json-schema.org/draft-07/schema#"},
           {"title", language == Language::zh ? "gogoscope 课程的回答" : "Answers to a lesson of gogoscope"},
           {"type", "object"}};
  all["properties"] = {{"version", {{"const", 1}}},
                       {"lesson", text},
                       {"score",
                        {{"type", "object"},
                         {"properties", {{"right", count}, {"answered", count}, {"of", count}}},
                         {"required", {"right", "answered", "of"}},
                         {"additionalProperties", false}}},
                       {"answers", {{"type", "array"}, {"items", answer}}}};
  all["required"] = Json::array({"answers"});
  all["additionalProperties"] = false;
  out << all.dump(1) << '\n';
}

}  // namespace gogoscope
