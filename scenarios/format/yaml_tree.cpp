#include "scenarios/format/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"

namespace gogoscope {
namespace {

constexpr int kMaxNodeDepth = 12;
constexpr std::size_t kMaxNodes = 20'000;

/// Ends the parse from inside a callback; caught below, so it never leaves this file.
struct Refused {
  FileMark mark;
  Message message;
};

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Problems& problems) : problems_(problems) {}

  std::optional<YamlNode> take() { return done_ ? std::optional<YamlNode>(std::move(root_)) : std::nullopt; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, "?", anchor);
    add(YamlNode{YamlNode::Kind::null, place(mark), "", 0, {}, {}});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{place(mark),
                  {{"aliases (*name) are not supported in a scenario", "场景中不支持别名（*name）"}}};
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, tag, anchor);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.mark = place(mark);
    node.value = value;
    const std::string_view line = problems_.line(mark.line + 1);
    const std::size_t at = static_cast<std::size_t>(mark.column);
    if (at < line.size() && std::string_view("|>\"'").find(line[at]) != std::string_view::npos) {
      node.style = line[at];
    }
    const std::size_t first_line_end = value.find('\n');
    node.mark.width = static_cast<int>(characters(std::string_view(value).substr(0, first_line_end)));
    if (node.style == '"' || node.style == '\'') node.mark.width += 2;
    if (node.style == '|' || node.style == '>') node.mark.width = 1;
    node.mark.width = std::max(node.mark.width, 1);
    for (const auto& [at_byte, rune] : Runes(value)) {
      if (!rune.valid || (is_control(rune.value) && rune.value != '\n')) {
        problems_.error(node.mark, {{"there is a control character in this text", "这段文本里有控制字符"}});
        break;
      }
    }
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check(mark, tag, anchor);
    open(YamlNode{YamlNode::Kind::sequence, place(mark), "", 0, {}, {}});
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check(mark, tag, anchor);
    open(YamlNode{YamlNode::Kind::map, place(mark), "", 0, {}, {}});
  }
  void OnMapEnd() override { close(); }

  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    throw Refused{place(mark),
                  {{"anchors (&name) are not supported in a scenario", "场景中不支持锚点（&name）"}}};
  }

 private:
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;  ///< of a map: read, its value still to come
    std::set<std::string, std::less<>> keys;
  };

  FileMark place(const YAML::Mark& mark) const {
    // A null mark comes with a mapping's missing value at the end of the file.
    if (mark.is_null()) return {std::max(1, problems_.lines()), 1, 1, problems_.number()};
    return {mark.line + 1, problems_.column(mark.line + 1, mark.column), 1, problems_.number()};
  }

  void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0)
      throw Refused{place(mark),
                    {{"anchors (&name) are not supported in a scenario", "场景中不支持锚点（&name）"}}};
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refused{place(mark),
                    {{"tags (!name) are not supported in a scenario", "场景中不支持标签（!name）"}}};
    }
    if (++nodes_ > kMaxNodes)
      throw Refused{place(mark),
                    {{"too many parts: a scenario has at most 20000", "部分太多：场景最多 20000 个"}}};
  }

  void open(YamlNode node) {
    if (stack_.size() >= kMaxNodeDepth) throw Refused{node.mark, {{"nested too deeply", "嵌套太深"}}};
    stack_.push_back({std::move(node), std::nullopt, {}});
  }

  void close() {
    YamlNode node = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(node));
  }

  void add(YamlNode node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      done_ = true;
      return;
    }
    Open& open = stack_.back();
    if (open.node.kind == YamlNode::Kind::sequence) {
      open.node.items.push_back(std::move(node));
      return;
    }
    if (!open.key) {
      if (node.kind != YamlNode::Kind::scalar)
        throw Refused{node.mark, {{"a key must be a plain text", "键必须是普通文本"}}};
      if (!open.keys.insert(node.value).second) {
        problems_.error(node.mark, {{"the key {key} occurs twice here", "键 {key} 在这里出现了两次"},
                                    {{"key", in_quotes(node.value)}}});
      }
      open.key = std::move(node);
      return;
    }
    open.node.entries.push_back({std::move(*open.key), std::move(node)});
    open.key.reset();
  }

  Problems& problems_;
  std::vector<Open> stack_;
  YamlNode root_;
  bool done_ = false;
  std::size_t nodes_ = 0;
};

constexpr char32_t kByteOrderMark = 0xfeff;

bool readable(std::string_view text, Problems& problems) {
  int line = 1;
  std::size_t line_start = 0;
  for (const auto& [at, rune] : Runes(text)) {
    const bool line_break = rune.value == '\n' || (rune.value == '\r' && text.substr(at + 1, 1) == "\n");
    if (at == 0 && rune.value == kByteOrderMark) continue;
    const bool bad = !rune.valid || (is_control(rune.value) && !line_break && rune.value != '\t');
    if (bad) {
      const FileMark mark{line, static_cast<int>(characters(text.substr(line_start, at - line_start))) + 1,
                          1};
      problems.error(mark, rune.valid
                               ? Message({"there is a control character in the file", "文件里有控制字符"})
                               : Message({"the file is not UTF-8 text", "文件不是 UTF-8 文本"}));
      return false;
    }
    if (rune.value == '\n') {
      ++line;
      line_start = at + 1;
    }
  }
  return true;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key.value == key) return &entry.value;
  }
  return nullptr;
}

std::optional<YamlNode> parse_yaml(std::string_view text, Problems& problems) {
  if (!readable(text, problems)) return std::nullopt;
  std::istringstream in{std::string(text)};
  TreeBuilder builder(problems);
  try {
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) {
      problems.error({1, 1, 1}, {{"the file is empty", "文件是空的"}});
      return std::nullopt;
    }
    std::optional<YamlNode> root = builder.take();
    TreeBuilder second(problems);
    if (root && parser.HandleNextDocument(second)) {
      const std::optional<YamlNode> other = second.take();
      problems.error(other ? other->mark : FileMark{1, 1, 1},
                     {{"a second document starts here; one file is one scenario",
                       "这里开始了第二个文档；一个文件只能有一个场景"}});
      return std::nullopt;
    }
    return root;
  } catch (const Refused& refused) {
    problems.error(refused.mark, refused.message);
  } catch (const YAML::Exception& e) {
    const int line = e.mark.is_null() ? 1 : e.mark.line + 1;
    const int column = e.mark.is_null() ? 1 : problems.column(line, e.mark.column);
    // What yaml-cpp says is short but fair.
    problems.error({line, column, 1},
                   {{"not valid YAML: {what}", "不是有效的 YAML：{what}"}, {{"what", e.msg}}});
  }
  return std::nullopt;
}

FileMark mark_inside(const YamlNode& scalar, int column, int width, const Problems& problems) {
  FileMark mark = scalar.mark;
  const int quote = scalar.style == '"' || scalar.style == '\'' ? 1 : 0;
  const std::string_view line = problems.line(mark.line);
  // The value must be in the file letter by letter, or a column in it means nothing there.
  const std::size_t at = byte_of_character(line, static_cast<std::size_t>(mark.column - 1 + quote));
  if (line.substr(at, scalar.value.size()) != scalar.value) return mark;
  mark.column += quote + column - 1;
  mark.width = std::max(1, width);
  return mark;
}

TextView kind_name(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::null:
      return {"nothing", "空"};
    case YamlNode::Kind::scalar:
      return {"a text", "文本"};
    case YamlNode::Kind::sequence:
      return {"a list", "列表"};
    case YamlNode::Kind::map:
      return {"a mapping", "映射"};
  }
  return {};
}

}  // namespace gogoscope
