// Blocks of a modelled function become slots that jump.
#include <algorithm>
#include <utility>

#include "emu/runtime/function.h"

namespace gogoscope::runtime {
namespace {

/// Whether a line opens a brace that a later line closes: the rest of it may be a comment.
bool opens_brace(std::string_view line) {
  line = line.substr(0, line.find("  // "));
  line = line.substr(0, line.find(" // "));
  return line.ends_with('{');
}

std::string closing_line(std::string_view opening) {
  return std::string(opening.substr(0, std::min(opening.find_first_not_of(' '), opening.size()))) + "}";
}

}  // namespace

// ---- jumps ----

Label GoFunction::label() {
  label_statements_.push_back(0);
  label_uses_.push_back(0);
  return {label_statements_.size() - 1};
}

GoFunction& GoFunction::at(Label label) {
  label_statements_[label.id] = statements_.size() - recorded_;
  goes_on_ = true;
  return *this;
}

void GoFunction::bind(Label label) {
  label_statements_[label.id] = statements_.size() - recorded_;
  goes_on_ = goes_on_ || label_uses_[label.id] > 0;
}

GoFunction& GoFunction::goto_(Label target) {
  ++label_uses_[target.id];
  does([target](Frame& x) { x.go_to(target); });
  goes_on_ = false;
  return *this;
}

GoFunction& GoFunction::goto_if(Condition condition, Label target) {
  const Label otherwise = label();
  ask(condition, target, otherwise, false);
  bind(otherwise);
  return *this;
}

GoFunction& GoFunction::conditional_jump(const Value& value, bool when, Label target) {
  ++label_uses_[target.id];
  does([value, when, target](Frame& x) {
    if ((value(x) != 0) == when) x.go_to(target);
  });
  const Body stay = [](Frame&) {}, jump = [target](Frame&x) { x.go_to(target); };
  Statement& test = statements_.back();
  test.stores.memory = value.stores();
  test.forced = when ? std::vector{stay, jump} : std::vector{jump, stay};
  return *this;
}

void GoFunction::lower(const Condition& condition, Label yes, Label no, bool on_yes) {
  const std::vector<Condition>& parts = condition.parts();
  switch (condition.kind()) {
    case Condition::Kind::test:
      conditional_jump(condition.value(), !on_yes, on_yes ? no : yes);
      return;
    case Condition::Kind::set:
      set(condition.var(), condition.value());
      return;
    case Condition::Kind::not_:
      lower(parts.front(), no, yes, !on_yes);
      return;
    case Condition::Kind::all:
    case Condition::Kind::any: {
      // All but the last continue with the next one: if they hold (all), or if they do not (any).
      const bool all = condition.kind() == Condition::Kind::all;
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const Label part = label();
        lower(parts[i], all ? part : yes, all ? no : part, all);
        bind(part);
      }
      lower(parts.back(), yes, no, on_yes);
      return;
    }
  }
}

void GoFunction::ask(const Condition& condition, Label yes, Label no, bool on_yes) {
  const std::size_t first = statements_.size();
  lower(condition, yes, no, on_yes);
  questions_.push_back({first, statements_.size(), yes, no});
  for (PendingWrong& wrong : std::exchange(pending_, {})) {
    wrongs_.push_back(record(std::move(wrong.name), std::move(wrong.text), first,
                             [&] { lower(wrong.condition, yes, no, on_yes); }));
  }
}

// ---- blocks ----

bool GoFunction::claim_brace() {
  if (lines_.empty() || claimed_line_ == lines_.size() || !opens_brace(lines_.back())) return false;
  claimed_line_ = lines_.size();
  return true;
}

void GoFunction::close_brace(std::size_t opened_by) { line(closing_line(lines_[opened_by - 1])); }

void GoFunction::then_block(Condition condition, const Block& then, Label end) {
  const std::size_t opened_by = lines_.size();
  const bool braces = claim_brace();
  const Label yes = label(), no = label();
  ask(condition, yes, no, true);
  bind(yes);
  then();
  open_if_ = {no, end, 0, 0, goes_on_, braces};
  if (braces) close_brace(opened_by);
  bind(no);
  open_if_.lines = lines_.size();
  open_if_.statements = statements_.size();
}

GoFunction& GoFunction::if_(Condition condition, const Block& then) {
  const Label end = label();
  then_block(std::move(condition), then, end);
  bind(end);
  return *this;
}

GoFunction& GoFunction::if_(std::string text, Condition condition, const Block& then) {
  return line(std::move(text)).if_(std::move(condition), then);
}

void GoFunction::begin_else(std::string text) {
  const OpenIf open = open_if_;
  if (open.lines != lines_.size() || open.statements != statements_.size() || lines_.empty()) {
    wrong_use("an else without its if");
  }
  if (open.braces) lines_.pop_back();
  if (open.goes_on) goto_(open.end);
  goes_on_ = false;
  bind(open.otherwise);
  line(std::move(text));
}

GoFunction& GoFunction::else_(std::string text, const Block& otherwise) {
  const Label end = open_if_.end;
  begin_else(std::move(text));
  block(otherwise);
  bind(end);
  return *this;
}

GoFunction& GoFunction::else_(const Block& otherwise) {
  return else_(open_if_.braces ? lines_.back() + " else {" : "", otherwise);
}

GoFunction& GoFunction::else_if(std::string text, Condition condition, const Block& then) {
  const Label end = open_if_.end;
  begin_else(std::move(text));
  then_block(std::move(condition), then, end);
  bind(end);
  return *this;
}

GoFunction& GoFunction::block(const Block& body) {
  const std::size_t opened_by = lines_.size();
  const bool braces = claim_brace();
  body();
  if (braces) close_brace(opened_by);
  return *this;
}

// ---- loops ----

void GoFunction::loop(const Condition* condition, const Block& body, const Block& step) {
  const std::size_t opened_by = lines_.size();
  const bool braces = claim_brace();
  const Label start = label(), end = label(), inside = label();
  const Label next = step ? label() : start;
  at(start);
  if (condition != nullptr) ask(*condition, inside, end, true);
  bind(inside);
  loops_.push_back({next, end});
  body();
  loops_.pop_back();
  if (step) {
    if (braces) close_brace(opened_by);
    bind(next);
    step();
  }
  if (goes_on_) goto_(start);
  if (!step && braces) close_brace(opened_by);
  bind(end);
}

GoFunction& GoFunction::for_(Condition condition, const Block& body, const Block& step) {
  loop(&condition, body, step);
  return *this;
}

GoFunction& GoFunction::for_(std::string text, Condition condition, const Block& body, const Block& step) {
  return line(std::move(text)).for_(std::move(condition), body, step);
}

GoFunction& GoFunction::forever(const Block& body, const Block& step) {
  loop(nullptr, body, step);
  return *this;
}

GoFunction& GoFunction::forever(std::string text, const Block& body, const Block& step) {
  return line(std::move(text)).forever(body, step);
}

GoFunction& GoFunction::repeat(const Block& body, Condition until) {
  const Label start = label(), done = label();
  at(start);
  body();
  ask(until, done, start, true);
  bind(done);
  return *this;
}

const GoFunction::Loop& GoFunction::innermost() const {
  if (loops_.empty()) wrong_use("break or continue outside of a loop");
  return loops_.back();
}

GoFunction& GoFunction::break_() { return goto_(innermost().end); }
GoFunction& GoFunction::continue_() { return goto_(innermost().next); }
GoFunction& GoFunction::break_if(Condition condition) {
  return goto_if(std::move(condition), innermost().end);
}
GoFunction& GoFunction::continue_if(Condition condition) {
  return goto_if(std::move(condition), innermost().next);
}

}  // namespace gogoscope::runtime
