#include "scenarios/page/lesson_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "asm/text/marks.h"
#include "asm/text/printable.h"
#include "emu/layout/entities.h"
#include "emu/layout/status.h"
#include "scenarios/lesson/answer.h"
#include "scenarios/page/values.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

namespace {

std::string_view name(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::which:
      return "which";
    case Question::Kind::value:
      return "value";
    case Question::Kind::changes:
      return "changes";
    case Question::Kind::order:
      break;
  }
  return "order";
}

/// Single words that may have a value at a moment; not all do in every question.
std::vector<std::string> candidates(const Question& question, const Cursor& at) {
  std::vector<std::string> out{"nil", "true", "false", "tls", "stack"};
  for (int i = 0; i < kRegCount; ++i) out.emplace_back(gogoscope::name(static_cast<Reg>(i)));
  const Entities entities(at.trace().guest(), at.state());
  for (const Entity& e : entities.all()) {
    out.push_back(e.name);
    if (e.short_name != e.name) out.push_back(e.short_name);
  }
  return out;
}

/// Words that have a value only where they are the whole answer: of a status, and the truth as it is shown.
std::vector<std::string> whole_answers(const Question& question) {
  std::vector<std::string> out{question.value_text};
  for (const std::uint32_t status :
       {kGidle, kGrunnable, kGrunning, kGsyscall, kGwaiting, kGdead, kGcopystack, kGpreempted})
    out.push_back(g_status_word(status));
  for (std::uint64_t status = 0; status <= 4; ++status) out.push_back(p_status_word(status));
  return out;
}

/// Those of the words that have a value.
Json values_json(const std::vector<std::string>& words, const Question& question, const Cursor& at) {
  Json out = Json::object();
  for (const std::string& word : words) {
    const auto value = typed_value(question, word, at);
    if (const auto* const number = std::get_if<std::uint64_t>(&value))
      out[word] = fmt::format("{:#x}", *number);
  }
  return out;
}

/// The player shows the marks of code as they are, and knows no others.
Json said(const Text& text) { return both({without_strong(text.en), without_strong(text.zh)}); }

Json question_json(const Question& question, const Cursor& at) {
  Json out{{"kind", name(question.kind)}, {"id", question.id}, {"text", said(question.text)}};
  if (question.kind == Question::Kind::value) {
    out["value"] = fmt::format("{:#x}", question.value);
    out["words"] = values_json(candidates(question, at), question, at);
    out["alone"] = values_json(whole_answers(question), question, at);
  } else {
    Json choices = Json::array();
    for (const Choice& choice : question.choices)
      choices.push_back({{"id", choice.id}, {"text", said(choice.text)}});
    out["choices"] = std::move(choices);
    out["truth"] = question.truth;
  }
  out["answer"] = said({truth_text(question, Language::en), truth_text(question, Language::zh)});
  out["after"] = question.after;
  out["because"] = said(question.because);
  return out;
}

}  // namespace

Json lesson_json(const Lesson& lesson, const Trace& trace, std::uint64_t to) {
  Json stops = Json::array();
  Cursor at(trace);
  bool types_values = false;
  for (const LessonStop& stop : lesson.stops) {
    if (stop.state > to) continue;
    at.seek(stop.state);
    Json one{{"id", printable(stop.id)}, {"state", stop.state}, {"say", said(stop.say)}};
    if (!stop.title.empty()) one["title"] = said(stop.title);
    if (!stop.tries.empty()) one["try"] = said(stop.tries);
    one["look"] = Json::array();
    for (const Look& look : stop.look) {
      Json pair{printable(look.name)};
      if (look.value) pair.push_back(printable(*look.value));
      one["look"].push_back(std::move(pair));
    }
    one["ask"] = Json::array();
    for (const Question& question : stop.ask) {
      types_values = types_values || question.kind == Question::Kind::value;
      one["ask"].push_back(question_json(question, at));
    }
    stops.push_back(std::move(one));
  }
  Json symbols = Json::object();
  if (types_values) {
    for (const Function& function : trace.guest().code.functions())
      symbols[printable(function.name)] = fmt::format("{:#x}", function.entry.value());
  }
  return {
      {"name", lesson.name}, {"goal", said(lesson.goal)}, {"symbols", symbols}, {"stops", std::move(stops)}};
}

}  // namespace gogoscope
