// The trace file: "gogoscope trace\n", a version, a checksum, the guest with its Go release, the initial
// image, the deltas.
//
// All integers are little-endian and 64 bits wide, texts are a length and bytes. Of the image only pages with
// a byte that is not zero are written. The release is written as the data that it is: a file can be read by a
// program that does not know it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gogoscope {

inline constexpr std::string_view kTraceMagic = "gogoscope trace\n";
inline constexpr std::uint64_t kTraceVersion = 5;
/// A record in which an SSE register is written; else it is the same. Programs that know no such registers
/// refuse it by its number.
inline constexpr std::uint64_t kTraceVersionWithSse = 6;

/// FNV-1a, 64 bits: finds damage, not forgery.
std::uint64_t checksum(std::string_view bytes);

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
