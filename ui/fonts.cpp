#include "ui/fonts.h"

#include <filesystem>
#include <string_view>

namespace gogoscope {
namespace {

struct Face {
  std::vector<const char*> files;  ///< in order of preference
  float size;
};

// Punctuation that panels draw beside the texts given.
constexpr std::string_view kAlwaysNeeded = "→←↑↓·…–—“”‘’«»≠±×";

const char* first_found(const std::vector<const char*>& files, std::vector<std::string>& missing) {
  for (const char* file : files) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file;
  }
  missing.emplace_back(files.front());
  return nullptr;
}

}  // namespace

Fonts load_fonts(ImGuiIO& io, float scale, const std::string& characters) {
  Fonts fonts;
  const Face words{{"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"},
                   15};
  const Face strong{{"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
                     "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"},
                    15};
  const Face story{words.files, 18};
  const Face mono{{"/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
                   "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"},
                  14};
  const char* chinese = first_found({"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"}, fonts.missing);

  // The ranges must outlive the atlas; one window, one atlas, so they are kept for good.
  static ImVector<ImWchar> ranges;
  ImFontGlyphRangesBuilder builder;
  builder.AddRanges(io.Fonts->GetGlyphRangesDefault());
  builder.AddText(kAlwaysNeeded.data(), kAlwaysNeeded.data() + kAlwaysNeeded.size());
  builder.AddText(characters.data(), characters.data() + characters.size());
  // A text may hold a NUL, of a file that is none for us to read; in the list of ranges it would be the end.
  builder.UsedChars[0] &= ~1U;
  ranges.clear();
  builder.BuildRanges(&ranges);

  io.Fonts->Clear();
  const auto load = [&](const Face& face) {
    ImFontConfig config;
    config.OversampleH = 2;
    config.OversampleV = 1;
    const float size = face.size * scale;
    ImFont* font = nullptr;
    if (const char* file = first_found(face.files, fonts.missing)) {
      font = io.Fonts->AddFontFromFileTTF(file, size, &config, ranges.Data);
    }
    if (font == nullptr) {
      config.SizePixels = size;
      font = io.Fonts->AddFontDefault(&config);
    }
    if (chinese != nullptr) {
      ImFontConfig merged;
      merged.MergeMode = true;
      merged.OversampleH = 1;
      io.Fonts->AddFontFromFileTTF(chinese, size * 1.08F, &merged, ranges.Data);
    }
    return font;
  };
  fonts.words = load(words);
  fonts.strong = load(strong);
  fonts.story = load(story);
  fonts.mono = load(mono);
  io.Fonts->Build();
  return fonts;
}

}  // namespace gogoscope
