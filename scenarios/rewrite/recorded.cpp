#include "scenarios/rewrite/recorded.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "asm/text/utf8.h"
#include "emu/history/event_info.h"
#include "emu/history/output.h"
#include "emu/layout/describe.h"
#include "emu/layout/views.h"
#include "emu/session/arrival.h"
#include "emu/session/handoffs.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/read_events.h"
#include "scenarios/rewrite/additions.h"
#include "scenarios/run/goroutines.h"
#include "scenarios/run/moments.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostEvents = 500;
constexpr std::size_t kMostHandoffs = 60;
constexpr std::size_t kMostThings = 40;  // gs and Ps

/// What there is to say of a run, as lines of the scenario without their indentation.
class RunWriter {
 public:
  RunWriter(const LoadedScenario& loaded, const ScenarioRun& run)
      : scenario_(loaded.scenario),
        session_(*run.session),
        trace_(session_.trace()),
        guest_(trace_.guest()),
        events_(session_.events()),
        goroutines_(scenario_.goroutines, trace_, events_),
        handoffs_(handoffs(events_)) {}

  /// The events worth naming, by their index.
  std::vector<std::size_t> chosen() const {
    const std::uint64_t start = first_step_of_main();
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const Event& event = events_[i];
      const auto* const status = event.as<StatusChange>();
      const bool handoff =
          event.as<StackSwitch>() != nullptr && std::ranges::binary_search(handoffs_, event.step + 1);
      if (event.step < start) continue;
      if (handoff || event.as<Exit>() != nullptr || (status != nullptr && status->g.is_ordinary()))
        out.push_back(i);
    }
    return out;
  }

  std::string event_line(std::size_t i) const {
    const Event& event = events_[i];
    std::string fields;
    for (const EventField& field : info(event.type()).fields) {
      const bool needed = field.use == FieldUse::files || (field.key == "m" && several_ms());
      if (!needed || (field.key == "m" && !several_ms())) continue;
      std::string word = field.value(event, EventNaming{guest_});
      if (field.word == EventWord::g) word = called(word, event.step + 1);
      fields += fmt::format("{}{}: {}", fields.empty() ? "" : ", ", field.key, yaml_scalar(word));
    }
    return fmt::format("- {}: {{{}}}", name(event.type()), fields);
  }

  /// Entries of `at` for the moments after handoffs, without those whose places are known.
  Lines places(const std::set<std::string>& known) const {
    Lines out;
    std::map<std::string, int> visits;
    std::map<std::uint64_t, int> due;  // by state, the M
    for (const Event& event : events_) {
      if (event.as<StackSwitch>() != nullptr && std::ranges::binary_search(handoffs_, event.step + 1))
        due[event.step + 1] = event.m;
    }
    // The thread may lose its turn right after its handoff.
    std::vector<int> waiting;
    std::set<std::uint64_t> pcs;
    Cursor at(trace_);
    for (const std::uint64_t state : handoffs_) {
      at.seek(state);
      pcs.insert(at.state().pc().value());
    }
    std::map<std::uint64_t, int> counts;
    Cursor cursor(trace_);
    std::size_t found = 0;
    do {
      if (due.contains(cursor.position())) waiting.push_back(due[cursor.position()]);
      const CodeAddr pc = cursor.state().pc();
      if (!pcs.contains(pc.value()) || !arrives_at({pc}, cursor)) continue;
      const int visit = ++counts[pc.value()];
      const Names names(guest_, cursor.state());
      const std::string m = m_of(cursor.state(), names);
      const auto mine = std::ranges::find_if(waiting, [&](int one) { return fmt::format("m{}", one) == m; });
      if (mine == waiting.end()) continue;
      waiting.erase(mine);
      if (++found > kMostHandoffs) break;
      const std::string place = fmt::format("{}#{}", guest_.code.symbolize(pc), visit);
      if (known.contains(place)) continue;
      add_place(place, m, cursor, names, out);
    } while (cursor.forward());
    return out;
  }

  /// What the run writes, of each file that it writes to and the scenario says nothing of.
  std::vector<std::pair<std::string, std::string>> written() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& [key, fd] : {std::pair("stdout", 1), std::pair("stderr", 2)}) {
      if (std::ranges::any_of(scenario_.output, [fd = fd](const ExpectedOutput& o) { return o.fd == fd; }))
        continue;
      const std::string text = valid_utf8(output(events_, fd, trace_.steps()));
      if (!text.empty()) out.emplace_back(key, yaml_scalar(text));
    }
    return out;
  }

  /// Fields of `finally` and their values, in order.
  std::vector<std::pair<std::string, std::string>> last_fields() const {
    Cursor end(trace_);
    end.seek(trace_.steps());
    const Names names(guest_, end.state());
    std::vector<std::string> fields;
    std::size_t count = 0;
    for (const Entity& one : names.entities().all()) {
      const bool ordinary = one.kind == Entity::Kind::g && !one.system;
      if (!ordinary && one.kind != Entity::Kind::p) continue;
      if (++count > kMostThings) break;
      if (ordinary) fields.push_back(one.name + ".atomicstatus");
      for (const char* field : {"status", "runnext", "gFree.n"}) {
        if (!ordinary) fields.push_back(one.name + "." + field);
      }
    }
    fields.push_back("sched.runqsize");
    std::vector<std::pair<std::string, std::string>> out;
    for (const std::string& field : fields) {
      if (const std::optional<std::string> value = value_of(field, end, names))
        out.emplace_back(field, *value);
    }
    return out;
  }

  /// "exit: 0", or how the run stopped; empty where its end is not judged.
  std::string ending() const {
    if (scenario_.breaks && !scenario_.goes_on()) return "";
    const Stop* const stop = trace_.end();
    if (stop == nullptr) return "stop: {reason: budget}";
    if (stop->reason == StopReason::exit) return fmt::format("exit: {}", stop->exit_code);
    const std::string detail = stop->detail.en.substr(0, stop->detail.en.find('\n'));
    return detail.empty() ? fmt::format("stop: {{reason: {}}}", name(stop->reason))
                          : fmt::format("stop: {{reason: {}, detail-contains: {}}}", name(stop->reason),
                                        yaml_scalar(detail));
  }

  /// The indices of the events that the scenario's own take, in order; fewer than these if one does not come.
  std::vector<std::size_t> taken() const {
    std::vector<std::size_t> out;
    std::size_t at = 0;
    for (const ExpectedEvent& expected : scenario_.events) {
      while (at < events_.size() &&
             !matches(expected, events_[at], guest_,
                      [&](std::string_view name, std::uint64_t k) { return goroutines_.at_step(name, k); }))
        ++at;
      if (at == events_.size()) break;
      out.push_back(at++);
    }
    return out;
  }

 private:
  bool several_ms() const { return scenario_.procs > 1 || scenario_.sysmon; }

  std::uint64_t first_step_of_main() const {
    const auto found = find_moment("main.main", trace_);
    return found.index() == 0 ? std::get<0>(found) : 0;
  }

  /// The name that the scenario has for the g at a state, if it has one.
  std::string called(const std::string& g, std::uint64_t state) const {
    for (const NamedGoroutine& one : scenario_.goroutines) {
      if (goroutines_.at_state(one.name, state) == g) return one.name;
    }
    return g;
  }

  std::string m_of(const StateView& state, const Names& names) const {
    const auto m = load_field(guest_.release->layout, state, "g", tls_g(state, state.thread()), "m");
    for (const Entity& one : names.entities().all()) {
      if (one.kind == Entity::Kind::m && m && one.addr.value() == *m) return one.name;
    }
    return "";
  }

  void add_place(const std::string& place, const std::string& m, const Cursor& at, const Names& names,
                 Lines& out) const {
    const auto curg = value_of(m + ".curg", at, names);
    if (!curg || *curg == "nil") return;
    std::string g = *curg;
    const auto status = value_of(g + ".atomicstatus", at, names);
    g = called(g, at.position());
    out.push_back("- place: " + yaml_scalar(place));
    out.push_back(fmt::format("  expect: {{tls: {}, {}.curg: {}{}}}", g, m, g,
                              status ? fmt::format(", {}.atomicstatus: {}", g, *status) : ""));
  }

  /// As a scenario writes it.
  std::optional<std::string> value_of(const std::string& field, const Cursor& at, const Names& names) const {
    const auto parsed = parse_field(field, guest_.release->layout);
    if (!parsed || parsed->index() == 1) return std::nullopt;
    const FieldName& read = std::get<0>(*parsed);
    const auto place = locate(read, names);
    if (place.index() == 1) return std::nullopt;
    const FieldPlace& where = std::get<0>(place);
    const auto raw = at.state().load(where.addr, static_cast<int>(where.size));
    if (!raw) return std::nullopt;
    return write_value(*raw, read.style, guest_, at.state());
  }

  const Scenario& scenario_;
  Session& session_;
  const Trace& trace_;
  const Guest& guest_;
  const std::vector<Event>& events_;
  Goroutines goroutines_;
  std::vector<std::uint64_t> handoffs_;
};

bool is_empty(const YamlNode* node) {
  return node == nullptr || (node->items.empty() && node->entries.empty());
}

void add_events(const RunWriter& recorder, const Scenario& scenario, const YamlSource& source,
                Additions& out) {
  std::vector<std::size_t> chosen = recorder.chosen();
  const std::size_t left = chosen.size() - std::min(chosen.size(), kMostEvents);
  chosen.resize(chosen.size() - left);
  const YamlNode* const list = source.root().find("events");
  if (is_empty(list)) {
    Lines lines;
    for (const std::size_t i : chosen) lines.push_back(recorder.event_line(i));
    if (left > 0) lines.push_back(fmt::format("# and {} more", left));
    return out.section("events", lines);
  }
  // What an included file expects comes first and is not in this list.
  const std::vector<std::size_t> taken = recorder.taken();
  if (scenario.exact || source.is_flow(*list) || list->items.size() != taken.size()) return;
  std::size_t next = 0;
  for (std::size_t item = 0; item <= taken.size(); ++item) {
    Lines lines;
    const std::size_t bound = item < taken.size() ? taken[item] : static_cast<std::size_t>(-1);
    for (; next < chosen.size() && chosen[next] < bound; ++next)
      lines.push_back(recorder.event_line(chosen[next]));
    if (next < chosen.size() && chosen[next] == bound) ++next;
    out.after_item(*list, item, lines);
  }
}

void add_places(const RunWriter& recorder, const Scenario& scenario, const YamlSource& source,
                Additions& out) {
  std::set<std::string> known;
  for (const PlaceExpectations& one : scenario.at) known.insert(one.place_text);
  const YamlNode* const list = source.root().find("at");
  const Lines lines = recorder.places(known);
  if (is_empty(list)) return out.section("at", lines);
  if (!source.is_flow(*list)) out.after_item(*list, list->items.size(), lines);
}

void add_output(const RunWriter& recorder, const YamlSource& source, Additions& out) {
  const YamlNode* const map = source.root().find("output");
  const auto entries = recorder.written();
  if (!is_empty(map)) return out.into_map(*map, entries);
  Lines lines;
  for (const auto& [key, text] : entries) lines.push_back(key + ": " + text);
  out.section("output", lines);
}

void add_end(const RunWriter& recorder, const Scenario& scenario, const YamlSource& source, Additions& out) {
  const YamlNode* const map = source.root().find("finally");
  std::vector<std::pair<std::string, std::string>> entries;
  for (const auto& [field, value] : recorder.last_fields()) {
    if (map == nullptr || map->find(field) == nullptr) entries.emplace_back(field, value);
  }
  const std::string ending = recorder.ending();
  if (!ending.empty() && scenario.stop.mark.line == 0)
    entries.emplace_back(ending.substr(0, 4), ending.substr(6));
  if (!is_empty(map)) return out.into_map(*map, entries);
  Lines lines;
  for (const auto& [key, value] : entries) lines.push_back(key + ": " + value);
  out.section("finally", lines);
}

}  // namespace

std::vector<TextEdit> record_edits(const LoadedScenario& loaded, const ScenarioRun& run) {
  const RunWriter recorder(loaded, run);
  const YamlSource source(loaded.scenario.file_text);
  Additions out(source);
  add_events(recorder, loaded.scenario, source, out);
  add_output(recorder, source, out);
  add_places(recorder, loaded.scenario, source, out);
  add_end(recorder, loaded.scenario, source, out);
  return out.take();
}

}  // namespace gogoscope
