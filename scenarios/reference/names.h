// Every name that an expectation may use, from where the names are: the registers, the layouts of the
// releases, the lists, the symbols of a program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "emu/guest/code.h"

namespace gogoscope {

struct Nameable {
  /// "rsp", "gN.sched.sp", "pN.runq[0]", "runtime.goexit"; N is any number.
  std::string name;
  enum class Kind : std::uint8_t { reg, special, object, field, list, function, data };
  Kind kind = Kind::field;
  std::string type;                ///< Go's; "func" of functions; empty where Go has none
  std::uint64_t size = 0;          ///< bytes; of a function those of its code
  std::vector<std::string> go;     ///< releases that have it; empty: it is no part of Go
  std::vector<std::string> words;  ///< that a value may be written as
  TextView about;                  ///< of special names; may be empty
};

std::string_view name(Nameable::Kind kind);

/// All of them, in the order of kinds, fields in the order of the layout. Symbols are those of `code`.
std::vector<Nameable> nameables(const Code& code);

/// Those that begin with `prefix`, which may have numbers for N ("g2.sched") and follow a pointer
/// ("m0.curg."); they then have these numbers in their names.
std::vector<Nameable> nameables(const Code& code, std::string_view prefix);

}  // namespace gogoscope
