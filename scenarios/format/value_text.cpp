#include "scenarios/format/value_text.h"

#include <algorithm>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"
#include "scenarios/format/read_inputs.h"
#include "scenarios/format/read_section.h"

namespace gogoscope {
namespace {

constexpr std::string_view kStep = "step";

class ValueTextReader {
 public:
  ValueTextReader(const YamlNode& node, const ValueScope& scope, SectionReader& reader)
      : node_(node), text_(node.value), scope_(scope), reader_(reader) {}

  ValueText read() {
    std::size_t end = text_.size();
    while (end > 0 && (text_[end - 1] == '\n' || text_[end - 1] == ' ')) --end;
    text_ = text_.substr(0, end);
    ValueText out;
    out.source = std::string(text_);
    out.words.emplace_back();
    for (std::size_t at = 0; at < text_.size();) {
      const char c = text_[at];
      const bool doubled = (c == '{' || c == '}') && at + 1 < text_.size() && text_[at + 1] == c;
      if (c != '{' || doubled) {
        out.words.back() += c;
        at += doubled ? 2 : 1;
        continue;
      }
      const std::size_t close = text_.find('}', at);
      if (close == std::string_view::npos) {
        error(at, 1,
              {{"this brace is not closed; a brace of the text is written twice: {brace}",
                "这个花括号没有结束；文字里的花括号要写两个：{brace}"},
               {{"brace", "{{"}}});
        whole_ = false;
        return out;
      }
      value(at + 1, text_.substr(at + 1, close - at - 1), out);
      at = close + 1;
    }
    return out;
  }

  /// Whether there was nothing wrong with it.
  bool whole() const { return whole_; }

 private:
  int column(std::size_t at) const { return static_cast<int>(characters(text_.substr(0, at))) + 1; }
  void error(std::size_t at, int width, Message message) {
    reader_.error(mark_inside(node_, column(at), width, reader_.problems()), std::move(message));
  }

  /// A folded text is spelled otherwise than it reads: what is in braces is looked for in its lines.
  FileMark place(std::string_view inside, std::size_t at, int width) {
    found_ = false;
    if (node_.style != '>') return mark_inside(node_, column(at), width, reader_.problems());
    const Problems& problems = reader_.problems();
    for (int line = std::max(line_, node_.mark.line + 1); line <= problems.lines(); ++line) {
      const std::size_t from = line == line_ ? byte_ : 0;
      const std::size_t open = problems.line(line).find("{" + std::string(inside) + "}", from);
      if (open == std::string_view::npos) continue;
      line_ = line;
      byte_ = open + 1;
      found_ = true;
      return {line, problems.column(line, static_cast<int>(open)) + 1, width, node_.mark.file};
    }
    return node_.mark;
  }

  void value(std::size_t at, std::string_view inside, ValueText& out) {
    ValueText::Value value;
    value.text = std::string(inside);
    const int width = std::max(1, static_cast<int>(characters(inside)));
    value.mark = place(inside, at, width);
    if (inside != kStep) {
      auto parsed = parse_sum(inside, scope_.layout, scope_.goroutines, scope_.of_step);
      if (auto* const wrong = std::get_if<ExpressionError>(&parsed)) {
        // Where the file spells the text as it is, the column is right inside the braces, too.
        value.mark.column += wrong->column - 1;
        value.mark.width = wrong->width;
        if (!found_)
          value.mark = mark_inside(node_, column(at) + wrong->column - 1, wrong->width, reader_.problems());
        whole_ = false;
        return reader_.error(value.mark, wrong->message);
      }
      value.sum = std::move(std::get<Sum>(parsed));
    }
    out.values.push_back(std::move(value));
    out.words.emplace_back();
  }

  const YamlNode& node_;
  std::string_view text_;
  const ValueScope& scope_;
  SectionReader& reader_;
  int line_ = 0;  ///< of a folded text, where the last value was found
  std::size_t byte_ = 0;
  bool found_ = false;
  bool whole_ = true;
};

std::vector<std::string> named(const ValueText& text) {
  std::vector<std::string> out;
  for (const ValueText::Value& value : text.values) out.push_back(value.text);
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace

ValueTexts read_value_texts(const YamlNode& node, const Called& what, const ValueScope& scope,
                            SectionReader& reader) {
  ValueTexts out;
  bool whole = true;
  if (!reader.expect_map(node, what, shapes().texts)) return out;
  for (const auto& [language, to] : {std::pair(std::string_view("en"), &out.en), {"zh", &out.zh}}) {
    const YamlNode* const value = node.find(language);
    if (value == nullptr) {
      reader.error(node.mark, {{"{what} has no '{language}': texts come in both languages",
                                "{what} 没有 '{language}'：文本要有两种语言"},
                               {{"what", what}, {"language", language}}});
      continue;
    }
    const Message of_language({"{what}.{language}", "{what}.{language}"},
                              {{"what", what}, {"language", language}});
    if (!reader.text(*value, of_language)) continue;
    ValueTextReader read(*value, scope, reader);
    *to = read.read();
    whole = whole && read.whole();
  }
  // What could not be read is reported already.
  if (!whole || out.en.words.empty() || out.zh.words.empty()) return out;
  const std::vector<std::string> en = named(out.en), zh = named(out.zh);
  for (const auto& [one, other] : {std::pair(&out.en, &zh), {&out.zh, &en}}) {
    for (const ValueText::Value& value : one->values) {
      if (std::ranges::binary_search(*other, value.text)) continue;
      reader.error(value.mark, {{"the other language does not name {value}: both say the same",
                                 "另一种语言没有写 {value}：两种语言说的要相同"},
                                {{"value", in_quotes(value.text)}}});
      return out;
    }
  }
  return out;
}

ValueTexts read_plain_text(const YamlNode& node, const Called& what, const ValueScope& scope,
                           SectionReader& reader) {
  if (!reader.text(node, what)) return {};
  const ValueText text = ValueTextReader(node, scope, reader).read();
  return {text, text};
}

}  // namespace gogoscope
