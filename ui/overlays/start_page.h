// The page that the window opens on when no file was named: lessons, recent files, examples; and the chooser
// of files, which is the same list over a folder. It covers the whole window.
#pragma once

#include <optional>

#include "ui/overlays/line_field.h"
#include "ui/overlays/start_rows.h"

namespace gogoscope {

class StartPage {
 public:
  /// Draws it while `frame.ui.start` is set; clears that when something was chosen.
  void draw(Frame& frame, Rect window, const std::vector<std::string>& recent);
  /// What makes the library, once it is to be shown.
  void set_library(LibraryMaker maker) { make_library_ = std::move(maker); }
  const std::vector<StartRow>& rows() const { return rows_; }

 private:
  void open(const Frame& frame);
  void refresh(const Frame& frame, const std::vector<std::string>& recent);
  void choose(Frame& frame, const StartRow& row);
  void move(int by);
  void draw_rows(Frame& frame, Rect area);

  LibraryMaker make_library_;
  std::optional<Library> library_;
  StartMode shown_ = StartMode::none;
  LineField field_;
  std::string asked_;
  std::optional<Language> language_;
  std::vector<StartRow> rows_;
  std::size_t chosen_ = 0;
  bool show_chosen_ = false;
  bool executes_ = false;
};

}  // namespace gogoscope
