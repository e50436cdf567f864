// Reads files of results. Whatever is not as it must be ends the reading, with a sentence that says where.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "scenarios/results/json.h"

namespace gogoscope {
namespace {

using Tree = nlohmann::json;

/// What is wrong, while it is on its way out of the readers below; none leaves this file.
struct Wrong {
  Message why;
};

[[noreturn]] void wrong(const std::string& path, const Message& must_be) {
  throw Wrong{{{"{path} must be {what}", "{path} 应为{what}"}, {{"path", path}, {"what", must_be}}}};
}

/// A value and the path that leads to it: "scenarios[3].failures[0].line".
class Node {
 public:
  Node(const Tree& json, std::string path) : json_(json), path_(std::move(path)) {}

  Node at(const char* key) const {
    must_be_object();
    const auto found = json_.find(key);
    if (found == json_.end()) throw Wrong{{{"{path} is missing", "缺少 {path}"}, {{"path", below(key)}}}};
    return {*found, below(key)};
  }
  std::optional<Node> find(const char* key) const {
    must_be_object();
    const auto found = json_.find(key);
    if (found == json_.end()) return std::nullopt;
    return Node(*found, below(key));
  }
  bool is_null() const { return json_.is_null(); }

  std::string text() const {
    if (!json_.is_string()) wrong(path_, {{"a text", "文字"}});
    // It will be shown, and written again as it is.
    const auto& value = json_.get_ref<const std::string&>();
    if (printable_lines(value) != value)
      wrong(path_, {{"a text without control characters", "不含控制字符的文字"}});
    return value;
  }
  std::string non_empty() const {
    std::string value = text();
    if (value.empty()) wrong(path_, {{"a text that is not empty", "非空的文字"}});
    return value;
  }
  std::uint64_t number(std::uint64_t least, std::uint64_t most) const {
    const bool whole = json_.is_number_unsigned();
    if (whole && json_.get<std::uint64_t>() >= least && json_.get<std::uint64_t>() <= most) {
      return json_.get<std::uint64_t>();
    }
    wrong(path_, {{"a whole number from {least} to {most}", "{least} 到 {most} 的整数"},
                  {{"least", least}, {"most", most}}});
  }
  bool boolean() const {
    if (!json_.is_boolean()) wrong(path_, {{"true or false", " true 或 false"}});
    return json_.get<bool>();
  }
  double seconds() const {
    const bool number = json_.is_number();
    if (number && std::isfinite(json_.get<double>()) && json_.get<double>() >= 0) return json_.get<double>();
    wrong(path_, {{"a number of seconds", "秒数"}});
  }
  template <class Read>
  auto list(Read read) const {
    if (!json_.is_array()) wrong(path_, {{"a list", "列表"}});
    std::vector<decltype(read(*this))> out;
    out.reserve(json_.size());
    for (std::size_t i = 0; i < json_.size(); ++i)
      out.push_back(read(Node(json_[i], fmt::format("{}[{}]", path_, i))));
    return out;
  }
  const std::string& path() const { return path_; }

 private:
  void must_be_object() const {
    if (!json_.is_object()) wrong(path_.empty() ? "the file" : path_, {{"an object", "对象"}});
  }
  std::string below(const char* key) const { return path_.empty() ? key : path_ + "." + key; }

  const Tree& json_;
  std::string path_;
};

constexpr std::uint64_t kMostLines = std::numeric_limits<int>::max();
constexpr std::uint64_t kMostPoints = 1'000'000'000;
constexpr std::uint64_t kMostSteps = std::uint64_t{1} << 53;  // what every reader of JSON keeps exactly
constexpr std::uint64_t kMostGrades = 1'000'000;
constexpr std::uint64_t kMostShards = 100'000;

Points read_points(const Node& node) {
  Points out;
  out.got = static_cast<std::int64_t>(node.at("got").number(0, kMostPoints));
  out.of = static_cast<std::int64_t>(node.at("of").number(0, kMostPoints));
  return out;
}

CaseFailure read_failure(const Node& node) {
  CaseFailure out;
  out.file = node.at("file").non_empty();
  out.line = static_cast<int>(node.at("line").number(1, kMostLines));
  out.column = static_cast<int>(node.at("column").number(1, kMostLines));
  out.key = node.at("key").text();
  out.place = node.at("place").text();
  out.message = node.at("message").text();
  out.expected = node.at("expected").text();
  out.got = node.at("got").text();
  if (const Node state = node.at("state"); !state.is_null()) out.state = state.number(0, kMostSteps);
  out.open = node.at("open").text();
  out.context = node.at("context").list([](const Node& line) { return line.text(); });
  if (const auto grade = node.find("grade")) out.grade = grade->number(0, kMostGrades);
  if (const auto hidden = node.find("hidden")) out.hidden = hidden->boolean();
  return out;
}

GradeResult read_grade(const Node& node) {
  GradeResult out;
  out.name = node.at("name").non_empty();
  out.points = read_points(node.at("points"));
  if (const auto hidden = node.find("hidden")) out.hidden = hidden->boolean();
  return out;
}

RunEnd read_end(const Node& node) {
  RunEnd out;
  out.reason = node.at("reason").non_empty();
  out.sentence = {node.at("en").text(), node.at("zh").text()};
  out.detail = node.at("detail").text();
  out.order = node.at("order").number(0, std::numeric_limits<std::uint64_t>::max());
  return out;
}

/// Files are called so, too.
std::string read_student(const Node& node) {
  std::string name = node.non_empty();
  if (name.find('/') == std::string::npos && !name.starts_with('.')) return name;
  wrong(node.path(), {{"a name without / that does not begin with a dot", "不含 / 也不以点开头的名字"}});
}

CaseResult read_case(const Node& node) {
  CaseResult out;
  if (const auto student = node.find("student")) out.student = read_student(*student);
  out.file = node.at("file").non_empty();
  out.name = node.at("name").text();
  const Node verdict = node.at("verdict");
  const auto known = case_verdict_by_name(verdict.text());
  if (!known)
    wrong(verdict.path(), {{"passed, failed, broken or skipped", " passed、failed、broken 或 skipped"}});
  out.verdict = *known;
  out.steps = node.at("steps").number(0, kMostSteps);
  if (const auto seconds = node.find("seconds")) out.seconds = seconds->seconds();
  out.points = read_points(node.at("points"));
  if (const auto grades = node.find("grades")) out.grades = grades->list(read_grade);
  if (const auto note = node.find("note")) out.note = note->non_empty();
  out.failures = node.at("failures").list(read_failure);
  if (const auto end = node.find("end")) out.end = read_end(*end);
  for (const CaseFailure& failure : out.failures) {
    if (failure.grade && *failure.grade >= out.grades.size())
      wrong(node.path() + ".failures", {{"about grades that there are", "关于存在的 grades"}});
  }
  return out;
}

SuiteResult read_suite(const Node& node) {
  node.at("version").number(1, 1);
  SuiteResult out;
  if (const auto shard = node.find("shard")) {
    const std::uint64_t of = shard->at("of").number(1, kMostShards);
    out.shard = {static_cast<int>(shard->at("index").number(1, of)), static_cast<int>(of)};
  }
  out.cases = node.at("scenarios").list(read_case);
  const Counts counts = count(out);
  for (const auto& [key, n] : {std::pair{"passed", counts.passed},
                               {"failed", counts.failed},
                               {"broken", counts.broken},
                               {"skipped", counts.skipped}}) {
    if (node.at(key).number(0, kMostLines) != n) {
      throw Wrong{{{"{key} says another number than there are scenarios with this verdict, which is {n}",
                    "{key} 与有这一结论的场景数 {n} 不符"},
                   {{"key", key}, {"n", n}}}};
    }
  }
  return out;
}

/// "line 3, column 7" of a byte of the text.
Message place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {{"line {line}, byte {byte}", "第 {line} 行第 {byte} 字节"},
          {{"line", line}, {"byte", before.size() - start + 1}}};
}

Message too_deep_message() {
  return {{"it is nested too deeply for a file of results", "嵌套太深，不是结果文件"}};
}

template <class Read>
auto read(std::string_view text, Read reader)
    -> std::variant<decltype(reader(std::declval<Node>())), Message> {
  // Deeper than any file of results: what nests without end must not make the reader do so.
  constexpr int kMostDepth = 8;
  bool too_deep = false;
  try {
    const Tree json = Tree::parse(text.begin(), text.end(), [&](int depth, Tree::parse_event_t, const Tree&) {
      too_deep = too_deep || depth > kMostDepth;
      return !too_deep;
    });
    if (too_deep) return too_deep_message();
    return reader(Node(json, ""));
  } catch (const Wrong& found) {
    return found.why;
  } catch (const Tree::parse_error& error) {
    if (too_deep) return too_deep_message();
    return Message({"it is not JSON: {place} is not as it must be", "它不是 JSON：{place}有误"},
                   {{"place", place_of(text, error.byte == 0 ? 0 : error.byte - 1)}});
  } catch (const Tree::exception&) {  // a number beyond all bounds
    return Message({"it holds a number that is too large", "其中有太大的数"});
  }
}

}  // namespace

std::variant<SuiteResult, Message> results_from_json(std::string_view text) {
  if (text.size() > kMaxResultBytes)
    return Message({"it is larger than {most} MB", "它超过 {most} MB"}, {{"most", kMaxResultBytes >> 20}});
  return read(text, read_suite);
}

std::variant<CaseResult, Message> case_from_json(std::string_view text) { return read(text, read_case); }

}  // namespace gogoscope
