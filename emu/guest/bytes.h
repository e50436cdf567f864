// Values as bytes and back: integers are little-endian and 64 bits wide, a text is a length and its bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gogoscope {

/// Appends values to a text.
class ByteWriter {
 public:
  void number(std::uint64_t value);
  void text(std::string_view value);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Takes values off a text. Past its end everything is 0 or empty and failed() is true.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number();
  std::string_view text();
  /// A number of elements that follow, each of at least 8 bytes: never more than what is left can hold.
  std::uint64_t count();
  bool failed() const { return failed_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace gogoscope
