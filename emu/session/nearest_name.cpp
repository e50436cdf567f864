#include "emu/session/nearest_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace gogoscope {
namespace {

/// Letters to change to turn one name into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace

NearestName::NearestName(std::string_view wanted) : wanted_(wanted), least_(wanted.size() / 2 + 1) {}

void NearestName::offer(std::string_view name) {
  const std::size_t longer = std::max(name.size(), wanted_.size());
  const bool ends_alike = name.size() > wanted_.size() && name.ends_with(wanted_) &&
                          name[name.size() - wanted_.size() - 1] == '.';
  // Names whose lengths differ that much cannot be near: most need no look at their letters.
  if (!ends_alike && longer - std::min(name.size(), wanted_.size()) >= least_) return;
  const std::size_t letters = ends_alike ? 0 : distance(wanted_, name);
  if (letters >= least_) return;
  best_ = name;
  least_ = letters;
}

void NearestName::offer_functions(const Code& code) {
  for (const Function& function : code.functions()) offer(function.name);
}

void NearestName::offer_fields(const Code& code, const Layout& layout, const Entities& entities) {
  for (const Entity& entity : entities.all()) {
    const StructLayout* const fields = layout.find(struct_name(entity.kind));
    if (fields == nullptr) continue;
    for (const Field& field : fields->fields) offer(entity.short_name + "." + field.name);
  }
  for (const DataSymbol& symbol : code.data()) offer(symbol.name);
}

std::string NearestName::hint() const {
  return best_.empty() ? "" : fmt::format("; the nearest name is {}", best_);
}

}  // namespace gogoscope
