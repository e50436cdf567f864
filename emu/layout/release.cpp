#include "emu/layout/release.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/layout/releases.h"

namespace gogoscope {
namespace {

constexpr std::int64_t kTlsSlot = -8;  // seen from the FS base

}  // namespace

std::string_view name(GHome home) { return home == GHome::tls ? "TLS" : "R14"; }

const GTransition* Release::g_transition(std::uint64_t from, std::uint64_t to) const {
  const auto found = std::find_if(g_transitions.begin(), g_transitions.end(),
                                  [&](const GTransition& t) { return t.from == from && t.to == to; });
  return found == g_transitions.end() ? nullptr : &*found;
}

bool Release::has_p_transition(std::uint64_t from, std::uint64_t to) const {
  return std::any_of(p_transitions.begin(), p_transitions.end(),
                     [&](const PTransition& t) { return t.from == from && t.to == to; });
}

Addr tls_slot(const StateView& state, ThreadId thread) {
  return Addr(state.reg(thread, Reg::fs_base)) + kTlsSlot;
}

Addr tls_g(const StateView& state, ThreadId thread) {
  return Addr(state.load_or_zero(tls_slot(state, thread)));
}

Text no_such_field(const Release& release, std::string_view in, std::string_view field) {
  return {fmt::format("Go {} has no field {}.{}", release.name(), in, field),
          fmt::format("Go {} 没有字段 {}.{}", release.name(), in, field)};
}

Text no_such_field(const Release& release, FieldAt Offsets::*field) {
  const auto* const found = std::find_if(std::begin(kOffsetFields), std::end(kOffsetFields),
                                         [field](const OffsetField& f) { return f.at == field; });
  return no_such_field(release, found->in, found->name);
}

std::shared_ptr<const Release> release_named(std::string_view go) {
  static const std::shared_ptr<const Release> go1_16 = go1_16_release();
  return go == go1_16->name() ? go1_16 : nullptr;
}

std::span<const std::string_view> release_names() {
  static constexpr std::string_view kNames[] = {"1.16"};
  return kNames;
}

}  // namespace gogoscope
