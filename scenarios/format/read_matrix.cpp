#include "scenarios/format/read_matrix.h"

#include <fmt/format.h>

#include <optional>
#include <set>

#include "asm/text/printable.h"
#include "scenarios/format/read_machine.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostDigits = 18;

/// One value of a section, and what a case is called after it.
struct Value {
  YamlNode node;
  std::string name;  ///< "procs=2"
};

struct Axis {
  const YamlEntry* section = nullptr;
  std::vector<Value> values;
};

/// The value as one line.
std::string flow(const YamlNode& node) {
  std::string out;
  const auto add = [&](const std::string& one) { out += (out.empty() ? "" : ", ") + one; };
  switch (node.kind) {
    case YamlNode::Kind::null:
      break;
    case YamlNode::Kind::scalar:
      return node.value;
    case YamlNode::Kind::sequence:
      for (const YamlNode& item : node.items) add(flow(item));
      return "[" + out + "]";
    case YamlNode::Kind::map:
      for (const YamlEntry& entry : node.entries) add(entry.key.value + ": " + flow(entry.value));
      return "{" + out + "}";
  }
  return out;
}

/// "seed=7, quantum=20" of a mapping; of other values "schedule=round-robin".
std::string name_of(const std::string& section, const YamlNode& value) {
  if (value.kind != YamlNode::Kind::map) return section + "=" + flow(value);
  std::string out;
  for (const YamlEntry& entry : value.entries)
    out += (out.empty() ? "" : ", ") + entry.key.value + "=" + flow(entry.value);
  return out;
}

class MatrixReader {
 public:
  MatrixReader(const MachineSettings& base, SectionReader& reader) : base_(base), reader_(reader) {}

  std::vector<MatrixCase> read(const YamlNode& node) {
    if (!reader_.expect_map(node, "matrix", shapes().matrix)) return {};
    if (node.entries.empty()) wrong(node.mark, {{"matrix is empty", "matrix 是空的"}});
    std::vector<Axis> axes;
    std::size_t count = 1;
    for (const YamlEntry& entry : node.entries) {
      Axis axis{&entry, values(entry)};
      count *= std::max<std::size_t>(axis.values.size(), 1);
      if (count > kMostCases) {
        wrong(node.mark, {{"this matrix makes more than {most} cases, the most that a file may have",
                           "这个 matrix 产生的情形超过 {most} 个，一个文件最多这么多"},
                          {{"most", kMostCases}}});
        return {};
      }
      axes.push_back(std::move(axis));
    }
    if (wrong_) return {};
    std::vector<MatrixCase> cases = {{"", base_}};
    for (const Axis& axis : axes) cases = each_with(cases, axis);
    std::set<std::string_view> names;
    for (const MatrixCase& one : cases) {
      if (names.insert(one.name).second) continue;
      wrong(node.mark, {{"two cases of this matrix are called {name}", "这个 matrix 有两个情形都叫 {name}"},
                        {{"name", in_quotes(one.name)}}});
      return {};
    }
    return cases;
  }

 private:
  void wrong(const FileMark& mark, Message message) {
    wrong_ = true;
    reader_.error(mark, std::move(message));
  }

  std::vector<Value> values(const YamlEntry& section) {
    std::vector<Value> out;
    const std::string& key = section.key.value;
    if (!reader_.expect_list(section.value, key)) {
      wrong_ = true;
      return out;
    }
    if (section.value.items.empty())
      wrong(section.value.mark, {{"{what} is empty", "{what} 是空的"}, {{"what", key}}});
    for (const YamlNode& item : section.value.items) {
      for (YamlNode& node : expanded(item)) {
        if (!is_read(key, node)) break;  // others of a range would be wrong alike
        std::string name = name_of(key, node);
        out.push_back({std::move(node), std::move(name)});
        if (out.size() > kMostCases) return out;
      }
    }
    return out;
  }

  /// Whether the section takes the value; reported if not.
  bool is_read(const std::string& key, const YamlNode& value) {
    Problems found("", "");
    SectionReader trial(found);
    MachineSettings machine = base_;
    const bool known = read_machine(key, value, trial, machine);
    if (known && found.empty()) return true;
    wrong_ = true;
    if (known) read_machine(key, value, reader_, machine);
    return false;
  }

  /// `1..3` is three values; so is a mapping with such a range in it.
  std::vector<YamlNode> expanded(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::scalar && node.style == 0) return numbers(node);
    std::vector<YamlNode> out = {node};
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
      if (node.entries[i].value.kind != YamlNode::Kind::scalar) continue;
      std::vector<YamlNode> more;
      const std::vector<YamlNode> each = expanded(node.entries[i].value);
      if (out.size() * each.size() > kMostCases + 1) return too_many(node);
      for (const YamlNode& before : out) {
        for (const YamlNode& value : each) {
          more.push_back(before);
          more.back().entries[i].value = value;
        }
      }
      out = std::move(more);
    }
    return out;
  }

  std::vector<YamlNode> too_many(const YamlNode& node) {
    wrong(node.mark, {{"these are more than {most} values, the most cases that a file may have",
                       "这里的值超过 {most} 个，一个文件最多有这么多情形"},
                      {{"most", kMostCases}}});
    return {};
  }

  std::vector<YamlNode> numbers(const YamlNode& node) {
    const std::string_view text = node.value;
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) return {node};
    const std::string first(text.substr(0, dots)), last(text.substr(dots + 2));
    const auto fits = [](const std::string& digits) {
      return !digits.empty() && digits.size() <= kMostDigits &&
             digits.find_first_not_of("0123456789") == std::string::npos;
    };
    const std::uint64_t from = fits(first) ? std::stoull(first) : 1, to = fits(last) ? std::stoull(last) : 0;
    if (to < from) {
      wrong(node.mark, {{"a range is written 1..50: from a number to one that is not less",
                         "范围写作 1..50：从一个数到一个不小于它的数"}});
      return {};
    }
    if (to - from >= kMostCases) return too_many(node);
    std::vector<YamlNode> out;
    for (std::uint64_t i = from; i <= to; ++i) {
      out.push_back(node);
      out.back().value = std::to_string(i);
    }
    return out;
  }

  std::vector<MatrixCase> each_with(const std::vector<MatrixCase>& cases, const Axis& axis) {
    std::vector<MatrixCase> out;
    for (const MatrixCase& one : cases) {
      for (const Value& value : axis.values) {
        MatrixCase more = one;
        more.name += (more.name.empty() ? "" : ", ") + value.name;
        read_machine(axis.section->key.value, value.node, reader_, more.machine);
        out.push_back(std::move(more));
      }
    }
    return out;
  }

  const MachineSettings& base_;
  SectionReader& reader_;
  bool wrong_ = false;
};

}  // namespace

std::vector<MatrixCase> read_matrix(const YamlNode& node, const MachineSettings& base,
                                    SectionReader& reader) {
  return MatrixReader(base, reader).read(node);
}

}  // namespace gogoscope
