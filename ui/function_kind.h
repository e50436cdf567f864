// Real or modelled, told apart at a glance: the same chip and the same rail wherever code is shown.
#pragma once

#include "emu/guest/code.h"
#include "ui/panel.h"

namespace gogoscope {

/// In a panel's header: "real" filled and square, "modelled" round and dashed. Returns its left edge.
float draw_kind_chip(const Frame& frame, Rect panel, FunctionKind kind);

/// Beside one line of the function: a solid rail for bytes of a Go toolchain, a dashed one for a model.
void draw_kind_rail(const Frame& frame, float x, float top, float bottom, FunctionKind kind);

/// "modelled", "real · task".
std::string_view kind_words(FunctionKind kind, Language language);

/// The accent of code of this kind.
Color color_of(FunctionKind kind);

}  // namespace gogoscope
