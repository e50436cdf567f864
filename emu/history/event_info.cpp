#include "emu/history/event_info.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"
#include "emu/guest/signal_words.h"
#include "emu/layout/status.h"

namespace gogoscope {
namespace {

using Naming = EventNaming;

template <class T>
const T& in(const Event& event) {
  return std::get<T>(event.what);
}

std::string m_name(const Event& event) { return fmt::format("m{}", event.m); }
std::string m_value(const Event& event, const Naming&) { return m_name(event); }

/// A field whose id has a name by itself.
template <class T, auto kMember>
std::string named(const Event& event, const Naming&) {
  return name(in<T>(event).*kMember);
}

template <auto kMember>
std::string status_value(const Event& event, const Naming&) {
  return g_status_word(in<StatusChange>(event).*kMember);
}

std::string_view word(PutGet op) { return op == PutGet::put ? "put" : "get"; }

template <class T>
std::string op_value(const Event& event, const Naming&) {
  return std::string(word(in<T>(event).op));
}

std::string_view verb(const ThreadChange& change) {
  switch (change.what) {
    case ThreadChange::What::starts:
      return "starts";
    case ThreadChange::What::sleeps:
      return "sleeps";
    case ThreadChange::What::wakes:
      return "wakes";
    case ThreadChange::What::ends:
      return "ends";
  }
  return {};
}

bool sleeps_on(const ThreadChange& change) {
  return change.what == ThreadChange::What::sleeps && !change.futex.addr.is_nil();
}

std::string where_value(const Event& event, const Naming& naming) {
  const auto& change = in<ThreadChange>(event);
  return sleeps_on(change) ? name(change.futex, naming.guest) : "";
}

std::string what_value(const Event& event, const Naming& naming) {
  const auto& change = in<ThreadChange>(event);
  return sleeps_on(change) ? "sleeps on " + where_value(event, naming) : std::string(verb(change));
}

std::string no_variant(const Event&) { return {}; }

constexpr EventField kM{"m", EventWord::m, FieldUse::expected, m_value};
constexpr EventField kOfM{"m", EventWord::m, FieldUse::files, m_value};

constexpr EventField kStatus[] = {
    {"g", EventWord::g, FieldUse::files, named<StatusChange, &StatusChange::g>},
    {"from", EventWord::status, FieldUse::files, status_value<&StatusChange::from>},
    {"to", EventWord::status, FieldUse::files, status_value<&StatusChange::to>},
    kM};

template <class T>
constexpr EventField kFromTo[] = {kOfM,
                                  {"from", EventWord::g, FieldUse::files, named<T, &T::from>},
                                  {"to", EventWord::g, FieldUse::files, named<T, &T::to>}};

constexpr EventField kRunq[] = {
    {"op", EventWord::op, FieldUse::files, op_value<QueueMove>},
    {"g", EventWord::g, FieldUse::files, named<QueueMove, &QueueMove::g>},
    {"queue", EventWord::queue, FieldUse::files, named<QueueMove, &QueueMove::queue>},
    kM};

constexpr EventField kGfree[] = {
    {"op", EventWord::op, FieldUse::files, op_value<FreeListMove>},
    {"g", EventWord::g, FieldUse::files, named<FreeListMove, &FreeListMove::g>},
    {"list", EventWord::list, FieldUse::files, named<FreeListMove, &FreeListMove::list>},
    kM};

constexpr EventField kThread[] = {kOfM,
                                  {"what", EventWord::text, FieldUse::files, what_value},
                                  {"where", EventWord::text, FieldUse::narration, where_value}};

/// Sentences have single spaces; those of what was written must not be lost.
std::string in_a_sentence(std::string_view written) {
  std::string out;
  for (const char c : escaped(written)) {
    if (c == ' ' && out.ends_with(' ')) {
      out += "\\x20";
    } else {
      out += c;
    }
  }
  return out;
}

constexpr EventField kWrite[] = {
    {"fd", EventWord::fd, FieldUse::files,
     [](const Event& e, const Naming&) { return std::to_string(in<Write>(e).fd); }},
    {"text", EventWord::output, FieldUse::files,
     [](const Event& e, const Naming&) { return valid_utf8(in<Write>(e).text); }},
    {"shown", EventWord::text, FieldUse::narration,
     [](const Event& e, const Naming&) { return in_a_sentence(in<Write>(e).text); }},
    kM};

std::string_view verb(SignalChange::What what) {
  return what == SignalChange::What::enters ? "enters" : "returns";
}

constexpr EventField kSignal[] = {
    kOfM,
    {"what", EventWord::text, FieldUse::files,
     [](const Event& e, const Naming&) { return std::string(verb(in<SignalChange>(e).what)); }},
    {"signal", EventWord::text, FieldUse::files,
     [](const Event& e, const Naming&) { return signal_name(in<SignalChange>(e).number); }}};

constexpr EventField kExit[] = {
    {"code", EventWord::code, FieldUse::files,
     [](const Event& e, const Naming&) { return std::to_string(in<Exit>(e).code); }},
    kM};

constexpr EventField kBreak[] = {
    {"name", EventWord::text, FieldUse::files,
     [](const Event& e, const Naming&) { return std::string(in<InvariantBreak>(e).name); }},
    {"detail", EventWord::text, FieldUse::files,
     [](const Event& e, const Naming& naming) { return in<InvariantBreak>(e).reason.in(naming.language); }},
    kM};

template <class T>
std::string from_to(const Event& event) {
  return name(in<T>(event).from) + " -> " + name(in<T>(event).to);
}

template <class T>
std::string kind_of_new_g(const Event& event) {
  const GId::Kind kind = in<T>(event).to.kind;
  return kind == GId::Kind::nil ? "none" : kind == GId::Kind::g0 ? "g0" : "g";
}

constexpr std::array<EventInfo, kEventTypes> kInfos = {{
    {EventType::status, "status", kStatus,
     [](const Event& e, const Naming&) {
       const auto& it = in<StatusChange>(e);
       return fmt::format("{}: {} -> {} on {}", name(it.g), g_status_word(it.from), g_status_word(it.to),
                          m_name(e));
     },
     [](const Event& e) {
       const auto& it = in<StatusChange>(e);
       return fmt::format("{}.{}", g_status_word(it.from), g_status_word(it.to));
     }},
    {EventType::stack, "stack", kFromTo<StackSwitch>,
     [](const Event& e, const Naming&) { return m_name(e) + " stack: " + from_to<StackSwitch>(e); },
     kind_of_new_g<StackSwitch>},
    {EventType::tls, "tls", kFromTo<TlsChange>,
     [](const Event& e, const Naming&) { return m_name(e) + " TLS: " + from_to<TlsChange>(e); },
     kind_of_new_g<TlsChange>},
    {EventType::curg, "curg", kFromTo<CurgChange>,
     [](const Event& e, const Naming&) { return m_name(e) + ".curg: " + from_to<CurgChange>(e); },
     [](const Event& e) -> std::string {
       return in<CurgChange>(e).to.kind == GId::Kind::nil ? "clear" : "set";
     }},
    {EventType::runq, "runq", kRunq,
     [](const Event& e, const Naming&) {
       const auto& it = in<QueueMove>(e);
       return name(it.g) + (it.op == PutGet::put ? " put into " : " taken from ") + name(it.queue);
     },
     [](const Event& e) {
       const auto& it = in<QueueMove>(e);
       return fmt::format("{}.{}", word(it.op), it.queue.kind == QueueId::Kind::runnext ? "runnext" : "runq");
     }},
    {EventType::gfree, "gfree", kGfree,
     [](const Event& e, const Naming&) {
       const auto& it = in<FreeListMove>(e);
       return name(it.g) + (it.op == PutGet::put ? " put on " : " taken from ") + name(it.list) + ".gFree";
     },
     [](const Event& e) { return std::string(word(in<FreeListMove>(e).op)); }},
    {EventType::thread, "thread", kThread,
     [](const Event& e, const Naming& naming) { return m_name(e) + " thread: " + what_value(e, naming); },
     [](const Event& e) {
       return std::string(sleeps_on(in<ThreadChange>(e)) ? "sleeps_on" : verb(in<ThreadChange>(e)));
     }},
    {EventType::write, "write", kWrite,
     [](const Event& e, const Naming&) {
       return fmt::format("{} writes {} to {}", m_name(e), escaped(in<Write>(e).text), in<Write>(e).fd);
     },
     [](const Event& e) -> std::string { return in<Write>(e).fd == 2 ? "stderr" : "stdout"; }},
    {EventType::signal, "signal", kSignal,
     [](const Event& e, const Naming&) {
       const auto& it = in<SignalChange>(e);
       return fmt::format("{} {} the handler of {}", m_name(e),
                          it.what == SignalChange::What::enters ? "enters" : "returns from",
                          signal_name(it.number));
     },
     [](const Event& e) { return std::string(verb(in<SignalChange>(e).what)); }},
    {EventType::exit, "exit", kExit,
     [](const Event& e, const Naming&) { return fmt::format("exit {}", in<Exit>(e).code); }, no_variant},
    {EventType::invariant, "invariant", kBreak,
     [](const Event& e, const Naming& naming) {
       const auto& it = in<InvariantBreak>(e);
       return fmt::format("invariant {}: {}", it.name, it.reason.in(naming.language));
     },
     no_variant},
}};

}  // namespace

std::span<const EventInfo> event_infos() { return kInfos; }

const EventInfo& info(EventType type) { return kInfos[static_cast<std::size_t>(type)]; }

std::string_view name(EventType type) { return info(type).name; }

std::string word_of(const Event& event, std::string_view key, const EventNaming& naming) {
  for (const EventField& field : info(event.type()).fields) {
    if (field.key == key) return field.value(event, naming);
  }
  return {};
}

std::string to_string(const Event& event, const Guest& guest) {
  return info(event.type()).text(event, EventNaming{guest});
}

std::span<const Event> events_of(std::span<const Event> events, std::uint64_t step) {
  const auto [first, last] = std::ranges::equal_range(events, step, {}, &Event::step);
  return {first, last};
}

GId subject(const Event& event) {
  return std::visit(
      [](const auto& it) -> GId {
        if constexpr (requires { it.g; }) {
          return it.g;
        } else if constexpr (requires { it.to; }) {
          return it.to;
        } else {
          return {};
        }
      },
      event.what);
}

}  // namespace gogoscope
