#include "tests/oracle/real_go_events.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

#include "emu/check/run_events.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope::oracle {
namespace {

class EventReader {
 public:
  explicit EventReader(const Trace& trace) : cursor_(trace), guest_(trace.guest()) {
    const Function* const main = guest_.code.function("main.main");
    while (main == nullptr || cursor_.state().pc() != main->entry) {
      if (!cursor_.forward()) throw std::runtime_error("the run does not come to main.main");
    }
    names_[tls_g(cursor_.state(), cursor_.state().thread())] = "main";
  }

  Moments read() {
    RunEvents events(cursor_.trace(), cursor_.position());
    events.follow(cursor_.trace().steps());
    Moments run;
    for (const Event& event : events.all()) {
      if (const auto* const change = event.as<StatusChange>(); change && change->from == kGdead) {
        cursor_.seek(event.step + 1);
        begin(change->g.addr);
      }
      if (std::string text = words(event); !text.empty()) run.push_back({std::move(text), {}});
    }
    return run;
  }

 private:
  /// A goroutine begins, in a g that may have served before.
  void begin(Addr g) {
    const GView view(guest_.release->layout, cursor_.state(), {g});
    const std::string start = guest_.code.symbolize(view.startpc());
    names_[g] = fmt::format("{}#{}", start, ++lives_[start]);
  }

  std::string name(const GId& g) const {
    if (!g.is_ordinary()) return g.kind == GId::Kind::g0 ? "g0" : gogoscope::name(g);
    const auto found = names_.find(g.addr);
    return found == names_.end() ? "a goroutine of the runtime" : found->second;
  }

  std::string words(const Event& event) const {
    const auto onto = [](PutGet op) { return op == PutGet::put ? "onto" : "off"; };
    if (const auto* const e = event.as<StatusChange>())
      return fmt::format("{}: {} -> {}", name(e->g), g_status_word(e->from), g_status_word(e->to));
    if (const auto* const e = event.as<StackSwitch>())
      return fmt::format("SP: {} -> {}", name(e->from), name(e->to));
    if (const auto* const e = event.as<TlsChange>())
      return fmt::format("TLS: {} -> {}", name(e->from), name(e->to));
    if (const auto* const e = event.as<CurgChange>())
      return fmt::format("curg: {} -> {}", name(e->from), name(e->to));
    if (const auto* const e = event.as<QueueMove>())
      return fmt::format("{} {} {}", name(e->g), onto(e->op), gogoscope::name(e->queue));
    if (const auto* const e = event.as<FreeListMove>())
      return fmt::format("{} {} {}.gFree", name(e->g), onto(e->op), gogoscope::name(e->list));
    if (const auto* const e = event.as<Exit>()) return fmt::format("exit {}", e->code);
    return "";  // threads, signals and output are none of the scheduler's
  }

  Cursor cursor_;
  const Guest& guest_;
  std::map<Addr, std::string> names_;  ///< of goroutines, by their g
  std::map<std::string, int> lives_;   ///< how many goroutines began with a function
};

}  // namespace

Moments scheduler_events(const Trace& trace) { return EventReader(trace).read(); }

}  // namespace gogoscope::oracle
