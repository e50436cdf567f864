#include "emu/session/session.h"

#include <algorithm>

#include "emu/session/assignment.h"

namespace gogoscope {
namespace {

Message needs_an_argument(const CommandInfo& command) {
  return Message({"{command} needs an argument", "{command} 需要一个参数"}, {{"command", command.name}});
}

StopMask stops_of(const Command& command) {
  return command.stops.value_or(StopMask{true, command.id == CommandId::run});
}

bool is_about_breakpoints(CommandId id) {
  return id == CommandId::toggle_break || id == CommandId::set_break || id == CommandId::clear_break;
}

/// The spot of a command about a breakpoint.
std::optional<BreakSpot> spot_of(const Command& command) {
  if (const auto* const place = std::get_if<Place>(&command.argument)) return *place;
  if (const auto* const field = std::get_if<FieldPath>(&command.argument)) return *field;
  return std::nullopt;
}

bool takes(ArgumentKind kind, const CommandArgument& argument) {
  const bool none = std::holds_alternative<std::monostate>(argument);
  const bool place = std::holds_alternative<Place>(argument);
  const bool field = std::holds_alternative<FieldPath>(argument);
  switch (kind) {
    case ArgumentKind::none:
      return none;
    case ArgumentKind::where:
      return std::holds_alternative<Where>(argument);
    case ArgumentKind::field:
      return field;
    case ArgumentKind::place:
      return place;
    case ArgumentKind::break_spot:
      return place || field;
    case ArgumentKind::breakpoint:
      return place || field || std::holds_alternative<BreakpointId>(argument);
    case ArgumentKind::assignment:
      return std::holds_alternative<Assignment>(argument);
    case ArgumentKind::m:
      return std::holds_alternative<MId>(argument);
    case ArgumentKind::branch:
      return none || std::holds_alternative<BranchId>(argument);
  }
  return false;
}

/// What is wrong with something that should have become a value; empty if it has.
template <class Value>
Message wrong_of(const std::variant<Value, Message>& resolved) {
  const auto* const wrong = std::get_if<Message>(&resolved);
  return wrong != nullptr ? *wrong : Message();
}

Message opened_record() {
  return Message({"this is an opened record: you can step through it, but not edit it",
                  "这是打开的记录：可以来回走，不能修改"});
}

Message wrong_m(int number) {
  return Message({"there is no M with the number {number}", "没有编号为 {number} 的 M"},
                 {{"number", number}});
}

/// The branch that a command means; or what is wrong.
std::variant<RunBranch, Message> branch_of(const Command& command, const Trace& trace) {
  const std::vector<RunBranch> all = trace.branches();
  if (all.empty()) {
    return Message({"no future of this record has been cut off", "这份记录没有被切断的未来"});
  }
  const auto* const id = std::get_if<BranchId>(&command.argument);
  if (id == nullptr) return all.back();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const RunBranch& b) { return b.id == id->number; });
  if (found != all.end()) return *found;
  std::string ids;
  for (const RunBranch& branch : all) ids += (ids.empty() ? "" : ", ") + std::to_string(branch.id);
  return Message(
      {"this record has no branch {number}; it has: {ids}", "这份记录没有分支 {number}；现有的分支：{ids}"},
      {{"number", id->number}, {"ids", ids}});
}

}  // namespace

Session::Session(std::unique_ptr<Trace> trace, std::unique_ptr<Tip> tip)
    : trace_(std::move(trace)), tip_(std::move(tip)), navigator_(*trace_, tip_.get()) {}

Outcome Session::execute(const Command& command) {
  Outcome outcome;
  outcome.from = cursor().position();
  const std::vector<RunBranch> branches = trace_->branches();
  const std::uint64_t steps = trace_->steps();
  navigator_.watch(watch_);
  outcome.error = takes(info(command.id).argument, command.argument) ? carry_out(command)
                                                                     : needs_an_argument(info(command.id));
  const bool given_up = navigator_.given_up();
  navigator_.watch({});
  if (given_up) {
    navigator_.go_to(outcome.from);
    outcome.error = Message({"stopped; nothing has moved", "已停止，没有移动"});
  }
  outcome.to = cursor().position();
  if (!outcome.ok()) return outcome;
  const bool changes = command.id == CommandId::edit || command.id == CommandId::give_turn;
  const bool returns = command.id == CommandId::undo || command.id == CommandId::redo;
  if (changes || returns || command.id == CommandId::go_to_branch) {
    // A change made again is shown as one that has just been made: its step is the one behind.
    const std::uint64_t fork = changes                         ? outcome.from
                               : command.id == CommandId::redo ? outcome.to - 1
                                                               : outcome.to;
    outcome.cut_off = steps - fork;
    const std::vector<RunBranch> now = trace_->branches();
    if (!now.empty() && (branches.empty() || now.back().id > branches.back().id))
      outcome.branch = now.back().id;
    return outcome;
  }
  const bool runs_on = !info(command.id).backwards && !is_about_breakpoints(command.id);
  if (!runs_on) return outcome;
  std::vector<StopCause> causes = causes_here(command);
  if (!causes.empty()) outcome.stop = Stopped{std::move(causes)};
  return outcome;
}

Message Session::carry_out(const Command& command) {
  const CommandArgument& argument = command.argument;
  switch (command.id) {
    case CommandId::step:
      navigator_.step();
      return {};
    case CommandId::back:
      navigator_.back();
      return {};
    case CommandId::step_line:
      navigator_.step_line();
      return {};
    case CommandId::back_line:
      navigator_.back_line();
      return {};
    case CommandId::step_out:
      navigator_.step_out();
      return {};
    case CommandId::run:
      navigator_.run(breakpoints_, stops_of(command));
      return {};
    case CommandId::run_back:
      navigator_.run_back(breakpoints_, stops_of(command));
      return {};
    case CommandId::next_event:
      navigator_.next_event();
      return {};
    case CommandId::last_event:
      navigator_.last_event();
      return {};
    case CommandId::next_handoff:
      navigator_.next_handoff();
      return {};
    case CommandId::last_handoff:
      navigator_.last_handoff();
      return {};
    case CommandId::run_to:
      return navigator_.run_to(std::get<Where>(argument));
    case CommandId::back_to:
      return navigator_.back_to(std::get<Place>(argument));
    case CommandId::next_write:
      return navigator_.next_write(std::get<FieldPath>(argument));
    case CommandId::last_write:
      return navigator_.last_write(std::get<FieldPath>(argument));
    case CommandId::go_start:
      navigator_.go_to(0);
      return {};
    case CommandId::go_end:
      navigator_.go_to(trace_->steps());
      return {};
    case CommandId::toggle_break:
      return breakpoints_.toggle(*spot_of(command), cursor());
    case CommandId::set_break:
      return breakpoints_.set(*spot_of(command), cursor());
    case CommandId::clear_break:
      if (const auto* const id = std::get_if<BreakpointId>(&argument)) return breakpoints_.clear(*id);
      return breakpoints_.clear(*spot_of(command), cursor());
    case CommandId::edit:
    case CommandId::give_turn:
      return change(command);
    case CommandId::go_to_branch:
      return go_to_branch(command);
    case CommandId::undo:
      return undo();
    case CommandId::redo:
      return redo();
  }
  return {};
}

Message Session::change(const Command& command) {
  if (!live()) return problem(command);
  if (const auto* const m = std::get_if<MId>(&command.argument)) {
    if (m->number < 0 || m->number >= kMaxThreads) return wrong_m(m->number);
    return navigator_.give_turn(static_cast<ThreadId>(m->number));
  }
  const auto edit = resolve(std::get<Assignment>(command.argument), guest(), cursor().state());
  const Message wrong = wrong_of(edit);
  return wrong.empty() ? navigator_.edit(std::get<Edit>(edit)) : wrong;
}

Message Session::go_to_branch(const Command& command) {
  const auto branch = branch_of(command, *trace_);
  if (const RunBranch* const found = std::get_if<RunBranch>(&branch)) navigator_.go_to_branch(*found);
  return wrong_of(branch);
}

Message Session::undo() {
  if (!live()) return opened_record();
  const std::optional<std::uint64_t> last = trace_->last_by_hand();
  if (!last) return Message({"nothing has been changed by hand", "没有手工修改可以撤销"});
  // Of the futures cut off there, one went by itself; without one the change was made where the record ended.
  const std::vector<RunBranch> all = trace_->branches();
  const auto by_itself = std::find_if(all.rbegin(), all.rend(), [&](const RunBranch& branch) {
    return branch.from == *last && !branch.by_hand;
  });
  if (by_itself == all.rend()) {
    navigator_.branch_off(*last);
  } else {
    navigator_.go_to_branch(*by_itself);
  }
  return {};
}

Message Session::redo() {
  if (!live()) return opened_record();
  // What was taken back begins after the changes that the record still has; another change made since has
  // put it aside.
  const std::optional<std::uint64_t> last = trace_->last_by_hand();
  const std::vector<RunBranch> all = trace_->branches();
  const auto taken_back = std::find_if(all.rbegin(), all.rend(), [&](const RunBranch& branch) {
    return branch.by_hand && (!last || branch.from > *last);
  });
  if (taken_back == all.rend()) {
    return Message({"nothing has been taken back since the last change", "最后一次修改之后没有撤销过什么"});
  }
  navigator_.go_to_branch(*taken_back);
  navigator_.step();
  return {};
}

std::vector<StopCause> Session::causes_here(const Command& command) {
  std::vector<StopCause> out;
  const Cursor& here = cursor();
  const bool moved = here.position() > 0;
  const auto at_last = [&](auto what) {
    const Step step = here.last();
    return StopCause{step.thread, step.pc, std::move(what)};
  };
  if (moved && here.at_end() && trace_->end()) {
    out.push_back(at_last(RunEnded{*trace_->end()}));
  } else if (moved && here.at_end() && trace_->steps() >= guest().step_budget) {
    out.push_back(at_last(BudgetSpent{trace_->steps()}));
  }
  if (command.id != CommandId::run) return out;
  const StopMask mask = stops_of(command);
  if (mask.breakpoints) {
    for (StopCause& cause : breakpoints_.causes(here)) out.push_back(std::move(cause));
  }
  if (mask.invariants && moved) {
    for (const Event* e : navigator_.breaks_here()) {
      out.push_back(at_last(*e->as<InvariantBreak>()));
    }
  }
  return out;
}

Message Session::problem(const Command& command) const {
  const CommandInfo& row = info(command.id);
  const CommandArgument& argument = command.argument;
  if (!takes(row.argument, argument)) return needs_an_argument(row);
  switch (row.argument) {
    case ArgumentKind::none:
      return {};
    case ArgumentKind::where: {
      const Where& where = std::get<Where>(argument);
      if (where.kind != Where::Kind::place) return {};  // how far the run goes is known when it has gone
      return wrong_of(resolve(where.place, guest().code));
    }
    case ArgumentKind::place:
      return wrong_of(resolve(std::get<Place>(argument), guest().code));
    case ArgumentKind::field: {
      const FieldPath& field = std::get<FieldPath>(argument);
      return find_field(guest(), cursor().state(), field.text) ? Message() : no_field(field);
    }
    case ArgumentKind::break_spot:
    case ArgumentKind::breakpoint:
      if (const auto* const id = std::get_if<BreakpointId>(&argument)) return breakpoints_.problem(*id);
      return wrong_of(resolve(*spot_of(command), cursor()));
    case ArgumentKind::assignment: {
      if (!live()) return opened_record();
      const auto edit = resolve(std::get<Assignment>(argument), guest(), cursor().state());
      const Message wrong = wrong_of(edit);
      return wrong.empty() ? tip_->why_not(cursor(), std::get<Edit>(edit)) : wrong;
    }
    case ArgumentKind::m: {
      if (!live()) {
        return Message({"this is an opened record: which thread moved is part of it",
                        "这是打开的记录：哪个线程运行已经记录在其中"});
      }
      const int number = std::get<MId>(argument).number;
      if (number < 0 || number >= kMaxThreads) return wrong_m(number);
      return tip_->why_no_turn(cursor(), static_cast<ThreadId>(number));
    }
    case ArgumentKind::branch:
      return wrong_of(branch_of(command, *trace_));
  }
  return {};
}

std::unique_ptr<Session> replay_session(std::unique_ptr<Trace> trace) {
  return std::make_unique<Session>(std::move(trace), nullptr);
}

}  // namespace gogoscope
