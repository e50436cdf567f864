// WHERE: a moment of a run, named the way people name it.
//
//   412                              state 412
//   end                              the last state
//   runtime.gogo                     the first time the PC is at gogo, before it executes
//   runtime.gogo+0x23#2              the second time it is 0x23 bytes into it
//   runtime.goexit0:"gp.m = nil"     at that line of a modelled function or of a listing
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/guest/code.h"

namespace gogoscope {

/// A place in the code, and which visit to it.
struct Place {
  std::string function;
  std::uint32_t offset = 0;              ///< bytes from the function's start
  std::optional<std::string> line = {};  ///< text of a line instead of an offset
  int visit = 1;                         ///< counts from 1, from the start of the run
  bool counted = false;                  ///< a visit was asked for with #N
};

struct Where {
  enum class Kind : std::uint8_t { state, end, place };
  Kind kind = Kind::end;
  std::uint64_t state = 0;
  Place place;

  static Where at_state(std::uint64_t number) { return {Kind::state, number, {}}; }
  static Where at_place(Place place) { return {Kind::place, 0, std::move(place)}; }
  static Where at_end() { return {}; }
};

/// A where, or what is wrong with the text.
std::variant<Where, Message> parse_where(std::string_view text);
std::string to_string(const Where& where);
std::string to_string(const Place& place);

/// The place of an instruction: its function, and the offset there. Empty function if it is in none.
Place place_of(CodeAddr pc, const Code& code);

/// The addresses that a place names (a line's text may be on several lines), or what is wrong: no such
/// function (with the nearest name), no instruction at that offset, no such line.
std::variant<std::vector<CodeAddr>, Message> resolve(const Place& place, const Code& code);

}  // namespace gogoscope
