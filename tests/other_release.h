// Releases that do not come with the program: a real layout read from a binary's DWARF, layouts that lack a
// field, and guests under them.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emu/layout/release.h"
#include "emu/machine/machine.h"
#include "emu/runtime/program.h"

namespace gogoscope::tests {

/// "guintptr" of "runtime.guintptr": within package runtime the name goes without its package.
inline std::string in_runtime(std::string type) {
  for (auto at = type.find("runtime."); at != std::string::npos; at = type.find("runtime."))
    type.erase(at, 8);
  return type;
}

/// A layout of tests/emu/data, with the nested fields that a layout names: those of the DWARF, and of a field
/// whose type is one of the structs, the struct's own.
inline Layout dwarf_layout(const std::string& release, const std::string& file) {
  std::ifstream in(std::string(GOGOSCOPE_SOURCE) + "/tests/emu/data/" + file);
  const auto data = nlohmann::json::parse(in);
  const auto find = [&](const std::string& name) -> const nlohmann::json* {
    for (const auto& s : data) {
      if (s["Name"] == name) return &s;
    }
    return nullptr;
  };
  std::vector<StructLayout> structs;
  for (const auto& s : data) {
    StructLayout out{s["Name"], s["Size"], {}};
    const std::function<void(const std::string&, std::uint32_t, const nlohmann::json&)> add =
        [&](const std::string& prefix, std::uint32_t base, const nlohmann::json& f) {
          const std::string type = in_runtime(f["Type"]), given = f["Name"];
          const std::string name = given == "str" ? "ptr" : given;  // of a string
          const std::uint32_t at = base + f["Off"].get<std::uint32_t>();
          const auto inner = f.value("Sub", nlohmann::json::array());
          const nlohmann::json* const known = find(type);
          const bool leaf = inner.empty() && known == nullptr;
          out.fields.push_back({prefix + name, type, at, f["Size"], leaf, type == name});
          // Of a Sub the offset counts from the outer struct already.
          for (const auto& i : inner) add(prefix + name + ".", base, i);
          if (!inner.empty() || known == nullptr) return;
          for (const auto& i : (*known)["Fields"]) add(prefix + name + ".", at, i);
        };
    for (const auto& f : s["Fields"]) add("", 0, f);
    structs.push_back(std::move(out));
  }
  return {release, "DWARF of a Go " + release + " linux/amd64 binary", std::move(structs)};
}

inline std::shared_ptr<const Release> release_of(Layout layout, GHome home) {
  const Release& known = *release_named("1.16");
  return std::make_shared<const Release>(std::move(layout), home, known.g_transitions, known.p_transitions);
}

/// The release without a field, "sched.ret" of "g" for instance; with an empty name without the struct.
inline std::shared_ptr<const Release> without(const Release& release, std::string_view in,
                                              std::string_view field) {
  const Field* const gone = field.empty() ? nullptr : release.layout.find(in, field);
  std::vector<StructLayout> structs;
  for (StructLayout s : release.layout.structs()) {
    if (s.name == in && field.empty()) continue;
    if (s.name == in) std::erase_if(s.fields, [&](const Field& f) { return f.name == gone->name; });
    structs.push_back(std::move(s));
  }
  return std::make_shared<const Release>(Layout(release.name(), release.layout.source(), std::move(structs)),
                                         release.g_home, release.g_transitions, release.p_transitions);
}

/// The same guest, said to be of another release.
inline std::shared_ptr<const Guest> under(const Guest& guest, std::shared_ptr<const Release> release) {
  auto out = std::make_shared<Guest>();
  out->name = guest.name;
  out->release = std::move(release);
  out->map = guest.map;
  out->code = guest.code;
  out->boot = std::make_unique<Image>(out->map);
  guest.boot->for_each_page([&](std::uint32_t n, const std::byte* bytes) {
    out->boot->write(n * AddressMap::kPage, std::span(bytes, AddressMap::kPage));
  });
  for (int i = 0; i < kRegCount; ++i) {
    out->boot->set_reg(0, static_cast<Reg>(i), guest.boot->reg(0, static_cast<Reg>(i)));
  }
  out->turns = guest.turns;
  out->step_budget = guest.step_budget;
  return out;
}

/// The record of a program's run, of at most so many steps, read under another release.
inline std::unique_ptr<Trace> recorded_under(const Program& program, std::shared_ptr<const Release> release,
                                             std::uint64_t steps) {
  const auto guest = under(*program.guest, std::move(release));
  auto trace = std::make_unique<Trace>(guest);
  Machine machine(guest, program.slots, *trace);
  machine.run(steps);
  return trace;
}

}  // namespace gogoscope::tests
