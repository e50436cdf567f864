// A picture for a slide: as a file, and on the clipboard where a program is there that can put it.
//
// The clipboard of X11 and Wayland is not a place: a program offers the picture for as long as it lives. GLFW
// offers text only, so wl-copy or xclip does it, which stay in the background on their own.
#pragma once

#include <string>

#include "asm/text/language.h"
#include "ui/picture/picture.h"

namespace gogoscope {

/// Writes "gogoscope-<name>.png" into $XDG_PICTURES_DIR, else ~/Pictures, else the current folder; where that
/// file exists, -2, -3 ... is added. Returns the sentence that says what happened, for the status line.
/// Waits for the program that takes the picture, usually 20 ms, at most 2 seconds.
std::string copy_picture(const Picture& picture, const std::string& name, Language language);

}  // namespace gogoscope
