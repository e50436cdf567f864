// The program whose native twin was recorded, and its rows read from the emulator's record.
#include <fmt/format.h>

#include <stdexcept>

#include "emu/layout/views.h"
#include "emu/live/live.h"
#include "emu/runtime/program.h"
#include "tests/oracle/run_order.h"

namespace gogoscope::oracle {
namespace {

std::string bodies(const Waves& waves) {
  std::string text = R"(
GLOBL main·ran(SB), NOPTR, $8
TEXT main·task(SB), NOSPLIT, $0-0
    INCQ main·ran(SB)
    RET
TEXT main·main(SB), $24-0
)";
  int sum = 0;
  for (std::size_t i = 0; i < waves.size(); ++i) {
    sum += waves[i];
    text += fmt::format(R"(
    MOVQ ${1}, 16(SP)
spawn{0}:
    GO   main·task(SB)
    DECQ 16(SP)
    JNE  spawn{0}
wait{0}:
    CALL runtime·Gosched(SB)
    CMPQ main·ran(SB), ${2}
    JNE  wait{0}
)",
                        i, waves[i], sum);
  }
  return text + "    RET\n";
}

/// Reads rows from moments of a record.
class ProgramReader {
 public:
  explicit ProgramReader(const Guest& guest) : guest_(guest), layout_(guest.release->layout) {}

  Row row(std::string event, const StateView& state) const {
    const Addr m0 = guest_.code.data("runtime.m0")->addr, sched = guest_.code.data("runtime.sched")->addr;
    const Addr p(field(state, "m", m0, "p"));
    Row row;
    row.event = std::move(event);
    const Addr g(field(state, row.event == "spawn" ? "p" : "m", row.event == "spawn" ? p : m0,
                       row.event == "spawn" ? "runnext" : "curg"));
    row.goid = goid(state, g);
    row.g = place_in_allgs(state, g);
    row.schedtick = number(state, "p", p, "schedtick");
    row.head = number(state, "p", p, "runqhead");
    row.tail = number(state, "p", p, "runqtail");
    row.runnext = goid(state, Addr(field(state, "p", p, "runnext")));
    row.runqsize = number(state, "schedt", sched, "runqsize");
    row.first = goid(state, Addr(field(state, "schedt", sched, "runq.head")));
    row.last = goid(state, Addr(field(state, "schedt", sched, "runq.tail")));
    row.p_free = number(state, "p", p, "gFree.n");
    row.sched_free = number(state, "schedt", sched, "gFree.n");
    row.allglen = static_cast<std::int64_t>(state.load_or_zero(allgs() + 8));
    return row;
  }

 private:
  std::uint64_t field(const StateView& state, std::string_view structure, Addr base,
                      std::string_view name) const {
    const Field& f = *layout_.find(structure, name);
    return state.load_or_zero(base + f.offset, static_cast<int>(f.size));
  }
  std::int64_t number(const StateView& state, std::string_view structure, Addr base,
                      std::string_view name) const {
    return static_cast<std::int64_t>(field(state, structure, base, name));
  }
  std::int64_t goid(const StateView& state, Addr g) const {
    return g.is_nil() ? 0 : number(state, "g", g, "goid");
  }
  Addr allgs() const { return guest_.code.data("runtime.allgs")->addr; }
  std::int64_t place_in_allgs(const StateView& state, Addr g) const {
    const Addr array(state.load_or_zero(allgs()));
    const auto length = static_cast<std::int64_t>(state.load_or_zero(allgs() + 8));
    for (std::int64_t i = 0; i < length; ++i) {
      if (state.load_or_zero(array + i * 8) == g.value()) return i + 1;
    }
    return 0;
  }

  const Guest& guest_;
  const Layout& layout_;
};

}  // namespace

std::unique_ptr<Session> run_waves(const Waves& waves, const std::vector<Mutation>& mutations) {
  ProgramOptions options;
  options.name = "waves";
  options.bodies = {{"bodies", bodies(waves)}};
  options.heap_bytes = 8 << 20;
  options.step_budget = 3'000'000;
  options.mutations = mutations;
  auto built = build_program(options);
  if (const auto* problems = std::get_if<1>(&built)) throw std::runtime_error(format(problems->front()));
  auto session = live_session(std::get<0>(built));
  session->execute({CommandId::run});
  return session;
}

std::vector<Row> rows_of(const Trace& trace) {
  const Code& code = trace.guest().code;
  const Function &main = *code.function("main.main"), &newproc = *code.function("runtime.newproc"),
                 &execute = *code.function("runtime.execute"), &gogo = *code.function("runtime.gogo");
  const ProgramReader reader(trace.guest());
  std::vector<Row> rows;
  CodeAddr before;
  std::int64_t inherit_time = 0;
  for (Cursor cursor(trace); !cursor.at_end(); cursor.forward()) {
    const CodeAddr pc = cursor.state().pc();
    if (pc == newproc.entry && main.contains(before) && rows.empty()) {
      rows.push_back(reader.row("begin", cursor.state()));
    } else if (main.contains(pc) && newproc.contains(before)) {
      rows.push_back(reader.row("spawn", cursor.state()));
    } else if (pc == execute.entry) {
      inherit_time = static_cast<std::int64_t>(cursor.state().load_or_zero(cursor.state().sp() + 16) & 1);
    } else if (pc == gogo.entry && execute.contains(before) && !rows.empty()) {
      rows.push_back(reader.row("run", cursor.state()));
      rows.back().inherit_time = inherit_time;
    }
    before = pc;
  }
  return counted_from_the_begin(std::move(rows));
}

}  // namespace gogoscope::oracle
