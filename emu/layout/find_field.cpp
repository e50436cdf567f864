// From a path to the place it names.
#include <charconv>

#include "emu/layout/describe.h"
#include "emu/layout/types.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMaxPath = 200;  // longer ones name nothing; it also bounds the pointers followed

/// What may follow a complete name.
bool ends_name(std::string_view rest) { return rest.empty() || rest[0] == '.' || rest[0] == '['; }

/// Cuts the last ".x" or "[n]" off a path; empty when nothing is left.
std::string_view without_last(std::string_view path) {
  const auto cut = path.find_last_of(".[");
  return cut == std::string_view::npos ? std::string_view{} : path.substr(0, cut);
}

/// Takes "[12]" off the front of `rest`.
std::optional<std::uint64_t> take_index(std::string_view& rest) {
  const auto close = rest.find(']');
  if (close == std::string_view::npos || close < 2 || close > 8) return std::nullopt;
  std::uint64_t index = 0;
  for (const char c : rest.substr(1, close - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  rest.remove_prefix(close + 1);
  return index;
}

/// The longest field of `s` that `path` begins with; the rest of the path goes to `rest`.
const Field* longest_field(const StructLayout& s, std::string_view path, std::string_view& rest) {
  for (std::string_view name = path; !name.empty(); name = without_last(name)) {
    if (const Field* f = s.find(name)) {
      rest = path.substr(name.size());
      return f;
    }
  }
  return nullptr;
}

std::optional<std::uint32_t> slice_part(std::string_view name) {
  if (name == ".ptr") return 0;
  if (name == ".len") return 8;
  if (name == ".cap") return 16;
  return std::nullopt;
}

}  // namespace

std::optional<FieldRef> Names::walk(FieldRef at, std::string_view rest) const {
  const Layout& layout = guest_.release->layout;
  while (!rest.empty()) {
    const std::string type = at.type;
    if (rest[0] == '[') {
      const auto index = take_index(rest);
      const auto array = array_type(type);
      const std::string_view slice = slice_element(type);
      const std::string_view element = array ? array->element : slice;
      const auto size = element.empty() ? std::nullopt : type_size(layout, element);
      if (!index || !size) return std::nullopt;
      const std::uint64_t count = array ? array->count : state_.load_or_zero(at.addr + 8);
      if (*index >= count) return std::nullopt;
      const Addr start = array ? at.addr : Addr(state_.load_or_zero(at.addr));
      at = {start + static_cast<std::int64_t>(*index * *size), static_cast<std::uint32_t>(*size),
            std::string(element)};
      continue;
    }
    if (rest[0] != '.') return std::nullopt;
    if (!slice_element(type).empty() && slice_part(rest)) {
      const bool pointer = rest == ".ptr";
      return FieldRef{at.addr + *slice_part(rest), 8,
                      pointer ? "*" + std::string(slice_element(type)) : "int"};
    }
    if (const StructLayout* s = layout.find(type)) {
      std::string_view after;
      const Field* f = longest_field(*s, rest.substr(1), after);
      if (f == nullptr) return std::nullopt;
      at = {at.addr + f->offset, f->size, f->type};
      rest = after;
      continue;
    }
    const std::string_view target = pointee(type);
    const StructLayout* s = target.empty() ? nullptr : layout.find(target);
    const Addr pointer(state_.load_or_zero(at.addr));
    if (s == nullptr || pointer.is_nil()) return std::nullopt;
    at = {pointer, s->size, s->name};
  }
  return state_.load(at.addr, 1) ? std::optional(at) : std::nullopt;
}

std::optional<FieldRef> Names::find_entity_field(std::string_view path) const {
  const auto end = path.find_first_of(".[");
  const Entity* e = entities_.find(path.substr(0, end));
  if (e == nullptr) return std::nullopt;
  const StructLayout* s = guest_.release->layout.find(struct_name(e->kind));
  if (s == nullptr) return std::nullopt;
  const FieldRef whole{e->addr, s->size, s->name};
  return walk(whole, end == std::string_view::npos ? std::string_view{} : path.substr(end));
}

std::optional<FieldRef> Names::find_data_field(std::string_view path) const {
  for (std::string_view name = path; !name.empty(); name = without_last(name)) {
    const DataSymbol* d = guest_.code.data(name);
    if (d == nullptr) continue;
    return walk({d->addr, static_cast<std::uint32_t>(d->size), d->type}, path.substr(name.size()));
  }
  return std::nullopt;
}

std::optional<FieldRef> Names::find_var_in(const std::vector<FrameRef>& frames, std::string_view path) const {
  for (const FrameRef& f : frames) {
    const std::string_view function = short_function_name(f.function->name);
    if (f.left_stack || !path.starts_with(function)) continue;
    const std::string_view rest = path.substr(function.size());
    if (rest.empty() || rest[0] != '.') continue;
    for (const FrameVar& v : f.function->vars) {
      if (!rest.substr(1).starts_with(v.name) || !ends_name(rest.substr(1 + v.name.size()))) continue;
      const Addr at = f.top + v.offset;
      if (at < f.sp) continue;  // the prologue has not made room for it yet
      return walk({at, v.size, v.type}, rest.substr(1 + v.name.size()));
    }
  }
  return std::nullopt;
}

/// Frames of running threads first.
std::optional<FieldRef> Names::find_frame_var(std::string_view path) const {
  for (Live& live : running()) {
    if (auto found = find_var_in(frames_of(live), path)) return found;
  }
  for (const StackRef& stack : all_stacks()) {
    auto waiting = parked(stack);
    if (!waiting) continue;
    if (auto found = find_var_in(frames_of(*waiting), path)) return found;
  }
  return std::nullopt;
}

/// A word of data by its address alone: most words of a stack have no other name.
std::optional<FieldRef> Names::find_word(std::string_view digits) const {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size() || value % 8 != 0) return std::nullopt;
  const Region* region = guest_.map.find(Addr(value), 8);
  if (region == nullptr || region->executable) return std::nullopt;
  return FieldRef{Addr(value), 8, "uintptr"};
}

std::optional<FieldRef> Names::find_field(std::string_view path) const {
  if (path.empty() || path.size() > kMaxPath) return std::nullopt;
  if (path.starts_with("0x")) return find_word(path.substr(2));
  const std::string_view bare = short_function_name(path);  // runtime.sched.lock.key is sched.lock.key
  if (auto found = find_entity_field(bare)) return found;
  if (auto found = find_data_field(path)) return found;
  if (auto found = find_data_field("runtime." + std::string(path))) return found;
  return find_frame_var(bare);
}

std::optional<FieldRef> find_field(const Guest& guest, const StateView& state, std::string_view path) {
  return Names(guest, state).find_field(path);
}

}  // namespace gogoscope
