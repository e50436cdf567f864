// A recording compared with the lesson: every value that was recorded, in names (see landmarks.h).
#pragma once

#include <string>
#include <vector>

#include "tests/oracle/lesson.h"
#include "tests/oracle/recording.h"

namespace gogoscope::oracle {

/// What is not equal.
struct Difference {
  std::string comparison;  ///< "gogo"
  int step = 0;            ///< of what was recorded in order: instructions, writes; 0 where there is no order
  std::string what;        ///< "rbx", "bytes", "g.goid"
  std::string native;
  std::string ours;
};
std::string to_string(const Difference& difference);

class Comparison {
 public:
  explicit Comparison(std::string name) : name_(std::move(name)) {}
  void equal(int step, std::string what, std::string native, std::string ours);
  /// Something of ours that no recording says anything about. Counts once.
  void not_recorded(std::string what, std::string ours);

  const std::string& name() const { return name_; }
  const std::vector<Difference>& differences() const { return differences_; }
  int compared() const { return compared_; }

 private:
  std::string name_;
  std::vector<Difference> differences_;
  int compared_ = 0;
};

/// One moment of both: memory and registers with the names that hold there.
struct Side {
  const Landmarks& names;
  std::uint64_t goid_base = 0;  ///< what goids are counted from; 0: from nothing
};

/// Every field of a g: `fields` as recorded, against the lesson's at `g`.
void compare_g(Comparison& comparison, int step, const std::string& prefix, const Json& fields,
               const Side& native, const Lesson& lesson, const StateView& state, std::uint64_t g,
               const Side& ours);
/// Registers by name.
void compare_registers(Comparison& comparison, int step, const Json& registers, const Landmarks& native,
                       const StateView& state, const Landmarks& ours);
/// The value of a field of g or p, as a name; goids are counted from where the P was.
std::string field_name(const Side& side, const std::string& field, std::uint64_t value);

// The comparisons. Each file compare_*.cpp says what it compares.
Comparison compare_gogo(const Lesson& lesson);
Comparison compare_goexit(const Lesson& lesson);
Comparison compare_newproc_malg(const Lesson& lesson);
Comparison compare_newproc_gfget(const Lesson& lesson);
Comparison compare_boot(const Lesson& lesson);
Comparison compare_frames(const Lesson& lesson);
Comparison compare_structs(const Lesson& lesson);
std::vector<Comparison> all_comparisons(const Lesson& lesson);

}  // namespace gogoscope::oracle
