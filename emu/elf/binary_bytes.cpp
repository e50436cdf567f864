#include "emu/elf/binary_bytes.h"

#include <algorithm>

#include "emu/elf/limits.h"
#include "emu/elf/wrong.h"
#include "emu/guest/bytes.h"
#include "emu/layout/struct_bytes.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kBinary = 1, kMessage = 2;
constexpr std::size_t kMostMessageBytes = 4096;
/// A function is no larger.
constexpr std::uint64_t kMaxFunctionBytes = std::uint64_t{1} << 30;

// ---- writing ----

void write_functions(ByteWriter& w, const std::vector<Function>& functions) {
  w.number(functions.size());
  for (const Function& f : functions) {
    w.text(f.name);
    w.number(f.entry.value());
    w.number(f.size);
    w.number(std::uint64_t{f.source} << 32 | f.line);
    w.number(std::uint64_t{static_cast<std::uint32_t>(f.frame)} << 1 | (f.saves_bp ? 1 : 0));
    w.number(f.pcsp.size());
    for (const SpStep& step : f.pcsp) {
      w.number(std::uint64_t{step.offset} << 32 | static_cast<std::uint32_t>(step.delta));
    }
  }
}

void write_layout(ByteWriter& w, const Layout& layout) {
  w.text(layout.release());
  w.text(layout.source());
  write_structs(w, layout.structs());
}

// ---- reading ----

/// Takes values off the bytes and holds them to what a Binary promises. After the first that is not so,
/// everything is empty and failed() is true.
class StrictReader {
 public:
  explicit StrictReader(std::string_view bytes) : r_(bytes) {}
  bool failed() const { return failed_ || r_.failed(); }
  bool at_end() const { return r_.at_end(); }
  void expect(bool holds) { failed_ = failed_ || !holds; }

  std::uint64_t number(std::uint64_t most = ~std::uint64_t{0}) {
    const std::uint64_t n = r_.number();
    expect(n <= most);
    return failed() ? 0 : n;
  }
  std::uint64_t count(std::size_t most) {
    const std::uint64_t n = r_.count();
    expect(n <= most);
    return failed() ? 0 : n;
  }
  std::string_view bytes() { return failed() ? std::string_view() : r_.text(); }
  std::string name(std::size_t most = kMaxNameBytes) {
    const std::string_view text = bytes();
    expect(text.size() <= most && can_be_shown(text));
    return failed() ? std::string() : std::string(text);
  }

  std::vector<StructLayout> structs() {
    if (failed()) return {};
    auto read = read_structs(r_);
    expect(read.index() == 0);
    return failed() ? std::vector<StructLayout>() : std::move(std::get<0>(read));
  }

 private:
  ByteReader r_;
  bool failed_ = false;
};

void read_segments(StrictReader& r, Binary& into) {
  std::uint64_t total = 0;
  for (std::uint64_t n = r.count(kMaxSegments); n > 0 && !r.failed(); --n) {
    LoadSegment s;
    s.addr = Addr(r.number(kMaxAddress));
    s.size = r.number(kMaxSegmentBytes);
    const std::uint64_t rights = r.number(7);
    s.readable = (rights & 1) != 0;
    s.writable = (rights & 2) != 0;
    s.executable = (rights & 4) != 0;
    const std::string_view bytes = r.bytes();
    total += s.size;
    r.expect(total <= kMaxSegmentBytes && bytes.size() <= s.size);
    r.expect(into.segments.empty() || into.segments.back().end() <= s.addr);
    if (r.failed()) return;
    const auto* const first = reinterpret_cast<const std::byte*>(bytes.data());
    s.bytes.assign(first, first + bytes.size());
    into.segments.push_back(std::move(s));
  }
}

void read_functions(StrictReader& r, Binary& into) {
  std::size_t steps = 0;
  const std::uint64_t functions = r.count(kMaxFunctions);
  into.functions.reserve(functions);
  for (std::uint64_t n = functions; n > 0 && !r.failed(); --n) {
    Function f;
    f.name = r.name();
    f.entry = CodeAddr(r.number(kMaxAddress));
    f.size = static_cast<std::uint32_t>(r.number(kMaxFunctionBytes));
    const std::uint64_t place = r.number();
    f.source = static_cast<std::uint32_t>(place >> 32);
    f.line = static_cast<std::uint32_t>(place);
    r.expect(f.source == Binary::kNoFile || f.source < into.files.size());
    r.expect(into.functions.empty() ||
             into.functions.back().entry + std::int64_t{into.functions.back().size} <= f.entry);
    const std::uint64_t frame = r.number(std::uint64_t{kMaxFunctionBytes} << 1 | 1);
    f.frame = static_cast<std::int32_t>(frame >> 1);
    f.saves_bp = (frame & 1) != 0;
    const std::uint64_t count = r.count(kMaxSpSteps);
    r.expect((steps += count) <= kMaxSpSteps);
    if (r.failed()) return;
    f.pcsp.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t step = r.number();
      f.pcsp.push_back({static_cast<std::uint32_t>(step >> 32), static_cast<std::int32_t>(step)});
      r.expect(i == 0 || f.pcsp[i - 1].offset < f.pcsp[i].offset);
    }
    into.functions.push_back(std::move(f));
  }
}

void read_data(StrictReader& r, Binary& into) {
  const std::uint64_t symbols = r.count(kMaxDataSymbols);
  into.data.reserve(symbols);
  for (std::uint64_t n = symbols; n > 0 && !r.failed(); --n) {
    DataSymbol d;
    d.name = r.name();
    d.type = r.name();
    d.addr = Addr(r.number(kMaxAddress));
    d.size = r.number(kMaxSegmentBytes);
    r.expect(into.data.empty() || into.data.back().addr <= d.addr);
    into.data.push_back(std::move(d));
  }
}

void read_lines(StrictReader& r, Binary& into) {
  const std::uint64_t rows = r.count(kMaxLineRows);
  into.lines.reserve(rows);
  for (std::uint64_t n = rows; n > 0 && !r.failed(); --n) {
    LineRow row;
    row.pc = CodeAddr(r.number(kMaxAddress));
    const std::uint64_t packed = r.number();
    row.file = static_cast<std::uint32_t>(packed >> 33);
    row.line = static_cast<std::uint32_t>(packed >> 1);
    row.is_stmt = (packed & 1) != 0;
    r.expect(row.file < into.files.size());
    r.expect(into.lines.empty() || into.lines.back().pc < row.pc);
    into.lines.push_back(row);
  }
}

void read_inlined(StrictReader& r, Binary& into) {
  const std::uint64_t names = r.count(kMaxInlinedCalls);
  for (std::uint64_t n = names; n > 0 && !r.failed(); --n) into.inlined.names.push_back(r.name());
  const std::uint64_t calls = r.count(kMaxInlinedCalls);
  into.inlined.calls.reserve(calls);
  for (std::uint64_t n = calls; n > 0 && !r.failed(); --n) {
    InlinedCall call;
    call.from = CodeAddr(r.number(kMaxAddress));
    call.to = CodeAddr(r.number(kMaxAddress));
    const std::uint64_t packed = r.number();
    call.file = static_cast<std::uint32_t>(packed >> 32);
    call.line = static_cast<std::uint32_t>(packed);
    call.name = static_cast<std::uint32_t>(r.number(kMaxInlinedCalls));
    into.inlined.calls.push_back(call);
  }
  r.expect(into.inlined.sound(into.files.size()));
}

void read_layout(StrictReader& r, Binary& into) {
  std::string release = r.name(), source = r.name();
  into.layout = Layout(std::move(release), std::move(source), r.structs());
  r.expect(!into.layout.flaw());
}

}  // namespace

std::string binary_bytes(const std::variant<Binary, Message>& read) {
  ByteWriter w;
  if (const auto* const why = std::get_if<Message>(&read)) {
    w.number(kMessage);
    w.text(why->in(Language::en));
    w.text(why->in(Language::zh));
    return w.bytes();
  }
  const Binary& b = std::get<Binary>(read);
  w.number(kBinary);
  w.text(b.go);
  w.number(b.entry.value());
  w.number(b.program_headers.value());
  w.number(b.program_header_count);
  w.number(b.program_header_size);
  w.number(b.segments.size());
  for (const LoadSegment& s : b.segments) {
    w.number(s.addr.value());
    w.number(s.size);
    w.number((s.readable ? 1U : 0U) | (s.writable ? 2U : 0U) | (s.executable ? 4U : 0U));
    w.text({reinterpret_cast<const char*>(s.bytes.data()), s.bytes.size()});
  }
  w.number(b.files.size());
  for (const std::string& file : b.files) w.text(file);
  write_functions(w, b.functions);
  w.number(b.data.size());
  for (const DataSymbol& d : b.data) {
    w.text(d.name);
    w.text(d.type);
    w.number(d.addr.value());
    w.number(d.size);
  }
  w.number(b.lines.size());
  for (const LineRow& row : b.lines) {
    w.number(row.pc.value());
    w.number(std::uint64_t{row.file} << 33 | std::uint64_t{row.line} << 1 | (row.is_stmt ? 1 : 0));
  }
  w.number(b.inlined.names.size());
  for (const std::string& name : b.inlined.names) w.text(name);
  w.number(b.inlined.calls.size());
  for (const InlinedCall& call : b.inlined.calls) {
    w.number(call.from.value());
    w.number(call.to.value());
    w.number(std::uint64_t{call.file} << 32 | call.line);
    w.number(call.name);
  }
  write_layout(w, b.layout);
  return w.bytes();
}

std::variant<Binary, Message> binary_from_bytes(std::string_view bytes) {
  StrictReader r(bytes);
  const std::uint64_t what = r.number(kMessage);
  if (what == kMessage) {
    const std::string en = r.name(kMostMessageBytes), zh = r.name(kMostMessageBytes);
    if (!r.failed() && r.at_end() && !en.empty() && !zh.empty()) return Message::literal({en, zh});
  }
  if (what == kBinary) {
    Binary b;
    b.go = r.name();
    b.entry = CodeAddr(r.number(kMaxAddress));
    b.program_headers = Addr(r.number(kMaxAddress));
    b.program_header_count = static_cast<std::uint32_t>(r.number(0xffff));
    b.program_header_size = static_cast<std::uint32_t>(r.number(0xffff));
    read_segments(r, b);
    const std::uint64_t files = r.count(kMaxFiles);
    for (std::uint64_t i = 0; i < files && !r.failed(); ++i) b.files.push_back(r.name());
    read_functions(r, b);
    read_data(r, b);
    read_lines(r, b);
    read_inlined(r, b);
    read_layout(r, b);
    const LoadSegment* const text = b.segment_at(Addr(b.entry.value()));
    r.expect(text != nullptr && text->executable);
    if (!r.failed() && r.at_end()) return b;
  }
  return damaged(
      Message({"the process that read it has sent no sound answer", "读取它的进程没有送回可信的结果"}));
}

}  // namespace gogoscope
