#include "scenarios/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/diagnostics.h"
#include "emu/layout/layout.h"
#include "scenarios/fields.h"
#include "scenarios/problems.h"
#include "scenarios/read_events.h"
#include "scenarios/read_section.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kMaxBudget = 10'000'000;

const std::vector<std::string_view> kKeys = {"title", "about",  "go",       "procs", "schedule",
                                             "build", "bodies", "listings", "set",   "events",
                                             "exact", "at",     "finally",  "budget"};

class ScenarioReader {
 public:
  ScenarioReader(const std::string& path, const std::string& text, Problems& problems)
      : reader_(problems), layout_(*layout_for("1.16")) {
    out_.path = path;
    out_.file_text = text;
    out_.name = path.substr(path.find_last_of('/') + 1);
    const std::size_t dot = out_.name.find_last_of('.');
    if (dot != std::string::npos && dot > 0) out_.name.resize(dot);
  }

  Scenario read(const YamlNode& root) {
    if (!reader_.expect_map(root, "a scenario", kKeys)) return std::move(out_);
    for (const YamlEntry& entry : root.entries) section(entry.key, entry.value);
    for (const std::string_view key : {"title", "about", "bodies"}) {
      if (root.find(key) == nullptr) {
        reader_.error({root.mark.line, root.mark.column, 1}, fmt::format("the key '{}' is missing", key));
      }
    }
    return std::move(out_);
  }

 private:
  void section(const YamlNode& key, const YamlNode& value) {
    const std::string& name = key.value;
    if (name == "title") texts(value, name, out_.title);
    if (name == "about") texts(value, name, out_.about);
    if (name == "go") only_supported(value, "go", "1.16", "the layout of Go 1.16 only");
    if (name == "procs") only_supported(value, "procs", "1", "one P only: several Ps are not supported yet");
    if (name == "schedule") {
      only_supported(value, "schedule", "round-robin", "round-robin only, which one M does not notice");
    }
    if (name == "build") build(value);
    if (name == "bodies") bodies(value);
    if (name == "listings") {
      reader_.error(key.mark,
                    "'listings' is not supported by this release: the shipped listings run as they are");
    }
    if (name == "set") pokes(value);
    if (name == "events") out_.events = read_events(value, reader_);
    if (name == "exact") out_.exact = reader_.boolean(value, "exact").value_or(false);
    if (name == "at") places(value);
    if (name == "finally") at_the_end(value);
    if (name == "budget") {
      out_.budget = reader_.number(value, "budget", 1, kMaxBudget).value_or(out_.budget);
    }
  }

  void texts(const YamlNode& node, const std::string& what, Text& out) {
    if (!reader_.expect_map(node, what, {"en", "zh"})) return;
    for (const std::string_view language : {"en", "zh"}) {
      const YamlNode* value = node.find(language);
      if (value == nullptr) {
        reader_.error(node.mark, fmt::format("{} has no '{}': texts come in both languages", what, language));
        continue;
      }
      std::string text = reader_.text(*value, fmt::format("{}.{}", what, language)).value_or("");
      while (!text.empty() && text.back() == '\n') text.pop_back();
      (language == "zh" ? out.zh : out.en) = std::move(text);
    }
  }

  void only_supported(const YamlNode& node, std::string_view what, std::string_view value,
                      std::string_view sentence) {
    if (node.kind == YamlNode::Kind::scalar && node.value == value) return;
    const std::string shown =
        node.kind == YamlNode::Kind::scalar ? plan9::quoted(node.value) : std::string(kind_name(node.kind));
    reader_.error(node.mark, fmt::format("{} is {}, but this release supports {}", what, shown, sentence));
  }

  void build(const YamlNode& node) {
    if (!reader_.expect_map(node, "build", {"race", "goos", "goarch"})) return;
    for (const YamlEntry& entry : node.entries) {
      if (entry.key.value == "race")
        only_supported(entry.value, "race", "false", "builds without the race detector only");
      if (entry.key.value == "goos") only_supported(entry.value, "goos", "linux", "goos linux only");
      if (entry.key.value == "goarch") only_supported(entry.value, "goarch", "amd64", "goarch amd64 only");
    }
  }

  void bodies(const YamlNode& node) {
    const std::optional<std::string> text = reader_.text(node, "bodies");
    if (!text) return;
    const Problems& problems = reader_.problems();
    // Places in the assembly are places in the file only if the file spells it line by line.
    if (node.style != '|') {
      reader_.error(node.mark, "write the bodies as a literal block: bodies: |");
      return;
    }
    out_.bodies.text = *text;
    // The value starts right below the indicator, blank lines included.
    const std::string_view value = *text;
    out_.bodies.first_line = node.mark.line + 1;
    std::size_t begin = 0;
    for (int line = out_.bodies.first_line; begin < value.size(); ++line) {
      const std::size_t end = std::min(value.find('\n', begin), value.size());
      const std::string_view shown = value.substr(begin, end - begin);
      const std::string_view raw = problems.line(line);
      if (!shown.empty()) {
        out_.bodies.indent = static_cast<int>(raw.size() - std::min(raw.size(), shown.size()));
        return;
      }
      begin = end + 1;
    }
  }

  /// The place of a text such as `runtime.goexit0#1`; nothing (and told) if it is none.
  std::optional<Place> place(const YamlNode& node, std::string_view what) {
    const std::optional<std::string> text = reader_.text(node, what);
    if (!text) return std::nullopt;
    auto where = parse_where(*text);
    if (std::holds_alternative<std::string>(where)) {
      reader_.error(node.mark, std::get<std::string>(where));
      return std::nullopt;
    }
    if (std::get<Where>(where).kind != Where::Kind::place) {
      reader_.error(node.mark,
                    fmt::format("{} must name a place in the code, such as runtime.goexit0#1", what));
      return std::nullopt;
    }
    return std::get<Where>(where).place;
  }

  void expression_error(const YamlNode& node, const ExpressionError& error) {
    reader_.error(mark_inside(node, error.column, error.width, reader_.problems()), error.message);
  }

  /// `field: value`, in `finally` and in the short form of `expect`.
  std::optional<Expectation> equality(const YamlEntry& entry) {
    const std::optional<std::string> value = reader_.text(entry.value, entry.key.value);
    if (!value) return std::nullopt;
    bool in_value = false;
    auto parsed = parse_equality(entry.key.value, *value, layout_, in_value);
    if (parsed.index() == 1) {
      expression_error(in_value ? entry.value : entry.key, std::get<1>(parsed));
      return std::nullopt;
    }
    return Expectation{std::move(std::get<0>(parsed)), entry.key.mark};
  }

  void places(const YamlNode& node) {
    if (!reader_.expect_list(node, "at")) return;
    for (const YamlNode& item : node.items) {
      if (!reader_.expect_map(item, "an entry of at", {"place", "expect"})) continue;
      const YamlNode* where = item.find("place");
      const YamlNode* expect = item.find("expect");
      if (where == nullptr) reader_.error(item.mark, "this entry has no 'place'");
      if (expect == nullptr) reader_.error(item.mark, "this entry has no 'expect'");
      if (where == nullptr || expect == nullptr) continue;
      PlaceExpectations out;
      if (std::optional<Place> found = place(*where, "place")) {
        out.place = std::move(*found);
        out.place_text = where->value;
        out.mark = where->mark;
      }
      expectations(*expect, out.expect);
      out_.at.push_back(std::move(out));
    }
  }

  void expectations(const YamlNode& node, std::vector<Expectation>& out) {
    if (node.kind == YamlNode::Kind::map) {
      for (const YamlEntry& entry : node.entries) {
        if (std::optional<Expectation> one = equality(entry)) out.push_back(std::move(*one));
      }
      return;
    }
    if (!reader_.expect_list(node, "expect")) return;
    if (node.items.empty()) reader_.error(node.mark, "expect is empty");
    for (const YamlNode& item : node.items) {
      const std::optional<std::string> text = reader_.text(item, "an expectation");
      if (!text) continue;
      auto parsed = parse_comparison(*text, layout_);
      if (parsed.index() == 1) {
        expression_error(item, std::get<1>(parsed));
        continue;
      }
      out.push_back({std::move(std::get<0>(parsed)), item.mark});
    }
  }

  void at_the_end(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      reader_.expect_map(node, "finally", {});
      return;
    }
    if (node.find("exit") != nullptr && node.find("stop") != nullptr) {
      reader_.error(node.find("stop")->mark, "a run ends by 'exit' or by 'stop', not by both");
    }
    for (const YamlEntry& entry : node.entries) {
      if (entry.key.value == "exit") {
        out_.stop.mark = entry.key.mark;
        out_.stop.exit_code = static_cast<int>(reader_.number(entry.value, "exit", 0, 255).value_or(0));
      } else if (entry.key.value == "stop") {
        stop(entry);
      } else if (std::optional<Expectation> one = equality(entry)) {
        out_.finally.push_back(std::move(*one));
      }
    }
  }

  void stop(const YamlEntry& entry) {
    if (!reader_.expect_map(entry.value, "stop", {"reason", "detail-contains"})) return;
    out_.stop.mark = entry.key.mark;
    const YamlNode* reason = entry.value.find("reason");
    if (reason == nullptr) {
      reader_.error(entry.value.mark, "stop has no 'reason'");
      return;
    }
    static constexpr StopReason kReasons[] = {StopReason::fault, StopReason::deadlock, StopReason::throw_};
    std::vector<std::string_view> known;
    bool found = false;
    for (const StopReason candidate : kReasons) {
      known.push_back(name(candidate));
      if (reason->kind == YamlNode::Kind::scalar && reason->value == known.back()) {
        out_.stop.reason = candidate;
        found = true;
      }
    }
    if (!found) reader_.error(reason->mark, fmt::format("reason must be one of {}", fmt::join(known, ", ")));
    if (const YamlNode* detail = entry.value.find("detail-contains")) {
      out_.stop.detail_contains = reader_.text(*detail, "detail-contains").value_or("");
    }
  }

  void pokes(const YamlNode& node) {
    if (!reader_.expect_list(node, "set")) return;
    for (const YamlNode& item : node.items) {
      if (!reader_.expect_map(item, "an entry of set", {"at", "field", "value"})) continue;
      const YamlNode* where = item.find("at");
      const YamlNode* field = item.find("field");
      const YamlNode* value = item.find("value");
      if (where == nullptr) reader_.error(item.mark, "this entry has no 'at'");
      if (field == nullptr) reader_.error(item.mark, "this entry has no 'field'");
      if (value == nullptr) reader_.error(item.mark, "this entry has no 'value'");
      if (where == nullptr || field == nullptr || value == nullptr) continue;
      Poke poke;
      std::optional<Place> found = place(*where, "at");
      const std::optional<std::string> name = reader_.text(*field, "field");
      const std::optional<std::string> text = reader_.text(*value, "value");
      if (!found || !name || !text) continue;
      bool in_value = false;
      auto parsed = parse_equality(*name, *text, layout_, in_value);
      if (parsed.index() == 1) {
        expression_error(in_value ? *value : *field, std::get<1>(parsed));
        continue;
      }
      const std::vector<Term>& target = std::get<0>(parsed).left.terms;
      const bool settable = target.size() == 1 && !target[0].negative &&
                            (target[0].kind == Term::Kind::field || target[0].kind == Term::Kind::reg);
      if (!settable) {
        reader_.error(field->mark, "field must be one field or one register");
        continue;
      }
      poke.place = std::move(*found);
      poke.place_text = where->value;
      poke.place_mark = where->mark;
      poke.field = target[0].name;
      poke.value = std::get<0>(parsed).right;
      poke.mark = field->mark;
      out_.set.push_back(std::move(poke));
    }
  }

  SectionReader reader_;
  const Layout& layout_;
  Scenario out_;
};

}  // namespace

std::variant<Scenario, Diagnostics> read_scenario(const std::string& path, const std::string& text) {
  if (text.size() > kMaxScenarioBytes) {
    Problems problems(path, "");
    problems.error({1, 1, 1}, fmt::format("the file has {} bytes; a scenario has at most {}", text.size(),
                                          kMaxScenarioBytes));
    return problems.take();
  }
  Problems problems(path, text);
  const std::optional<YamlNode> root = parse_yaml(text, problems);
  if (!root) return problems.take();
  Scenario out = ScenarioReader(path, text, problems).read(*root);
  if (!problems.empty()) return problems.take();
  return out;
}

}  // namespace gogoscope
