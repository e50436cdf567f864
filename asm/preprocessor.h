// Includes, macros and conditionals: turns sources into statements.
//
// Predeclared are what Go's "textflag.h" and "go_tls.h" define, so that a listing needs no include.
// Macros belong to one source, as in Go: the next source starts with none.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "asm/assembler.h"
#include "asm/diagnostics.h"
#include "asm/lexer.h"

namespace plan9 {

/// One statement after macro expansion; never empty.
struct Statement {
  std::vector<Token> tokens;
  std::string text;  ///< as written, without comment and labels, spaces folded
};

class Preprocessor {
 public:
  using Sink = std::function<void(const Statement&)>;

  Preprocessor(SourceSet& sources, Diagnostics& diagnostics, const Options& options, Sink sink);

  /// Gives the statements of one source to the sink, those of its includes where they are included.
  void run(std::uint32_t source);

 private:
  struct Macro {
    bool takes_arguments = false;
    std::vector<std::string_view> parameters;
    std::vector<Token> body;
  };
  struct Branch {
    Place place;
    bool active = false;
    bool had_else = false;
  };
  /// Tokens on their way to the parser: a statement as written, or what a macro's call left.
  struct Stream {
    std::string_view macro;
    std::vector<Token> tokens;
    std::size_t at = 0;
  };
  using Macros = std::map<std::string_view, Macro, std::less<>>;

  void predeclare();
  void read(std::uint32_t source);
  void directive(const std::vector<Token>& line);
  void define(const std::vector<Token>& line);
  void include(const std::vector<Token>& line);
  void conditional(const std::vector<Token>& line);
  void statements_of(const std::vector<Token>& line);
  void emit(std::vector<Token> tokens, const std::string& text);
  const Token* peek();
  bool is_called(std::string_view name, const Macro& macro);
  bool expand(const std::vector<Token>& raw, std::vector<Token>& out);
  bool call(const Macro& macro, const Token& name, std::vector<Token>& out);
  bool too_deep(const Place& place);
  bool too_much(const Place& place);
  bool defined(std::string_view name) const;
  bool active() const { return branches_.empty() || branches_.back().active; }

  SourceSet& sources_;
  Diagnostics& diagnostics_;
  const Options& options_;
  Sink sink_;
  Macros predeclared_;
  Macros macros_;
  std::vector<Branch> branches_;
  std::vector<std::uint32_t> open_;  ///< sources being read, outermost first
  std::vector<Stream> streams_;      ///< the statement, and on top of it the calls that are being read
  std::size_t expanded_ = 0;         ///< tokens that macros have produced so far
  std::size_t includes_ = 0;
  bool stopped_ = false;
};

/// Tokens as text: one space where there was space or a comment.
std::string folded(const std::vector<Token>& tokens, std::size_t first);

}  // namespace plan9
