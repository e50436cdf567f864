#include "emu/layout/describe.h"

#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "emu/layout/views.h"
#include "emu/layout/wait_reason.h"

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
  constexpr std::string_view kAbi0 = ".abi0";
  if (name.starts_with(kRuntime)) name.remove_prefix(kRuntime.size());
  if (name.ends_with(kAbi0)) name.remove_suffix(kAbi0.size());
  return name;
}

Names::Names(const Guest& guest, const StateView& state, const NameWords& words)
    : guest_(guest), state_(state), words_(words), own_(std::in_place, guest, state), entities_(*own_) {}

Names::Names(const Guest& guest, const StateView& state, const Entities& entities, const StackMap& stacks,
             const NameWords& words)
    : guest_(guest),
      state_(state),
      words_(words),
      stacks_(stacks.disjoint() ? &stacks : nullptr),
      entities_(entities) {}

Names::~Names() = default;

std::optional<StackRef> Names::ref(const std::optional<StackMap::Stack>& stack) const {
  if (!stack) return std::nullopt;
  // A g that is not among the entities has no name, so its stack gives none.
  const Entity* const owner = entities_.at(stack->g, Entity::Kind::g);
  return owner == nullptr ? std::nullopt : std::optional(StackRef{owner, stack->lo, stack->hi});
}

std::string Names::wait_reason(std::uint64_t reason) const {
  return gogoscope::wait_reason(guest_, state_, reason);
}

const std::vector<StackRef>& Names::all_stacks() const {
  if (!all_stacks_) all_stacks_ = gogoscope::stacks(guest_.release->layout, state_, entities_);
  return *all_stacks_;
}

std::optional<StackRef> Names::stack_with_sp(Addr sp) const {
  if (stacks_ != nullptr) return ref(stacks_->with_sp(sp));
  return gogoscope::stack_with_sp(all_stacks(), sp);
}

std::optional<StackRef> Names::stack_with_word(Addr addr) const {
  if (stacks_ != nullptr) return ref(stacks_->with_word(addr));
  return gogoscope::stack_with_word(all_stacks(), addr);
}

std::optional<StackRef> Names::stack_from(Addr lo) const {
  if (stacks_ != nullptr) return ref(stacks_->from(lo));
  for (const StackRef& stack : all_stacks()) {
    if (stack.lo == lo) return stack;
  }
  return std::nullopt;
}

/// The stacks that threads run on, that of the running thread first: its names win.
std::vector<Names::Live>& Names::running() const {
  if (running_) return *running_;
  running_.emplace();
  const auto add = [&](ThreadId thread) {
    const Addr sp(state_.reg(thread, Reg::rsp));
    const auto stack = stack_with_sp(sp);
    running_->push_back({stack ? stack->lo : sp, stack ? stack->hi : Addr(~std::uint64_t{0}),
                         CodeAddr(state_.reg(thread, Reg::rip)), sp, std::nullopt});
  };
  add(state_.thread());
  const std::vector<Entity>& all = entities_.all();
  for (std::size_t i = entities_.gs(); i < all.size(); ++i) {
    const Entity& e = all[i];
    if (e.kind != Entity::Kind::m || e.index < 0 || e.index >= kMaxThreads || e.index == state_.thread())
      continue;
    add(static_cast<ThreadId>(e.index));
  }
  return *running_;
}

/// A stack that no thread runs on: its frames hang on what g.sched saved.
std::optional<Names::Live> Names::parked(const StackRef& stack) const {
  const GView g(guest_.release->layout, state_, {stack.owner->addr});
  const Addr sp = g.sched().sp();
  if (!stack.holds_sp(sp) || g.status() == kGdead) return std::nullopt;
  for (const Live& l : running()) {
    if (l.lo == stack.lo && l.hi == stack.hi) return std::nullopt;
  }
  return Live{stack.lo, stack.hi, g.sched().pc(), sp, std::nullopt};
}

const std::vector<FrameRef>& Names::frames_of(Live& live) const {
  if (!live.frames) live.frames = frames_from(guest_, state_, stack_with_sp(live.sp), live.pc, live.sp);
  return *live.frames;
}

WordPlace Names::place_in(Live& live, Addr addr) const {
  if (addr < live.lo || addr >= live.hi) return {};
  return place_in_frames(frames_of(live), addr);
}

WordPlace Names::place_of(Addr addr) const {
  for (Live& live : running()) {
    if (const WordPlace place = place_in(live, addr); place.frame != nullptr) return place;
  }
  if (parked_) {
    if (const WordPlace place = place_in(*parked_, addr); place.frame != nullptr) return place;
  }
  const auto look = [&](const StackRef& stack) {
    auto live = parked(stack);
    if (!live) return WordPlace();
    parked_ = std::move(live);
    return place_in(*parked_, addr);
  };
  if (stacks_ != nullptr) {
    const auto stack = stack_with_word(addr);
    return stack ? look(*stack) : WordPlace();
  }
  for (const StackRef& stack : all_stacks()) {
    if (!stack.holds_word(addr)) continue;
    if (const WordPlace place = look(stack); place.frame != nullptr) return place;
  }
  return {};
}

WordRole Names::role(Addr addr) const {
  if (!stack_with_word(addr)) return WordRole::none;
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
  const auto stack = stack_with_word(addr);
  if (!stack) return {};
  return fill(words_.stack_word, {{"g", stack->owner->short_name}, {"bytes", below_hi(*stack, addr)}});
}

std::string describe_field(const Layout& layout, Entity::Kind kind, std::uint64_t offset) {
  const StructLayout* const s = layout.find(struct_name(kind));
  const Field* f = s == nullptr ? nullptr : s->at(static_cast<std::uint32_t>(offset));
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
           describe_field(guest_.release->layout, e->kind, static_cast<std::uint64_t>(addr - e->addr));
  }
  if (std::string name = describe_stack_word(addr); !name.empty()) return name;
  return describe_data(guest_, addr);
}

std::string Names::meaning(std::uint64_t value) const {
  if (value == 0) return {};
  const Addr addr(value);
  if (guest_.code.place(CodeAddr(value)).function != nullptr) return guest_.code.symbolize(CodeAddr(value));
  if (const Entity* e = entities_.holding(addr)) {
    if (e->addr == addr && e->kind != Entity::Kind::sched) return e->short_name;
    const StructLayout& s = *guest_.release->layout.find(struct_name(e->kind));
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
  const auto stack = stack_with_word(addr);
  if (stack && addr != stack->lo) {
    return fill(words_.in_stack, {{"g", stack->owner->short_name}, {"bytes", below_hi(*stack, addr)}});
  }
  // Stacks lie side by side: one's hi is the next one's lo.
  auto below = stack_with_sp(addr);
  if (below && below->lo == addr) below.reset();
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
  if (guest_.code.place(CodeAddr(value)).function != nullptr || entities_.holding(addr) != nullptr ||
      guest_.code.data_at(addr) != nullptr) {
    return false;
  }
  const auto stack = stack_with_word(addr);
  return stack && addr != stack->lo;
}

std::string describe(const Guest& guest, const StateView& state, Addr addr, int size) {
  return Names(guest, state).describe(addr, size);
}

std::string meaning(const Guest& guest, const StateView& state, std::uint64_t value) {
  return Names(guest, state).meaning(value);
}

}  // namespace gogoscope
