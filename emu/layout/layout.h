// The struct layouts of one Go release, as data.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gogoscope {

/// A field, nested ones by their dotted Go names ("sched.sp", "gFree.n").
struct Field {
  std::string name;
  std::string type;  ///< Go's name of the type: "uintptr", "guintptr", "*m", "[256]guintptr"
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  bool leaf = true;       ///< false for a struct whose own fields follow in the table (stack, sched, gFree)
  bool embedded = false;  ///< Go lets paths leave this name out: p.gFree.head is p.gFree.gList.head
};

struct StructLayout {
  std::string name;  ///< "g", "m", "p", "gobuf", "schedt", "stack", "gQueue", "gList"
  std::uint32_t size = 0;
  std::vector<Field> fields;  ///< in order of offset; a struct before its own fields

  /// The field of that dotted name, or null. Names of embedded structs may be left out.
  const Field* find(std::string_view name) const;
  /// The innermost field that holds `offset`, or null (padding).
  const Field* at(std::uint32_t offset) const;
};

class Layout {
 public:
  Layout(std::string release, std::string source, std::vector<StructLayout> structs);

  const std::string& release() const { return release_; }  ///< "1.16"
  const std::string& source() const { return source_; }    ///< where the numbers come from
  const std::vector<StructLayout>& structs() const { return structs_; }
  const StructLayout* find(std::string_view struct_name) const;
  /// Aborts with a message if there is no such field: for names written in our own code.
  const Field& field(std::string_view struct_name, std::string_view field_name) const;

 private:
  std::string release_;
  std::string source_;
  std::vector<StructLayout> structs_;
};

/// The layout of a release, or null. Known: see layout_releases().
const Layout* layout_for(std::string_view go_release);
std::span<const std::string_view> layout_releases();

}  // namespace gogoscope
