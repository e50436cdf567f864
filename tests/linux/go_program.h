// The program of these tests, built with the `go` that is installed, and what it does natively.
#pragma once

#include <string>
#include <vector>

#include "emu/elf/binary.h"

namespace gogoscope {

struct Done {
  std::string out, err;
  int code = 0;
};

/// The program; null where there was no `go` to build it with.
const Binary* go_program();
/// What a process of the host does with it.
Done natively(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});

/// The same of the program that has the small programs in it.
const Binary* small_programs();
Done small_program_natively(const std::string& name, const std::string& input);

/// A text without what differs between two processes: addresses, which goroutine got which number, and
/// tracebacks of goroutines that run nothing of package main.
std::string without_what_varies(const std::string& text);

}  // namespace gogoscope
