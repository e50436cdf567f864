#include "scenarios/lesson/answer.h"

#include <algorithm>
#include <optional>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "scenarios/format/expression.h"

namespace gogoscope {
namespace {

using Kind = Question::Kind;

/// Latin letters alone have two cases.
std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// A choice by its text or id, else by its letter.
std::optional<std::size_t> choice(const Question& question, std::string_view word) {
  const std::string wanted = lower(trimmed(word));
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const Choice& one = question.choices[i];
    if (wanted == lower(one.id) || wanted == lower(one.text.en) || wanted == lower(one.text.zh)) return i;
  }
  const std::string_view bare =
      wanted.ends_with(')') ? std::string_view(wanted).substr(0, wanted.size() - 1) : wanted;
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    if (bare == letter(i)) return i;
  }
  return std::nullopt;
}

Message no_choice(const Question& question, std::string_view word) {
  std::vector<std::string_view> known;
  for (const Choice& one : question.choices) known.push_back(one.id);
  return {{"{word} is none of the choices; answer with letters from a to {last}{hint}",
           "{word} 不是选项之一；请用 a 到 {last} 的字母回答{hint}"},
          {{"word", in_quotes(word)},
           {"last", letter(question.choices.size() - 1)},
           {"hint", did_you_mean(word, known)}}};
}

/// Letters run together, "bca", are as good as "b c a".
std::vector<std::string> words_of(const Question& question, std::string_view typed) {
  std::vector<std::string> out;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t at = 0; at < typed.size();) {
    static constexpr std::string_view kCommas[] = {",", ";", " ", "\t", "，", "、", "；"};
    const auto comma =
        std::ranges::find_if(kCommas, [&](std::string_view c) { return typed.substr(at).starts_with(c); });
    if (comma != std::end(kCommas)) {
      end();
      at += comma->size();
    } else {
      word += typed[at++];
    }
  }
  end();
  const bool together = out.size() == 1 && !choice(question, out[0]) && question.choices.size() <= 26 &&
                        std::ranges::all_of(lower(out[0]), [&](char c) {
                          return c >= 'a' && static_cast<std::size_t>(c - 'a') < question.choices.size();
                        });
  if (!together) return out;
  const std::string letters = std::move(out[0]);
  out.clear();
  for (const char c : letters) out.emplace_back(1, c);
  return out;
}

std::variant<JudgedAnswer, Message> of_choices(const Question& question,
                                               const std::vector<std::string>& words) {
  std::vector<std::size_t> chosen;
  for (const std::string& word : words) {
    const auto found = choice(question, word);
    if (!found) return no_choice(question, word);
    if (std::ranges::find(chosen, *found) == chosen.end()) chosen.push_back(*found);
  }
  const std::size_t all = question.choices.size();
  if (question.kind == Kind::which && chosen.size() != 1)
    return Message(
        {"one of the choices is right: answer with one letter", "只有一个选项是对的：请用一个字母回答"});
  if (question.kind == Kind::order && chosen.size() != all)
    return Message({"all {n} belong in the answer, in their order: such as b a",
                    "答案里要有全部 {n} 个，按顺序写：例如 b a"},
                   {{"n", all}});
  if (question.kind == Kind::changes) std::ranges::sort(chosen);
  JudgedAnswer out;
  for (const std::size_t one : chosen) out.given.push_back(question.choices[one].id);
  out.right = chosen == question.truth;
  return out;
}

std::variant<JudgedAnswer, Message> of_value(const Question& question, std::string_view typed,
                                             const Cursor& at) {
  const auto value = typed_value(question, typed, at);
  if (const auto* const why = std::get_if<Message>(&value)) return *why;
  return JudgedAnswer{{std::string(typed)}, std::get<std::uint64_t>(value) == question.value};
}

}  // namespace

std::variant<std::uint64_t, Message> typed_value(const Question& question, std::string_view typed,
                                                 const Cursor& at) {
  const Guest& guest = at.trace().guest();
  bool in_value = false;
  const auto parsed = parse_equality(question.asked, typed, guest.release->layout, in_value);
  if (const auto* const wrong = std::get_if<ExpressionError>(&parsed)) return wrong->message;
  const Sum& sum = std::get<Comparison>(parsed).right;
  if (const auto unknown = check_symbols(sum, guest.code); !unknown.empty()) return unknown.front().message;
  return evaluate(sum, guest, at.state());
}

std::variant<JudgedAnswer, Message> judged_answer(const Question& question, std::string_view typed,
                                                  const Cursor& at) {
  const std::string_view text = trimmed(typed);
  if (text.empty()) return Message({"an answer is missing", "没有回答"});
  if (question.kind == Kind::value) return of_value(question, text, at);
  const bool none =
      question.kind == Kind::changes && !choice(question, text) && (lower(text) == "none" || text == "无");
  if (none) return of_choices(question, {});
  if (const auto whole = choice(question, text)) return of_choices(question, {question.choices[*whole].id});
  return of_choices(question, words_of(question, text));
}

std::variant<JudgedAnswer, Message> judged_answer(const Question& question,
                                                  const std::vector<std::string>& given, const Cursor& at) {
  if (question.kind != Kind::value) return of_choices(question, given);
  if (given.size() != 1) return Message({"an answer is missing", "没有回答"});
  return of_value(question, trimmed(given.front()), at);
}

}  // namespace gogoscope
