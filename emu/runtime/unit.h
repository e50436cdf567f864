// A text of a program, assembled and looked through by itself: all that does not depend on what it is linked
// with. The texts of the runtime are the same in every program, and are made once for a release.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asm/assembler.h"
#include "emu/guest/code.h"
#include "emu/runtime/function.h"
#include "emu/runtime/lesson_release.h"
#include "emu/runtime/mutation.h"

namespace gogoscope::runtime {

struct Unit {
  plan9::Object object;
  std::vector<SourceFile> files;  ///< its sources, as they are shown
  // Addresses count from the start of its text, sources from its first.
  std::vector<Function> functions;
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> branches;  ///< direct jumps and all calls
  std::shared_ptr<const GoFunction> modelled;
  std::vector<CodeAddr> places;  ///< of its statements
  std::vector<CodeAddr> labels;
  std::vector<Diagnostic> refused;  ///< instructions that a guest may not execute
};

using SharedUnit = std::shared_ptr<const Unit>;

/// A text, or several that belong together: tasks.
std::variant<SharedUnit, std::vector<Diagnostic>> unit_of(const std::vector<plan9::Source>& texts,
                                                          FunctionKind kind, const plan9::Options& assembler);
/// A modelled function.
std::variant<SharedUnit, std::vector<Diagnostic>> unit_of(std::shared_ptr<const GoFunction> function,
                                                          const plan9::Options& assembler);
/// The assembler text of a modelled function.
plan9::Source source_of(const GoFunction& function);

/// What the programs of a release have in common. A unit is null if its text does not assemble.
struct RuntimeTexts {
  std::vector<std::string> lacking;  ///< fields that the functions need and the release does not have; then
                                     ///< there are no units
  SharedFunctions functions;
  std::vector<std::string> strings;  ///< string constants of modelled code
  std::vector<SharedUnit> listings;  ///< in the order of the release's
  std::vector<SharedUnit> modelled;  ///< in the order of functions
  SharedUnit variables;              ///< with a first arena of kFirstArena bytes
};
inline constexpr std::uint64_t kFirstArena = 1 << 20;

/// Made once for the releases that there are lessons for, each time for others. Cost: 20 ms.
std::shared_ptr<const RuntimeTexts> runtime_texts(const LessonRelease& release);

/// A line of a source, and what is wrong with it.
Diagnostic refusal_at(const plan9::Line& line, const plan9::Object& object, plan9::Message message);

}  // namespace gogoscope::runtime
