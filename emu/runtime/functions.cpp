#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

#define ASSEMBLY(...)
#define MODELLED(name, ...) GoFunction name(const Go& go);
#include "emu/runtime/functions.def"
#undef MODELLED

const Field& Go::field(std::string_view in, std::string_view name) const {
  static const Field stand_in{"?", "uintptr", 0, 8};
  const Field* const found = layout_.find(in, name);
  if (found == nullptr) note(std::string(in) + "." + std::string(name));
  return found == nullptr ? stand_in : *found;
}

std::uint32_t Go::size_of(std::string_view name) const {
  if (layout_.find(name) == nullptr) note(std::string(name));
  return layout_.size_of(name);
}

void Go::note(std::string name) const {
  if (std::find(missing_->begin(), missing_->end(), name) == missing_->end())
    missing_->push_back(std::move(name));
}

std::vector<GoFunction> modelled_functions(const Go& go) {
  constexpr GoFunction (*kFunctions[])(const Go&) = {
#define MODELLED(name, ...) name,
#include "emu/runtime/functions.def"
#undef MODELLED
  };
#undef ASSEMBLY
  std::vector<GoFunction> functions;
  for (const auto make : kFunctions) functions.push_back(make(go));
  return functions;
}

}  // namespace gogoscope::runtime
