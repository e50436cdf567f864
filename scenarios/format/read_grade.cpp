#include "scenarios/format/read_grade.h"

namespace gogoscope {
namespace {

void add_places(const YamlNode& node, std::vector<FileMark>& out) {
  out.push_back(node.mark);
  for (const YamlNode& item : node.items) add_places(item, out);
  for (const YamlEntry& entry : node.entries) {
    out.push_back(entry.key.mark);
    add_places(entry.value, out);
  }
}

}  // namespace

bool is_of_grade(std::string_view key) { return key == "points" || key == "hidden"; }

void read_grade(const YamlNode& map, std::string_view section, SectionReader& reader, Grades& grades) {
  const YamlNode* const points = map.find("points");
  const YamlNode* const hidden = map.find("hidden");
  if (points == nullptr && hidden == nullptr) return;
  Grade grade;
  grade.section = section;
  grade.mark = map.mark;
  if (points != nullptr) {
    grade.points = static_cast<std::uint32_t>(reader.number(*points, "points", shapes().points).value_or(0));
  }
  if (hidden != nullptr) grade.hidden = reader.boolean(*hidden, "hidden").value_or(true);
  std::vector<FileMark> places;
  add_places(map, places);
  grades.add(grade, places);
}

}  // namespace gogoscope
