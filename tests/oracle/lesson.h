// The lesson machine running the program whose native twin was recorded: main starts a goroutine with 16
// bytes of arguments, lets it exit, and starts one without, which counts up once and returns, in its place.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emu/layout/layout.h"
#include "emu/live/live.h"
#include "tests/oracle/landmarks.h"

namespace gogoscope::oracle {

/// A program that has run to its end.
class Lesson {
 public:
  /// The recorded program.
  Lesson();
  /// Another one: the tasks, in Plan 9 assembly.
  explicit Lesson(std::string bodies);

  const Guest& guest() const { return session_->guest(); }
  const Layout& layout() const { return guest().release->layout; }
  const Trace& trace() const { return session_->trace(); }
  std::string end() const;

  /// Just before the n-th visit to a place: "runtime.gogo+0x23". Throws if there is none: the test fails.
  Cursor at(std::string_view place, int visit = 1) const;
  int visits(std::string_view place) const;

  std::uint64_t symbol(std::string_view name) const;
  std::string symbolize(std::uint64_t pc) const { return guest().code.symbolize(CodeAddr(pc)); }
  /// g0, m0, the one p; and the code and data of the guest.
  std::uint64_t g0() const { return symbol("runtime.g0"); }
  std::uint64_t m0() const { return symbol("runtime.m0"); }
  /// A field of a struct: value("g", g, "sched.sp", state).
  std::uint64_t value(std::string_view structure, std::uint64_t base, std::string_view field,
                      const StateView& state) const;
  std::uint64_t p(const StateView& state) const { return value("m", m0(), "p", state); }

  /// Names for the values of a moment: structs, then `origin` if it has a name, stacks, go statements, code,
  /// data.
  Landmarks landmarks(const StateView& state, const std::vector<std::pair<std::string, std::uint64_t>>& gs,
                      const Origin& origin) const;

 private:
  std::unique_ptr<Session> session_;
  std::vector<std::uint64_t> go_statements_;  ///< where they return to
};

/// The lesson of the recorded program, run once.
const Lesson& recorded_lesson();

}  // namespace gogoscope::oracle
