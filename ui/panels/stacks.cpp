#include "ui/panels/stacks.h"

#include <algorithm>

#include "emu/layout/stacks.h"
#include "emu/layout/views.h"
#include "emu/session/views/unset_locals.h"
#include "scenarios/told/stack_words.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kNotSet{": not set yet", "：尚未赋值"};
const Words kSavedBp{"saved BP", "保存的 BP"};
const Words kSavedBpNone{"saved BP: none", "保存的 BP：无"};
const Words kSavedBpInto{"saved BP →", "保存的 BP →"};
const Words kForged{kForgedReturn.en, kForgedReturn.zh};

std::string saved_bp_label(const View& view, const StackRef& stack, std::uint64_t value, Language language) {
  if (value == 0) return kSavedBpNone.str(language);
  const auto other = view.names->stack_with_word(Addr(value));
  if (stack.holds_word(Addr(value)) || !other) return kSavedBp.str(language);
  return kSavedBpInto.str(language) + " " + other->owner->short_name;
}

/// What a word is and what it holds, short enough to be beside it.
StackLabel label_of(const View& view, const StackRef& stack, const StackCell& word, Language language) {
  const Names& names = *view.names;
  StackLabel label;
  std::string means;
  if (word.value != 0 && !word.narrow) means = names.meaning(word.value);
  if (!means.empty()) label.target = target_of_value_in(view, word.value, draw::hex_short(word.addr.value()));
  const std::string_view short_means = short_function_name(means);
  switch (word.role) {
    case WordRole::forged_return:
      label.note = kForged.in(language);
      [[fallthrough]];
    case WordRole::return_address:
      if (!means.empty()) label.text.append("→ ").append(short_means);
      break;
    case WordRole::saved_bp:
      label.text = saved_bp_label(view, stack, word.value, language);
      break;
    case WordRole::frame_var:
      // An argument is above the return address, among the words of the caller.
      if (word.var->offset > 0) {
        label.scope = std::string(short_function_name(word.function->name)).append(".");
      }
      label.text = word.var->name;
      // A pointer into a stack is known by its digits.
      if (!means.empty() && !names.points_into_stack(word.value))
        label.text.append(" = ").append(short_means);
      break;
    case WordRole::none:
    case WordRole::plain:
      label.text = short_means;
      // "in g1's stack, hi-168", as short as a column needs it.
      if (names.points_into_stack(word.value)) {
        const auto other = names.stack_with_word(Addr(word.value));
        label.text = other->owner->short_name + " hi-" + std::to_string(other->hi - Addr(word.value));
      }
      break;
  }
  return label;
}

StackColumn column_of(const View& view, const Entity& g, const std::vector<Addr>& unset, Language language) {
  StackColumn column;
  static_cast<StackView&>(column) = stack_view(view, g);
  const StackRef stack{&g, column.lo, column.hi};
  for (const StackCell& word : column.words) {
    StackLabel& label = column.labels.emplace_back(label_of(view, stack, word, language));
    if (word.var == nullptr || word.frame != 0) continue;
    label.unset = std::any_of(unset.begin(), unset.end(),
                              [&](Addr at) { return at >= word.addr && at < word.addr + 8; });
    // What the word holds is what a former call left there.
    if (label.unset) label.text = std::string(word.var->name) + kNotSet.str(language);
  }
  return column;
}

bool lists(const StackColumn& column, Addr addr) {
  return std::ranges::any_of(
      column.words, [&](const StackCell& word) { return addr >= word.addr && addr < word.addr + 8; });
}

}  // namespace

void StacksPanel::rebuild(const View& view, const UiState& ui) {
  columns_[0] = StackColumn();
  columns_[1] = StackColumn();
  const Entities& entities = view.names->entities();
  const Entity* m = view.current_m();
  if (m == nullptr) return;
  const std::vector<Addr> unset = unset_locals(view);
  const MView fields(view.guest->release->layout, view.state(), {m->addr});
  if (const Entity* g0 = entities.at(fields.g0().addr, Entity::Kind::g)) {
    columns_[0] = column_of(view, *g0, unset, ui.language);
  }
  if (const Entity* g = view.goroutine(ui.selected_g)) {
    columns_[1] = column_of(view, *g, unset, ui.language);
    columns_[1].pinned = g->addr == ui.selected_g;
  }
  if (!view.executed) return;
  for (const Store& store : view.executed->stores) {
    const auto stack = view.names->stack_with_word(store.addr);
    if (!stack) continue;
    const std::string& owner = stack->owner->short_name;
    const std::string word = draw::hex_tail(store.addr.value());
    const auto shown = std::ranges::find(columns_, owner, &StackColumn::name);
    if (shown == std::end(columns_)) {
      columns_[1].news = owner + " " + word;
      columns_[1].news_target = target_of_entity(*stack->owner);
    } else if (!lists(*shown, store.addr)) {
      // A word of a deep frame, further from SP than what is listed.
      shown->news = word;
      shown->news_target = target_of_memory(store.addr);
    }
  }
}

void StacksPanel::draw(Frame& frame, Rect rect) {
  frame.press.group("stacks");
  frame.widgets.note("panel.stacks", rect);
  const float gutter = frame.px(draw::kGutter);
  const float middle = (rect.min.x + rect.max.x) / 2;
  draw_stack_column(frame, columns_[0], {rect.min, {middle - gutter / 2, rect.max.y}}, "stack.g0",
                    Color::blue);
  draw_stack_column(frame, columns_[1], {{middle + gutter / 2, rect.min.y}, rect.max}, "stack.g",
                    Color::green);
}

}  // namespace gogoscope
