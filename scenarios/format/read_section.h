// Helpers of the reader: typed access to the parts of a YAML tree, each error reported at its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/shape.h"
#include "scenarios/format/yaml_tree.h"

namespace gogoscope {

/// What messages call a part of the file: by its key, or by a phrase.
struct Called : Text {
  Called(const Message& words) : Text(words.text()) {}
  Called(TextView phrase) : Text{std::string(phrase.en), std::string(phrase.zh)} {}
  Called(std::string_view key) : Called(TextView{key, key}) {}
  Called(const std::string& key) : Called(std::string_view(key)) {}
  Called(const char* key) : Called(std::string_view(key)) {}
};

class SectionReader {
 public:
  explicit SectionReader(Problems& problems) : problems_(&problems) {}

  Problems& problems() { return *problems_; }
  void error(const FileMark& mark, Message message) { problems_->error(mark, std::move(message)); }

  /// Reports keys that are none of `known`, with the nearest; false (and reported) if `node` is not a
  /// mapping.
  bool expect_map(const YamlNode& node, const Called& what, const std::vector<std::string_view>& known);
  /// The same with the keys of a shape.
  bool expect_map(const YamlNode& node, const Called& what, const Shape& shape);
  bool expect_list(const YamlNode& node, const Called& what);
  /// The text of a scalar; nothing (and reported) if it is none or empty.
  std::optional<std::string> text(const YamlNode& node, const Called& what);
  /// One of the words of a shape; empty (and reported, with the nearest) if it is none.
  std::string word(const YamlNode& node, const Called& what, const Shape& shape);
  /// The same, of what may be blank if it is quoted.
  std::optional<std::string> any_text(const YamlNode& node, const Called& what);
  std::optional<bool> boolean(const YamlNode& node, const Called& what);
  std::optional<std::uint64_t> number(const YamlNode& node, const Called& what, std::uint64_t least,
                                      std::uint64_t most);
  /// With the bounds of a shape.
  std::optional<std::uint64_t> number(const YamlNode& node, const Called& what, const Shape& shape);

 private:
  Problems* problems_;
};

}  // namespace gogoscope
