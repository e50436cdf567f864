// An answer, understood and judged. There is one try: whoever asks shows the truth afterwards.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/history/cursor.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

struct JudgedAnswer {
  std::vector<std::string> given;  ///< ids of choices; of a value the one text that was typed
  bool right = false;
};

/// What was typed or clicked, or why it is no answer to the question: then it is no try. Choices go by
/// letters, ids or texts in either language; none of them is "none". A value is a number, a status, a
/// g, or an expression in the state of the stop, where `at` must be: "rsp - 8".
std::variant<JudgedAnswer, Message> judged_answer(const Question& question, std::string_view typed,
                                                  const Cursor& at);

/// The same of an answer that was kept, by ids.
std::variant<JudgedAnswer, Message> judged_answer(const Question& question,
                                                  const std::vector<std::string>& given, const Cursor& at);

/// What a typed value comes to, as an answer to a question of that kind; or why it is no value.
std::variant<std::uint64_t, Message> typed_value(const Question& question, std::string_view typed,
                                                 const Cursor& at);

}  // namespace gogoscope
