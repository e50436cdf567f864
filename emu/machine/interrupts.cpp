// What the kernel of a guest does between two instructions of a thread: it takes exceptions, and makes a
// thread that comes out of a system call or gets its turn enter a handler. Each is a step of the record, in
// which no instruction runs.
#include <utility>

#include "emu/machine/engine.h"

namespace gogoscope {

template <class Body>
bool Machine::Engine::kernel_step(Body&& body) {
  static constexpr Fact kNoInstruction{};
  pending_ = &kNoInstruction;
  jumped_ = false;
  jump_target_ = registers_[static_cast<std::size_t>(Reg::rip)];
  if (!body()) {
    pending_ = nullptr;
    return false;
  }
  if (mappings_changed_) map_memory();
  finish_step(jump_target_);
  return true;
}

bool Machine::Engine::interrupted() {
  const InterruptBody& kernel = slots_->interrupt();
  // Until it has nothing more: whether it is asked must not depend on where a run was cut.
  ask_kernel_ = kernel && kernel_step([&] { return kernel(*this); });
  return ask_kernel_;
}

void Machine::Engine::undo_instruction() {
  pending_ = nullptr;
  written_by_slot_ = 0;
  pending_stop_.reset();
  // Of 16 bytes that are half on a page and half on one that is not there, the engine has loaded the half.
  sse_in_engine_ = (1U << kSseRegCount) - 1;
  const bool stores = recorder_.stores();
  recorder_.discard();
  // Which of its stores have been made is not known.
  if (stores) return restore_tip();
  write_registers(RegisterFile(registers_));
}

void Machine::Engine::record_fault(Text detail, std::optional<Exception> exception) {
  undo_instruction();
  const ExceptionBody& kernel = slots_->exception();
  if (exception && kernel && kernel_step([&] { return kernel(*this, *exception); })) return;
  recorder_.commit();
  end_run({StopReason::fault, std::move(detail), 0});
}

std::optional<Exception> Machine::Engine::exception_of(uc_err error) const {
  using Kind = Exception::Kind;
  using Access = Exception::Access;
  if (interrupt_) {
    if (*interrupt_ == 0) return Exception{.kind = Kind::divide};
    if (*interrupt_ == 3) return Exception{.kind = Kind::trap};
    return std::nullopt;
  }
  if (error == UC_ERR_INSN_INVALID) return Exception{.kind = Kind::invalid_opcode};
  Exception out{.address = Addr(invalid_addr_)};
  switch (invalid_type_) {
    case UC_MEM_READ_UNMAPPED:
    case UC_MEM_READ_PROT:
      break;
    case UC_MEM_WRITE_UNMAPPED:
    case UC_MEM_WRITE_PROT:
      out.access = Access::write;
      break;
    case UC_MEM_FETCH_UNMAPPED:
    case UC_MEM_FETCH_PROT:
      out.access = Access::fetch;
      break;
    default:
      return std::nullopt;
  }
  // An address whose upper bits are not all like bit 47 is no address: the processor does not look for a
  // page.
  const std::uint64_t upper = out.address.value() >> 47;
  if (upper != 0 && upper != 0x1ffff) out.kind = Kind::protection;
  return out;
}

}  // namespace gogoscope
