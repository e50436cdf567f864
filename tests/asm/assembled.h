// What the tests of the assembler share: a text in, its bytes or its errors out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "asm/assembler.h"

namespace plan9::test {

/// The constants that the shipped listings need, with the values of Go 1.16.
Constants go_1_16();

Options options();

std::string read_file(const std::string& name);  ///< in this folder; fails the test if it is missing

/// The object, or an empty one and a failed test with the diagnostics.
Object assembled(std::string_view text, StackCheck::G g = StackCheck::G::in_cx);

/// All diagnostics as a reader sees them.
std::string errors(std::string_view text);

/// The bytes of the function f that `body` is the body of, as hex. "" and a failed test on errors.
std::string bytes_of(std::string_view body);

/// Bytes by line of the first source, fields of relocations as ??.
std::map<int, std::string> bytes_by_line(const Object& object);

/// All bytes of one function, fields of relocations as ??.
std::string bytes_of_function(const Object& object, std::string_view name);

const Symbol* find_symbol(const Object& object, std::string_view name);

}  // namespace plan9::test
