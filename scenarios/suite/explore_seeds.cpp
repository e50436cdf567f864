#include "scenarios/suite/explore_seeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <new>
#include <set>

#include "asm/text/printable.h"
#include "emu/layout/goroutines.h"
#include "scenarios/format/cases.h"
#include "scenarios/run/explore.h"
#include "scenarios/run/order_end.h"
#include "scenarios/run/runner.h"
#include "scenarios/suite/run_case.h"

namespace gogoscope {
namespace {

Text shown(const Text& text) { return {printable_lines(text.en), printable_lines(text.zh)}; }

RunEnd end_in_words(const ScenarioRun& run) {
  const OrderEnd end = end_of(run);
  return {std::string(end_verdict(end)), shown(end_sentence(end).text()), printable_lines(end_detail(end)),
          order_of(*run.session)};
}

/// The cases that a scenario's sample consists of.
class Sample {
 public:
  Sample(const Scenario& scenario, const SeedSample& sample) : scenario_(in_any_order(scenario)) {
    for (std::uint64_t seed = 1; seed <= sample.seeds; ++seed) {
      MatrixCase one{fmt::format("seed={}, quantum={}", seed, sample.quantum), scenario_};
      if (!scenario.case_name.empty()) one.name = scenario.case_name + ", " + one.name;
      one.machine.turns = turns_of(sample, seed);
      cases_.push_back({scenario.path, fmt::format("{} [{}]", scenario.name, one.name), one.name, {}});
      by_name_.emplace(cases_.back().matrix, std::move(one));
    }
    scenario_.cases.clear();
  }

  const std::vector<Case>& cases() const { return cases_; }

  CaseResult run(const Case& one, Language language) const try {
    // The scenario was read and assembled before: another order brings no errors.
    const auto loaded = load_scenario(in_case(scenario_, by_name_.at(one.matrix)));
    const auto& it = std::get<LoadedScenario>(loaded);
    const ScenarioRun run = run_scenario(it);
    CaseResult out = judged_case(one, it, run, language);
    out.end = end_in_words(run);
    return out;
  } catch (const std::bad_alloc&) {
    return broken_case(one, out_of_memory(), language);
  }

 private:
  Scenario scenario_;
  std::vector<Case> cases_;
  std::map<std::string, MatrixCase> by_name_;
};

/// What did not hold first. A bad end is told by itself.
std::optional<CaseFailure> first_beside_the_end(const CaseResult& one) {
  if (one.failures.empty() || one.failures.front().key.empty()) return std::nullopt;
  const CaseFailure& first = one.failures.front();
  const bool is_end = one.end && (first.got == one.end->sentence.en || first.got == one.end->sentence.zh);
  return is_end ? std::nullopt : std::optional(first);
}

/// Whether what was found is the same wherever it came about: a value of the end, not a step.
bool tells_what_came_out(const CaseFailure& failure) {
  return failure.key == "output" || failure.key == "finally";
}

bool same_outcome(const SeedsExplored::Outcome& one, const SeedsExplored::Outcome& other) {
  if (one.verdict != other.verdict || one.end.reason != other.end.reason ||
      one.end.sentence != other.end.sentence || one.first.has_value() != other.first.has_value())
    return false;
  if (!one.first) return true;
  const CaseFailure &a = *one.first, &b = *other.first;
  return a.file == b.file && a.line == b.line && a.column == b.column && a.key == b.key &&
         (!tells_what_came_out(a) || a.got == b.got);
}

void add(std::uint64_t seed, const CaseResult& result, SeedsExplored& out) {
  SeedsExplored::Outcome one{
      result.verdict, result.end.value_or(RunEnd()), first_beside_the_end(result), {seed}};
  if (result.verdict == CaseVerdict::broken) {
    const std::string why = result.failures.empty() ? "" : result.failures.front().message;
    one.end.sentence = Text::untranslated(why);
    one.first.reset();
    ++out.broken;
  }
  if (one.first && !tells_what_came_out(*one.first)) one.first->got.clear();
  const auto known =
      std::ranges::find_if(out.outcomes, [&](const auto& other) { return same_outcome(one, other); });
  if (known == out.outcomes.end()) {
    out.outcomes.push_back(std::move(one));
  } else {
    known->seeds.push_back(seed);
  }
  if (result.verdict == CaseVerdict::failed && !out.failure) out.failure = {seed, result};
}

}  // namespace

std::vector<std::uint64_t> SeedsExplored::failing() const {
  std::vector<std::uint64_t> out;
  for (const Outcome& outcome : outcomes) {
    if (outcome.verdict == CaseVerdict::failed)
      out.insert(out.end(), outcome.seeds.begin(), outcome.seeds.end());
  }
  std::ranges::sort(out);
  return out;
}

std::uint64_t order_of(Session& session) {
  const Image& state = session.cursor().state();
  std::set<int> system;
  const Entities entities(session.guest(), state);
  for (const Entity& one : entities.all()) {
    if (one.kind == Entity::Kind::g && !one.system &&
        goroutine_kind(session.guest(), state, one) == GoroutineKind::system)
      system.insert(one.index);
  }
  std::string order;
  for (const Event& event : session.events()) {
    if (const auto* const change = event.as<StatusChange>();
        change != nullptr && change->g.is_ordinary() && !system.contains(change->g.number)) {
      order += fmt::format("g{} {} {};", change->g.number, change->from, change->to);
    } else if (const auto* const write = event.as<Write>()) {
      order += fmt::format("{} {} {};", write->fd, write->text.size(), write->text);
    }
  }
  return std::hash<std::string>()(order);
}

Turns turns_of(const SeedSample& sample, std::uint64_t seed) {
  Turns out;
  out.kind = Turns::Kind::seed;
  out.seed = seed;
  out.quantum = sample.quantum;
  return out;
}

SeedsExplored explore_seeds(const Scenario& scenario, const SeedSample& sample, const SuiteOptions& options,
                            const SuiteWatcher& watcher, Language language) {
  const Sample runs(scenario, sample);
  const Work work = [&](const Case& one) { return runs.run(one, language); };
  const SuiteResult suite = run_suite(runs.cases(), work, options, watcher, language);
  SeedsExplored out;
  std::set<std::uint64_t> orders;
  for (std::size_t i = 0; i < suite.cases.size(); ++i) {
    const CaseResult& result = suite.cases[i];
    if (result.verdict == CaseVerdict::skipped) continue;
    ++out.ran;
    out.steps += result.steps;
    if (result.end) orders.insert(result.end->order);
    add(i + 1, result, out);
  }
  out.orders = orders.size();
  return out;
}

}  // namespace gogoscope
