// What is wrong with a text, and where: shown with the line and a caret under the characters concerned.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/message.h"

namespace gogoscope {

/// Lines and columns count from 1; columns count characters, not bytes, so that the caret is right under
/// Chinese comments too.
struct Diagnostic {
  std::string file;
  int line = 0;
  int column = 0;
  int width = 1;  ///< how many characters the mark covers
  Message message;
  std::string source_line;  ///< a very long line is cut to a window around the mark
  int first_column = 1;     ///< the column of source_line's first character
};

/// Puts the line that a diagnostic is about into it. What is less than 1 in its place becomes 1.
void show_line(Diagnostic& diagnostic, std::string_view line);

/// "file:line:col: error: message", the line, a caret. Ends with a newline.
std::string format(const Diagnostic& diagnostic, Language language = Language::en);

/// Collects what is wrong with some texts, all of it in one go, up to a limit.
class DiagnosticList {
 public:
  explicit DiagnosticList(int most) : most_(most < 1 ? 1 : static_cast<std::size_t>(most)) {}

  /// Adds it unless the same is known of that place, or the list is full. `text` orders the texts.
  void add(std::size_t text, Diagnostic diagnostic);
  bool full() const { return found_.size() >= most_; }
  bool empty() const { return found_.empty(); }
  /// In the order of texts, lines and columns: passes find errors in another order than readers look for
  /// them.
  std::vector<Diagnostic> take();

 private:
  struct Found {
    std::size_t text;
    Diagnostic diagnostic;
  };
  std::size_t most_;
  std::vector<Found> found_;
};

}  // namespace gogoscope
