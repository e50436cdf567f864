// The passes in a row: preprocess and parse each source, then frames, encoding and layout.
#include "asm/assembler.h"

#include <utility>

#include "asm/diagnostics.h"
#include "asm/layout.h"
#include "asm/parser.h"
#include "asm/preprocessor.h"
#include "asm/source_set.h"

namespace plan9 {
namespace {

constexpr std::size_t kLargestSource = 16 << 20;

}  // namespace

Assembly assemble(const std::vector<Source>& sources, const Options& options) {
  SourceSet set;
  Diagnostics diagnostics(set, options.max_diagnostics);
  Program program;
  Parser parser(program, diagnostics, options);
  Preprocessor preprocessor(set, diagnostics, options, [&](const Statement& s) { parser.statement(s); });
  for (const Source& source : sources) {
    const std::uint32_t index = set.add(source);
    if (source.text.size() > kLargestSource) {
      diagnostics.error({index, 1, 1, 1, 0}, {{"text is larger than 16 MB", "文本超过 16 MB"}});
      continue;
    }
    parser.begin_source(index);
    preprocessor.run(index);
    parser.end_source();
    if (diagnostics.full()) break;
  }

  Assembly result;
  Object object;
  if (!diagnostics.full()) Layout(program, set, options, diagnostics, object).run();
  if (diagnostics.empty()) {
    object.sources = set.take();
    result.object = std::move(object);
  } else {
    result.diagnostics = diagnostics.take();
  }
  return result;
}

}  // namespace plan9
