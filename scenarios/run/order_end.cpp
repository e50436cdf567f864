#include "scenarios/run/order_end.h"

#include <fmt/format.h>

#include "emu/check/invariant.h"

namespace gogoscope {

OrderEnd end_of(const ScenarioRun& run) {
  OrderEnd out;
  if (const Stop* const stop = run.session->trace().end()) {
    out.stop = *stop;
    return out;
  }
  const std::vector<Event>& events = run.session->events();
  const InvariantBreak* const broken = events.empty() ? nullptr : events.back().as<InvariantBreak>();
  if (broken != nullptr && events.back().step + 1 == run.session->trace().steps()) {
    out.kind = OrderEnd::Kind::broke;
    out.invariant = broken->id;
    out.detail = broken->reason;
  } else {
    out.kind = OrderEnd::Kind::budget;
  }
  return out;
}

Message end_sentence(const OrderEnd& end) {
  switch (end.kind) {
    case OrderEnd::Kind::broke:
      return {{"breaks {name}", "破坏 {name}"}, {{"name", info(end.invariant).name}}};
    case OrderEnd::Kind::endless:
      return {{"never ends: a thread repeats the same steps, and no other can move",
               "永不结束：一个线程重复同样的步，而别的线程都不能运行"}};
    case OrderEnd::Kind::budget:
      return {{"spends its budget of steps", "耗尽步数预算"}};
    case OrderEnd::Kind::stopped:
      break;
  }
  if (end.stop.reason == StopReason::exit) {
    return {{"exits with code {code}", "以代码 {code} 退出"}, {{"code", end.stop.exit_code}}};
  }
  return {{"stops with a {reason}: {detail}", "因 {reason} 停止：{detail}"},
          {{"reason", name(end.stop.reason)}, {"detail", end.stop.detail}}};
}

std::string_view end_verdict(const OrderEnd& end) {
  switch (end.kind) {
    case OrderEnd::Kind::broke:
      return "invariant";
    case OrderEnd::Kind::endless:
      return "endless";
    case OrderEnd::Kind::budget:
      return "budget";
    case OrderEnd::Kind::stopped:
      break;
  }
  return name(end.stop.reason);
}

std::string end_detail(const OrderEnd& end) {
  if (end.kind == OrderEnd::Kind::broke) {
    return fmt::format("{}: {}", info(end.invariant).name, end.detail.en);
  }
  if (end.kind != OrderEnd::Kind::stopped) return end_sentence(end).in(Language::en);
  if (end.stop.reason == StopReason::exit) return fmt::format("code {}", end.stop.exit_code);
  return end.stop.detail.en;
}

}  // namespace gogoscope
