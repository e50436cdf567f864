#include "emu/layout/describe.h"

#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

std::string plus(std::string name, std::uint64_t bytes) {
  return bytes == 0 ? name : name + "+" + std::to_string(bytes);
}

/// A leaf field with the array index that `offset` falls on: "tls[1]".
std::string leaf_name(const Layout& layout, const Field& f, std::uint64_t offset) {
  std::uint64_t rest = offset - f.offset;
  std::string name = f.name;
  std::string_view type = f.type;
  for (auto array = array_type(type); array; array = array_type(type)) {
    const auto size = type_size(layout, array->element);
    if (!size || *size == 0) break;
    name += "[" + std::to_string(rest / *size) + "]";
    rest %= *size;
    type = array->element;
  }
  return plus(std::move(name), rest);
}

std::string below_hi(const StackRef& s, Addr addr) { return std::to_string(s.hi - addr); }

}  // namespace

std::string_view short_function_name(std::string_view name) {
  constexpr std::string_view kRuntime = "runtime.";
  return name.starts_with(kRuntime) ? name.substr(kRuntime.size()) : name;
}

Names::Names(const Guest& guest, const StateView& state, const NameWords& words)
    : guest_(guest), state_(state), words_(words), entities_(guest, state) {}

Names::~Names() = default;

const std::vector<Names::Live>& Names::live() const {
  if (live_) return *live_;
  live_.emplace();
  const Layout& layout = *guest_.layout;
  const auto add = [&](Addr sp, std::vector<FrameRef> found) {
    const auto stack = stack_with_sp(layout, state_, entities_, sp);
    live_->push_back({stack ? stack->lo : sp, stack ? stack->hi : Addr(~std::uint64_t{0}), std::move(found)});
  };
  const auto add_thread = [&](ThreadId thread) {
    add(Addr(state_.reg(thread, Reg::rsp)), frames(guest_, state_, entities_, thread));
  };
  // The running thread first: its names win.
  add_thread(state_.thread());
  for (const Entity& e : entities_.all()) {
    if (e.kind != Entity::Kind::m || e.index < 0 || e.index >= kMaxThreads || e.index == state_.thread())
      continue;
    add_thread(static_cast<ThreadId>(e.index));
  }
  // Then the stacks that nobody runs on: their frames hang on what g.sched saved.
  for (const Entity& e : entities_.all()) {
    if (e.kind != Entity::Kind::g) continue;
    const GView g(layout, state_, {e.addr});
    const Addr sp = g.sched().sp();
    const auto stack = stack_of(layout, state_, e);
    if (!stack || !stack->holds_sp(sp) || g.status() == kGdead) continue;
    bool taken = false;
    for (const Live& l : *live_) taken = taken || (l.lo == stack->lo && l.hi == stack->hi);
    if (!taken) add(sp, frames_from(guest_, state_, entities_, g.sched().pc(), sp));
  }
  return *live_;
}

WordPlace Names::place_of(Addr addr) const {
  for (const Live& l : live()) {
    if (addr < l.lo || addr >= l.hi) continue;
    if (const WordPlace place = place_in_frames(l.frames, addr); place.frame != nullptr) return place;
  }
  return {};
}

WordRole Names::role(Addr addr) const {
  if (!stack_with_word(*guest_.layout, state_, entities_, addr)) return WordRole::none;
  return place_of(addr).role;
}

std::string Names::describe_stack_word(Addr addr) const {
  if (const WordPlace place = place_of(addr); place.frame != nullptr) {
    const std::string_view function = short_function_name(place.frame->function->name);
    if (place.role == WordRole::saved_bp) return fill(words_.saved_bp, {{"function", function}});
    if (place.var == nullptr) return fill(words_.return_address, {{"function", function}});
    const Addr start = place.frame->top + place.var->offset;
    return plus(std::string(function) + "." + place.var->name, static_cast<std::uint64_t>(addr - start));
  }
  const auto stack = stack_with_word(*guest_.layout, state_, entities_, addr);
  if (!stack) return {};
  return fill(words_.stack_word, {{"g", stack->owner->short_name}, {"bytes", below_hi(*stack, addr)}});
}

std::string describe_field(const Layout& layout, Entity::Kind kind, std::uint64_t offset) {
  const Field* f = layout.find(struct_name(kind))->at(static_cast<std::uint32_t>(offset));
  return f == nullptr ? plus("", offset) : "." + leaf_name(layout, *f, offset);
}

std::string describe_data(const Guest& guest, Addr addr) {
  const DataSymbol* d = guest.code.data_at(addr);
  if (d == nullptr) return {};
  const auto offset = static_cast<std::uint64_t>(addr - d->addr);
  if (!slice_element(d->type).empty() && offset % 8 == 0 && offset < 24) {
    constexpr const char* kParts[] = {".ptr", ".len", ".cap"};
    return d->name + kParts[offset / 8];
  }
  return plus(d->name, offset);
}

std::string Names::describe(Addr addr, int size) const {
  if (const Entity* e = entities_.holding(addr, static_cast<std::uint64_t>(size < 1 ? 1 : size))) {
    return e->short_name +
           describe_field(*guest_.layout, e->kind, static_cast<std::uint64_t>(addr - e->addr));
  }
  if (std::string name = describe_stack_word(addr); !name.empty()) return name;
  return describe_data(guest_, addr);
}

std::string Names::meaning(std::uint64_t value) const {
  if (value == 0) return {};
  const Addr addr(value);
  if (guest_.code.function_at(CodeAddr(value)) != nullptr) return guest_.code.symbolize(CodeAddr(value));
  if (const Entity* e = entities_.holding(addr)) {
    if (e->addr == addr && e->kind != Entity::Kind::sched) return e->short_name;
    const StructLayout& s = *guest_.layout->find(struct_name(e->kind));
    const auto offset = static_cast<std::uint32_t>(addr - e->addr);
    if (offset == 0) return "&" + e->short_name;
    // A struct inside rather than its first field: &g2.sched, not &g2.sched.sp.
    for (const Field& f : s.fields) {
      if (!f.leaf && f.offset == offset) return "&" + e->short_name + "." + f.name;
    }
    return "&" + describe(addr, 1);
  }
  if (const DataSymbol* d = guest_.code.data_at(addr)) {
    // A funcval that the linker made is named after its function: runtime.goexit0.f, goexit0·f in Go's
    // assembler.
    const std::string_view symbol = d->name;
    const bool funcval =
        d->size == 8 && d->addr == addr && symbol.size() > 2 && symbol.substr(symbol.size() - 2) == ".f";
    if (funcval) return std::string(short_function_name(symbol.substr(0, symbol.size() - 2))) + "·f";
    return "&" + (d->addr == addr ? d->name : describe_data(guest_, addr));
  }
  const auto stack = stack_with_word(*guest_.layout, state_, entities_, addr);
  if (stack && addr != stack->lo) {
    return fill(words_.in_stack, {{"g", stack->owner->short_name}, {"bytes", below_hi(*stack, addr)}});
  }
  // Stacks lie side by side: one's hi is the next one's lo.
  const auto below = stack_with_sp(*guest_.layout, state_, entities_, addr);
  if (below && stack) {
    return fill(words_.stack_hi_and_lo,
                {{"below", below->owner->short_name}, {"above", stack->owner->short_name}});
  }
  if (below) return fill(words_.stack_hi, {{"g", below->owner->short_name}});
  if (stack) return fill(words_.stack_lo, {{"g", stack->owner->short_name}});
  return {};
}

bool Names::points_into_stack(std::uint64_t value) const {
  const Addr addr(value);
  if (guest_.code.function_at(CodeAddr(value)) != nullptr || entities_.holding(addr) != nullptr ||
      guest_.code.data_at(addr) != nullptr) {
    return false;
  }
  const auto stack = stack_with_word(*guest_.layout, state_, entities_, addr);
  return stack && addr != stack->lo;
}

std::string describe(const Guest& guest, const StateView& state, Addr addr, int size) {
  return Names(guest, state).describe(addr, size);
}

std::string meaning(const Guest& guest, const StateView& state, std::uint64_t value) {
  return Names(guest, state).meaning(value);
}

}  // namespace gogoscope
