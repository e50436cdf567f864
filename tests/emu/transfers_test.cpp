// What moves between registers and gobufs while mcall saves one and gogo loads one.
#include "emu/session/transfers.h"

#include "emu/layout/describe.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

using Lines = std::vector<std::string>;

/// "rsp <- g2.sched.sp", with the values checked against the record.
Lines told(Session& session) {
  const Names names(session.guest(), session.cursor().state());
  Lines out;
  Cursor cursor(session.trace());
  const std::uint64_t hash = session.cursor().state().hash(), position = session.cursor().position();
  const std::vector<Transfer> found = session.transfers();
  EXPECT_EQ(session.cursor().position(), position);
  EXPECT_EQ(session.cursor().state().hash(), hash) << "the cursor is where it was";
  EXPECT_EQ(transfers(session.cursor()).size(), found.size()) << "a copy of the cursor finds the same";
  for (const Transfer& transfer : found) {
    const std::string reg(name(transfer.reg));
    const std::string field = names.describe(transfer.addr, transfer.size);
    out.push_back(transfer.to_memory ? reg + " -> " + field : reg + " <- " + field);
    cursor.seek(transfer.step + 1);
    EXPECT_EQ(cursor.state().load_or_zero(transfer.addr, transfer.size), transfer.value) << out.back();
    EXPECT_EQ(cursor.state().reg(transfer.reg), transfer.value) << out.back();
    EXPECT_EQ(cursor.last().kind, StepKind::instruction);
  }
  return out;
}

std::unique_ptr<Session> worker_at(const std::string& where) {
  auto session = worker("");
  EXPECT_TRUE(execute(*session, CommandId::run_to, where).ok());
  return session;
}

TEST(Transfers, of_mcall_save_pc_sp_g_and_bp_and_load_sp_of_g0) {
  auto session = worker_at("runtime.goexit1");
  ASSERT_TRUE(execute(*session, CommandId::run_to, "runtime.goexit0").ok());
  EXPECT_EQ(told(*session), (Lines{"rbx -> g2.sched.pc", "rbx -> g2.sched.sp", "rax -> g2.sched.g",
                                   "rbp -> g2.sched.bp", "rbx <- g2.m", "rsp <- g0.sched.sp"}));
}

TEST(Transfers, of_gogo_load_all_that_a_gobuf_holds) {
  // At the JMP, and just after it.
  auto session = worker_at("runtime.gogo+0x55#2");
  const Lines all = {"rdx <- g2.sched.g",   "rcx <- g2.stack.lo",   "rsp <- g2.sched.sp",
                     "rax <- g2.sched.ret", "rdx <- g2.sched.ctxt", "rbp <- g2.sched.bp",
                     "rbx <- g2.sched.pc"};
  Lines seen;
  const Names names(session->guest(), session->cursor().state());
  for (const Transfer& transfer : session->transfers()) {
    seen.push_back(std::string(name(transfer.reg)) + " <- " + names.describe(transfer.addr, transfer.size));
    EXPECT_FALSE(transfer.to_memory);
    EXPECT_EQ(transfer.size, 8U);
  }
  EXPECT_EQ(seen, all);
  EXPECT_EQ(session->transfers().back().value, session->cursor().state().reg(Reg::rbx));
  session->execute({CommandId::step});
  EXPECT_EQ(here(*session), "main.worker");
  EXPECT_EQ(session->transfers().size(), all.size());
}

TEST(Transfers, end_with_the_step_executed_last) {
  auto session = worker_at("runtime.gogo+0x23#2");
  EXPECT_EQ(told(*session), (Lines{"rdx <- g2.sched.g", "rcx <- g2.stack.lo"}));
  session->execute({CommandId::step});
  EXPECT_EQ(told(*session).back(), "rsp <- g2.sched.sp");
  const Transfer last = session->transfers().back();
  EXPECT_EQ(last.step + 1, session->cursor().position());
  EXPECT_EQ(last.reg, Reg::rsp);
  EXPECT_EQ(last.value, session->cursor().state().sp().value());
  // MOVQ $0, gobuf_sp(BX) clears the field; what was loaded from it stays in the list.
  execute(*session, CommandId::run_to, "runtime.gogo+0x39");
  EXPECT_EQ(session->transfers().at(2).value, last.value);
}

TEST(Transfers, stop_at_the_entry_of_the_activation) {
  auto session = worker_at("runtime.gogo+0x4#2");
  EXPECT_EQ(told(*session), Lines{}) << "one step of this gogo; the gogo before it is another";
}

TEST(Transfers, are_none_at_the_start_in_modelled_functions_and_in_tasks) {
  auto session = worker("\tMOVQ $5, AX");
  EXPECT_TRUE(session->transfers().empty());
  execute(*session, CommandId::run_to, "runtime.goexit0:\"gp.m = nil\"");
  session->execute({CommandId::step});
  EXPECT_TRUE(session->transfers().empty());
  execute(*session, CommandId::run_to, "main.worker#1");
  session->execute({CommandId::step});
  EXPECT_TRUE(session->transfers().empty());
}

TEST(Transfers, an_edit_ends_the_walk) {
  auto session = worker_at("runtime.gogo+0x2a#2");
  ASSERT_FALSE(session->transfers().empty());
  ASSERT_TRUE(execute(*session, CommandId::edit, "rax = 5").ok());
  EXPECT_TRUE(session->transfers().empty());
  session->execute({CommandId::step});
  EXPECT_EQ(told(*session), Lines{"rdx <- g2.sched.ctxt"});
}

}  // namespace
}  // namespace gogoscope
