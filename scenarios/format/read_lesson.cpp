#include "scenarios/format/read_lesson.h"

#include <algorithm>
#include <set>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/session/views/panel_names.h"
#include "scenarios/format/read_events.h"
#include "scenarios/format/read_inputs.h"

namespace gogoscope {
namespace {

using Kind = PlannedQuestion::Kind;

class LessonReader {
 public:
  LessonReader(const Layout& layout, const GoroutineNames& goroutines, SectionReader& reader)
      : layout_(layout),
        goroutines_(goroutines),
        reader_(reader),
        state_{layout, goroutines, false},
        step_{layout, goroutines, true} {}

  LessonPlan lesson(const YamlNode& node) {
    LessonPlan out;
    out.mark = node.mark;
    if (!reader_.expect_map(node, "lesson", shapes().lesson)) return out;
    const YamlNode *const goal = part(node, "goal", "lesson"), *const stops = part(node, "stops", "lesson");
    if (goal != nullptr) out.goal = of_no_moment(*goal, "goal", {"a goal", "目标"});
    if (stops == nullptr || !list(*stops, "stops", shapes().stops)) return out;
    for (const YamlNode& item : stops->items) {
      if (reader_.expect_map(item, TextView{"a stop", "停靠点"}, shapes().stop_of_lesson))
        out.stops.push_back(stop(item));
    }
    return out;
  }

 private:
  /// A part that must be there; null (and reported) if it is not.
  const YamlNode* part(const YamlNode& map, std::string_view key, const Called& what) {
    const YamlNode* const found = map.find(key);
    if (found == nullptr)
      reader_.error(map.mark,
                    {{"{what} has no '{key}'", "{what}没有 '{key}'"}, {{"what", what}, {"key", key}}});
    return found;
  }

  bool list(const YamlNode& node, std::string_view what, const Shape& shape) {
    if (!reader_.expect_list(node, what)) return false;
    if (node.items.size() >= shape.least) return true;
    reader_.error(node.mark,
                  {{"{what} has too few: at least {n} belong here", "{what} 太少：这里至少要有 {n} 个"},
                   {{"what", what}, {"n", shape.least}}});
    return false;
  }

  /// It is about no moment, so it has no values.
  Text of_no_moment(const YamlNode& node, std::string_view key, TextView what) {
    const ValueTexts texts = read_value_texts(node, key, state_, reader_);
    if (!texts.en.values.empty())
      reader_.error(texts.en.values.front().mark,
                    {{"{what} is about no moment: it has no values", "{what}与任何时刻无关：里面不能有值"},
                     {{"what", what}}});
    return {texts.en.words.empty() ? "" : texts.en.words.front(),
            texts.zh.words.empty() ? "" : texts.zh.words.front()};
  }

  PlannedStop stop(const YamlNode& node) {
    PlannedStop out;
    const TextView what{"a stop", "停靠点"};
    out.mark = node.mark;
    if (const YamlNode* const at = part(node, "at", what)) {
      out.mark = at->mark;
      out.at_text = at->value;
      out.at = read_where(*at, "at", false, reader_).value_or(Where::at_end());
    }
    if (const YamlNode* const say = part(node, "say", what))
      out.say = read_value_texts(*say, "say", state_, reader_);
    if (const YamlNode* const tries = node.find("try"))
      out.tries = read_value_texts(*tries, "try", state_, reader_);
    deed(node, out);
    if (const YamlNode* const title = node.find("title"))
      out.title = of_no_moment(*title, "title", {"a title", "标题"});
    if (const YamlNode* const picture = node.find("picture")) this->picture(*picture, out.picture);
    const YamlNode* const look = node.find("look");
    if (look != nullptr && list(*look, "look", shapes().look)) {
      for (const YamlNode& item : look->items) this->look(item, out.look);
    }
    const YamlNode* const ask = node.find("ask");
    if (ask != nullptr && list(*ask, "ask", shapes().ask)) {
      for (const YamlNode& item : ask->items) question(item, out.ask);
    }
    return out;
  }

  void picture(const YamlNode& node, PlannedPicture& out) {
    const TextView what{"a picture", "图片"};
    if (!reader_.expect_map(node, what, shapes().picture)) return;
    const YamlNode *const name = part(node, "name", what), *const shows = part(node, "shows", what);
    if (shows != nullptr) out.shows = of_no_moment(*shows, "shows", what);
    if (name == nullptr) return;
    out.name = reader_.text(*name, "name").value_or("");
    // It becomes the name of a file.
    const bool plain = std::ranges::all_of(
        out.name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (!plain)
      reader_.error(name->mark, {{"the name of a picture has small letters, digits and hyphens, not {name}",
                                  "图片的名字只用小写字母、数字和连字符，不能是 {name}"},
                                 {{"name", in_quotes(out.name)}}});
  }

  /// What a button carries out of what `try` says.
  void deed(const YamlNode& node, PlannedStop& out) {
    for (const auto& [key, to] : {std::pair(std::string_view("edit"), &out.edit), {"open", &out.opens}}) {
      const YamlNode* const found = node.find(key);
      if (found == nullptr) continue;
      const std::optional<std::string> text = reader_.text(*found, key);
      if (!text) continue;
      if (out.tries.empty()) {
        reader_.error(found->mark, {{"'{key}' does what 'try' says: there is no 'try'",
                                     "'{key}' 做 'try' 所说的事：这里没有 'try'"},
                                    {{"key", key}}});
      } else if (!out.edit.empty()) {
        reader_.error(found->mark,
                      {{"a stop has 'edit' or 'open', not both", "停靠点只能有 'edit' 或 'open' 之一"}});
      }
      *to = *text;
      out.try_mark = found->mark;
    }
  }

  void look(const YamlNode& node, std::vector<PlannedLook>& out) {
    const std::optional<std::string> text = reader_.text(node, "look");
    if (!text) return;
    PlannedLook look{*text, std::nullopt, node.mark};
    if (std::ranges::find(kPanelNames, *text) == kPanelNames.end()) {
      auto parsed = parse_sum(*text, layout_, goroutines_);
      if (const auto* const wrong = std::get_if<ExpressionError>(&parsed)) {
        const Message hint = did_you_mean(*text, {kPanelNames.begin(), kPanelNames.end()});
        if (hint.empty()) return tell(*wrong, node, reader_);
        reader_.error(node.mark, {{"there is no panel {name}{hint}", "没有面板 {name}{hint}"},
                                  {{"name", in_quotes(*text)}, {"hint", hint}}});
        return;
      }
      look.value = std::move(std::get<Sum>(parsed));
    }
    out.push_back(std::move(look));
  }

  void question(const YamlNode& node, std::vector<PlannedQuestion>& out) {
    struct Of {
      std::string_view key;
      Kind kind;
      const Shape* shape;
    };
    static const Of kAll[] = {{"which", Kind::which, &shapes().which_question},
                              {"value", Kind::value, &shapes().value_question},
                              {"changes", Kind::changes, &shapes().changes_question},
                              {"order", Kind::order, &shapes().order_question}};
    const TextView what{"a question", "问题"};
    const auto found = std::ranges::find_if(kAll, [&](const Of& of) { return node.find(of.key) != nullptr; });
    if (found == std::end(kAll)) {
      reader_.error(node.mark, {{"a question has one of the keys which, value, changes, order",
                                 "问题要有以下键之一：which、value、changes、order"}});
      if (node.kind == YamlNode::Kind::map)
        reader_.expect_map(
            node, what,
            {"which", "value", "changes", "order", "options", "answer", "after", "say", "because"});
      return;
    }
    PlannedQuestion one;
    one.kind = found->kind;
    one.mark = node.entries.front().key.mark;
    reader_.expect_map(node, what, *found->shape);
    const YamlNode& asked = *node.find(found->key);
    switch (one.kind) {
      case Kind::which:
        one.text = read_value_texts(asked, "which", state_, reader_);
        options(node, one);
        break;
      case Kind::value:
        value(asked, "value", one.values);
        break;
      case Kind::changes:
        if (!list(asked, "changes", shapes().asked_values)) break;
        for (const YamlNode& item : asked.items) value(item, TextView{"a value", "值"}, one.values);
        break;
      case Kind::order:
        if (list(asked, "order", shapes().asked_events)) one.events = events(asked);
        break;
    }
    if (const YamlNode* const say = node.find("say"); say != nullptr && one.kind != Kind::which)
      one.text = read_value_texts(*say, "say", state_, reader_);
    const bool must = std::ranges::any_of(
        found->shape->keys, [](const ShapeKey& key) { return key.name == "after" && key.required; });
    const YamlNode* const after = must ? part(node, "after", what) : node.find("after");
    if (one.kind == Kind::order) one.after = {PlannedMoment::Kind::where, Where::at_end(), "end", node.mark};
    if (after != nullptr) one.after = moment(*after);
    if (const YamlNode* const because = part(node, "because", what))
      one.because = read_value_texts(*because, "because", step_, reader_);
    out.push_back(std::move(one));
  }

  std::vector<ExpectedEvent> events(const YamlNode& node) {
    std::vector<ExpectedEvent> out;
    for (const YamlNode& item : node.items) {
      if (item.kind != YamlNode::Kind::map || item.entries.size() != 1) {
        reader_.error(item.mark,
                      {{"an event is written as one key with its fields, such as status: {g: g2, to: dead}",
                        "事件写成一个键和它的字段，例如 status: {g: g2, to: dead}"}});
        continue;
      }
      if (auto event = read_event_entry(item.entries.front(), goroutines_, reader_))
        out.push_back(std::move(*event));
    }
    return out;
  }

  void value(const YamlNode& node, const Called& what, std::vector<PlannedValue>& out) {
    const std::optional<std::string> text = reader_.text(node, what);
    if (!text) return;
    auto parsed = parse_sum(*text, layout_, goroutines_);
    if (const auto* const wrong = std::get_if<ExpressionError>(&parsed)) return tell(*wrong, node, reader_);
    if (std::ranges::find(out, *text, &PlannedValue::text) != out.end()) return twice(node);
    out.push_back({std::move(std::get<Sum>(parsed)), *text, node.mark});
  }

  void twice(const YamlNode& node) {
    reader_.error(node.mark,
                  {{"{text} is there already", "{text} 已经有了"}, {{"text", in_quotes(node.value)}}});
  }

  PlannedMoment moment(const YamlNode& node) {
    PlannedMoment out;
    out.mark = node.mark;
    out.text = node.value;
    if (node.value == "step" || node.value == "line") {
      out.kind = node.value == "step" ? PlannedMoment::Kind::step : PlannedMoment::Kind::line;
      return out;
    }
    out.kind = PlannedMoment::Kind::where;
    if (const auto where = read_where(node, "after", false, reader_)) {
      // A slip of one of the words reads as a function that is not there.
      const Message hint = did_you_mean(node.value, {"step", "line", "end"});
      if (where->kind != Where::Kind::place || node.value.find('.') != std::string::npos || hint.empty()) {
        out.where = *where;
      } else {
        reader_.error(node.mark, {{"after is step, line, end or a place, not {text}{hint}",
                                   "after 是 step、line、end 或一个位置，不是 {text}{hint}"},
                                  {{"text", in_quotes(node.value)}, {"hint", hint}}});
      }
    }
    return out;
  }

  void options(const YamlNode& node, PlannedQuestion& out) {
    const TextView what{"a question with options", "带选项的问题"};
    const YamlNode *const all = part(node, "options", what), *const answer = part(node, "answer", what);
    if (all == nullptr || !list(*all, "options", shapes().options)) return;
    for (const YamlNode& item : all->items) {
      PlannedOption option;
      option.mark = item.mark;
      const bool both = item.kind == YamlNode::Kind::map;
      const TextView called{"an option", "选项"};
      option.text = both ? read_value_texts(item, called, state_, reader_)
                         : read_plain_text(item, called, state_, reader_);
      option.name = option.text.en.source;
      if (std::ranges::find(out.options, option.name, &PlannedOption::name) != out.options.end()) {
        reader_.error(item.mark,
                      {{"{text} is there already", "{text} 已经有了"}, {{"text", in_quotes(option.name)}}});
      }
      out.options.push_back(std::move(option));
    }
    if (answer != nullptr) this->answer(*answer, out);
  }

  /// The option that is named; else what says which it is.
  void answer(const YamlNode& node, PlannedQuestion& out) {
    const std::optional<std::string> text = reader_.text(node, "answer");
    if (!text) return;
    out.answer_mark = node.mark;
    const auto named = std::ranges::find(out.options, *text, &PlannedOption::name);
    if (named != out.options.end()) {
      out.answer = static_cast<std::size_t>(named - out.options.begin());
      return;
    }
    auto comparison = parse_claim(*text, layout_, goroutines_);
    if (comparison.index() == 0) {
      if (out.options.size() != 2)
        reader_.error(node.mark, {{"a comparison picks one of two options, and there are {n}",
                                   "比较只能在两个选项里选一个，这里有 {n} 个"},
                                  {{"n", out.options.size()}}});
      out.picks.push_back(std::move(std::get<Comparison>(comparison)));
      return;
    }
    std::vector<std::string_view> names;
    for (const PlannedOption& option : out.options) names.push_back(option.name);
    for (const PlannedOption& option : out.options) {
      bool in_value = false;
      auto same = parse_equality(*text, option.name, layout_, in_value, goroutines_);
      if (same.index() == 0) {
        out.picks.push_back(std::move(std::get<Comparison>(same)));
        continue;
      }
      if (in_value) {
        reader_.error(option.mark, {{"this option is no value that {answer} could have: {why}",
                                     "这个选项不是 {answer} 可能有的值：{why}"},
                                    {{"answer", *text}, {"why", std::get<1>(same).message}}});
        return;
      }
      const auto sum = parse_sum(*text, layout_, goroutines_);
      const auto* const wrong = std::get_if<ExpressionError>(&sum);
      reader_.error(node.mark, {{"answer is neither an option nor an expression: {why}{hint}",
                                 "answer 既不是选项，也不是表达式：{why}{hint}"},
                                {{"why", wrong == nullptr ? Message() : wrong->message},
                                 {"hint", did_you_mean(*text, names)}}});
      return;
    }
  }

  const Layout& layout_;
  const GoroutineNames& goroutines_;
  SectionReader& reader_;
  ValueScope state_, step_;
};

}  // namespace

std::optional<Where> read_where(const YamlNode& node, const Called& what, bool any, SectionReader& reader) {
  const std::optional<std::string> text = reader.text(node, what);
  if (!text) return std::nullopt;
  auto where = parse_where(*text);
  if (const auto* const wrong = std::get_if<Message>(&where)) {
    reader.error(node.mark, *wrong);
    return std::nullopt;
  }
  if (!any && std::get<Where>(where).kind == Where::Kind::state) {
    reader.error(node.mark,
                 {{"{what} must name a place, such as runtime.goexit0#1, or end: the number of a state "
                   "changes with the run",
                   "{what} 应为一个位置，例如 runtime.goexit0#1，或 end：状态号会随运行而变"},
                  {{"what", what}}});
    return std::nullopt;
  }
  return std::move(std::get<Where>(where));
}

LessonPlan read_lesson(const YamlNode& node, const Layout& layout, const GoroutineNames& goroutines,
                       SectionReader& reader) {
  return LessonReader(layout, goroutines, reader).lesson(node);
}

}  // namespace gogoscope
