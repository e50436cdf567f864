#include "scenarios/run/bookmark_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "scenarios/format/yaml_tree.h"
#include "scenarios/run/moments.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;
constexpr std::size_t kMostBookmarks = 1000;

struct Written {
  std::string at, name, note;
  int line = 0;
};

/// What the file says; what is wrong with it is reported.
std::vector<Written> entries(const YamlNode& root, Problems& problems) {
  std::vector<Written> out;
  if (root.kind != YamlNode::Kind::sequence) {
    problems.error(root.mark, {{"bookmarks are a list", "书签是一个列表"}});
    return out;
  }
  for (const YamlNode& item : root.items) {
    Written one;
    one.line = item.mark.line;
    for (const YamlEntry& entry : item.entries) {
      const std::string& key = entry.key.value;
      std::string* const to = key == "at"     ? &one.at
                              : key == "name" ? &one.name
                              : key == "note" ? &one.note
                                              : nullptr;
      if (to == nullptr || entry.value.kind != YamlNode::Kind::scalar) {
        problems.error(entry.key.mark,
                       {{"a bookmark has the texts at, name and note", "书签有 at、name、note 三个文本"}});
        continue;
      }
      *to = entry.value.value;
    }
    if (one.at.empty() || one.name.empty())
      problems.error(item.mark, {{"a bookmark has 'at' and 'name'", "书签要有 'at' 和 'name'"}});
    out.push_back(std::move(one));
  }
  if (out.size() > kMostBookmarks)
    problems.error(root.mark, {{"more than {n} bookmarks", "书签多于 {n} 个"}, {{"n", kMostBookmarks}}});
  return out;
}

/// As YAML reads it back: JSON's texts are YAML's, and lines are a block.
std::string scalar(const std::string& given, const std::string& indent) {
  const std::string text = printable_lines(given);  // a file with control characters would not be read again
  const bool lines = text.find('\n') != std::string::npos && text.front() != ' ' && text.front() != '\n' &&
                     text.back() != '\n' && text.find_first_of("\t\r") == std::string::npos;
  using Json = nlohmann::json;
  const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (!lines) return quoted;
  std::string out = "|-";
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out += line.empty() ? "\n" : "\n" + indent + line;
  return out;
}

}  // namespace

std::string bookmarks_path(const std::string& scenario_path) {
  if (scenario_path.empty() || scenario_path == "-") return "";
  return std::filesystem::path(scenario_path).replace_extension(".bookmarks").string();
}

BookmarkFile read_bookmarks(const std::string& path, const Trace& trace) {
  BookmarkFile out;
  std::error_code error;
  if (path.empty() || !std::filesystem::exists(path, error)) return out;
  out.there = true;
  out.usable = false;
  const auto text = read_input(path, kMostBytes);
  if (const auto* const why = std::get_if<Message>(&text)) {
    out.problem = *why;
    return out;
  }
  Problems problems(path, std::get<std::string>(text));
  const std::optional<YamlNode> root = parse_yaml(std::get<std::string>(text), problems);
  std::vector<Written> all;
  if (root) all = entries(*root, problems);
  const auto at_line = [&](int line, const Message& why) {
    return Message({"{path}:{line}: {why}", "{path}:{line}：{why}"},
                   {{"path", path}, {"line", line}, {"why", why}});
  };
  if (const Diagnostics wrong = problems.take(); !wrong.empty()) {
    out.problem = at_line(wrong.front().line, wrong.front().message);
    return out;
  }
  out.usable = true;
  for (Written& one : all) {
    const auto found = find_moment(one.at, trace);
    if (const auto* const why = std::get_if<Message>(&found)) {
      if (out.problem.empty()) out.problem = at_line(one.line, *why);
      out.lost.push_back({one.at, {0, std::move(one.name), std::move(one.note)}});
    } else {
      out.spelled[std::get<std::uint64_t>(found)] = one.at;
      out.bookmarks.push_back({std::get<std::uint64_t>(found), std::move(one.name), std::move(one.note)});
    }
  }
  return out;
}

bool write_bookmarks(const std::string& path, BookmarkFile& file, const Trace& trace) {
  std::error_code error;
  if (path.empty() || !file.usable) return false;
  if (file.bookmarks.empty() && file.lost.empty()) {
    std::filesystem::remove(path, error);
    return !error;
  }
  std::string text;
  const auto add = [&](const std::string& at, const Bookmark& bookmark) {
    text += "- at: " + scalar(at, "") + "\n  name: " + scalar(bookmark.name, "    ") + "\n";
    if (!bookmark.note.empty()) text += "  note: " + scalar(bookmark.note, "    ") + "\n";
  };
  for (const Bookmark& bookmark : file.bookmarks) {
    std::string& at = file.spelled[bookmark.state];
    if (at.empty()) at = moment_name(bookmark.state, trace);
    add(at, bookmark);
  }
  for (const BookmarkFile::Lost& lost : file.lost) add(lost.at, lost.bookmark);
  const std::string beside = path + ".new";
  std::ofstream out(beside, std::ios::binary);
  out << text;
  out.close();
  if (out) std::filesystem::rename(beside, path, error);
  if (out && !error) return true;
  std::filesystem::remove(beside, error);
  return false;
}

}  // namespace gogoscope
