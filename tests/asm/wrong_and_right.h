// Tables of statements that are wrong, with the whole text of the error, beside twins that pass.
#pragma once

#include <string_view>
#include <vector>

namespace plan9::test {

struct Case {
  std::string_view wrong;   ///< one statement
  std::string_view marked;  ///< the part of it that is underlined; empty: the place behind it
  std::string_view message;
  std::string_view right;  ///< the statement repaired
};

/// The statements are in the body of main·f, whose frame is $8-8 and which has the label here.
void in_a_body(const std::vector<Case>& cases);

/// The statements are below a GLOBL of known(SB), which has 8 bytes.
void at_top(const std::vector<Case>& cases);

}  // namespace plan9::test
