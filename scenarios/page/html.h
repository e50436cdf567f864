// Texts that come from files, made harmless in HTML.
#pragma once

#include <string>
#include <string_view>

namespace gogoscope {

/// For the content of an element and for an attribute in double quotes.
std::string escaped_html(std::string_view text);

/// JSON for the inside of a <script>: without <, > and &, which occur in JSON only inside strings.
std::string json_in_html(std::string_view json);

}  // namespace gogoscope
