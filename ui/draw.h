// Drawing that several panels share: text cut to fit, hex with quiet zeros, chips, tags, hatching, the
// frame of a panel.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ui/panel.h"

namespace gogoscope::draw {

inline constexpr float kHeader = 32;  ///< of a panel
inline constexpr float kGutter = 10;  ///< between panels
inline constexpr float kRounding = 8;

ImVec2 measure(ImFont* font, std::string_view text);

/// Draws `text` with its top left corner at `at`; returns the x after it.
float text(ImFont* font, ImVec2 at, ImU32 color, std::string_view text);
/// The same, cut with an ellipsis where it would pass `right`.
float text_until(ImFont* font, ImVec2 at, float right, ImU32 color, std::string_view text);
/// Ends at `right`.
void text_right(ImFont* font, float right, float y, ImU32 color, std::string_view text);

/// Is called with every text as it is drawn, with the rectangle that it fills, until another one is set: how
/// the legibility of a whole frame is measured. At first there is none; an empty one switches it off.
using TextObserver = std::function<void(std::string_view text, const ImFont* font, ImU32 color, Rect where)>;
/// Returns the one before.
TextObserver observe_texts(TextObserver observer);

/// Sixteen hex digits, leading zeros dimmed.
float hex(const Frame& frame, ImVec2 at, std::uint64_t value, Color color);
/// The same in twelve digits, all that an address needs; sixteen where the value is longer.
float hex12(const Frame& frame, ImVec2 at, std::uint64_t value, Color color);
std::string hex_short(std::uint64_t value);  ///< "0xc000004000"
/// The end of an address, "…ffd8".
std::string hex_tail(std::uint64_t value);

/// How a chip looks shows its class even without colour: real code is filled and square, a model is a
/// dashed round outline.
enum class ChipShape : std::uint8_t { filled, outline, dashed, quiet };
/// Returns the x after the chip. `y` is its middle.
float chip(const Frame& frame, float x, float y, Color color, ChipShape shape, std::string_view text);
float chip_width(const Frame& frame, std::string_view text);

/// A tag with a point to the right, its tip at `tip`: "SP" beside a stack.
void tag(const Frame& frame, ImVec2 tip, Color color, bool filled, std::string_view text);

/// Before what can be unfolded: points down where it is open.
void triangle(const Frame& frame, ImVec2 at, bool open, Color color);

/// Diagonal lines over an area that holds nothing of value.
void hatch(const Frame& frame, Rect area);

/// Draws a panel and begins a scrolling child for its content; end_panel() ends it. A panel that shares its
/// slot has the slot's tabs for a title. `detail` is beside the title, mono and dim. Returns the area of
/// the content.
Rect begin_panel(Frame& frame, Rect rect, PanelId id, std::string_view detail);
/// The same for a part of a panel, with a title of its own: one of two stacks.
struct PartHead {
  std::string_view id;
  std::string_view title;
  std::string_view detail;
  Color accent = Color::blue;
};
Rect begin_part(Frame& frame, Rect rect, const PartHead& head);
void end_panel();
/// Middle of a panel's header, where chips go.
float header_middle(const Frame& frame, Rect rect);

/// A line of the content: takes its place and says where it is. Full width.
Rect row(float height);

/// One quiet sentence where a panel has nothing to show.
void empty(Frame& frame, Rect content, std::string_view sentence);

}  // namespace gogoscope::draw
