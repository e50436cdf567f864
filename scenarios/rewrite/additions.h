// Lines put into a scenario's file: under keys that it has, or as sections at its end.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/rewrite/yaml_source.h"

namespace gogoscope {

using Lines = std::vector<std::string>;

class Additions {
 public:
  /// The source must outlive it.
  explicit Additions(const YamlSource& source) : source_(source) {}

  std::vector<TextEdit> take();

  /// A section that is not there yet, or has nothing in it.
  void section(const std::string& key, const Lines& lines);
  /// Into a block list, after so many of its items, indented as the first one is.
  void after_item(const YamlNode& list, std::size_t item, const Lines& lines);
  /// After the last entry of a mapping.
  void into_map(const YamlNode& map, const std::vector<std::pair<std::string, std::string>>& entries);

 private:
  void insert(std::size_t at, const std::string& indent, const Lines& lines);

  const YamlSource& source_;
  std::vector<TextEdit> edits_;
  std::string tail_;  ///< sections that are new
};

}  // namespace gogoscope
