#include "emu/history/release_bytes.h"

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

// More than any release has: what a forged file says must not cost more.
constexpr std::size_t kMostStructs = 256, kMostFields = 4096, kMostTransitions = 1024;

/// A name as this program writes it: what shows it need not look at each of its characters.
bool can_be_shown(std::string_view name) { return printable(name) == name; }

}  // namespace

void write_release(ByteWriter& w, const Release& release) {
  w.text(release.layout.release());
  w.text(release.layout.source());
  w.number(static_cast<std::uint64_t>(release.g_home));
  w.number(release.layout.structs().size());
  for (const StructLayout& s : release.layout.structs()) {
    w.text(s.name);
    w.number(s.size);
    w.number(s.fields.size());
    for (const Field& f : s.fields) {
      w.text(f.name);
      w.text(f.type);
      w.number(f.offset);
      w.number(std::uint64_t{f.size} << 2 | (f.leaf ? 1 : 0) | (f.embedded ? 2 : 0));
    }
  }
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
  const auto unshowable = [](std::string_view text) {
    return Message({"{name} is not a name", "{name} 不是名字"}, {{"name", in_quotes(text)}});
  };
  if (!can_be_shown(name)) return damaged(unshowable(name));
  const std::uint64_t home = r.number();
  if (home > static_cast<std::uint64_t>(GHome::r14))
    return damaged({{"it does not say where g is kept", "它没有说明 g 保存在哪里"}});
  const std::uint64_t count = r.count();
  if (count > kMostStructs) return damaged({{"it has {n} structs", "它有 {n} 个结构体"}, {{"n", count}}});
  std::vector<StructLayout> structs(count);
  for (StructLayout& s : structs) {
    s.name = r.text();
    if (!can_be_shown(s.name)) return damaged(unshowable(s.name));
    const std::uint64_t size = r.number(), fields = r.count();
    if (fields > kMostFields) {
      return damaged({{"struct {name} has {n} fields", "结构体 {name} 有 {n} 个字段"},
                      {{"name", printable(s.name)}, {"n", fields}}});
    }
    if (size > Layout::kMostBytes) return damaged(too_large(s.name, size));
    s.size = static_cast<std::uint32_t>(size);
    s.fields.resize(fields);
    for (Field& f : s.fields) {
      f.name = r.text();
      f.type = r.text();
      if (!can_be_shown(f.name)) return damaged(unshowable(f.name));
      if (!can_be_shown(f.type)) return damaged(unshowable(f.type));
      const std::uint64_t offset = r.number(), packed = r.number();
      if (offset > Layout::kMostBytes || packed >> 2 > Layout::kMostBytes) {
        return damaged(beyond_its_struct(s.name, f.name));
      }
      f.offset = static_cast<std::uint32_t>(offset);
      f.size = static_cast<std::uint32_t>(packed >> 2);
      f.leaf = (packed & 1) != 0;
      f.embedded = (packed & 2) != 0;
    }
  }
  Layout layout(name, source, std::move(structs));
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
