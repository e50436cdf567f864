// The value of a field, spelled the way people read it: a pointer by its digits and its name, a status by
// its word, a counter as a number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emu/layout/describe.h"

namespace gogoscope {

struct FieldValue {
  std::uint64_t number = 0;  ///< zero-extended
  bool pointer = false;      ///< shown by its digits, with `word` beside them
  std::string word;  ///< "g2", "in g2's stack, hi-40", "running", "true", "-1"; empty for a bare address
  std::string also;  ///< the number that a word means: "2" of running
};

/// What a field is: enough to spell its value.
struct FieldKind {
  std::string_view struct_name;  ///< "g"; empty outside of structs
  std::string_view field;        ///< "atomicstatus"
  std::string_view type;         ///< Go's name
  std::uint32_t size = 8;
};

FieldValue field_value(const Names& names, const FieldKind& kind, std::uint64_t number);

}  // namespace gogoscope
