#include "ui/horizon.h"

#include <algorithm>
#include <array>

#include "ui/text.h"

namespace gogoscope {
namespace {

const Words kHidden{"# Hidden while a question is open.", "# 有问题未回答时不显示。"};

/// Sections that say what runs; the others say, or may say, what comes of it.
constexpr std::array<std::string_view, 19> kShown = {
    "title",  "about",  "include", "go",         "procs",      "schedule", "clock", "build", "sysmon", "heap",
    "budget", "matrix", "bodies",  "submission", "goroutines", "listings", "set",   "ticks", "start"};

}  // namespace

std::string without_answers(const std::string& scenario, std::string_view remark) {
  std::string out;
  bool shown = true;
  for (std::size_t at = 0; at < scenario.size();) {
    const std::size_t end = std::min(scenario.find('\n', at), scenario.size());
    const std::string_view line = std::string_view(scenario).substr(at, end - at);
    const bool begins = !line.empty() && line.front() != ' ' && line.front() != '#' && line.front() != '-';
    if (begins) {
      const std::string_view key = line.substr(0, line.find(':'));
      shown = std::ranges::find(kShown, key) != kShown.end();
      if (!shown) out.append(key).append(": ").append(remark);
    }
    if (shown) out.append(line);
    out += '\n';
    at = end + 1;
  }
  return out;
}

void Horizon::hide_beyond(View& view, std::uint64_t state) {
  view.hidden = true;
  view.steps = std::min(view.steps, state);
  if (made_for_ != state) {
    made_for_ = state;
    const auto& all = *view.record_events;
    const auto end =
        std::ranges::partition_point(all, [&](const Event& event) { return event.step < state; });
    events_.assign(all.begin(), end);
  }
  view.record_events = &events_;
  std::erase_if(view.branches, [&](const RunBranch& branch) { return branch.from > state; });
  if (view.scenario_text == nullptr || view.scenario_text->empty()) return;
  if (text_of_ != view.scenario_text) {
    text_of_ = view.scenario_text;
    // In English: the file's own language.
    text_ = without_answers(*text_of_, kHidden.en);
  }
  view.scenario_text = &text_;
}

}  // namespace gogoscope
