#include "scenarios/lesson/document.h"

#include <fmt/format.h>

#include "asm/text/fill.h"

namespace gogoscope {
namespace {

const TextView kOther{"[中文]({name}.zh.md)", "[English]({name}.md)"};
const TextView kHow{
    "This text is made of the lesson; `{open}` plays it in the window, where each question is answered "
    "before "
    "what comes later is shown. How to read a stop here:\n\n"
    "- **Go** is a line for the palette: press **Ctrl+P**, type it, press **Enter**. `#1` at its end means "
    "\"the "
    "first time\"; such a line works from anywhere.\n"
    "- **Look** names the panels that matter, and values.\n"
    "- **Predict** asks something. Answer it before you press the key; then open the answer.\n",
    "这份文字由课程生成；`{open}` "
    "在窗口里进行这一课，那里要先回答问题，才显示后面的内容。这里每一站的写法：\n\n"
    "- **前往** 是在命令面板里输入的一行：按 **Ctrl+P**，输入，按 **Enter**。行末的 `#1` "
    "表示“第一次”；带编号的行从任何时刻都能用。\n"
    "- **看** 说明该看哪些面板和值。\n"
    "- **预测** 提一个问题。先回答，再按键，最后展开答案。\n"};
const TextView kGo{"Go", "前往"};
const TextView kLook{"Look", "看"};
const TextView kPredict{"Predict", "预测"};
const TextView kAnswer{"Answer", "答案"};
const TextView kTry{"Try", "试一试"};
const TextView kThen{"Then {how}.", "然后{how}。"};
const TextView kByStep{"press **F11**", "按 **F11**"};
const TextView kByLine{"press **F10**", "按 **F10**"};
const TextView kByRun{"`run-to {place}`", " `run-to {place}`"};
const TextView kEdit{"Go back with `run-to {place}`, press **F2**, type `{what}` and press **Enter**.",
                     "用 `run-to {place}` 回去，按 **F2**，输入 `{what}`，再按 **Enter**。"};

/// Lines of a list follow each other; everything else is a paragraph.
std::string paragraphs(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    const std::string_view rest = text.substr(at + 1);
    if (text[at] != '\n' || rest.empty() || rest.front() == '\n') continue;
    const std::size_t before = out.find_last_of('\n', out.size() - 2);
    const std::string_view line =
        std::string_view(out).substr(out.size() < 2 || before == std::string::npos ? 0 : before + 1);
    if (line == "\n") continue;
    const bool in_list = line.starts_with("- ");
    if (!in_list || !rest.starts_with("- ")) out += '\n';
  }
  return out;
}

class Document {
 public:
  Document(const Lesson& lesson, Language language) : lesson_(lesson), language_(language) {}

  std::string written(const LessonHead& head) {
    paragraph("# " + head.title.in(language_));
    paragraph(fill(kOther.in(language_), {{"name", lesson_.name}}));
    paragraph(paragraphs(head.about.in(language_)));
    paragraph(lesson_.goal.in(language_));
    out_ += fill(kHow.in(language_), {{"open", "./run " + head.path}});
    for (std::size_t i = 0; i < lesson_.stops.size(); ++i) stop(lesson_.stops[i], i + 1);
    return out_;
  }

 private:
  std::string_view word(const TextView& text) const { return text.in(language_); }
  void paragraph(std::string_view text) { out_.append(text).append("\n\n"); }

  void stop(const LessonStop& stop, std::size_t number) {
    const std::string& title = stop.title.in(language_);
    out_ += fmt::format("\n## {}. {}\n\n", number, title.empty() ? "`" + stop.at + "`" : title);
    paragraph(fmt::format("**{}** `run-to {}`", word(kGo), stop.at));
    paragraph(paragraphs(stop.say.in(language_)));
    if (!stop.picture.name.empty())
      paragraph(fmt::format("![{}](pictures/{}{}.png)", stop.picture.shows.in(language_), stop.picture.name,
                            language_ == Language::zh ? "-zh" : ""));
    look(stop);
    for (const Question& question : stop.ask) ask(question);
    if (!stop.tries.empty()) tries(stop);
    out_.pop_back();  // a heading brings its own blank line
  }

  void look(const LessonStop& stop) {
    std::string all;
    for (const Look& one : stop.look) {
      all += all.empty() ? "" : language_ == Language::zh ? "、" : ", ";
      all += one.value ? fmt::format("`{} = {}`", one.name, *one.value) : fmt::format("`{}`", one.name);
    }
    if (!all.empty()) paragraph(fmt::format("**{}** {}", word(kLook), all));
  }

  void ask(const Question& question) {
    const std::string how = question.after_text.empty()     ? ""
                            : question.after_text == "step" ? kByStep.str(language_)
                            : question.after_text == "line"
                                ? kByLine.str(language_)
                                : fill(kByRun.in(language_), {{"place", question.after_text}});
    out_ += fmt::format("**{}** {}", word(kPredict), question.text.in(language_));
    if (!how.empty())
      out_ += (language_ == Language::zh ? "" : " ") + fill(kThen.in(language_), {{"how", how}});
    out_ += "\n\n";
    for (std::size_t i = 0; i < question.choices.size(); ++i)
      out_ += fmt::format("- {}) {}\n", letter(i), question.choices[i].text.in(language_));
    if (!question.choices.empty()) out_ += "\n";
    paragraph(fmt::format("<details><summary>{}</summary>", word(kAnswer)));
    paragraph("**" + truth_text(question, language_) + "**");
    paragraph(paragraphs(question.because.in(language_)));
    paragraph("</details>");
  }

  void tries(const LessonStop& stop) {
    paragraph(fmt::format("**{}** {}", word(kTry), paragraphs(stop.tries.in(language_))));
    if (!stop.edit.empty()) paragraph(fill(kEdit.in(language_), {{"place", stop.at}, {"what", stop.edit}}));
    if (!stop.opens.empty()) paragraph("`" + stop.opens + "`");
  }

  const Lesson& lesson_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string lesson_document(const Lesson& lesson, const LessonHead& head, Language language) {
  return Document(lesson, language).written(head);
}

}  // namespace gogoscope
