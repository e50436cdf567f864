// Presenter mode: what a room needs to see. Large type, the code, the four answers to "which g?", a caption;
// and one focus, which shows what the executed step changed.
#pragma once

#include "ui/layout.h"

namespace gogoscope {

Places arrange_presenter(Rect window, float scale);

/// The panel that shows best what the executed step did: the state machine for a change of status, the queues
/// for a goroutine put or got, the stacks for a switch; otherwise the traceback, if it is in front, or the
/// stacks.
PanelId focus_of(const View& view, const Desk& desk);

/// A frame around the one panel to look at.
void draw_focus(const Frame& frame, Rect panel);

}  // namespace gogoscope
