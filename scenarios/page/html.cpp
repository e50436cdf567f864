#include "scenarios/page/html.h"

namespace gogoscope {
namespace {

template <class Replacement>
std::string replaced(std::string_view text, const Replacement& replacement) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const std::string_view other = replacement(c);
    other.empty() ? out.push_back(c) : void(out.append(other));
  }
  return out;
}

}  // namespace

std::string escaped_html(std::string_view text) {
  return replaced(text, [](char c) -> std::string_view {
    switch (c) {
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '&':
        return "&amp;";
      case '"':
        return "&quot;";
      default:
        return {};
    }
  });
}

std::string json_in_html(std::string_view json) {
  return replaced(json, [](char c) -> std::string_view {
    switch (c) {
      case '<':
        return "\\u003c";
      case '>':
        return "\\u003e";
      case '&':
        return "\\u0026";
      default:
        return {};
    }
  });
}

}  // namespace gogoscope
