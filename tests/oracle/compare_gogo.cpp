// gogo, instruction by instruction: bytes, registers, TLS, the word at the top of the stack, the gobuf; and
// the whole g on both sides of it.
#include "tests/oracle/comparison.h"
#include "tests/oracle/instructions.h"

namespace gogoscope::oracle {
namespace {

constexpr const char* kGobuf[] = {"sp", "pc", "g", "ctxt", "ret", "lr", "bp"};

/// At the gogo that leads to main.task.
Cursor at_gogo(const Lesson& lesson) {
  const std::uint64_t task = lesson.at("main.task").position();
  int visit = 1;
  while (visit < lesson.visits("runtime.gogo") && lesson.at("runtime.gogo", visit + 1).position() < task)
    ++visit;
  return lesson.at("runtime.gogo", visit);
}

Origin entry_sp(std::uint64_t sp) { return {"entry SP", sp, sp - 1024, sp + 1024}; }

}  // namespace

Comparison compare_gogo(const Lesson& lesson) {
  Comparison c("gogo");
  const Json recorded = load_recording("gogo");
  const Json& states = recorded.at("states");
  Cursor at = at_gogo(lesson);
  const std::uint64_t buf = at.state().load_or_zero(at.state().sp() + 8);
  const std::uint64_t g = buf - lesson.layout().find("g", "sched")->offset;
  const Json& first = states.front();
  const Landmarks native = landmarks(recorded, entry_sp(number(first.at("regs").at("rsp"))));
  const Landmarks ours = lesson.landmarks(at.state(), {{"g", g}}, entry_sp(at.state().sp().value()));

  // The way to gogo: how deep g0's stack is, what M and P say.
  const auto below = [](std::uint64_t sp, std::uint64_t from) { return std::to_string(from - sp); };
  c.equal(0, "bytes below g0.sched.sp",
          below(number(first.at("regs").at("rsp")), number(recorded.at("g0.sched").at("sp"))),
          below(at.state().sp().value(), lesson.value("g", lesson.g0(), "sched.sp", at.state())));
  c.equal(0, "buf", native.name(number(recorded.at("buf"))), ours.name(buf));
  c.equal(0, "m.curg", native.name(number(recorded.at("m.curg"))),
          ours.name(lesson.value("m", lesson.m0(), "curg", at.state())));
  c.equal(0, "m.p", native.name(number(recorded.at("m.p"))), ours.name(lesson.p(at.state())));
  for (const char* field : kGobuf) {
    if (std::string(field) == "sp") continue;  // an anchor of the names: it is compared above
    c.equal(0, std::string("g0.sched.") + field, native.name(number(recorded.at("g0.sched").at(field))),
            ours.name(lesson.value("g", lesson.g0(), std::string("sched.") + field, at.state())));
  }
  compare_g(c, 0, "g", recorded.at("g at entry"), {native}, lesson, at.state(), g, {ours});

  for (std::size_t i = 0; i < states.size(); ++i) {
    const Json& state = states[i];
    const int step = static_cast<int>(i);
    c.equal(step, "pc", state.at("at"), lesson.symbolize(at.state().pc().value()));
    if (state.contains("bytes")) {
      c.equal(step, "bytes", state.at("bytes"), bytes_at(lesson.guest().code, at.state(), at.state().pc()));
    }
    compare_registers(c, step, state.at("regs"), native, at.state(), ours);
    c.equal(step, "-8(FS)", native.name(number(state.at("tls"))),
            ours.name(at.state().load_or_zero(Addr(at.state().reg(Reg::fs_base)) - 8)));
    if (state.contains("top")) {
      c.equal(step, "0(SP)", native.name(number(state.at("top"))),
              ours.name(at.state().load_or_zero(at.state().sp())));
    }
    if (state.contains("gobuf")) {
      for (const char* field : kGobuf) {
        c.equal(step, std::string("gobuf.") + field, native.name(number(state.at("gobuf").at(field))),
                ours.name(lesson.value("gobuf", buf, field, at.state())));
      }
    }
    if (i + 1 < states.size()) at.forward();
  }
  const int last = static_cast<int>(states.size()) - 1;
  compare_g(c, last, "g", recorded.at("g at task"), {native}, lesson, at.state(), g, {ours});
  Json others = recorded.at("regs at task");
  for (const auto& [name, unused] : states.back().at("regs").items()) others.erase(name);
  compare_registers(c, last, others, native, at.state(), ours);
  return c;
}

}  // namespace gogoscope::oracle
