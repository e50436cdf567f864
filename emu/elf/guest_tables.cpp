#include "emu/elf/guest_tables.h"

#include "emu/layout/program_release.h"

namespace gogoscope {

Code code_of(const Binary& binary, const SourceLines& lines) {
  std::vector<SourceFile> sources;
  sources.reserve(binary.files.size());
  for (const std::string& path : binary.files) {
    SourceFile source;
    source.name = path;
    source.language = path.ends_with(".s") ? SourceFile::Language::plan9 : SourceFile::Language::go;
    if (lines) source.lines = lines(path);
    sources.push_back(std::move(source));
  }
  std::vector<Function> functions = binary.functions;
  const auto no_names = std::make_shared<const std::vector<std::string>>();
  for (Function& f : functions) f.line_names = no_names;
  return {std::move(sources), std::move(functions), {}, binary.data, binary.lines, binary.inlined};
}

std::shared_ptr<const Release> release_of(const Binary& binary) { return release_of_program(binary.layout); }

}  // namespace gogoscope
