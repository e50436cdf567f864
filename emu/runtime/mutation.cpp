#include "emu/runtime/mutation.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/guest/line_essence.h"
#include "emu/runtime/functions.h"
#include "emu/runtime/lesson_release.h"

namespace gogoscope {
namespace {

/// What is left of a line without its comment, be it all of it.
std::string essence(std::string_view line) {
  std::string text = line_essence(line);
  return text.starts_with("//") ? "" : text;
}

std::string indent_of(std::string_view line) {
  return std::string(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool is_text_line(const std::string& line) { return line.starts_with("TEXT "); }

/// "runtime.gogo" of "TEXT runtime·gogo(SB), NOSPLIT, $16-8".
std::string function_of(const std::string& text_line) {
  std::string name = text_line.substr(5, text_line.find('(') - 5);
  for (auto at = name.find("·"); at != std::string::npos; at = name.find("·"))
    name.replace(at, std::string_view("·").size(), ".");
  return name;
}

/// Lines of the same text are told apart by their number among them.
void add(std::vector<CodeLine>& lines, CodeLine line) {
  const auto same = std::count_if(lines.begin(), lines.end(), [&](const CodeLine& other) {
    return other.text == line.text || other.text.starts_with(line.text + "#");
  });
  if (same > 0) line.text += fmt::format("#{}", same + 1);
  lines.push_back(std::move(line));
}

/// Those of a function in a listing; none if it is not there.
std::vector<CodeLine> lines_of(const plan9::Source& listing, std::string_view function) {
  std::vector<CodeLine> out;
  bool inside = false;
  int number = 0;
  for (const std::string& line : split(listing.text)) {
    ++number;
    const std::string text = essence(line);
    if (is_text_line(text)) {
      inside = function_of(text) == function;
    } else if (inside && !text.empty() && text.back() != ':' && text.front() != '#') {
      add(out, {listing.name, number, static_cast<int>(indent_of(line).size()) + 1, text, {}, {}});
    }
  }
  return out;
}

/// Those of a modelled function. Its last brace is not a statement: leaving it out would mean nothing in Go.
std::vector<CodeLine> lines_of(const runtime::GoFunction& function) {
  const std::string& name = function.signature().name;
  const std::string file = name.substr(name.find('.') + 1) + ".go";
  std::vector<CodeLine> out;
  std::uint32_t last = 0;
  for (const runtime::Statement& statement : function.statements()) {
    if (statement.go_line == last || statement.go_line == 0) continue;
    last = statement.go_line;
    const std::string& line = function.lines()[last - 1];
    const std::string text = essence(line);
    if (text.empty() || text == "}" || text.starts_with("func ")) continue;
    add(out, {file, static_cast<int>(last), static_cast<int>(indent_of(line).size()) + 1, text,
              function.wrong_names(last), function.mechanical_names(last)});
  }
  return out;
}

const CodeLine* find(const std::vector<CodeLine>& lines, std::string_view wanted) {
  std::string text = essence(wanted);
  if (text.ends_with("#1")) text = essence(text.substr(0, text.size() - 2));
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const CodeLine& line) { return line.text == text; });
  return found == lines.end() ? nullptr : &*found;
}

}  // namespace

namespace runtime {

Diagnostic Mutator::wrong(const Mutation& mutation, int column, Message message) const {
  Diagnostic d;
  d.file = std::string(kMutationsSource);
  d.line = number_;
  d.column = column;
  d.message = std::move(message);
  d.source_line = mutation.function + " " + mutation.line;
  return d;
}

Diagnostic Mutator::unknown_line(const Mutation& mutation, const std::vector<CodeLine>& lines) const {
  std::vector<std::string_view> texts;
  for (const CodeLine& line : lines) texts.push_back(line.text);
  Message where;
  const CodeLine* near = gogoscope::find(lines, nearest(essence(mutation.line), texts));
  if (near != nullptr) {
    where = {{"; the nearest is {line} at {file}:{number}:{column}",
              "；最接近的是 {file}:{number}:{column} 处的 {line}"},
             {{"line", in_quotes(near->text)},
              {"file", near->file},
              {"number", near->line},
              {"column", near->column}}};
  } else if (!lines.empty()) {
    where = {{"; its lines are at {file}:{number}", "；它的行从 {file}:{number} 开始"},
             {{"file", lines.front().file}, {"number", lines.front().line}}};
  }
  return wrong(mutation, 2,
               {{"{function} has no line {line}{where}", "{function} 没有这一行：{line}{where}"},
                {{"function", mutation.function}, {"line", in_quotes(mutation.line)}, {"where", where}}});
}

std::optional<Diagnostic> Mutator::apply(const Mutation& mutation) {
  ++number_;
  for (plan9::Source& listing : listings_) {
    const std::vector<CodeLine> lines = lines_of(listing, mutation.function);
    if (!lines.empty()) return change_listing(mutation, listing, lines);
  }
  std::vector<std::string> names;
  for (std::shared_ptr<const GoFunction>& function : functions_) {
    if (function->signature().name == mutation.function) {
      auto changed = std::make_shared<GoFunction>(*function);
      std::optional<Diagnostic> wrong = change_modelled(mutation, *changed);
      function = std::move(changed);
      return wrong;
    }
    names.push_back(function->signature().name);
  }
  for (const std::string& name : listed_functions(listings_)) names.push_back(name);
  const std::vector<std::string_view> known(names.begin(), names.end());
  return wrong(
      mutation, 1,
      {{"{function} is neither a listing nor a modelled function{hint}",
        "{function} 既不是清单中的函数，也不是建模的函数{hint}"},
       {{"function", in_quotes(mutation.function)}, {"hint", did_you_mean(mutation.function, known)}}});
}

std::optional<Diagnostic> Mutator::change_listing(const Mutation& mutation, plan9::Source& listing,
                                                  const std::vector<CodeLine>& lines) {
  const CodeLine* one = gogoscope::find(lines, mutation.line);
  if (one == nullptr) return unknown_line(mutation, lines);
  if (mutation.with.find('\n') != std::string::npos) {
    return wrong(mutation, 3,
                 {{"a line is replaced by one line; a ; separates its statements",
                   "一行只能换成一行；语句之间用 ; 隔开"}});
  }
  std::vector<std::string> texts = split(listing.text);
  std::string& line = texts[static_cast<std::size_t>(one->line - 1)];
  line =
      indent_of(line) + (mutation.with.empty() ? fmt::format("// left out: {}", essence(line))
                                               : fmt::format("{}  // was: {}", mutation.with, essence(line)));
  done_.push_back({mutation.function, listing.name, one->line, number_});
  listing.text.clear();
  for (const std::string& text : texts) listing.text += text + "\n";
  return std::nullopt;
}

std::optional<Diagnostic> Mutator::change_modelled(const Mutation& mutation, GoFunction& function) {
  const std::vector<CodeLine> lines = lines_of(function);
  const CodeLine* one = gogoscope::find(lines, mutation.line);
  if (one == nullptr) return unknown_line(mutation, lines);
  const auto line = static_cast<std::uint32_t>(one->line);
  std::vector<std::string> variants = one->wrong_variants;
  variants.insert(variants.end(), one->mechanical.begin(), one->mechanical.end());
  if (mutation.with.empty()) {
    function.leave_out(line);
  } else if (std::find(variants.begin(), variants.end(), mutation.with) != variants.end()) {
    function.replace(line, mutation.with);
  } else {
    return wrong(
        mutation, 3,
        variants.empty()
            ? Message{{"{function} is modelled: this line can be left out, and has no wrong variant",
                       "{function} 是建模的函数：这一行可以去掉，没有错误变体"},
                      {{"function", mutation.function}}}
            : Message{{"{function} is modelled: this line can be left out, or be wrong as {variants}",
                       "{function} 是建模的函数：这一行可以去掉，或换成错误变体 {variants}"},
                      {{"function", mutation.function},
                       {"variants", fmt::format("{}", fmt::join(variants, ", "))}}});
  }
  done_.push_back({mutation.function, one->file, one->line, number_});
  return std::nullopt;
}

bool Mutator::changed(std::string_view function) const {
  return std::any_of(done_.begin(), done_.end(), [&](const Done& d) { return d.function == function; });
}

Diagnostic Mutator::in_mutation(Diagnostic error) const {
  for (const Done& done : done_) {
    if (done.file != error.file || done.line != error.line) continue;
    error.message = {{"{message} ({file}:{line})", "{message}（{file}:{line}）"},
                     {{"message", error.message}, {"file", error.file}, {"line", error.line}}};
    error.file = std::string(kMutationsSource);
    error.line = done.number;
    error.column = 3;
    return error;
  }
  return error;
}

}  // namespace runtime

std::vector<CodeLine> lines_with_code(const LessonRelease& release, std::string_view function) {
  for (const plan9::Source& listing : release.listings) {
    const std::vector<CodeLine> lines = lines_of(listing, function);
    if (!lines.empty()) return lines;
  }
  for (const runtime::GoFunction& modelled : release.functions(runtime::Go(release.release->layout))) {
    if (modelled.signature().name == function) return lines_of(modelled);
  }
  return {};
}

std::vector<std::string> listed_functions(std::span<const plan9::Source> listings) {
  std::vector<std::string> out;
  for (const plan9::Source& listing : listings) {
    for (const std::string& line : split(listing.text)) {
      if (is_text_line(line)) out.push_back(function_of(line));
    }
  }
  return out;
}

}  // namespace gogoscope
