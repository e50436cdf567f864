// Every scalar field of the scheduler's structs when main.main begins, beside those of a Go 1.16.4 process.
#include <array>

#include "tests/oracle/comparison.h"

namespace gogoscope::oracle {
namespace {

/// A struct of the recording: where it is in the process, as its others say, and in ours.
struct Found {
  std::string_view name, type;
  std::uint64_t native, ours;
};

void add(Landmarks& to, const Lesson& lesson, const Found& found, std::uint64_t base, std::uint64_t lo,
         std::uint64_t hi) {
  to.add(std::string(found.name), base, lesson.layout().find(found.type)->size);
  if (lo != 0) to.add_stack(std::string(found.name), lo, hi);
}

}  // namespace

Comparison compare_structs(const Lesson& lesson) {
  Comparison c("structs");
  const Json recorded = load_recording("structs");
  const Json& structs = recorded.at("structs");
  const Cursor at = lesson.at("main.main");
  const StateView& state = at.state();
  const auto ours = [&](std::string_view type, std::uint64_t base, std::string_view field) {
    return lesson.value(type, base, field, state);
  };
  const std::uint64_t m0 = lesson.m0();
  const Json& native_m0 = structs.at("m0");
  const std::array<Found, 6> all = {{
      {"m0", "m", number(structs.at("g1"), "m"), m0},
      {"g0", "g", number(native_m0, "g0"), lesson.g0()},
      {"gsignal", "g", number(native_m0, "gsignal"), ours("m", m0, "gsignal")},
      {"g1", "g", number(native_m0, "curg"), ours("m", m0, "curg")},
      {"p0", "p", number(native_m0, "p"), lesson.p(state)},
      {"sched", "schedt", 0, lesson.symbol("runtime.sched")},
  }};
  Landmarks native_names, our_names;
  for (const Found& found : all) {
    const bool g = found.type == "g";
    const Json& fields = structs.at(std::string(found.name));
    if (found.native != 0) {
      add(native_names, lesson, found, found.native, g ? number(fields, "stack.lo") : 0,
          g ? number(fields, "stack.hi") : 0);
    }
    add(our_names, lesson, found, found.ours, g ? ours("g", found.ours, "stack.lo") : 0,
        g ? ours("g", found.ours, "stack.hi") : 0);
  }
  for (const Found& found : all) {
    for (const auto& [name, value] : structs.at(std::string(found.name)).items()) {
      const std::string what = std::string(found.name) + "." + name;
      const std::string base = name.substr(0, name.rfind('.'));
      const bool part = name.ends_with(".ptr") || name.ends_with(".len") || name.ends_with(".cap");
      const StructLayout& layout = *lesson.layout().find(found.type);
      const Field* const field = layout.find(name);
      if (field != nullptr && field->leaf && field->size <= 8) {
        c.equal(0, what, native_names.name(number(value)),
                our_names.name(ours(found.type, found.ours, name)));
      } else if (const Field* const whole = part ? layout.find(base) : nullptr; whole != nullptr) {
        const int word = name.ends_with(".ptr") ? 0 : name.ends_with(".len") ? 8 : 16;
        c.equal(0, what, native_names.name(number(value)),
                our_names.name(state.load_or_zero(Addr(found.ours + whole->offset) + word)));
      } else if (field == nullptr) {
        c.equal(0, what, "recorded", "not in our layout");
      }
    }
  }
  return c;
}

}  // namespace gogoscope::oracle
