// UTF-8, character by character. Stray bytes count as one character each, so that any bytes can be walked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gogoscope {

struct Rune {
  char32_t value = 0;
  std::uint8_t size = 1;  ///< bytes
  bool valid = true;      ///< false: one stray byte
};

/// The character that starts at `at`, which must be inside `text`.
Rune rune_at(std::string_view text, std::size_t at);

/// How many characters a text has. Cost: linear.
std::size_t characters(std::string_view text);

/// The byte at which the n-th character starts, counted from 0; the end if there are not that many.
std::size_t byte_of_character(std::string_view text, std::size_t n);

/// False for what is not a character of Unicode, such as half a surrogate pair; then nothing is added.
bool append_rune(std::string& out, char32_t rune);

/// `text` with U+FFFD in the place of each stray byte.
std::string valid_utf8(std::string_view text);

/// The characters of a text with their places, for a loop:
///   for (const auto& [at, rune] : Runes(text))
class Runes {
 public:
  struct Item {
    std::size_t at;
    Rune rune;
  };
  class Iterator {
   public:
    Iterator(std::string_view text, std::size_t at) : text_(text), at_(at) { read(); }
    Item operator*() const { return {at_, rune_}; }
    Iterator& operator++() {
      at_ += rune_.size;
      read();
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    void read() {
      if (at_ < text_.size()) rune_ = rune_at(text_, at_);
    }
    std::string_view text_;
    std::size_t at_;
    Rune rune_;
  };

  explicit Runes(std::string_view text) : text_(text) {}
  Iterator begin() const { return {text_, 0}; }
  Iterator end() const { return {text_, text_.size()}; }

 private:
  std::string_view text_;
};

}  // namespace gogoscope
