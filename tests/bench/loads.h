// The guests that benchmarks run.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "emu/machine/machine.h"
#include "emu/runtime/program.h"

namespace gogoscope::bench {

inline Program built(const ProgramOptions& options) {
  auto result = build_program(options);
  if (const auto* wrong = std::get_if<1>(&result)) {
    std::fputs(format(wrong->front()).c_str(), stderr);
    std::exit(1);
  }
  return std::get<Program>(result);
}

inline Program program(const char* text, std::uint64_t heap_bytes = 1 << 20) {
  ProgramOptions options;
  options.name = "bench";
  options.bodies = {{"bench", text}};
  options.heap_bytes = heap_bytes;
  return built(options);
}

/// 12 instructions a round, one of them a store, two stack operations: no slot, so that bare Unicorn can run
/// it as well.
inline constexpr const char* kAssembly = R"(
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

/// Two goroutines give the P to each other forever, through mcall, the modelled scheduler and gogo.
inline constexpr const char* kHandoff = R"(
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

/// N goroutines over 4 Ps and their Ms, from their go statements to the exit of the last one.
inline Program many_goroutines(std::int64_t n) {
  ProgramOptions options;
  options.name = "scale";
  options.procs = 4;
  options.heap_bytes = 64 << 20;
  options.step_budget = 50'000'000;
  options.bodies = {{"bench", fmt::format(R"(
DATA main·left+0(SB)/8, ${0}
GLOBL main·left(SB), NOPTR, $8
TEXT main·main(SB), $24-0
	MOVQ ${0}, left-8(SP)
spawn:
	GO main·worker(SB)
	DECQ left-8(SP)
	JNE spawn
wait:
	CALL runtime·Gosched(SB)
	CMPQ main·left(SB), $0
	JNE wait
	RET
TEXT main·worker(SB), NOSPLIT, $0-0
	LOCK
	DECQ main·left(SB)
	RET
)",
                                          n)}};
  return built(options);
}

/// A program being recorded; start() begins its run again.
class Recording {
 public:
  explicit Recording(Program program) : program_(std::move(program)) { start(); }
  void start() {
    machine_.reset();
    trace_ = std::make_unique<Trace>(program_.guest);
    machine_ = std::make_unique<Machine>(program_.guest, program_.slots, *trace_);
  }
  Machine& machine() { return *machine_; }
  const Trace& trace() const { return *trace_; }

 private:
  Program program_;
  std::unique_ptr<Trace> trace_;
  std::unique_ptr<Machine> machine_;
};

}  // namespace gogoscope::bench
