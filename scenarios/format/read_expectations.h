// Comparisons in the forms that a file has for them, and the sections `at` and `whenever`, which say where
// they must hold.
//
//   expect: [rsp == m0.g0.sched.sp - 16, m0.curg: g3]
//   expect: {tls: g2, m0.curg: g2}
#pragma once

#include <optional>
#include <vector>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

class ExpectationReader {
 public:
  /// All of them must outlive it.
  ExpectationReader(SectionReader& reader, const Layout& layout, const GoroutineNames& goroutines)
      : reader_(reader), layout_(layout), goroutines_(goroutines) {}

  /// A list of comparisons, or a mapping of fields to their values; appended in the file's order. `event` has
  /// the values of the event that they are asked for.
  void read(const YamlNode& node, const Called& what, std::vector<Expectation>& out,
            const EventValues& event = {});
  /// `field: value`.
  std::optional<Expectation> equality(const YamlEntry& entry, const EventValues& event = {});

  std::vector<PlaceExpectations> at(const YamlNode& node);
  std::vector<WheneverExpectations> whenever(const YamlNode& node);

 private:
  void equalities(const YamlNode& map, std::vector<Expectation>& out, const EventValues& event);
  std::optional<WheneverExpectations> whenever_entry(const YamlNode& item);

  SectionReader& reader_;
  const Layout& layout_;
  const GoroutineNames& goroutines_;
};

}  // namespace gogoscope
