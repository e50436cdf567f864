// How the writers of JSON end. Private to this folder.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>

namespace gogoscope {

/// Writes a document and ends the line. A byte that is no part of a character becomes U+FFFD: an opened
/// record may call its functions and fields anything.
inline void write_json(std::ostream& out, const nlohmann::ordered_json& document, int indent = -1) {
  out << document.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace gogoscope
