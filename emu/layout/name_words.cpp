#include "emu/layout/name_words.h"

namespace gogoscope {

const NameWords& english_names() {
  static constexpr NameWords kWords = {
      .return_address = "return address of {function}",
      .saved_bp = "saved BP of {function}",
      .stack_word = "{g}.stack hi-{bytes}",
      .in_stack = "in {g}'s stack, hi-{bytes}",
      .stack_hi = "top of {g}'s stack",
      .stack_lo = "bottom of {g}'s stack",
      .stack_hi_and_lo = "top of {below}'s stack, bottom of {above}'s stack",
  };
  return kWords;
}

// Which end of a stack is its top, Chinese books and Go's people see differently: hi and lo say it plainly.
const NameWords& chinese_names() {
  static constexpr NameWords kWords = {
      .return_address = "{function} 的返回地址",
      .saved_bp = "{function} 保存的 BP",
      .stack_word = "{g} 的栈 hi-{bytes}",
      .in_stack = "在 {g} 的栈中，hi-{bytes}",
      .stack_hi = "{g} 的栈的上界 hi",
      .stack_lo = "{g} 的栈的下界 lo",
      .stack_hi_and_lo = "{below} 的栈的上界 hi，{above} 的栈的下界 lo",
  };
  return kWords;
}

const NameWords& name_words(Language language) {
  return language == Language::zh ? chinese_names() : english_names();
}

}  // namespace gogoscope
