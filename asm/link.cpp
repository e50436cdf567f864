// Fills the fields that wait for addresses.
#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>

#include "asm/assembler.h"
#include "asm/diagnostics.h"
#include "asm/little_endian.h"
#include "asm/source_set.h"

namespace plan9 {
namespace {

class Linker {
 public:
  Linker(const Object& object, const LinkOptions& options) : object_(object), options_(options) {
    out_.text = object.text;
    out_.data = object.data;
  }

  Linked run() {
    for (const Relocation& r : object_.relocations) fill(r);
    return std::move(out_);
  }

 private:
  std::uint64_t base(Section section) const {
    return section == Section::text ? options_.text_base : options_.data_base;
  }

  bool address(const Relocation& r, std::uint64_t& value) const {
    if (r.target) {
      const Symbol& s = object_.symbols[*r.target];
      value = base(s.section) + s.offset;
      return true;
    }
    const auto found = options_.externs.find(r.symbol);
    if (found == options_.externs.end()) return false;
    value = found->second;
    return true;
  }

  void fill(const Relocation& r) {
    std::uint64_t value = 0;
    if (!address(r, value)) return undefined(r);
    value += static_cast<std::uint64_t>(r.addend);
    if (r.kind == RelocationKind::pc32) value -= base(r.section) + r.offset;
    const auto number = static_cast<std::int64_t>(value);
    const bool fits = number >= std::numeric_limits<std::int32_t>::min() &&
                      number <= std::numeric_limits<std::int32_t>::max();
    if (r.kind != RelocationKind::abs64 && !fits) {
      return report(r,
                    {{"{symbol} is too far away: the field has 32 bits", "{symbol} 太远：这个字段只有 32 位"},
                     {{"symbol", in_quotes(r.symbol)}}});
    }
    std::vector<std::byte>& section = r.section == Section::text ? out_.text : out_.data;
    const unsigned bytes = r.kind == RelocationKind::abs64 ? 8 : 4;
    store(section.data() + r.offset, value, bytes);
  }

  void undefined(const Relocation& r) {
    std::vector<std::string_view> known, same_package;
    for (const Symbol& s : object_.symbols) {
      // A funcval has the name of its function, which is what people call.
      const bool funcval = s.section == Section::data && s.name.ends_with(".f");
      if (!s.file_local && !funcval) known.push_back(s.name);
    }
    for (const auto& [name, value] : options_.externs) known.push_back(name);
    // Where the package is right, a name of another one was not meant.
    const std::string_view package = std::string_view(r.symbol).substr(0, r.symbol.find('.') + 1);
    std::ranges::copy_if(known, std::back_inserter(same_package),
                         [&](std::string_view name) { return name.starts_with(package); });
    if (!package.empty() && !same_package.empty()) known = same_package;
    report(r, {{"{symbol} is not defined{hint}", "{symbol} 没有定义{hint}"},
               {{"symbol", in_quotes(r.symbol)}, {"hint", did_you_mean(r.symbol, known)}}});
  }

  void report(const Relocation& r, Message message) {
    for (const Diagnostic& d : out_.diagnostics) {
      if (d.line == static_cast<int>(r.line) && d.column == static_cast<int>(r.column) &&
          d.message == message)
        return;
    }
    Diagnostic d;
    d.line = static_cast<int>(r.line);
    d.column = static_cast<int>(r.column);
    d.width = static_cast<int>(r.width);
    d.message = std::move(message);
    if (r.source < object_.sources.size()) {
      const Source& source = object_.sources[r.source];
      d.file = source.name;
      std::string_view text = source.text;
      for (std::uint32_t n = 1; n < r.line; ++n) {
        const std::size_t at = text.find('\n');
        text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
      }
      show_line(d, text.substr(0, text.find('\n')));
    }
    out_.diagnostics.push_back(std::move(d));
  }

  const Object& object_;
  const LinkOptions& options_;
  Linked out_;
};

}  // namespace

Linked link(const Object& object, const LinkOptions& options) { return Linker(object, options).run(); }

}  // namespace plan9
