#include "emu/live/live.h"

#include <fmt/format.h>

#include <charconv>

#include "emu/guest/thread_table.h"
#include "emu/layout/describe.h"
#include "emu/machine/machine.h"
#include "emu/session/navigator.h"

namespace gogoscope {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A number (decimal, negative, 0x), nil, a g, m or p, or a symbol.
std::optional<std::uint64_t> value_of(std::string_view text, const Guest& guest, const StateView& state) {
  if (text == "nil" || text == "false") return 0;
  if (text == "true") return 1;
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  int base = 10;
  if (digits.starts_with("0x")) {
    base = 16;
    digits.remove_prefix(2);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (!digits.empty() && error == std::errc() && end == digits.data() + digits.size()) {
    return negative ? 0 - value : value;
  }
  const Entities entities(guest, state);
  if (const Entity* entity = entities.find(text)) return entity->addr.value();
  if (const Function* function = guest.code.function(text)) return function->entry.value();
  if (const DataSymbol* symbol = guest.code.data(text)) return symbol->addr.value();
  return std::nullopt;
}

class LiveSession final : public Navigator {
 public:
  explicit LiveSession(const Program& program)
      : Navigator(std::make_unique<Trace>(program.guest)), machine_(program.guest, program.slots, *trace_) {}

  bool live() const override { return true; }

 protected:
  bool extend(std::uint64_t steps) override {
    const std::uint64_t before = trace_->steps();
    const std::uint64_t budget = guest().step_budget;
    if (before >= budget || trace_->end()) return false;
    machine_.run(std::min(steps, budget - before));
    return trace_->steps() > before;
  }

  Outcome edit(const std::string& assignment) override {
    Outcome outcome;
    const auto equals = assignment.find('=');
    if (equals == std::string::npos) {
      outcome.error = "an edit is written name = value, such as rax = 5 or g2.param = 0x10";
      return outcome;
    }
    const std::string name(trim(std::string_view(assignment).substr(0, equals)));
    const std::string text(trim(std::string_view(assignment).substr(equals + 1)));
    const auto value = value_of(text, guest(), cursor_.state());
    const auto reg = reg_by_name(name);
    const auto field = reg ? std::nullopt : find_field(guest(), cursor_.state(), name);
    if (!value) {
      outcome.error = fmt::format("'{}' is neither a number nor the name of a g, m, p or symbol", text);
    } else if (!reg && !field) {
      outcome.error = fmt::format("there is no register or field {} at this moment", name);
    } else if (field && (field->size > 8 || (field->size & (field->size - 1)) != 0)) {
      outcome.error = fmt::format("{} takes {} bytes: only fields of 1, 2, 4 or 8 bytes can be changed", name,
                                  field->size);
    } else if (field && field->size < 8 && !fits(*value, field->size)) {
      outcome.error = fmt::format("{} does not fit the {} bytes of {}", text, field->size, name);
    } else if (reg == Reg::rip && !guest().code.instruction_at(CodeAddr(*value))) {
      outcome.error = fmt::format("no instruction starts at {:#x}", *value);
    }
    if (!outcome.ok()) return outcome;

    outcome.truncated = give_up_the_future();
    outcome.error =
        reg ? machine_.edit(*reg, *value) : machine_.edit(field->addr, static_cast<int>(field->size), *value);
    if (outcome.ok()) cursor_.forward();
    return outcome;
  }

  Outcome give_turn(const std::string& m) override {
    Outcome outcome;
    const std::string name(trim(m));
    int id = -1;
    const auto digits = name.starts_with('m') ? std::string_view(name).substr(1) : std::string_view(name);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || id < 0 ||
        id >= kMaxThreads) {
      outcome.error = fmt::format("'{}' is no M; a turn is given to one such as m1", name);
      return outcome;
    }
    // What speaks against it must be known before the future is given up.
    outcome.error = why_no_turn(static_cast<ThreadId>(id));
    if (!outcome.ok()) return outcome;
    outcome.truncated = give_up_the_future();
    outcome.error = machine_.give_turn(static_cast<ThreadId>(id));
    if (outcome.ok()) cursor_.forward();
    return outcome;
  }

  void give_up_future() override { give_up_the_future(); }

 private:
  std::string why_no_turn(ThreadId thread) const {
    const auto threads = ThreadTable::of(guest());
    const ThreadRow row = threads ? threads->row(cursor_.state(), thread) : ThreadRow();
    if (row.state == ThreadState::none) return fmt::format("there is no thread of m{}", thread);
    if (!row.can_move() && !row.wakes_by_itself(threads->now(cursor_.state(), cursor_.position()))) {
      return fmt::format("m{} cannot move: it {}", thread,
                         row.state == ThreadState::asleep ? "sleeps" : "has ended");
    }
    if (thread == cursor_.state().thread()) return fmt::format("it is m{}'s turn already", thread);
    if (trace_->end() && cursor_.at_end()) return "the run has ended";
    return {};
  }

  /// Cuts the record behind the moment shown; how many steps were lost.
  std::uint64_t give_up_the_future() {
    const std::uint64_t future = trace_->steps() - cursor_.position();
    if (future > 0) {
      machine_.resume_from(cursor_);
      events_were_cut();
    }
    return future;
  }

  static bool fits(std::uint64_t value, std::uint32_t bytes) {
    const unsigned bits = bytes * 8;
    const auto sign = static_cast<std::int64_t>(value) >> (bits - 1);
    return value >> bits == 0 || sign == -1;
  }

  Machine machine_;
};

}  // namespace

std::unique_ptr<Session> live_session(const Program& program) {
  return std::make_unique<LiveSession>(program);
}

}  // namespace gogoscope
