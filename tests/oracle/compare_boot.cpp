// The first thread and its g0, when schedinit begins and when schedule is called for the first time.
#include "tests/oracle/comparison.h"

namespace gogoscope::oracle {

Comparison compare_boot(const Lesson& lesson) {
  Comparison c("boot");
  const Json recorded = load_recording("boot");
  const Landmarks native = landmarks(recorded, {});
  int step = 0;
  for (const auto& [place, key] :
       {std::pair("runtime.schedinit", "schedinit"), std::pair("runtime.schedule", "schedule")}) {
    const Cursor at = lesson.at(place);
    const Landmarks ours = lesson.landmarks(at.state(), {}, {});
    const Json& values = recorded.at(std::string("at ") + key);
    for (const auto& [name, value] : values.items()) {
      std::uint64_t mine = 0;
      if (name == "tls") {
        mine = at.state().load_or_zero(Addr(at.state().reg(Reg::fs_base)) - 8);
      } else if (name.rfind("m0.", 0) == 0) {
        mine = lesson.value("m", lesson.m0(), name.substr(3), at.state());
      } else {
        mine = at.state().reg(reg_by_name(name).value());
      }
      c.equal(step, name == "tls" ? "-8(FS)" : name, native.name(number(value)), ours.name(mine));
    }
    const Json& g0 = recorded.at(std::string("g0 at ") + key);
    compare_g(c, step, "g0", g0, {native}, lesson, at.state(), lesson.g0(), {ours});
    c.equal(step, "g0.stack.hi-lo", std::to_string(number(g0, "stack.hi") - number(g0, "stack.lo")),
            std::to_string(lesson.value("g", lesson.g0(), "stack.hi", at.state()) -
                           lesson.value("g", lesson.g0(), "stack.lo", at.state())));
    ++step;
  }
  return c;
}

}  // namespace gogoscope::oracle
