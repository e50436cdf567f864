// Fields by their Go names: "g2.sched.sp", "m0.g0.stack.hi", "p0.runq[3]", "sched.runqsize".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "asm/text/message.h"
#include "emu/guest/guest.h"
#include "emu/guest/memory_view.h"
#include "emu/layout/describe.h"
#include "emu/layout/layout.h"
#include "emu/layout/status.h"

namespace gogoscope {

/// How a field's value is best written.
enum class ValueStyle : std::uint8_t { hex, decimal, signed_decimal, pointer, g_status, p_status };

/// A field's name taken apart and checked against the layout.
struct FieldName {
  std::string name;    ///< "g2.sched.sp", "m0.curg.goid", "p0.runq[3]"
  std::string object;  ///< what it starts with: "g2", "m0.g0", "sched"
  const Field* field = nullptr;
  std::uint32_t size = 8;
  ValueStyle style = ValueStyle::hex;
};

/// The struct of an object's name: "g", "m", "p", "schedt"; nothing if it names no object.
std::optional<std::string_view> struct_of_object(std::string_view name);

/// Takes "g2.sched.sp" apart. Nothing if the name does not start with an object; a sentence if the field is
/// unknown.
std::optional<std::variant<FieldName, Message>> parse_field(std::string_view name, const Layout& layout);

/// The same where `name` starts with what a file calls a goroutine, or another thing of the struct `kind`.
std::variant<FieldName, Message> parse_field_of(std::string_view goroutine, std::string_view name,
                                                const Layout& layout, std::string_view kind = "g");

struct FieldPlace {
  Addr addr;
  std::uint32_t size = 8;
};

/// Where the field is at this moment; or why nowhere ("there is no g7 at this moment").
std::variant<FieldPlace, Message> locate(const FieldName& field, const Names& names);

/// "there is no g7 at this moment".
Message not_there(std::string_view object);

/// A value as people read it: "dead (6)", "g2", "0xc000002000", "3".
std::string show_value(std::uint64_t value, ValueStyle style, const Guest& guest, const StateView& state);

/// The same as a scenario writes it: "dead".
std::string write_value(std::uint64_t value, ValueStyle style, const Guest& guest, const StateView& state);

/// What a word that is no status was probably meant as, "; did you mean running?"; Go's prefix may be there.
Message near_g_status(std::string_view word);
Message near_p_status(std::string_view word);

}  // namespace gogoscope
