#include "scenarios/told/walk_lines.h"

#include <fmt/format.h>

#include "asm/seed_comments.h"
#include "emu/history/named_cursor.h"
#include "emu/session/arrival.h"
#include "scenarios/told/ending.h"
#include "scenarios/told/walk_paint.h"

namespace gogoscope {
namespace {

class LinesTeller : PaintedLines {
 public:
  using PaintedLines::PaintedLines;

  void tell(const Trace& trace, std::uint64_t from, std::uint64_t to, Language language) {
    const Guest& guest = trace.guest();
    NamedCursor cursor(trace, from);
    for (; cursor.position() < to; cursor.forward()) {
      const std::uint64_t k = cursor.position();
      const auto number = [&] { return paint(Colour::dim, fmt::format("#{:<8}", k)); };
      const StepKind kind = cursor.next().kind;
      if (kind != StepKind::thread && kind != StepKind::edit && starts_line(cursor.cursor())) {
        const CodeAddr pc = cursor.state().pc();
        const Function* const function = guest.code.function_at(pc);
        const std::string g = g_and_m(guest, cursor.state(), cursor.names().entities());
        const std::string text = source_text(guest.code, guest.code.line_at(pc));
        out_ << number() << " " << paint(Colour::dim, fmt::format("{:<6}", g)) << " "
             << paint(Colour::place,
                      fmt::format("{:<26}", function == nullptr ? std::string("?") : function->name))
             << "  " << paint(Colour::head, plan9::listing_line(text, language)) << "\n";
      }
      if (trace.stop_at(k) == nullptr) continue;
      for (const std::string& text : end_lines(trace, language))
        out_ << number() << " " << paint(Colour::event, text) << "\n";
    }
  }
};

}  // namespace

std::string g_and_m(const Guest& guest, const Image& state, const Entities& entities) {
  const CurrentG current = current_g(guest, state, state.thread(), entities);
  std::string g = entities.g_name(current.g);
  if (entities.find("m1") == nullptr) return g;
  const std::string m = fmt::format("m{}", static_cast<int>(state.thread()));
  return g.starts_with(m + ".") ? g : m + " " + g;
}

std::string source_text(const Code& code, const LineRef& line) {
  if (!line.known() || line.source >= code.sources().size()) return {};
  const std::string_view path = code.sources()[line.source].name;
  std::string_view text = code.line_text(line);
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::string place = fmt::format("{}:{}", path.substr(path.rfind('/') + 1), line.line);
  return text.empty() ? place : fmt::format("{:<16}  {}", place, text);
}

void tell_lines(std::ostream& out, const Trace& trace, std::uint64_t from, std::uint64_t to,
                Language language, bool colours) {
  LinesTeller(out, colours).tell(trace, from, to, language);
}

}  // namespace gogoscope
