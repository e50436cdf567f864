#include "asm/layout.h"

#include <algorithm>

#include "asm/frame.h"
#include "asm/sections.h"

namespace plan9 {

void Layout::run() {
  declare_symbols();
  for (std::size_t n = 0; n < program_.functions.size() && !diagnostics_.full(); ++n) place_function(n);
  for (std::size_t n = 0; n < program_.data.size() && !diagnostics_.full(); ++n) place_data(n);
  if (!diagnostics_.empty()) return;
  // Now that every name is known, references inside the object need no name.
  for (Relocation& r : object_.relocations) {
    if (r.target) continue;
    const auto found = symbols_.find(key(r.symbol, false, 0));
    if (found != symbols_.end()) r.target = found->second;
  }
}

void Layout::declare(const std::string& name, bool file_local, std::uint32_t source, std::uint32_t index,
                     const Place& place) {
  const auto [at, fresh] = symbols_.emplace(key(name, file_local, source), index);
  if (!fresh) {
    const Place& first = places_[at->second];
    const std::uint32_t line = sources_.line_in_file(first);
    if (first.source == place.source) {
      diagnostics_.error(place, {{"{name} is already defined in line {line}", "{name} 已在第 {line} 行定义"},
                                 {{"name", in_quotes(name)}, {"line", line}}});
    } else {
      diagnostics_.error(
          place, {{"{name} is already defined in {file}, line {line}", "{name} 已在 {file} 第 {line} 行定义"},
                  {{"name", in_quotes(name)}, {"file", sources_[first.source].name}, {"line", line}}});
    }
    return;
  }
  places_[index] = place;
}

// All names first: a reference may come before the definition, and a name<> must win over a name that
// the linker is given.
void Layout::declare_symbols() {
  for (const Function& f : program_.functions) {
    Symbol s;
    s.name = f.name;
    s.section = Section::text;
    s.file_local = f.file_local;
    object_.symbols.push_back(std::move(s));
    if (!f.name.empty()) {
      declare(f.name, f.file_local, f.source, static_cast<std::uint32_t>(object_.symbols.size() - 1),
              f.place);
    }
  }
  for (const DataSymbol& d : program_.data) {
    Symbol s;
    s.name = d.name;
    s.section = Section::data;
    s.file_local = d.file_local;
    object_.symbols.push_back(std::move(s));
    declare(d.name, d.file_local, d.source, static_cast<std::uint32_t>(object_.symbols.size() - 1), d.place);
  }
}

/// The funcval name·f, made at its first mention unless the text defines it by itself.
std::uint32_t Layout::funcval(const Operand& name, std::uint32_t source, Section from) {
  const Key k = key(name.symbol, name.file_local, source);
  if (const auto found = symbols_.find(k); found != symbols_.end()) return found->second;
  align(object_.data, 8, std::byte{0});
  Symbol s;
  s.name = name.symbol;
  s.section = Section::data;
  s.offset = static_cast<std::uint32_t>(object_.data.size());
  s.size = 8;
  s.file_local = name.file_local;
  s.made = from == Section::text ? MadeFuncval::by_text : MadeFuncval::by_data;
  const auto index = static_cast<std::uint32_t>(object_.symbols.size());
  object_.symbols.push_back(s);
  symbols_.emplace(k, index);
  object_.data.resize(object_.data.size() + 8);
  Operand function = name;
  function.symbol.resize(function.symbol.size() - 2);
  function.funcval = false;
  relocate(Section::data, s.offset, RelocationKind::abs64, function, 0, source);
  return index;
}

/// A name<> can only be defined here, so that the linker need not be waited for.
void Layout::check_local(const Operand& name, std::uint32_t source) {
  if (!name.file_local || name.funcval || symbols_.contains(key(name.symbol, true, source))) return;
  diagnostics_.error(name.place, {{"{symbol} is not defined in this file", "{symbol} 没有在本文件中定义"},
                                  {{"symbol", in_quotes(name.symbol + "<>")}}});
}

void Layout::relocate(Section section, std::uint32_t offset, RelocationKind kind, const Operand& name,
                      std::int64_t addend, std::uint32_t source) {
  Relocation r;
  if (name.funcval) {
    r.target = funcval(name, source, section);
  } else if (const auto found = symbols_.find(key(name.symbol, name.file_local, source));
             found != symbols_.end()) {
    r.target = found->second;
  } else {
    check_local(name, source);
  }
  r.section = section;
  r.offset = offset;
  r.kind = kind;
  r.symbol = name.symbol;
  r.addend = addend;
  r.source = name.place.source;
  r.line = name.place.line;
  r.column = name.place.column;
  r.width = name.place.width;
  object_.relocations.push_back(std::move(r));
}

// Gives each piece its offset in the function; returns the size of all.
std::uint32_t Layout::place_pieces(std::vector<Piece>& pieces) {
  std::uint32_t offset = 0;
  for (Piece& piece : pieces) {
    piece.offset = offset;
    offset += piece.encoded.size;
  }
  return offset;
}

/// All jumps begin short; those that do not reach grow, until none does. A jump never shrinks again,
/// so this ends, at the same lengths as Go's assembler finds. False if one cannot grow and does not reach.
bool Layout::choose_jumps(const Function& f, std::vector<Piece>& pieces) {
  constexpr int kMostPasses = 100;
  for (int pass = 0;; ++pass) {
    place_pieces(pieces);
    bool grown = false;
    for (std::size_t n = 0; n < pieces.size(); ++n) {
      Piece& piece = pieces[n];
      if (!piece.is_jump || !piece.is_short) continue;
      const std::int64_t end = std::int64_t{piece.offset} + piece.encoded.size;
      const std::int64_t distance = std::int64_t{pieces[*f.body[n].target].offset} - end;
      // A text made to grow one jump a pass is cut short: long jumps reach everywhere.
      if (distance >= -128 && distance <= 127 && pass < kMostPasses) continue;
      if (f.body[n].form->short_only) continue;
      piece.is_short = false;
      piece.encoded = encode_jump(*f.body[n].form, false, 0);
      grown = true;
    }
    if (!grown) break;
  }
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    Piece& piece = pieces[n];
    if (!piece.is_jump) continue;
    const std::int64_t end = std::int64_t{piece.offset} + piece.encoded.size;
    const std::int64_t distance = std::int64_t{pieces[*f.body[n].target].offset} - end;
    if (piece.is_short && (distance < -128 || distance > 127)) {
      const Instruction& i = f.body[n];
      diagnostics_.error(
          i.operands.empty() ? i.place : i.operands[0].place,
          {{"{instruction} reaches 127 bytes on and 128 back, but this is {distance} bytes away",
            "{instruction} 只能跳到往后 127 字节、往前 128 字节之内，而这里相距 {distance} 字节"},
           {{"instruction", i.form->name}, {"distance", distance < 0 ? -distance : distance}}});
      return false;
    }
    piece.encoded = encode_jump(*f.body[n].form, piece.is_short, static_cast<std::int32_t>(distance));
  }
  return true;
}

/// Every instruction by itself, jumps as short as can be. Goes on after an error, to find them all.
bool Layout::encode(const Function& f, std::vector<Piece>& pieces) {
  Encoder encoder(options_, diagnostics_);
  bool sound = true;
  for (std::size_t n = 0; n < f.body.size() && !diagnostics_.full(); ++n) {
    const Instruction& i = f.body[n];
    Piece& piece = pieces[n];
    if (i.target) {
      piece.is_jump = true;
      piece.is_short = true;
      piece.encoded = encode_jump(*i.form, true, 0);
    } else if (is_local_jump(i)) {
      sound = false;  // the label is missing, which has been said
    } else if (!encoder.encode(f, i, piece.encoded)) {
      sound = false;
    } else if (piece.encoded.fixup) {
      check_local(piece.encoded.fixup->symbol, f.source);
    }
  }
  return sound && !diagnostics_.full();
}

void Layout::place_function(std::size_t index) {
  Function& f = program_.functions[index];
  add_frame(f, options_.stack_check, diagnostics_);
  std::vector<Piece> pieces(f.body.size());
  if (!encode(f, pieces)) return;
  if (!choose_jumps(f, pieces)) return;

  align(object_.text, kFunctionAlignment, kPadding);
  const std::uint32_t size = place_pieces(pieces);
  if (object_.text.size() + size > kLargestSection) {
    diagnostics_.error(f.place, {{"text is too large", "代码太大"}});
    return;
  }
  Symbol& symbol = object_.symbols[index];
  symbol.offset = static_cast<std::uint32_t>(object_.text.size());
  symbol.size = size;
  symbol.locals = static_cast<std::int32_t>(f.locals);
  symbol.args = static_cast<std::int32_t>(f.args);
  symbol.frame = f.frame;
  symbol.saves_bp = f.saves_bp;
  symbol.nosplit = f.nosplit;
  symbol.pcsp = sp_deltas(f, pieces);
  write(f, pieces, symbol.offset);
  // Two functions never share an address: the linker gives even an empty one MINFUNC bytes (1.16,
  // ld/data.go).
  if (size == 0) object_.text.push_back(kPadding);
}

/// One entry wherever SP is elsewhere than before. The first is {0, 0} whatever the function does.
std::vector<SpDelta> Layout::sp_deltas(const Function& f, const std::vector<Piece>& pieces) {
  std::vector<SpDelta> table{{0, 0}};
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    const bool emits = pieces[n].encoded.size != 0 && pieces[n].offset != 0;
    if (emits && table.back().delta != f.body[n].sp_delta)
      table.push_back({pieces[n].offset, f.body[n].sp_delta});
  }
  return table;
}

/// Bytes, lines and relocations of one function, which begins at `base`. What emits nothing has no line.
void Layout::write(const Function& f, const std::vector<Piece>& pieces, std::uint32_t base) {
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    const Encoded& encoded = pieces[n].encoded;
    const Instruction& i = f.body[n];
    if (encoded.size == 0) continue;
    Line line;
    line.offset = base + pieces[n].offset;
    line.size = encoded.size;
    line.kind = i.kind;
    line.source = i.place.source;
    line.line = i.place.line;
    line.plan9 = i.text;
    for (std::uint8_t b = 0; b < encoded.size; ++b) {
      object_.text.push_back(static_cast<std::byte>(encoded.bytes[b]));
    }
    if (const auto& fixup = encoded.fixup) {
      relocate(Section::text, line.offset + fixup->offset, fixup->kind, fixup->symbol, fixup->addend,
               f.source);
    }
    object_.lines.push_back(std::move(line));
  }
}

// DATA may come in any order and before its GLOBL, so that only now can it be compared with the size.
void Layout::place_data(std::size_t index) {
  DataSymbol& d = program_.data[index];
  if (!d.declared) {
    diagnostics_.error(d.place, {{"{name} has DATA but no GLOBL", "{name} 有 DATA，却没有 GLOBL"},
                                 {{"name", in_quotes(d.name)}}});
    return;
  }
  std::sort(d.filled.begin(), d.filled.end());
  for (std::size_t n = 1; n < d.filled.size(); ++n) {
    if (d.filled[n].first < d.filled[n - 1].second) {
      diagnostics_.error(
          d.place, {{"DATA of {name} overlaps at offset {offset}", "{name} 的 DATA 在偏移 {offset} 处重叠"},
                    {{"name", in_quotes(d.name)}, {"offset", d.filled[n].first}}});
      return;
    }
  }
  if (d.bytes.size() > d.size) {
    diagnostics_.error(d.place, {{"DATA of {name} ends at {end}, but GLOBL says ${size}",
                                  "{name} 的 DATA 到 {end} 为止，而 GLOBL 写的是 ${size}"},
                                 {{"name", in_quotes(d.name)}, {"end", d.bytes.size()}, {"size", d.size}}});
    return;
  }
  if (object_.data.size() + d.size > kLargestSection) {
    diagnostics_.error(d.place, {{"data is too large", "数据太大"}});
    return;
  }
  align(object_.data, 8, std::byte{0});
  Symbol& symbol = object_.symbols[program_.functions.size() + index];
  symbol.offset = static_cast<std::uint32_t>(object_.data.size());
  symbol.size = static_cast<std::uint32_t>(d.size);
  const std::uint32_t base = symbol.offset;
  object_.data.insert(object_.data.end(), d.bytes.begin(), d.bytes.end());
  object_.data.resize(base + d.size);
  for (const DataAddress& a : d.addresses) {
    Operand name;
    name.symbol = a.symbol;
    name.file_local = a.file_local;
    name.funcval = a.funcval;
    name.place = a.place;
    relocate(Section::data, base + a.offset, RelocationKind::abs64, name, a.addend, d.source);
  }
}

}  // namespace plan9
