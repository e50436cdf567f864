// The comments of listings and of modelled functions in Chinese.
#pragma once

#include <string_view>

namespace plan9 {

/// A whole comment, what is behind its "// "; empty where it is the same in both languages, as code is. Cost:
/// a search of some hundred entries.
std::string_view comment_in_chinese(std::string_view comment);

}  // namespace plan9
