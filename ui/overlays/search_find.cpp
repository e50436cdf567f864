// What fits a line that is typed: items by name and by word, fields, events, and the line itself where it is
// a command.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "asm/text/printable.h"
#include "emu/session/command_text.h"
#include "ui/draw.h"
#include "ui/overlays/closeness.h"
#include "ui/overlays/field_search.h"
#include "ui/overlays/fuzzy.h"
#include "ui/overlays/search.h"

namespace gogoscope {
namespace {

const Words kExecute{"Execute: ", "执行："};
const Words kShowIt{"show its code", "显示它的代码"};
const Words kAhead{"ahead, state", "在前方，状态"};
const Words kBehind{"behind, state", "已过去，状态"};
const Words kHere{"here, state", "就在此刻，状态"};
const Words kGoToField{"Show it in memory", "在内存中显示"};
const Words kLastWrite{"Last write", "上一次写入"};
const Words kNextWrite{"Next write", "下一次写入"};
const Words kBookmarkHere{"A bookmark here: ", "在此设书签："};
const Words kWatchIt{"Watch it, or stop watching it", "监视它，或不再监视"};
const Words kBreakOnWrite{"Break on writes", "被写时停下"};

constexpr std::size_t kMostFields = 12;
constexpr std::size_t kMostEventHits = 16;

std::string_view last_word(std::string_view text) {
  const std::size_t space = text.rfind(' ');
  return space == std::string_view::npos ? text : text.substr(space + 1);
}

/// The memory at an address that was typed, "0xc000016fd8".
std::optional<Hit> memory_at(std::string_view typed, const View& view) {
  std::uint64_t address = 0;
  const char* const end = typed.data() + typed.size();
  if (!typed.starts_with("0x") || typed.size() < 3) return std::nullopt;
  const auto [last, error] = std::from_chars(typed.data() + 2, end, address, 16);
  const Region* region = view.guest->map.find(Addr(address), 1);
  if (error != std::errc() || last != end || region == nullptr) return std::nullopt;
  Hit hit;
  hit.kind = HitKind::field;
  hit.title = draw::hex_short(address);
  hit.note = std::string(typed);
  hit.detail = region->name;
  if (const std::string what = view.names->describe(Addr(address)); !what.empty()) hit.detail += " · " + what;
  hit.deed = target_of_memory(Addr(address));
  return hit;
}

/// What says the very word that was typed comes first; among equals the order stays. A line that can be
/// executed stays in front, and what is below a result stays below it.
void closest_first(std::string_view typed, std::vector<Hit>& hits) {
  struct Group {
    Closeness closeness;
    std::vector<Hit> hits;
  };
  std::vector<Group> groups;
  for (Hit& hit : hits) {
    if (!hit.below || groups.empty()) {
      auto close =
          std::min({closeness(typed, hit.title), closeness(typed, hit.note), closeness(typed, hit.also)});
      if (hit.kind == HitKind::execute) close = Closeness::same;
      groups.push_back({close, {}});
    }
    groups.back().hits.push_back(std::move(hit));
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.closeness < b.closeness; });
  hits.clear();
  for (Group& group : groups) std::move(group.hits.begin(), group.hits.end(), std::back_inserter(hits));
}

/// "last write m0.curg" as "last-write m0.curg": a command's name has a dash where people type a space.
/// Nothing where it is not the name of a command that goes on.
std::optional<std::string> with_dash(std::string_view typed) {
  const std::size_t first = typed.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : typed.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  std::string joined(typed);
  joined[first] = '-';
  const CommandInfo* const command = command_by_name(std::string_view(joined).substr(0, second));
  if (command == nullptr || command->argument == ArgumentKind::none) return std::nullopt;
  return joined;
}

}  // namespace

void Search::find_items(std::string_view typed, Results& answer) const {
  struct Found {
    const Item* item;
    bool by_name;  ///< not only by a word of its help
    int score;
    std::vector<std::uint16_t> title_at;
    std::vector<std::uint16_t> note_at;
  };
  std::vector<Found> found;
  for (const Item& item : items_) {
    auto title = fuzzy(typed, item.hit.title);
    auto note = item.hit.note.empty() ? std::nullopt : fuzzy(typed, item.hit.note);
    if (title && note && !typed.empty()) (title->score >= note->score ? note : title).reset();
    if (title || note) {
      const int score = title ? title->score : note->score;
      found.push_back({&item, true, score, title ? std::move(title->at) : std::vector<std::uint16_t>(),
                       note ? std::move(note->at) : std::vector<std::uint16_t>()});
    } else if (word_matches(typed, item.also)) {
      found.push_back({&item, false, 0, {}, {}});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.by_name != b.by_name ? a.by_name : a.score > b.score;
  });
  for (Found& one : found) {
    Hit& hit = answer.hits.emplace_back(one.item->hit);
    hit.title_at = std::move(one.title_at);
    hit.note_at = std::move(one.note_at);
    if (hit.kind != HitKind::function) continue;
    // The run does not reach every function's start: goexit is never called.
    Hit look = hit;
    look.detail += " · " + kShowIt.str(language_);
    look.deed = one.item->code;
    hit.detail += " · " + words_run_to_it().str(language_);
    answer.hits.push_back(std::move(look));
  }
}

void Search::find_events(std::string_view typed, const View& view, Results& answer) const {
  const auto distance = [&](std::uint64_t state) {
    return state > view.position ? state - view.position : view.position - state;
  };
  std::vector<std::pair<std::uint64_t, const EventGroup*>> found;
  for (const EventGroup& group : events_) {
    if (!word_matches(typed, group.text)) continue;
    if (group.ahead) found.emplace_back(*group.ahead, &group);
    if (group.behind) found.emplace_back(*group.behind, &group);
  }
  std::stable_sort(found.begin(), found.end(),
                   [&](const auto& a, const auto& b) { return distance(a.first) < distance(b.first); });
  if (found.size() > kMostEventHits) {
    found.resize(kMostEventHits);
    answer.more = true;
  }
  for (const auto& [state, group] : found) {
    const Words& where = state == view.position ? kHere : state > view.position ? kAhead : kBehind;
    Hit& hit = answer.hits.emplace_back();
    hit.kind = HitKind::event;
    hit.title = group->text;
    hit.detail = where.str(language_) + " " + std::to_string(state);
    if (group->count > 1) hit.detail += " · ×" + std::to_string(group->count);
    hit.deed = Command{CommandId::run_to, Where::at_state(state)};
    hit.title_at = *word_matches(typed, group->text);
  }
}

Results Search::find(std::string_view typed, const View& view) const {
  Results answer;
  const std::optional<std::string> dashed = with_dash(typed);
  if (dashed) typed = *dashed;
  const std::string_view text = trimmed(typed);
  const std::size_t space = text.find(' ');
  const CommandInfo* const command = command_by_name(text.substr(0, space));
  const std::string_view argument =
      space == std::string_view::npos ? std::string_view() : trimmed(text.substr(space));
  const bool wants = command != nullptr && command->argument != ArgumentKind::none &&
                     (space != std::string_view::npos || typed.back() == ' ');

  // A name for this moment is whatever is typed after "bookmark".
  const std::string_view name_of_bookmark = info(ActionId::bookmark).name;
  if (text.substr(0, space) == name_of_bookmark && (!argument.empty() || typed.back() == ' ')) {
    Hit& hit = answer.hits.emplace_back();
    hit.kind = HitKind::execute;
    // "NAME | NOTE": what is after the bar is for the speaker.
    const std::size_t bar = argument.find('|');
    const std::string_view given = trimmed(argument.substr(0, bar));
    const std::string name(given.empty() ? to_string(place_of(view.pc(), view.guest->code)) : given);
    const std::string note(bar == std::string_view::npos ? "" : trimmed(argument.substr(bar + 1)));
    hit.title = kBookmarkHere.str(language_) + on_one_line(name);
    if (!note.empty()) hit.detail = on_one_line(note);
    hit.deed = NewBookmark{name, note};
    return answer;
  }

  // The line itself, where it says something to execute.
  const Code& code = view.guest->code;
  auto parsed = parse_command(text, code);
  const Command* line = std::get_if<Command>(&parsed);
  const bool bare_place = line == nullptr && text.find_first_of("+#:") != std::string_view::npos;
  const auto place = parse_command(CommandId::run_to, text, code);
  if (bare_place && place.index() == 0 && view.session->problem(std::get<Command>(place)).empty())
    line = &std::get<Command>(place);
  // After its "=" the value is what comes next; nothing is wrong yet.
  const bool value_comes = command != nullptr && command->id == CommandId::edit && argument.ends_with('=');
  if (line == nullptr && wants && !argument.empty() && !value_comes)
    answer.problem = std::get<Message>(parsed).in(language_);
  if (line != nullptr && info(line->id).argument != ArgumentKind::none) {
    answer.problem = view.session->problem(*line).in(language_);
    if (answer.problem.empty()) {
      Hit& hit = answer.hits.emplace_back();
      hit.kind = HitKind::execute;
      hit.title = kExecute.str(language_) + to_string(*line);
      hit.detail = help(info(line->id), language_);
      hit.deed = *line;
    }
  }

  if (wants) {
    find_argument(*command, argument, view, answer);
    // What is only begun is not wrong yet.
    if (!answer.hits.empty()) answer.problem.clear();
  } else {
    if (const auto memory = memory_at(text, view)) answer.hits.push_back(*memory);
    bool first = true;
    for (const FieldHit& field : find_fields(last_word(text), view, kMostFields)) {
      answer.hits.push_back(hit_of(field, target_of_field(field.path, field.addr, field.size)));
      if (!std::exchange(first, false)) continue;
      const auto add = [&](const Words& words, CommandId id) {
        Hit& hit = answer.hits.emplace_back();
        hit.kind = HitKind::field;
        hit.title = words.str(language_);
        hit.note = std::string(info(id).name) + " " + field.path;
        hit.deed = Command{id, FieldPath{field.path}};
        hit.below = true;
      };
      answer.hits.back().detail += " · " + kGoToField.str(language_);
      add(kLastWrite, CommandId::last_write);
      add(kNextWrite, CommandId::next_write);
      add(kBreakOnWrite, CommandId::toggle_break);
      Hit& hit = answer.hits.emplace_back();
      hit.kind = HitKind::field;
      hit.title = kWatchIt.str(language_);
      hit.note = field.path;
      hit.deed = PlaceToWatch{field.path};
      hit.below = true;
    }
    find_items(text, answer);
    if (!text.empty()) find_events(text, view, answer);
    closest_first(text, answer.hits);
  }
  if (answer.hits.size() > kMostHits) {
    answer.hits.resize(kMostHits);
    answer.more = true;
  }
  // That a word is not a command need not be said while something else fits it.
  if (answer.hits.empty() && answer.problem.empty() && !wants && line == nullptr)
    answer.problem = std::get<Message>(parsed).in(language_);
  return answer;
}

}  // namespace gogoscope
