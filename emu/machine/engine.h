// The inside of Machine: the engine, its hooks, and the table of what each instruction writes.
#pragma once

#include <unicorn/unicorn.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "emu/disasm/decode.h"
#include "emu/guest/mappings.h"
#include "emu/guest/thread_table.h"
#include "emu/machine/live_memory.h"
#include "emu/machine/machine.h"
#include "emu/machine/movers.h"

namespace gogoscope {

/// A call into Unicorn that cannot fail unless we are wrong, or memory is used up.
void must(uc_err error, const char* what);

class Machine::Engine final : public Gate, public Helm {
 public:
  Engine(std::shared_ptr<const Guest> guest, std::shared_ptr<const SlotTable> slots, Trace& trace);
  ~Engine() override;

  void run(std::uint64_t steps);
  void fly(Pilot& pilot);
  void begin_at(std::uint64_t state, std::shared_ptr<const Image> image, bool is_there);
  void resume_from(const Cursor& at);
  void branch_off(const Cursor& at);
  void go_to_branch(int id);
  Message why_not(const Cursor& at, const Edit& edit) const;
  Message why_no_turn(const Cursor& at, ThreadId thread) const;
  Message edit(const Cursor& at, const Edit& edit);
  Message give_turn(const Cursor& at, ThreadId thread);
  Image engine_state() const;

  // Gate, for the slot at hand.
  std::uint64_t load(Addr addr, int size) override;
  void store(Addr addr, int size, std::uint64_t value) override;
  bool readable(Addr addr, std::uint64_t bytes) const override {
    return may_use(addr, bytes, Mapping::kRead);
  }
  bool writable(Addr addr, std::uint64_t bytes) const override {
    return may_use(addr, bytes, Mapping::kWrite);
  }
  void clear(Addr addr, std::uint64_t bytes) override;
  bool faulted() const override { return !pending_fault_.empty(); }
  std::uint64_t reg(Reg reg) const override { return registers_[static_cast<std::size_t>(reg)]; }
  void set_reg(Reg reg, std::uint64_t value) override;
  bool map(Addr addr, std::uint64_t bytes) override;
  void jump(CodeAddr target) override;
  void stop(Stop stop) override { pending_stop_ = std::move(stop); }
  ThreadId thread() const override { return memory_.thread(); }
  std::uint64_t step() const override { return recorder_.steps(); }
  void set_thread_reg(ThreadId thread, Reg reg, std::uint64_t value) override;
  SseFile sse(ThreadId thread) const override { return memory_.sse_file(thread); }
  void set_sse(ThreadId thread, const SseFile& file) override;
  void others_notice() override { noticed_ = true; }

  // Helm, for the pilot (flight.cpp).
  std::uint64_t steps() const override { return recorder_.steps(); }
  void give_turn(ThreadId thread, bool expires) override;
  void take_back(std::uint64_t steps) override;
  void deadlock() override;

 private:
  /// What the hook needs to know of the instruction at an address of the text.
  struct Fact {
    /// `none`: no instruction starts here. `refused`: one that a guest may not execute.
    enum class Kind : std::uint8_t { unseen, allowed, none, refused };
    Kind kind;
    std::uint8_t length;
    bool indirect : 1;  ///< its target must be looked at before it runs
    bool direct : 1;    ///< a branch; where it leads must be looked at before it runs
    bool ends : 1;      ///< the next instruction is not the one behind it, or not only
    bool noticed : 1;   ///< it uses memory that other threads may use, too
    bool plain : 1;     ///< nothing is to be done before it runs
    bool service : 1;   ///< it does not run: the slot's body is what it does
    bool operand : 1;   ///< what its operand may be must be looked at before it runs
    bool doomed : 1;    ///< from here a straight line leads to a place that is not executed
    std::uint8_t sse;   ///< the SseReg that it may change, counted from 1; 0: none
    std::uint16_t tested, defined, undefined;  ///< flags, all of which are in the low half of RFLAGS
    std::uint32_t written;
    const SlotBody* slot;
    const Decoded* whole;  ///< of one that is indirect, leads to a doomed line, has such an operand, or whose
                           ///< flags depend on RCX
  };
  static_assert(sizeof(void*) != 8 || sizeof(Fact) == 32, "two to a line of the cache, and none across one");
  struct Free {
    void operator()(void* p) const { std::free(p); }
  };

  static void code_hook(uc_engine* uc, std::uint64_t pc, std::uint32_t size, void* self);
  static void write_hook(uc_engine* uc, uc_mem_type type, std::uint64_t addr, int size, std::int64_t value,
                         void* self);
  static bool invalid_hook(uc_engine* uc, uc_mem_type type, std::uint64_t addr, int size, std::int64_t value,
                           void* self);
  static void interrupt_hook(uc_engine* uc, std::uint32_t number, void* self);

  // What the guest may use of its memory, and what Unicorn has mapped of it (mapping.cpp).
  /// Makes Unicorn map what the guest may use, and no more.
  void map_memory();
  /// What it may use: of a guest that has a table of mappings the rows of it, otherwise what is mapped of
  /// each region.
  void find_usable();
  bool may_use(Addr addr, std::uint64_t bytes, std::uint32_t rights) const {
    return covered(usable_, addr, bytes, rights);
  }
  bool may_edit(const Image& state, const MemoryEdit& edit) const;
  /// All memory, asked of Unicorn where it has it.
  void read_memory_into(Image& state) const;
  /// Memory and registers become those of a state.
  void load(const Image& state);
  void find_text();

  // Text is decoded when it is about to be executed (text.cpp): most of a program's never is. The engine
  // translates straight lines of code ahead, and some bytes kill it by that alone; so a line is looked at,
  // from where it is entered to its end, before the engine gets there. At an instruction that is refused the
  // engine is told to stop, and the run ends with a fault once it is the next one.

  // A start of the engine costs by the number of such places that it knows, and most are ends of ways that no
  // run takes (AVX, where CPUID has none). So it knows those of the lines that it enters, from start to
  // start.

  /// Decodes what has not been decoded of the straight line at `pc`; the engine enters it next, or may.
  void look_through(std::uint64_t pc) {
    const std::uint64_t at = pc - text_base_;
    if (at >= text_size_) return;
    if (facts_[at].kind == Fact::Kind::unseen) [[unlikely]]
      decode_line(pc);
    if (facts_[at].doomed) [[unlikely]]
      stop_before_the_end(pc);
  }
  void decode_line(std::uint64_t pc);
  /// Tells the engine to stop where the line at `pc`, which is doomed, ends.
  void stop_before_the_end(std::uint64_t pc);
  void forget_stops();
  bool is_doomed(std::uint64_t pc) const {
    const std::uint64_t at = pc - text_base_;
    return at < text_size_ && facts_[at].doomed;
  }
  void learn(Fact& fact, std::uint64_t pc);
  /// Both ways that a direct branch can go. Once is enough unless one is doomed.
  void look_where_it_leads(Fact& fact, std::uint64_t pc);
  /// The bytes of the text from `pc` on, as many as an instruction can have, and what they are.
  std::span<const std::byte> code_at(std::uint64_t pc) const;
  bool may_start(std::uint64_t pc) const;
  /// Why the place is not executed: of a fact that is not allowed.
  Text why_not_executed(std::uint64_t pc) const;
  void install_hooks();
  void write_registers(const RegisterFile& file);

  // SSE registers (sse.cpp). Those of all threads are in memory_; what an instruction may have changed is
  // read from the engine after it.
  /// Gives the engine those of the thread that moves.
  void write_sse();
  SseValue sse_of_engine(SseReg reg) const;
  // Not inlined: the step of every instruction would become slower.
  [[gnu::noinline]] void record_sse(SseReg reg);
  void set_sse_word(ThreadId thread, unsigned word, std::uint64_t value);
  /// Whether the instruction may run with what its operand is now; else the step is a fault.
  [[gnu::noinline]] bool operand_is_right(const Decoded& decoded, std::uint64_t pc);
  /// What a processor would not do with the operand in memory; empty if nothing is wrong.
  Text wrong_operand(const Decoded& decoded, std::uint64_t pc) const;

  /// Lets the engine run until it comes to rest.
  void execute();

  // With a pilot (flight.cpp).
  /// Whether the pilot is to be asked before the next step.
  bool pilot_waits() const { return noticed_ || recorder_.steps() >= ask_at_ || ended_; }
  /// Asks it. False: it has enough. `flown_` counts what it did to the machine.
  bool ask_pilot();
  void take_back_step();

  // Turns: which thread moves next (turns.cpp).
  /// Memory is not what it was: the table of threads must be read again, all of it.
  void forget_threads();
  /// Notes that a store to `addr` may change which threads can move, or when the turn ends.
  void note_store(Addr addr) {
    if (mappings_ && mappings_->holds(addr)) mappings_changed_ = true;
    if (!threads_ || !threads_->decides_turns(addr)) return;
    threads_changed_ = true;
    if (threads_->holds(addr)) movers_.changed(threads_->thread_at(addr));
  }
  /// Reads again which threads can move and when the turn ends, if a store may have changed that.
  void look_at_threads();
  bool turn_over() {
    if (threads_changed_ || recorder_.steps() >= wake_check_) look_at_threads();
    return recorder_.steps() >= turn_check_;
  }
  /// Gives the turn to the thread that `guest.turns` names; where none can move, the clock jumps, or the run
  /// ends in a deadlock, and false is returned.
  bool take_turn();
  struct Choice {
    ThreadId thread = 0;
    std::uint64_t steps = 0;
  };
  Choice choose();
  void expire(ThreadId thread);
  void switch_to(Choice choice);
  void set_clock(std::uint64_t now);
  std::uint64_t take_schedule_word(std::uint64_t word, std::uint64_t new_value);

  /// The instruction at a place of the text that has been looked at, or null where there is none to execute.
  Fact* fact_at(std::uint64_t pc) {
    const std::uint64_t at = pc - text_base_;
    return at < text_size_ && facts_[at].kind == Fact::Kind::allowed ? &facts_[at] : nullptr;
  }
  /// Whether it is a place of the text that is not executed.
  bool stops_at(std::uint64_t pc) const {
    const std::uint64_t at = pc - text_base_;
    return at < text_size_ && facts_[at].kind > Fact::Kind::allowed;
  }
  /// What the step at hand does to the flags, where a slot has part in it or RCX, which is that of before it.
  FlagEffect flags_set(std::uint64_t rcx) const;
  /// The engine's flags become those of the record: the next instruction reads one that was left undefined.
  void settle_flags(std::uint64_t pc);
  void before_instruction(std::uint64_t pc);
  void before_store(std::uint64_t addr, int size, std::int64_t value);
  /// Records the step of the instruction that has just run; `next` is where RIP is now.
  void finish_step(std::uint64_t next);
  /// Records a step that faulted: it changed nothing. Where the kernel takes the exception, what the kernel
  /// does is the step.
  void record_fault(Text detail, std::optional<Exception> exception = std::nullopt);
  void end_run(Stop stop) {
    recorder_.mark_stop(std::move(stop));
    ended_ = true;
  }
  /// What the instruction at hand has changed until it faulted is as before.
  void undo_instruction();
  /// Takes memory and registers back to the last recorded state.
  void restore_tip();
  std::uint64_t target_of(const Decoded& branch, std::uint64_t pc) const;
  std::uint64_t address_of(const Decoded& decoded, std::uint64_t pc) const;
  Text describe_fault(uc_err error) const;

  // What the kernel of a guest makes of it (interrupts.cpp).
  /// Of what the engine has come to rest with; nothing where a processor would not raise one.
  std::optional<Exception> exception_of(uc_err error) const;
  /// Lets the kernel take a step of its own; false if it does not, and then nothing has changed.
  template <class Body>
  bool kernel_step(Body&& body);
  bool interrupted();

  std::shared_ptr<const Guest> guest_;
  std::shared_ptr<const SlotTable> slots_;
  Trace& trace_;
  Recorder recorder_;
  LiveMemory memory_;  ///< the engine runs on its blocks
  std::optional<MappingTable> mappings_;
  bool mappings_changed_ = false;
  std::vector<Mapping> usable_;  ///< by address
  /// What Unicorn has mapped, by address: each lies in one block, and in one of usable_.
  std::vector<Mapping> pieces_;
  uc_engine* uc_ = nullptr;

  std::uint64_t text_base_ = 0;
  std::uint64_t text_size_ = 0;
  bool listed_ = false;  ///< the guest has a table of its instructions: others do not start anywhere
  std::unique_ptr<Fact[], Free> facts_;            ///< by place; zero, and only what is used is in memory
  std::vector<std::unique_ptr<Decoded>> decoded_;  ///< what facts point to
  std::vector<std::uint64_t> stops_;               ///< where the engine must not go: those it has been told

  std::optional<ThreadTable> threads_;
  bool threads_changed_ = true;
  Movers movers_;
  std::uint64_t turn_check_ = 0;  ///< steps at which another thread's turn may come
  std::uint64_t wake_check_ = 0;  ///< steps at which a sleeper's deadline passes

  Pilot* pilot_ = nullptr;
  bool noticed_ = false;      ///< other threads notice the step at hand, or the last one
  std::uint64_t ask_at_ = 0;  ///< steps at which the pilot is asked, whatever was noticed
  std::uint64_t flown_ = 0;   ///< how often the pilot has changed the state
  bool landed_ = false;       ///< it has enough

  RegisterFile registers_{};  ///< before the step at hand
  /// Flags that the architecture leaves undefined are 0 in the record, in what is pushed and in every hash.
  /// The engine has something in them, which may differ with how a run is cut into pieces; it gets the zeros
  /// only where an instruction reads them, since that costs as much as two steps.
  std::uint32_t undefined_flags_ = 0;
  /// Which SSE registers of the engine may not be as at the start. Its own MXCSR begins with 0.
  std::uint32_t sse_in_engine_ = (1U << kSseRegCount) - 1;
  const Fact* pending_ = nullptr;  ///< the instruction that the engine is running
  std::uint32_t written_by_slot_ = 0;
  std::uint64_t limit_ = 0;           ///< trace steps at which to stop
  bool ended_ = false;                ///< the last step has ended the run: asked at each step
  bool jumped_ = false;               ///< the slot at hand has said where to go on
  std::uint64_t jump_target_ = 0;     ///< where
  bool ask_kernel_ = true;            ///< it may have something for the thread before its next instruction
  std::optional<Stop> pending_stop_;  ///< asked for by a slot: ends the run with its step
  Text pending_fault_;                ///< of the step at hand
  std::optional<Exception> pending_exception_;
  bool out_of_memory_ = false;  ///< a hook could not record what happened
  uc_mem_type invalid_type_ = UC_MEM_READ;
  std::uint64_t invalid_addr_ = 0;
  std::optional<std::uint32_t> interrupt_;
};

}  // namespace gogoscope
