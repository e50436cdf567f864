#include "emu/session/transfers.h"

#include <algorithm>
#include <array>
#include <optional>

#include "emu/disasm/moves.h"
#include "emu/layout/entities.h"

namespace gogoscope {
namespace {

constexpr int kMaxSteps = 64;

/// The move that comes next, made or not: its address, and the value that it moves.
std::optional<Transfer> next_transfer(const StateView& before, std::size_t length) {
  std::array<std::byte, 15> bytes;
  const std::span<std::byte> code(bytes.data(), std::min(length, bytes.size()));
  if (!before.read(Addr(before.pc().value()), code)) return std::nullopt;
  const auto move = plain_move(code, before.pc());
  if (!move) return std::nullopt;
  Transfer out;
  out.reg = move->reg;
  out.addr = move->address(before);
  out.size = move->size;
  out.to_memory = move->to_memory;
  const std::uint64_t mask = move->size == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << move->size * 8) - 1;
  out.value = move->to_memory ? before.reg(move->reg) & mask : before.load_or_zero(out.addr, move->size);
  return out;
}

}  // namespace

std::vector<Transfer> transfers(Cursor& cursor) {
  std::vector<Transfer> out;
  const Trace& trace = cursor.trace();
  const Guest& guest = trace.guest();
  if (cursor.position() == 0) return out;
  const Step last = cursor.last();
  const Function* const function = guest.code.function_at(last.pc);
  if (last.kind != StepKind::instruction || function == nullptr) return out;
  if (function->kind == FunctionKind::task || guest.code.is_modelled(*function)) return out;
  const Entities entities(guest, cursor.state());
  const std::uint64_t here = cursor.position();
  for (int steps = 0; steps < kMaxSteps && cursor.position() > 0; ++steps) {
    cursor.back();
    const Image& before = cursor.state();
    const Instruction* const instruction = guest.code.instruction_at(before.pc());
    if (before.thread() != last.thread || trace.is_edit(cursor.position()) || instruction == nullptr ||
        instruction->slot || !function->contains(before.pc())) {
      break;
    }
    if (auto transfer = next_transfer(before, instruction->size)) {
      const Entity* const owner = entities.holding(transfer->addr, transfer->size);
      // A step that faulted has moved nothing.
      const Stop* const stop = trace.stop_at(cursor.position());
      const bool made = stop == nullptr || stop->reason != StopReason::fault;
      if (made && owner != nullptr && owner->kind == Entity::Kind::g) {
        transfer->step = cursor.position();
        out.push_back(*transfer);
      }
    }
    if (before.pc() == function->entry) break;
  }
  cursor.seek(here);
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Transfer> transfers(const Cursor& at) {
  Cursor copy(at);
  return transfers(copy);
}

}  // namespace gogoscope
