#include "scenarios/run/fill_question.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/printable.h"
#include "emu/layout/describe.h"
#include "emu/session/arrival.h"
#include "scenarios/format/read_events.h"
#include "scenarios/run/moments.h"

namespace gogoscope {
namespace {

using Kind = PlannedQuestion::Kind;

bool executes(const Step& step) { return step.kind == StepKind::instruction || step.kind == StepKind::slot; }

/// "after the next step", as a part of a question.
Message when(const PlannedMoment& moment) {
  switch (moment.kind) {
    case PlannedMoment::Kind::step:
      return {{"after the next step", "下一步之后"}};
    case PlannedMoment::Kind::line:
      return {{"at the start of the next line", "到下一行开头时"}};
    case PlannedMoment::Kind::stop:
    case PlannedMoment::Kind::where:
      break;
  }
  if (moment.where.kind == Where::Kind::end) return {{"at the end of the run", "运行结束时"}};
  if (moment.where.place.counted)
    return {{"when the PC is at {place}", "PC 到 {place} 时"}, {{"place", moment.text}}};
  return {{"when the PC is next at {place}", "PC 下一次到 {place} 时"}, {{"place", moment.text}}};
}

/// A sum as a file would have it, with gs in the place of names.
std::string spelled(const Sum& sum) {
  std::string out;
  for (const Term& term : sum.terms) {
    if (term.negative || !out.empty()) out += term.negative ? " - " : " + ";
    switch (term.kind) {
      case Term::Kind::memory:
        out += "[" + spelled(*term.inner) + "]";
        break;
      case Term::Kind::first:
        out += "first(" + term.name + ")";
        break;
      case Term::Kind::last:
        out += "last(" + term.name + ")";
        break;
      default:
        out += term.name;
    }
  }
  return out;
}

/// What a question is about, for its id.
std::string subject(const PlannedQuestion& plan) {
  std::string out;
  const auto add = [&out](const std::string& one) { out += (out.empty() ? "" : ", ") + one; };
  if (plan.kind == Kind::which) add(plan.text.en.source);
  for (const PlannedValue& value : plan.values) add(value.text);
  for (const ExpectedEvent& event : plan.events) add(to_string(event));
  return out;
}

}  // namespace

std::optional<std::uint64_t> QuestionFiller::number(const Sum& sum, const FileMark& mark, const Cursor& now) {
  const auto bound = told_.goroutines.bound(sum, now.position());
  std::variant<std::uint64_t, Message> value = std::uint64_t{0};
  if (const auto* const why = std::get_if<Message>(&bound)) {
    value = *why;
  } else {
    const Names then(told_.guest, stop_.state()), names(told_.guest, now.state());
    value = evaluate(std::get<Sum>(bound), told_.guest, Moment{&stop_.state(), &then},
                     Moment{&now.state(), &names});
  }
  if (const auto* const why = std::get_if<Message>(&value)) {
    problem(mark,
            {{"{value} has no value in state {state}: {why}", "{value} 在状态 {state} 没有值：{why}"},
             {{"value", sum.text}, {"state", now.position()}, {"why", *why}}},
            now);
    return std::nullopt;
  }
  return std::get<std::uint64_t>(value);
}

std::optional<std::string> QuestionFiller::value(const Sum& sum, const FileMark& mark, const Cursor& now) {
  const auto found = number(sum, mark, now);
  if (!found) return std::nullopt;
  const auto bound = told_.goroutines.bound(sum, now.position());
  return value_in_text(std::get<Sum>(bound), *found, told_.guest, now.state());
}

Text QuestionFiller::text(const ValueTexts& texts, const Cursor& now) {
  Text out;
  for (const auto& [text, to] : {std::pair(&texts.en, &out.en), {&texts.zh, &out.zh}}) {
    for (std::size_t i = 0; i < text->words.size(); ++i) {
      *to += text->words[i];
      if (i == text->values.size()) break;
      const ValueText::Value& one = text->values[i];
      *to += one.sum.terms.empty() ? std::to_string(now.position())
                                   : value(one.sum, one.mark, now).value_or("?");
    }
  }
  return out;
}

/// A place without #N is meant as the next time the PC is there.
std::optional<Cursor> QuestionFiller::after(const PlannedMoment& moment, const FileMark& mark) {
  Cursor at = stop_;
  switch (moment.kind) {
    case PlannedMoment::Kind::stop:
      return at;
    case PlannedMoment::Kind::step:
    case PlannedMoment::Kind::line:
      // A turn that goes to another thread executes nothing.
      for (bool moved = false; !at.at_end();) {
        moved = executes(at.next()) || moved;
        at.forward();
        if (moved &&
            (moment.kind == PlannedMoment::Kind::step || told_.guest.code.starts_line(at.state().pc())))
          return at;
      }
      problem(moment.mark, {{"nothing is executed after this stop", "这个停靠点之后不再执行任何东西"}}, at);
      return std::nullopt;
    case PlannedMoment::Kind::where:
      break;
  }
  if (moment.where.kind == Where::Kind::end) {
    at.seek(trace_.steps());
    return at;
  }
  const Place& place = moment.where.place;
  if (place.counted) {
    const std::optional<Cursor> found = arrival_at(place, trace_);
    if (found && found->position() > stop_.position()) return found;
  } else if (const auto addresses = resolve(place, told_.guest.code); addresses.index() == 0) {
    while (at.forward()) {
      if (arrives_at(std::get<0>(addresses), at)) return at;
    }
  }
  problem(moment.mark.line > 0 ? moment.mark : mark,
          {{"the run does not come to {place} after this stop", "这个停靠点之后运行没有到过 {place}"},
           {{"place", moment.text}}},
          stop_);
  return std::nullopt;
}

Text QuestionFiller::asked(const PlannedQuestion& plan) const {
  const Message then = when(plan.after);
  switch (plan.kind) {
    case Kind::value:
      return Message({"What is {value} {then}?", "{then}，{value} 是什么？"},
                     {{"value", plan.values.front().text}, {"then", then}})
          .text();
    case Kind::changes:
      return Message({"Which of these are different {then}?", "{then}，下面哪些变了？"}, {{"then", then}})
          .text();
    case Kind::order:
    case Kind::which:
      break;
  }
  return TextView{"In which order do these come?", "它们按什么顺序出现？"}.text();
}

bool QuestionFiller::which(const PlannedQuestion& plan, const Cursor& after, Question& out) {
  for (const PlannedOption& option : plan.options)
    out.choices.push_back({option.name, text(option.text, stop_)});
  if (plan.answer) {
    out.truth = {*plan.answer};
    return true;
  }
  const Names then(told_.guest, stop_.state()), names(told_.guest, after.state());
  std::vector<std::size_t> right;
  for (std::size_t i = 0; i < plan.picks.size(); ++i) {
    const Comparison& pick = plan.picks[i];
    const auto bound = told_.goroutines.bound(pick, after.position());
    // What an option names need not be there; what is asked for must.
    if (!number(pick.left, plan.answer_mark, after)) return false;
    const bool holds =
        bound.index() == 0 && gogoscope::holds(std::get<Comparison>(bound), told_.guest,
                                               Moment{&stop_.state(), &then}, Moment{&after.state(), &names});
    if (holds) right.push_back(i);
  }
  if (plan.picks.size() == 1) {
    out.truth = {right.empty() ? 1U : 0U};
    return true;
  }
  if (right.size() == 1) {
    out.truth = right;
    return true;
  }
  const auto value = this->value(plan.picks.front().left, plan.answer_mark, after);
  problem(plan.answer_mark,
          {{"{n} of the options are right: {answer} is {value}", "有 {n} 个选项是对的：{answer} 是 {value}"},
           {{"n", right.size()}, {"answer", plan.picks.front().left.text}, {"value", value.value_or("?")}}},
          after);
  return false;
}

bool QuestionFiller::of_values(const PlannedQuestion& plan, const Cursor& after, Question& out) {
  for (std::size_t i = 0; i < plan.values.size(); ++i) {
    const PlannedValue& one = plan.values[i];
    const auto now = number(one.sum, one.mark, stop_), then = number(one.sum, one.mark, after);
    if (!now || !then) return false;
    if (plan.kind == Kind::value) {
      // Answers are judged by a reader who knows no names of this file.
      const auto bound = told_.goroutines.bound(one.sum, after.position());
      const auto shown = value(one.sum, one.mark, after);
      if (bound.index() == 1 || !shown) return false;
      out.asked = spelled(std::get<Sum>(bound));
      out.value = *then;
      out.value_text = *shown;
      return true;
    }
    out.choices.push_back({one.text, Text::untranslated(one.text)});
    if (*now != *then) out.truth.push_back(i);
  }
  return true;
}

bool QuestionFiller::order(const PlannedQuestion& plan, const Cursor& after, Question& out) {
  std::vector<std::pair<std::size_t, std::size_t>> found;  // event, choice
  for (std::size_t i = 0; i < plan.events.size(); ++i) {
    const ExpectedEvent& wanted = plan.events[i];
    const auto event = std::ranges::find_if(told_.events, [&](const Event& e) {
      return e.step >= stop_.position() && e.step < after.position() &&
             matches(wanted, e, told_.guest, [&](std::string_view name, std::uint64_t step) {
               return told_.goroutines.at_step(name, step);
             });
    });
    if (event == told_.events.end()) {
      problem(wanted.mark,
              {{"the event {event} does not come after this stop", "这个停靠点之后没有事件 {event}"},
               {{"event", to_string(wanted)}}},
              stop_);
      return false;
    }
    const auto index = static_cast<std::size_t>(event - told_.events.begin());
    const auto same = std::ranges::find(found, index, &std::pair<std::size_t, std::size_t>::first);
    if (same != found.end()) {
      problem(wanted.mark,
              {{"this is the same event as another one of the list: {event}",
                "它与列表里的另一个是同一个事件：{event}"},
               {{"event", told_.line(index)}}},
              stop_);
      return false;
    }
    out.choices.push_back({to_string(wanted), told_.event(index).text()});
    found.emplace_back(index, i);
  }
  if (std::ranges::is_sorted(found)) {
    problem(plan.mark,
            {{"the events are listed as they come, which gives the answer away: list them in another order",
              "事件正是按出现的顺序列出的，等于给出了答案：请换一个顺序"}},
            stop_);
    return false;
  }
  std::ranges::sort(found);
  for (const auto& [event, choice] : found) out.truth.push_back(choice);
  return true;
}

std::optional<Question> QuestionFiller::question(const PlannedQuestion& plan) {
  const std::optional<Cursor> then = after(plan.after, plan.mark);
  if (!then) return std::nullopt;
  Question out;
  out.kind = static_cast<Question::Kind>(plan.kind);
  out.id = fmt::format("{} {}", name(out.kind), subject(plan));
  out.after = then->position();
  out.after_text = plan.after.text;
  out.text = text(plan.text, stop_);
  if (plan.kind != Kind::which) {
    const Text question = asked(plan);
    out.text.en += (out.text.en.empty() ? "" : " ") + question.en;
    out.text.zh += question.zh;
  }
  bool ok = false;
  switch (plan.kind) {
    case Kind::which:
      ok = which(plan, *then, out);
      break;
    case Kind::value:
    case Kind::changes:
      ok = of_values(plan, *then, out);
      break;
    case Kind::order:
      ok = order(plan, *then, out);
      break;
  }
  if (!ok) return std::nullopt;
  out.because = text(plan.because, *then);
  return out;
}

}  // namespace gogoscope
