#include "ui/panels/traceback_draw.h"

#include <algorithm>

#include "emu/layout/name_words.h"
#include "ui/draw.h"
#include "ui/function_kind.h"

namespace gogoscope {
namespace {

const Words kReturnPc{"return PC", "返回地址"};
const Words kMinusOne{"minus one", "减一"};
const Words kInside{"inside {function}", "在 {function} 之内"};
const Words kAnother{"not in {function}", "不在 {function} 里"};
const Words kNobody{"no function there", "那里没有函数"};

constexpr float kRail = 18;   ///< where the rail of real or modelled is
constexpr float kCall = 26;   ///< where calls and sentences begin
constexpr float kPlace = 42;  ///< what is under a call
constexpr float kSide = 12;   ///< free at the right
constexpr float kBlock = 52;  ///< text of the block on a return address
constexpr float kGap = 14;    ///< between what is on one row

float text_top(const Rect& box, const ImFont* font) { return box.center().y - font->FontSize / 2; }

Rect around(float left, float right, const Rect& box) {
  return {{left, box.min.y + 1}, {right, box.max.y - 1}};
}

/// Where we are: the rows of the frame in which the thread is.
void draw_here(const Frame& frame, Rect box) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.min, box.max, frame.theme.tint(Color::yellow, 0.14F));
  list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, frame.theme[Color::yellow]);
}

void draw_rail(const Frame& frame, Rect box, const TraceCall& call) {
  if (!call.kind) return;
  draw_kind_rail(frame, box.min.x + frame.px(kRail), box.min.y, box.max.y, *call.kind);
}

Color ink_of(const TraceRemark& remark) {
  switch (remark.tone) {
    case TraceRemark::Tone::switching:
      return Color::yellow;
    case TraceRemark::Tone::wrong:
      return Color::red;
    case TraceRemark::Tone::plain:
      break;
  }
  return Color::text_soft;
}

/// The arguments as they are drawn.
std::string arguments_text(const TraceCall& call) {
  if (!call.arguments) return "(...)";
  std::string out = "(";
  for (std::size_t i = 0; i < call.arguments->size(); ++i) {
    out.append(i == 0 ? "" : ", ").append((*call.arguments)[i].text);
  }
  return out + (call.more_arguments ? ", ...)" : ")");
}

std::string sp_text(const TraceCall& call) { return call.sp.empty() ? "" : "sp=" + call.sp; }

/// The place, and SP at the right end, of a row.
void draw_place(Frame& frame, Rect box, const std::string& name, const TraceCall& call, float left,
                float right) {
  ImFont* mono = frame.fonts.mono;
  const float y = text_top(box, mono);
  const ImU32 ink = frame.theme[call.here ? Color::text_soft : Color::text_dim];
  if (const std::string sp = sp_text(call); !sp.empty()) {
    const float from = right - draw::measure(mono, sp).x;
    draw::text(mono, {from, y}, ink, sp);
    link(frame, name + ".sp", around(from, right, box), call.stack);
    right = from - frame.px(kGap);
  }
  const float end = draw::text_until(mono, {left, y}, right, ink, call.place);
  link(frame, name + ".place", around(left, end, box), call.code);
}

// ---- the block on a return address ----

void draw_block(const Frame& frame, Rect box) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = box.min.x + frame.px(kPlace);
  list->AddRectFilled({left, box.min.y}, {box.max.x - frame.px(kSide), box.max.y},
                      frame.theme[Color::header]);
  list->AddRectFilled({left, box.min.y}, {left + frame.px(2), box.max.y}, frame.theme[Color::line_strong]);
}

float label_width(const Frame& frame) {
  return std::max(draw::measure(frame.fonts.words, frame.text(kReturnPc)).x,
                  draw::measure(frame.fonts.words, frame.text(kMinusOne)).x) +
         frame.px(10);
}

/// "minus one  goexit+0x0"; returns the x after it.
float draw_labelled(const Frame& frame, Rect box, const Words& label, std::string_view pc) {
  draw_block(frame, box);
  ImFont* words = frame.fonts.words;
  ImFont* mono = frame.fonts.mono;
  const float left = box.min.x + frame.px(kBlock);
  const float right = box.max.x - frame.px(kSide + 6);
  draw::text_until(words, {left, text_top(box, words)}, right, frame.theme[Color::text_dim],
                   frame.text(label));
  return draw::text_until(mono, {left + label_width(frame), text_top(box, mono)}, right,
                          frame.theme[Color::text], pc);
}

const Words& verdict_on(ReturnLookup::Found found) {
  switch (found) {
    case ReturnLookup::Found::another:
      return kAnother;
    case ReturnLookup::Found::nobody:
      return kNobody;
    case ReturnLookup::Found::inside:
      break;
  }
  return kInside;
}

/// A tick or a cross, and words: clear without their colours.
void draw_verdict(const Frame& frame, Rect box, float x, ReturnLookup::Found found,
                  std::string_view function) {
  const bool inside = found == ReturnLookup::Found::inside;
  const Color color = inside ? Color::green : Color::red;
  const ImU32 ink = frame.theme[color];
  const float r = frame.px(3.5F);
  const float width = frame.px(1.6F);
  const ImVec2 at{x + frame.px(12) + r, box.center().y};
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (inside) {
    list->AddLine({at.x - r, at.y}, {at.x - r / 3, at.y + r * 0.8F}, ink, width);
    list->AddLine({at.x - r / 3, at.y + r * 0.8F}, {at.x + r, at.y - r * 0.8F}, ink, width);
  } else {
    list->AddLine({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink, width);
    list->AddLine({at.x - r, at.y + r}, {at.x + r, at.y - r}, ink, width);
  }
  ImFont* words = frame.fonts.words;
  draw::text_until(words, {at.x + r + frame.px(5), text_top(box, words)}, box.max.x - frame.px(kSide + 4),
                   ink, fill(frame.text(verdict_on(found)), {{"function", function}}));
}

}  // namespace

bool fits_head(const Frame& frame, const TraceHead& head, float width) {
  const float text = draw::measure(frame.fonts.mono, head.text).x;
  const float beside = draw::measure(frame.fonts.words, head.beside).x;
  const float name = draw::measure(frame.fonts.mono, head.target.text).x;
  return frame.px(kCall + kSide + 2 * kGap) + text + beside + name <= width;
}

bool fits_one_row(const Frame& frame, const TraceCall& call, float width) {
  ImFont* mono = frame.fonts.mono;
  float wanted = frame.px(kCall + kSide + kGap) + draw::measure(mono, call.function).x +
                 draw::measure(mono, call.place).x;
  if (!call.kind) return wanted + draw::measure(mono, "created by ").x <= width;
  wanted += draw::measure(mono, arguments_text(call)).x + draw::measure(mono, sp_text(call)).x +
            draw::measure(frame.fonts.words, kind_words(*call.kind, frame.ui.language)).x;
  return wanted + 2 * frame.px(kGap) <= width;
}

float remark_room(const Frame& frame, float width) { return width - frame.px(kCall + kSide); }
float lookup_room(const Frame& frame, float width) { return width - frame.px(kBlock + kSide + 6); }

void draw_trace_head(Frame& frame, Rect box, const std::string& name, const TraceHead& head) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  list->AddRectFilled({box.min.x, box.min.y + 1}, {box.max.x, box.max.y - 1}, theme[Color::raised]);
  if (head.selected) {
    list->AddRectFilled({box.min.x, box.min.y + 1}, {box.max.x, box.max.y - 1},
                        theme.tint(Color::blue, 0.18F));
  }
  if (head.current || head.selected) {
    list->AddRectFilled({box.min.x, box.min.y + 1}, {box.min.x + frame.px(3), box.max.y - 1},
                        theme[head.current ? Color::yellow : Color::blue]);
  }
  draw::triangle(frame, {box.min.x + frame.px(14), box.center().y}, head.open, Color::text_soft);
  const float right = box.max.x - frame.px(kSide);
  const std::string& g = head.target.text;
  const float name_left = right - draw::measure(mono, g).x;
  draw::text(mono, {name_left, text_top(box, mono)}, theme[head.current ? Color::yellow : Color::text_soft],
             g);
  link(frame, name + ".name", around(name_left - frame.px(4), right + frame.px(2), box), head.target);
  const float end = draw::text_until(mono, {box.min.x + frame.px(kCall), text_top(box, mono)},
                                     name_left - frame.px(10), theme[Color::text], head.text);
  ImFont* words = frame.fonts.words;
  draw::text_until(words, {end + frame.px(kGap), text_top(box, words)}, name_left - frame.px(10),
                   theme[Color::text_soft], head.beside);
}

void draw_trace_remark(Frame& frame, Rect box, const std::string& name, const TraceRemark& remark,
                       std::string_view text) {
  ImFont* words = frame.fonts.words;
  const float left = box.min.x + frame.px(kCall);
  const float end = draw::text_until(words, {left, text_top(box, words)}, box.max.x - frame.px(kSide) + 1,
                                     frame.theme[ink_of(remark)], text);
  link(frame, name, around(left, end, box), remark.target);
}

void draw_trace_call(Frame& frame, Rect box, const std::string& name, const TraceCall& call, bool creator) {
  if (call.here) draw_here(frame, box);
  draw_rail(frame, box, call);
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  const float y = text_top(box, mono);
  const float right = box.max.x - frame.px(kSide);
  const Color quiet = call.promised ? Color::text_dim : Color::text_soft;
  const Color ink = call.pushed     ? Color::orange
                    : call.here     ? Color::yellow
                    : call.promised ? Color::text_dim
                                    : Color::text;
  float x = box.min.x + frame.px(kCall);
  if (creator) x = draw::text(mono, {x, y}, theme[Color::text_soft], "created by ");
  const float left = x;
  x = draw::text_until(mono, {x, y}, right, theme[ink], call.function);
  link(frame, name + ".function", around(left, x, box), call.code);
  const bool one_row = fits_one_row(frame, call, box.width());
  // The function that made a goroutine is shown without arguments, as Go does.
  if (creator) {
    if (one_row) draw_place(frame, box, name, call, x + frame.px(kGap), right);
    return;
  }
  if (!call.arguments) {
    x = draw::text_until(mono, {x, y}, right, theme[quiet], "(...)");
  } else {
    x = draw::text_until(mono, {x, y}, right, theme[quiet], "(");
    for (std::size_t i = 0; i < call.arguments->size(); ++i) {
      if (i > 0) x = draw::text_until(mono, {x, y}, right, theme[quiet], ", ");
      const TraceCall::Argument& argument = (*call.arguments)[i];
      const float from = x;
      x = draw::text_until(mono, {x, y}, right, theme[quiet], argument.text);
      if (x > from) link(frame, name + ".arg" + std::to_string(i), around(from, x, box), argument.target);
    }
    x = draw::text_until(mono, {x, y}, right, theme[quiet], call.more_arguments ? ", ...)" : ")");
  }
  if (!call.kind) return;
  ImFont* words = frame.fonts.words;
  const std::string_view kind = kind_words(*call.kind, frame.ui.language);
  const float kind_left = right - draw::measure(words, kind).x;
  if (x + frame.px(12) > kind_left) return;
  draw::text_right(words, right, text_top(box, words), theme[color_of(*call.kind)], kind);
  if (one_row) draw_place(frame, box, name, call, x + frame.px(kGap), kind_left - frame.px(kGap));
}

void draw_trace_place(Frame& frame, Rect box, const std::string& name, const TraceCall& call) {
  if (call.here) draw_here(frame, box);
  draw_rail(frame, box, call);
  draw_place(frame, box, name, call, box.min.x + frame.px(kPlace), box.max.x - frame.px(kSide));
}

void draw_return_pc(const Frame& frame, Rect box, const ReturnLookup& lookup) {
  draw_labelled(frame, box, kReturnPc, lookup.pc);
}

void draw_minus_one(const Frame& frame, Rect box, const ReturnLookup& lookup) {
  const float x = draw_labelled(frame, box, kMinusOne, lookup.minus_one);
  draw_verdict(frame, box, x, lookup.found, lookup.function);
}

void draw_lookup_sentence(const Frame& frame, Rect box, std::string_view text) {
  draw_block(frame, box);
  ImFont* words = frame.fonts.words;
  draw::text_until(words, {box.min.x + frame.px(kBlock), text_top(box, words)},
                   box.max.x - frame.px(kSide + 6) + 1, frame.theme[Color::text_dim], text);
}

void draw_minus_one_then(const Frame& frame, Rect box, const ReturnLookup& lookup) {
  const float x = draw_labelled(frame, box, kMinusOne, lookup.instead->minus_one);
  draw_verdict(frame, box, x, lookup.instead->found, lookup.function);
}

}  // namespace gogoscope
