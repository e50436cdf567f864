#include "scenarios/told/narrated_step.h"

#include <fmt/format.h>

#include "emu/guest/thread_table.h"
#include "emu/layout/views.h"
#include "scenarios/format/expression.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/narration_words.h"

namespace gogoscope {

NarratedStep::NarratedStep(const Guest& guest, const StateView& before, const StateView& after,
                           const Step& step, const std::vector<Event>& events, Language language,
                           StepNames names)
    : guest_(guest),
      before_(before),
      after_(after),
      step_(step),
      events_(events),
      language_(language),
      known_(names) {}

const Names& NarratedStep::names() const {
  if (known_.after != nullptr) return *known_.after;
  if (!names_) names_.emplace(guest_, after_, name_words(language_));
  return *names_;
}

const Names& NarratedStep::names_before() const {
  if (known_.before != nullptr) return *known_.before;
  if (!names_before_) names_before_.emplace(guest_, before_, name_words(language_));
  return *names_before_;
}

std::string NarratedStep::p_of_m() const {
  const Entities& entities = names().entities();
  const Entity* m = entities.find(fmt::format("m{}", static_cast<int>(step_.thread)));
  if (m == nullptr) return "";
  for (const StateView* state : {&after_, &before_}) {
    const Entity* p = entities.at(MView(guest_.release->layout, *state, {m->addr}).p().addr, Entity::Kind::p);
    if (p != nullptr) return p->name;
  }
  return "";
}

std::string NarratedStep::of_the_edit(std::string_view key) const {
  const EditWords words = edit_words(step_, guest_, names_before(), names());
  return key == "what" ? words.what : key == "from" ? words.from : words.to;
}

std::string NarratedStep::of_the_step(std::string_view key) const {
  if (step_.kind == StepKind::edit && (key == "what" || key == "from" || key == "to"))
    return of_the_edit(key);
  if (key == "g") return g_in_question(guest_, before_, after_, names());
  if (key == "m") return fmt::format("m{}", static_cast<int>(step_.thread));
  if (key == "next") return fmt::format("m{}", static_cast<int>(step_.next_thread));
  if (key == "p") return p_of_m();
  if (key == "clock") {
    const auto table = ThreadTable::of(guest_);
    return table ? duration_text(table->clock(after_)) : "";
  }
  if (key == "target") return guest_.code.symbolize(after_.pc());
  if (key == "function") {
    const Function* function = guest_.code.function_at(step_.pc);
    return function == nullptr ? "" : function->name;
  }
  if (key == "detail" && step_.stop) return step_.stop->detail.in(language_);
  if (key == "code" && step_.stop) return fmt::format("{}", step_.stop->exit_code);
  if (const auto reg = reg_by_name(key)) return plain_words(after_.reg(*reg), guest_, names());
  return "";
}

std::string NarratedStep::word(std::string_view key, const Event* event) const {
  if (event != nullptr) {
    std::string of_event = narrated_word(*event, key, {guest_, language_});
    return of_event.empty() ? of_the_step(key) : of_event;
  }
  const Event* first = events_.empty() ? nullptr : &events_.front();
  if (first == nullptr) return of_the_step(key);
  if (key != "g") {
    std::string of_step = of_the_step(key);
    if (!of_step.empty()) return of_step;
  }
  std::string of_event = narrated_word(*first, key, {guest_, language_});
  return of_event.empty() ? of_the_step(key) : of_event;
}

bool NarratedStep::holds(std::string_view claim, const Event* event) const {
  bool complete = true;
  const std::string text = fill(claim, [&](std::string_view key) {
    std::string value = word(key, event);
    complete = complete && !value.empty();
    return value;
  });
  if (!complete) return false;
  const auto parsed = parse_claim(text, guest_.release->layout);
  if (parsed.index() == 1) return false;
  const Moment after{&after_, &names()};
  const bool looks_back = text.find("before.") != std::string::npos;
  const Moment before = looks_back ? Moment{&before_, &names_before()} : after;
  return gogoscope::holds(std::get<0>(parsed), guest_, before, after);
}

}  // namespace gogoscope
