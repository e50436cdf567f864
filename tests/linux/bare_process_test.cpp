#include "tests/linux/bare_process.h"

#include <gtest/gtest.h>

#include <cstring>

#include "emu/guest/thread_table.h"
#include "emu/guest/vsyscall_page.h"
#include "emu/linux/absent.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kMmap = 9, kMprotect = 10, kMunmap = 11, kMadvise = 28, kNanosleep = 35, kClone = 56,
                        kExit = 60, kFutex = 202, kTgkill = 234, kEventfd = 290, kEpollCreate = 291,
                        kEpollCtl = 233, kEpollWait = 232, kClockGettime = 228, kRead = 0, kWrite = 1;
constexpr std::uint64_t kPrivateAnonymous = 0x22, kFixed = 0x10, kReadWrite = 3;
constexpr std::uint64_t kPage = 4096, kSomewhere = 0xc000100000;

/// MOVQ RAX, at(RBX) and back, where RBX holds an address.
BareProcess& store(BareProcess& p, std::uint64_t at, std::uint64_t value) {
  return p.set(Reg::rbx, at).set(Reg::rax, value).bytes({0x48, 0x89, 0x03});
}
BareProcess& load(BareProcess& p, std::uint64_t at) { return p.set(Reg::rbx, at).bytes({0x48, 0x8b, 0x03}); }

TEST(Services, say_the_same_of_the_cpu_on_every_host) {
  BareProcess p;
  p.set(Reg::rax, 1).bytes({0x0f, 0xa2}).run();
  constexpr std::uint64_t kSse2 = std::uint64_t{1} << 26;
  EXPECT_NE(p.reg(Reg::rdx) & kSse2, 0U);
  EXPECT_EQ(p.reg(Reg::rcx), 0U) << "SSE3, SSSE3, SSE4, POPCNT, AES, AVX, XSAVE, RDRAND";
  BareProcess q;
  q.set(Reg::rax, 0).bytes({0x0f, 0xa2}).run();
  EXPECT_EQ(q.reg(Reg::rax), 1U);
  EXPECT_EQ(q.reg(Reg::rbx), 0x756e6547U) << "Genu";
}

TEST(Services, tell_the_time_of_the_kernels_clock) {
  BareProcess p;
  p.bytes({0x0f, 0x31}).bytes({0x48, 0x89, 0xc6}).bytes({0x0f, 0x31}).run();  // RDTSC; MOV RSI, RAX; RDTSC
  EXPECT_EQ(p.reg(Reg::rax) - p.reg(Reg::rsi), 2 * kNsPerStep);
}

TEST(Services, leave_in_rcx_and_r11_what_the_hardware_leaves) {
  BareProcess p;
  p.call(39).run();
  EXPECT_EQ(p.answer(), 1);
  EXPECT_EQ(p.reg(Reg::rcx), p.reg(Reg::rip));
  EXPECT_EQ(p.reg(Reg::r11), p.reg(Reg::rflags));
}

TEST(Kernel, answers_enosys_to_what_is_not_there_and_notes_it) {
  BareProcess p;
  const Image& last = p.call(999).call(41).call(41).run();
  EXPECT_EQ(p.answer(), -38);
  const auto absent = os::absent(p.guest(), last);
  ASSERT_EQ(absent.size(), 2U);
  EXPECT_EQ(absent[0].name, "system call 999");
  EXPECT_EQ(absent[1].name, "socket");
  EXPECT_EQ(absent[1].times, 2U);
}

TEST(Memory, is_where_it_was_asked_for_and_zero) {
  BareProcess p;
  p.call(kMmap, {kSomewhere, 1, kReadWrite, kPrivateAnonymous, ~0ULL, 0}).bytes({0x48, 0x89, 0xc6});
  load(p, kSomewhere + kPage - 8).run();
  EXPECT_EQ(p.reg(Reg::rsi), kSomewhere);
  EXPECT_EQ(p.answer(), 0);
}

TEST(Memory, that_is_only_reserved_cannot_be_used) {
  BareProcess p;
  p.call(kMmap, {kSomewhere, kPage, 0, kPrivateAnonymous, ~0ULL, 0});
  load(p, kSomewhere).run();
  EXPECT_EQ(p.trace().end()->detail.en, "read of unmapped memory at 0xc000100000");
}

TEST(Memory, that_lost_a_right_keeps_its_bytes_and_faults_where_it_is_used) {
  BareProcess p;
  p.call(kMmap, {kSomewhere, 4 * kPage, kReadWrite, kPrivateAnonymous, ~0ULL, 0});
  store(p, kSomewhere + kPage, 0x1234);
  p.call(kMprotect, {kSomewhere + kPage, kPage, 1});
  load(p, kSomewhere + kPage).bytes({0x48, 0x89, 0xc6});
  store(p, kSomewhere + 2 * kPage, 1);
  store(p, kSomewhere + kPage, 1).run();
  EXPECT_EQ(p.reg(Reg::rsi), 0x1234U);
  EXPECT_EQ(p.trace().end()->detail.en, "write to read-only memory at 0xc000101000");
  EXPECT_EQ(p.machine().engine_state().hash(), [&] {
    Cursor cursor(p.trace());
    cursor.seek(p.trace().steps());
    return cursor.state().hash();
  }());
}

TEST(Memory, that_came_back_is_zero) {
  for (const bool unmapped : {true, false}) {
    BareProcess p;
    p.call(kMmap, {kSomewhere, 2 * kPage, kReadWrite, kPrivateAnonymous, ~0ULL, 0});
    store(p, kSomewhere + kPage, 0x1234);
    if (unmapped) {
      p.call(kMunmap, {kSomewhere + kPage, kPage});
      p.call(kMmap, {kSomewhere + kPage, kPage, kReadWrite, kPrivateAnonymous | kFixed, ~0ULL, 0});
    } else {
      p.call(kMadvise, {kSomewhere, 2 * kPage, 4});
    }
    load(p, kSomewhere + kPage).run();
    EXPECT_EQ(p.answer(), 0) << unmapped;
    EXPECT_EQ(p.trace().end()->detail.en, "breakpoint trap (INT $3)") << unmapped;
  }
}

TEST(Memory, of_many_pieces_is_still_what_was_asked_for) {
  BareProcess p;
  constexpr std::uint64_t kPieces = 200;
  for (std::uint64_t i = 0; i < kPieces; ++i) {
    const std::uint64_t at = kSomewhere + 2 * i * kPage;
    p.call(kMmap, {at, kPage, kReadWrite, kPrivateAnonymous | kFixed, ~0ULL, 0});
    store(p, at, i);
  }
  load(p, kSomewhere + 2 * 137 * kPage).bytes({0x48, 0x89, 0xc6});
  load(p, kSomewhere + kPage).run(20'000);
  EXPECT_EQ(p.reg(Reg::rsi), 137U);
  EXPECT_EQ(p.trace().end()->detail.en, "read of unmapped memory at 0xc000101000");
}

TEST(Memory, is_refused_where_there_is_none) {
  const auto answer = [](std::initializer_list<std::uint64_t> arguments) {
    BareProcess p;
    p.call(kMmap, arguments).run();
    return p.answer();
  };
  EXPECT_EQ(answer({0, 1ULL << 40, kReadWrite, kPrivateAnonymous, ~0ULL, 0}), -12);
  EXPECT_EQ(answer({0, ~0ULL, kReadWrite, kPrivateAnonymous, ~0ULL, 0}), -12);
  EXPECT_EQ(answer({0, 0, kReadWrite, kPrivateAnonymous, ~0ULL, 0}), -22);
  EXPECT_EQ(answer({0, kPage, 7, kPrivateAnonymous, ~0ULL, 0}), -13) << "that can be executed";
  EXPECT_EQ(answer({0x10000, kPage, 3, kPrivateAnonymous | kFixed, ~0ULL, 0}), -12);
  EXPECT_EQ(answer({0, kPage, 3, 2, 1, 0}), -19) << "of a file";
}

TEST(Memory, of_the_text_stays_as_the_file_has_it) {
  BareProcess p;
  p.call(kMprotect, {BareProcess::kText, kPage, 7}).run();
  EXPECT_EQ(p.answer(), -13);
  BareProcess q;
  store(q, BareProcess::kText, 0).run();
  EXPECT_EQ(q.trace().end()->reason, StopReason::fault);
}

TEST(Kernel, takes_no_address_that_the_process_may_not_use_itself) {
  constexpr std::uint64_t kKernel = 0xffff888000000000, kFault = 14;
  for (const std::uint64_t at :
       {std::uint64_t{0}, kKernel, BareProcess::kText, std::uint64_t{0xc000000000}, ~std::uint64_t{0} - 3}) {
    BareProcess p;
    p.call(kClockGettime, {1, at}).run();
    EXPECT_EQ(p.answer(), -static_cast<std::int64_t>(kFault)) << at;
  }
  BareProcess q;
  q.call(kWrite, {1, kKernel, 8}).run();
  EXPECT_EQ(q.answer(), -static_cast<std::int64_t>(kFault));
}

TEST(Kernel, looks_up_relative_paths_from_the_working_directory_alone) {
  constexpr std::uint64_t kOpenat = 257, kNewfstatat = 262, kHere = static_cast<std::uint64_t>(-100);
  constexpr std::uint64_t kName = BareProcess::kData, kStat = BareProcess::kData + 1024;
  const auto answer = [](std::uint64_t call, std::uint64_t folder, const char* path) {
    std::uint64_t words[2] = {};
    std::strncpy(reinterpret_cast<char*>(words), path, sizeof words - 1);
    BareProcess p;
    p.put(kName, words[0]).put(kName + 8, words[1]);
    p.call(call, {folder, kName, call == kNewfstatat ? kStat : 0, 0}).run();
    return p.answer();
  };
  EXPECT_EQ(answer(kOpenat, kHere, "dev/null"), 3);
  EXPECT_EQ(answer(kOpenat, 0xffffffff00000000 | kHere, "dev/null"), 3) << "an int";
  EXPECT_EQ(answer(kOpenat, 1, "dev/null"), -20) << "no folder";
  EXPECT_EQ(answer(kOpenat, 12345, "dev/null"), -9);
  EXPECT_EQ(answer(kOpenat, ~std::uint64_t{0}, "dev/null"), -9);
  EXPECT_EQ(answer(kOpenat, 12345, "/dev/null"), 3);
  EXPECT_EQ(answer(kOpenat, 12345, ""), -2);
  EXPECT_EQ(answer(kNewfstatat, 1, "dev/null"), -20);
  EXPECT_EQ(answer(kNewfstatat, 12345, "dev/null"), -9);
  EXPECT_EQ(answer(kNewfstatat, kHere, "dev/null"), 0);
}

TEST(Threads, begin_behind_the_call_on_their_own_stack) {
  constexpr std::uint64_t kFlags = 0x50f00, kStack = BareProcess::kData + 2048;
  BareProcess p;
  p.call(kClone, {kFlags, kStack});
  p.bytes({0x85, 0xc0, 0x75, 0x0e});  // TESTL AX, AX; JNE over the 14 bytes of the new thread
  p.bytes({0x48, 0x89, 0x24, 0x25, 0x00, 0x00, 0x50, 0x00});  // MOVQ SP, kData
  p.bytes({0xb0, kExit, 0x31, 0xff, 0x0f, 0x05});             // exit(0)
  p.bytes({0x48, 0x89, 0xc6});                                // MOVQ AX, SI
  p.call(24);                                                 // sched_yield
  const Image& last = p.run();
  EXPECT_EQ(p.reg(Reg::rsi), 2U);
  EXPECT_EQ(last.load(Addr(BareProcess::kData)), kStack);
  EXPECT_EQ(ThreadTable::of(p.guest())->row(last, 1).state, ThreadState::exited);
}

TEST(Threads, are_at_most_as_many_as_there_is_room_for) {
  BareProcess p;
  p.set(Reg::rdi, 0x50f00).set(Reg::rsi, BareProcess::kData + 2048).set(Reg::rbx, 0);
  p.bytes({0xb8, kClone, 0, 0, 0, 0x0f, 0x05});   // clone
  p.bytes({0x85, 0xc0, 0x78, 0x0f, 0x74, 0x05});  // JS behind it all; JEQ to the new thread's part
  p.bytes({0x48, 0xff, 0xc3, 0xeb, 0xee});        // INCQ BX; JMP back to clone
  p.bytes({0x31, 0xff, 0xb0, kExit, 0x0f, 0x05, 0x90, 0x90});  // exit(0)
  p.run(50'000);
  EXPECT_EQ(p.reg(Reg::rbx), static_cast<std::uint64_t>(kMaxThreads - 1));
  EXPECT_EQ(p.answer(), -11);
}

TEST(Futex, tells_a_deadline_from_being_woken) {
  // {0 s, 1000 ns} on the stack's place: the data.
  BareProcess p;
  store(p, BareProcess::kData + 24, 1000);
  p.call(kFutex, {BareProcess::kData, 128, 0, BareProcess::kData + 16}).run();
  EXPECT_EQ(p.answer(), -110);
  BareProcess q;
  q.call(kFutex, {BareProcess::kData, 128, 1, 0}).run();
  EXPECT_EQ(q.answer(), -11) << "the word is not what was expected";
  BareProcess r;
  r.call(kFutex, {BareProcess::kData, 128, 0, 0}).run();
  EXPECT_EQ(r.trace().end()->reason, StopReason::deadlock);
}

TEST(Time, passes_at_once_where_everybody_sleeps) {
  BareProcess p;
  store(p, BareProcess::kData, 3600);
  p.call(kNanosleep, {BareProcess::kData, 0}).call(kClockGettime, {1, BareProcess::kData});
  const Image& last = p.run();
  EXPECT_EQ(last.load(Addr(BareProcess::kData)), 3601U);
  EXPECT_LT(p.trace().steps(), 100U);
}

/// CALL RAX, of what is not in the text.
BareProcess& call_to(BareProcess& p, std::uint64_t addr) { return p.set(Reg::rax, addr).bytes({0xff, 0xd0}); }

TEST(Vsyscall, tells_the_time_as_the_system_call_does_and_returns) {
  constexpr std::uint64_t kGettimeofday = 96;
  BareProcess p;
  call_to(p.set(Reg::rdi, BareProcess::kData), kVsyscallPage);
  p.set(Reg::rbx, 7).call(kGettimeofday, {BareProcess::kData + 16});
  const Image& last = p.run();
  EXPECT_EQ(p.reg(Reg::rbx), 7U) << "it has come back";
  const auto microseconds = [&](std::uint64_t at) {
    return *last.load(Addr(at)) * 1'000'000 + *last.load(Addr(at + 8));
  };
  EXPECT_GT(microseconds(BareProcess::kData), 1'257'894'000'000'000U);
  EXPECT_LE(microseconds(BareProcess::kData + 16) - microseconds(BareProcess::kData), 1U);
}

TEST(Vsyscall, that_is_not_there_answers_enosys_and_is_noted) {
  BareProcess p;
  const Image& last = call_to(p, kVsyscallPage + 0x400).run();
  EXPECT_EQ(p.answer(), -38);
  const auto absent = os::absent(p.guest(), last);
  ASSERT_EQ(absent.size(), 1U);
  EXPECT_EQ(absent[0].name, "system call 201");
}

TEST(Vsyscall, is_at_the_start_of_its_entry_only) {
  BareProcess p;
  call_to(p, kVsyscallPage + 1).run();
  EXPECT_EQ(p.trace().end()->reason, StopReason::fault);
}

TEST(Signals, that_end_a_process_end_it) {
  BareProcess p;
  p.call(kTgkill, {1, 1, 6}).run();
  EXPECT_EQ(p.trace().end()->reason, StopReason::exit);
  EXPECT_EQ(p.trace().end()->detail.en, "killed by SIGABRT");
  EXPECT_EQ(p.trace().end()->exit_code, 134);
}

TEST(Polls, wait_for_what_is_written_or_for_a_time) {
  // struct epoll_event, packed: EPOLLIN, data 77.
  const auto prepare = [](BareProcess& p) {
    p.call(kEventfd, {0, 0x800}).call(kEpollCreate, {0});
    store(p, BareProcess::kData, 1 | std::uint64_t{77} << 32);
    p.call(kEpollCtl, {4, 1, 3, BareProcess::kData});
  };
  BareProcess idle;
  prepare(idle);
  idle.call(kEpollWait, {4, BareProcess::kData + 64, 8, 5}).run();
  EXPECT_EQ(idle.answer(), 0);
  BareProcess told;
  prepare(told);
  store(told, BareProcess::kData + 32, 1);
  told.call(kWrite, {3, BareProcess::kData + 32, 8}).call(kEpollWait, {4, BareProcess::kData + 64, 8, ~0ULL});
  const Image& last = told.run();
  EXPECT_EQ(told.answer(), 1);
  EXPECT_EQ(last.load(Addr(BareProcess::kData + 64), 4), 1U);
  EXPECT_EQ(last.load(Addr(BareProcess::kData + 68), 4), 77U);
  BareProcess read;
  prepare(read);
  read.call(kRead, {3, BareProcess::kData, 8}).run();
  EXPECT_EQ(read.answer(), -11);
}

}  // namespace
}  // namespace gogoscope
