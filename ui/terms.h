// Texts whose terms can be looked up: a dotted line under each word that the glossary explains; the mouse
// over it, or F2 where the keyboard is on it, shows the entry in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/told/glossary.h"
#include "ui/marked_text.h"
#include "ui/panel.h"

namespace gogoscope {

/// Made when a panel is rebuilt: finding the terms takes a look at every word.
struct TermText : MarkedText {
  std::vector<Mention> mentions;

  TermText() = default;
  TermText(std::string_view words, Language language)
      : MarkedText(marked(words)), mentions(gogoscope::mentions(text, language)) {}
  bool empty() const { return text.empty(); }
};

/// Where a text is set: from `left` to `right`, its lines 1.3 times as high as its font.
struct TermPlace {
  ImFont* font;
  float left, right, y;
  Color ink = Color::text;
};

/// Draws it broken into lines; returns the y below it. Areas are called "term.NAME.0" and so on.
float draw_terms(Frame& frame, const TermPlace& place, const TermText& text, std::string_view name);

}  // namespace gogoscope
