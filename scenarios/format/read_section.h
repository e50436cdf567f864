// Helpers of the reader: typed access to the parts of a YAML tree, each error told where it stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/yaml_tree.h"

namespace gogoscope {

class SectionReader {
 public:
  explicit SectionReader(Problems& problems) : problems_(problems) {}

  Problems& problems() { return problems_; }
  void error(const FileMark& mark, std::string message) { problems_.error(mark, std::move(message)); }

  /// Tells keys that are none of `known`, with the nearest; false (and told) if `node` is no mapping.
  bool expect_map(const YamlNode& node, std::string_view what, const std::vector<std::string_view>& known);
  bool expect_list(const YamlNode& node, std::string_view what);
  /// The text of a scalar; nothing (and told) if it is none or empty.
  std::optional<std::string> text(const YamlNode& node, std::string_view what);
  std::optional<bool> boolean(const YamlNode& node, std::string_view what);
  std::optional<std::uint64_t> number(const YamlNode& node, std::string_view what, std::uint64_t least,
                                      std::uint64_t most);

 private:
  Problems& problems_;
};

}  // namespace gogoscope
