// The real window: GLFW, OpenGL, and the loop that redraws when something has happened.
#pragma once

#include "scenarios/verbs/verbs.h"

namespace gogoscope {

/// Shows a run until the window is closed; returns the exit code. Without a display: 2, and one line.
int open_window(OpenedRun run);

}  // namespace gogoscope
