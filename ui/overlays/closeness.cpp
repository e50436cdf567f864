#include "ui/overlays/closeness.h"

#include <algorithm>
#include <string>

namespace gogoscope {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool of_a_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

Closeness closeness(std::string_view typed, std::string_view text) {
  const std::string wanted = in_lower_case(typed);
  const std::string all = in_lower_case(text);
  if (wanted.empty()) return Closeness::letters;
  auto best = Closeness::letters;
  for (std::size_t at = all.find(wanted); at != std::string::npos; at = all.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool starts = at == 0 || !of_a_word(all[at - 1]);
    const bool ends = end == all.size() || !of_a_word(all[end]);
    // The package of a function, the struct of a field.
    const bool name = at == 0 || all[at - 1] == '.';
    auto here = Closeness::contains;
    if (starts && ends) here = Closeness::word;
    if (name) here = Closeness::begins;
    if (name && end == all.size()) here = Closeness::same;
    best = std::min(best, here);
  }
  return best;
}

}  // namespace gogoscope
