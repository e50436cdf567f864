#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "emu/guest/thread_table.h"
#include "emu/layout/goroutines.h"
#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "emu/layout/views.h"
#include "emu/port/state.h"
#include "emu/port/state_words.h"
#include "emu/port/words.h"
#include "emu/port/write_json.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

Json scalar(std::string_view type, std::uint64_t value, std::uint32_t size) {
  switch (value_kind(type)) {
    case ValueKind::integer:
      return sign_extend(value, size);
    case ValueKind::natural:
      return value;
    case ValueKind::boolean:
      return value != 0;
    default:
      return hex(value);
  }
}

/// A field: a number, a pointer, an array of them; bytes in hex where the layout does not say what is inside.
Json field_value(const Layout& layout, const MemoryView& memory, Addr addr, std::string_view type,
                 std::uint32_t size) {
  if (value_kind(type) != ValueKind::aggregate) {
    const auto value = memory.load(addr, static_cast<int>(size));
    return value ? scalar(type, *value, size) : Json();
  }
  if (const auto array = array_type(type)) {
    const auto element = type_size(layout, array->element);
    if (element && *element != 0) {
      Json out = Json::array();
      // The type of an opened record may claim more than the field has.
      const std::uint64_t count = std::min(array->count, size / *element);
      for (std::uint64_t i = 0; i < count; ++i) {
        out.push_back(field_value(layout, memory, addr + static_cast<std::int64_t>(i * *element),
                                  array->element, static_cast<std::uint32_t>(*element)));
      }
      return out;
    }
  }
  std::vector<std::byte> bytes(size);
  if (!memory.read(addr, bytes)) return nullptr;
  return hex_bytes(bytes);
}

Json fields_of(const Guest& guest, const MemoryView& memory, const Entity& e) {
  Json out = Json::object();
  const StructLayout* s = guest.release->layout.find(struct_name(e.kind));
  if (s == nullptr) return out;
  for (const Field& f : s->fields) {
    if (f.leaf && f.size != 0)
      out[f.name] = field_value(guest.release->layout, memory, e.addr + f.offset, f.type, f.size);
  }
  return out;
}

Json entity(const Guest& guest, const StateView& state, const Entity& e) {
  Json out{{"name", e.name}, {"addr", hex(e.addr.value())}};
  const GView g(guest.release->layout, state, {e.addr});
  const PView p(guest.release->layout, state, {e.addr});
  if (e.kind == Entity::Kind::g)
    out["status"] = g.has("atomicstatus") ? Json(g_status_word(g.status())) : Json();
  if (e.kind == Entity::Kind::g && !guest.code.rows().empty()) {
    const Function* const start = started_with(guest, state, e);
    out["system"] = goroutine_kind(guest, state, e) != GoroutineKind::user;
    out["runs"] = start == nullptr ? Json() : Json(column_text(start->name));
  }
  if (e.kind == Entity::Kind::p) out["status"] = p.has("status") ? Json(p_status_word(p.status())) : Json();
  out["fields"] = fields_of(guest, state, e);
  return out;
}

Json entities_of(Entity::Kind kind, const Guest& guest, const StateView& state, const Entities& entities) {
  Json out = Json::array();
  for (const Entity& e : entities.all()) {
    if (e.kind == kind) out.push_back(entity(guest, state, e));
  }
  return out;
}

Json registers(const StateView& state, ThreadId thread) {
  Json out = Json::object();
  for (int i = 0; i < kRegCount; ++i) {
    const Reg r = static_cast<Reg>(i);
    out[std::string(name(r))] = hex(state.reg(thread, r));
  }
  return out;
}

/// Those that were ever written.
Json sse_registers(const StateView& state, ThreadId thread) {
  Json out = Json::object();
  const SseFile file = state.sse(thread);
  for (unsigned i = 0; i < kSseRegCount; ++i) {
    const auto reg = static_cast<SseReg>(i);
    if (file.is_written(reg)) out[std::string(name(reg))] = hex(reg, file.value(reg));
  }
  return out;
}

Json thread(const Guest& guest, const StateView& state, const Names& names, const Entity& m) {
  const Entities& entities = names.entities();
  const auto id = static_cast<ThreadId>(m.index);
  Json calls = Json::array();
  for (const FrameRef& f : frames(guest, state, entities, id)) calls.push_back(guest.code.symbolize(f.pc));
  const auto words = thread_words(guest, state, names, id);
  Json out{{"m", m.index},
           {"current", id == state.thread()},
           {"state", words ? Json(words->state) : Json()},
           {"sleeps_on", words && !words->sleeps_on.empty() ? Json(words->sleeps_on) : Json()},
           {"deadline", words && words->deadline != 0 ? Json(words->deadline) : Json()},
           {"tls_g", tls_g(guest, state, entities, m)},
           {"regs", registers(state, id)},
           {"frames", std::move(calls)}};
  if (Json sse = sse_registers(state, id); !sse.empty()) out["sse"] = std::move(sse);
  if (const auto g = r14_g(guest, state, entities, m)) out["r14_g"] = *g;
  return out;
}

Json stack(const Guest& guest, const StateView& state, const Names& names, const StackRef& s) {
  const auto sp = sp_on(guest, state, names.entities(), s);
  Json words = Json::array();
  for (const StackWord& w : words_of(state, s, sp)) {
    words.push_back({{"addr", hex(w.addr.value())},
                     {"value", hex(w.value)},
                     {"name", names.describe(w.addr)},
                     {"meaning", names.meaning(w.value)}});
  }
  return {{"owner", s.owner->name},
          {"lo", hex(s.lo.value())},
          {"hi", hex(s.hi.value())},
          {"sp", sp ? Json(hex(sp->value())) : Json()},
          {"words", std::move(words)}};
}

}  // namespace

void write_state_json(std::ostream& out, const Guest& guest, const StateView& state, std::uint64_t number,
                      std::span<const InvariantReport> reports) {
  const Names names(guest, state);
  const Entities& entities = names.entities();
  Json all{{"state", number}, {"current_m", state.thread()}, {"regs", registers(state, state.thread())}};
  if (Json sse = sse_registers(state, state.thread()); !sse.empty()) all["sse"] = std::move(sse);
  const auto table = ThreadTable::of(guest);
  all["clock"] = table ? Json(table->now(state, number)) : Json();
  all["tls_g"] = nullptr;
  all["threads"] = Json::array();
  for (const Entity* m : threads(entities)) {
    all["threads"].push_back(thread(guest, state, names, *m));
    if (m->index == state.thread()) all["tls_g"] = tls_g(guest, state, entities, *m);
  }
  all["g"] = entities_of(Entity::Kind::g, guest, state, entities);
  all["m"] = entities_of(Entity::Kind::m, guest, state, entities);
  all["p"] = entities_of(Entity::Kind::p, guest, state, entities);
  const Entity* sched = entities.find("sched");
  all["sched"] = sched == nullptr ? Json() : entity(guest, state, *sched);
  all["stacks"] = Json::array();
  for (const StackRef& s : stacks(guest.release->layout, state, entities)) {
    all["stacks"].push_back(stack(guest, state, names, s));
  }
  all["invariants"] = Json::array();
  for (const InvariantReport& r : reports) {
    all["invariants"].push_back({{"name", info(r.id).name},
                                 {"state", name(r.state)},
                                 {"detail", column_text(r.detail.en)},
                                 {"detail_zh", column_text(r.detail.zh)}});
  }
  write_json(out, all, 1);
}

}  // namespace gogoscope
