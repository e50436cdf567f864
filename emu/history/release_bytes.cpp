#include "emu/history/release_bytes.h"

#include "asm/text/printable.h"
#include "emu/layout/struct_bytes.h"

namespace gogoscope {
namespace {

// More than any release has: what a forged file says must not cost more.
constexpr std::size_t kMostTransitions = 1024;

}  // namespace

void write_release(ByteWriter& w, const Release& release) {
  w.text(release.layout.release());
  w.text(release.layout.source());
  w.number(static_cast<std::uint64_t>(release.g_home));
  write_structs(w, release.layout.structs());
  w.number(release.g_transitions.size());
  for (const GTransition& t : release.g_transitions) {
    w.number(t.from);
    w.number(t.to);
    w.text(t.who);
  }
  w.number(release.p_transitions.size());
  for (const PTransition& t : release.p_transitions) {
    w.number(t.from);
    w.number(t.to);
  }
}

std::variant<std::shared_ptr<const Release>, Message> read_release(ByteReader& r) {
  const std::string name(r.text()), source(r.text());
  const auto damaged = [&](const Message& what) {
    return Message({"the trace's layout of Go {release} is damaged: {what}",
                    "这份轨迹里 Go {release} 的布局已损坏：{what}"},
                   {{"release", printable(name)}, {"what", what}});
  };
  const auto changes_of_status = [](std::uint64_t count) {
    return Message({"it has {n} changes of status", "它有 {n} 种状态变化"}, {{"n", count}});
  };
  if (!can_be_shown(name)) return damaged(unshowable(name));
  const std::uint64_t home = r.number();
  if (home > static_cast<std::uint64_t>(GHome::r14))
    return damaged({{"it does not say where g is kept", "它没有说明 g 保存在哪里"}});
  auto structs = read_structs(r);
  if (const auto* const why = std::get_if<Message>(&structs)) return damaged(*why);
  Layout layout(name, source, std::move(std::get<std::vector<StructLayout>>(structs)));
  if (const auto flaw = layout.flaw()) return damaged(*flaw);
  const std::uint64_t of_g = r.count();
  if (of_g > kMostTransitions) return damaged(changes_of_status(of_g));
  std::vector<GTransition> g_transitions(of_g);
  for (GTransition& t : g_transitions) {
    t.from = static_cast<std::uint32_t>(r.number());
    t.to = static_cast<std::uint32_t>(r.number());
    t.who = r.text();
    if (!can_be_shown(t.who)) return damaged(unshowable(t.who));
  }
  const std::uint64_t of_p = r.count();
  if (of_p > kMostTransitions) return damaged(changes_of_status(of_p));
  std::vector<PTransition> p_transitions(of_p);
  for (PTransition& t : p_transitions) {
    t.from = static_cast<std::uint32_t>(r.number());
    t.to = static_cast<std::uint32_t>(r.number());
  }
  if (r.failed()) return damaged({{"it is cut off", "它不完整"}});
  return std::make_shared<const Release>(std::move(layout), static_cast<GHome>(home),
                                         std::move(g_transitions), std::move(p_transitions));
}

}  // namespace gogoscope
