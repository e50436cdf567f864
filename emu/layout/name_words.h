// The phrases in which names of addresses and values are put, for each language. Go's own words and signs
// (g2, sched.sp, hi-40, &, +) are the same in all of them.
#pragma once

#include <string_view>

#include "asm/text/fill.h"
#include "asm/text/language.h"

namespace gogoscope {

/// Patterns; {name} is where a value is put in. Every language must use the same placeholders.
struct NameWords {
  std::string_view return_address;   ///< {function}: whose return address the word is
  std::string_view saved_bp;         ///< {function}: which function saved it
  std::string_view stack_word;       ///< {g}, {bytes}: a word without another name, so far below stack.hi
  std::string_view in_stack;         ///< {g}, {bytes}: a pointer to such a place
  std::string_view stack_hi;         ///< {g}: the value is g.stack.hi
  std::string_view stack_lo;         ///< {g}: the value is g.stack.lo
  std::string_view stack_hi_and_lo;  ///< {below}, {above}: stacks lie side by side
};

const NameWords& english_names();
const NameWords& chinese_names();
const NameWords& name_words(Language language);

}  // namespace gogoscope
