// When registers and TLS may disagree for a moment: exactly at the step boundaries that Go 1.16's code has.
#include <fmt/format.h>

#include <map>

#include "emu/check/report.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// All windows of a run, by invariant: the places of PC at which it is in one, in order, each listed once.
std::map<std::string, std::vector<std::string>> windows_of(const Trace& trace,
                                                           std::initializer_list<Invariant> ids) {
  std::map<std::string, std::vector<std::string>> out;
  Cursor cursor(trace);
  do {
    // Modelled code changes neither SP nor TLS of its own; its states would only cost time here.
    const Function* const function = trace.guest().code.function_at(cursor.state().pc());
    if (function == nullptr || function->kind != FunctionKind::real) continue;
    for (const InvariantReport& r : invariants_at(cursor)) {
      if (std::find(ids.begin(), ids.end(), r.id) == ids.end() || r.state == InvariantState::holds) continue;
      EXPECT_EQ(r.state, InvariantState::window) << r.detail.en;
      std::vector<std::string>& places = out[std::string(info(r.id).name)];
      const std::string place = trace.guest().code.symbolize(cursor.state().pc());
      if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
    }
  } while (cursor.forward());
  return out;
}

TEST(Window, is_one_step_in_gogo_one_in_mcall_and_five_going_into_systemstack) {
  const auto session = worker("NOP");
  execute(*session, CommandId::run_to, "end");
  const auto windows =
      windows_of(session->trace(), {Invariant::sp_in_tls_g, Invariant::bp_in_stack,
                                    Invariant::tls_g_belongs_to_m, Invariant::gobuf_cleared});
  const std::vector<std::string> sp = {
      // SP is loaded at +0x23, four instructions before BP's.
      "runtime.gogo+0x23",
      "runtime.systemstack+0x49",
      "runtime.systemstack+0x4d",
      "runtime.systemstack+0x51",
      "runtime.systemstack+0x58",
      "runtime.systemstack+0x5b",
      // On the way back.
      "runtime.systemstack+0x83",
      "runtime.mcall+0x4e",
  };
  const std::vector<std::string> bp = {"runtime.gogo+0x26", "runtime.gogo+0x2a", "runtime.gogo+0x2e"};
  EXPECT_EQ(windows,
            (std::map<std::string, std::vector<std::string>>{{"sp-in-tls-g", sp}, {"bp-in-stack", bp}}));
}

TEST(Window, says_how_long_it_is) {
  const auto session = worker("NOP");
  ASSERT_TRUE(execute(*session, CommandId::run_to, "runtime.systemstack+0x49").ok());
  EXPECT_EQ(invariants_at(session->cursor()).front().detail.en,
            fmt::format("TLS of m0 names g0, SP {:#x} is on the stack of g1; the two agree again in 5 steps",
                        session->cursor().state().sp().value()));
  session->execute({CommandId::step});
  EXPECT_NE(invariants_at(session->cursor()).front().detail.en.find("in 4 steps"), std::string::npos);
  execute(*session, CommandId::run_to, "runtime.systemstack+0x5e");
  EXPECT_EQ(invariants_at(session->cursor()).front().state, InvariantState::holds);
}

}  // namespace
}  // namespace gogoscope
