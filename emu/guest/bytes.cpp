#include "emu/guest/bytes.h"

#include <cstring>

namespace gogoscope {

void ByteWriter::number(std::uint64_t value) {
  char raw[8];
  std::memcpy(raw, &value, sizeof raw);
  bytes_.append(raw, sizeof raw);
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  bytes_.append(value);
}

std::uint64_t ByteReader::number() {
  if (rest_.size() < 8) {
    failed_ = true;
    rest_ = {};
    return 0;
  }
  std::uint64_t value = 0;
  std::memcpy(&value, rest_.data(), sizeof value);
  rest_.remove_prefix(8);
  return value;
}

std::string_view ByteReader::text() {
  const std::uint64_t size = number();
  if (size > rest_.size()) {
    failed_ = true;
    rest_ = {};
    return {};
  }
  const std::string_view value = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return value;
}

std::uint64_t ByteReader::count() {
  const std::uint64_t n = number();
  if (n <= rest_.size() / 8) return n;
  failed_ = true;
  rest_ = {};
  return 0;
}

}  // namespace gogoscope
