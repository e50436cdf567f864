// Reads constant expressions and operands from the tokens of one statement.
//
// The first fault of a statement is reported, the rest of the statement is left alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "asm/diagnostics.h"
#include "asm/lexer.h"
#include "asm/syntax.h"

namespace plan9 {

/// A name as Go's tools print it: "runtime·gogo" is runtime.gogo, a leading dot takes the package.
std::string symbol_name(std::string_view spelled, std::string_view package);

/// True for package·name·f.
bool is_funcval_name(std::string_view spelled);

class OperandParser {
 public:
  OperandParser(const std::vector<Token>& tokens, const Options& options, Diagnostics& diagnostics)
      : tokens_(tokens), options_(options), diagnostics_(diagnostics) {}

  bool at_end() const { return at_ >= tokens_.size(); }
  const Token& peek(std::size_t ahead = 0) const;
  Token next();
  bool accept(std::string_view punctuation);
  bool expect(std::string_view punctuation);
  /// Reports at the current token, or after the last one.
  bool fail(Message message);
  bool fail_at(const Place& place, Message message);

  bool expression(std::uint64_t& value);
  /// A number, a constant's name, or something in parentheses.
  bool primary(std::uint64_t& value);
  bool operand(Operand& operand);
  /// name(SB), name<>(SB), name+8(SB), with ABI tags ignored.
  bool symbol(Operand& operand);

 private:
  bool sum(std::uint64_t& value, int depth);
  bool product(std::uint64_t& value, int depth);
  bool unary(std::uint64_t& value, int depth);
  bool dollar(Operand& operand);
  bool memory(Operand& operand);
  bool named(Operand& operand);
  bool after_name(Operand& operand, const Token& name);
  bool angle_brackets(Operand& operand);
  bool registers(Operand& operand);
  bool scaled_index(Operand& operand);
  bool unknown_constant(const Token& name);
  bool ascii_dot(const Token& name);
  bool starts_registers() const;
  std::optional<std::int64_t> constant(std::string_view name) const;
  Place span(const Place& first) const;

  const std::vector<Token>& tokens_;
  const Options& options_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
};

}  // namespace plan9
