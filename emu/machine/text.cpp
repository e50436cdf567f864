// Text, decoded when it is about to be executed. What a guest may not execute never gets to the engine: it
// runs in ring 0, and some bytes abort it when it merely translates them.
#include <algorithm>
#include <bit>
#include <utility>

#include "emu/machine/engine.h"

namespace gogoscope {

void Machine::Engine::find_text() {
  const Region* text = guest_->map.find("text");
  text_base_ = text->base.value();
  text_size_ = text->size;
  listed_ = !guest_->code.instructions().empty();
  // Zeros that the system gives only where they are touched: a text may be large.
  static_assert(std::is_trivially_copyable_v<Fact> && static_cast<int>(Fact::Kind::unseen) == 0);
  facts_.reset(static_cast<Fact*>(std::calloc(text_size_, sizeof(Fact))));
  if (!facts_) throw std::bad_alloc();
}

bool Machine::Engine::may_start(std::uint64_t pc) const {
  return !listed_ || guest_->code.instruction_at(CodeAddr(pc)) != nullptr;
}

std::span<const std::byte> Machine::Engine::code_at(std::uint64_t pc) const {
  constexpr std::uint64_t kLongest = 15;
  // The text never changes.
  const std::uint64_t size = std::min(kLongest, text_base_ + text_size_ - pc);
  const LiveMemory::Block* const block = memory_.find(Addr(pc), size);
  if (block == nullptr) return {};
  return {block->at(Addr(pc)), size};
}

void Machine::Engine::decode_line(std::uint64_t pc) {
  const std::uint64_t start = pc;
  bool doomed = false;
  // Where a line joins one that has been looked at, the rest of it has been, too.
  while (pc - text_base_ < text_size_) {
    Fact& fact = facts_[pc - text_base_];
    if (fact.kind != Fact::Kind::unseen) {
      doomed = fact.doomed;
      break;
    }
    learn(fact, pc);
    if (fact.kind != Fact::Kind::allowed) {
      doomed = fact.doomed = true;
      break;
    }
    if (fact.ends) break;
    pc += fact.length;
  }
  if (!doomed) return;
  for (std::uint64_t at = start; at != pc; at += facts_[at - text_base_].length) {
    facts_[at - text_base_].doomed = true;
  }
}

void Machine::Engine::stop_before_the_end(std::uint64_t pc) {
  while (facts_[pc - text_base_].kind == Fact::Kind::allowed) pc += facts_[pc - text_base_].length;
  if (std::ranges::find(stops_, pc) != stops_.end()) return;
  stops_.push_back(pc);
  must(uc_ctl_set_exits(uc_, stops_.data(), stops_.size()), "uc_ctl_set_exits");
}

void Machine::Engine::forget_stops() {
  // What has been translated of them stays as it is: it stops.
  must(uc_ctl_set_exits(uc_, stops_.data(), 0), "uc_ctl_set_exits");
  stops_.clear();
}

void Machine::Engine::learn(Fact& fact, std::uint64_t pc) {
  if (!may_start(pc)) {
    fact.kind = Fact::Kind::none;
    return;
  }
  const Decoded decoded = decode(code_at(pc), CodeAddr(pc));
  if (decoded.service != Service::none && slots_->find(decoded.service) != nullptr) {
    fact.length = decoded.length;
    fact.slot = slots_->find(decoded.service);
    fact.service = true;
    fact.kind = Fact::Kind::allowed;
    return;
  }
  if (!decoded.allowed) {
    fact.kind = decoded.length == 0 ? Fact::Kind::none : Fact::Kind::refused;
    return;
  }
  const Instruction* const instruction = guest_->code.instruction_at(CodeAddr(pc));
  fact.length = decoded.length;
  fact.written = decoded.written & ~bit(Reg::rip);
  fact.tested = static_cast<std::uint16_t>(decoded.flags.tested);
  fact.defined = static_cast<std::uint16_t>(decoded.flags.defined);
  fact.undefined = static_cast<std::uint16_t>(decoded.flags.undefined);
  const bool slot = instruction != nullptr && instruction->slot;
  if (slot) fact.slot = slots_->find(CodeAddr(pc));
  // The listings use the stack as a compiler would. A task may do anything, hand out addresses of its stack
  // for one.
  const Function* const function = guest_->code.function_at(CodeAddr(pc));
  const bool task = function != nullptr && function->kind == FunctionKind::task;
  fact.noticed = !slot && (decoded.memory || (task && decoded.own_memory));
  fact.indirect = decoded.branch == Branch::indirect_jump || decoded.branch == Branch::indirect_call ||
                  decoded.branch == Branch::ret;
  fact.direct = decoded.branch != Branch::none && !fact.indirect;
  fact.operand = decoded.aligned || decoded.loads_mxcsr || decoded.loads_flags;
  fact.sse = static_cast<std::uint8_t>(decoded.sse == 0 ? 0 : std::countr_zero(decoded.sse) + 1);
  fact.plain = !slot && decoded.branch == Branch::none && fact.tested == 0 && !fact.operand;
  fact.ends = decoded.branch != Branch::none || decoded.trap;
  if (fact.indirect || fact.operand || decoded.flags_by_count) {
    decoded_.push_back(std::make_unique<Decoded>(decoded));
    fact.whole = decoded_.back().get();
  }
  fact.kind = Fact::Kind::allowed;
}

void Machine::Engine::look_where_it_leads(Fact& fact, std::uint64_t pc) {
  Decoded decoded;
  if (fact.whole == nullptr) decoded = decode(code_at(pc), CodeAddr(pc));
  const Decoded& branch = fact.whole != nullptr ? *fact.whole : decoded;
  // Of a call its return looks at the place behind it by itself.
  const bool conditional = branch.branch == Branch::conditional;
  const std::uint64_t behind = pc + branch.length;
  look_through(branch.target);
  if (conditional) look_through(behind);
  fact.direct = is_doomed(branch.target) || (conditional && is_doomed(behind));
  if (!fact.direct || fact.whole != nullptr) return;
  decoded_.push_back(std::make_unique<Decoded>(std::move(decoded)));
  fact.whole = decoded_.back().get();
}

Text Machine::Engine::why_not_executed(std::uint64_t pc) const {
  if (may_start(pc)) {
    return Message({"the guest may not execute this: {why}", "客户机不可以执行它：{why}"},
                   {{"why", decode(code_at(pc), CodeAddr(pc)).refusal}})
        .text();
  }
  return Message({"no instruction starts at {place}: execution ran into padding or data",
                  "{place} 处没有指令：执行进入了填充字节或数据"},
                 {{"place", guest_->code.symbolize(CodeAddr(pc))}})
      .text();
}

}  // namespace gogoscope
