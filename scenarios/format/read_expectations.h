// Comparisons in the forms that a file has for them, and the sections `at` and `whenever`, which say where
// they must hold.
//
//   expect: [rsp == m0.g0.sched.sp - 16, m0.curg: g3]
//   expect: {tls: g2, m0.curg: g2}
//   expect: [{expect: rsp > 0, points: 2, hidden: true}, {tls: g2, m0.curg: g2, points: 1}]
#pragma once

#include <optional>
#include <vector>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

class ExpectationReader {
 public:
  /// Of a section of the file. All of them must outlive it.
  ExpectationReader(std::string_view section, SectionReader& reader, const Layout& layout,
                    const GoroutineNames& goroutines, Grades& grades)
      : section_(section), reader_(reader), layout_(layout), goroutines_(goroutines), grades_(grades) {}

  /// A list of comparisons, or a mapping of fields to their values; appended in the file's order. `event` has
  /// the values of the event that they are asked for.
  void read(const YamlNode& node, const Called& what, std::vector<Expectation>& out,
            const EventValues& event = {});
  /// `field: value` in a mapping that takes other keys as well; nothing (and reported) if it is none.
  std::optional<Expectation> equality(const YamlEntry& entry, const Shape& among,
                                      const EventValues& event = {});

  std::vector<PlaceExpectations> at(const YamlNode& node);
  std::vector<WheneverExpectations> whenever(const YamlNode& node);

 private:
  void group(const YamlNode& map, std::vector<Expectation>& out, const EventValues& event);
  void comparison(const YamlNode& text, std::vector<Expectation>& out, const EventValues& event);
  std::optional<WheneverExpectations> whenever_entry(const YamlNode& item);

  std::string_view section_;
  SectionReader& reader_;
  const Layout& layout_;
  const GoroutineNames& goroutines_;
  Grades& grades_;
};

}  // namespace gogoscope
