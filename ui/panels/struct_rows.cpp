#include "ui/panels/struct_rows.h"

#include <algorithm>
#include <array>
#include <span>

#include "emu/layout/goroutines.h"
#include "emu/layout/types.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

const Words kAllZero{"all zero", "全为零"};
const Words kNotAllZero{"not all zero", "不全为零"};
const Words kBytes{"bytes", "字节"};
const Words kWords{"words", "个字"};
const Words kOtherWords{"other words", "个其余的字"};
const Words kOutsideQueue{"outside [runqhead, runqtail)", "在 [runqhead, runqtail) 之外"};
const Words kMoreFields{"more fields", "个其余字段"};
const Words kRunsFunction{"runs ", "运行 "};
const Words kSystemRuns{"system goroutine, runs ", "系统 goroutine，运行 "};
const Words kAbove{"in focus, at the top", "当前关注，在最上方"};

/// The fields that the modelled functions and the listings read or write. The others would bury them; they
/// are folded, not hidden, and in their places, so that the order stays that of memory.
constexpr std::string_view kG[] = {"stack",        "stackguard0", "m",         "sched",      "param",
                                   "atomicstatus", "goid",        "schedlink", "waitreason", "preempt",
                                   "lockedm",      "gopc",        "startpc"};
constexpr std::string_view kM[] = {"g0",        "gsignal",     "tls",       "curg",    "p",
                                   "nextp",     "oldp",        "id",        "locks",   "spinning",
                                   "park",      "alllink",     "schedlink", "lockedg", "lockedExt",
                                   "lockedInt", "waitunlockf", "waitlock"};
constexpr std::string_view kP[] = {"id",       "status",   "link", "schedtick", "m",
                                   "runqhead", "runqtail", "runq", "runnext",   "gFree"};
constexpr std::string_view kSched[] = {"goidgen", "lock",   "midle",      "nmidle", "mnext",    "maxmcount",
                                       "pidle",   "npidle", "nmspinning", "runq",   "runqsize", "gFree"};

std::span<const std::string_view> fields_of_interest(Entity::Kind kind) {
  switch (kind) {
    case Entity::Kind::g:
      return kG;
    case Entity::Kind::m:
      return kM;
    case Entity::Kind::p:
      return kP;
    case Entity::Kind::sched:
      return kSched;
  }
  return {};
}

bool is_zero(const MemoryView& memory, Addr at, std::uint64_t size) {
  std::array<std::byte, 64> bytes;
  while (size > 0) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes.size()));
    if (!memory.read(at, std::span(bytes).first(part))) return false;
    const bool zero = std::all_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part),
                                  [](std::byte b) { return b == std::byte{0}; });
    if (!zero) return false;
    at = at + static_cast<std::int64_t>(part);
    size -= part;
  }
  return true;
}

class Builder {
 public:
  Builder(const View& view, Language language, const FocusGobuf& focus, const OpenHeadings& headings)
      : view_(view), language_(language), focus_(focus), headings_(headings) {}

  void add_focus();
  void add_tree(const Entity& entity, bool open);
  std::vector<StructRow> take() { return std::move(rows_); }

 private:
  using Fields = std::span<const Field>;

  const Layout& layout() const { return view_.guest->release->layout; }
  const MemoryView& memory() const { return view_.state(); }
  Addr addr(std::uint32_t offset) const { return entity_->addr + offset; }
  std::string_view struct_of_entity() const { return struct_name(entity_->kind); }
  std::string counted(std::uint64_t count, const Words& what) const {
    return std::to_string(count) + " " + what.str(language_);
  }

  StructRow& heading(StructRow::Kind kind, int depth, std::string path, std::string name, bool open);
  /// Says on a closed heading what has changed inside.
  void tell_news(StructRow& row, std::uint32_t offset, std::uint32_t size) const;
  void add_top(Fields fields);
  void add_fields(Fields fields, int depth, std::string_view prefix);
  void add_array(const Field& field, int depth, std::string name, const ArrayType& array);
  void add_blob(const Field& field, int depth, std::string name);
  void add_value(int depth, std::string path, std::string name, std::string_view type, std::uint32_t offset,
                 std::uint32_t size, std::string_view field);
  std::string purpose() const;
  std::string summary() const;

  const View& view_;
  Language language_;
  const FocusGobuf& focus_;
  const OpenHeadings& headings_;
  const Entity* entity_ = nullptr;
  std::vector<StructRow> rows_;
};

StructRow& Builder::heading(StructRow::Kind kind, int depth, std::string path, std::string name, bool open) {
  StructRow row;
  row.kind = kind;
  row.depth = depth;
  row.opens = true;
  const auto wish = headings_.find(path);
  row.open = wish == headings_.end() ? open : wish->second;
  row.path = std::move(path);
  row.name = std::move(name);
  rows_.push_back(std::move(row));
  return rows_.back();
}

void Builder::tell_news(StructRow& row, std::uint32_t offset, std::uint32_t size) const {
  if (!view_.executed || row.open) return;
  const Addr from = addr(offset);
  const Addr to = from + size;
  int others = 0;
  for (const Store& store : view_.executed->stores) {
    if (store.addr + store.size <= from || store.addr >= to) continue;
    row.changed = true;
    if (!row.news.empty()) {
      ++others;
      continue;
    }
    row.news = view_.names->describe(std::max(store.addr, from), 1);
    const std::string owner = entity_->short_name + ".";
    if (row.news.substr(0, owner.size()) == owner) row.news = row.news.substr(owner.size());
  }
  if (others > 0) row.news += " +" + std::to_string(others);
}

void Builder::add_value(int depth, std::string path, std::string name, std::string_view type,
                        std::uint32_t offset, std::uint32_t size, std::string_view field) {
  StructRow row;
  row.depth = depth;
  row.name = std::move(name);
  row.type = std::string(type);
  const FieldKind kind{struct_of_entity(), field, type, size};
  const std::uint64_t now = memory().load_or_zero(addr(offset), static_cast<int>(size));
  row.value = field_value(*view_.names, kind, now);
  if (row.value.pointer) row.points_at = target_of_value_in(view_, now, path);
  row.changed = view_.store_into(addr(offset), size) != nullptr;
  if (row.changed) {
    const std::uint64_t before = value_before(view_, addr(offset), size, now);
    row.news = short_value(field_value(*view_.names, kind, before));
  }
  row.place = target_of_field(path, addr(offset), size);
  row.path = std::move(path);
  rows_.push_back(std::move(row));
}

void Builder::add_blob(const Field& field, int depth, std::string name) {
  StructRow row;
  row.kind = StructRow::Kind::note;
  row.depth = depth;
  row.path = entity_->short_name + "." + field.name;
  row.name = std::move(name);
  row.type = field.type;
  const bool zero = is_zero(memory(), addr(field.offset), field.size);
  row.words = counted(field.size, kBytes) + ", " + (zero ? kAllZero : kNotAllZero).str(language_);
  row.place = target_of_field(row.path, addr(field.offset), field.size);
  tell_news(row, field.offset, field.size);
  rows_.push_back(std::move(row));
}

void Builder::add_array(const Field& field, int depth, std::string name, const ArrayType& array) {
  const auto size = static_cast<std::uint32_t>(type_size(layout(), array.element).value_or(0));
  const std::string path = entity_->short_name + "." + field.name;
  // A ring means only what is between its counters; any other array what is not zero. What the step has
  // touched is shown in any case.
  const bool ring = entity_->kind == Entity::Kind::p && field.name == "runq";
  const PView p(layout(), memory(), {entity_->addr});
  std::vector<std::uint32_t> shown;
  for (std::uint32_t i = 0; i < array.count; ++i) {
    const Addr at = addr(field.offset + i * size);
    const bool queued = ring && (i - p.runqhead()) % array.count < p.runq_length();
    const bool told = ring ? queued : memory().load_or_zero(at, static_cast<int>(size)) != 0;
    if (told || view_.store_into(at, size) != nullptr) shown.push_back(i);
  }
  // In the order in which they will be taken.
  if (ring) {
    std::sort(shown.begin(), shown.end(), [&](std::uint32_t a, std::uint32_t b) {
      return (a - p.runqhead()) % array.count < (b - p.runqhead()) % array.count;
    });
  }
  const bool zero = is_zero(memory(), addr(field.offset), field.size);
  StructRow& head = heading(StructRow::Kind::node, depth, path, std::move(name), true);
  head.type = field.type;
  head.place = target_of_field(path, addr(field.offset), field.size);
  head.opens = !shown.empty();
  head.open = head.open && head.opens;
  tell_news(head, field.offset, field.size);
  if (!head.open) {
    head.words = counted(array.count, kWords) + ", " +
                 (zero                    ? kAllZero.str(language_)
                  : shown.empty() && ring ? kOutsideQueue.str(language_)
                                          : kNotAllZero.str(language_));
    return;
  }
  for (const std::uint32_t i : shown) {
    const std::string index = "[" + std::to_string(i) + "]";
    add_value(depth + 1, path + index, index, array.element, field.offset + i * size, size, field.name);
  }
  if (shown.size() == array.count) return;
  StructRow rest;
  rest.kind = StructRow::Kind::note;
  rest.depth = depth + 1;
  rest.path = path + ".rest";
  rest.words = counted(array.count - shown.size(), kOtherWords) + ", " +
               (ring ? kOutsideQueue : kAllZero).str(language_);
  rows_.push_back(std::move(rest));
}

void Builder::add_fields(Fields fields, int depth, std::string_view prefix) {
  for (std::size_t i = 0; i < fields.size();) {
    const Field& field = fields[i];
    std::size_t end = i + 1;
    const std::string inner = field.name + ".";
    while (end < fields.size() && fields[end].name.compare(0, inner.size(), inner) == 0) ++end;
    const Fields children = fields.subspan(i + 1, end - i - 1);
    i = end;
    if (field.size == 0 || field.name == "_") continue;
    std::string name = field.name.substr(prefix.size());
    const std::string path = entity_->short_name + "." + field.name;
    if (field.embedded) {
      add_fields(children, depth, inner);  // Go leaves such a name out
    } else if (!children.empty()) {
      const bool above = focus_.g == entity_ && field.type == "gobuf" && field.name == "sched";
      StructRow& head = heading(StructRow::Kind::node, depth, path, std::move(name), depth < 3);
      head.type = field.type;
      head.place = target_of_field(path, addr(field.offset), field.size);
      if (above) {
        // The same fields are at the top; shown twice, they would be two answers to where an arrow ends.
        head.opens = head.open = false;
        head.words = kAbove.str(language_);
      }
      tell_news(head, field.offset, field.size);
      if (head.open) add_fields(children, depth + 1, inner);
    } else if (auto array = array_type(field.type)) {
      const auto size = type_size(layout(), array->element);
      const bool words =
          size && *size > 0 && *size <= 8 && value_kind(array->element) != ValueKind::aggregate;
      // The type of an opened record may claim more than the field has.
      if (words) array->count = std::min(array->count, field.size / *size);
      words ? add_array(field, depth, std::move(name), *array) : add_blob(field, depth, std::move(name));
    } else if (field.size > 8 || (field.size & (field.size - 1)) != 0) {
      add_blob(field, depth, std::move(name));
    } else {
      add_value(depth, path, std::move(name), field.type, field.offset, field.size, field.name);
    }
  }
}

void Builder::add_top(Fields fields) {
  const auto interesting = fields_of_interest(entity_->kind);
  const auto of_interest = [&](const Field& field) {
    const std::string_view top = std::string_view(field.name).substr(0, field.name.find('.'));
    return std::find(interesting.begin(), interesting.end(), top) != interesting.end();
  };
  for (std::size_t i = 0; i < fields.size();) {
    const bool interesting_run = of_interest(fields[i]);
    std::size_t end = i;
    while (end < fields.size() && of_interest(fields[end]) == interesting_run) ++end;
    const Fields run = fields.subspan(i, end - i);
    i = end;
    std::uint64_t count = 0;
    for (const Field& field : run) count += field.name.find('.') == std::string::npos && field.size > 0;
    // A heading in place of one field or two would fold nothing.
    if (interesting_run || count < 3) {
      add_fields(run, 1, "");
      continue;
    }
    const std::uint32_t from = run.front().offset;
    const std::uint32_t size = run.back().offset + run.back().size - from;
    StructRow& head = heading(StructRow::Kind::more, 1, entity_->short_name + ".more." + run.front().name,
                              counted(count, kMoreFields), false);
    if (is_zero(memory(), addr(from), size)) head.words = kAllZero.str(language_);
    tell_news(head, from, size);
    if (head.open) add_fields(run, 2, "");
  }
}

/// ", runs main.worker", of a program's goroutine; what the runtime started for itself is a system goroutine.
std::string Builder::purpose() const {
  if (!view_.of_program()) return {};
  const Function* const start = started_with(*view_.guest, view_.state(), *entity_);
  if (start == nullptr) return {};
  const bool system = goroutine_kind(*view_.guest, view_.state(), *entity_) == GoroutineKind::system;
  return ", " + (system ? kSystemRuns : kRunsFunction).str(language_) + start->name;
}

std::string Builder::summary() const {
  const auto of = [&](std::string_view field) {
    const Field* const known = layout().find(struct_of_entity(), field);
    if (known == nullptr) return std::string("?");  // this release does not say
    const std::uint64_t number = memory().load_or_zero(addr(known->offset), static_cast<int>(known->size));
    return short_value(
        field_value(*view_.names, {struct_of_entity(), field, known->type, known->size}, number));
  };
  switch (entity_->kind) {
    case Entity::Kind::g:
      return (of("m") == "nil" ? of("atomicstatus") : of("atomicstatus") + ", m " + of("m")) + purpose();
    case Entity::Kind::m:
      return "curg " + of("curg") + ", p " + of("p");
    case Entity::Kind::p:
      return of("status") + ", m " + of("m") + ", runnext " + of("runnext");
    case Entity::Kind::sched:
      return "runqsize " + of("runqsize");
  }
  return {};
}

void Builder::add_tree(const Entity& entity, bool open) {
  entity_ = &entity;
  const StructLayout* layout_of = layout().find(struct_of_entity());
  if (layout_of == nullptr) return;
  StructRow& head = heading(StructRow::Kind::tree, 0, entity.short_name, entity.short_name, open);
  head.type = layout_of->name;
  head.words = summary();
  head.place = target_of_entity(entity);
  tell_news(head, 0, layout_of->size);
  if (head.open) add_top(layout_of->fields);
}

void Builder::add_focus() {
  if (focus_.g == nullptr) return;
  entity_ = focus_.g;
  StructRow head;
  head.kind = StructRow::Kind::focus;
  head.name = focus_.g->short_name + ".sched";
  head.path = head.name;
  head.type = "gobuf";
  const Field* const sched = layout().find("g", "sched");
  if (sched == nullptr) return;
  head.place = target_of_field(head.path, addr(sched->offset), sched->size);
  rows_.push_back(std::move(head));
  const StructLayout& g = *layout().find("g");
  for (const Field& field : g.fields) {
    if (field.name.compare(0, 6, "sched.") != 0) continue;
    add_value(1, focus_.g->short_name + "." + field.name, field.name.substr(6), field.type, field.offset,
              field.size, field.name);
  }
}

}  // namespace

std::vector<StructRow> struct_rows(const View& view, Language language, const FocusGobuf& focus,
                                   const Entity* first, const OpenHeadings& headings) {
  Builder builder(view, language, focus, headings);
  builder.add_focus();
  if (first != nullptr) builder.add_tree(*first, true);
  const auto& all = view.names->entities().all();
  for (const Entity::Kind kind : {Entity::Kind::m, Entity::Kind::p, Entity::Kind::sched, Entity::Kind::g}) {
    for (const Entity& entity : all) {
      if (entity.kind == kind && &entity != first) builder.add_tree(entity, false);
    }
  }
  return builder.take();
}

}  // namespace gogoscope
