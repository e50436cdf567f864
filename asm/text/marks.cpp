#include "asm/text/marks.h"

namespace gogoscope {
namespace {

constexpr std::string_view kCode = "`";
constexpr std::string_view kStrong = "**";

/// Where the mark ends what it began: npos if nowhere on that line, or if nothing is between.
std::size_t end_of(std::string_view source, std::size_t begin, std::string_view mark) {
  const std::size_t end = source.find(mark, begin), line = source.find('\n', begin);
  return end == begin || end > line ? std::string_view::npos : end;
}

}  // namespace

MarkedText marked(std::string_view source) {
  MarkedText out;
  for (std::size_t at = 0; at < source.size();) {
    const bool code = source.substr(at).starts_with(kCode);
    const std::string_view mark = code ? kCode : kStrong;
    const std::size_t begin = at + mark.size();
    const std::size_t end =
        source.substr(at).starts_with(mark) ? end_of(source, begin, mark) : std::string::npos;
    if (end == std::string_view::npos) {
      out.text += source[at++];
      continue;
    }
    out.spans.push_back(
        {out.text.size(), end - begin, code ? MarkedText::Kind::code : MarkedText::Kind::strong});
    out.text += source.substr(begin, end - begin);
    at = end + mark.size();
  }
  return out;
}

std::string without_strong(std::string_view source) {
  const MarkedText all = marked(source);
  std::string out = all.text;
  for (auto span = all.spans.rbegin(); span != all.spans.rend(); ++span) {
    if (span->kind != MarkedText::Kind::code) continue;
    out.insert(span->at + span->size, kCode);
    out.insert(span->at, kCode);
  }
  return out;
}

}  // namespace gogoscope
