#include "scenarios/reference/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emu/guest/registers.h"
#include "emu/layout/release.h"
#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "emu/runtime/lesson_release.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/lists.h"

namespace gogoscope {
namespace {

using Kind = Nameable::Kind;

struct Object {
  std::string_view name;   ///< "gN"
  std::string_view of;     ///< "g"
  std::string_view first;  ///< one of them, for those who read names
};
constexpr std::array<Object, 4> kObjects = {
    {{"gN", "g", "g0"}, {"mN", "m", "m0"}, {"pN", "p", "p0"}, {"sched", "schedt", "sched"}}};

std::string_view first_of(std::string_view of) { return std::ranges::find(kObjects, of, &Object::of)->first; }

constexpr TextView kIsG{
    "The N-th entry of runtime.allgs, from 1: main is g1, the first task g2. Not the goid: a g that is used "
    "again "
    "keeps its name and gets a new goid.",
    "runtime.allgs 的第 N 项，从 1 起：main 是 g1，第一个任务是 g2。不是 goid：被重用的 g 名字不变，goid "
    "是新的。"};

std::vector<std::string> words_of(ValueStyle style) {
  std::vector<std::string> out;
  if (style != ValueStyle::g_status && style != ValueStyle::p_status) return out;
  for (std::uint64_t status = 0; status <= kGpreempted; ++status) {
    const std::string word = style == ValueStyle::g_status ? g_status_word(status) : p_status_word(status);
    if (g_status_by_word(word) == status || p_status_by_word(word) == status) out.push_back(word);
  }
  return out;
}

/// The fields of a struct that are values, each under `stem`. Which are, their reader says.
void add_fields(std::vector<Nameable>& out, const std::string& stem, std::string_view of) {
  for (const std::string_view release : release_names()) {
    const Layout& layout = release_named(release)->layout;
    const StructLayout* const fields = layout.find(of);
    if (fields == nullptr) continue;
    for (const Field& field : fields->fields) {
      const std::optional<ArrayType> array = array_type(field.type);
      const std::string path = field.name + (array ? "[0]" : "");
      const auto read = parse_field(fmt::format("{}.{}", first_of(of), path), layout);
      if (!read || read->index() != 0) continue;
      const FieldName& found = std::get<0>(*read);
      const std::string full = stem + "." + path;
      // A name may be that of a list, too.
      const auto same = std::ranges::find_if(
          out, [&](const Nameable& one) { return one.name == full && one.kind == Kind::field; });
      if (same != out.end()) {
        same->go.emplace_back(release);
        continue;
      }
      out.push_back({full,
                     Kind::field,
                     array ? std::string(array->element) : field.type,
                     found.size,
                     {std::string(release)},
                     words_of(found.style),
                     array ? TextView{"The first of an array.", "数组的第一个元素。"} : TextView{}});
    }
  }
}

std::vector<std::string> all_releases() { return {release_names().begin(), release_names().end()}; }

void add_lists(std::vector<Nameable>& out, const std::string& stem, std::string_view of) {
  for (const std::string_view list : list_names(of)) {
    const std::string_view member = list == "midle" ? "*m" : list == "pidle" ? "*p" : "*g";
    out.push_back({fmt::format("{}.{}", stem, list),
                   Kind::list,
                   std::string(member),
                   8,
                   all_releases(),
                   {},
                   {"A list, for `in`, `not in`, first() and last().",
                    "列表，用于 `in`、`not in`、first() 和 last()。"}});
  }
}

/// What a prefix that names an object, or a pointer to one, and a dot may go on with; nothing for any other.
std::vector<Nameable> below(std::string_view prefix) {
  std::vector<Nameable> out;
  for (std::size_t dot = prefix.find('.'); dot != std::string_view::npos; dot = prefix.find('.', dot + 1)) {
    const std::string part(prefix.substr(0, dot));
    std::string_view of = struct_of_object(part).value_or("");
    const auto read = parse_field(part, release_named(kDefaultRelease)->layout);
    if (read && read->index() == 0) of = pointee(std::get<0>(*read).field->type);
    if (std::ranges::find(kObjects, of, &Object::of) == kObjects.end()) continue;
    out.clear();
    add_lists(out, part, of);
    add_fields(out, part, of);
  }
  return out;
}

}  // namespace

std::string_view name(Kind kind) {
  static constexpr std::array<std::string_view, 7> kNames = {"register", "special",  "object", "field",
                                                             "list",     "function", "data"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Nameable> nameables(const Code& code) {
  std::vector<Nameable> out;
  for (int i = 0; i < kRegCount; ++i) {
    out.push_back({std::string(gogoscope::name(static_cast<Reg>(i))), Kind::reg, "uint64", 8, {}, {}, {}});
  }
  out.push_back(
      {"tls",
       Kind::special,
       "*g",
       8,
       {},
       {},
       {"The g in the TLS slot of the current thread: getg().", "当前线程 TLS 槽里的 g：getg()。"}});
  out.push_back({"stack",
                 Kind::special,
                 "*g",
                 8,
                 {},
                 {},
                 {"The g on whose stack SP is; nil if it is on none.",
                  "SP 在它的栈上的那个 g；不在任何栈上则为 nil。"}});
  out.push_back({"nil", Kind::special, "", 8, {}, {}, {"0", "0"}});
  out.push_back({"true", Kind::special, "bool", 1, {}, {}, {"1", "1"}});
  out.push_back({"false", Kind::special, "bool", 1, {}, {}, {"0", "0"}});
  const std::vector<std::string> all = all_releases();
  const TextView m{"The M whose id is N: m0 is the first thread.", "id 为 N 的 M：m0 是第一个线程。"};
  const TextView p{"The N-th entry of runtime.allp, from 0.", "runtime.allp 的第 N 项，从 0 起。"};
  const TextView g0{"The g of the M's system stack. With one M it may also be written g0.",
                    "M 的系统栈的 g。只有一个 M 时也可以写作 g0。"};
  const TextView gsignal{"The g of the M's signal stack.", "M 的信号栈的 g。"};
  out.push_back({"gN", Kind::object, "*g", 8, all, {}, kIsG});
  out.push_back({"mN", Kind::object, "*m", 8, all, {}, m});
  out.push_back({"mN.g0", Kind::object, "*g", 8, all, {}, g0});
  out.push_back({"mN.gsignal", Kind::object, "*g", 8, all, {}, gsignal});
  out.push_back({"pN", Kind::object, "*p", 8, all, {}, p});
  out.push_back({"sched", Kind::object, "*schedt", 8, all, {}, {"runtime.sched", "runtime.sched"}});
  for (const Object& object : kObjects) add_lists(out, std::string(object.name), object.of);
  for (const Object& object : kObjects) add_fields(out, std::string(object.name), object.of);
  std::vector<std::string> lessons;
  for (const std::string_view release : lesson_release_names()) lessons.emplace_back(release);
  for (const Function& f : code.functions()) {
    if (f.kind != FunctionKind::task)
      out.push_back({f.name, Kind::function, "func", f.size, lessons, {}, {}});
  }
  for (const DataSymbol& d : code.data())
    out.push_back({d.name, Kind::data, d.type, d.size, lessons, {}, {}});
  return out;
}

std::vector<Nameable> nameables(const Code& code, std::string_view prefix) {
  // "g2" is meant as "g2.".
  const std::string whole = struct_of_object(prefix) ? fmt::format("{}.", prefix) : std::string(prefix);
  std::vector<Nameable> out = below(whole);
  if (out.empty()) out = nameables(code);
  std::erase_if(out, [&](const Nameable& one) { return !one.name.starts_with(whole); });
  return out;
}

}  // namespace gogoscope
