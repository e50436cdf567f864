#include "scenarios/page/register_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gogoscope {
namespace {

struct FlagBit {
  const char* name;
  int bit;
};
constexpr FlagBit kFlags[] = {{"CF", 0}, {"PF", 2}, {"AF", 4}, {"ZF", 6}, {"SF", 7}, {"DF", 10}, {"OF", 11}};

std::string flags_set(std::uint64_t flags) {
  std::string out;
  for (const FlagBit& flag : kFlags) {
    if ((flags >> flag.bit & 1) != 0) out.append(out.empty() ? "" : " ").append(flag.name);
  }
  return out;
}

}  // namespace

int RegisterCells::shown(Stage& stage, Reg reg, std::uint64_t value) const {
  if (reg != Reg::rflags) return stage.pointer(value);
  return stage.values.of(Shown{fmt::format("{:#x}", value), Text::untranslated(flags_set(value))});
}

void RegisterCells::follow(Stage& stage) {
  const Image& state = stage.view().state();
  std::size_t threads = static_cast<std::size_t>(state.thread()) + 1;
  for (const Entity& e : stage.entities().all()) {
    if (e.kind == Entity::Kind::m && e.index >= 0 && e.index < kMaxThreads)
      threads = std::max(threads, static_cast<std::size_t>(e.index) + 1);
  }
  if (const Step* step = stage.step()) {
    for (const OtherRegChange& other : step->other_regs)
      threads = std::max(threads, static_cast<std::size_t>(other.thread) + 1);
    for (const SseChange& change : step->sse)
      threads = std::max(threads, static_cast<std::size_t>(change.thread) + 1);
  }
  const std::size_t known = threads_.size();
  while (threads_.size() < threads) {
    threads_.emplace_back();
    for (int& cell : threads_.back()) cell = stage.cells.add();
    sse_.emplace_back().fill(-1);
  }
  for (std::size_t thread = stage.renamed() ? 0 : known; thread < threads_.size(); ++thread) {
    for (int i = 0; i < kRegCount; ++i) {
      const Reg reg = static_cast<Reg>(i);
      stage.cells.set(cell(static_cast<ThreadId>(thread), reg),
                      shown(stage, reg, state.reg(static_cast<ThreadId>(thread), reg)));
    }
  }
  for (std::size_t thread = 0; thread < threads_.size(); ++thread) {
    follow_sse(stage, static_cast<ThreadId>(thread));
  }
  const Step* step = stage.step();
  if (step == nullptr) return;
  for (const RegChange& change : step->regs) {
    stage.cells.write(cell(step->thread, change.reg),
                      shown(stage, change.reg, state.reg(step->thread, change.reg)));
  }
  for (const OtherRegChange& other : step->other_regs) {
    stage.cells.write(cell(other.thread, other.change.reg),
                      shown(stage, other.change.reg, state.reg(other.thread, other.change.reg)));
  }
}

void RegisterCells::follow_sse(Stage& stage, ThreadId thread) {
  const SseFile file = stage.view().state().sse(thread);
  auto& cells = sse_[thread];
  std::uint32_t stored = 0;
  if (const Step* const step = stage.step()) {
    for (const SseChange& change : step->sse) stored |= change.thread == thread ? bit(change.reg) : 0;
  }
  for (std::uint32_t rest = file.written(); rest != 0; rest &= rest - 1) {
    const auto i = static_cast<unsigned>(__builtin_ctz(rest));
    const auto reg = static_cast<SseReg>(i);
    const bool is_new = cells[i] < 0;
    if (is_new) cells[i] = stage.cells.add();
    if ((stored & bit(reg)) != 0) {
      stage.cells.write(cells[i], stage.values.of(hex(reg, file.value(reg))));
    } else if (is_new) {
      stage.cells.set(cells[i], stage.values.of(hex(reg, file.value(reg))));
    }
  }
}

nlohmann::ordered_json RegisterCells::json(CellNumbers& numbers) const {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (std::size_t thread = 0; thread < threads_.size(); ++thread) {
    nlohmann::ordered_json row = nlohmann::ordered_json::object();
    for (int i = 0; i < kRegCount; ++i) {
      const Reg reg = static_cast<Reg>(i);
      row[std::string(name(reg))] = numbers.of(cell(static_cast<ThreadId>(thread), reg));
    }
    for (unsigned i = 0; i < kSseRegCount; ++i) {
      if (sse_[thread][i] >= 0) row[std::string(name(static_cast<SseReg>(i)))] = numbers.of(sse_[thread][i]);
    }
    out["m" + std::to_string(thread)] = std::move(row);
  }
  return out;
}

}  // namespace gogoscope
