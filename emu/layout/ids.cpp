#include "emu/layout/ids.h"

#include <fmt/format.h>

#include "emu/layout/describe.h"

namespace gogoscope {
namespace {

Entity::Kind kind_of(WordId::In in) {
  switch (in) {
    case WordId::In::g:
      return Entity::Kind::g;
    case WordId::In::m:
      return Entity::Kind::m;
    case WordId::In::p:
      return Entity::Kind::p;
    default:
      return Entity::Kind::sched;
  }
}

}  // namespace

std::string name(const GId& g) {
  switch (g.kind) {
    case GId::Kind::nil:
      return "nil";
    case GId::Kind::ordinary:
      return fmt::format("g{}", g.number);
    case GId::Kind::g0:
      return g.only_m ? "g0" : fmt::format("m{}.g0", g.number);
    case GId::Kind::gsignal:
      return g.only_m ? "gsignal" : fmt::format("m{}.gsignal", g.number);
    case GId::Kind::unknown:
      break;
  }
  return fmt::format("{:#x}", g.addr.value());
}

std::string name(const QueueId& queue) {
  switch (queue.kind) {
    case QueueId::Kind::runnext:
      return fmt::format("p{}.runnext", queue.p);
    case QueueId::Kind::ring:
      return fmt::format("p{}.runq", queue.p);
    case QueueId::Kind::global:
      break;
  }
  return "sched.runq";
}

std::string name(const FreeListId& list) {
  return list.p == FreeListId::kSched ? "sched" : fmt::format("p{}", list.p);
}

std::string name(const WordId& word, const Guest& guest) {
  if (word.in == WordId::In::nothing) {
    std::string data = describe_data(guest, word.addr);
    return data.empty() ? fmt::format("{:#x}", word.addr.value()) : data;
  }
  const Entity::Kind kind = kind_of(word.in);
  const std::string owner =
      word.in == WordId::In::sched ? "sched" : fmt::format("{}{}", struct_name(kind), word.index);
  return owner + describe_field(guest.release->layout, kind, word.offset);
}

}  // namespace gogoscope
