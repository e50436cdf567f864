// Where the parts of a YAML tree are in its text, so that they can be changed there and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/yaml_tree.h"
#include "scenarios/rewrite/edits.h"

namespace gogoscope {

class YamlSource {
 public:
  /// Of a text that is known to be such a tree. The text must outlive it.
  explicit YamlSource(std::string_view text);

  std::string_view text() const { return text_; }
  const YamlNode& root() const { return root_; }
  /// The byte that a place of the file is at.
  std::size_t at(const FileMark& mark) const;
  /// The byte after a part: its last character, or its closing quote or bracket. Nothing of what is written
  /// over several lines without one of these, except a block scalar (`|`).
  std::optional<std::size_t> end_of(const YamlNode& node) const;
  /// Whether it is written in brackets.
  bool is_flow(const YamlNode& node) const;
  /// The bytes where the line of a byte begins, and where the one after it does.
  std::size_t line_start(std::size_t byte) const;
  std::size_t line_end(std::size_t byte) const;

  /// Replaces a scalar, in the quotes that it has if that can be.
  std::optional<TextEdit> replaced(const YamlNode& scalar, const std::string& value) const;

 private:
  std::size_t end_of_quoted(std::size_t at) const;
  std::optional<std::size_t> end_of_block(std::size_t at) const;
  std::optional<std::string> as_block(std::size_t at, const std::string& value) const;
  std::optional<std::size_t> end_of_flow(std::size_t at) const;

  std::string_view text_;
  std::vector<std::size_t> starts_;  ///< of lines
  YamlNode root_;
};

/// A text as a scalar of YAML: plain where that means the same, also in brackets, else in double quotes.
std::string yaml_scalar(const std::string& text);

}  // namespace gogoscope
