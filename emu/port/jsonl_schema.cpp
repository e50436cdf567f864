#include "emu/port/jsonl_schema.h"

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <utility>

#include "emu/guest/registers.h"
#include "emu/guest/sse.h"
#include "emu/history/event_info.h"
#include "emu/history/trace.h"
#include "emu/port/words.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

Json text() { return {{"type", "string"}}; }
Json count() { return {{"type", "integer"}, {"minimum", 0}}; }
Json number() { return {{"type", "integer"}}; }
Json hex_number() { return {{"type", "string"}, {"pattern", "^0x[0-9a-f]+$"}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

/// All properties are required but those of `optional`; others are refused.
Json object_of(Json properties, Json optional = Json::object()) {
  Json required = Json::array();
  for (const auto& [key, type] : properties.items()) required.push_back(key);
  properties.update(optional);
  return {{"type", "object"},
          {"required", std::move(required)},
          {"properties", std::move(properties)},
          {"additionalProperties", false}};
}

Json event_schema(const EventInfo& about) {
  Json properties{{"type", {{"const", about.name}}}};
  for (const EventField& field : about.fields) {
    if (field.use != FieldUse::files) continue;
    const bool is_number =
        field.word == EventWord::m || field.word == EventWord::fd || field.word == EventWord::code;
    properties[field.key] = is_number ? number() : text();
  }
  if (about.type == EventType::invariant) properties["detail_zh"] = text();
  return object_of(std::move(properties));
}

/// Of one register file: what a step changed, ["0xold", "0xnew"].
Json registers_schema(bool with_rip) {
  Json properties = Json::object();
  for (int i = 0; i < kRegCount; ++i) {
    properties[std::string(name(static_cast<Reg>(i)))] = {{"$ref", "#/definitions/change"}};
  }
  if (!with_rip) properties.erase(std::string(name(Reg::rip)));
  return object_of(Json::object(), std::move(properties));
}

/// The same of SSE registers, whose values have all their digits.
Json sse_schema() {
  Json properties = Json::object();
  for (unsigned i = 0; i < kSseRegCount; ++i) {
    properties[std::string(name(static_cast<SseReg>(i)))] = {{"$ref", "#/definitions/change"}};
  }
  return object_of(Json::object(), std::move(properties));
}

/// {"m1": ...}: of threads that did not make the step.
Json of_threads(Json schema) {
  return {{"type", "object"},
          {"patternProperties", {{"^m[0-9]+$", std::move(schema)}}},
          {"additionalProperties", false}};
}

Json stop_schema() {
  Json reasons = Json::array();
  for (const StopReason reason :
       {StopReason::exit, StopReason::fault, StopReason::deadlock, StopReason::throw_}) {
    reasons.push_back(name(reason));
  }
  Json stop =
      object_of({{"reason", {{"enum", std::move(reasons)}}}, {"detail", text()}, {"detail_zh", text()}},
                {{"exit_code", number()}});
  return {{"anyOf", {{{"type", "null"}}, std::move(stop)}}};
}

Json step_schema() {
  Json kinds = Json::array();
  for (const StepKind kind : {StepKind::instruction, StepKind::slot, StepKind::edit, StepKind::thread}) {
    kinds.push_back(step_kind(kind));
  }
  Json events = Json::array();
  for (const EventInfo& about : event_infos()) events.push_back(event_schema(about));
  const Json line = object_of({{"file", text()}, {"line", count()}});
  const Json write = object_of({{"addr", hex_number()},
                                {"size", count()},
                                {"old", hex_number()},
                                {"new", hex_number()},
                                {"name", text()}});
  const Json map = object_of({{"region", text()}, {"old", hex_number()}, {"new", hex_number()}});
  return object_of(
      {{"step", count()},
       {"m", count()},
       {"kind", {{"enum", std::move(kinds)}}},
       {"real", {{"type", "boolean"}, {"description", "A Go toolchain emits these bytes."}}},
       {"pc", hex_number()},
       {"sym", text()},
       {"text", text()},
       {"line", {{"anyOf", {{{"type", "null"}}, line}}}},
       {"bytes", {{"type", "string"}, {"pattern", "^([0-9a-f]{2}( [0-9a-f]{2})*)?$"}}},
       {"regs", {{"$ref", "#/definitions/registers"}}},
       {"writes", list_of(write)},
       {"events", list_of({{"anyOf", std::move(events)}})},
       {"stop", stop_schema()}},
      {{"to", count()},
       {"changed", {{"type", "boolean"}, {"description", "Of a function that the scenario has altered."}}},
       {"other_regs", of_threads(registers_schema(true))},
       {"sse", sse_schema()},
       {"other_sse", of_threads(sse_schema())},
       {"maps", list_of(map)}});
}

}  // namespace

void write_jsonl_schema(std::ostream& out) {
  const Json header = object_of({{"scenario", text()}, {"go", text()}, {"steps", count()}});
  const Json change{{"type", "array"}, {"items", hex_number()}, {"minItems", 2}, {"maxItems", 2}};
  const Json all{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"title", "A line of gogoscope trace --format jsonl: the first is the header, each other a step"},
      {"anyOf", {header, step_schema()}},
      {"definitions", {{"change", change}, {"registers", registers_schema(false)}}}};
  out << all.dump(1) << '\n';
}

}  // namespace gogoscope
