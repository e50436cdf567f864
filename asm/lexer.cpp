#include "asm/lexer.h"

#include <string>

#include "asm/text/ascii.h"

namespace plan9 {

using gogoscope::is_digit;
namespace {

// A longer line is not a program: refusing it keeps the memory of one line small.
constexpr std::size_t kMostTokensInALine = 20'000;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Letters beyond ASCII: everything but spaces, controls and the punctuation blocks. Go's middle dot
// and division slash count as letters.
bool is_letter(char32_t rune) {
  if (rune == 0xb7 || rune == 0x2215) return true;
  if (rune < 0xaa || rune == 0xd7 || rune == 0xf7) return false;
  if (rune < 0xc0) return rune == 0xaa || rune == 0xb5 || rune == 0xba;
  if (rune >= 0x2000 && rune <= 0x2bff) return false;
  if (rune >= 0x3000 && rune <= 0x3004) return false;
  if (rune >= 0x3008 && rune <= 0x3020) return false;
  if (rune >= 0xff00 && rune <= 0xff0f) return false;
  if (rune >= 0xff1a && rune <= 0xff20) return false;
  return !is_control(rune);
}

Message unexpected(std::string_view character) {
  return {{"unexpected character {character}", "意外的字符 {character}"},
          {{"character", in_quotes(character)}}};
}

}  // namespace

Place Lexer::here() const { return {source_, line_, column_, 1, static_cast<std::uint32_t>(line_start_)}; }

void Lexer::advance(std::size_t bytes) {
  for (const std::size_t end = at_ + bytes; at_ < end; ++column_) at_ += rune_at(text_, at_).size;
}

void Lexer::newline() {
  ++at_;
  ++line_;
  column_ = 1;
  line_start_ = at_;
}

// Comments are white space. A newline ends a statement and is told apart, but for one inside /* */.
Lexer::Skip Lexer::skip_space(bool& space) {
  while (at_ < text_.size()) {
    const std::string_view rest = text_.substr(at_);
    const char c = rest[0];
    if (c == '\n') return Skip::newline;
    if (c == ' ' || c == '\t' || c == '\r') {
      advance(1);
    } else if (rest.starts_with("\xef\xbb\xbf") && at_ == 0) {
      at_ += 3;  // a byte order mark
    } else if (rest.starts_with("//")) {
      while (at_ < text_.size() && text_[at_] != '\n') advance(1);
    } else if (rest.starts_with("/*")) {
      const Place open = here();
      advance(2);
      while (at_ < text_.size() && !text_.substr(at_).starts_with("*/")) {
        if (text_[at_] == '\n') {
          newline();
        } else {
          advance(1);
        }
      }
      if (at_ >= text_.size()) {
        diagnostics_.error({open.source, open.line, open.column, 2, open.line_start},
                           {{"comment is never closed", "注释没有结束"}});
        return Skip::end;
      }
      advance(2);
    } else {
      return Skip::token;
    }
    space = true;
  }
  return Skip::end;
}

bool Lexer::next_line(std::vector<Token>& tokens) {
  tokens.clear();
  bool sound = true;
  bool space = false;
  for (;;) {
    switch (skip_space(space)) {
      case Skip::end:
        if (!sound) tokens.clear();
        return !tokens.empty();
      case Skip::newline:
        newline();
        space = true;
        // A line that does not even lex is dropped; its one error is enough.
        if (!sound) tokens.clear();
        if (tokens.empty()) {
          if (diagnostics_.full()) return false;
          sound = true;
          continue;
        }
        return true;
      case Skip::token:
        break;
    }
    const bool directive = !tokens.empty() && tokens[0].is("#");
    if (text_[at_] == '\\' && directive) {
      // Between the backslash and the end of its line there may be white space and comments.
      Token token;
      token.place = here();
      advance(1);
      if (skip_space(space) == Skip::newline) {
        newline();
        tokens.push_back(token);
        space = true;
      } else {
        if (sound) diagnostics_.error(token.place, unexpected("\\"));
        sound = false;
      }
      continue;
    }
    if (tokens.size() >= kMostTokensInALine) {
      if (sound) diagnostics_.error(here(), {{"line has too many words", "这一行的词太多"}});
      sound = false;
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      continue;
    }
    if (sound) {
      sound = lex_token(tokens, space);
    } else {
      ++at_;
    }
    space = false;
  }
}

// Reads one token; after an error the rest of the line is skipped.
bool Lexer::lex_token(std::vector<Token>& tokens, bool space) {
  Token token;
  token.space_before = space;
  token.place = here();
  const std::size_t begin = at_;
  const char c = text_[at_];
  const auto fail = [&](Message message) {
    diagnostics_.error(token.place, std::move(message));
    return false;
  };
  const Rune first = rune_at(text_, at_);
  if (is_name_start(c) || (first.valid && first.size > 1 && is_letter(first.value))) {
    token.kind = TokenKind::name;
    while (at_ < text_.size()) {
      const Rune rune = rune_at(text_, at_);
      const bool ascii = rune.size == 1 && (is_name_start(text_[at_]) || is_digit(text_[at_]));
      if (!ascii && !(rune.valid && rune.size > 1 && is_letter(rune.value))) break;
      at_ += rune.size;
      ++column_;
    }
  } else if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
    token.kind = TokenKind::number;
    while (at_ < text_.size() && (is_name_start(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.' ||
                                  ((text_[at_] == '+' || text_[at_] == '-') && text_[begin + 1] != 'x' &&
                                   (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E')))) {
      advance(1);
    }
  } else if (c == '"' || c == '\'') {
    token.kind = c == '"' ? TokenKind::text : TokenKind::number;
    advance(1);
    const auto line_ends = [this] { return at_ >= text_.size() || text_[at_] == '\n'; };
    while (!line_ends() && text_[at_] != c) {
      const bool escapes = text_[at_] == '\\';
      advance(1);
      if (escapes && !line_ends()) advance(1);
    }
    if (line_ends()) {
      token.place.width = 1;
      return fail(c == '"'
                      ? Message({"string is not closed on its line", "字符串没有在本行结束"})
                      : Message({"character constant is not closed on its line", "字符常量没有在本行结束"}));
    }
    advance(1);
  } else if (!first.valid) {
    advance(1);
    return fail({{"the text is not UTF-8 here", "这里不是 UTF-8 文本"}});
  } else {
    token.kind = TokenKind::punctuation;
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<<") || rest.starts_with(">>")) {
      advance(2);
    } else if (std::string_view("#(),:;$+-*/%&|^~<>.=@!?[]{}").find(c) != std::string_view::npos) {
      advance(1);
    } else {
      advance(1);
      return fail(unexpected(text_.substr(begin, at_ - begin)));
    }
  }
  token.text = text_.substr(begin, at_ - begin);
  token.place.width = column_ - token.place.column;
  if (token.kind == TokenKind::number) {
    if (c == '\'') {
      std::string bytes;
      if (!unquote(token.text, bytes) || bytes.empty())
        return fail({{"bad character constant", "字符常量写错了"}});
      const Rune rune = rune_at(bytes, 0);
      if (rune.size != bytes.size())
        return fail({{"a character constant holds one character", "字符常量只能有一个字符"}});
      token.value = rune.value;
    } else {
      read_number(token);
      if (token.kind == TokenKind::end)
        return fail({{"bad number {text}", "数写错了：{text}"}, {{"text", in_quotes(token.text)}}});
    }
  }
  tokens.push_back(token);
  return true;
}

}  // namespace plan9
