// Any text is assembled, or refused at places within it; what is assembled adds up, links, and comes out the
// same again.
#include "asm/assembler.h"

#include <algorithm>

#include "tests/fuzz/claim.h"

namespace gogoscope::fuzz {
namespace {

using namespace plan9;

constexpr int kMostDiagnostics = 8;  // they look for near names, which takes most of the time of a wrong text
constexpr const char* kHeader = "#define SIZE 24\n#define TWICE(x) (x)+(x)\n";

/// A text can include itself, and a header.
Options options(std::string_view text) {
  Options out;
  out.max_diagnostics = kMostDiagnostics;
  out.stack_check.g = text.size() % 2 == 0 ? StackCheck::G::in_cx : StackCheck::G::in_r14;
  out.constants = {{"gobuf_sp", 0}, {"gobuf_pc", 8}, {"gobuf_g", 16},
                   {"g_m", 48},     {"g_sched", 56}, {"m_g0", 0}};
  out.include = [text](std::string_view path) -> std::variant<Source, Message> {
    if (path == "self.s") return Source{"self.s", std::string(text)};
    if (path == "own.h") return Source{"own.h", kHeader};
    return Message({"there is no such file", "没有这个文件"});
  };
  return out;
}

bool same(const Object& a, const Object& b) {
  return a.text == b.text && a.data == b.data && a.symbols.size() == b.symbols.size() &&
         a.lines.size() == b.lines.size() && a.relocations.size() == b.relocations.size();
}

void claim_object(const Object& object) {
  for (const Symbol& s : object.symbols) {
    const std::size_t room = s.section == Section::text ? object.text.size() : object.data.size();
    claim(std::size_t{s.offset} + s.size <= room, "a symbol is within its section", s.name);
    if (s.section != Section::text) continue;
    // Every byte of a TEXT is in exactly one line.
    std::uint32_t at = s.offset;
    auto line = std::ranges::lower_bound(object.lines, s.offset, {}, &Line::offset);
    for (; at < s.offset + s.size; ++line) {
      while (line != object.lines.end() && line->size == 0) ++line;
      claim(line != object.lines.end() && line->offset == at, "every byte of a TEXT is in one line", s.name);
      claim(line->source < object.sources.size() && line->line >= 1, "a line is in a source", s.name);
      at += line->size;
    }
    claim(at == s.offset + s.size, "a line ends with its TEXT", s.name);
  }
  for (const Relocation& r : object.relocations) {
    const std::size_t room = r.section == Section::text ? object.text.size() : object.data.size();
    claim(r.offset + (r.kind == RelocationKind::abs64 ? 8U : 4U) <= room,
          "a relocation is within its section", r.symbol);
  }
}

}  // namespace
}  // namespace gogoscope::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope::fuzz;
  const std::string text(as_text(data, size));
  const plan9::Options o = options(text);
  const auto claim_places = [&](const std::vector<gogoscope::Diagnostic>& diagnostics) {
    for (const auto& d : diagnostics) claim_place(d, d.file == "own.h" ? std::string_view(kHeader) : text);
  };
  const plan9::Assembly a = plan9::assemble({{"input.s", text}}, o);
  claim(a.object.has_value() == a.diagnostics.empty(), "an object, or what is wrong");
  claim(a.diagnostics.size() <= kMostDiagnostics, "no more diagnostics than asked for");
  claim_places(a.diagnostics);
  if (!a.object) return 0;
  claim_object(*a.object);
  const plan9::Assembly again = plan9::assemble({{"input.s", text}}, o);
  claim(again.object && same(*a.object, *again.object), "the same text gives the same object");
  const auto joined = plan9::join({&*a.object});
  claim(!joined || same(*joined, *a.object), "an object joined with none is itself");
  plan9::LinkOptions where;
  where.data_base = 0x4c0000;
  const plan9::Linked linked = plan9::link(*a.object, where);
  claim_places(linked.diagnostics);
  claim(linked.text.size() == a.object->text.size(), "linking adds no byte");
  return 0;
}
