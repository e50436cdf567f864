// SSE registers are part of the record like the others: walked back and forth, cut into pieces, turned
// between threads, it is at every step what the engine has.
#include <cstring>
#include <random>
#include <sstream>

#include "emu/disasm/decode.h"
#include "emu/history/trace_file.h"
#include "emu/machine/machine.h"
#include "emu/machine/pilot.h"
#include "emu/session/views/before_step.h"
#include "tests/emu/bare_guest.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

using tests::BareRun;
using tests::hex_bytes;

constexpr SseReg xmm(unsigned n) { return static_cast<SseReg>(n); }

/// Instructions on SSE registers; each can be put anywhere. BX points to memory.
const std::vector<std::string>& sse_pieces() {
  static const std::vector<std::string> all = {"66 48 0f 6e c0",                    // MOVQ AX, X0
                                               "66 49 0f 6e cf",                    // MOVQ R15, X1
                                               "66 4c 0f 6e f9",                    // MOVQ CX, X15
                                               "66 48 0f 7e c2",                    // MOVQ X0, DX
                                               "f3 0f 7e d0",                       // MOVQ X0, X2
                                               "0f 11 03",                          // MOVUPS X0, (BX)
                                               "44 0f 11 7b 01",                    // MOVUPS X15, 1(BX)
                                               "66 0f d6 4b 18",                    // MOVQ X1, 24(BX)
                                               "f3 0f 11 53 24",                    // MOVSS X2, 36(BX)
                                               "0f 10 1b",                          // MOVUPS (BX), X3
                                               "f2 0f 10 63 08",                    // MOVSD 8(BX), X4
                                               "f3 44 0f 6f 43 03",                 // MOVOU 3(BX), X8
                                               "0f 57 c0",                          // XORPS X0, X0
                                               "45 0f 57 ff",                       // XORPS X15, X15
                                               "66 0f fc c1",                       // PADDB X1, X0
                                               "66 0f d4 d0",                       // PADDQ X0, X2
                                               "66 0f 70 d9 1b",                    // PSHUFD $0x1b, X1, X3
                                               "66 0f 74 c3",                       // PCMPEQB X3, X0
                                               "66 0f d7 c0",                       // PMOVMSKB X0, AX
                                               "66 44 0f 60 c1",                    // PUNPCKLBW X1, X8
                                               "f2 48 0f 2a e0",                    // CVTSQ2SD AX, X4
                                               "f2 0f 58 e4",                       // ADDSD X4, X4
                                               "f2 0f 59 c4",                       // MULSD X4, X0
                                               "f2 48 0f 2c cc",                    // CVTTSD2SQ X4, CX
                                               "66 0f 2e c4",                       // UCOMISD X4, X0
                                               "0f ae 53 40",                       // LDMXCSR 64(BX)
                                               "0f ae 5b 44",                       // STMXCSR 68(BX)
                                               "48 ff c0",          "48 c1 c0 05",  // INCQ AX; ROLQ $5, AX
                                               "48 0f af c1"};                      // IMULQ CX, AX
  return all;
}

/// MOVQ $0x123456789abcdef, AX; LEAQ 1000(SP), BX aligned; MOVL $0x3f80 (rounding down), 64(BX).
const std::string kStart =
    "48 b8 ef cd ab 89 67 45 23 01 48 8d 9c 24 00 08 00 00 c7 43 40 80 3f 00 00 48 89 c1 ";

std::string random_text(std::mt19937& random, int pieces) {
  std::string hex = kStart;
  for (int i = 0; i < pieces; ++i) hex += sse_pieces()[random() % sse_pieces().size()] + " ";
  return hex + "eb fe";
}

TEST(SseRegisters, have_names_and_all_their_digits) {
  for (unsigned i = 0; i < kSseRegCount; ++i) EXPECT_EQ(sse_reg_by_name(name(xmm(i))), xmm(i));
  EXPECT_EQ(name(SseReg::xmm15), "xmm15");
  EXPECT_EQ(sse_reg_by_name("xmm16"), std::nullopt);
  EXPECT_EQ(hex(SseReg::xmm0, {0x12, 0x34}), "0x00000000000000340000000000000012");
  EXPECT_EQ(hex(SseReg::mxcsr, SseFile().value(SseReg::mxcsr)), "0x1f80");
}

TEST(SseRegisters, that_an_instruction_writes_are_known_beforehand) {
  const auto sse = [](const std::string& text) { return decode(hex_bytes(text), CodeAddr(0x401000)).sse; };
  EXPECT_EQ(sse("f2 0f 58 c1"), bit(SseReg::xmm0));
  EXPECT_EQ(sse("44 0f 10 3b"), bit(SseReg::xmm15));
  EXPECT_EQ(sse("0f 11 03"), 0U) << "MOVUPS X0, (BX)";
  EXPECT_EQ(sse("66 0f 2e c4"), 0U) << "UCOMISD";
  EXPECT_EQ(sse("0f ae 13"), bit(SseReg::mxcsr)) << "LDMXCSR";
  EXPECT_EQ(sse("0f ae 1b"), 0U) << "STMXCSR";
  EXPECT_EQ(sse("48 89 c3"), 0U);
}

TEST(SseRegisters, of_a_step_are_the_same_from_both_of_its_sides) {
  BareRun run(kStart + "66 48 0f 6e c0 0f 57 c0 0f 57 c0 0f ae 53 40 eb fe");
  run.machine.run(8);
  ASSERT_EQ(run.end(), "");
  Cursor cursor(run.trace);
  cursor.seek(4);
  const auto next_is = [&](std::vector<SseChange> wanted) {
    const Step next = cursor.next();
    ASSERT_TRUE(cursor.forward());
    const Step last = cursor.last();
    const BeforeStep before(cursor.state(), last);
    EXPECT_TRUE(next.stores.empty()) << "no store to memory";
    ASSERT_EQ(next.sse.size(), wanted.size());
    ASSERT_EQ(last.sse.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      for (const SseChange& change : {next.sse[i], last.sse[i]}) {
        EXPECT_EQ(change.thread, wanted[i].thread);
        EXPECT_EQ(change.reg, wanted[i].reg);
        EXPECT_EQ(change.old_value, wanted[i].old_value);
        EXPECT_EQ(change.new_value, wanted[i].new_value);
        EXPECT_EQ(change.first, wanted[i].first);
      }
    }
    Cursor back = cursor;
    back.back();
    EXPECT_EQ(before.sse(0), back.state().sse(0));
  };
  const SseValue value{0x123456789abcdef, 0};
  next_is({{0, SseReg::xmm0, {}, value, true}});
  next_is({{0, SseReg::xmm0, value, {}, false}});
  next_is({});
  next_is({{0, SseReg::mxcsr, {0x1f80, 0}, {0x3f80, 0}, true}});
  EXPECT_EQ(cursor.state().sse(0).written(), bit(SseReg::xmm0) | bit(SseReg::mxcsr));
  cursor.seek(0);
  EXPECT_EQ(cursor.state().sse(0), SseFile());
}

TEST(SseRegisters, count_as_written_where_the_value_is_the_same) {
  BareRun run("0f 57 d2 eb fe");  // XORPS X2, X2
  run.machine.run(1);
  Cursor tip = run.tip();
  EXPECT_EQ(tip.state().sse(0).written(), bit(xmm(2)));
  const Step step = tip.last();
  ASSERT_EQ(step.sse.size(), 1U);
  EXPECT_TRUE(step.sse[0].first);
  EXPECT_EQ(step.sse[0].new_value, SseValue());
  tip.back();
  EXPECT_EQ(tip.state().sse(0).written(), 0U);
}

TEST(SseRegisters, are_the_engines_at_every_step_however_it_is_run) {
  std::mt19937 random(2);
  std::uint64_t changes = 0;
  for (int round = 0; round < 40; ++round) {
    const std::string hex = random_text(random, 80);
    constexpr std::uint64_t kSteps = 90;
    BareRun at_once(hex), stepwise(hex);
    at_once.machine.run(kSteps);
    while (stepwise.trace.steps() < kSteps && !stepwise.trace.end()) {
      stepwise.machine.run(1);
      ASSERT_EQ(stepwise.tip().state().hash(), stepwise.machine.engine_state().hash()) << hex;
    }
    ASSERT_EQ(at_once.end(), "") << hex;
    ASSERT_EQ(at_once.trace.steps(), stepwise.trace.steps());
    std::vector<std::uint64_t> hashes;
    Cursor a(at_once.trace), b(stepwise.trace);
    hashes.push_back(a.state().hash());
    while (a.forward() && b.forward()) {
      ASSERT_EQ(a.state().hash(), b.state().hash()) << hex << "state " << a.position();
      hashes.push_back(a.state().hash());
      changes += a.last().sse.size();
    }
    while (a.back()) ASSERT_EQ(a.state().hash(), hashes[a.position()]) << hex << "state " << a.position();
    for (int i = 0; i < 5; ++i) {
      Cursor past(at_once.trace);
      past.seek(random() % at_once.trace.steps());
      at_once.machine.resume_from(past);
      ASSERT_EQ(at_once.machine.engine_state().hash(), hashes[past.position()]) << hex;
      at_once.machine.run(kSteps - at_once.trace.steps());
      ASSERT_EQ(at_once.tip().state().hash(), hashes.back()) << hex;
    }
    // An edit loads the past as well, and its branch comes back.
    Cursor past(at_once.trace);
    past.seek(random() % kSteps);
    ASSERT_TRUE(at_once.machine.edit(past, RegisterEdit{Reg::r12, 7}).empty());
    ASSERT_EQ(at_once.machine.engine_state().hash(), at_once.tip().state().hash()) << hex;
    at_once.machine.go_to_branch(at_once.trace.branches().back().id);
    ASSERT_EQ(at_once.machine.engine_state().hash(), hashes.back()) << hex;
  }
  EXPECT_GT(changes, 500U) << "the test says something";
}

/// Flies forwards, takes some steps back, and on again.
class Wavering final : public Pilot {
 public:
  Wavering(Machine& machine, const Trace& trace) : machine_(machine), trace_(trace) {}
  bool decide(Helm& helm) override {
    Cursor tip(trace_);
    tip.seek(trace_.steps());
    EXPECT_EQ(tip.state().hash(), machine_.engine_state().hash()) << "state " << trace_.steps();
    if (++asked_ % 3 == 0) helm.take_back(helm.steps() - std::min<std::uint64_t>(helm.steps(), 2));
    return asked_ < 200 && trace_.end() == nullptr;
  }
  int asked() const { return asked_; }

 private:
  Machine& machine_;
  const Trace& trace_;
  int asked_ = 0;
};

TEST(SseRegisters, are_taken_back_in_flight) {
  std::mt19937 random(5);
  BareRun run(random_text(random, 60));
  Wavering pilot(run.machine, run.trace);
  run.machine.fly(pilot);
  EXPECT_GT(pilot.asked(), 30);
  EXPECT_EQ(run.tip().state().hash(), run.machine.engine_state().hash());
}

TEST(SseRegisters, are_as_they_were_after_a_fault_in_the_middle_of_a_load) {
  // MOVQ AX, X0; LEAQ 0xff8(SP), BX: 8 bytes before the end of the stack; MOVUPS (BX), X0.
  BareRun run("48 c7 c0 05 00 00 00 66 48 0f 6e c0 48 8d 9c 24 f8 0f 00 00 0f 10 03 eb fe");
  run.machine.run(10);
  EXPECT_EQ(run.trace.steps(), 4U);
  EXPECT_EQ(run.end().substr(0, 30), "read of unmapped memory at 0x7");
  EXPECT_EQ(run.tip().state().sse(0).value(SseReg::xmm0), (SseValue{5, 0}));
  EXPECT_EQ(run.machine.engine_state().hash(), run.tip().state().hash());
}

TEST(SseRegisters, are_not_loaded_from_places_that_are_not_aligned) {
  for (const char* aligned : {"0f 28 04 24",        // MOVAPS (SP), X0
                              "66 0f 6f 04 24",     // MOVO (SP), X0
                              "66 0f ef 04 24",     // PXOR (SP), X0
                              "0f 29 04 24",        // MOVAPS X0, (SP)
                              "66 0f e7 04 24"}) {  // MOVNTDQ X0, (SP)
    BareRun right(std::string(aligned) + " eb fe");
    right.machine.run(2);
    EXPECT_EQ(right.end(), "") << aligned;
    BareRun wrong("6a 00 " + std::string(aligned) + " eb fe");  // PUSHQ $0
    wrong.machine.run(3);
    EXPECT_EQ(wrong.trace.steps(), 2U);
    EXPECT_EQ(wrong.end(), "access to 16 bytes that are not aligned at 0x7000ff8") << aligned;
    EXPECT_EQ(wrong.machine.engine_state().hash(), wrong.tip().state().hash());
  }
  for (const char* any : {"0f 10 04 24", "f3 0f 6f 04 24", "f2 0f 58 04 24", "0f 16 04 24"}) {
    BareRun run("6a 00 " + std::string(any) + " eb fe");
    run.machine.run(3);
    EXPECT_EQ(run.end(), "") << any;
  }
}

TEST(SseRegisters, of_control_take_no_value_that_a_processor_or_the_engine_would_treat_otherwise) {
  const auto end = [](const std::string& value) {
    BareRun run("68 " + value + " 0f ae 14 24 eb fe");  // PUSHQ $value; LDMXCSR (SP)
    run.machine.run(3);
    return run.end();
  };
  EXPECT_EQ(end("80 1f 00 00"), "");
  EXPECT_EQ(end("80 7f 00 00"), "") << "rounds to zero";
  EXPECT_EQ(end("bf 1f 00 00"), "") << "with every flag";
  for (const char* value : {"c0 1f 00 00", "80 9f 00 00"}) {
    EXPECT_NE(end(value).find("makes zeros of denormal numbers"), std::string::npos) << end(value);
  }
  EXPECT_EQ(end("80 1f 01 00"), "general protection: reserved bits of MXCSR are set");
  EXPECT_EQ(end("00 1f 00 00"), "MXCSR 0x1f00 unmasks floating-point exceptions, which do not happen here");
}

// ---- threads ----

/// "BYTE $0x66; BYTE $0x0f" for an instruction that the assembler need not know.
std::string raw(const std::string& hex) {
  std::string out = "\t";
  std::istringstream in(hex);
  for (std::string byte; in >> byte;) out += (out == "\t" ? "" : "; ") + ("BYTE $0x" + byte);
  return out + "\n";
}

/// Two threads that compute in the same registers, each on its own forever.
std::string two_counters() {
  std::string text = "TEXT main·main(SB), NOSPLIT, $0-0\n\tMOVL $1, AX\nagain:\n";
  text += raw("f2 48 0f 2a c0");  // CVTSQ2SD AX, X0
  text += raw("f2 0f 58 c8");     // ADDSD X0, X1
  text += "\tADDQ $3, AX\n\tJMP again\n";
  text += "TEXT main·worker(SB), NOSPLIT, $0-0\n\tMOVL $0x3f80, 8(SP)\nagain:\n";
  text += raw("0f ae 54 24 08");  // LDMXCSR 8(SP)
  text += raw("66 48 0f 6e c0");  // MOVQ AX, X0
  text += raw("66 0f d4 c8");     // PADDQ X0, X1
  text += raw("66 44 0f fc f9");  // PADDB X1, X15
  return text + "\tDECQ AX\n\tJMP again\n";
}

Program counting(Turns turns) {
  ProgramOptions options;
  options.bodies = {{"bodies", two_counters()}};
  options.turns = std::move(turns);
  options.step_budget = 2000;
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) ADD_FAILURE() << format(wrong->front());
  Program program = std::get<Program>(std::move(built));
  Image& boot = *program.guest->boot;
  const ThreadTable table = *ThreadTable::of(*program.guest);
  const auto poke = [&](Addr at, std::uint64_t value, std::size_t size) {
    boot.write(*boot.map().image_offset(at, size), std::as_bytes(std::span(&value, 1)).first(size));
  };
  const char* const entries[] = {"main.main", "main.worker"};
  for (int i = 0; i < 2; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    boot.set_reg(thread, Reg::rip, program.guest->code.function(entries[i])->entry.value());
    boot.set_reg(thread, Reg::rflags, 0x202);
    boot.set_reg(thread, Reg::rsp, boot.reg(0, Reg::rsp));
    poke(table.row_addr(thread),
         static_cast<std::uint64_t>(i == 0 ? ThreadState::runnable : ThreadState::fresh), 4);
  }
  poke(table.schedule_addr() + ScheduleWords::kThreads, 2, 8);
  return program;
}

TEST(SseRegisters, belong_to_their_thread_through_turns) {
  const Program program = counting({.kind = Turns::Kind::seed, .quantum = 5, .seed = 3});
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  Cursor cursor(trace);
  std::vector<std::uint64_t> hashes = {cursor.state().hash()};
  for (int i = 0; i < 300; ++i) {
    machine.run(1);
    ASSERT_TRUE(cursor.forward());
    ASSERT_EQ(cursor.state().hash(), machine.engine_state().hash()) << "state " << cursor.position();
    hashes.push_back(cursor.state().hash());
  }
  ASSERT_EQ(trace.end(), nullptr);
  const SseFile main = cursor.state().sse(0), other = cursor.state().sse(1);
  EXPECT_EQ(main.written(), bit(SseReg::xmm0) | bit(SseReg::xmm1));
  EXPECT_EQ(other.written(), bit(SseReg::xmm0) | bit(SseReg::xmm1) | bit(SseReg::xmm15) | bit(SseReg::mxcsr));
  EXPECT_EQ(main.value(SseReg::mxcsr).low, 0x1f80U);
  EXPECT_EQ(other.value(SseReg::mxcsr).low, 0x3f80U);
  EXPECT_NE(main.value(SseReg::xmm1), other.value(SseReg::xmm1));
  while (cursor.back()) ASSERT_EQ(cursor.state().hash(), hashes[cursor.position()]);
  for (const std::uint64_t k : {299U, 150U, 77U, 8U, 0U}) {
    Cursor past(trace);
    past.seek(k);
    machine.resume_from(past);
    ASSERT_EQ(machine.engine_state().hash(), hashes[k]);
    machine.run(300 - k);
    Cursor tip(trace);
    tip.seek(300);
    ASSERT_EQ(tip.state().hash(), hashes.back()) << "from state " << k;
  }
}

/// main's thread writes X3 and MXCSR, then makes others: a second P is there, and a goroutine for it.
TEST(SseRegisters, are_inherited_by_a_thread_that_is_cloned) {
  ProgramOptions options;
  options.bodies = {{"bodies", "TEXT main·main(SB), $16-0\n\tMOVQ $0x77, AX\n" + raw("66 48 0f 6e d8") +
                                   "\tGO main·worker(SB)\n\tCALL runtime·Gosched(SB)\n\tRET\n"
                                   "TEXT main·worker(SB), NOSPLIT, $0-0\n\tRET\n"}};
  options.procs = 2;
  auto built = build_program(options);
  ASSERT_EQ(built.index(), 0U) << format(std::get<1>(built).front());
  const Program program = std::get<Program>(std::move(built));
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(100'000);
  Cursor cursor(trace);
  std::optional<SseChange> inherited;
  ThreadId parent = 0;
  while (!cursor.at_end() && !inherited) {
    const Step step = cursor.next();
    for (const SseChange& change : step.sse) {
      if (change.thread == step.thread) continue;
      inherited = change;
      parent = step.thread;
    }
    cursor.forward();
  }
  ASSERT_TRUE(inherited);
  EXPECT_EQ(inherited->reg, xmm(3));
  EXPECT_EQ(inherited->new_value, (SseValue{0x77, 0}));
  EXPECT_TRUE(inherited->first);
  EXPECT_EQ(cursor.state().sse(inherited->thread), cursor.state().sse(parent));
  cursor.back();
  EXPECT_EQ(cursor.state().sse(inherited->thread), SseFile());
  cursor.seek(trace.steps());
  EXPECT_EQ(cursor.state().hash(), machine.engine_state().hash());
}

// ---- trace files ----

std::string saved(const Trace& trace) {
  std::ostringstream out;
  trace.save(out);
  return out.str();
}

std::string with_version(std::string bytes, char version) {
  bytes[kTraceMagic.size()] = version;
  return bytes;
}

std::string verdict(const std::string& bytes) {
  std::istringstream in(bytes);
  auto opened = Trace::open(in);
  return opened.index() == 0 ? "(opened)" : std::get<1>(opened).in(Language::en);
}

TEST(SseRegisters, give_a_trace_file_its_version_only_where_one_is_written) {
  const Program program = counting({.quantum = 4});
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  const std::string before = saved(trace);
  EXPECT_EQ(before[kTraceMagic.size()], 5);
  machine.run(200);
  const std::string bytes = saved(trace);
  EXPECT_EQ(bytes[kTraceMagic.size()], 6);
  std::istringstream in(bytes);
  auto opened = Trace::open(in);
  ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
  EXPECT_EQ(saved(*std::get<0>(opened)), bytes);
  Cursor a(trace), b(*std::get<0>(opened));
  while (a.forward() && b.forward()) ASSERT_EQ(a.state().hash(), b.state().hash());
  EXPECT_EQ(b.position(), 200U);

  EXPECT_EQ(verdict(with_version(bytes, 5)), "the trace contradicts itself");
  EXPECT_EQ(verdict(with_version(before, 6)), "the trace contradicts itself");
  EXPECT_EQ(verdict(with_version(bytes, 7)), "the trace contradicts itself");  // it has no rows
  EXPECT_EQ(verdict(with_version(bytes, 8)), "the trace contradicts itself");  // nor inlined calls
  EXPECT_EQ(verdict(with_version(bytes, 9)), "the trace is of version 9; this program reads versions 5 to 8");

  Cursor start(trace);
  machine.resume_from(start);
  EXPECT_EQ(saved(trace), before) << "what is taken back leaves nothing";
}

TEST(SseRegisters, in_a_boot_image_are_the_machines) {
  const Program program = counting({.quantum = 4});
  Image& boot = *program.guest->boot;
  const AddressMap& map = program.guest->map;
  boot.set_u64(map.sse_offset(0, SseFile::word(xmm(1)) + 1), 0x99);
  boot.set_u64(map.sse_offset(0, SseFile::kWritten), bit(xmm(1)));
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  EXPECT_EQ(machine.engine_state().hash(), boot.hash());
  machine.run(8);
  Cursor tip(trace);
  tip.seek(8);
  EXPECT_EQ(tip.state().sse(0).value(xmm(1)).high, 0x99U) << "ADDSD leaves it alone";
  EXPECT_EQ(saved(trace)[kTraceMagic.size()], 6);
  EXPECT_EQ(verdict(saved(trace)), "(opened)");
}

/// A record with one more store, wherever that is.
std::string forged(std::uint32_t offset, unsigned size) {
  const Program program = counting({.quantum = 4});
  Trace trace(program.guest);
  Recorder pen(trace);
  pen.store(program.guest->map.sse_offset(1, 0), 8, 1);
  pen.store(offset, size, 1);
  pen.commit();
  return verdict(saved(trace));
}

TEST(SseRegisters, are_changed_word_by_word_or_the_file_is_damaged) {
  const Program program = counting({.quantum = 4});
  const AddressMap& map = program.guest->map;
  const std::string bad = "the trace contradicts itself";
  EXPECT_EQ(forged(map.sse_offset(2, SseFile::kWritten), 8), "(opened)");
  EXPECT_EQ(forged(map.sse_offset(kMaxThreads - 1, 0), 8), "(opened)");
  EXPECT_EQ(forged(map.sse_offset(2, SseFile::kWords), 8), bad) << "no such word";
  EXPECT_EQ(forged(map.sse_offset(2, 0), 4), bad) << "half a word";
  EXPECT_EQ(forged(map.sse_offset(2, 0) + 4, 8), bad) << "between two words";
  EXPECT_EQ(forged(map.regions_end() - 4, 8), bad) << "half of it in the last region";
  EXPECT_EQ(forged(map.regions_end() - 8, 8), "(opened)");
  EXPECT_EQ(forged(map.image_size(), 8), bad) << "behind it all";
}

}  // namespace
}  // namespace gogoscope
