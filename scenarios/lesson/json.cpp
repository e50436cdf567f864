#include "scenarios/lesson/json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

Json truth(const Question& question) {
  if (question.kind == Question::Kind::value) return Json::array({question.value_text});
  Json out = Json::array();
  for (const std::size_t one : question.truth) out.push_back(question.choices[one].id);
  return out;
}

/// What is wrong, on its way out of this file.
struct Wrong {
  Message why;
};

[[noreturn]] void wrong(const std::string& path, Pattern must_be) {
  throw Wrong{{{"{path} must be {what}", "{path} 应为{what}"}, {{"path", path}, {"what", Message(must_be)}}}};
}

std::string text_of(const Json& json, const std::string& path) {
  if (!json.is_string() || json.get_ref<const std::string&>().empty()) wrong(path, {"a text", "文字"});
  const auto& text = json.get_ref<const std::string&>();
  if (printable_lines(text) != text) wrong(path, {"a text without control characters", "不含控制字符的文字"});
  return text;
}

const Json& part(const Json& json, const char* key, const std::string& path) {
  if (!json.is_object()) wrong(path.empty() ? "the file" : path, {"an object", "对象"});
  const auto found = json.find(key);
  if (found == json.end())
    throw Wrong{{{"{path} is missing", "缺少 {path}"}, {{"path", path.empty() ? key : path + "." + key}}}};
  return *found;
}

KeptAnswer answer(const Json& json, const std::string& path) {
  KeptAnswer out;
  out.stop = text_of(part(json, "stop", path), path + ".stop");
  out.question = text_of(part(json, "question", path), path + ".question");
  const Json& given = part(json, "given", path);
  if (given.is_string()) {
    out.given.push_back(text_of(given, path + ".given"));
    return out;
  }
  if (!given.is_array()) wrong(path + ".given", {"a list of texts", "文字的列表"});
  for (std::size_t i = 0; i < given.size(); ++i)
    out.given.push_back(text_of(given[i], fmt::format("{}.given[{}]", path, i)));
  return out;
}

}  // namespace

std::string answers_json(const Lesson& lesson, const Progress& progress) {
  Json answers = Json::array();
  for (const LessonStop& stop : lesson.stops) {
    for (const Question& question : stop.ask) {
      const KeptAnswer* const kept = answer_to(progress, stop.id, question.id);
      Json one{{"stop", stop.id}, {"question", question.id}, {"kind", name(question.kind)}};
      one["given"] = kept == nullptr ? Json(nullptr) : Json(kept->given);
      one["right"] = kept == nullptr ? Json(nullptr) : Json(kept->right);
      one["truth"] = truth(question);
      answers.push_back(std::move(one));
    }
  }
  const LessonScore sum = score(lesson, progress);
  const Json out{{"version", 1},
                 {"lesson", lesson.name},
                 {"score", {{"right", sum.right}, {"answered", sum.answered}, {"of", sum.of}}},
                 {"answers", std::move(answers)}};
  return out.dump(1) + "\n";
}

std::variant<Progress, Message> progress_from_json(std::string_view text) try {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return Message({"it is no JSON", "它不是 JSON"});
  Progress out;
  if (json.is_object() && json.contains("lesson")) out.lesson = text_of(json["lesson"], "lesson");
  const Json& answers = part(json, "answers", "");
  if (!answers.is_array()) wrong("answers", {"a list", "列表"});
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string path = fmt::format("answers[{}]", i);
    if (part(answers[i], "given", path).is_null()) continue;
    KeptAnswer one = answer(answers[i], path);
    if (answer_to(out, one.stop, one.question) != nullptr)
      throw Wrong{{{"{path} answers a question for the second time", "{path} 第二次回答同一个问题"},
                   {{"path", path}}}};
    out.answers.push_back(std::move(one));
  }
  return out;
} catch (const Wrong& wrong) {
  return wrong.why;
}

}  // namespace gogoscope
