// shot: what can be said of a picture without drawing it. The window's program draws.
#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "asm/text/printable.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

// Below, no panel has room for a line; above, a picture takes hundreds of megabytes.
constexpr int kLeastPixels = 320;
constexpr int kMostPixels = 8192;
constexpr double kLeastScale = 0.5;
constexpr double kMostScale = 4;

/// A whole number that takes all of `text`.
bool read_pixels(std::string_view text, int& pixels) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pixels);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_size(std::string_view text, int& width, int& height) {
  const std::size_t x = text.find('x');
  if (x == std::string_view::npos) return false;
  return read_pixels(text.substr(0, x), width) && read_pixels(text.substr(x + 1), height);
}

bool possible(int pixels) { return pixels >= kLeastPixels && pixels <= kMostPixels; }

}  // namespace

int shot(ShotOptions options, const std::string& size, const Front& front) {
  if (!front.shoot) {
    complain(
        "this program was built without its window, so it takes no pictures; `gogoscope walk SCENARIO` "
        "prints a run in the terminal");
    return kBadInput;
  }
  if (!read_size(size, options.width, options.height)) {
    complain("--size " + in_quotes(size) +
             " is not a size; a size is width x height in pixels, such as 1600x1000");
    return kBadInput;
  }
  if (!possible(options.width) || !possible(options.height)) {
    complain(fmt::format("--size {}: width and height must be between {} and {} pixels", size, kLeastPixels,
                         kMostPixels));
    return kBadInput;
  }
  // Written so that a scale which is not a number is refused too.
  if (!(options.scale >= kLeastScale && options.scale <= kMostScale)) {
    complain(fmt::format("--scale {}: it must be between {} and {}", options.scale, kLeastScale, kMostScale));
    return kBadInput;
  }
  std::optional<OpenedRun> run =
      open_at(options.path, options.at, language_by_name(options.language).value_or(Language::en));
  return run ? front.shoot(std::move(*run), options) : kBadInput;
}

}  // namespace gogoscope
