#include "tests/oracle/comparison.h"

#include <fmt/format.h>

#include <algorithm>

namespace gogoscope::oracle {

std::string to_string(const Difference& d) {
  return fmt::format("{}, step {}, {}: native {}, ours {}", d.comparison, d.step, d.what, d.native, d.ours);
}

void Comparison::equal(int step, std::string what, std::string native, std::string ours) {
  ++compared_;
  if (native != ours)
    differences_.push_back({name_, step, std::move(what), std::move(native), std::move(ours)});
}

void Comparison::not_recorded(std::string what, std::string ours) {
  for (const Difference& d : differences_) {
    if (d.what == what) return;
  }
  equal(0, std::move(what), "not recorded", std::move(ours));
}

std::string field_name(const Side& side, const std::string& field, std::uint64_t value) {
  const bool goid = field == "goid" || field == "goidcache" || field == "goidcacheend";
  if (!goid || value == 0 || side.goid_base == 0) return side.names.name(value);
  return fmt::format("goidcache{:+}", static_cast<std::int64_t>(value - side.goid_base));
}

void compare_g(Comparison& comparison, int step, const std::string& prefix, const Json& fields,
               const Side& native, const Lesson& lesson, const StateView& state, std::uint64_t g,
               const Side& ours) {
  for (const auto& [name, unused] : fields.items()) {
    comparison.equal(step, "a field", name, lesson.layout().find("g", name) == nullptr ? "none" : name);
  }
  for (const Field& field : lesson.layout().find("g")->fields) {
    if (!field.leaf) continue;
    const std::string what = prefix + "." + field.name;
    if (field.size <= 8) {
      comparison.equal(step, what, field_name(native, field.name, number(fields, field.name)),
                       field_name(ours, field.name, lesson.value("g", g, field.name, state)));
      continue;
    }
    // Slices: all of them are nil in the recordings.
    for (std::uint32_t word = 0; word < field.size; word += 8) {
      comparison.equal(step, what, ours.names.name(number(fields, field.name)),
                       ours.names.name(state.load_or_zero(Addr(g + field.offset + word))));
    }
  }
}

void compare_registers(Comparison& comparison, int step, const Json& registers, const Landmarks& native,
                       const StateView& state, const Landmarks& ours) {
  for (const auto& [name, value] : registers.items()) {
    comparison.equal(step, name, native.name(number(value)), ours.name(state.reg(reg_by_name(name).value())));
  }
}

std::vector<Comparison> all_comparisons(const Lesson& lesson) {
  return {compare_gogo(lesson),          compare_goexit(lesson), compare_newproc_malg(lesson),
          compare_newproc_gfget(lesson), compare_boot(lesson),   compare_frames(lesson),
          compare_structs(lesson)};
}

}  // namespace gogoscope::oracle
