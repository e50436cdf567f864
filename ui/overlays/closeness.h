// How closely a result says what was typed: what is the very word comes before what only has its letters.
#pragma once

#include <string_view>

namespace gogoscope {

/// From the closest on. Letters count the same in both cases.
enum class Closeness : unsigned char {
  same,      ///< the whole text, or a function's name without its package
  begins,    ///< it begins with it, or its name does
  word,      ///< it is a word of it
  contains,  ///< somewhere
  letters    ///< only its letters, in their order, or a word of the help
};

Closeness closeness(std::string_view typed, std::string_view text);

}  // namespace gogoscope
