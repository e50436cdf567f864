// The rows of the structs panel: trees of fields, as far as they are open, with the gobuf in focus on top.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ui/link.h"
#include "ui/panels/field_value.h"
#include "ui/panels/focus_gobuf.h"

namespace gogoscope {

struct StructRow {
  enum class Kind : std::uint8_t {
    focus,  ///< the heading of the gobuf in focus
    tree,   ///< the heading of a g, m, p or sched
    node,   ///< a struct or an array within it
    more,   ///< a run of fields that the scheduler's functions here leave alone
    field,
    note,  ///< what is left of an array or struct: words only
  };
  Kind kind = Kind::field;
  int depth = 0;
  std::string path;  ///< "g2.sched.sp" as Names::describe says it; of a heading "g2"; key of what is open
  std::string name;  ///< "sp"
  std::string type;  ///< Go's name
  FieldValue value;
  std::string words;  ///< beside the heading of a node or tree: "running on m0", "256 words, all zero"
  bool opens = false;
  bool open = false;
  bool changed = false;  ///< the executed step stored into it, or into what is hidden in it
  std::string news;      ///< field: its old value; closed heading: the field that changed
  Target place;
  Target points_at;
};

/// Which headings the user has opened or closed, by path; the others are as they come.
using OpenHeadings = std::map<std::string, bool, std::less<>>;

/// `first` is the g whose tree comes first and open. Cost: about 1 µs for each row, and a few µs for each
/// entity.
std::vector<StructRow> struct_rows(const View& view, Language language, const FocusGobuf& focus,
                                   const Entity* first, const OpenHeadings& headings);

/// What is written into the window's rows: "structs.row.g2.sched.sp".
inline std::string struct_row_name(const StructRow& row) { return "structs.row." + row.path; }

}  // namespace gogoscope
