#include "scenarios/rewrite/updated_events.h"

#include <algorithm>
#include <map>

#include "emu/history/event_info.h"
#include "scenarios/format/read_events.h"
#include "scenarios/format/read_grade.h"
#include "scenarios/run/judge_events.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostPairs = 20'000'000;  // of an expected event and one that comes
constexpr int kGone = 7;                        // the cost of an event that is taken out
constexpr int kNone = 1'000'000;

int cost_of(EventWord word) {
  switch (word) {
    case EventWord::g:
      return 3;
    case EventWord::m:
      return 1;
    default:
      return 2;
  }
}

class Alignment {
 public:
  Alignment(const std::vector<ExpectedEvent>& expected, const Told& told)
      : expected_(expected), told_(told) {}

  /// For each expected event the one that it becomes; -1: it goes.
  std::vector<std::ptrdiff_t> cheapest() {
    const std::size_t rows = expected_.size(), columns = told_.events.size();
    enum Choice : char { kSkip, kTake, kDrop };
    std::vector<char> choice(rows * (columns + 1), kDrop);
    std::vector<int> below(columns + 1, 0), here(columns + 1);
    for (std::size_t i = rows; i-- > 0;) {
      here[columns] = below[columns] + kGone;
      for (std::size_t j = columns; j-- > 0;) {
        char& chosen = choice[i * (columns + 1) + j];
        here[j] = below[j] + kGone;
        if (here[j + 1] < here[j]) {
          here[j] = here[j + 1];
          chosen = kSkip;
        }
        // The first of several that are as good.
        if (const int take = below[j + 1] + cost(expected_[i], told_.events[j]); take <= here[j]) {
          here[j] = take;
          chosen = kTake;
        }
      }
      std::swap(here, below);
    }
    std::vector<std::ptrdiff_t> out;
    std::size_t j = 0;
    while (out.size() < rows) {
      const char chosen = choice[out.size() * (columns + 1) + j];
      if (chosen == kDrop) out.push_back(-1);
      if (chosen == kTake) out.push_back(static_cast<std::ptrdiff_t>(j));
      if (chosen != kDrop) ++j;
    }
    return out;
  }

  bool agrees(const ExpectedEvent& expected, std::string_view key, const Event& event) const {
    ExpectedEvent one{expected.type, {}, {}};
    one.fields[std::string(key)] = expected.fields.at(std::string(key));
    return matches(one, event, told_.guest, [&](std::string_view name, std::uint64_t step) {
      return told_.goroutines.at_step(name, step);
    });
  }

 private:
  int cost(const ExpectedEvent& expected, const Event& event) const {
    if (expected.type != event.type()) return kNone;
    int sum = 0;
    bool some = expected.fields.empty();
    for (const EventField& field : info(expected.type).fields) {
      if (!expected.fields.contains(std::string(field.key))) continue;
      const bool same = agrees(expected, field.key, event);
      some = some || same || field.word == EventWord::code;  // an exit is an exit
      if (!same) sum += cost_of(field.word);
    }
    return some ? sum : kNone;
  }

  const std::vector<ExpectedEvent>& expected_;
  const Told& told_;
};

/// The lines of an item of a block list, with its dash.
std::optional<TextEdit> without_item(const YamlSource& source, const YamlNode& item) {
  const std::size_t at = source.at(item.mark), start = source.line_start(at);
  const std::string_view before = source.text().substr(start, at - start);
  const std::optional<std::size_t> end = source.end_of(item);
  if (!end || before.find_first_not_of(" -") != std::string_view::npos) return std::nullopt;
  return TextEdit{start, source.line_end(*end) - start, ""};
}

}  // namespace

std::vector<TextEdit> update_events(const Scenario& scenario, const Trace& trace, const Told& told,
                                    const YamlSource& source) {
  Verdict verdict;
  judge_events(scenario, trace, told, verdict);
  const YamlNode* const list = source.root().find("events");
  std::vector<ExpectedEvent> own;
  for (const ExpectedEvent& one : scenario.events) {
    if (one.mark.file == 0) own.push_back(one);
  }
  const bool mixed = own.size() != scenario.events.size();  // those of included files cannot follow
  if (verdict.failures.empty() || list == nullptr || mixed || list->items.size() != own.size()) return {};
  if (own.size() * (told.events.size() + 1) > kMostPairs) return {};
  Alignment alignment(own, told);
  const std::vector<std::ptrdiff_t> becomes = alignment.cheapest();
  std::vector<TextEdit> out;
  std::size_t gone = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const YamlNode& item = list->items[i];
    if (becomes[i] < 0) {
      const bool stays = source.is_flow(*list) || item.find("points") != nullptr;
      const std::optional<TextEdit> edit = stays ? std::nullopt : without_item(source, item);
      if (!edit || ++gone == own.size()) return {};  // a list of nothing says nothing
      out.push_back(*edit);
      continue;
    }
    const Event& event = told.events[static_cast<std::size_t>(becomes[i])];
    const auto entry =
        std::ranges::find_if(item.entries, [](const YamlEntry& e) { return !is_of_grade(e.key.value); });
    for (const YamlEntry& field : entry->value.entries) {
      if (alignment.agrees(own[i], field.key.value, event)) continue;
      std::string word = word_of(event, field.key.value, EventNaming{told.guest});
      // A goroutine that has a name goes by it.
      for (const NamedGoroutine& named : scenario.goroutines) {
        if (told.goroutines.at_step(named.name, event.step) == word) word = named.name;
      }
      if (const std::optional<TextEdit> edit = source.replaced(field.value, word)) out.push_back(*edit);
    }
  }
  return out;
}

}  // namespace gogoscope
