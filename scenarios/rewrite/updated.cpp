#include "scenarios/rewrite/updated.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "asm/text/utf8.h"
#include "emu/history/output.h"
#include "emu/session/handoffs.h"
#include "scenarios/rewrite/updated_events.h"
#include "scenarios/rewrite/yaml_source.h"
#include "scenarios/run/around.h"
#include "scenarios/run/judge_invariants.h"
#include "scenarios/run/moments.h"

namespace gogoscope {
namespace {

constexpr std::int64_t kNear = 1 << 20;  // a distance that is still one, not another address

struct Found {
  const YamlNode* text = nullptr;  ///< the comparison, or the value of a field
  bool is_value = false;
};

/// The scalar that a comparison with this mark was read from.
std::optional<Found> found_at(const YamlNode& node, const FileMark& mark) {
  const auto same = [&](const FileMark& other) {
    return other.line == mark.line && other.column == mark.column;
  };
  if (node.kind == YamlNode::Kind::scalar && same(node.mark)) return Found{&node, false};
  for (const YamlNode& item : node.items) {
    if (const auto found = found_at(item, mark)) return found;
  }
  for (const YamlEntry& entry : node.entries) {
    // The mark of a mapping is that of its first key.
    if (same(entry.key.mark)) return Found{&entry.value, true};
    if (const auto found = found_at(entry.value, mark)) return found;
  }
  return std::nullopt;
}

std::string_view sign(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "==";
    case Relation::not_equal:
      return "!=";
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "<=";
    case Relation::greater:
      return ">";
    case Relation::greater_equal:
      return ">=";
    case Relation::in:
      return "in";
    case Relation::not_in:
      return "not in";
  }
  return {};
}

/// A sum that ends in a distance, with another distance.
std::optional<std::string> with_distance(const Sum& sum, std::uint64_t off) {
  if (sum.terms.size() < 2 || sum.terms.back().kind != Term::Kind::number) return std::nullopt;
  const Term& last = sum.terms.back();
  const auto distance = static_cast<std::int64_t>((last.negative ? -last.number : last.number) + off);
  if (distance < -kNear || distance > kNear) return std::nullopt;
  const Term &first = sum.terms.front(), &before = sum.terms[sum.terms.size() - 2];
  const int start = first.column - (first.negative ? 1 : 0);
  std::string out(sum.text.substr(
      0, byte_of_character(sum.text, static_cast<std::size_t>(before.column + before.width - start))));
  if (distance != 0)
    out += (distance < 0 ? " - " : " + ") + std::to_string(distance < 0 ? -distance : distance);
  return out;
}

struct Changed {
  Relation relation = Relation::equal;
  std::string right;
};

/// What the comparison must be to hold; nothing if no small change does it.
std::optional<Changed> changed(const Comparison& comparison, const Guest& guest, const StateView& state) {
  const auto left = evaluate(comparison.left, guest, state);
  if (left.index() == 1) return std::nullopt;
  const std::uint64_t value = std::get<0>(left);
  Changed out{comparison.relation, comparison.right.text};
  if (out.right.empty()) out.right = comparison.right.terms.front().name;  // a list is one name
  switch (comparison.relation) {
    case Relation::in:
      out.relation = Relation::not_in;
      return out;
    case Relation::not_in:
      out.relation = Relation::in;
      return out;
    case Relation::not_equal:
      out.relation = Relation::equal;
      return out;
    case Relation::equal: {
      const auto right = evaluate(comparison.right, guest, state);
      if (right.index() == 0) {
        if (auto text = with_distance(comparison.right, value - std::get<0>(right)))
          return Changed{out.relation, *text};
      }
      const auto text = left_as_written(comparison, guest, state);
      if (!text) return std::nullopt;
      return Changed{out.relation, *text};
    }
    case Relation::less:
    case Relation::less_equal:
    case Relation::greater:
    case Relation::greater_equal:
      break;
  }
  const auto& terms = comparison.right.terms;
  if (terms.size() != 1 || terms.front().kind != Term::Kind::number) return std::nullopt;
  const bool above = comparison.relation == Relation::less, below = comparison.relation == Relation::greater;
  if (value > static_cast<std::uint64_t>(kNear) || (below && value == 0)) return std::nullopt;
  out.right = std::to_string(above ? value + 1 : below ? value - 1 : value);
  return out;
}

class Updater {
 public:
  Updater(const LoadedScenario& loaded, const ScenarioRun& run)
      : scenario_(loaded.scenario),
        trace_(run.session->trace()),
        events_(run.session->events()),
        goroutines_(scenario_.goroutines, trace_, events_),
        source_(scenario_.file_text) {}

  std::vector<TextEdit> edits() {
    const Told told{events_, trace_.guest(), goroutines_};
    out_ = update_events(scenario_, trace_, told, source_);
    for (const PlaceExpectations& at : scenario_.at) {
      if (const std::optional<Cursor> moment = arrival_at(at.place, trace_)) expectations(at.expect, *moment);
    }
    Cursor end(trace_);
    end.seek(trace_.steps());
    expectations(scenario_.finally, end);
    exit_code();
    output_texts();
    bound("steps", scenario_.within.steps, trace_.steps());
    if (scenario_.within.handoffs) bound("handoffs", scenario_.within.handoffs, handoffs(events_).size());
    return std::move(out_);
  }

 private:
  void replace(const YamlNode* scalar, const std::string& text) {
    if (scalar == nullptr) return;
    if (const std::optional<TextEdit> edit = source_.replaced(*scalar, text)) out_.push_back(*edit);
  }

  void expectations(const std::vector<Expectation>& all, const Cursor& at) {
    for (const Expectation& one : all) {
      if (one.mark.file != 0) continue;
      const auto bound = goroutines_.bound(one.comparison, at.position());
      if (bound.index() == 1) continue;
      if (evaluate(std::get<0>(bound), trace_.guest(), at.state()).holds) continue;
      Comparison as_written = std::get<0>(bound);
      const auto now = changed(as_written, trace_.guest(), at.state());
      const std::optional<Found> found = found_at(source_.root(), one.mark);
      if (!now || !found) continue;
      std::string text = now->right;
      if (!found->is_value)
        text = one.comparison.left.text + " " + std::string(sign(now->relation)) + " " + text;
      replace(found->text, text);
    }
  }

  void exit_code() {
    const Stop* const stop = trace_.end();
    if (stop == nullptr || stop->reason != StopReason::exit || scenario_.stop.reason != StopReason::exit)
      return;
    if (!scenario_.stop.exit_code || *scenario_.stop.exit_code == stop->exit_code) return;
    if (const YamlNode* const finally = source_.root().find("finally"))
      replace(finally->find("exit"), std::to_string(stop->exit_code));
  }

  void output_texts() {
    const YamlNode* const all = source_.root().find("output");
    for (const ExpectedOutput& expected : scenario_.output) {
      const std::string is = valid_utf8(output(events_, expected.fd, trace_.steps()));
      if (all == nullptr || expected.mark.file != 0 || is == expected.text) continue;
      replace(all->find(expected.fd == 1 ? "stdout" : "stderr"), is);
    }
  }

  void bound(std::string_view key, const std::optional<std::uint64_t>& most, std::uint64_t is) {
    if (!most || is <= *most) return;
    if (const YamlNode* const within = source_.root().find("within"))
      replace(within->find(key), std::to_string(is));
  }

  const Scenario& scenario_;
  const Trace& trace_;
  const std::vector<Event>& events_;
  Goroutines goroutines_;
  YamlSource source_;
  std::vector<TextEdit> out_;
};

}  // namespace

Message why_not_updated(const LoadedScenario& loaded, const ScenarioRun& run) {
  const Scenario& scenario = loaded.scenario;
  const Trace& trace = run.session->trace();
  if (!run.error.empty()) return run.error;
  const Goroutines goroutines(scenario.goroutines, trace, run.session->events());
  const Told told{run.session->events(), trace.guest(), goroutines};
  Verdict verdict;
  if (scenario.breaks) {
    judge_break(*scenario.breaks, trace, told, verdict);
  } else {
    judge_invariants(scenario, trace, told, verdict);
  }
  if (!verdict.failures.empty()) return verdict.failures.front().message;
  if (scenario.breaks && !scenario.goes_on()) return {};
  const StopReason expected = scenario.stop.reason;
  const StopReason found = trace.end() == nullptr ? StopReason::budget : trace.end()->reason;
  if (found == expected) return {};
  return {{"the run ends with {found}, not with {expected}", "运行因 {found} 结束，而不是 {expected}"},
          {{"found", name(found)}, {"expected", name(expected)}}};
}

std::vector<TextEdit> update_edits(const LoadedScenario& loaded, const ScenarioRun& run) {
  return Updater(loaded, run).edits();
}

}  // namespace gogoscope
