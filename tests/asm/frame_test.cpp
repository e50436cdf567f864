// What a TEXT gets added, where Go 1.19 cannot be asked, and the tables that say where SP is.
#include <gtest/gtest.h>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

std::string frame_bytes(std::string_view size, StackCheck::G g = StackCheck::G::in_cx) {
  const Object object = assembled(
      "TEXT f(SB), 0, $" + std::string(size) + "\n CALL g(SB)\n RET\nTEXT g(SB), NOSPLIT, $0\n RET\n", g);
  return bytes_of_function(object, "f");
}

std::string deltas(const Object& object, std::string_view name) {
  std::string out;
  for (const SpDelta& d : find_symbol(object, name)->pcsp)
    out += std::to_string(d.offset) + ":" + std::to_string(d.delta) + " ";
  return out;
}

TEST(Frame, a_middling_frame_compares_its_lower_end_with_the_guard) {
  EXPECT_EQ(frame_bytes("4088"),
            "64 48 8b 0c 25 f8 ff ff ff "  // MOVQ (TLS), CX
            "48 8d 84 24 80 f0 ff ff "     // LEAQ -3968(SP), AX
            "48 3b 41 10 76 2c "           // CMPQ AX, 16(CX); JLS tail
            "48 81 ec 00 10 00 00 48 89 ac 24 f8 0f 00 00 48 8d ac 24 f8 0f 00 00 e8 ?? ?? ?? ?? "
            "48 8b ac 24 f8 0f 00 00 48 81 c4 00 10 00 00 c3 "
            "e8 ?? ?? ?? ?? eb b6");
}

TEST(Frame, a_huge_frame_compares_distances_so_that_nothing_wraps) {
  EXPECT_EQ(frame_bytes("65536"),
            "64 48 8b 0c 25 f8 ff ff ff "  // MOVQ (TLS), CX
            "48 8b 71 10 "                 // MOVQ 16(CX), SI
            "48 81 fe de fa ff ff 74 3f "  // CMPQ SI, $-1314; JEQ tail
            "48 8d 84 24 a0 03 00 00 "     // LEAQ 928(SP), AX
            "48 29 f0 "                    // SUBQ SI, AX
            "48 3d 28 03 01 00 76 2c "     // CMPQ AX, $66344; JLS tail
            "48 81 ec 08 00 01 00 48 89 ac 24 00 00 01 00 48 8d ac 24 00 00 01 00 e8 ?? ?? ?? ?? "
            "48 8b ac 24 00 00 01 00 48 81 c4 08 00 01 00 c3 "
            "e8 ?? ?? ?? ?? eb a4");
}

// From Go 1.17 on: the entry registers that hold no argument, and a subtraction whose carry is looked at.
TEST(Frame, through_r14_larger_frames_compare_r12) {
  EXPECT_EQ(frame_bytes("4088", StackCheck::G::in_r14).substr(0, 27 + 24 + 18),
            "64 4c 8b 34 25 f8 ff ff ff "  // MOVQ (TLS), R14
            "4c 8d a4 24 80 f0 ff ff "     // LEAQ -3968(SP), R12
            "4d 3b 66 10 76 2c ");         // CMPQ R12, 16(R14); JLS tail
  EXPECT_EQ(frame_bytes("65536", StackCheck::G::in_r14).substr(0, 27 + 9 + 21 + 6 + 18),
            "64 4c 8b 34 25 f8 ff ff ff "  // MOVQ (TLS), R14
            "49 89 e4 "                    // MOVQ SP, R12
            "49 81 ec 88 ff 00 00 "        // SUBQ $65416, R12
            "72 32 "                       // JCS tail
            "4d 3b 66 10 76 2c ");         // CMPQ R12, 16(R14); JLS tail
}

TEST(Frame, the_tail_calls_morestack_with_or_without_context) {
  const auto callee = [](const char* flags) {
    const Object object = assembled("TEXT f(SB), " + std::string(flags) + ", $16\n CALL g(SB)\n RET\n");
    return object.relocations.back().symbol;
  };
  EXPECT_EQ(callee("0"), "runtime.morestack_noctxt");
  EXPECT_EQ(callee("NEEDCTXT"), "runtime.morestack");
}

TEST(Frame, a_symbol_says_its_frame) {
  const Object object = assembled("TEXT ·f(SB), NOSPLIT, $16-8\n RET\nTEXT ·g(SB), $0-24\n RET\n");
  const Symbol* f = find_symbol(object, "main.f");
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->locals, 16);
  EXPECT_EQ(f->args, 8);
  EXPECT_EQ(f->frame, 24);
  EXPECT_TRUE(f->saves_bp);
  EXPECT_TRUE(f->nosplit);
  const Symbol* g = find_symbol(object, "main.g");
  ASSERT_NE(g, nullptr);
  EXPECT_EQ(g->offset, 32u);
  EXPECT_EQ(g->frame, 0);
  EXPECT_FALSE(g->saves_bp);
  EXPECT_TRUE(g->nosplit) << "a leaf without frame needs no stack check";
}

TEST(Frame, pcsp_follows_prologue_pushes_and_each_epilogue) {
  const Object object = assembled(
      "TEXT f(SB), NOSPLIT, $8\n"  // SUBQ 4, MOVQ 5, LEAQ 5 bytes
      " JEQ more\n"                // 14
      " RET\n"                     // 16: MOVQ 5, ADDQ 4, RET 1
      "more:\n"
      " PUSHQ AX\n"  // 26
      " POPQ AX\n"   // 27
      " ADJSP $8\n"  // 28
      " ADJSP $-8\n"
      " RET\n");  // 36
  EXPECT_EQ(deltas(object, "f"), "0:0 4:16 25:0 26:16 27:24 28:16 32:24 36:16 45:0 ");
}

TEST(Frame, pcsp_is_zero_at_the_call_of_morestack) {
  const Object object = assembled("TEXT f(SB), 0, $16\n CALL g(SB)\n RET\n");
  EXPECT_EQ(deltas(object, "f"), "0:0 19:24 43:0 ");
}

TEST(Frame, added_instructions_carry_their_kind_and_line) {
  const Object object = assembled("TEXT f(SB), 0, $8\n\tCALL\tg(SB)  // twice\n\tRET\n");
  std::string rows;
  for (const Line& line : object.lines) {
    rows += std::to_string(line.line) +
            (line.kind == LineKind::prologue   ? " P "
             : line.kind == LineKind::epilogue ? " E "
                                               : "   ") +
            line.plan9 + "\n";
  }
  EXPECT_EQ(rows,
            "1 P MOVQ (TLS), CX\n"
            "1 P CMPQ SP, 16(CX)\n"
            "1 P JLS morestack\n"
            "1 P SUBQ $16, SP\n"
            "1 P MOVQ BP, 8(SP)\n"
            "1 P LEAQ 8(SP), BP\n"
            "2   CALL g(SB)\n"
            "3 E MOVQ 8(SP), BP\n"
            "3 E ADDQ $16, SP\n"
            "3   RET\n"
            "1 P CALL runtime.morestack_noctxt(SB)\n"
            "1 P JMP f(SB)\n");
}

TEST(Frame, lock_and_its_instruction_are_one_line) {
  const Object object =
      assembled("TEXT f(SB), NOSPLIT, $0\n LOCK\n XADDQ AX, (BX)\n REP; STOSQ\n BYTE $0x90\n");
  ASSERT_EQ(object.lines.size(), 3u);
  EXPECT_EQ(object.lines[0].plan9, "LOCK; XADDQ AX, (BX)");
  EXPECT_EQ(object.lines[0].size, 5);
  EXPECT_EQ(object.lines[1].plan9, "REP; STOSQ");
  EXPECT_EQ(object.lines[2].kind, LineKind::data);
}

}  // namespace
}  // namespace plan9::test
