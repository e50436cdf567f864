// What recording costs: the same guest instructions run by bare Unicorn with an empty code hook, and by the
// machine with everything recorded; then walks over a record of a million steps.
//
//   build/release/gogoscope_bench
//
// Read `ratio`: the two loads of a pair take turns. Absolute figures belong to the machine they were taken
// on.
#include <unicorn/unicorn.h>
#include <unistd.h>

#include <fstream>

#include "emu/machine/live_memory.h"
#include "tests/bench/loads.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

constexpr std::uint64_t kSteps = 1'000'000;
constexpr std::uint64_t kBoot = 10'000;  ///< steps that are not measured, at most

/// Bare Unicorn at main.main of the assembly loop, with a code hook that counts and stops.
class BareUnicorn {
 public:
  BareUnicorn() : program_(program(kAssembly)), memory_(program_.guest->map) {
    const Guest& guest = *program_.guest;
    uc_open(UC_ARCH_X86, UC_MODE_64, &uc_);
    memory_.load(*guest.boot);
    for (const LiveMemory::Block& block : memory_.blocks()) {
      uc_mem_map_ptr(uc_, block.region->base.value(), block.mapped, UC_PROT_ALL, block.bytes);
    }
    uc_hook hook{};
    auto on_code = +[](uc_engine* engine, std::uint64_t, std::uint32_t, void* left) {
      if ((*static_cast<std::uint64_t*>(left))-- == 0) uc_emu_stop(engine);
    };
    uc_hook_add(uc_, &hook, UC_HOOK_CODE, reinterpret_cast<void*>(on_code), &left_, 1, 0);
    std::uint64_t sp = guest.boot->reg(Reg::rsp);
    uc_reg_write(uc_, UC_X86_REG_RSP, &sp);
    pc_ = guest.code.function("main.main")->entry.value();
  }
  ~BareUnicorn() { uc_close(uc_); }
  BareUnicorn(const BareUnicorn&) = delete;
  BareUnicorn& operator=(const BareUnicorn&) = delete;

  void run(std::uint64_t steps) {
    left_ = steps;
    uc_emu_start(uc_, pc_, ~std::uint64_t{0}, 0, 0);
    uc_reg_read(uc_, UC_X86_REG_RIP, &pc_);
  }

 private:
  Program program_;
  LiveMemory memory_;
  uc_engine* uc_ = nullptr;
  std::uint64_t left_ = 0, pc_ = 0;
};

/// At least 0.35: what is left of Unicorn's speed when every step is recorded.
void empty_hook_over_recorded_assembly(benchmark::State& state) {
  BareUnicorn bare;
  Recording recording(program(kAssembly));
  std::uint64_t bytes = 0;
  paired(state,
         Side{"empty_hook", [] {},
              [&] {
                bare.run(kSteps);
                return kSteps;
              }},
         Side{"recorded",
              [&] {
                recording.start();
                recording.machine().run(kBoot);
                bytes = recording.trace().delta_bytes();
              },
              [&] {
                recording.machine().run(kSteps);
                bytes = recording.trace().delta_bytes() - bytes;
                return kSteps;
              }});
  state.counters["bytes_per_step"] = static_cast<double>(bytes) / kSteps;
}
BENCHMARK(empty_hook_over_recorded_assembly)->Iterations(kRepetitions)->Unit(benchmark::kMillisecond);

/// At most 1.5: a step of a run in which four Ms take turns, over a step of one M that hands over forever.
void several_ms_over_one_m(benchmark::State& state) {
  Recording several(many_goroutines(1000)), one(program(kHandoff));
  const auto from_the_boot = [](Recording& recording) {
    return [&recording] {
      recording.start();
      recording.machine().run(kBoot);
    };
  };
  const auto for_a_while = [](Recording& recording) {
    return [&recording] {
      const std::uint64_t before = recording.trace().steps();
      recording.machine().run(kSteps / 2);
      return recording.trace().steps() - before;
    };
  };
  paired(state, Side{"several_ms", from_the_boot(several), for_a_while(several)},
         Side{"one_m", from_the_boot(one), for_a_while(one)});
  state.counters["bytes_per_step"] =
      static_cast<double>(several.trace().delta_bytes()) / static_cast<double>(several.trace().steps());
}
BENCHMARK(several_ms_over_one_m)->Iterations(kRepetitions)->Unit(benchmark::kMillisecond);

/// A record of a million steps of the handoff.
const Trace& long_trace() {
  static Recording recording(program(kHandoff));
  if (recording.trace().steps() == 0) recording.machine().run(kSteps);
  return recording.trace();
}

/// Both about 8 ns a step; a step back at most 30.
void undo_over_redo(benchmark::State& state) {
  Cursor cursor(long_trace());
  const auto move = [&](bool (Cursor::*by)()) {
    return [&cursor, by] {
      while ((cursor.*by)()) {
      }
      return kSteps;
    };
  };
  paired(state, Side{"undo", [&] { cursor.seek(kSteps); }, move(&Cursor::back)},
         Side{"redo", [&] { cursor.seek(0); }, move(&Cursor::forward)});
}
BENCHMARK(undo_over_redo)->Iterations(kRepetitions)->Unit(benchmark::kMillisecond);

void step_back(benchmark::State& state) {
  Cursor cursor(long_trace());
  cursor.seek(kSteps);
  for (auto _ : state) {
    if (!cursor.back()) cursor.seek(kSteps);
    benchmark::DoNotOptimize(cursor.position());
  }
}
BENCHMARK(step_back);

/// A cursor in the middle of a run is copied and moves a few steps, as a look ahead does; with a heap of 64
/// MB and of 1 MB. About 1: a copy costs the pages that it changes.
void copy_with_a_heap_of_64MB_over_1MB(benchmark::State& state) {
  Recording large(program(kHandoff, 64 << 20)), small(program(kHandoff));
  const auto middle = [](Recording& recording) {
    recording.machine().run(10'000);
    Cursor cursor(recording.trace());
    cursor.seek(5'000);
    return cursor;
  };
  const Cursor in_large = middle(large), in_small = middle(small);
  const auto copies = [](const Cursor& from) {
    return [&from] {
      constexpr int kCopies = 1000;
      for (int i = 0; i < kCopies; ++i) {
        Cursor copy = from;
        for (int k = 0; k < 10; ++k) copy.forward();
        benchmark::DoNotOptimize(copy.position());
      }
      return kCopies;
    };
  };
  paired(state, Side{"heap_64MB", [] {}, copies(in_large)}, Side{"heap_1MB", [] {}, copies(in_small)});
}
BENCHMARK(copy_with_a_heap_of_64MB_over_1MB)->Iterations(kRepetitions)->Unit(benchmark::kMillisecond);

/// Resident memory of this process, in MB.
double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// What a run of 10,000 steps with five cursors keeps in memory, with a heap of 1024 MB and of 1 MB.
void memory_with_a_heap_of(benchmark::State& state) {
  double most = 0;
  for (auto _ : state) {
    const double before = resident_mb();
    Recording recording(program(kHandoff, static_cast<std::uint64_t>(state.range(0)) << 20));
    recording.machine().run(10'000);
    std::vector<Cursor> cursors;
    for (std::uint64_t i = 1; i <= 5; ++i) {
      cursors.emplace_back(recording.trace());
      cursors.back().seek(i * 2'000);
    }
    most = std::max(most, resident_mb() - before);
  }
  state.counters["MB"] = most;
}
BENCHMARK(memory_with_a_heap_of)->Arg(1)->Arg(1024)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gogoscope::bench

BENCHMARK_MAIN();
