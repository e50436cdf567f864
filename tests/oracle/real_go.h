// A run as the scheduler sees it: a list of moments from the entry of main.main to the exit, in words that a
// real Go process and the model have in common. Goroutines are named after the function that they begin with.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gogoscope::oracle {

struct Moment {
  std::string what;  ///< "main.worker#1: running -> dead", "mcall(runtime.goexit0) by main.worker#1"
  std::map<std::string, std::string> numbers;  ///< where it was, what was saved: {"sched.sp", "hi-88"}
};
using Moments = std::vector<Moment>;

/// The programs: real_go/NAME.go is the real one, real_go/NAME.s its twin for the model.
const std::vector<std::string>& real_go_programs();
std::string real_go_file(const std::string& name);
/// Empty if there is no such file.
std::string file_text(const std::string& path);
/// The lines of a Markdown table in a file of the repository; none if no table begins with that line.
std::vector<std::string> table_in(const std::string& document, const std::string& first_line);

}  // namespace gogoscope::oracle
