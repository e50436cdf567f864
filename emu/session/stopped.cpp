#include "emu/session/stopped.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/check/invariant.h"

namespace gogoscope {

StopReason StopCause::reason() const {
  if (const auto* const ended = std::get_if<RunEnded>(&what)) return ended->stop.reason;
  if (std::holds_alternative<BudgetSpent>(what)) return StopReason::budget;
  return std::holds_alternative<InvariantBreak>(what) ? StopReason::invariant : StopReason::breakpoint;
}

bool Stopped::has(StopReason reason) const {
  return std::any_of(causes.begin(), causes.end(), [&](const StopCause& c) { return c.reason() == reason; });
}

Message detail(const StopCause& cause, const Code& code) {
  if (const auto* const ended = std::get_if<RunEnded>(&cause.what)) {
    return Message::literal(ended->stop.detail);
  }
  if (const auto* const spent = std::get_if<BudgetSpent>(&cause.what)) {
    return Message({"{steps} steps were recorded", "已记录 {steps} 步"}, {{"steps", spent->steps}});
  }
  const Argument where("place", code.symbolize(cause.pc));
  const Argument m("m", fmt::format("m{}", cause.thread));
  if (std::holds_alternative<CameToPlace>(cause.what)) {
    return Message({"{place} on {m}", "{m} 到达 {place}"}, {where, m});
  }
  if (const auto* const written = std::get_if<FieldWritten>(&cause.what)) {
    const Argument field("field", written->field);
    if (written->by_edit) {
      return Message(
          {"{field} written by an edit before {place} on {m}", "{m} 执行 {place} 之前，{field} 被修改"},
          {field, where, m});
    }
    return Message({"{field} written at {place} on {m}", "{m} 在 {place} 写了 {field}"}, {field, where, m});
  }
  const auto& broken = std::get<InvariantBreak>(cause.what);
  const InvariantInfo& row = info(broken.id);
  return Message(
      {"{name} at {place} on {m}: {sentence} {detail}", "{name}（{m} 在 {place}）：{sentence}{detail}"},
      {{"name", broken.name}, {"sentence", row.sentence}, {"detail", broken.reason}, where, m});
}

}  // namespace gogoscope
