// A YAML document as a tree that knows where each part is and how it was written.
//
// A small, strict part of YAML: one document, no anchors, aliases or tags, bounded depth and size, keys that
// are plain texts and occur once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/problems.h"

namespace gogoscope {

struct YamlEntry;

struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, map };
  Kind kind = Kind::null;
  FileMark mark;
  std::string value;            ///< of a scalar
  char style = 0;               ///< the character it starts with: '|', '>', '"', '\'', or 0 for a plain one
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<YamlEntry> entries;  ///< of a map, in the file's order

  const YamlNode* find(std::string_view key) const;
};

struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

/// The document's tree; nothing (and a problem reported) if the text is not such a document.
std::optional<YamlNode> parse_yaml(std::string_view text, Problems& problems);

/// The place of a part of a scalar's value, `column` characters into it (counted from 1). Points to the
/// scalar's start where the file spells the value differently (escapes, folded lines).
FileMark mark_inside(const YamlNode& scalar, int column, int width, const Problems& problems);

/// "a list", "a mapping", "a text", "nothing".
TextView kind_name(YamlNode::Kind kind);

}  // namespace gogoscope
