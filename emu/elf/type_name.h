// Go's type names, as layouts write them. Private to this folder.
#pragma once

#include <string>
#include <string_view>

namespace gogoscope {

/// "*runtime.g" is "*g"; "runtime/internal/atomic.Uint32" is "atomic.Uint32"; "struct { runtime.gList;
/// runtime.n int32 }" is "struct{gList; n int32}".
std::string go_type_name(std::string_view dwarf_name);

}  // namespace gogoscope
