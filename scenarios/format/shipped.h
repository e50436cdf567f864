// The scenarios that come with the program, and how they are named without a path.
#pragma once

#include <string>

namespace gogoscope {

/// The folder: `share/gogoscope/scenarios` beside the `bin` that the program is installed in, or `scenarios`
/// of the tree that it was built in. Empty if neither is there.
std::string shipped_folder();

/// The path that `name` stands for: itself where there is a file or folder of that name, or where it is
/// written as a path or with an ending; else the shipped scenario of that name, `02-two-exits` or
/// `mutants/clock-in-turns`. Of one that is in a folder the name alone will do. Where there is none, `name`.
std::string scenario_path(const std::string& name);

}  // namespace gogoscope
