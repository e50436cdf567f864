#include "tests/oracle/real_go_model.h"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "emu/live/live.h"
#include "emu/runtime/program.h"

namespace gogoscope::oracle {
namespace {

using Numbers = std::map<std::string, std::string>;

/// Walks a record and writes down its moments, the same ones as real_go/record.py. No modelled line takes
/// part: entries are recognised by RIP, a change of status by the store that makes it.
class RunReader {
 public:
  explicit RunReader(const Trace& trace) : cursor_(trace), guest_(trace.guest()) {}
  Moments read();

 private:
  const Image& now() const { return cursor_.state(); }
  std::uint64_t load(std::uint64_t addr) const { return now().load_or_zero(Addr(addr)); }
  std::uint64_t field(std::string_view structure, std::uint64_t base, std::string_view path) const {
    return load_field(guest_.release->layout, now(), structure, Addr(base), path).value_or(0);
  }
  std::string symbol(std::uint64_t pc) const { return guest_.code.symbolize(CodeAddr(pc)); }
  std::uint64_t this_g() const { return load(now().reg(Reg::fs_base) - 8); }
  std::uint64_t g0() const { return field("m", field("g", this_g(), "m"), "g0"); }
  /// At a function's entry: the i-th word of what it was given, and where it returns to.
  std::uint64_t arg(int i) const { return load(now().sp().value() + 8 + 8 * static_cast<std::uint64_t>(i)); }
  std::string returns() const { return symbol(load(now().sp().value())); }

  std::string name(std::uint64_t g) const;
  /// An address on a stack: that of g, or of g0.
  std::string place(std::uint64_t value, std::uint64_t g) const;
  Numbers standing(std::uint64_t g) const;
  Numbers saved_and_standing(std::uint64_t g) const;

  void add(std::string what, Numbers numbers = {}) { run_.push_back({std::move(what), std::move(numbers)}); }
  /// What entering a function says, if anything.
  void entry(const std::string& function);
  void switches(const std::string& function);
  void queues(const std::string& function);
  /// What the step just made did to the status of a g.
  void status();

  Cursor cursor_;
  const Guest& guest_;
  Moments run_;
  std::map<std::uint64_t, std::string> names_;  ///< of goroutines, by their g
  std::map<std::string, int> lives_;            ///< how many goroutines began with a function
  std::set<std::uint64_t> gs_;                  ///< all that casgstatus was ever given
};

std::string RunReader::name(std::uint64_t g) const {
  if (g == g0()) return "g0";
  const auto found = names_.find(g);
  return found == names_.end() ? "a new g" : found->second;
}

std::string RunReader::place(std::uint64_t value, std::uint64_t g) const {
  if (value == 0) return "0";
  const std::uint64_t hi = field("g", g, "stack.hi"), base = field("g", g0(), "sched.sp");
  if (field("g", g, "stack.lo") < value && value <= hi) return fmt::format("hi-{}", hi - value);
  return base - value < 65536 ? fmt::format("g0.sched.sp-{}", base - value) : fmt::format("{:#x}", value);
}

Numbers RunReader::standing(std::uint64_t g) const {
  return {{"SP", place(now().reg(Reg::rsp), g)}, {"BP", place(now().reg(Reg::rbp), g)}};
}

Numbers RunReader::saved_and_standing(std::uint64_t g) const {
  Numbers numbers = standing(g);
  numbers["sched.pc"] = symbol(field("g", g, "sched.pc"));
  numbers["sched.sp"] = place(field("g", g, "sched.sp"), g);
  numbers["sched.bp"] = place(field("g", g, "sched.bp"), g);
  return numbers;
}

void RunReader::switches(const std::string& f) {
  if (f == "execute") {
    add(fmt::format("execute({}, {})", name(arg(0)), (arg(1) & 0xff) != 0),
        {{"m", fmt::format("m{}", field("m", field("g", this_g(), "m"), "id"))}});
  } else if (f == "gogo") {
    const std::uint64_t g = field("gobuf", arg(0), "g");
    add("gogo to " + name(g), saved_and_standing(g));
  } else if (f == "mcall") {
    add(fmt::format("mcall({}) by {}", symbol(load(arg(0))), name(this_g())), standing(this_g()));
  } else if (f == "systemstack" && this_g() != g0()) {  // else nothing is switched
    add(fmt::format("systemstack({}) by {}", symbol(load(arg(0))), name(this_g())));
  } else if (f == "goexit0" || f == "gosched_m" || f == "park_m") {
    add(fmt::format("{}({})", f, name(arg(0))), saved_and_standing(arg(0)));
  } else if (f == "goexit1") {
    Numbers numbers = standing(this_g());
    numbers["returns"] = returns();
    add("goexit1 by " + name(this_g()), std::move(numbers));
  }
}

void RunReader::queues(const std::string& f) {
  if (f == "schedule" || f == "findrunnable" || f == "runqget" || f == "gfget") {
    add(f);
  } else if (f == "newproc1") {
    add(fmt::format("newproc1({})", symbol(load(arg(0)))));
  } else if (f == "malg") {
    add(fmt::format("malg({})", arg(0) & 0xffffffff));
  } else if (f == "gfput") {
    add(fmt::format("gfput({})", name(arg(1))));
  } else if (f == "globrunqget") {
    add(fmt::format("globrunqget(max {})", arg(1) & 0xffffffff));
  } else if (f == "runqput") {
    add(fmt::format("runqput({}, {})", name(arg(1)), (arg(2) & 0xff) != 0 ? "next" : "tail"));
  } else if (f == "ready") {
    add(fmt::format("ready({})", name(arg(0))));
  } else if (f == "exit") {
    add(fmt::format("exit {}", arg(0) & 0xffffffff));
  } else if (f == "casgstatus") {
    gs_.insert(arg(0));
  }
}

void RunReader::entry(const std::string& function) {
  if (function.rfind("main.", 0) == 0) {
    Numbers numbers = standing(this_g());
    numbers["returns"] = returns();
    add(fmt::format("{} entered by {}", function, name(this_g())), std::move(numbers));
  } else if (function.rfind("runtime.", 0) == 0) {
    switches(function.substr(8));
    queues(function.substr(8));
  }
}

void RunReader::status() {
  for (const Store& store : cursor_.last().stores) {
    const std::uint64_t g = store.addr.value() - guest_.release->layout.find("g", "atomicstatus")->offset;
    if (!gs_.contains(g) || store.old_value == store.new_value) continue;
    if (store.old_value == kGdead) {  // a goroutine begins, in a g that may have served before
      const std::string start = symbol(field("g", g, "startpc"));
      names_[g] = fmt::format("{}#{}", start, ++lives_[start]);
    }
    add(fmt::format("{}: {} -> {}", name(g), g_status_word(store.old_value), g_status_word(store.new_value)));
  }
}

Moments RunReader::read() {
  while (symbol(now().pc().value()) != "main.main") {
    if (!cursor_.forward()) throw std::runtime_error("the run does not come to main.main");
  }
  names_[this_g()] = "main";
  for (bool more = true; more; more = cursor_.forward()) {
    if (!run_.empty()) status();
    const Function* function = guest_.code.function_at(now().pc());
    if (function != nullptr && function->entry == now().pc()) entry(function->name);
  }
  return std::move(run_);
}

}  // namespace

Moments model_run(const std::string& program, std::vector<Mutation> mutations) {
  ProgramOptions options;
  options.name = program;
  options.bodies = {{"bodies", file_text(real_go_file(program + ".s"))}};
  options.mutations = std::move(mutations);
  const auto built = build_program(options);
  if (const auto* problems = std::get_if<1>(&built)) throw std::runtime_error(format(problems->front()));
  const auto session = live_session(std::get<0>(built));
  session->execute({CommandId::run});
  return RunReader(session->trace()).read();
}

}  // namespace gogoscope::oracle
