#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "emu/guest/thread_table.h"
#include "emu/layout/goroutines.h"
#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "emu/layout/views.h"
#include "emu/port/state.h"
#include "emu/port/state_words.h"
#include "emu/port/words.h"

namespace gogoscope {
namespace {

std::string scalar(const Names& names, std::string_view type, std::uint64_t value, std::uint32_t size) {
  switch (value_kind(type)) {
    case ValueKind::integer:
      return std::to_string(sign_extend(value, size));
    case ValueKind::natural:
      return std::to_string(value);
    case ValueKind::boolean:
      return value != 0 ? "true" : "false";
    default:
      break;
  }
  const std::string meaning = column_text(names.meaning(value));
  return meaning.empty() ? hex(value) : hex(value) + "  " + meaning;
}

void write_array(std::ostream& out, const Guest& guest, const StateView& state, const Names& names,
                 const Field& field, Addr addr) {
  const auto array = array_type(field.type);
  const auto size = array ? type_size(guest.release->layout, array->element) : std::nullopt;
  if (!size || value_kind(array->element) == ValueKind::aggregate) return;
  // The type of an opened record may claim more than the field has.
  const std::uint64_t count = std::min(array->count, field.size / *size);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Addr at = addr + static_cast<std::int64_t>(i * *size);
    const std::uint64_t value = state.load_or_zero(at, static_cast<int>(*size));
    if (value == 0) continue;
    const std::string element = fmt::format("{}[{}]", field.name, i);
    out << fmt::format("  {:<24} {}\n", element,
                       scalar(names, array->element, value, static_cast<std::uint32_t>(*size)));
  }
}

std::string status_note(const Guest& guest, const StateView& state, const Entity& e) {
  const GView g(guest.release->layout, state, {e.addr});
  const PView p(guest.release->layout, state, {e.addr});
  if (e.kind == Entity::Kind::g && g.has("atomicstatus")) return ", " + g_status_symbol(g.status());
  if (e.kind == Entity::Kind::p && p.has("status")) return ", " + p_status_symbol(p.status());
  return {};
}

/// Of a goroutine of a program: what it runs, and which go statement started it.
void write_purpose(std::ostream& out, const Guest& guest, const StateView& state, const Entity& g) {
  const Function* const start = started_with(guest, state, g);
  if (start == nullptr) return;
  const bool system = goroutine_kind(guest, state, g) == GoroutineKind::system;
  out << fmt::format("  # a {} goroutine, which runs {}\n", system ? "system" : "user",
                     column_text(start->name));
  const CodeAddr call = GView(guest.release->layout, state, {g.addr}).gopc() + -1;
  const Function* const creator = guest.code.function_at(call);
  const LineRef line = guest.code.line_at(call);
  if (creator == nullptr || !line.known() || line.source >= guest.code.sources().size()) return;
  out << fmt::format("  # created by {} at {}:{}\n", column_text(creator->name),
                     column_text(guest.code.sources()[line.source].name), line.line);
}

void write_entity(std::ostream& out, const Guest& guest, const StateView& state, const Names& names,
                  const Entity& e) {
  out << fmt::format("\n{} at {}{}\n", e.name, hex(e.addr.value()), status_note(guest, state, e));
  if (e.kind == Entity::Kind::g && !guest.code.rows().empty()) write_purpose(out, guest, state, e);
  const StructLayout* const fields = guest.release->layout.find(struct_name(e.kind));
  if (fields == nullptr) return;
  for (const Field& f : fields->fields) {
    if (!f.leaf || f.size == 0) continue;
    const Addr at = e.addr + f.offset;
    if (value_kind(f.type) == ValueKind::aggregate) {
      write_array(out, guest, state, names, f, at);
    } else if (const auto value = state.load_or_zero(at, static_cast<int>(f.size)); value != 0) {
      out << fmt::format("  {:<24} {}\n", f.name, scalar(names, f.type, value, f.size));
    }
  }
}

/// ", asleep on m1.park until 20000 ns"; nothing of a thread that can move.
std::string sleep_note(const Guest& guest, const StateView& state, const Names& names, ThreadId thread) {
  const auto words = thread_words(guest, state, names, thread);
  if (!words || words->state == name(ThreadState::runnable)) return {};
  std::string out = ", " + words->state;
  if (!words->sleeps_on.empty()) out += " on " + column_text(words->sleeps_on);
  if (words->deadline != 0) out += fmt::format(" until {} ns", words->deadline);
  return out;
}

void write_thread(std::ostream& out, const Guest& guest, const StateView& state, const Names& names,
                  const Entity& m) {
  const auto id = static_cast<ThreadId>(m.index);
  out << fmt::format("\nthread of {}{}{}, TLS g is {}", m.name, id == state.thread() ? " (current)" : "",
                     sleep_note(guest, state, names, id), tls_g(guest, state, names.entities(), m));
  if (const auto g = r14_g(guest, state, names.entities(), m)) out << ", R14 g is " << *g;
  out << '\n';
  for (int i = 0; i < kRegCount; ++i) {
    const Reg r = static_cast<Reg>(i);
    out << fmt::format("  {:<8} {}\n", name(r), scalar(names, "uintptr", state.reg(id, r), 8));
  }
  const SseFile sse = state.sse(id);
  for (unsigned i = 0; i < kSseRegCount; ++i) {
    const auto reg = static_cast<SseReg>(i);
    if (sse.is_written(reg)) out << fmt::format("  {:<8} {}\n", name(reg), hex(reg, sse.value(reg)));
  }
  for (const FrameRef& f : frames(guest, state, names.entities(), id)) {
    out << fmt::format("  in {}\n", column_text(guest.code.symbolize(f.pc)));
  }
}

void write_stack(std::ostream& out, const Guest& guest, const StateView& state, const Names& names,
                 const StackRef& s) {
  const auto sp = sp_on(guest, state, names.entities(), s);
  out << fmt::format("\nstack of {}: {} to {}\n", s.owner->name, hex(s.lo.value()), hex(s.hi.value()));
  for (const StackWord& w : words_of(state, s, sp)) {
    std::string line = fmt::format("  {} {:#018x} {:#018x}  {:<28} {}", sp && w.addr == *sp ? "SP" : "  ",
                                   w.addr.value(), w.value, names.describe(w.addr), names.meaning(w.value));
    line = column_text(line);
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

}  // namespace

void write_state_text(std::ostream& out, const Guest& guest, const StateView& state, std::uint64_t number) {
  const Names names(guest, state);
  const Entities& entities = names.entities();
  out << fmt::format("{}: state {}, m{} at {}", column_text(guest.name), number, state.thread(),
                     column_text(guest.code.symbolize(state.pc())));
  const auto table = ThreadTable::of(guest);
  if (table && !entities.one_m()) out << fmt::format(", clock {} ns", table->now(state, number));
  out << '\n';
  for (const Entity* m : threads(entities)) write_thread(out, guest, state, names, *m);
  for (const Entity& e : entities.all()) write_entity(out, guest, state, names, e);
  for (const StackRef& s : stacks(guest.release->layout, state, entities))
    write_stack(out, guest, state, names, s);
}

}  // namespace gogoscope
