// Objects put together as if their texts had been assembled in a row.
#include <algorithm>
#include <map>
#include <utility>

#include "asm/assembler.h"
#include "asm/sections.h"

namespace plan9 {
namespace {

class Joiner {
 public:
  explicit Joiner(const std::vector<const Object*>& objects) : objects_(objects), parts_(objects.size()) {}

  std::optional<Object> run() {
    for (std::size_t n = 0; n < objects_.size(); ++n) declare(n, Section::text);
    for (std::size_t n = 0; n < objects_.size(); ++n) declare(n, Section::data);
    if (clash_) return std::nullopt;
    for (std::size_t n = 0; n < objects_.size(); ++n) place_text(n);
    // The order of the layout: funcvals that code mentions, then all data, each with those that it mentions.
    for (std::size_t n = 0; n < objects_.size(); ++n) {
      for (const std::uint32_t s : by_offset(n)) {
        if (objects_[n]->symbols[s].made == MadeFuncval::by_text) place_funcval(n, s);
      }
    }
    for (std::size_t n = 0; n < objects_.size(); ++n) {
      for (const std::uint32_t s : by_offset(n)) {
        const MadeFuncval made = objects_[n]->symbols[s].made;
        if (made == MadeFuncval::no) place_data(n, s, parts_[n].symbols[s]);
        if (made == MadeFuncval::by_data) place_funcval(n, s);
      }
    }
    if (out_.text.size() > kLargestSection || out_.data.size() > kLargestSection) return std::nullopt;
    for (std::size_t n = 0; n < objects_.size(); ++n) relocate(n);
    return std::move(out_);
  }

 private:
  /// Where an object's own numbers lead in the joined one.
  struct Part {
    std::vector<std::uint32_t> symbols;
    std::vector<bool> kept;  ///< of symbols: its bytes are in the joined object
    std::uint32_t text = 0;  ///< offset
    std::uint32_t source = 0;
  };

  /// A name<> is known in its own text alone.
  using Key = std::pair<std::string_view, std::size_t>;
  static Key key(std::size_t n, const Symbol& symbol) { return {symbol.name, symbol.file_local ? n + 1 : 0}; }

  void declare(std::size_t n, Section section) {
    Part& part = parts_[n];
    const std::vector<Symbol>& symbols = objects_[n]->symbols;
    part.symbols.resize(symbols.size());
    part.kept.resize(symbols.size(), true);
    for (std::size_t s = 0; s < symbols.size(); ++s) {
      const Symbol& symbol = symbols[s];
      if (symbol.section != section || symbol.made != MadeFuncval::no) continue;
      part.symbols[s] = static_cast<std::uint32_t>(out_.symbols.size());
      out_.symbols.push_back(symbol);
      // A TEXT without a name has been an error; several texts may have the same name<>, each its own.
      clash_ = clash_ || !names_.emplace(key(n, symbol), part.symbols[s]).second;
    }
  }

  void place_text(std::size_t n) {
    const Object& object = *objects_[n];
    Part& part = parts_[n];
    part.source = static_cast<std::uint32_t>(out_.sources.size());
    out_.sources.insert(out_.sources.end(), object.sources.begin(), object.sources.end());
    if (!object.text.empty()) align(out_.text, kFunctionAlignment, kPadding);
    part.text = static_cast<std::uint32_t>(out_.text.size());
    out_.text.insert(out_.text.end(), object.text.begin(), object.text.end());
    for (std::size_t s = 0; s < object.symbols.size(); ++s) {
      if (object.symbols[s].section == Section::text) out_.symbols[part.symbols[s]].offset += part.text;
    }
    out_.lines.reserve(out_.lines.size() + object.lines.size());
    for (const Line& line : object.lines) {
      out_.lines.push_back(line);
      out_.lines.back().offset += part.text;
      out_.lines.back().source += part.source;
    }
  }

  /// The symbols of an object's data, in the order in which they are there.
  std::vector<std::uint32_t> by_offset(std::size_t n) const {
    const std::vector<Symbol>& symbols = objects_[n]->symbols;
    std::vector<std::uint32_t> out;
    for (std::uint32_t s = 0; s < symbols.size(); ++s) {
      if (symbols[s].section == Section::data) out.push_back(s);
    }
    std::ranges::stable_sort(out, {}, [&](std::uint32_t s) { return symbols[s].offset; });
    return out;
  }

  /// One that another text has defined or made is that one.
  void place_funcval(std::size_t n, std::uint32_t s) {
    const Symbol& symbol = objects_[n]->symbols[s];
    const auto [at, fresh] = names_.emplace(key(n, symbol), static_cast<std::uint32_t>(out_.symbols.size()));
    parts_[n].symbols[s] = at->second;
    parts_[n].kept[s] = fresh;
    if (!fresh) return;
    out_.symbols.push_back(symbol);
    place_data(n, s, at->second);
  }

  void place_data(std::size_t n, std::uint32_t s, std::uint32_t into) {
    const Symbol& symbol = objects_[n]->symbols[s];
    align(out_.data, 8, std::byte{0});
    out_.symbols[into].offset = static_cast<std::uint32_t>(out_.data.size());
    const auto from = objects_[n]->data.begin() + symbol.offset;
    out_.data.insert(out_.data.end(), from, from + symbol.size);
  }

  void relocate(std::size_t n) {
    const Object& object = *objects_[n];
    const Part& part = parts_[n];
    const std::vector<std::uint32_t> data = by_offset(n);
    for (const Relocation& from : object.relocations) {
      Relocation r = from;
      if (r.section == Section::text) {
        r.offset += part.text;
      } else {
        const auto after = std::ranges::upper_bound(
            data, r.offset, {}, [&](std::uint32_t s) { return object.symbols[s].offset; });
        const std::uint32_t s = *std::prev(after);
        if (!part.kept[s]) continue;
        r.offset = out_.symbols[part.symbols[s]].offset + (r.offset - object.symbols[s].offset);
      }
      r.source += part.source;
      if (r.target) {
        r.target = part.symbols[*r.target];
      } else if (const auto found = names_.find({r.symbol, 0}); found != names_.end()) {
        r.target = found->second;
      }
      out_.relocations.push_back(std::move(r));
    }
  }

  const std::vector<const Object*>& objects_;
  std::vector<Part> parts_;
  std::map<Key, std::uint32_t> names_;
  bool clash_ = false;
  Object out_;
};

}  // namespace

std::optional<Object> join(const std::vector<const Object*>& objects) { return Joiner(objects).run(); }

}  // namespace plan9
