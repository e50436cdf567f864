// A goroutine's exit, from its function's last instructions to the first of goexit0. Assembly is compared
// instruction by instruction; goexit1 is modelled: its instructions are compared where there is one of the
// same offset, its state at entry and at its CALL always.
#include "tests/oracle/comparison.h"
#include "tests/oracle/instructions.h"

namespace gogoscope::oracle {
namespace {

/// Goes on to `place`, if the function that runs gets there before it calls or leaves.
bool go_on_to(Cursor& at, const Lesson& lesson, const std::string& place) {
  Cursor probe = at;
  const Code& code = lesson.guest().code;
  const Function* function = code.function_at(probe.state().pc());
  while (function && function->contains(probe.state().pc())) {
    if (code.symbolize(probe.state().pc()) == place) {
      at.seek(probe.position());
      return true;
    }
    if (!probe.forward()) break;
  }
  return false;
}

/// The stores of the next step to fields of g that change them: "sched.pc: 0 -> runtime.mcall+0x5b".
std::string writes(const Cursor& at, const Lesson& lesson, std::uint64_t g, const Landmarks& names) {
  std::string text;
  const StructLayout& layout = *lesson.layout().find("g");
  for (const Store& store : at.next().stores) {
    if (store.addr.value() < g || store.addr.value() >= g + layout.size || store.old_value == store.new_value)
      continue;
    text += layout.at(static_cast<std::uint32_t>(store.addr.value() - g))->name + ": " +
            names.name(store.old_value) + " -> " + names.name(store.new_value) + "; ";
  }
  return text;
}

std::string writes(const Json& state, const Landmarks& names) {
  std::string text;
  if (!state.contains("writes")) return text;
  for (const auto& [field, values] : state.at("writes").items()) {
    text += field + ": " + names.name(number(values[0])) + " -> " + names.name(number(values[1])) + "; ";
  }
  return text;
}

}  // namespace

Comparison compare_goexit(const Lesson& lesson) {
  Comparison c("goexit");
  const Json recorded = load_recording("goexit");
  const Json& states = recorded.at("states");
  Cursor at = lesson.at("main.task");
  const std::uint64_t g = lesson.value("m", lesson.m0(), "curg", at.state());
  const std::uint64_t g0_sp = lesson.value("g", lesson.g0(), "sched.sp", at.state());
  const std::uint64_t native_g0_sp = number(recorded.at("g0.sched").at("sp"));
  const auto origin = [](std::uint64_t sp) { return Origin{"g0.sched.sp", sp, sp - 4096, sp}; };
  const Landmarks native = landmarks(recorded, origin(native_g0_sp));
  const Landmarks ours = lesson.landmarks(at.state(), {{"g", g}}, origin(g0_sp));
  compare_g(c, 0, "g", recorded.at("g at task"), {native}, lesson, at.state(), g, {ours});

  for (std::size_t i = 0; i < states.size(); ++i) {
    const Json& state = states[i];
    const int step = static_cast<int>(i);
    const std::string place = state.at("at");
    if (!go_on_to(at, lesson, place)) {
      c.equal(step, "instruction", place, "none at this offset");
      continue;
    }
    const Instruction* instruction = lesson.guest().code.instruction_at(at.state().pc());
    if (instruction->slot) {
      c.equal(step, "instruction", place, "a modelled line");
    } else if (state.contains("bytes")) {
      const Encoded theirs = split_displacement(state.at("bytes"));
      const Encoded mine = split_displacement(bytes_at(lesson.guest().code, at.state(), at.state().pc()));
      c.equal(step, "bytes", theirs.bytes, mine.bytes);
      c.equal(step, "displacement", theirs.displacement, mine.displacement);
      c.equal(step, "writes to g", writes(state, native), writes(at, lesson, g, ours));
    }
    compare_registers(c, step, state.at("regs"), native, at.state(), ours);
    c.equal(step, "-8(FS)", native.name(number(state.at("tls"))),
            ours.name(at.state().load_or_zero(Addr(at.state().reg(Reg::fs_base)) - 8)));
    if (state.contains("top")) {
      c.equal(step, "0(SP)", native.name(number(state.at("top"))),
              ours.name(at.state().load_or_zero(at.state().sp())));
    }
    if (i + 1 < states.size()) at.forward();
  }

  // At the first instruction of goexit0: the rest of the registers, g0's sched, the dead g's.
  const int last = static_cast<int>(states.size()) - 1;
  Json others = recorded.at("regs at goexit0");
  for (const auto& [name, unused] : states.back().at("regs").items()) others.erase(name);
  compare_registers(c, last, others, native, at.state(), ours);
  c.equal(last, "0(SP)", native.name(number(recorded.at("[rsp]"))),
          ours.name(at.state().load_or_zero(at.state().sp())));
  c.equal(last, "8(SP)", native.name(number(recorded.at("[rsp+8]"))),
          ours.name(at.state().load_or_zero(at.state().sp() + 8)));
  for (const auto& [field, value] : recorded.at("dead g's sched").items()) {
    c.equal(last, "g.sched." + field, native.name(number(value)),
            ours.name(lesson.value("g", g, "sched." + field, at.state())));
  }
  for (const auto& [field, value] : recorded.at("g0.sched at goexit0").items()) {
    c.equal(last, "g0.sched." + field, native.name(number(value)),
            ours.name(lesson.value("g", lesson.g0(), "sched." + field, at.state())));
  }
  return c;
}

}  // namespace gogoscope::oracle
