// A machine that is broken on purpose: lines of the runtime left out, or wrong ones in their place.
//
//   Mutation{"runtime.gogo", "MOVQ DX, g(CX)", ""}            an assembly line: left out, or replaced
//   Mutation{"runtime.goexit0", "dropg()", ""}                a modelled line: left out
//   Mutation{"runtime.execute", "if !inheritTime {", "always"}   ... or wrong in a way that has this name
//   Mutation{"runtime.runqgrab", "n = n - n/2", "rounded-down"}  ... which the line may have of its own
//
// A line keeps its place in the text, as a comment that says what was there; so all other lines keep their
// numbers. A modelled line keeps the addresses of its slots, where jumps may lead, but does nothing there;
// where an `if` is left out, what it guarded always runs.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "asm/assembler.h"

namespace gogoscope {

struct LessonRelease;

struct Mutation {
  std::string function;  ///< "runtime.gogo"
  std::string line;      ///< its text; blanks and comments do not count; "#2" after it means the second such
  /// What is there instead; empty: the line is left out. A line of Plan 9 assembly, `;` between
  /// statements; for a modelled line the name of one of its wrong variants.
  std::string with;
};

/// Name of the text that diagnostics of mutations point into: line N is the N-th mutation, column 1, 2 or 3
/// its function, its line, or what is there instead.
inline constexpr std::string_view kMutationsSource = "listings";

/// A line that a mutation may name.
struct CodeLine {
  std::string file;
  int line = 0;      ///< counts from 1
  int column = 0;    ///< of its first character
  std::string text;  ///< as a mutation names it, "#2" included where it is not the first of its text
  std::vector<std::string> wrong_variants;  ///< of a modelled line: names that `with` may give
  std::vector<std::string>
      mechanical;  ///< likewise: `always`, `never`, `wrong-value`, which follow from its slots
};

/// All lines with code of a function of the release's listings or of a modelled one, in their order.
std::vector<CodeLine> lines_with_code(const LessonRelease& release, std::string_view function);
/// The functions of listings, in the order of their texts.
std::vector<std::string> listed_functions(std::span<const plan9::Source> listings);

namespace runtime {

class GoFunction;

/// Functions that programs share; one that is changed is copied first.
using SharedFunctions = std::vector<std::shared_ptr<const GoFunction>>;

/// Carries mutations out, one after the other, on the texts that a program is built from.
class Mutator {
 public:
  Mutator(std::vector<plan9::Source>& listings, SharedFunctions& functions)
      : listings_(listings), functions_(functions) {}

  /// What is wrong with the mutation; or nothing, and it is carried out.
  std::optional<Diagnostic> apply(const Mutation& mutation);

  /// Whether a function has been changed, by its Go name.
  bool changed(std::string_view function) const;
  /// An assembler's error in a text that is in a line's place, moved to its mutation.
  Diagnostic in_mutation(Diagnostic error) const;

 private:
  struct Done {
    std::string function;
    std::string file;  ///< of the line
    int line = 0;
    int number = 0;  ///< of the mutation, from 1 on
  };

  std::optional<Diagnostic> change_listing(const Mutation& mutation, plan9::Source& listing,
                                           const std::vector<CodeLine>& lines);
  std::optional<Diagnostic> change_modelled(const Mutation& mutation, GoFunction& function);
  Diagnostic wrong(const Mutation& mutation, int column, Message message) const;
  Diagnostic unknown_line(const Mutation& mutation, const std::vector<CodeLine>& lines) const;

  std::vector<plan9::Source>& listings_;
  SharedFunctions& functions_;
  std::vector<Done> done_;
  int number_ = 0;  ///< of the mutation at hand; one that is wrong counts as well
};

}  // namespace runtime
}  // namespace gogoscope
