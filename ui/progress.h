// What is drawn in place of the window's content while a command takes long: how far it has come. The session
// is between two moments then, so nothing of it is shown.
#pragma once

#include "asm/text/language.h"
#include "emu/session/watch.h"
#include "ui/theme.h"

namespace gogoscope {

/// The part of a search that is done, 0 to 1.
float part_done(const SearchProgress& progress);

/// Between ImGui::NewFrame and ImGui::Render.
void draw_progress(const SearchProgress& progress, const Theme& theme, Language language);

}  // namespace gogoscope
