#include "emu/layout/describe.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "emu/layout/stacks.h"
#include "tests/emu/small_guest.h"

namespace gogoscope {
namespace {

using namespace tests;

std::string hex(std::uint64_t value) {
  char digits[20];
  std::snprintf(digits, sizeof digits, "%llx", static_cast<unsigned long long>(value));
  return digits;
}

class Describe : public ::testing::Test {
 protected:
  std::shared_ptr<Guest> guest = small_guest();
  Image& state = *guest->boot;

  std::string at(Addr addr, int size = 8) { return describe(*guest, state, addr, size); }
  std::string means(Addr addr) { return meaning(*guest, state, addr.value()); }
  std::optional<FieldRef> find(std::string_view path) { return find_field(*guest, state, path); }
  Addr g2(const char* name) { return field(*guest, kG2, "g", name); }

  /// goexit0 on g0's stack, called by mcall, after goexit1 of g2 has called mcall.
  void stand_in_goexit0() {
    const Addr hi2 = kStack2 + 2048;
    poke(state, hi2 - 40, kGoexit + 6);
    poke(state, hi2 - 96, kGoexit1 + 0x36);
    poke(state, g2("sched.sp"), (hi2 - 88).value());
    poke(state, g2("sched.pc"), kGoexit1 + 0x36);
    const Addr g0sp = kStack0 + 0x1000;
    poke(state, g0sp - 8, kG2.value());
    poke(state, g0sp - 16, kMcall + 0x5b);
    set_reg(state, Reg::rip, kGoexit0 + 0x10);
    set_reg(state, Reg::rsp, (g0sp - 16 - 56).value());
  }
};

TEST_F(Describe, fields_have_their_go_names) {
  EXPECT_EQ(at(g2("sched.sp")), "g2.sched.sp");
  EXPECT_EQ(at(g2("sched.sp") + 4, 4), "g2.sched.sp+4");
  EXPECT_EQ(at(field(*guest, kM0, "m", "tls")), "m0.tls[0]");
  EXPECT_EQ(at(kP0 + (guest->release->layout.find("p", "runq")->offset + 24)), "p0.runq[3]");
  EXPECT_EQ(at(field(*guest, kSched, "schedt", "runqsize"), 4), "sched.runqsize");
  EXPECT_EQ(at(kG2 + 188, 4), "g2+188");
}

TEST_F(Describe, a_stack_whose_g_is_no_entity_gives_no_names) {
  StackMap stacks;
  stacks.put({kStack2, 2}, kStack2 + 2048, kG2);
  const Entities none(guest->release->layout);
  const Names names(*guest, state, none, stacks, english_names());
  EXPECT_FALSE(names.stack_with_word(kStack2 + 8));
  EXPECT_EQ(names.describe(kStack2 + 8), "");
  EXPECT_EQ(names.meaning((kStack2 + 8).value()), "");
}

TEST_F(Describe, g0_is_short_where_one_m_exists) {
  EXPECT_EQ(at(field(*guest, kG0, "g", "atomicstatus"), 4), "g0.atomicstatus");
  EXPECT_EQ(Names(*guest, state).entities().find("m0.g0")->addr, kG0);
  const Addr m1 = kHeap + 0x4000;  // a second M on runtime.allm
  poke(state, kAllm, m1.value());
  poke(state, field(*guest, m1, "m", "alllink"), kM0.value());
  poke(state, field(*guest, m1, "m", "id"), 1);
  EXPECT_EQ(at(field(*guest, kG0, "g", "atomicstatus"), 4), "m0.g0.atomicstatus");
  EXPECT_EQ(means(m1), "m1");
}

TEST_F(Describe, data_symbols_and_parts_of_slices) {
  EXPECT_EQ(at(kAllgs + 8), "runtime.allgs.len");
  EXPECT_EQ(at(kAllm), "runtime.allm");
  EXPECT_EQ(at(kHeap + 0x7000), "") << "heap that belongs to nothing";
  EXPECT_EQ(at(Addr(16)), "");
}

TEST_F(Describe, stack_words_of_live_frames) {
  stand_in_goexit0();
  const Addr g0sp = kStack0 + 0x1000;
  EXPECT_EQ(at(g0sp - 16), "return address of goexit0");
  EXPECT_EQ(at(g0sp - 24), "saved BP of goexit0");
  EXPECT_EQ(at(g0sp - 25, 1), "goexit0.locked");
  EXPECT_EQ(at(g0sp - 8), "goexit0.gp");
  EXPECT_EQ(at(g0sp - 64), "g0.stack hi-4160");
}

TEST_F(Describe, frames_of_a_parked_g_hang_on_its_gobuf) {
  stand_in_goexit0();
  EXPECT_EQ(at(kStack2 + 2048 - 40), "return address of goexit1");
  EXPECT_EQ(at(kStack2 + 2048 - 48), "saved BP of goexit1");
  poke(state, g2("atomicstatus"), 6, 4);
  EXPECT_EQ(at(kStack2 + 2048 - 40), "g2.stack hi-40") << "a dead g has no live frame";
}

TEST_F(Describe, meanings_of_values) {
  EXPECT_EQ(means(kG2), "g2");
  EXPECT_EQ(means(g2("sched")), "&g2.sched");
  EXPECT_EQ(means(g2("sched.pc")), "&g2.sched.pc");
  EXPECT_EQ(means(field(*guest, kM0, "m", "tls") + 8), "&m0.tls[1]");
  EXPECT_EQ(means(kSched), "&sched");
  EXPECT_EQ(means(Addr(kGoexit + 1)), "runtime.goexit+0x1");
  EXPECT_EQ(means(kGoexit0F), "goexit0·f");
  EXPECT_EQ(means(kAllgs), "&runtime.allgs");
  EXPECT_EQ(means(kStack2 + 2048 - 40), "in g2's stack, hi-40");
  EXPECT_EQ(means(kStack2 + 2048), "top of g2's stack");
  EXPECT_EQ(means(kStack2), "top of g1's stack, bottom of g2's stack");
  EXPECT_EQ(means(kStack1), "bottom of g1's stack");
  EXPECT_EQ(means(Addr(0)), "");
  EXPECT_EQ(means(Addr(42)), "");
}

TEST_F(Describe, paths_lead_to_fields) {
  EXPECT_EQ(find("g2.sched.sp")->addr, g2("sched.sp"));
  EXPECT_EQ(find("g2.atomicstatus")->size, 4U);
  EXPECT_EQ(find("g2.stack.lo")->addr, kG2);
  EXPECT_EQ(find("p0.runq[3]")->addr, field(*guest, kP0, "p", "runq") + 24);
  EXPECT_EQ(find("p0.runq[3]")->type, "guintptr");
  EXPECT_EQ(find("m0.tls[0]")->size, 8U);
  EXPECT_EQ(find("p0.gFree.head")->addr, find("p0.gFree.gList.head")->addr);
  EXPECT_EQ(find("sched.gFree.noStack.head")->addr, field(*guest, kSched, "schedt", "gFree.noStack.head"));
  EXPECT_EQ(find("runtime.sched.lock.key")->addr, field(*guest, kSched, "schedt", "lock.key"));
}

TEST_F(Describe, paths_follow_pointers) {
  EXPECT_EQ(find("m0.g0")->addr, kM0) << "the field itself";
  EXPECT_EQ(find("m0.g0.sched.sp")->addr, field(*guest, kG0, "g", "sched.sp"));
  EXPECT_EQ(find("g0.sched.sp")->addr, field(*guest, kG0, "g", "sched.sp"));
  EXPECT_EQ(find("m0.curg.m.p.schedtick")->addr, field(*guest, kP0, "p", "schedtick"));
  EXPECT_FALSE(find("g1.m.p")) << "g1.m is nil";
}

TEST_F(Describe, paths_lead_to_data_and_frame_variables) {
  EXPECT_EQ(find("runtime.allgs.len")->addr, kAllgs + 8);
  EXPECT_EQ(find("runtime.allgs.ptr")->type, "**g");
  EXPECT_EQ(find("runtime.allgs.cap")->addr, kAllgs + 16);
  EXPECT_EQ(find("0xc000000010")->addr, kHeap + 16);
  EXPECT_EQ(find("allgs[1].goid")->addr, field(*guest, kG2, "g", "goid"));
  EXPECT_FALSE(find("allgs[2]")) << "beyond its length";
  EXPECT_FALSE(find("goexit0.locked")) << "no such frame is live";
  stand_in_goexit0();
  EXPECT_EQ(find("goexit0.locked")->addr, kStack0 + 0x1000 - 25);
  EXPECT_EQ(find("goexit0.locked")->size, 1U);
  EXPECT_EQ(find("goexit0.gp.goid")->addr, field(*guest, kG2, "g", "goid"));
}

TEST_F(Describe, wrong_paths_lead_nowhere) {
  for (const char* path : {"",
                           ".",
                           "g9.goid",
                           "g2.",
                           "g2.nope",
                           "g2.sched.",
                           "p0.runq[256]",
                           "p0.runq[",
                           "p0.runq[x]",
                           "p0.runq[-1]",
                           "p0.runq[99999999999999999999]",
                           "m0.tls[0][0]",
                           "g2[0]",
                           "g2.goid.x",
                           "g2x",
                           "runtime.allgs[0",
                           "runtime.allgs]",
                           "runtime.allgs.lex",
                           "p0.runq[123456789]",
                           "0x401000",
                           "0xc000000003",
                           "0x",
                           "goexit0x",
                           "sched.sched",
                           "g2..goid",
                           "runtime."}) {
    EXPECT_FALSE(find(path)) << path;
  }
  EXPECT_FALSE(find(std::string(100000, '.')));
}

TEST_F(Describe, a_name_leads_back_to_its_address) {
  for (const char* s : {"g2", "m0", "p0", "sched", "g0"}) {
    const auto whole = find(s);
    ASSERT_TRUE(whole) << s;
    for (std::uint32_t i = 0; i < whole->size; ++i) {
      const std::string name = at(whole->addr + i, 1);
      if (name.find('+') != std::string::npos) continue;
      const auto found = find(name);
      ASSERT_TRUE(found) << name;
      EXPECT_EQ(found->addr, whole->addr + i) << name;
    }
  }
}

TEST_F(Describe, corrupted_guests_neither_hang_nor_crash) {
  poke(state, kAllgs + 8, ~std::uint64_t{0});
  poke(state, kAllp + 8, ~std::uint64_t{0});
  poke(state, field(*guest, kM0, "m", "alllink"), kM0.value());  // a list that bites its tail
  EXPECT_EQ(at(g2("goid")), "g2.goid");
  poke(state, kAllgs, 1);
  poke(state, kAllp, ~std::uint64_t{0} - 3);
  poke(state, kAllm, ~std::uint64_t{0} - 7);
  EXPECT_EQ(at(field(*guest, kM0, "m", "curg")), "m0.curg");
  set_reg(state, Reg::rsp, ~std::uint64_t{0});
  set_reg(state, Reg::rip, ~std::uint64_t{0});
  poke(state, field(*guest, kG0, "g", "stack.lo"), ~std::uint64_t{0});
  EXPECT_EQ(at(Addr(~std::uint64_t{0})), "");
  EXPECT_EQ(at(kStack2), "");
  EXPECT_EQ(means(Addr(~std::uint64_t{0})), "");
}

TEST_F(Describe, frames_end_at_goexit) {
  const Addr hi = kStack2 + 2048;
  poke(state, hi - 40, kGoexit + 6);
  set_reg(state, Reg::rip, kGoexit1 + 0x10);
  set_reg(state, Reg::rsp, (hi - 88).value());
  const auto found = frames(*guest, state, 0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].function->name, "runtime.goexit1");
  EXPECT_EQ(found[0].top, hi - 40);
  EXPECT_EQ(found[1].function->name, "runtime.goexit");
}

TEST_F(Describe, frames_end_at_mcall_once_it_has_switched_stacks) {
  stand_in_goexit0();
  const auto found = frames(*guest, state, 0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].function->name, "runtime.goexit0");
  EXPECT_EQ(found[1].function->name, "runtime.mcall");
  EXPECT_TRUE(found[1].left_stack);
}

TEST_F(Describe, mcall_has_callers_before_it_switches) {
  const Addr hi = kStack2 + 2048;
  poke(state, hi - 40, kGoexit + 6);
  poke(state, hi - 96, kGoexit1 + 0x36);
  set_reg(state, Reg::rip, kMcall + 0x4e);
  set_reg(state, Reg::rsp, (hi - 96).value());
  EXPECT_EQ(frames(*guest, state, 0).size(), 3U);
}

TEST_F(Describe, gogo_has_no_callers_after_it_switches) {
  set_reg(state, Reg::rip, kGogo + 0x26);
  const auto found = frames(*guest, state, 0);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].left_stack);
}

TEST_F(Describe, endless_recursion_is_cut) {
  const Addr hi = kStack2 + 2048;
  for (Addr a = kStack2; a < hi; a = a + 8) poke(state, a, kGoexit1 + 2);
  set_reg(state, Reg::rip, kGoexit1);
  set_reg(state, Reg::rsp, (kStack2 + 8).value());
  EXPECT_EQ(frames(*guest, state, 0).size(), 100U);
}

TEST_F(Describe, an_empty_stack_still_holds_its_sp) {
  const Entities entities(*guest, state);
  const Addr hi = kStack2 + 2048;
  EXPECT_EQ(stack_with_sp(guest->release->layout, state, entities, hi)->owner->name, "g2");
  EXPECT_FALSE(stack_with_word(stacks(guest->release->layout, state, entities), hi));
  EXPECT_EQ(stack_with_sp(guest->release->layout, state, entities, kStack2)->owner->name, "g1")
      << "g1's top is g2's lo";
}

TEST_F(Describe, a_word_of_data_is_found_by_its_address_and_nothing_else_is) {
  const std::string address = "0x" + hex(kStack2.value() + 8);
  const auto word = find_field(*guest, state, address);
  ASSERT_TRUE(word.has_value()) << address;
  EXPECT_EQ(word->addr, kStack2 + 8);
  EXPECT_EQ(word->size, 8U);
  EXPECT_FALSE(find_field(*guest, state, "0x" + hex(kStack2.value() + 9))) << "half a word";
  EXPECT_FALSE(find_field(*guest, state, "0x" + hex(kGogo))) << "text";
  for (const char* nonsense : {"0x", "0x10", "0xzz", "0xc000010008junk", "0x1c0000100080000000"}) {
    EXPECT_FALSE(find_field(*guest, state, nonsense)) << nonsense;
  }
}

}  // namespace
}  // namespace gogoscope
