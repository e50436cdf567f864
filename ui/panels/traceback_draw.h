// The rows of the traceback panel, each drawn into its box.
#pragma once

#include <string>
#include <string_view>

#include "ui/panels/traceback_told.h"

namespace gogoscope {

struct TraceHead {
  std::string text;    ///< "goroutine 2 [running]:"
  std::string beside;  ///< a remark on the same row; may be empty
  Target target;       ///< of the g
  bool open = false;
  bool current = false;   ///< the current thread is on its stack
  bool selected = false;  ///< by the user
};

/// Whether a remark fits beside the head's text.
bool fits_head(const Frame& frame, const TraceHead& head, float width);
/// The name at its right end is a link, drawn under `name`.name; the row itself is left to the caller.
void draw_trace_head(Frame& frame, Rect box, const std::string& name, const TraceHead& head);
void draw_trace_remark(Frame& frame, Rect box, const std::string& name, const TraceRemark& remark,
                       std::string_view text);
/// Whether the place of a call is beside it.
bool fits_one_row(const Frame& frame, const TraceCall& call, float width);
/// `name`.function, `name`.arg0 are its links, and those of its place if it fits.
void draw_trace_call(Frame& frame, Rect box, const std::string& name, const TraceCall& call, bool creator);
/// `name`.place, `name`.sp are its links.
void draw_trace_place(Frame& frame, Rect box, const std::string& name, const TraceCall& call);

// Why a return address minus one is looked up: rows of one block.
void draw_return_pc(const Frame& frame, Rect box, const ReturnLookup& lookup);
void draw_minus_one(const Frame& frame, Rect box, const ReturnLookup& lookup);
void draw_lookup_sentence(const Frame& frame, Rect box, std::string_view text);
void draw_minus_one_then(const Frame& frame, Rect box, const ReturnLookup& lookup);

/// How wide a sentence may be in a row of this width.
float remark_room(const Frame& frame, float width);
float lookup_room(const Frame& frame, float width);

}  // namespace gogoscope
