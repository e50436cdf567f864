// Lines of a modelled function that are broken on purpose: left out, or wrong in a way that has a name.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "asm/text/printable.h"
#include "emu/runtime/function.h"

namespace gogoscope::runtime {
namespace {

/// The same line, but that it says something else.
std::string reworded(const std::string& line, std::string_view words) {
  return line.substr(0, line.size() - trimmed(line).size()) + std::string(words);
}

}  // namespace

GoFunction::Wrong GoFunction::record(std::string name, std::string text, std::size_t first,
                                     const Block& slots) {
  const std::string right = lines_.back();
  const std::size_t end = statements_.size();
  const std::size_t questions = questions_.size();
  const bool goes_on = goes_on_;
  lines_.back() = reworded(right, text);
  recorded_ = end - first;
  slots();
  recorded_ = 0;
  lines_.back() = right;
  goes_on_ = goes_on;
  questions_.resize(questions);
  Wrong wrong{std::move(name), std::move(text), static_cast<std::uint32_t>(lines_.size()), first, {}};
  const auto begin = statements_.begin() + static_cast<std::ptrdiff_t>(end);
  wrong.statements.assign(begin, statements_.end());
  statements_.erase(begin, statements_.end());
  bool fits = wrong.statements.size() == end - first;
  for (std::size_t i = 0; fits && i < wrong.statements.size(); ++i) {
    const Statement &one = wrong.statements[i], &other = statements_[first + i];
    fits =
        (one.body == nullptr) == (other.body == nullptr) && (one.body == nullptr || one.plan9 == other.plan9);
  }
  if (!fits) wrong_use(fmt::format("the wrong line {} has other slots than the right one", wrong.name));
  return wrong;
}

GoFunction& GoFunction::wrong(std::string name, std::string text, const Block& slots) {
  std::size_t first = statements_.size();
  while (first > 0 && statements_[first - 1].go_line == lines_.size()) --first;
  wrongs_.push_back(record(std::move(name), std::move(text), first, slots));
  return *this;
}

GoFunction& GoFunction::wrong_if(std::string name, std::string text, Condition condition) {
  pending_.push_back({std::move(name), std::move(text), std::move(condition)});
  return *this;
}

GoFunction& GoFunction::leave_out(std::uint32_t go_line) {
  for (Statement& statement : statements_) {
    if (statement.go_line != go_line) continue;
    // A slot's NOPs stay; what was an instruction of its own, a CALL or a RET, becomes one.
    if (!statement.body) statement.plan9 = nop(1);
    statement.body = nullptr;
    statement.text = "left out";
  }
  if (intact_lines_.empty()) intact_lines_ = lines_;
  std::string& line = lines_[go_line - 1];
  line = reworded(line, fmt::format("// left out: {}", trimmed(line)));
  return *this;
}

GoFunction& GoFunction::replace(std::uint32_t go_line, std::string_view wrong_name) {
  for (const Wrong& wrong : wrongs_) {
    if (wrong.go_line != go_line || wrong.name != wrong_name) continue;
    std::copy(wrong.statements.begin(), wrong.statements.end(),
              statements_.begin() + static_cast<std::ptrdiff_t>(wrong.first));
    if (intact_lines_.empty()) intact_lines_ = lines_;
    std::string& line = lines_[go_line - 1];
    line = reworded(line, fmt::format("{}  // was: {}", wrong.text, trimmed(line)));
    return *this;
  }
  for (Mechanical& wrong : mechanical(go_line)) {
    if (wrong.name != wrong_name) continue;
    statements_[wrong.statement].body = std::move(wrong.body);
    if (intact_lines_.empty()) intact_lines_ = lines_;
    lines_[go_line - 1] += fmt::format("  // wrong: {}", wrong_name);
    return *this;
  }
  wrong_use(fmt::format("line {} has no wrong variant {}", go_line, wrong_name));
}

std::vector<GoFunction::Mechanical> GoFunction::mechanical(std::uint32_t go_line) const {
  std::vector<Mechanical> out;
  const auto of_line = [&](std::size_t statement) { return statements_[statement].go_line == go_line; };
  const auto asked = std::ranges::count_if(questions_, [&](const Question& q) { return of_line(q.first); });
  std::size_t number = 0, test = 0;
  for (const Question& question : questions_) {
    if (!of_line(question.first)) continue;
    const std::string which = asked > 1 ? fmt::format("-{}", ++number) : "";
    // Nothing of it is asked.
    for (const auto& [name, target] : {std::pair("always", question.yes), std::pair("never", question.no)}) {
      out.push_back({name + which, question.first, [target = target](Frame& x) { x.go_to(target); }});
    }
    const std::size_t before = test;
    std::vector<Mechanical> parts;
    for (std::size_t i = question.first; i < question.end; ++i) {
      if (statements_[i].forced.empty()) continue;
      ++test;
      parts.push_back({fmt::format("test-{}-false", test), i, statements_[i].forced[0]});
      parts.push_back({fmt::format("test-{}-true", test), i, statements_[i].forced[1]});
    }
    if (test - before > 1) out.insert(out.end(), parts.begin(), parts.end());
  }
  std::vector<Mechanical> stores;
  for (std::size_t i = 0; i < statements_.size(); ++i) {
    if (!of_line(i)) continue;
    for (const Stores what : {Stores{.memory = true}, Stores{.variables = true}}) {
      if (!(what.memory && statements_[i].stores.memory) &&
          !(what.variables && statements_[i].stores.variables))
        continue;
      stores.push_back({"wrong-value", i, [what, body = statements_[i].body](Frame& x) {
                          x.spoil(what);
                          body(x);
                        }});
    }
  }
  for (std::size_t i = 0; stores.size() > 1 && i < stores.size(); ++i)
    stores[i].name += fmt::format("-{}", i + 1);
  out.insert(out.end(), stores.begin(), stores.end());
  return out;
}

std::vector<std::string> GoFunction::mechanical_names(std::uint32_t go_line) const {
  std::vector<std::string> names;
  for (const Mechanical& wrong : mechanical(go_line)) names.push_back(wrong.name);
  return names;
}

std::vector<std::string> GoFunction::wrong_names(std::uint32_t go_line) const {
  std::vector<std::string> names;
  for (const Wrong& wrong : wrongs_) {
    if (wrong.go_line == go_line) names.push_back(wrong.name);
  }
  return names;
}

}  // namespace gogoscope::runtime
