#include "scenarios/format/read_include.h"

#include <algorithm>
#include <filesystem>

#include "asm/text/printable.h"
#include "scenarios/format/loader.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostFiles = 16;

}  // namespace

std::vector<IncludedFile> read_include(const YamlNode& node, const std::string& path, SectionReader& reader) {
  std::vector<IncludedFile> out;
  std::vector<const YamlNode*> names;
  if (node.kind == YamlNode::Kind::sequence) {
    for (const YamlNode& item : node.items) names.push_back(&item);
    if (names.empty()) reader.error(node.mark, {{"include is empty", "include 是空的"}});
  } else {
    names.push_back(&node);
  }
  const plan9::IncludeResolver beside = own_folder_includes(path);
  for (const YamlNode* const item : names) {
    const std::optional<std::string> name = reader.text(*item, "include");
    if (!name) continue;
    if (out.size() == kMostFiles) {
      reader.error(item->mark, {{"a scenario includes at most {most} files", "场景最多包含 {most} 个文件"},
                                {{"most", kMostFiles}}});
      break;
    }
    if (std::ranges::find(out, *name, &IncludedFile::name) != out.end()) {
      reader.error(item->mark,
                   {{"{name} is included twice", "{name} 包含了两次"}, {{"name", in_quotes(*name)}}});
      continue;
    }
    auto found = beside(*name);
    if (const auto* const why = std::get_if<Message>(&found)) {
      reader.error(item->mark, {{"cannot include {name}: {why}", "不能包含 {name}：{why}"},
                                {{"name", in_quotes(*name)}, {"why", *why}}});
      continue;
    }
    const std::filesystem::path shown = std::filesystem::path(path).parent_path() / *name;
    out.push_back({*name, shown.string(), std::move(std::get<plan9::Source>(found).text), {}});
  }
  return out;
}

}  // namespace gogoscope
