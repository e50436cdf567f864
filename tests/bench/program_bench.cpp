// What recording a real Go program costs: a stretch of it without system calls, run by bare Unicorn with an
// empty code hook, by the machine with everything recorded, and by the machine step by step; and hello, from
// its file to its exit.
//
//   build/release/gogoscope_program_bench PROGRAM      PROGRAM: that of tests/linux, as tests build it
//
// Read `ratio`: the two loads of a pair take turns.
#include <fmt/format.h>
#include <unicorn/unicorn.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "emu/elf/binary.h"
#include "emu/history/cursor.h"
#include "emu/linux/process.h"
#include "emu/machine/live_memory.h"
#include "emu/machine/machine.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

constexpr int kRepetitions = 15;

std::string g_path;

std::string file_bytes() {
  std::ifstream in(g_path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const Binary& binary() {
  static const Binary kBinary = std::get<Binary>(read_binary_here(file_bytes()));
  return kBinary;
}

Program program(const Binary& of, const std::string& part) {
  ProcessOptions options;
  options.name = "program";
  options.arguments = {"/program", part};
  options.turns.quantum = 1'000'000'000;  // turns come with system calls
  return std::get<Program>(make_process(of, options));
}

/// The record of a program, and the longest stretch of it in which only instructions ran, of one thread.
struct Run {
  Run() : made(program(binary(), "collect")), machine(made.guest, made.slots, trace) {
    machine.run(made.guest->step_budget);
    std::uint64_t start = 0;
    for (Cursor cursor(trace); !cursor.at_end();) {
      const std::uint64_t pc = cursor.state().reg(Reg::rip);
      const ThreadId thread = cursor.state().thread();
      const auto bytes = cursor.state().load(Addr(pc), 2).value_or(0);
      constexpr std::uint64_t kSyscall = 0x050f, kCpuid = 0xa20f, kRdtsc = 0x310f;
      cursor.forward();
      const bool plain =
          bytes != kSyscall && bytes != kCpuid && bytes != kRdtsc && cursor.state().thread() == thread;
      if (plain) continue;
      if (cursor.position() - 1 - start > end - from) from = start, end = cursor.position() - 1;
      start = cursor.position();
    }
  }
  std::uint64_t steps() const { return end - from; }

  Program made;
  Trace trace{made.guest};
  Machine machine;
  std::uint64_t from = 0, end = 0;
};

Run& run() {
  static Run run;
  return run;
}

/// Bare Unicorn with the memory and the registers of a state.
class Bare {
 public:
  explicit Bare(const Image& state) : state_(state), memory_(state.map()) {
    uc_open(UC_ARCH_X86, UC_MODE_64, &uc_);
    for (const LiveMemory::Block& block : memory_.blocks()) {
      uc_mem_map_ptr(uc_, block.region->base.value(), block.mapped, UC_PROT_ALL, block.bytes);
    }
    uc_hook hook{};
    auto nothing = +[](uc_engine*, std::uint64_t, std::uint32_t, void*) {};
    uc_hook_add(uc_, &hook, UC_HOOK_CODE, reinterpret_cast<void*>(nothing), nullptr, 1, 0);
  }
  ~Bare() { uc_close(uc_); }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  void prepare() {
    memory_.load(state_);
    constexpr std::array kIds = {UC_X86_REG_RAX, UC_X86_REG_RCX,    UC_X86_REG_RDX,    UC_X86_REG_RBX,
                                 UC_X86_REG_RSP, UC_X86_REG_RBP,    UC_X86_REG_RSI,    UC_X86_REG_RDI,
                                 UC_X86_REG_R8,  UC_X86_REG_R9,     UC_X86_REG_R10,    UC_X86_REG_R11,
                                 UC_X86_REG_R12, UC_X86_REG_R13,    UC_X86_REG_R14,    UC_X86_REG_R15,
                                 UC_X86_REG_RIP, UC_X86_REG_EFLAGS, UC_X86_REG_FS_BASE};
    for (int i = 0; i < kRegCount; ++i) {
      const std::uint64_t value = state_.reg(static_cast<Reg>(i));
      uc_reg_write(uc_, kIds[static_cast<std::size_t>(i)], &value);
    }
    const SseFile sse = state_.sse(state_.thread());
    for (unsigned i = 0; i < kXmmCount; ++i) {
      const SseValue value = sse.value(static_cast<SseReg>(i));
      uc_reg_write(uc_, UC_X86_REG_XMM0 + static_cast<int>(i), &value);
    }
  }
  /// To the instruction that ends the stretch, which is not in it.
  void run(std::uint64_t until) { uc_emu_start(uc_, state_.reg(Reg::rip), until, 0, 0); }
  std::uint64_t pc() const {
    std::uint64_t pc = 0;
    uc_reg_read(uc_, UC_X86_REG_RIP, &pc);
    return pc;
  }

 private:
  Image state_;
  LiveMemory memory_;
  uc_engine* uc_ = nullptr;
};

Cursor at(std::uint64_t state) {
  Cursor cursor(run().trace);
  cursor.seek(state);
  return cursor;
}

/// At least 0.25: what is left of Unicorn's speed when every step of a program is recorded.
void empty_hook_over_recorded_program(benchmark::State& state) {
  Run& recorded = run();
  const std::uint64_t steps = recorded.steps(), until = at(recorded.end).state().reg(Reg::rip);
  Bare bare(at(recorded.from).state());
  std::uint64_t bytes = 0;
  paired(state,
         Side{"empty_hook", [&] { bare.prepare(); },
              [&] {
                bare.run(until);
                return steps;
              }},
         Side{"recorded",
              [&] {
                recorded.machine.resume_from(at(recorded.from));
                bytes = recorded.trace.delta_bytes();
              },
              [&] {
                recorded.machine.run(steps);
                bytes = recorded.trace.delta_bytes() - bytes;
                return steps;
              }});
  if (bare.pc() != until) state.SkipWithError("bare Unicorn has not come to the end of the stretch");
  state.counters["steps"] = static_cast<double>(steps);
  state.counters["bytes_per_step"] = static_cast<double>(bytes) / static_cast<double>(steps);
}
BENCHMARK(empty_hook_over_recorded_program)->Iterations(kRepetitions)->Unit(benchmark::kMillisecond);

/// What a step costs where each is asked for by itself, over one of a run.
void single_steps_over_recorded_program(benchmark::State& state) {
  Run& recorded = run();
  const std::uint64_t steps = std::min<std::uint64_t>(recorded.steps(), 20'000);
  const auto back = [&] { recorded.machine.resume_from(at(recorded.from)); };
  paired(state,
         Side{"single", back,
              [&] {
                for (std::uint64_t i = 0; i < steps; ++i) recorded.machine.run(1);
                return steps;
              }},
         Side{"together", back, [&] {
                recorded.machine.run(steps);
                return steps;
              }});
}
BENCHMARK(single_steps_over_recorded_program)->Iterations(kRepetitions)->Unit(benchmark::kMillisecond);

/// From the bytes of the file to the exit of hello. At most 1 s.
void hello_from_file_to_exit(benchmark::State& state) {
  std::uint64_t steps = 0;
  for (auto _ : state) {
    const Binary read = std::get<Binary>(read_binary_here(file_bytes()));
    const Program made = program(read, "hello");
    Trace trace(made.guest);
    Machine machine(made.guest, made.slots, trace);
    machine.run(made.guest->step_budget);
    steps = trace.steps();
  }
  state.counters["steps"] = static_cast<double>(steps);
}
BENCHMARK(hello_from_file_to_exit)->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gogoscope::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    fmt::print(stderr, "gogoscope_program_bench PROGRAM\n");
    return 2;
  }
  gogoscope::bench::g_path = argv[1];
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
