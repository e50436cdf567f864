// The palette: one field to search everything in, or to type a command.
#pragma once

#include <string>

#include "ui/overlays/line_field.h"
#include "ui/overlays/search.h"

namespace gogoscope {

class PaletteOverlay {
 public:
  /// Draws it while `frame.ui.palette` is set; clears that when something was chosen.
  void draw(Frame& frame, Rect window);
  const Results& results() const { return results_; }

 private:
  /// What the results depend on.
  struct Asked {
    std::string text;
    std::uint64_t position = ~std::uint64_t{0};
    std::uint64_t steps = 0;
    std::size_t events = 0;
    Language language = Language::en;
    bool same_moment(const Asked& other) const;
  };
  void open(std::string text);
  void refresh(const Frame& frame);
  void read_keys(std::size_t page);
  float draw_line_of_help(Frame& frame, Rect body, float y);
  void draw_results(Frame& frame, Rect area);
  void draw_footer(Frame& frame, Rect area);
  void choose(Frame& frame, Rect window);

  bool open_ = false;
  LineField field_;
  bool executes_ = false;     ///< Enter or a click, in this frame
  bool show_chosen_ = false;  ///< bring the chosen result into sight
  std::size_t chosen_ = 0;
  Asked asked_;
  Search search_;
  Results results_;
};

}  // namespace gogoscope
