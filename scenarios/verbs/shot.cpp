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
        {{"this program was built without its window, so it takes no pictures; `gogoscope walk SCENARIO` "
          "prints a run in the terminal",
          "这个程序构建时没有带窗口，不能生成图片；`gogoscope walk SCENARIO` 可以在终端里打印一次运行"}},
        options.language);
    return kBadInput;
  }
  if (!read_size(size, options.width, options.height)) {
    complain({{"--size {size} is not a size; a size is width x height in pixels, such as 1600x1000",
               "--size {size} 不是尺寸；尺寸是“宽x高”，以像素计，例如 1600x1000"},
              {{"size", in_quotes(size)}}},
             options.language);
    return kBadInput;
  }
  if (!possible(options.width) || !possible(options.height)) {
    complain({{"--size {size}: width and height must be between {least} and {most} pixels",
               "--size {size}：宽和高必须在 {least} 到 {most} 像素之间"},
              {{"size", size}, {"least", kLeastPixels}, {"most", kMostPixels}}},
             options.language);
    return kBadInput;
  }
  // Written so that a scale which is not a number is refused too.
  if (!(options.scale >= kLeastScale && options.scale <= kMostScale)) {
    complain({{"--scale {scale}: it must be between {least} and {most}",
               "--scale {scale}：必须在 {least} 到 {most} 之间"},
              {{"scale", fmt::format("{}", options.scale)},
               {"least", fmt::format("{}", kLeastScale)},
               {"most", fmt::format("{}", kMostScale)}}},
             options.language);
    return kBadInput;
  }
  if (options.at.empty() && options.stop == 0) {
    complain(
        {{"which moment? --at WHERE, or, of a lesson, --stop N", "要哪个时刻？--at WHERE；课程用 --stop N"}},
        options.language);
    return kBadInput;
  }
  const std::string at = options.stop == 0 ? options.at : "0";
  std::optional<OpenedRun> run = open_at(options.path, options.case_name, at, options.language);
  return run ? front.shoot(std::move(*run), options) : kBadInput;
}

}  // namespace gogoscope
