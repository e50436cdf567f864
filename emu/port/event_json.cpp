#include "emu/port/event_json.h"

#include "emu/port/words.h"

namespace gogoscope {

nlohmann::ordered_json event_json(const Event& e) {
  nlohmann::ordered_json out{{"type", name(e.type)}};
  switch (e.type) {
    case EventType::status:
      out["g"] = e.g;
      out["from"] = e.from;
      out["to"] = e.to;
      break;
    case EventType::stack:
    case EventType::tls:
    case EventType::curg:
      out["m"] = e.m;
      out["from"] = e.from;
      out["to"] = e.to;
      break;
    case EventType::runq:
      out["op"] = e.op;
      out["g"] = e.g;
      out["queue"] = e.queue;
      break;
    case EventType::gfree:
      out["op"] = e.op;
      out["g"] = e.g;
      out["list"] = e.list;
      break;
    case EventType::thread:
      out["m"] = e.m;
      out["what"] = e.what;
      break;
    case EventType::exit:
      out["code"] = e.code;
      break;
    case EventType::invariant:
      out["name"] = e.name;
      out["detail"] = printable(e.detail);
      break;
  }
  return out;
}

nlohmann::ordered_json stop_json(const Stop* stop) {
  if (stop == nullptr) return nullptr;
  return {{"reason", name(stop->reason)}, {"detail", printable(stop->detail)}};
}

}  // namespace gogoscope
