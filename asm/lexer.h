// Cuts a source into tokens, one logical line at a time: memory follows the longest line, not the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "asm/diagnostics.h"
#include "asm/source_set.h"

namespace plan9 {

enum class TokenKind : std::uint8_t {
  name,         ///< letters, digits, _ · ∕
  number,       ///< integer or character constant, in `value`
  real,         ///< floating-point constant, in `text`
  text,         ///< "string", quotes included
  punctuation,  ///< one character, or << >>
  end,          ///< newline inside a macro body
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool space_before = false;
  std::string_view text;
  std::uint64_t value = 0;
  Place place;

  bool is(std::string_view punctuation) const {
    return kind == TokenKind::punctuation && text == punctuation;
  }
};

class Lexer {
 public:
  Lexer(std::string_view text, std::uint32_t source, Diagnostics& diagnostics)
      : text_(text), source_(source), diagnostics_(diagnostics) {}

  /// Replaces `tokens` by those of the next line. A block comment joins lines, and so does a
  /// backslash at the end of a line in a #define (then it becomes an `end` token).
  /// False at the end of the text.
  bool next_line(std::vector<Token>& tokens);

  Place here() const;

 private:
  enum class Skip : std::uint8_t { token, newline, end };
  Skip skip_space(bool& space);
  bool lex_token(std::vector<Token>& tokens, bool space);
  void advance(std::size_t bytes);
  void newline();

  std::string_view text_;
  std::uint32_t source_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
  std::size_t line_start_ = 0;
};

/// Reads token.text, a number in Go's notation, into token.value, or makes the token a `real`. What is
/// neither becomes an `end`.
void read_number(Token& token);

/// The bytes that a string token represents, quotes and escapes resolved.
bool unquote(std::string_view quoted, std::string& bytes);

}  // namespace plan9
