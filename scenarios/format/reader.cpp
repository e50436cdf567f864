#include "scenarios/format/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/runtime/lesson_release.h"
#include "scenarios/format/cases.h"
#include "scenarios/format/problems.h"
#include "scenarios/format/read_events.h"
#include "scenarios/format/read_expectations.h"
#include "scenarios/format/read_goroutines.h"
#include "scenarios/format/read_grade.h"
#include "scenarios/format/read_include.h"
#include "scenarios/format/read_inputs.h"
#include "scenarios/format/read_lesson.h"
#include "scenarios/format/read_listings.h"
#include "scenarios/format/read_machine.h"
#include "scenarios/format/read_matrix.h"
#include "scenarios/format/read_program.h"
#include "scenarios/format/read_section.h"
#include "scenarios/format/submission.h"

namespace gogoscope {
namespace {

/// A file of the scenario, taken apart.
struct Part {
  YamlNode root;
  Problems* problems = nullptr;
};

class ScenarioReader {
 public:
  ScenarioReader(Scenario scenario, Problems& own, ReadAs as)
      : reader_(own), as_(as), out_(std::move(scenario)) {}

  /// The included files come first, the scenario's own last: what it says counts where only one can.
  Scenario read(const std::vector<Part>& parts) {
    std::vector<const Part*> maps;
    for (const Part& part : parts) {
      const bool own = &part == &parts.back();
      reader_ = SectionReader(*part.problems);
      const TextView what =
          own ? TextView{"a scenario", "场景"} : TextView{"an included file", "被包含的文件"};
      if (reader_.expect_map(part.root, what, own ? shapes().scenario : shapes().included))
        maps.push_back(&part);
    }
    // What a field is called depends on the release: it comes first, wherever the files name it. So do the
    // names that everything else may use.
    for (const Part* const part : maps) {
      reader_ = SectionReader(*part->problems);
      if (const YamlNode* go = part->root.find("go")) release(*go);
      if (const YamlNode* node = part->root.find("program")) program(*node);
      if (const YamlNode* goroutines = part->root.find("goroutines")) names(*goroutines);
      // What a turn may be depends on the clock.
      if (const YamlNode* clock = part->root.find("clock")) this->clock(*clock);
    }
    for (const Part* const part : maps) {
      reader_ = SectionReader(*part->problems);
      if (out_.program) refuse_beside_program(part->root, reader_);
      for (const YamlEntry& entry : part->root.entries) section(entry.key, entry.value);
      output_and_end_agree(part->root);
    }
    // On top of the machine that all files together describe.
    for (const Part* const part : maps) {
      reader_ = SectionReader(*part->problems);
      if (const YamlNode* node = part->root.find("matrix")) matrix(*node, part->root);
    }
    if (!out_.cases.empty()) {
      const MatrixCase first = out_.cases.front();
      out_ = in_case(std::move(out_), first);
    }
    // It may be no mapping at all.
    if (!maps.empty() && maps.back() == &parts.back()) missing(maps);
    return std::move(out_);
  }

 private:
  /// Keys that none of the files has, and that a scenario needs.
  void missing(const std::vector<const Part*>& files) {
    const auto there = [&](std::string_view key) {
      return std::ranges::any_of(files, [&](const Part* part) { return part->root.find(key) != nullptr; });
    };
    const FileMark& start = files.back()->root.mark;
    const auto error = [&](Message message) {
      reader_.error({start.line, start.column, 1}, std::move(message));
    };
    for (const ShapeKey& key : shapes().scenario.keys) {
      if (key.required && !there(key.name))
        error({{"the key '{key}' is missing", "缺少键 '{key}'"}, {{"key", key.name}}});
    }
    if (std::ranges::none_of(shapes().scenario.one_needed, there))
      error({{"the key 'bodies' is missing, or 'program' for a Go program",
              "缺少键 'bodies'；Go 程序用 'program'"}});
  }

  void program(const YamlNode& node) {
    use_program_machine(out_);
    out_.program = read_program(node, out_.path, as_ == ReadAs::whole, reader_);
    if (out_.program->binary) layout_ = &out_.program->binary->layout;
  }

  /// Whether what the section says cannot be looked at without the program, which is not open.
  bool needs_the_program(std::string_view section) const {
    static constexpr std::string_view kThey[] = {"set", "always", "whenever", "at", "finally", "lesson"};
    return out_.program && !out_.program->binary && std::ranges::find(kThey, section) != std::end(kThey);
  }

  void section(const YamlNode& key, const YamlNode& value) {
    const std::string& name = key.value;
    if (needs_the_program(name)) {
      if (name == "lesson") out_.lesson.emplace();
      return;
    }
    if (name == "title") texts(value, name, out_.title);
    if (name == "about") texts(value, name, out_.about);
    read_machine(name, value, reader_, out_);
    if (name == "bodies") bodies(value);
    if (name == "submission") read_submission(value, reader_, out_);
    if (name == "listings") append(out_.listings, read_listings(value, reader_));
    if (name == "set") read_pokes(value, *layout_, goroutines_, reader_, out_.set);
    if (name == "ticks") read_ticks(value, reader_, out_.set);
    if (name == "events")
      append(out_.events, read_events(value, "events", goroutines_, reader_, out_.grades));
    if (name == "never") append(out_.never, read_events(value, "never", goroutines_, reader_, out_.grades));
    if (name == "always") expectations("always").read(value, name, out_.always);
    if (name == "whenever") append(out_.whenever, expectations("whenever").whenever(value));
    if (name == "within") within(value);
    if (name == "output") output(value);
    if (name == "exact") out_.exact = reader_.boolean(value, "exact").value_or(false);
    if (name == "at") append(out_.at, expectations("at").at(value));
    if (name == "breaks") out_.breaks = read_breaks(value, reader_, out_.grades);
    if (name == "finally") at_the_end(value);
    if (name == "lesson") out_.lesson = read_lesson(value, *layout_, goroutines_, reader_);
    if (name == "start") {
      if (std::optional<Where> where = read_where(value, name, true, reader_))
        out_.start = Opening{std::move(*where), value.mark};
    }
  }

  template <class T>
  static void append(std::vector<T>& all, std::vector<T> more) {
    std::ranges::move(more, std::back_inserter(all));
  }

  void names(const YamlNode& node) {
    for (NamedGoroutine& one : read_goroutines(node, reader_)) {
      if (std::ranges::find(goroutines_, one.name) != goroutines_.end()) {
        reader_.error(one.mark, {{"an included file calls another goroutine {name}",
                                  "被包含的文件已把另一个 goroutine 叫做 {name}"},
                                 {{"name", in_quotes(one.name)}}});
        continue;
      }
      goroutines_.push_back(one.name);
      out_.goroutines.push_back(std::move(one));
    }
  }

  void matrix(const YamlNode& node, const YamlNode& root) {
    for (const YamlEntry& entry : node.entries) {
      // A build is several settings: those that no case names stay as they are.
      const YamlNode* const fixed = entry.key.value == "build" ? nullptr : root.find(entry.key.value);
      if (fixed == nullptr) continue;
      reader_.error(entry.key.mark,
                    {{"{key} has a value outside of matrix already: only one of them can count",
                      "{key} 在 matrix 之外已有值：只能有一个起作用"},
                     {{"key", entry.key.value}}});
    }
    out_.cases = read_matrix(node, out_, reader_);
  }

  void texts(const YamlNode& node, const std::string& what, Text& out) {
    if (!reader_.expect_map(node, what, shapes().texts)) return;
    for (const std::string_view language : {"en", "zh"}) {
      const YamlNode* value = node.find(language);
      if (value == nullptr) {
        reader_.error(node.mark, {{"{what} has no '{language}': texts come in both languages",
                                   "{what} 没有 '{language}'：文本要有两种语言"},
                                  {{"what", what}, {"language", language}}});
        continue;
      }
      std::string text = reader_.text(*value, fmt::format("{}.{}", what, language)).value_or("");
      while (!text.empty() && text.back() == '\n') text.pop_back();
      (language == "zh" ? out.zh : out.en) = std::move(text);
    }
  }

  void release(const YamlNode& node) {
    const bool scalar = node.kind == YamlNode::Kind::scalar;
    if (const LessonRelease* known = scalar ? lesson_release(node.value) : nullptr) {
      out_.go = known->release->name();
      layout_ = &known->release->layout;
      return;
    }
    const std::string known = fmt::format("{}", fmt::join(lesson_release_names(), ", "));
    reader_.error(node.mark, {{"go is {release}, but there are lessons for Go {known} only",
                               "go 是 {release}，而课程只有 Go {known} 的"},
                              {{"known", known},
                               {"release", scalar ? Message::untranslated(in_quotes(node.value))
                                                  : Message::literal(kind_name(node.kind))}}});
  }

  void clock(const YamlNode& node) {
    out_.turns.explored = node.kind == YamlNode::Kind::scalar && node.value == "explored";
    if (out_.turns.explored) return;
    reader_.error(node.mark, {{"the only clock that can be chosen is `explored`: steps take no time{hint}",
                               "能选的 clock 只有 `explored`：步不花时间{hint}"},
                              {{"hint", did_you_mean(node.value, {"explored"})}}});
  }

  void bodies(const YamlNode& node) {
    const std::optional<std::string> text = reader_.text(node, "bodies");
    if (!text) return;
    const Problems& problems = reader_.problems();
    // Places in the assembly are places in the file only if the file spells it line by line.
    if (node.style != '|') {
      reader_.error(node.mark,
                    {{"write the bodies as a literal block: bodies: |", "bodies 要写成字面块：bodies: |"}});
      return;
    }
    const auto file = static_cast<std::size_t>(node.mark.file);
    Bodies& out = file == 0 ? out_.bodies : out_.includes[file - 1].bodies;
    out.text = *text;
    // The value starts right below the indicator, blank lines included.
    const std::string_view value = *text;
    out.first_line = node.mark.line + 1;
    std::size_t begin = 0;
    for (int line = out.first_line; begin < value.size(); ++line) {
      const std::size_t end = std::min(value.find('\n', begin), value.size());
      const std::string_view shown = value.substr(begin, end - begin);
      const std::string_view raw = problems.line(line);
      if (!shown.empty()) {
        out.indent = static_cast<int>(raw.size() - std::min(raw.size(), shown.size()));
        return;
      }
      begin = end + 1;
    }
  }

  void within(const YamlNode& node) {
    if (!reader_.expect_map(node, "within", shapes().within)) return;
    if (std::ranges::all_of(node.entries, [](const YamlEntry& e) { return is_of_grade(e.key.value); }))
      reader_.error(node.mark, {{"within is empty", "within 是空的"}});
    read_grade(node, "within", reader_, out_.grades);
    if (const YamlNode* steps = node.find("steps")) {
      out_.within.steps = reader_.number(*steps, "steps", shapes().budget);
      out_.within.steps_mark = steps->mark;
    }
    if (const YamlNode* handoffs = node.find("handoffs")) {
      out_.within.handoffs = reader_.number(*handoffs, "handoffs", shapes().handoffs);
      out_.within.handoffs_mark = handoffs->mark;
    }
  }

  void output(const YamlNode& node) {
    if (!reader_.expect_map(node, "output", shapes().output)) return;
    if (node.entries.empty()) reader_.error(node.mark, {{"output is empty", "output 是空的"}});
    for (const auto& [name, fd] : {std::pair("stdout", 1), std::pair("stderr", 2)}) {
      const YamlNode* const one = node.find(name);
      const std::optional<std::string> text = one == nullptr ? std::nullopt : reader_.any_text(*one, name);
      if (!text) continue;
      std::erase_if(out_.output, [fd = fd](const ExpectedOutput& included) { return included.fd == fd; });
      out_.output.push_back({fd, *text, one->mark});
    }
    for (const YamlEntry& entry : node.entries) {
      if (entry.key.value == "exit") exit_code(entry);
    }
  }

  void exit_code(const YamlEntry& entry) {
    out_.stop.exit_mark = entry.key.mark;
    if (out_.stop.mark.line == 0) out_.stop.mark = entry.key.mark;
    if (const auto code = reader_.number(entry.value, "exit", shapes().code))
      out_.stop.exit_code = static_cast<int>(*code);
  }

  void output_and_end_agree(const YamlNode& root) {
    const YamlNode *const output = root.find("output"), *const finally = root.find("finally");
    if (output == nullptr || finally == nullptr || finally->find("exit") == nullptr) return;
    for (const YamlEntry& entry : output->entries) {
      if (entry.key.value == "exit")
        reader_.error(entry.key.mark, {{"`finally` names the exit code already: one of them is enough",
                                        "`finally` 已写明退出码：写一处就够了"}});
    }
  }

  ExpectationReader expectations(std::string_view section) {
    return {section, reader_, *layout_, goroutines_, out_.grades};
  }

  void at_the_end(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      reader_.expect_map(node, "finally", shapes().finally);
      return;
    }
    read_grade(node, "finally", reader_, out_.grades);
    for (const YamlEntry& entry : node.entries) {
      if (is_of_grade(entry.key.value)) continue;
      if (entry.key.value == "exit") {
        exit_code(entry);
      } else if (entry.key.value == "stop") {
        stop(entry);
      } else if (entry.key.value == "expect") {
        if (reader_.expect_list(entry.value, "expect"))
          expectations("finally").read(entry.value, "expect", out_.finally);
      } else if (std::optional<Expectation> one = expectations("finally").equality(entry, shapes().finally)) {
        out_.finally.push_back(std::move(*one));
      }
    }
    if (out_.stop.exit_code && out_.stop.reason == StopReason::budget) {
      reader_.error(out_.stop.exit_mark,
                    {{"a run that spends its budget has not ended: its process has no exit code",
                      "耗尽预算的运行还没有结束：它的进程没有退出码"}});
    }
  }

  void stop(const YamlEntry& entry) {
    if (!reader_.expect_map(entry.value, "stop", shapes().stop)) return;
    read_grade(entry.value, "finally", reader_, out_.grades);
    out_.stop.mark = entry.key.mark;
    const YamlNode* reason = entry.value.find("reason");
    if (reason == nullptr) {
      reader_.error(entry.value.mark, {{"stop has no 'reason'", "stop 没有 'reason'"}});
      return;
    }
    static constexpr StopReason kReasons[] = {StopReason::fault, StopReason::deadlock, StopReason::throw_,
                                              StopReason::budget};
    const std::string word = reader_.word(*reason, "reason", shapes().reason);
    for (const StopReason candidate : kReasons) {
      if (word == name(candidate)) out_.stop.reason = candidate;
    }
    if (const YamlNode* detail = entry.value.find("detail-contains")) {
      out_.stop.detail_contains = reader_.text(*detail, "detail-contains").value_or("");
    }
    if (const YamlNode* at = entry.value.find("at")) {
      out_.stop.place = read_place(*at, "at", reader_);
      out_.stop.place_text = at->value;
      out_.stop.place_mark = at->mark;
      if (out_.stop.place && out_.stop.place->counted) {
        reader_.error(at->mark, {{"a run stops only once: write the place without #{n}",
                                  "一次运行只停止一次：这个位置不要写 #{n}"},
                                 {{"n", out_.stop.place->visit}}});
      }
    }
  }

  SectionReader reader_;
  ReadAs as_;
  const Layout* layout_ = &default_lesson_release().release->layout;
  GoroutineNames goroutines_;
  Scenario out_;
};

}  // namespace

PartlyRead read_what_can_be_read(const std::string& path, const std::string& text, ReadAs as) {
  if (text.size() > kMaxScenarioBytes) {
    Problems problems(path, "");
    problems.error({1, 1, 1}, {{"a scenario has at most {most} bytes, and this file has more",
                                "场景最多 {most} 字节，而这个文件更大"},
                               {{"most", kMaxScenarioBytes}}});
    return {std::nullopt, problems.take()};
  }
  Problems own(path, text);
  std::optional<YamlNode> root = parse_yaml(text, own);
  if (!root) return {std::nullopt, own.take()};
  bool whole = own.empty();
  Scenario scenario;
  scenario.path = path;
  scenario.file_text = text;
  scenario.name = path.substr(path.find_last_of('/') + 1);
  const std::size_t dot = scenario.name.find_last_of('.');
  if (dot != std::string::npos && dot > 0) scenario.name.resize(dot);
  SectionReader reader(own);
  if (const YamlNode* include = root->find("include"))
    scenario.includes = read_include(*include, path, reader);

  std::vector<Part> parts;
  std::vector<std::unique_ptr<Problems>> of_includes;
  for (const IncludedFile& file : scenario.includes) {
    const int number = static_cast<int>(of_includes.size()) + 1;
    of_includes.push_back(std::make_unique<Problems>(file.path, file.text, number));
    std::optional<YamlNode> tree = parse_yaml(file.text, *of_includes.back());
    whole = whole && tree && of_includes.back()->empty();
    if (tree) parts.push_back({std::move(*tree), of_includes.back().get()});
  }
  parts.push_back({std::move(*root), &own});
  Scenario out = ScenarioReader(std::move(scenario), own, as).read(parts);
  Diagnostics wrong = own.take();
  for (const auto& problems : of_includes) {
    Diagnostics more = problems->take();
    wrong.insert(wrong.end(), more.begin(), more.end());
  }
  if (!whole) return {std::nullopt, std::move(wrong)};
  return {std::move(out), std::move(wrong)};
}

std::variant<Scenario, Diagnostics> read_scenario(const std::string& path, const std::string& text) {
  PartlyRead read = read_what_can_be_read(path, text);
  if (!read.problems.empty() || !read.scenario) return std::move(read.problems);
  return std::move(*read.scenario);
}

}  // namespace gogoscope
