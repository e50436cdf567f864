// Statements in, a Program out. Knows the grammar of statements; what an instruction may take and how
// it is encoded is left to the encoder.
#pragma once

#include <string>
#include <unordered_map>

#include "asm/diagnostics.h"
#include "asm/operand_parser.h"
#include "asm/preprocessor.h"
#include "asm/syntax.h"

namespace plan9 {

class Parser {
 public:
  Parser(Program& program, Diagnostics& diagnostics, const Options& options)
      : program_(program), diagnostics_(diagnostics), options_(options) {}

  /// The statements that follow come from this source: its name<> are its own.
  void begin_source(std::uint32_t source);
  void statement(const Statement& statement);
  void end_source() { end_function(); }

 private:
  void labels(OperandParser& in);
  void text(OperandParser& in, const Statement& statement);
  void globl(OperandParser& in);
  void data(OperandParser& in);
  void go(OperandParser& in, const Statement& statement);
  void instruction(OperandParser& in, const Statement& statement, const Token& word);
  void raw(Instruction instruction);
  void end_function();
  void add(Instruction instruction);
  DataSymbol& data_symbol(const Operand& name);
  bool in_function(const Place& place);
  bool fits(const Place& place, std::int64_t value, unsigned bytes);

  Program& program_;
  Diagnostics& diagnostics_;
  const Options& options_;
  std::uint32_t source_ = 0;
  bool open_ = false;            ///< inside a TEXT
  bool told_outside_ = false;    ///< one error is enough for instructions without TEXT
  bool pending_prefix_ = false;  ///< the last instruction is a LOCK or REP that waits for its own
  std::unordered_map<std::string, std::size_t> data_by_name_;
};

}  // namespace plan9
