#include "asm/preprocessor.h"

#include <algorithm>
#include <utility>

namespace plan9 {
namespace {

// Bounds on what a small text may blow up to.
constexpr std::size_t kMostExpansionDepth = 100;  // as in Go
constexpr std::size_t kMostExpandedTokens = 1'000'000;
constexpr std::size_t kMostIncludeDepth = 16;
constexpr std::size_t kMostIncludes = 200;

// The values are those of Go 1.16's textflag.h; the two macros are the amd64 part of go_tls.h.
constexpr std::string_view kPredeclared = R"(
#define NOPROF 1
#define DUPOK 2
#define NOSPLIT 4
#define RODATA 8
#define NOPTR 16
#define WRAPPER 32
#define NEEDCTXT 64
#define TLSBSS 256
#define NOFRAME 512
#define REFLECTMETHOD 1024
#define TOPFRAME 2048
#define GOARCH_amd64 1
#define GOOS_linux 1
#define get_tls(r) MOVQ TLS, r
#define g(r) 0(r)(TLS*1)
)";

bool is_built_in(std::string_view path) {
  return path == "textflag.h" || path == "funcdata.h" || path == "go_asm.h" || path == "go_tls.h";
}

}  // namespace

std::string folded(const std::vector<Token>& tokens, std::size_t first) {
  std::string out;
  for (std::size_t i = first; i < tokens.size(); ++i) {
    if (i > first && tokens[i].space_before) out += ' ';
    out += tokens[i].text;
  }
  return out;
}

Preprocessor::Preprocessor(SourceSet& sources, Diagnostics& diagnostics, const Options& options, Sink sink)
    : sources_(sources), diagnostics_(diagnostics), options_(options), sink_(std::move(sink)) {
  predeclare();
}

void Preprocessor::predeclare() {
  Lexer lexer(kPredeclared, 0, diagnostics_);
  std::vector<Token> line;
  while (lexer.next_line(line)) define(line);
  predeclared_ = std::move(macros_);
  macros_.clear();
}

void Preprocessor::run(std::uint32_t source) {
  macros_ = predeclared_;
  branches_.clear();
  stopped_ = false;
  read(source);
}

void Preprocessor::read(std::uint32_t source) {
  open_.push_back(source);
  const std::size_t outer_branches = branches_.size();
  Lexer lexer(sources_[source].text, source, diagnostics_);
  std::vector<Token> line;
  while (!stopped_ && !diagnostics_.full() && lexer.next_line(line)) {
    if (line[0].is("#")) {
      directive(line);
    } else if (active()) {
      statements_of(line);
    }
  }
  while (branches_.size() > outer_branches) {
    diagnostics_.error(branches_.back().place, {{"#ifdef without #endif", "#ifdef 没有对应的 #endif"}});
    branches_.pop_back();
  }
  open_.pop_back();
}

void Preprocessor::directive(const std::vector<Token>& line) {
  const std::string_view word = line.size() > 1 ? line[1].text : "";
  if (word == "ifdef" || word == "ifndef" || word == "else" || word == "endif") return conditional(line);
  if (!active()) return;
  if (word == "define") return define(line);
  if (word == "include") return include(line);
  if (word == "undef") {
    if (line.size() != 3 || line[2].kind != TokenKind::name) {
      return diagnostics_.error(line[1].place, {{"#undef takes one name", "#undef 要一个名字"}});
    }
    // Undefining what is not defined is fine, as in C.
    macros_.erase(line[2].text);
    return;
  }
  const Place& place = line.size() > 1 ? line[1].place : line[0].place;
  if (word == "if" || word == "elif") {
    return diagnostics_.error(place, {{"#{directive} is not in Go's assembler; use #ifdef or #ifndef",
                                       "Go 的汇编器没有 #{directive}；请用 #ifdef 或 #ifndef"},
                                      {{"directive", word}}});
  }
  if (word == "line")
    return diagnostics_.error(place, {{"#line is not supported: places are those of the text",
                                       "不支持 #line：位置以文本本身为准"}});
  diagnostics_.error(
      place,
      {{"unknown directive {directive}{hint}", "没有指示 {directive}{hint}"},
       {{"directive", in_quotes("#" + std::string(word))},
        {"hint", did_you_mean(word, {"define", "undef", "include", "ifdef", "ifndef", "else", "endif"})}}});
}

// A conditional must end in the file it begins in, as in Go.
void Preprocessor::conditional(const std::vector<Token>& line) {
  const Token& word = line[1];
  const auto opened_here = [&] {
    return !branches_.empty() && branches_.back().place.source == word.place.source;
  };
  if (word.text == "ifdef" || word.text == "ifndef") {
    bool holds = false;
    if (line.size() != 3 || line[2].kind != TokenKind::name) {
      diagnostics_.error(word.place, {{"#{directive} takes one name", "#{directive} 要一个名字"},
                                      {{"directive", word.text}}});
    } else {
      holds = defined(line[2].text) == (word.text == "ifdef");
    }
    // Inside a branch that is left out nothing holds, #else included.
    branches_.push_back({word.place, active() && holds, !active()});
    return;
  }
  if (!opened_here()) {
    return diagnostics_.error(word.place, {{"#{directive} without #ifdef", "#{directive} 没有对应的 #ifdef"},
                                           {{"directive", word.text}}});
  }
  if (word.text == "endif") {
    branches_.pop_back();
    return;
  }
  Branch& branch = branches_.back();
  const bool outer = branches_.size() < 2 || branches_[branches_.size() - 2].active;
  if (branch.had_else && outer)
    return diagnostics_.error(word.place, {{"second #else of one #ifdef", "同一个 #ifdef 有第二个 #else"}});
  branch.active = outer && !branch.active;
  branch.had_else = true;
}

bool Preprocessor::defined(std::string_view name) const {
  return macros_.contains(name) || options_.constants.contains(name);
}

void Preprocessor::define(const std::vector<Token>& line) {
  if (line.size() < 3 || line[2].kind != TokenKind::name) {
    return diagnostics_.error(line[1].place, {{"#define needs a name", "#define 需要一个名字"}});
  }
  const Token& name = line[2];
  Macro macro;
  std::size_t at = 3;
  // Only a parenthesis that touches the name opens a parameter list.
  if (at < line.size() && line[at].is("(") && !line[at].space_before) {
    macro.takes_arguments = true;
    ++at;
    while (at < line.size() && !line[at].is(")")) {
      if (line[at].kind != TokenKind::name) {
        return diagnostics_.error(line[at].place,
                                  {{"a macro's parameter must be a name", "宏的参数必须是名字"}});
      }
      if (std::count(macro.parameters.begin(), macro.parameters.end(), line[at].text) != 0) {
        return diagnostics_.error(line[at].place,
                                  {{"parameter {name} appears twice", "参数 {name} 出现了两次"},
                                   {{"name", in_quotes(line[at].text)}}});
      }
      macro.parameters.push_back(line[at].text);
      ++at;
      if (at < line.size() && line[at].is(",")) ++at;
    }
    if (at == line.size())
      return diagnostics_.error(name.place, {{"parameter list is not closed", "参数表没有结束"}});
    ++at;
  }
  macro.body.assign(line.begin() + static_cast<std::ptrdiff_t>(at), line.end());
  // A predeclared name may be defined again: a text that brings its own textflag.h means the same.
  const bool known = macros_.contains(name.text) && !predeclared_.contains(name.text);
  if (known)
    return diagnostics_.error(name.place, {{"macro {name} is already defined", "宏 {name} 已经定义过"},
                                           {{"name", in_quotes(name.text)}}});
  macros_[name.text] = std::move(macro);
}

void Preprocessor::include(const std::vector<Token>& line) {
  if (line.size() != 3 || line[2].kind != TokenKind::text) {
    return diagnostics_.error(
        line[1].place, {{"#include takes one name in double quotes", "#include 要一个双引号中的名字"}});
  }
  const Place& place = line[2].place;
  std::string path;
  if (!unquote(line[2].text, path))
    return diagnostics_.error(place, {{"bad escape in string", "字符串里的转义写错了"}});
  std::variant<Source, Message> answer =
      Message({"only Go's own headers can be included here", "这里只能包含 Go 自己的头文件"});
  if (is_built_in(path)) return;
  const IncludeResolver& own = sources_[open_.front()].include;
  const IncludeResolver& resolve = own ? own : options_.include;
  if (resolve) answer = resolve(path);
  if (const auto* reason = std::get_if<Message>(&answer)) {
    return diagnostics_.error(place, {{"cannot include {path}: {reason}", "不能包含 {path}：{reason}"},
                                      {{"path", in_quotes(path)}, {"reason", *reason}}});
  }
  Source& source = std::get<Source>(answer);
  for (const std::uint32_t outer : open_) {
    if (sources_[outer].name == source.name) {
      return diagnostics_.error(
          place, {{"recursive include of {path}", "{path} 递归地包含了自己"}, {{"path", in_quotes(path)}}});
    }
  }
  if (open_.size() >= kMostIncludeDepth || ++includes_ > kMostIncludes) {
    stopped_ = true;
    return diagnostics_.error(place, {{"too many includes", "包含的文件太多"}});
  }
  read(sources_.add(std::move(source)));
}

// The text of a statement is kept as written, unless a macro made several of one: then each shows what
// it expanded to.
void Preprocessor::statements_of(const std::vector<Token>& line) {
  // Semicolons inside parentheses belong to a macro's argument.
  std::vector<Token> raw;
  int depth = 0;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    if (i < line.size() && !(line[i].is(";") && depth <= 0)) {
      if (line[i].is("(")) ++depth;
      if (line[i].is(")")) --depth;
      raw.push_back(line[i]);
      continue;
    }
    if (raw.empty()) continue;
    std::vector<Token> tokens;
    if (expand(raw, tokens)) {
      const auto ends = [](const Token& t) { return t.kind == TokenKind::end || t.is(";"); };
      const bool single = std::none_of(tokens.begin(), tokens.end(), ends);
      std::vector<Token> one;
      for (const Token& token : tokens) {
        if (ends(token)) {
          emit(std::exchange(one, {}), "");
        } else {
          one.push_back(token);
        }
      }
      std::size_t first = 0;
      while (first + 1 < raw.size() && raw[first + 1].is(":")) first += 2;
      emit(std::move(one), single ? folded(raw, first) : "");
    }
    raw.clear();
    if (diagnostics_.full() || stopped_) return;
  }
}

void Preprocessor::emit(std::vector<Token> tokens, const std::string& text) {
  if (tokens.empty()) return;
  std::size_t first = 0;
  while (first + 1 < tokens.size() && tokens[first + 1].is(":")) first += 2;
  sink_({tokens, text.empty() ? folded(tokens, first) : text});
}

/// The next token that no stream has given yet; null at the end of the text. A stream that is used up stays
/// until more is asked for, so that what a macro's last word calls counts as called within it.
const Token* Preprocessor::peek() {
  while (streams_.size() > 1 && streams_.back().at == streams_.back().tokens.size()) streams_.pop_back();
  const Stream& top = streams_.back();
  return top.at < top.tokens.size() ? &top.tokens[top.at] : nullptr;
}

/// A macro with parameters that is named without arguments is a plain name, as in Go; and g(SB) is a function
/// called g, not the TLS slot.
bool Preprocessor::is_called(std::string_view name, const Macro& macro) {
  if (!macro.takes_arguments) return true;
  const Token* open = peek();
  if (open == nullptr || !open->is("(")) return false;
  const Stream& top = streams_.back();
  const bool symbol = top.at + 1 < top.tokens.size() && top.tokens[top.at + 1].text == "SB";
  return !symbol || !predeclared_.contains(name);
}

/// Expands the macros of `raw` as Go's lexer does: what a call leaves is read again, followed by what is
/// behind the call. So a macro may stand for the name of another one, whose arguments come after it.
bool Preprocessor::expand(const std::vector<Token>& raw, std::vector<Token>& out) {
  streams_.assign(1, {{}, raw, 0});
  while (const Token* next = peek()) {
    const Token token = *next;
    ++streams_.back().at;
    const auto found = token.kind == TokenKind::name ? macros_.find(token.text) : macros_.end();
    if (found == macros_.end() || !is_called(found->first, found->second)) {
      out.push_back(token);
      continue;
    }
    if (streams_.size() > kMostExpansionDepth) return too_deep(token.place);
    Stream body{found->first, {}, 0};
    if (!call(found->second, token, body.tokens)) return false;
    expanded_ += body.tokens.size() + 1;
    if (expanded_ > kMostExpandedTokens) return too_much(token.place);
    streams_.push_back(std::move(body));
  }
  return true;
}

bool Preprocessor::too_deep(const Place& place) {
  for (std::size_t n = 1; n < streams_.size(); ++n) {
    const std::string_view name = streams_[n].macro;
    const bool again = std::any_of(streams_.begin() + static_cast<std::ptrdiff_t>(n) + 1, streams_.end(),
                                   [&](const Stream& inner) { return inner.macro == name; });
    if (!again) continue;
    diagnostics_.error(place, {{"macro {name} expands to itself", "宏 {name} 展开后又是它自己"},
                               {{"name", in_quotes(name)}}});
    return false;
  }
  diagnostics_.error(place, {{"macros are nested too deeply", "宏嵌套太深"}});
  return false;
}

bool Preprocessor::too_much(const Place& place) {
  diagnostics_.error(place, {{"macros expand to too much text", "宏展开后的文本太长"}});
  stopped_ = true;
  return false;
}

/// Puts the body of `macro`, called by `name`, with its arguments in place into `out`; the arguments are the
/// next tokens. Body tokens take the place of the call: that is what the reader sees.
bool Preprocessor::call(const Macro& macro, const Token& name, std::vector<Token>& out) {
  std::vector<std::vector<Token>> arguments;
  if (macro.takes_arguments) {
    std::vector<Token> raw;
    int depth = 0;
    bool closed = false;
    ++streams_.back().at;  // the parenthesis
    for (const Token* next = peek(); next != nullptr && next->kind != TokenKind::end; next = peek()) {
      const Token token = *next;
      ++streams_.back().at;
      if (depth == 0 && (token.is(")") || token.is(","))) {
        if (!(token.is(")") && arguments.empty() && raw.empty())) arguments.push_back(std::exchange(raw, {}));
        closed = token.is(")");
        if (closed) break;
        continue;
      }
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      raw.push_back(token);
    }
    if (!closed) {
      diagnostics_.error(name.place,
                         {{"argument list of macro {name} is not closed", "宏 {name} 的实参表没有结束"},
                          {{"name", in_quotes(name.text)}}});
      return false;
    }
    if (arguments.size() != macro.parameters.size()) {
      diagnostics_.error(
          name.place,
          {{"macro {name} takes {n} {arguments}, not {given}",
            "宏 {name} 要 {n} 个{arguments}，这里有 {given} 个"},
           {{"name", in_quotes(name.text)},
            {"n", macro.parameters.size()},
            {"arguments", TextView{macro.parameters.size() == 1 ? "argument" : "arguments", "实参"}},
            {"given", arguments.size()}}});
      return false;
    }
  }
  for (const Token& token : macro.body) {
    const auto parameter = std::find(macro.parameters.begin(), macro.parameters.end(), token.text);
    if (token.kind == TokenKind::name && parameter != macro.parameters.end()) {
      std::size_t first = out.size();
      const auto& argument = arguments[static_cast<std::size_t>(parameter - macro.parameters.begin())];
      out.insert(out.end(), argument.begin(), argument.end());
      if (first < out.size()) out[first].space_before = token.space_before;
      // The size may grow by each argument: stop early instead of after the fact.
      if (out.size() > kMostExpandedTokens) return too_much(name.place);
      continue;
    }
    out.push_back(token);
    out.back().place = name.place;
  }
  if (!out.empty()) out.front().space_before = name.space_before;
  return true;
}

}  // namespace plan9
