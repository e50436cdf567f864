// From functions and data to sections: jump lengths, offsets, symbols, lines, relocations.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "asm/assembler.h"
#include "asm/diagnostics.h"
#include "asm/encoder.h"
#include "asm/syntax.h"

namespace plan9 {

class Layout {
 public:
  Layout(Program& program, const SourceSet& sources, const Options& options, Diagnostics& diagnostics,
         Object& object)
      : program_(program), sources_(sources), options_(options), diagnostics_(diagnostics), object_(object) {}

  /// Frames are added here, so that the errors of all passes are found in one go.
  void run();

 private:
  /// An instruction of the function at hand; same index as in its body.
  struct Piece {
    Encoded encoded;
    bool is_jump = false;
    bool is_short = false;
    std::uint32_t offset = 0;
  };

  void declare_symbols();
  void place_function(std::size_t index);
  bool encode(const Function& f, std::vector<Piece>& pieces);
  static std::vector<SpDelta> sp_deltas(const Function& f, const std::vector<Piece>& pieces);
  void write(const Function& f, const std::vector<Piece>& pieces, std::uint32_t base);
  bool choose_jumps(const Function& f, std::vector<Piece>& pieces);
  static std::uint32_t place_pieces(std::vector<Piece>& pieces);
  void place_data(std::size_t index);
  void declare(const std::string& name, bool file_local, std::uint32_t source, std::uint32_t index,
               const Place& place);
  std::uint32_t funcval(const Operand& name, std::uint32_t source, Section from);
  void check_local(const Operand& name, std::uint32_t source);
  void relocate(Section section, std::uint32_t offset, RelocationKind kind, const Operand& name,
                std::int64_t addend, std::uint32_t source);

  /// Which symbol a name means in a source; 0 means all sources, n + 1 the names of source n.
  using Key = std::pair<std::string, std::uint32_t>;
  static Key key(const std::string& name, bool file_local, std::uint32_t source) {
    return {name, file_local ? source + 1 : 0};
  }

  Program& program_;
  const SourceSet& sources_;
  const Options& options_;
  Diagnostics& diagnostics_;
  Object& object_;
  std::map<Key, std::uint32_t> symbols_;
  std::map<std::uint32_t, Place> places_;  ///< of symbols, by index
};

}  // namespace plan9
