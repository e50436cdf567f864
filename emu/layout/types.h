// Go's type names, as far as the layout tables need them: how big a value is, what a pointer points to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gogoscope {

class Layout;

enum class ValueKind : std::uint8_t {
  pointer,  ///< addresses and register words: printed in hex
  integer,  ///< signed: printed in decimal
  natural,  ///< unsigned: printed in decimal
  boolean,
  aggregate,  ///< arrays and structs
};

ValueKind value_kind(std::string_view type);

/// Bytes of a value; nothing if the type is unknown to the layout.
std::optional<std::uint64_t> type_size(const Layout& layout, std::string_view type);

/// The type that "*g", "guintptr", "[]*g", "[4]T" lead to: "g", "g", "*g", "T"; empty if there is none.
std::string_view pointee(std::string_view type);
std::string_view slice_element(std::string_view type);
struct ArrayType {
  std::uint64_t count = 0;
  std::string_view element;
};
std::optional<ArrayType> array_type(std::string_view type);

/// The value of `size` bytes with its sign: -1 of an int32 is -1 of an int64.
std::int64_t sign_extend(std::uint64_t value, std::uint32_t size);

}  // namespace gogoscope
