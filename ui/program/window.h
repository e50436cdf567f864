// The real window: GLFW, OpenGL, and the loop that redraws when something has happened.
#pragma once

#include "scenarios/told/opened_run.h"
#include "scenarios/verbs/verbs.h"

namespace gogoscope {

/// Shows a run until the window is closed; returns the exit code. Without a display: 2, and one line.
/// `opener` opens what is dropped on it, and the file shown when it has changed.
int open_window(OpenedRun run, const WindowOptions& options, RunOpener opener, RunWithout without);

}  // namespace gogoscope
