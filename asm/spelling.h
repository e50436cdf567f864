// What a misspelled name was probably meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plan9 {

/// The known name nearest to `wrong`, the first of several; "" if none is near.
std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known);

/// "; did you mean X?" or "": the end of a message.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known);

}  // namespace plan9
