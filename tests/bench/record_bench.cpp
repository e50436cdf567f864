// What recording costs: the same guest instructions run by bare Unicorn with an empty code hook, and by the
// machine with everything recorded; then walks over a record of a million steps.
//
//   build/release/gogoscope_bench
//
// Two loads: a loop of plain assembly, which both engines can run, and a real handoff, in which two
// goroutines give the P to each other for ever, through mcall, the modelled scheduler and gogo. Read the
// ratios: absolute figures belong to the machine they were taken on.
#include <benchmark/benchmark.h>
#include <unicorn/unicorn.h>

#include <cstdio>
#include <cstdlib>

#include "emu/machine/machine.h"
#include "emu/runtime/program.h"

namespace {

using namespace gogoscope;

constexpr std::uint64_t kSteps = 1'000'000;

// 12 instructions a round, one of them a store, two stack operations: no slot, the same for both engines.
constexpr const char* kAssembly = R"(
TEXT main·main(SB), NOSPLIT, $0-0
	MOVQ $runtime·sched(SB), BX
loop:
	ADDQ $1, AX
	MOVQ AX, CX
	IMULQ $3, CX
	XORQ CX, DX
	PUSHQ DX
	ANDQ $0xff, CX
	MOVQ CX, SI
	POPQ DI
	MOVQ DI, 0x150(BX)
	LEAQ 8(AX)(CX*2), R8
	CMPQ R8, $0
	JNE loop
	RET
)";

constexpr const char* kHandoff = R"(
TEXT main·main(SB), $16-0
	GO main·worker(SB)
loop:
	CALL runtime·Gosched(SB)
	JMP loop
TEXT main·worker(SB), $0-0
loop:
	CALL runtime·Gosched(SB)
	JMP loop
)";

Program program(const char* text) {
  ProgramOptions options;
  options.name = "bench";
  options.bodies = {{"bench", text}};
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    std::fputs(format(wrong->front()).c_str(), stderr);
    std::exit(1);
  }
  return std::get<Program>(built);
}

/// Bare Unicorn at main.main of the assembly loop, with a code hook that counts and stops.
void unicorn_with_an_empty_code_hook(benchmark::State& state) {
  const Program p = program(kAssembly);
  const Guest& guest = *p.guest;
  Image memory(*guest.boot);
  uc_engine* uc = nullptr;
  uc_open(UC_ARCH_X86, UC_MODE_64, &uc);
  for (const Region& region : guest.map.regions()) {
    uc_mem_map_ptr(uc, region.base.value(), region.size, UC_PROT_ALL,
                   memory.bytes().data() + region.image_offset);
  }
  struct Counter {
    std::uint64_t left;
  } counter{0};
  uc_hook hook{};
  auto on_code = +[](uc_engine* engine, std::uint64_t, std::uint32_t, void* user) {
    if (static_cast<Counter*>(user)->left-- == 0) uc_emu_stop(engine);
  };
  uc_hook_add(uc, &hook, UC_HOOK_CODE, reinterpret_cast<void*>(on_code), &counter, 1, 0);
  std::uint64_t sp = guest.boot->reg(Reg::rsp);
  uc_reg_write(uc, UC_X86_REG_RSP, &sp);
  std::uint64_t pc = guest.code.function("main.main")->entry.value();
  for (auto _ : state) {
    counter.left = kSteps;
    uc_emu_start(uc, pc, ~std::uint64_t{0}, 0, 0);
    uc_reg_read(uc, UC_X86_REG_RIP, &pc);
  }
  uc_close(uc);
  state.SetItemsProcessed(static_cast<std::int64_t>(kSteps * state.iterations()));
}
BENCHMARK(unicorn_with_an_empty_code_hook)->Unit(benchmark::kMillisecond);

void recorded(benchmark::State& state, const char* text) {
  const Program p = program(text);
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto trace = std::make_unique<Trace>(p.guest);
    auto machine = std::make_unique<Machine>(p.guest, p.slots, *trace);
    machine->run(10'000);
    const std::uint64_t before = trace->delta_bytes();
    state.ResumeTiming();
    machine->run(kSteps);
    state.PauseTiming();
    bytes = trace->delta_bytes() - before;
    machine.reset();
    trace.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kSteps * state.iterations()));
  state.counters["bytes_per_step"] = static_cast<double>(bytes) / kSteps;
}
BENCHMARK_CAPTURE(recorded, assembly, kAssembly)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recorded, handoff, kHandoff)->Unit(benchmark::kMillisecond);

/// A record of a million steps of the handoff.
const Trace& long_trace() {
  static const Program p = program(kHandoff);
  static Trace trace(p.guest);
  static Machine machine(p.guest, p.slots, trace);
  if (trace.steps() == 0) machine.run(kSteps);
  return trace;
}

void undo_a_million_steps(benchmark::State& state) {
  Cursor cursor(long_trace());
  cursor.seek(kSteps);
  for (auto _ : state) {
    while (cursor.back()) {
    }
    state.PauseTiming();
    cursor.seek(kSteps);
    state.ResumeTiming();
  }
}
BENCHMARK(undo_a_million_steps)->Unit(benchmark::kMillisecond);

void redo_a_million_steps(benchmark::State& state) {
  Cursor cursor(long_trace());
  for (auto _ : state) {
    while (cursor.forward()) {
    }
    state.PauseTiming();
    cursor.seek(0);
    state.ResumeTiming();
  }
}
BENCHMARK(redo_a_million_steps)->Unit(benchmark::kMillisecond);

void step_back(benchmark::State& state) {
  Cursor cursor(long_trace());
  cursor.seek(kSteps);
  for (auto _ : state) {
    if (!cursor.back()) cursor.seek(kSteps);
    benchmark::DoNotOptimize(cursor.position());
  }
}
BENCHMARK(step_back);

}  // namespace

BENCHMARK_MAIN();
