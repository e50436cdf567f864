#include "scenarios/format/read_program.h"

#include <algorithm>
#include <filesystem>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "scenarios/go/go_program.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// A section that is of a lesson machine, and why a program has no use for it.
struct Refused {
  std::string_view key;
  TextView why;
};

constexpr TextView kOwnRuntime{"the runtime of a program is its own, as go has built it",
                               "程序的运行时是它自己的，由 go 构建"};
constexpr TextView kOwnBuild{"a program is built for linux/amd64, by the go that is installed",
                             "程序由安装的 go 为 linux/amd64 构建"};

constexpr Refused kRefused[] = {
    {"bodies",
     {"they are what a lesson runs, and a program brings its own code",
      "它是课程运行的内容，而程序带有自己的代码"}},
    {"submission",
     {"what is handed in is assembly beside `bodies`, and a program has none",
      "提交的是 `bodies` 旁边的汇编，而程序没有"}},
    {"listings", kOwnRuntime},
    {"go", {"the release is that of the program", "版本就是程序的版本"}},
    {"build", kOwnBuild},
    {"sysmon", kOwnRuntime},
    {"heap",
     {"the heap of a program grows by itself; `env: {GOGC: 50}` makes it collect sooner",
      "程序的堆自己增长；`env: {GOGC: 50}` 让它更早回收"}},
    {"clock",
     {"only `explore` of a lesson stops the clock; `schedule: {seed: 7}` gives a program another order",
      "只有课程的 `explore` 会停住时钟；`schedule: {seed: 7}` 给程序另一种次序"}},
};

class ProgramReader {
 public:
  ProgramReader(const std::string& scenario_path, bool open, SectionReader& reader)
      : folder_(fs::path(scenario_path).parent_path()), open_(open), reader_(reader) {}

  ProgramPlan read(const YamlNode& node) {
    out_.mark = node.mark;
    if (node.kind == YamlNode::Kind::map) {
      mapping(node);
    } else if (const auto path = reader_.text(node, "program")) {
      program(*path, node.mark);
    }
    return std::move(out_);
  }

 private:
  void mapping(const YamlNode& node) {
    if (!reader_.expect_map(node, "program", shapes().program_map)) return;
    for (const YamlEntry& entry : node.entries) {
      const YamlNode& value = entry.value;
      if (entry.key.value == "args") arguments(value);
      if (entry.key.value == "env") environment(value);
      if (entry.key.value == "stdin") input(value);
      if (entry.key.value == "files") files(value);
    }
    const YamlNode* const path = node.find("path");
    if (path == nullptr) {
      reader_.error(node.mark, {{"program has no 'path'", "program 没有 'path'"}});
    } else if (const auto name = reader_.text(*path, "path")) {
      program(*name, path->mark);
    }
  }

  void arguments(const YamlNode& node) {
    if (!reader_.expect_list(node, "args")) return;
    for (const YamlNode& item : node.items) {
      if (auto text = reader_.any_text(item, TextView{"an argument", "一个参数"}))
        out_.arguments.push_back(std::move(*text));
    }
  }

  void environment(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      reader_.expect_map(node, "env", shapes().environment);
      return;
    }
    for (const YamlEntry& entry : node.entries) {
      if (entry.key.value.empty() || entry.key.value.find('=') != std::string::npos) {
        reader_.error(entry.key.mark,
                      {{"the name of a variable is not empty and has no =", "变量名不能为空，也不能含有 ="}});
      } else if (const auto text = reader_.any_text(entry.value, entry.key.value)) {
        out_.environment.push_back(entry.key.value + "=" + *text);
      }
    }
  }

  void input(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      out_.input = reader_.any_text(node, "stdin").value_or("");
      return;
    }
    if (!reader_.expect_map(node, "stdin", shapes().input_file)) return;
    const YamlNode* const file = node.find("file");
    if (file == nullptr) {
      reader_.error(node.mark, {{"stdin has no 'file'; a text is written as it is: stdin: \"one\\n\"",
                                 "stdin 没有 'file'；文字直接写：stdin: \"one\\n\""}});
    } else if (const auto name = reader_.text(*file, "file")) {
      out_.input = bytes_of(*name, file->mark);
    }
  }

  void files(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      reader_.expect_map(node, "files", shapes().program_files);
      return;
    }
    for (const YamlEntry& entry : node.entries) {
      const auto path = reader_.text(entry.value, entry.key.value);
      if (path) out_.files.push_back({*path, bytes_of(entry.key.value, entry.key.mark)});
    }
  }

  /// Of a file of the scenario's own folder: what a scenario shows is not to be anything else of its
  /// reader's.
  std::string bytes_of(const std::string& name, const FileMark& mark) {
    const auto wrong = [&](const Message& why) {
      reader_.error(mark, {{"{file} cannot be given to the program: {why}", "不能把 {file} 交给程序：{why}"},
                           {{"file", in_quotes(name)}, {"why", why}}});
      return std::string();
    };
    std::error_code error;
    const fs::path home = fs::weakly_canonical(folder_.empty() ? fs::path(".") : folder_, error);
    const fs::path inside = fs::weakly_canonical(home / name, error).lexically_relative(home);
    if (fs::path(name).is_absolute() || inside.empty() || *inside.begin() == "..") {
      return wrong({{"name a file of the scenario's own folder", "请写场景所在目录里的文件"}});
    }
    if (!open_) return {};
    auto bytes = read_input((folder_ / name).string(), kMostFileBytes);
    if (const auto* const why = std::get_if<Message>(&bytes)) return wrong(*why);
    return std::move(std::get<std::string>(bytes));
  }

  void program(const std::string& name, const FileMark& mark) {
    if (fs::path(name).is_absolute()) {
      reader_.error(mark, {{"program must be named relative to the folder of this file",
                            "program 要相对于本文件所在的目录来写"}});
      return;
    }
    out_.path = (folder_ / name).string();
    if (!open_) return;
    auto opened = go_program(out_.path);
    if (const auto* const none = std::get_if<NoProgram>(&opened)) {
      reader_.error(mark, {{"{program} cannot be run: {why}{printed}", "不能运行 {program}：{why}{printed}"},
                           {{"program", in_quotes(name)},
                            {"why", none->why},
                            {"printed", Message::untranslated(in_one_line(none->printed))}}});
      return;
    }
    out_.binary = std::get<std::shared_ptr<const Binary>>(std::move(opened));
  }

  /// What go said of the sources, in one line: of a diagnostic more is not shown.
  static std::string in_one_line(std::string_view printed) {
    constexpr int kMost = 3;
    std::string out;
    for (int said = 0; !printed.empty() && said < kMost;) {
      const std::size_t end = std::min(printed.find('\n'), printed.size());
      const std::string_view line = printed.substr(0, end);
      printed.remove_prefix(std::min(end + 1, printed.size()));
      if (line.empty() || line.starts_with('#')) continue;  // the name of the package
      out += (said++ == 0 ? ": " : "; ") + std::string(line);
    }
    return out;
  }

  fs::path folder_;
  bool open_;
  SectionReader& reader_;
  ProgramPlan out_;
};

}  // namespace

void use_program_machine(MachineSettings& machine) {
  const ProcessOptions usual;
  machine.usual_quantum = machine.turns.quantum = usual.turns.quantum;
  machine.budget = usual.step_budget;
}

ProgramPlan read_program(const YamlNode& node, const std::string& scenario_path, bool open,
                         SectionReader& reader) {
  return ProgramReader(scenario_path, open, reader).read(node);
}

void refuse_beside_program(const YamlNode& root, SectionReader& reader) {
  const auto refuse = [&](const YamlNode& map) {
    for (const YamlEntry& entry : map.entries) {
      const auto refused = std::ranges::find(kRefused, entry.key.value, &Refused::key);
      if (refused == std::end(kRefused)) continue;
      reader.error(entry.key.mark, {{"`{key}` means nothing beside `program`: {why}",
                                     "`{key}` 与 `program` 并用没有意义：{why}"},
                                    {{"key", entry.key.value}, {"why", refused->why}}});
    }
  };
  refuse(root);
  if (const YamlNode* const matrix = root.find("matrix")) refuse(*matrix);
}

}  // namespace gogoscope
