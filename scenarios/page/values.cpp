#include "scenarios/page/values.h"

#include <nlohmann/json.hpp>

#include "asm/text/printable.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

ValueTable::ValueTable() { of(""); }

int ValueTable::of(const Shown& shown) {
  const Shown clean{printable(shown.text), {printable(shown.meaning.en), printable(shown.meaning.zh)}};
  // No printable text has a line break.
  std::string key = clean.text + "\n" + clean.meaning.en + "\n" + clean.meaning.zh;
  const auto [at, is_new] = numbers_.try_emplace(std::move(key), static_cast<int>(all_.size()));
  if (is_new) all_.push_back(clean);
  return at->second;
}

Json ValueTable::json(const std::function<int(const Shown&)>& instruction) const {
  Json out = Json::array();
  for (const Shown& shown : all_) {
    const Text& meaning = shown.meaning;
    if (const int number = instruction(shown); number >= 0) {
      out.push_back(number);
    } else if (meaning.empty()) {
      out.push_back(shown.text);
    } else if (meaning.en == meaning.zh) {
      out.push_back({shown.text, meaning.en});
    } else {
      out.push_back({shown.text, meaning.en, meaning.zh});
    }
  }
  return out;
}

Json both(const Text& text) { return {printable_lines(text.en), printable_lines(text.zh)}; }

}  // namespace gogoscope
