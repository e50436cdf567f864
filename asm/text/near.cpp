#include "asm/text/near.h"

#include <algorithm>
#include <utility>

namespace gogoscope {
namespace {

// Longer names are not looked at: the table of costs grows with both lengths.
constexpr std::size_t kLongest = 80;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_last_part(std::string_view whole, std::string_view part) {
  return whole.size() > part.size() && whole.ends_with(part) && whole[whole.size() - part.size() - 1] == '.';
}

}  // namespace

NearName::NearName(std::string_view wanted)
    : wanted_(wanted), best_cost_(2 * std::max<std::size_t>(1, wanted.size() / 3) + 1) {
  if (wanted.empty() || wanted.size() > kLongest) best_cost_ = 0;
}

void NearName::offer(std::string_view name) {
  if (best_cost_ == 0) return;
  if (is_last_part(name, wanted_)) {
    best_ = name;
    best_cost_ = 0;
    return;
  }
  // A wrong, missing or additional letter costs 2, a swap of neighbours 1.
  const std::size_t longer = std::max(name.size(), wanted_.size());
  if (2 * (longer - std::min(name.size(), wanted_.size())) >= best_cost_) return;
  above_.resize(name.size() + 1);
  row_.resize(name.size() + 1);
  before_.assign(name.size() + 1, 0);
  for (std::size_t j = 0; j <= name.size(); ++j) above_[j] = 2 * j;
  for (std::size_t i = 1; i <= wanted_.size(); ++i) {
    row_[0] = 2 * i;
    for (std::size_t j = 1; j <= name.size(); ++j) {
      const auto same = [&](std::size_t a, std::size_t b) { return lower(wanted_[a]) == lower(name[b]); };
      row_[j] = std::min({above_[j] + 2, row_[j - 1] + 2, above_[j - 1] + (same(i - 1, j - 1) ? 0 : 2)});
      const bool swapped = i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1);
      if (swapped) row_[j] = std::min(row_[j], before_[j - 2] + 1);
    }
    std::swap(before_, above_);
    std::swap(above_, row_);
  }
  if (above_[name.size()] >= best_cost_) return;
  best_cost_ = above_[name.size()];
  best_ = name;
}

std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known) {
  NearName near(wrong);
  for (const std::string_view name : known) near.offer(name);
  return near.name();
}

Message did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known) {
  const std::string name = nearest(wrong, known);
  if (name.empty()) return {};
  return Message({"; did you mean {name}?", "；是不是 {name}？"}, {{"name", name}});
}

Message near_or_known(std::string_view wrong, const std::vector<std::string_view>& known) {
  Message near = did_you_mean(wrong, known);
  if (!near.empty()) return near;
  return Message({"; known: {names}", "；可用的有：{names}"}, {{"names", joined(known)}});
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

}  // namespace gogoscope
