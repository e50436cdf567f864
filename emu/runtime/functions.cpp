#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

#define ASSEMBLY(...)
#define MODELLED(name, ...) GoFunction name(const Go& go);
#include "emu/runtime/functions.def"
#undef MODELLED

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
