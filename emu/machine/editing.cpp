// Moving the machine to another moment, and changing one. What is wrong with a change is known before
// anything of the record is given up for it.
#include <fmt/format.h>

#include "emu/machine/engine.h"

namespace gogoscope {

void Machine::Engine::begin_at(std::uint64_t state, std::shared_ptr<const Image> image, bool is_there) {
  const Image& there = *image;
  recorder_.begin_at(state, std::move(image));
  if (!is_there) load(there);
}

void Machine::Engine::resume_from(const Cursor& at) {
  recorder_.truncate(at);
  load(at.state());
}

void Machine::Engine::branch_off(const Cursor& at) {
  if (at.at_end()) return;
  recorder_.branch_off(at);
  load(at.state());
}

void Machine::Engine::go_to_branch(int id) {
  recorder_.go_to_branch(id);
  restore_tip();
}

/// A process keeps what its kernel has said of its memory; the kernel's own memory is not the user's to
/// change.
bool Machine::Engine::may_edit(const Image& state, const MemoryEdit& edit) const {
  return covered(mappings_->read(state), edit.addr, static_cast<std::uint64_t>(edit.size), Mapping::kWrite);
}

Message Machine::Engine::why_not(const Cursor& at, const Edit& edit) const {
  if (const auto* const change = std::get_if<RegisterEdit>(&edit)) {
    if (change->reg == Reg::rip && !(change->value - text_base_ < text_size_ && may_start(change->value) &&
                                     decode(code_at(change->value), CodeAddr(change->value)).length != 0)) {
      return Message({"no instruction starts at {address}", "{address} 处没有指令开始"},
                     {{"address", fmt::format("{:#x}", change->value)}});
    }
    // Only what a program may change itself: carry, parity, adjust, zero, sign, direction, overflow.
    constexpr std::uint64_t kUserFlags = 0xcd5;
    if (change->reg == Reg::rflags && ((at.state().reg(Reg::rflags) ^ change->value) & ~kUserFlags) != 0) {
      return Message({"only the flags CF, PF, AF, ZF, SF, DF and OF may be changed",
                      "只能修改标志位 CF、PF、AF、ZF、SF、DF 和 OF"});
    }
    return {};
  }
  const auto& store = std::get<MemoryEdit>(edit);
  const std::string address = fmt::format("{:#x}", store.addr.value());
  const Region* const region = guest_->map.find(store.addr, static_cast<std::uint64_t>(store.size));
  // A part of a region may not be mapped yet.
  if (region == nullptr || !at.state().load(store.addr, store.size)) {
    return Message({"there is no memory at {address}", "{address} 处没有内存"}, {{"address", address}});
  }
  if (mappings_ && !may_edit(at.state(), store)) {
    return Message({"the process has not mapped memory that it may write at {address}",
                    "进程在 {address} 处没有映射可写的内存"},
                   {{"address", address}});
  }
  if (!region->writable) {
    return Message({"the memory at {address} is read-only", "{address} 处的内存只读"},
                   {{"address", address}});
  }
  return {};
}

Message Machine::Engine::edit(const Cursor& at, const Edit& edit) {
  if (Message wrong = why_not(at, edit); !wrong.empty()) return wrong;
  branch_off(at);
  if (const auto* const change = std::get_if<RegisterEdit>(&edit)) {
    recorder_.reg(change->reg, reg(change->reg) ^ change->value);
    RegisterFile changed = registers_;
    changed[static_cast<std::size_t>(change->reg)] = change->value;
    write_registers(changed);
  } else {
    const auto& change_of_memory = std::get<MemoryEdit>(edit);
    store(change_of_memory.addr, change_of_memory.size, change_of_memory.value);
  }
  recorder_.commit();
  recorder_.mark_edit();
  recorder_.mark_by_hand();
  return {};
}

}  // namespace gogoscope
