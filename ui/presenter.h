// Presenter mode: what a room needs to see. Type that grows with the screen, the code, the four answers to
// "which g?", a caption; one large panel, the stage; and a frame around the panel that shows what the
// executed step changed.
#pragma once

#include <optional>

#include "ui/layout.h"

namespace gogoscope {

/// Type and layout for a back row: as large as the window allows with everything in it, and not smaller than
/// without presenter mode.
float scale_of_presenter(ImVec2 window, float screen_scale);
/// What the panels need together.
ImVec2 least_room_of_presenter(float scale);
Places arrange_presenter(Rect room, float scale);
/// With a lesson in the place of code and caption: its question must be seen as a whole.
Places arrange_presenter_with_lesson(Rect room, float scale);

/// The panel that shows best what the executed step did: the stacks for a switch, the state machine for a
/// change of status, the queues for a goroutine put or got, "which g?" for TLS and curg; without an event the
/// one with the word, field or register that changed. Nothing if only the PC moved.
std::optional<PanelId> focus_of(const View& view);
/// The large panel: that one, if it has no place of its own; otherwise the traceback, if it is in front, or
/// the stacks.
PanelId stage_of(const View& view, const Desk& desk);

/// The pointer, large enough for a back row, with its tip at the mouse.
void draw_pointer(const Frame& frame, ImVec2 tip);

/// A frame around the one panel to look at.
void draw_focus(const Frame& frame, Rect panel);

}  // namespace gogoscope
