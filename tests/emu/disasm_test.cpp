#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"
#include "emu/disasm/moves.h"
#include "tests/emu/small_guest.h"

namespace gogoscope {
namespace {

constexpr CodeAddr kPc{0x401000};

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> out;
  std::istringstream in(text);
  for (unsigned value = 0; in >> std::hex >> value;) out.push_back(static_cast<std::byte>(value));
  return out;
}

Decoded decoded(const std::string& text) { return decode(bytes_of(text), kPc); }

template <class... R>
std::uint32_t mask(R... regs) {
  return (0U | ... | (1U << static_cast<unsigned>(regs)));
}

TEST(Decode, allows_what_gogo_goexit_and_mcall_consist_of) {
  for (const char* text : {"48 83 ec 18",
                           "48 89 6c 24 10",
                           "48 8d 6c 24 10",
                           "48 8b 5c 24 20",
                           "48 8b 0a",
                           "64 48 89 14 25 f8 ff ff ff",
                           "48 8b 23",
                           "48 c7 43 20 00 00 00 00",
                           "ff e3",
                           "90",
                           "e8 00 00 00 00",
                           "48 39 c6",
                           "75 09",
                           "48 8d 05 9d 7c fd ff",
                           "ff e0",
                           "50",
                           "48 8b 3f",
                           "ff d7",
                           "58",
                           "c3",
                           "76 58"}) {
    const Decoded d = decoded(text);
    EXPECT_TRUE(d.allowed) << text << ": " << d.refusal.in(Language::en);
    EXPECT_EQ(d.length, bytes_of(text).size()) << text;
  }
}

TEST(Decode, allows_integer_instructions_of_user_mode) {
  for (const char* text :
       {"f0 48 0f b1 0b", "f0 48 0f c1 03", "48 87 03", "48 f7 f1", "48 d3 e0", "48 0f a3 03", "48 0f bc c1",
        "0f 44 c1",       "0f 94 c0",       "48 99",    "48 63 c1", "0f b6 c0", "f3 48 a5",    "f3 48 ab",
        "f2 ae",          "f3 a6",          "ac",       "fc",       "fd",       "9c",          "c9",
        "f3 90",          "f3 0f 1e fa",    "0f 1f 00", "e3 00",    "c2 08 00", "48 0f c8"}) {
    EXPECT_TRUE(decoded(text).allowed) << text << ": " << decoded(text).refusal.in(Language::en);
  }
}

TEST(Decode, allows_fences_prefetches_and_stores_past_the_cache) {
  for (const char* text : {"0f ae f0", "0f ae e8", "0f ae f8", "0f 18 08", "0f 18 00", "48 0f c3 03"}) {
    EXPECT_TRUE(decoded(text).allowed) << text << ": " << decoded(text).refusal.in(Language::en);
    EXPECT_EQ(decoded(text).written, 0U) << text;
  }
  EXPECT_FALSE(decoded("0f ae 38").allowed) << "clflush";
}

TEST(Decode, allows_sse_and_sse2_on_xmm_registers) {
  for (const char* text :
       {"0f 10 00", "0f 11 00", "f2 0f 10 00", "66 0f 6f c1", "66 48 0f 6e c0", "66 0f ef c0", "f2 0f 58 c1",
        "f2 48 0f 2a c0", "f2 48 0f 2c c0", "66 0f 2e c1", "66 0f d7 c0", "66 0f 74 c1", "66 0f 70 c1 1b",
        "0f c6 c1 1b", "0f ae 10", "0f ae 18"}) {
    EXPECT_TRUE(decoded(text).allowed) << text << ": " << decoded(text).refusal.in(Language::en);
  }
}

struct Refused {
  const char* bytes;
  const char* sentence;
};

class Refusal : public ::testing::TestWithParam<Refused> {};

TEST_P(Refusal, names_the_instruction) {
  const Decoded d = decoded(GetParam().bytes);
  EXPECT_FALSE(d.allowed);
  EXPECT_EQ(d.refusal.in(Language::en), GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Decode, Refusal,
    ::testing::Values(Refused{"f4", "hlt is a privileged instruction"},
                      Refused{"fa", "cli is a privileged instruction"},
                      Refused{"0f 30", "wrmsr is a privileged instruction"},
                      Refused{"0f 22 d8", "mov is a privileged instruction"},
                      Refused{"0f 23 f8", "mov is a privileged instruction"},
                      Refused{"0f 01 10", "lgdt is a privileged instruction"},
                      Refused{"0f 01 f8", "swapgs is a privileged instruction"},
                      Refused{"48 cf", "iretq is a privileged instruction"},
                      Refused{"e4 10", "in accesses I/O ports"}, Refused{"6c", "insb accesses I/O ports"},
                      Refused{"0f 05", "syscall calls the kernel, and the guest has none"},
                      Refused{"0f 34", "sysenter calls the kernel, and the guest has none"},
                      Refused{"cd 80", "int calls the kernel, and the guest has none"},
                      Refused{"0f b9 c0", "ud1 raises an invalid-opcode exception"},
                      Refused{"0f 31", "rdtsc differs from run to run"},
                      Refused{"0f 01 f9", "rdtscp differs from run to run"},
                      Refused{"0f c7 f0", "rdrand differs from run to run"},
                      Refused{"0f a2", "cpuid depends on the CPU"},
                      Refused{"66 9d", "popf writes system flags"}, Refused{"ff 2b", "jmp is a far transfer"},
                      Refused{"ff 1b", "call is a far transfer"}, Refused{"cb", "ret is a far transfer"},
                      Refused{"8e e0", "mov uses the segment register fs"},
                      Refused{"0f a1", "pop uses the segment register fs"},
                      Refused{"65 48 8b 00", "mov uses the segment gs, which the guest does not have"},
                      Refused{"0f 53 c1", "rcpps gives other bits on other processors"},
                      Refused{"f3 0f 52 c1", "rsqrtss gives other bits on other processors"},
                      Refused{"66 0f f7 c1", "maskmovdqu is not on the list of allowed instructions"},
                      Refused{"66 0f 38 00 c1", "pshufb is not on the list of allowed instructions"},
                      Refused{"66 0f 3a 0b c1 00", "roundsd is not on the list of allowed instructions"},
                      Refused{"f2 0f 7c c1", "haddps is not on the list of allowed instructions"},
                      Refused{"66 0f 38 dc c1", "aesenc is not on the list of allowed instructions"},
                      Refused{"f3 0f b8 c1", "popcnt is not on the list of allowed instructions"},
                      Refused{"c5 f8 10 00", "vmovups is not on the list of allowed instructions"},
                      Refused{"66 f2 0f 58 c1", "addsd with a prefix that has no meaning is not allowed"},
                      Refused{"f3 66 0f 6f c1", "movdqu with a prefix that has no meaning is not allowed"},
                      Refused{"f2 0f c2 c1 08", "cmpsd with a predicate above 7 is not allowed"},
                      Refused{"0f 6f c1", "movq uses mm0, a register that is not recorded"},
                      Refused{"d9 00", "fld uses st0, a register that is not recorded"},
                      Refused{"c5 f8 77", "vzeroupper is not on the list of allowed instructions"},
                      Refused{"f3 48 0f ae d0", "wrfsbase is not on the list of allowed instructions"},
                      Refused{"67 8b 00", "mov with 32-bit addresses is not allowed"},
                      Refused{"66 e8 00 00 00 00", "call with an operand-size prefix is not allowed"},
                      Refused{"06", "these bytes are not an instruction"},
                      Refused{"48", "the instruction runs past the end of the text"},
                      Refused{"", "the instruction runs past the end of the text"}));

TEST(Decode, traps_may_be_in_a_text) {
  for (const char* text : {"cc", "cd 03", "0f 0b"}) {
    EXPECT_TRUE(decoded(text).allowed) << text;
    EXPECT_TRUE(decoded(text).trap) << text;
  }
  EXPECT_FALSE(decoded("cd 04").allowed);
  EXPECT_FALSE(decoded("90").trap);
}

TEST(Decode, bytes_that_kill_the_emulator_are_not_instructions) {
  // LOCK CMP and LOCK CMPS, far calls and jumps through a register: translating them aborts the engine.
  for (const char* text : {"f0 38 00", "f0 39 00", "f0 a6", "f0 a7", "ff d8", "ff df", "ff e8", "ff ef"}) {
    EXPECT_FALSE(decoded(text).allowed) << text;
    EXPECT_EQ(decoded(text).length, 0) << text;
  }
  EXPECT_EQ(decoded("f0 38 00").refusal.in(Language::en), "the lock prefix is not legal on this instruction");
}

TEST(Decode, written_registers_include_the_implicit_ones) {
  EXPECT_EQ(decoded("48 8b 23").written, mask(Reg::rsp));
  EXPECT_EQ(decoded("48 89 6c 24 10").written, 0U);
  EXPECT_EQ(decoded("50").written, mask(Reg::rsp));
  EXPECT_EQ(decoded("58").written, mask(Reg::rsp, Reg::rax));
  EXPECT_EQ(decoded("c3").written, mask(Reg::rsp));
  EXPECT_EQ(decoded("e8 00 00 00 00").written, mask(Reg::rsp));
  EXPECT_EQ(decoded("48 83 ec 18").written, mask(Reg::rsp, Reg::rflags));
  EXPECT_EQ(decoded("48 f7 f1").written, mask(Reg::rax, Reg::rdx, Reg::rflags));
  EXPECT_EQ(decoded("f0 48 0f b1 0b").written, mask(Reg::rax, Reg::rflags));
  EXPECT_EQ(decoded("f3 48 a5").written, mask(Reg::rcx, Reg::rsi, Reg::rdi));
  EXPECT_EQ(decoded("e2 00").written, mask(Reg::rcx));
  EXPECT_EQ(decoded("c9").written, mask(Reg::rsp, Reg::rbp));
}

TEST(Decode, a_part_of_a_register_counts_as_the_whole) {
  EXPECT_EQ(decoded("b0 01").written, mask(Reg::rax));  // mov al, 1
  EXPECT_EQ(decoded("b4 01").written, mask(Reg::rax));  // mov ah, 1
  EXPECT_EQ(decoded("66 b8 01 00").written, mask(Reg::rax));
  EXPECT_EQ(decoded("41 b7 01").written, mask(Reg::r15));  // mov r15b, 1
}

TEST(Decode, branches_say_where_they_go) {
  EXPECT_EQ(decoded("75 09").branch, Branch::conditional);
  EXPECT_EQ(decoded("75 09").target, 0x40100bU);
  EXPECT_EQ(decoded("e8 fb ff ff ff").branch, Branch::call);
  EXPECT_EQ(decoded("e8 fb ff ff ff").target, 0x401000U);
  EXPECT_EQ(decoded("eb 00").branch, Branch::jump);
  EXPECT_EQ(decoded("c3").branch, Branch::ret);
  EXPECT_EQ(decoded("90").branch, Branch::none);

  const Decoded by_register = decoded("ff e3");
  EXPECT_EQ(by_register.branch, Branch::indirect_jump);
  EXPECT_EQ(by_register.base, static_cast<int>(Reg::rbx));
  EXPECT_FALSE(by_register.target_in_memory);

  const Decoded by_table = decoded("ff 54 c3 08");  // call [rbx + rax*8 + 8]
  EXPECT_EQ(by_table.branch, Branch::indirect_call);
  EXPECT_TRUE(by_table.target_in_memory);
  EXPECT_EQ(by_table.base, static_cast<int>(Reg::rbx));
  EXPECT_EQ(by_table.index, static_cast<int>(Reg::rax));
  EXPECT_EQ(by_table.scale, 8);
  EXPECT_EQ(by_table.disp, 8);

  EXPECT_EQ(decoded("ff 15 10 00 00 00").base, static_cast<int>(Reg::rip));
  const Decoded through_fs = decoded("64 ff 14 25 f8 ff ff ff");
  EXPECT_TRUE(through_fs.fs_segment);
  EXPECT_EQ(through_fs.base, -1);
  EXPECT_EQ(through_fs.disp, -8);
}

TEST(Decode, undefined_flags_are_those_of_the_manual) {
  EXPECT_EQ(decoded("48 83 ec 18").flags.undefined, 0U);
  EXPECT_EQ(decoded("48 85 c0").flags.undefined, 0x10U) << "test leaves AF undefined";
  EXPECT_EQ(decoded("48 0f a3 03").flags.undefined & 0x894U, 0x894U) << "bt: OF SF AF PF";
}

TEST(Decode, nothing_of_two_random_bytes_escapes_the_list) {
  // Every one- and two-byte opcode with a harmless tail: an allowed one writes no register that we do not
  // record.
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      std::vector<std::byte> bytes(15, std::byte{0});
      bytes[0] = static_cast<std::byte>(first);
      bytes[1] = static_cast<std::byte>(second);
      const Decoded d = decode(bytes, kPc);
      EXPECT_EQ(d.allowed, d.refusal.empty());
      EXPECT_LE(d.length, 15);
      if (d.allowed) {
        EXPECT_GT(d.length, 0);
        EXPECT_EQ(d.written & mask(Reg::fs_base, Reg::rip), 0U);
      }
    }
  }
}

TEST(Disassemble, prints_intel_syntax) {
  EXPECT_EQ(disassemble(bytes_of("48 8b 23"), kPc).text(), "mov rsp, qword ptr [rbx]");
  EXPECT_EQ(disassemble(bytes_of("48 83 ec 18"), kPc).text(), "sub rsp, 0x18");
  EXPECT_EQ(disassemble(bytes_of("c3"), kPc).text(), "ret");
  EXPECT_EQ(disassemble(bytes_of("75 09"), kPc).text(), "jne 0x40100b");
}

TEST(Disassemble, says_where_no_instruction_is) {
  EXPECT_EQ(disassemble(bytes_of("06"), kPc).text(), "(bad)");
  EXPECT_EQ(disassemble(bytes_of("48 8b"), kPc).length, 0);
  EXPECT_EQ(disassemble({}, kPc).length, 0);
}

TEST(Disassemble, agrees_with_the_decoder_on_lengths) {
  for (const char* text : {"48 8b 23", "64 48 89 14 25 f8 ff ff ff", "48 c7 43 20 00 00 00 00",
                           "e8 00 00 00 00", "f0 48 0f b1 0b", "f3 48 ab"}) {
    EXPECT_EQ(disassemble(bytes_of(text), kPc).length, decoded(text).length) << text;
  }
}

std::optional<Move> move_of(const std::string& text) { return plain_move(bytes_of(text), kPc); }

TEST(PlainMove, loads_and_stores_of_a_gobuf) {
  const auto load = move_of("48 8b 23");  // mov rsp, [rbx]
  ASSERT_TRUE(load);
  EXPECT_EQ(load->reg, Reg::rsp);
  EXPECT_EQ(load->size, 8);
  EXPECT_FALSE(load->to_memory);
  EXPECT_EQ(load->base, static_cast<int>(Reg::rbx));
  EXPECT_EQ(load->index, -1);
  EXPECT_EQ(load->disp, 0);
  const auto store = move_of("48 89 68 68");  // mov [rax + 0x68], rbp
  ASSERT_TRUE(store);
  EXPECT_EQ(store->reg, Reg::rbp);
  EXPECT_TRUE(store->to_memory);
  EXPECT_EQ(store->base, static_cast<int>(Reg::rax));
  EXPECT_EQ(store->disp, 0x68);
}

TEST(PlainMove, has_the_width_of_its_register) {
  EXPECT_EQ(move_of("8b 03")->size, 4);
  EXPECT_EQ(move_of("66 8b 03")->size, 2);
  EXPECT_EQ(move_of("88 03")->size, 1);
  EXPECT_EQ(move_of("40 8a 33")->reg, Reg::rsi) << "sil";
}

TEST(PlainMove, is_no_other_instruction_that_moves) {
  for (const char* text : {"48 c7 03 00 00 00 00",  // mov qword [rbx], 0
                           "48 89 fa",              // mov rdx, rdi
                           "50", "58", "ff d7",     // push, pop, call
                           "48 8d 5c 24 08",        // lea
                           "0f b6 03",              // movzx
                           "8a 23", "88 23",        // mov ah, [rbx]; mov [rbx], ah
                           "8c 03",                 // mov [rbx], es
                           "65 48 8b 03",           // mov rax, gs:[rbx]
                           "67 48 8b 03",           // mov rax, [ebx]
                           "48 8b", "", "06"}) {
    EXPECT_FALSE(move_of(text)) << text;
  }
}

TEST(PlainMove, finds_its_address_in_the_registers) {
  const auto guest = tests::small_guest();
  Image& state = *guest->boot;
  tests::set_reg(state, Reg::rbx, 0x1000);
  tests::set_reg(state, Reg::rcx, 3);
  tests::set_reg(state, Reg::fs_base, 0x7000);
  EXPECT_EQ(move_of("48 8b 44 cb f8")->address(state), Addr(0x1000 + 24 - 8));  // mov rax, [rbx + rcx*8 - 8]
  EXPECT_EQ(move_of("64 48 89 14 25 f8 ff ff ff")->address(state), Addr(0x7000 - 8));  // mov fs:[-8], rdx
  EXPECT_EQ(move_of("48 8b 05 10 00 00 00")->address(state), Addr(kPc.value() + 7 + 16)) << "after itself";
  EXPECT_EQ(move_of("48 a1 88 77 66 55 44 33 22 11")->address(state), Addr(0x1122334455667788));
}

}  // namespace
}  // namespace gogoscope
