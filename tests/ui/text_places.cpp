#include "tests/ui/text_places.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace gogoscope {
namespace {

/// Glyphs are on whole pixels; a rectangle may be off by the rest.
constexpr float kSlack = 1.0F;

std::string place(const Rect& rect) {
  char text[96];
  std::snprintf(text, sizeof text, "x %.0f..%.0f y %.0f..%.0f", static_cast<double>(rect.min.x),
                static_cast<double>(rect.max.x), static_cast<double>(rect.min.y),
                static_cast<double>(rect.max.y));
  return text;
}

/// What is wrong with the place of a text; empty if nothing is.
std::string misplaced(const DrawnText& text, const App& app) {
  // What has been scrolled away with its panel is seen when one scrolls to it.
  if (off_ground(text, app)) return {};
  const bool above = text.where.max.y <= text.clip.min.y;
  const bool below = text.where.min.y >= text.clip.max.y;
  if ((above || below) && text.scrolls) return {};
  if (text.where.min.x < text.clip.min.x - kSlack || text.where.max.x > text.clip.max.x + kSlack) {
    return "is cut at the side: " + place(text.where) + " shown within " + place(text.clip);
  }
  const bool cut = text.where.min.y < text.clip.min.y - kSlack || text.where.max.y > text.clip.max.y + kSlack;
  if (cut && !text.scrolls) {
    return "is cut and its panel does not scroll: " + place(text.where) + " shown within " + place(text.clip);
  }
  // A panel's header belongs to the whole window, where nothing would clip it.
  const std::optional<Rect> panel = panel_rect(text, app);
  if (panel && text.where.max.x > panel->max.x + kSlack) {
    return "leaves its panel: " + place(text.where) + " of " + place(*panel);
  }
  return {};
}

/// The part that is not clipped away; its size is negative where nothing is left.
Rect seen(const DrawnText& text) {
  return {{std::max(text.where.min.x, text.clip.min.x), std::max(text.where.min.y, text.clip.min.y)},
          {std::min(text.where.max.x, text.clip.max.x), std::min(text.where.max.y, text.clip.max.y)}};
}

/// Two texts of a window that overlap, by more than the air above and below letters.
bool collide(const DrawnText& a, const DrawnText& b) {
  if (a.window != b.window) return false;
  const Rect in_a = seen(a);
  const Rect in_b = seen(b);
  const float air = 0.25F * std::min(a.size, b.size);
  const float across = std::min(in_a.max.x, in_b.max.x) - std::max(in_a.min.x, in_b.min.x);
  const float down = std::min(in_a.max.y, in_b.max.y) - std::max(in_a.min.y, in_b.min.y);
  return across > 2 && down > 2 * air;
}

}  // namespace

std::map<std::string, std::string> misplaced_texts(const std::vector<DrawnText>& texts, const App& app) {
  std::map<std::string, std::string> found;
  for (const DrawnText& text : texts) {
    if (const std::string wrong = misplaced(text, app); !wrong.empty())
      found.emplace(panel_of(text, app) + ": \"" + text.words + "\"", wrong);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t k = i + 1; k < texts.size(); ++k) {
      if (!collide(texts[i], texts[k])) continue;
      found.emplace(
          panel_of(texts[i], app) + ": \"" + texts[i].words + "\" and \"" + texts[k].words + "\" overlap",
          place(texts[i].where) + " and " + place(texts[k].where));
    }
  }
  return found;
}

}  // namespace gogoscope
