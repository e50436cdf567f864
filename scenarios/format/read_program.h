// The section `program`: a Go program that runs instead of bodies.
//
//   program: hello.go                        a .go file, a folder, or what `go build` has made
//   program:
//     path: hello.go
//     args: [one, two]
//     env: {GOGC: off}
//     stdin: "text\n"                        or {file: input.txt}
//     files: {data.txt: /data.txt}           a file of the scenario's folder, and where the program finds it
#pragma once

#include <string>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// What a program needs less than a lesson: its threads take longer turns, and it takes more steps.
void use_program_machine(MachineSettings& machine);

/// Of the scenario at `scenario_path`. Where `open` is false, an outline is enough: the program is neither
/// built nor read, and files are not either. Where it cannot be opened, that is reported, and `binary` is
/// null.
ProgramPlan read_program(const YamlNode& node, const std::string& scenario_path, bool open,
                         SectionReader& reader);

/// Reports sections of a file that mean nothing beside `program`.
void refuse_beside_program(const YamlNode& root, SectionReader& reader);

}  // namespace gogoscope
