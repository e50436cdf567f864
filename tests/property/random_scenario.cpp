#include "tests/property/random_scenario.h"

#include <fmt/format.h>

#include <string_view>

#include "tests/property/random_bodies.h"

namespace gogoscope {
namespace {

std::string turns(Dice& dice) {
  std::string out;
  for (int n = dice.between(1, 6); n > 0; --n) {
    out += fmt::format("{}m{}*{}", out.empty() ? "" : ", ", dice.roll(4), dice.of({1, 7, 50, 400, 2000}));
  }
  return out;
}

std::string schedule(Dice& dice) {
  const int quantum = dice.of({1, 3, 20, 50, 500});
  switch (dice.roll(5)) {
    case 0:
      return "round-robin";
    case 1:
      return fmt::format("{{round-robin: {{quantum: {}}}}}", quantum);
    case 2:
      return fmt::format("{{seed: {}, quantum: {}}}", dice.roll(1000), quantum);
    case 3:
      return fmt::format("[{}]", turns(dice));
    default:
      return fmt::format("{{list: [{}], seed: {}}}", turns(dice), dice.roll(1000));
  }
}

std::string place(Dice& dice) {
  const std::string_view function = dice.of<std::string_view>(
      {"runtime.goexit0", "runtime.schedule", "runtime.execute", "runtime.gogo", "runtime.casgstatus",
       "runtime.newproc1", "runtime.findrunnable", "runtime.mcall", "runtime.runqput", "runtime.gfput",
       "main.main", "main.worker3", "runtime.gopark", "runtime.exitsyscall", "runtime.newstack",
       "runtime.startm"});
  return fmt::format("{}#{}", function, dice.between(1, 4));
}

/// A field and a value that somebody might try.
std::string poke(Dice& dice) {
  const std::string g = fmt::format("g{}", dice.between(1, 3));
  const std::string_view other = dice.of<std::string_view>({"g1", "g2", "m0", "p0", "nil", "1", "m0.g0"});
  const std::string field = [&]() -> std::string {
    switch (dice.roll(4)) {
      case 0:
        return g + dice.of({".param", ".labels", ".waitreason", ".preempt", ".stackguard0", ".lockedm",
                            ".gcAssistBytes", ".atomicstatus", ".schedlink", ".sched.ctxt", ".m", ".goid",
                            ".stktopsp"});
      case 1:
        return std::string("m0") +
               dice.of({".curg", ".locks", ".spinning", ".p", ".nextp", ".lockedg", ".lockedInt",
                        ".schedlink", ".oldp", ".fastrand[0]", ".throwing"});
      case 2:
        return std::string("p0") +
               dice.of({".schedtick", ".runnext", ".runqhead", ".runqtail", ".status", ".m", ".link",
                        ".preempt", ".gFree.n", ".runq[0]", ".syscalltick"});
      default:
        return dice.of({"sched.runqsize", "sched.npidle", "sched.nmspinning", "sched.lastpoll", "sched.pidle",
                        "sched.midle", "sched.gcwaiting", "sched.goidgen", "rax", "rbx", "rcx", "rsp",
                        "rbp"});
    }
  }();
  const std::string value =
      dice.one_in(3) ? std::to_string(dice.of({0, 1, 2, 61, 1000})) : std::string(other);
  return fmt::format("  - {{at: {}, field: \"{}\", value: {}}}\n", place(dice), field, value);
}

}  // namespace

RandomScenario random_scenario(std::uint64_t seed) {
  Dice dice(seed);
  RandomScenario out;
  std::string& text = out.text;
  text = fmt::format("title: {{en: Random {0}, zh: 随机 {0}}}\nabout: {{en: \"-\", zh: \"-\"}}\n", seed);
  text += fmt::format("procs: {}\nschedule: {}\n", dice.between(1, 4), schedule(dice));
  if (dice.one_in(3)) text += "sysmon: true\n";
  if (dice.one_in(6))
    text += dice.of({"build: {race: true}\n", "build: {goos: plan9}\n", "build: {goarch: wasm}\n"});
  text += fmt::format("budget: {}\nbodies: |\n", dice.of({3'000, 20'000, 20'000, 40'000}));
  text += random_bodies(dice);
  if (dice.one_in(4)) {
    text += fmt::format("ticks:\n  - {{at: {}, clock: {}}}\n", place(dice),
                        dice.of({"20us", "1ms", "10ms", "1s"}));
  }
  out.pokes = dice.one_in(3);
  if (out.pokes) {
    text += "set:\n";
    for (int n = dice.between(1, 3); n > 0; --n) text += poke(dice);
  }
  return out;
}

}  // namespace gogoscope
