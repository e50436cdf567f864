#include "tests/oracle/lesson.h"

#include <stdexcept>

#include "emu/runtime/program.h"

namespace gogoscope::oracle {
namespace {

constexpr const char* kRecordedProgram = R"(
GLOBL main·counter(SB), NOPTR, $8
DATA main·nothing+0(SB)/8, $main·quiet(SB)
GLOBL main·nothing(SB), NOPTR, $8
DATA main·work·f+0(SB)/8, $main·work(SB)
GLOBL main·work·f(SB), NOPTR, $8
GLOBL main·a(SB), NOPTR, $8
GLOBL main·b(SB), NOPTR, $8

TEXT main·main(SB), $32-0
    CALL main·beforehand(SB)
    MOVL $16, 0(SP)             // go work(&a, &b)
    LEAQ main·work·f(SB), AX
    MOVQ AX, 8(SP)
    LEAQ main·a(SB), AX
    MOVQ AX, 16(SP)
    LEAQ main·b(SB), AX
    MOVQ AX, 24(SP)
    CALL runtime·newproc(SB)
    CALL runtime·Gosched(SB)
    GO   main·task(SB)
    CALL runtime·Gosched(SB)
    RET

// The recorded main had used systemstack before its first go statement, with BP 432 bytes lower.
TEXT main·beforehand(SB), $416-0
    CALL main·deeper(SB)
    RET
TEXT main·deeper(SB), $8-0
    LEAQ main·nothing(SB), AX
    MOVQ AX, 0(SP)
    CALL runtime·systemstack(SB)
    RET
TEXT main·quiet(SB), NOSPLIT, $0-0
    RET

TEXT main·work(SB), NOSPLIT, $0-16
    RET

TEXT main·task(SB), NOSPLIT, $0-0
    INCQ main·counter(SB)
    RET
)";

}  // namespace

Lesson::Lesson() : Lesson(kRecordedProgram) {}

Lesson::Lesson(std::string bodies) {
  ProgramOptions options;
  options.name = "oracle";
  options.bodies = {{"bodies", std::move(bodies)}};
  auto built = build_program(options);
  if (const auto* problems = std::get_if<1>(&built)) throw std::runtime_error(format(problems->front()));
  session_ = live_session(std::get<0>(built));
  session_->execute({CommandId::run});
  // The first newproc is the one that starts the main goroutine.
  for (int visit = 2; visit <= visits("runtime.newproc"); ++visit) {
    const Cursor cursor = at("runtime.newproc", visit);
    go_statements_.push_back(cursor.state().load_or_zero(cursor.state().sp()));
  }
}

std::string Lesson::end() const { return trace().end() ? trace().end()->detail.en : "not ended"; }

Cursor Lesson::at(std::string_view place, int visit) const {
  Cursor cursor(trace());
  do {
    if (guest().code.symbolize(cursor.state().pc()) == place && --visit == 0) return cursor;
  } while (cursor.forward());
  throw std::runtime_error("the run does not come to " + std::string(place));
}

int Lesson::visits(std::string_view place) const {
  int n = 0;
  Cursor cursor(trace());
  do {
    n += guest().code.symbolize(cursor.state().pc()) == place ? 1 : 0;
  } while (cursor.forward());
  return n;
}

std::uint64_t Lesson::symbol(std::string_view name) const {
  if (const Function* function = guest().code.function(name)) return function->entry.value();
  if (const DataSymbol* data = guest().code.data(name)) return data->addr.value();
  throw std::runtime_error("no symbol " + std::string(name));
}

std::uint64_t Lesson::value(std::string_view structure, std::uint64_t base, std::string_view field,
                            const StateView& state) const {
  const Field& f = *layout().find(structure, field);
  return state.load_or_zero(Addr(base + f.offset), static_cast<int>(f.size));
}

Landmarks Lesson::landmarks(const StateView& state,
                            const std::vector<std::pair<std::string, std::uint64_t>>& gs,
                            const Origin& origin) const {
  Landmarks l;
  const auto size = [&](std::string_view structure) { return layout().find(structure)->size; };
  l.add("m", m0(), size("m"));
  l.add("g0", g0(), size("g"));
  if (const std::uint64_t p0 = p(state)) l.add("p", p0, size("p"));
  for (const auto& [name, g] : gs) l.add(name, g, size("g"));
  l.add_origin(origin);
  const auto stack = [&](const std::string& name, std::uint64_t g) {
    const std::uint64_t hi = value("g", g, "stack.hi", state);
    if (hi != 0) l.add_stack(name, value("g", g, "stack.lo", state), hi);
  };
  stack("g0", g0());
  for (const auto& [name, g] : gs) stack(name, g);
  const char* const statements[] = {"first go statement", "second go statement"};
  for (std::size_t i = 0; i < go_statements_.size() && i < 2; ++i) l.add(statements[i], go_statements_[i], 1);
  for (const Function& f : guest().code.functions()) l.add(f.name, f.entry.value(), f.size);
  for (const DataSymbol& d : guest().code.data()) l.add(d.name, d.addr.value(), d.size);
  return l;
}

const Lesson& recorded_lesson() {
  static const Lesson lesson;
  return lesson;
}

}  // namespace gogoscope::oracle
