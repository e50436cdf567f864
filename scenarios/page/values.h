// Every text that a page shows of a run, once: a page's cells hold numbers into this table.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

/// What a cell shows: digits or a name, and what they mean, in both languages. Any part may be empty.
struct Shown {
  std::string text;
  Text meaning;
};

class ValueTable {
 public:
  /// Number 0 is nothing at all.
  ValueTable();
  /// The number of a value. Controls and marks that turn the writing direction do not get into the table.
  int of(const Shown& shown);
  int of(std::string_view text) { return of(Shown{std::string(text), {}}); }
  int of(const Text& text) { return text.en == text.zh ? of(text.en) : of(Shown{{}, text}); }

  std::size_t size() const { return all_.size(); }
  /// In order of numbers: "text", ["text", "meaning"], ["text", "English", "Chinese"], or the number of an
  /// instruction for its address: `instruction` answers it, and -1 for what is none.
  nlohmann::ordered_json json(const std::function<int(const Shown&)>& instruction) const;

 private:
  std::vector<Shown> all_;
  std::unordered_map<std::string, int> numbers_;
};

/// ["English", "Chinese"], as lines that can be shown.
nlohmann::ordered_json both(const Text& text);

}  // namespace gogoscope
