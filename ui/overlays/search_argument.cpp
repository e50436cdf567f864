// What fits as the argument of a command whose name is typed: registers, fields, structs, Ms, futures,
// functions.
#include <algorithm>
#include <utility>

#include "ui/branch_text.h"
#include "ui/draw.h"
#include "ui/overlays/field_search.h"
#include "ui/overlays/fuzzy.h"
#include "ui/overlays/search.h"

namespace gogoscope {
namespace {

const Words kBackToIt{"back to it", "退回到它"};

/// Registers that an edit may name, best first.
void find_registers(std::string_view typed, const View& view, Results& answer) {
  std::vector<std::pair<int, Hit>> found;
  for (int i = 0; i < kRegCount; ++i) {
    const Reg reg = static_cast<Reg>(i);
    auto match = fuzzy(typed, name(reg));
    if (!match) continue;
    Hit hit;
    hit.kind = HitKind::reg;
    hit.title = name(reg);
    hit.detail = "= " + draw::hex_short(view.state().reg(reg));
    hit.title_at = std::move(match->at);
    hit.deed = FillIn{"edit " + hit.title + " = "};
    found.emplace_back(match->score, std::move(hit));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [score, hit] : found) answer.hits.push_back(std::move(hit));
}

}  // namespace

const Words& words_run_to_it() {
  static const Words words{"run to it", "运行到它"};
  return words;
}

Hit hit_of(const FieldHit& field, Deed deed) {
  Hit hit;
  hit.kind = HitKind::field;
  hit.title = field.path;
  hit.detail = field.type;
  if (!field.value.empty()) hit.detail += " = " + field.value;
  hit.title_at = field.at;
  hit.deed = std::move(deed);
  return hit;
}

void Search::find_functions(std::string_view typed, CommandId id, Results& answer) const {
  const Words* const words = id == CommandId::run_to    ? &words_run_to_it()
                             : id == CommandId::back_to ? &kBackToIt
                                                        : nullptr;
  std::vector<std::pair<int, Hit>> found;
  for (const Item& item : items_) {
    if (item.hit.kind != HitKind::function) continue;
    auto match = fuzzy(typed, item.hit.title);
    if (!match) continue;
    Hit hit = item.hit;
    if (words != nullptr) hit.detail += " · " + words->str(language_);
    hit.title_at = std::move(match->at);
    Place place{.function = hit.title};
    if (id == CommandId::run_to) {
      hit.deed = Command{id, Where::at_place(std::move(place))};
    } else {
      hit.deed = Command{id, std::move(place)};
    }
    found.emplace_back(match->score, std::move(hit));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [score, hit] : found) answer.hits.push_back(std::move(hit));
}

void Search::find_argument(const CommandInfo& command, std::string_view argument, const View& view,
                           Results& answer) const {
  answer.wants = &command;
  const bool edits = command.argument == ArgumentKind::assignment;
  if (edits && argument.find('=') != std::string_view::npos) return;
  if (edits) find_registers(argument, view, answer);
  const bool breaks =
      command.argument == ArgumentKind::break_spot || command.argument == ArgumentKind::breakpoint;
  const std::string name(command.name);
  if (command.argument == ArgumentKind::field || breaks || edits) {
    for (const FieldHit& field : find_fields(argument, view, kMostHits)) {
      answer.hits.push_back(edits ? hit_of(field, FillIn{name + " " + field.path + " = "})
                                  : hit_of(field, Command{command.id, FieldPath{field.path}}));
    }
    for (const Item& item : items_) {
      if (item.hit.kind != HitKind::structure || argument.find('.') != std::string_view::npos) continue;
      auto match = fuzzy(argument, item.hit.title);
      if (!match) continue;
      Hit& hit = answer.hits.emplace_back(item.hit);
      hit.deed = FillIn{name + " " + hit.title + "."};
      hit.title_at = std::move(match->at);
    }
  }
  if (command.argument == ArgumentKind::m) {
    for (const Item& item : items_) {
      const Entity* m = view.names->entities().find(item.hit.title);
      if (m == nullptr || m->kind != Entity::Kind::m) continue;
      auto match = fuzzy(argument, item.hit.title);
      if (!match) continue;
      Hit& hit = answer.hits.emplace_back(item.hit);
      hit.deed = Command{command.id, MId{m->index}};
      hit.title_at = std::move(match->at);
    }
  }
  if (command.argument == ArgumentKind::branch) {
    for (auto branch = view.branches.rbegin(); branch != view.branches.rend(); ++branch) {
      Hit& hit = answer.hits.emplace_back();
      hit.kind = HitKind::command;
      hit.title = std::to_string(branch->id);
      hit.detail = branch_text(*branch, language_);
      hit.deed = Command{command.id, BranchId{branch->id}};
    }
  }
  if (command.argument == ArgumentKind::where || command.argument == ArgumentKind::place || breaks)
    find_functions(argument, command.id, answer);
}

}  // namespace gogoscope
