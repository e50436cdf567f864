#include "emu/machine/engine.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "emu/history/delta.h"
#include "emu/history/fault.h"

namespace gogoscope {
namespace {

constexpr std::array<int, kRegCount> kUnicornId = {
    UC_X86_REG_RAX, UC_X86_REG_RCX, UC_X86_REG_RDX,    UC_X86_REG_RBX,    UC_X86_REG_RSP,
    UC_X86_REG_RBP, UC_X86_REG_RSI, UC_X86_REG_RDI,    UC_X86_REG_R8,     UC_X86_REG_R9,
    UC_X86_REG_R10, UC_X86_REG_R11, UC_X86_REG_R12,    UC_X86_REG_R13,    UC_X86_REG_R14,
    UC_X86_REG_R15, UC_X86_REG_RIP, UC_X86_REG_EFLAGS, UC_X86_REG_FS_BASE};

/// Unicorn ends the process if it gets no buffer for translated code, so that is asked for beforehand.
void need_room_for_code() {
  constexpr std::size_t kBuffer = std::size_t{1} << 30;  // what Unicorn 2 asks for
  constexpr std::size_t kRest = 16 << 20;                // its tables
  void* const room = mmap(nullptr, kBuffer + kRest, PROT_READ | PROT_WRITE | PROT_EXEC,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) throw std::bad_alloc();
  munmap(room, kBuffer + kRest);
}

constexpr std::size_t index_of(Reg reg) { return static_cast<std::size_t>(reg); }

}  // namespace

void must(uc_err error, const char* what) {
  if (error == UC_ERR_OK) return;
  if (error == UC_ERR_NOMEM) throw std::bad_alloc();
  std::fprintf(stderr, "gogoscope: internal error: %s: %s\n", what, uc_strerror(error));
  std::abort();
}

Machine::Engine::Engine(std::shared_ptr<const Guest> guest, std::shared_ptr<const SlotTable> slots,
                        Trace& trace)
    : guest_(std::move(guest)),
      slots_(std::move(slots)),
      trace_(trace),
      recorder_(trace),
      memory_(guest_->map),
      mappings_(MappingTable::of(*guest_)),
      threads_(ThreadTable::of(*guest_)) {
  need_room_for_code();
  must(uc_open(UC_ARCH_X86, UC_MODE_64, &uc_), "uc_open");
  must(uc_ctl_exits_enable(uc_), "uc_ctl_exits_enable");
  memory_.load(*guest_->boot);  // before the engine sees it, and the instructions are read
  find_text();
  install_hooks();
  load(*guest_->boot);
}

Machine::Engine::~Engine() { uc_close(uc_); }

void Machine::Engine::load(const Image& state) {
  memory_.load(state);
  map_memory();
  write_registers(memory_.registers(memory_.thread()));
  forget_threads();
  ask_kernel_ = true;
}

void Machine::Engine::install_hooks() {
  // Before the first run: a hook added later misses code that is already translated.
  uc_hook hook{};
  must(uc_hook_add(uc_, &hook, UC_HOOK_CODE, reinterpret_cast<void*>(&code_hook), this, 1, 0), "code hook");
  must(uc_hook_add(uc_, &hook, UC_HOOK_MEM_WRITE, reinterpret_cast<void*>(&write_hook), this, 1, 0),
       "write hook");
  must(uc_hook_add(uc_, &hook, UC_HOOK_MEM_INVALID, reinterpret_cast<void*>(&invalid_hook), this, 1, 0),
       "invalid hook");
  must(uc_hook_add(uc_, &hook, UC_HOOK_INTR, reinterpret_cast<void*>(&interrupt_hook), this, 1, 0),
       "interrupt hook");
}

void Machine::Engine::write_registers(const RegisterFile& file) {
  registers_ = file;
  std::array<int, kRegCount> ids = kUnicornId;
  std::array<void*, kRegCount> values{};
  for (std::size_t i = 0; i < kRegCount; ++i) values[i] = &registers_[i];
  must(uc_reg_write_batch(uc_, ids.data(), values.data(), kRegCount), "uc_reg_write_batch");
  write_sse();
  undefined_flags_ = 0;
  look_through(registers_[index_of(Reg::rip)]);
}

// ---- running ----

void Machine::Engine::run(std::uint64_t steps) {
  if (trace_.end()) return;
  ended_ = false;
  limit_ = recorder_.steps() + steps;
  while (recorder_.steps() < limit_ && !ended_) {
    if (turn_over()) {
      take_turn();
    } else {
      execute();
    }
  }
}

void Machine::Engine::execute() {
  if (ask_kernel_ && interrupted()) return;
  const std::uint64_t before = recorder_.steps();
  const std::uint64_t flown = flown_;
  const std::uint64_t start = registers_[index_of(Reg::rip)];
  if (!stops_.empty()) forget_stops();
  look_through(start);
  if (stops_at(start)) return record_fault(why_not_executed(start));
  // What an earlier fault left here must not name the next one.
  interrupt_.reset();
  invalid_type_ = UC_MEM_READ;
  // No `until` address: a call through nil must fault, not look like the end.
  const uc_err error = uc_emu_start(uc_, start, ~std::uint64_t{0}, 0, 0);
  if (out_of_memory_) throw std::bad_alloc();
  if (!pending_fault_.empty()) {
    record_fault(std::exchange(pending_fault_, {}), std::exchange(pending_exception_, std::nullopt));
    return;
  }
  if (error == UC_ERR_OK && !interrupt_) {
    if (pending_) {
      // PAUSE makes the engine leave its loop, and so does a place where it must not go; the instruction has
      // run.
      std::uint64_t rip = 0;
      uc_reg_read(uc_, UC_X86_REG_RIP, &rip);
      finish_step(rip);
    } else if (recorder_.steps() == before && flown_ == flown &&
               !(pilot_ != nullptr ? landed_ : turn_over())) {
      record_fault({"the engine stopped without a reason", "引擎没有给出理由就停了"});
    }
    return;
  }
  const bool fetch = error == UC_ERR_FETCH_UNMAPPED || error == UC_ERR_FETCH_PROT;
  if (fetch && pending_) {
    // The branch itself was fine; what it leads to is not there.
    std::uint64_t rip = 0;
    uc_reg_read(uc_, UC_X86_REG_RIP, &rip);
    finish_step(rip);
    if (recorder_.steps() == limit_ || trace_.end()) return;
  }
  record_fault(describe_fault(error), exception_of(error));
}

// No exception may pass through the engine's frames: it waits until the engine has come to rest.
void Machine::Engine::code_hook(uc_engine* uc, std::uint64_t pc, std::uint32_t, void* self) {
  auto& engine = *static_cast<Engine*>(self);
  try {
    engine.before_instruction(pc);
  } catch (const std::bad_alloc&) {
    engine.out_of_memory_ = true;
    uc_emu_stop(uc);
  }
}

void Machine::Engine::before_instruction(std::uint64_t pc) {
  if (pending_) {
    // A REP string instruction calls the hook once an iteration: it is one step.
    if (pc == registers_[index_of(Reg::rip)] && !pending_->slot && !pending_->ends && written_by_slot_ == 0 &&
        (pending_->written & (1U << index_of(Reg::rcx))) != 0 &&
        (pending_->written & (1U << index_of(Reg::rdi) | 1U << index_of(Reg::rsi))) != 0) {
      return;
    }
    finish_step(pc);
  }
  if (pilot_ != nullptr && pilot_waits()) {
    const std::uint64_t flown = flown_;
    if (!ask_pilot()) {
      uc_emu_stop(uc_);
      return;
    }
    if (flown_ != flown) return;  // it continues where RIP says now, and comes here again
  }
  if (recorder_.steps() >= limit_ || ended_) {
    uc_emu_stop(uc_);
    return;
  }
  if (pilot_ == nullptr && turn_over()) {
    // Without leaving the engine, which costs more than all the rest of a turn: it continues where the new
    // thread's RIP says, and comes here again.
    if (!take_turn()) uc_emu_stop(uc_);
    return;
  }
  if (ask_kernel_) [[unlikely]] {
    // As with a turn: it continues where the kernel says.
    if (interrupted()) return;
  }
  Fact* const fact = fact_at(pc);
  if (!fact) {
    pending_fault_ = why_not_executed(pc);
    uc_emu_stop(uc_);
    return;
  }
  if (fact->plain) [[likely]] {
    pending_ = fact;
    return;
  }
  if ((fact->tested & undefined_flags_) != 0) return settle_flags(pc);
  if (fact->direct) [[unlikely]]
    look_where_it_leads(*fact, pc);
  if (fact->operand && !operand_is_right(*fact->whole, pc)) [[unlikely]]
    return;
  pending_ = fact;
  if (fact->slot) {
    jumped_ = false;
    (*fact->slot)(*this);
    if (!pending_fault_.empty()) {
      pending_ = nullptr;
      uc_emu_stop(uc_);
      return;
    }
    if (mappings_changed_) [[unlikely]]
      map_memory();
    if (fact->service && !jumped_) jump(CodeAddr(pc + fact->length));
    if (fact->service) ask_kernel_ = true;
  }
  if (fact->indirect) {
    // Outside the text the fetch faults by itself.
    const std::uint64_t target = target_of(*fact->whole, pc);
    look_through(target);
    if (const std::uint64_t at = target - text_base_;
        at < text_size_ && facts_[at].kind == Fact::Kind::none) {
      pending_ = nullptr;
      pending_fault_ =
          Message({"the jump leads to {place}, where no instruction starts", "跳转到 {place}，那里没有指令"},
                  {{"place", guest_->code.symbolize(CodeAddr(target))}})
              .text();
      uc_emu_stop(uc_);
    }
  }
}

void Machine::Engine::finish_step(std::uint64_t next) {
  const std::uint32_t written = pending_->written | written_by_slot_;
  const std::uint64_t rcx = registers_[index_of(Reg::rcx)];
  for (std::uint32_t rest = written & ~bit(Reg::rflags); rest != 0; rest &= rest - 1) {
    const auto i = static_cast<std::size_t>(__builtin_ctz(rest));
    std::uint64_t value = 0;
    uc_reg_read(uc_, kUnicornId[i], &value);
    recorder_.reg(static_cast<Reg>(i), registers_[i] ^ value);
    registers_[i] = value;
  }
  if ((written & bit(Reg::rflags)) != 0) {
    FlagEffect effect{0, pending_->defined, pending_->undefined};
    if (pending_->whole != nullptr || written_by_slot_ != 0) [[unlikely]]
      effect = flags_set(rcx);
    undefined_flags_ = (undefined_flags_ & ~effect.defined) | effect.undefined;
    std::uint64_t value = 0;
    uc_reg_read(uc_, UC_X86_REG_EFLAGS, &value);
    value &= ~std::uint64_t{undefined_flags_};
    std::uint64_t& flags = registers_[index_of(Reg::rflags)];
    recorder_.reg(Reg::rflags, flags ^ value);
    flags = value;
  }
  if (pending_->sse != 0) [[unlikely]]
    record_sse(static_cast<SseReg>(pending_->sse - 1));
  std::uint64_t& rip = registers_[index_of(Reg::rip)];
  recorder_.reg(Reg::rip, rip ^ next);
  rip = next;
  recorder_.commit();
  noticed_ = noticed_ || pending_->noticed;
  pending_ = nullptr;
  written_by_slot_ = 0;
  if (pending_stop_) {
    end_run(std::move(*pending_stop_));
    pending_stop_.reset();
  }
}

FlagEffect Machine::Engine::flags_set(std::uint64_t rcx) const {
  // A slot gives all of them a value.
  if ((written_by_slot_ & bit(Reg::rflags)) != 0) return {0, ~std::uint32_t{0}, 0};
  if (pending_->whole != nullptr) return pending_->whole->flags_with(rcx);
  return {0, pending_->defined, pending_->undefined};
}

void Machine::Engine::settle_flags(std::uint64_t pc) {
  undefined_flags_ = 0;
  uc_reg_write(uc_, UC_X86_REG_EFLAGS, &registers_[index_of(Reg::rflags)]);
  // Translated code may have the flags in another form; entered anew, it takes them from here.
  uc_reg_write(uc_, UC_X86_REG_RIP, &pc);
}

void Machine::Engine::write_hook(uc_engine* uc, uc_mem_type, std::uint64_t addr, int size, std::int64_t value,
                                 void* self) {
  auto& engine = *static_cast<Engine*>(self);
  try {
    engine.before_store(addr, size, value);
  } catch (const std::bad_alloc&) {
    engine.out_of_memory_ = true;
    uc_emu_stop(uc);
  }
}

void Machine::Engine::before_store(std::uint64_t addr, int size, std::int64_t value) {
  const auto bytes = static_cast<std::uint64_t>(size);
  const LiveMemory::Block* const block = memory_.find(Addr(addr), bytes);
  if (block == nullptr) return;  // the engine is about to fault
  const std::uint64_t old = delta::load8(block->at(Addr(addr)));
  recorder_.store(block->image_offset(Addr(addr)), static_cast<unsigned>(size),
                  (old ^ static_cast<std::uint64_t>(value)) & delta::kMask[bytes]);
  note_store(Addr(addr));
}

bool Machine::Engine::invalid_hook(uc_engine*, uc_mem_type type, std::uint64_t addr, int, std::int64_t,
                                   void* self) {
  auto& engine = *static_cast<Engine*>(self);
  engine.invalid_type_ = type;
  engine.invalid_addr_ = addr;
  return false;
}

void Machine::Engine::interrupt_hook(uc_engine* uc, std::uint32_t number, void* self) {
  static_cast<Engine*>(self)->interrupt_ = number;
  uc_emu_stop(uc);
}

std::uint64_t Machine::Engine::address_of(const Decoded& decoded, std::uint64_t pc) const {
  auto value = [&](int reg) {
    if (reg < 0) return std::uint64_t{0};
    if (reg == static_cast<int>(Reg::rip)) return pc + decoded.length;
    return registers_[static_cast<std::size_t>(reg)];
  };
  return value(decoded.base) + value(decoded.index) * static_cast<std::uint64_t>(decoded.scale) +
         static_cast<std::uint64_t>(decoded.disp) + (decoded.fs_segment ? reg(Reg::fs_base) : 0);
}

std::uint64_t Machine::Engine::target_of(const Decoded& branch, std::uint64_t pc) const {
  if (branch.branch == Branch::ret) return memory_.load_or_zero(Addr(reg(Reg::rsp)));
  const std::uint64_t at = address_of(branch, pc);
  return branch.target_in_memory ? memory_.load_or_zero(Addr(at)) : at;
}

// ---- faults ----

Text Machine::Engine::describe_fault(uc_err error) const {
  if (interrupt_) {
    switch (*interrupt_) {
      case 0:
        return fault::kDivide.text();
      case 3:
        return fault::kTrap.text();
      default:
        return Message({"exception {n}", "异常 {n}"}, {{"n", *interrupt_}}).text();
    }
  }
  // Of the instructions that a text may hold only UD2 is invalid.
  if (error == UC_ERR_INSN_INVALID) return fault::kInvalidOpcode.text();
  TextView what;
  switch (invalid_type_) {
    case UC_MEM_READ_UNMAPPED:
      what = fault::kReadUnmapped;
      break;
    case UC_MEM_WRITE_UNMAPPED:
      what = fault::kWriteUnmapped;
      break;
    case UC_MEM_FETCH_UNMAPPED:
      what = fault::kJumpUnmapped;
      break;
    case UC_MEM_WRITE_PROT:
      what = fault::kWriteReadOnly;
      break;
    case UC_MEM_READ_PROT:
      what = fault::kReadUnreadable;
      break;
    case UC_MEM_FETCH_PROT:
      what = fault::kJumpNotExecutable;
      break;
    default:
      return Text::untranslated(uc_strerror(error));
  }
  return fault::at(what, invalid_addr_);
}

void Machine::Engine::restore_tip() {
  Cursor tip(trace_);
  tip.seek(trace_.steps());
  load(tip.state());
}

// ---- the gate ----

std::uint64_t Machine::Engine::load(Addr addr, int size) {
  if (!pending_fault_.empty()) return 0;
  const auto bytes = static_cast<std::uint64_t>(size);
  if (const LiveMemory::Block* const block = memory_.find(addr, bytes)) {
    return delta::load8(block->at(addr)) & delta::kMask[bytes];
  }
  pending_fault_ = fault::at(fault::kReadUnmapped, addr.value());
  return 0;
}

void Machine::Engine::store(Addr addr, int size, std::uint64_t value) {
  if (!pending_fault_.empty()) return;
  const auto bytes = static_cast<std::uint64_t>(size);
  const LiveMemory::Block* const block = memory_.find(addr, bytes);
  if (block == nullptr || !block->region->writable) {
    pending_fault_ = fault::at(block ? fault::kWriteReadOnly : fault::kWriteUnmapped, addr.value());
    return;
  }
  std::byte* const place = block->at(addr);
  recorder_.store(block->image_offset(addr), static_cast<unsigned>(size),
                  (delta::load8(place) ^ value) & delta::kMask[bytes]);
  std::memcpy(place, &value, bytes);
  note_store(addr);
}

void Machine::Engine::set_thread_reg(ThreadId thread, Reg reg, std::uint64_t value) {
  std::uint64_t& place = memory_.registers(thread)[index_of(reg)];
  recorder_.store(AddressMap::register_offset(thread, static_cast<int>(reg)), 8, place ^ value);
  place = value;
}

void Machine::Engine::set_reg(Reg reg, std::uint64_t value) {
  // Recorded with the step, when the engine is asked for what it has become.
  uc_reg_write(uc_, kUnicornId[index_of(reg)], &value);
  written_by_slot_ |= 1U << index_of(reg);
}

bool Machine::Engine::map(Addr addr, std::uint64_t bytes) {
  if (!pending_fault_.empty() || bytes % AddressMap::kPage != 0) return false;
  for (std::size_t i = 0; i < memory_.blocks().size(); ++i) {
    const Region& region = *memory_.blocks()[i].region;
    const std::uint64_t mapped = memory_.blocks()[i].mapped;
    if (addr != region.base + static_cast<std::int64_t>(mapped)) continue;
    const std::uint64_t hole = region.size - mapped;
    if (bytes > hole) return false;
    recorder_.store(region.hole_offset, 8, hole ^ (hole - bytes));
    memory_.set_mapped(i, mapped + bytes);
    map_memory();
    return true;
  }
  return false;
}

void Machine::Engine::jump(CodeAddr target) {
  const std::uint64_t rip = target.value();
  jumped_ = true;
  jump_target_ = rip;
  look_through(rip);
  uc_reg_write(uc_, UC_X86_REG_RIP, &rip);
}

Image Machine::Engine::engine_state() const {
  Image state(guest_->map);
  read_memory_into(state);
  // The other threads are the engine's only when their turn comes.
  for (int i = 0; i < kMaxThreads; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    SseFile file = memory_.sse_file(thread);
    for (unsigned r = 0; r < kSseRegCount && thread == memory_.thread(); ++r) {
      file.set(static_cast<SseReg>(r), sse_of_engine(static_cast<SseReg>(r)));
    }
    if (file == SseFile{}) continue;
    state.write(guest_->map.sse_offset(thread, 0), std::as_bytes(std::span(file.words)));
  }
  state.set_thread(memory_.thread());
  for (int i = 0; i < kMaxThreads; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    const RegisterFile& file = memory_.registers(thread);
    if (thread == memory_.thread() || file == RegisterFile{}) continue;
    state.write(AddressMap::register_offset(i, 0), std::as_bytes(std::span(file)));
  }
  for (std::size_t i = 0; i < kRegCount; ++i) {
    std::uint64_t value = 0;
    must(uc_reg_read(uc_, kUnicornId[i], &value), "uc_reg_read");
    if (i == index_of(Reg::rflags)) value &= ~std::uint64_t{undefined_flags_};
    state.set_reg(memory_.thread(), static_cast<Reg>(i), value);
  }
  return state;
}

}  // namespace gogoscope
