#include "asm/source_set.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace plan9 {

std::uint32_t SourceSet::add(Source source) {
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::string_view SourceSet::line_of(const Place& place) const {
  if (place.source >= sources_.size()) return {};
  std::string_view text = sources_[place.source].text;
  if (place.line_start >= text.size()) return {};
  text.remove_prefix(place.line_start);
  text = text.substr(0, std::min(text.find('\n'), text.size()));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

std::vector<Source> SourceSet::take() {
  return {std::make_move_iterator(sources_.begin()), std::make_move_iterator(sources_.end())};
}

}  // namespace plan9
