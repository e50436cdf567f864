// The struct layouts of one Go release, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/message.h"
#include "emu/guest/address.h"

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

/// Where a field is in its struct, or that the release has no such field. Added to where a struct starts it
/// gives the field's place; of a field that there is not, the place is that of nothing, which reads as 0.
class FieldAt {
 public:
  constexpr FieldAt() = default;
  constexpr explicit FieldAt(std::uint32_t offset) : offset_(offset) {}
  constexpr explicit operator bool() const { return offset_ != kNowhere; }
  /// Bytes from the start of the struct. Only of a field that there is.
  constexpr std::uint32_t offset() const { return offset_; }
  friend constexpr bool operator==(FieldAt field, std::uint32_t offset) {
    return field && field.offset_ == offset;
  }
  /// Whether `offset` is in the word of 8 bytes that holds the field.
  constexpr bool in_word(std::uint32_t offset) const { return *this && offset / 8 == offset_ / 8; }
  /// Image offsets: 0 is nowhere.
  friend constexpr std::uint32_t operator+(std::uint32_t base, FieldAt field) {
    return field && base != 0 ? base + field.offset_ : 0;
  }
  friend constexpr Addr operator+(Addr base, FieldAt field) {
    return field ? base + std::int64_t{field.offset_} : Addr();
  }

 private:
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};
  std::uint32_t offset_ = kNowhere;
};

class Layout {
 public:
  Layout(std::string release, std::string source, std::vector<StructLayout> structs);

  const std::string& release() const { return release_; }  ///< "1.16"
  const std::string& source() const { return source_; }    ///< where the numbers come from
  const std::vector<StructLayout>& structs() const { return structs_; }
  /// Null where the release has none.
  const StructLayout* find(std::string_view struct_name) const;
  const Field* find(std::string_view struct_name, std::string_view field_name) const;
  /// The same for those that read a field as a number: nowhere if it has not exactly that many bytes,
  /// aligned to them.
  FieldAt at(std::string_view struct_name, std::string_view field_name, std::uint32_t size = 8) const;
  /// Bytes; 0 if there is no such struct.
  std::uint32_t size_of(std::string_view struct_name) const;

  /// No struct is bigger.
  static constexpr std::uint32_t kMostBytes = 0x10000;
  /// What no compiler would have made and readers cannot cope with: a field beyond the end of its struct, a
  /// struct or a field twice. Nothing for a layout that is sound.
  std::optional<Message> flaw() const;

 private:
  std::string release_;
  std::string source_;
  std::vector<StructLayout> structs_;
};

// Flaws that a reader of a file finds before it has a layout.
Message too_large(std::string_view struct_name, std::uint64_t bytes);
Message beyond_its_struct(std::string_view struct_name, std::string_view field);

}  // namespace gogoscope
