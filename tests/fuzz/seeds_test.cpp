// The seeds that no hand has written are what the program writes today: a seed of an older format would be
// refused at its first bytes, and the fuzz target would see nothing. GOGOSCOPE_UPDATE_SEEDS=1 writes them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "emu/elf/binary_bytes.h"
#include "emu/history/trace_file.h"
#include "tests/elf/small_binary.h"
#include "tests/emu/small_guest.h"

namespace gogoscope {
namespace {

using namespace tests;

/// The release with the structs that a traceback and the queues need: what is left out makes the file
/// smaller.
std::shared_ptr<const Release> small_release() {
  const auto whole = release_named("1.16");
  std::vector<StructLayout> structs;
  for (const StructLayout& s : whole->layout.structs()) {
    if (s.name == "g" || s.name == "m" || s.name == "p" || s.name == "schedt") structs.push_back(s);
  }
  return std::make_shared<const Release>(Layout("1.16", "a part of it", std::move(structs)), whole->g_home,
                                         whole->g_transitions, whole->p_transitions);
}

/// g2 parks and runs again, an edit, a turn, and an exit.
std::string small_record(std::shared_ptr<const Release> release) {
  const auto guest = small_guest(std::move(release));
  HandRecord r(guest);
  const Addr status = field(*guest, kG2, "g", "atomicstatus");
  r.reg(Reg::rip, kMcall).reg(Reg::rsp, kStack2.value() + 2000).step();
  r.store(status, 4, 4).step();
  r.store(field(*guest, kM0, "m", "curg"), 0).store(field(*guest, kM0, "m", "tls"), kG0.value()).step();
  r.reg(Reg::rsp, kStack0.value() + kStack0Size - 64).step();
  r.store(status, 1, 4).store(field(*guest, kP0, "p", "runnext"), kG2.value()).step();
  r.pen().mark_edit();
  r.store(status, 2, 4).store(field(*guest, kP0, "p", "runnext"), 0).reg(Reg::rip, kGogo + 0x23).step();
  r.reg(Reg::rsp, kStack2.value() + 2000).step();
  r.stop({StopReason::exit, {"exit 3", "退出码 3"}, 3});
  std::ostringstream out;
  r.trace().save(out);
  return out.str().substr(kTraceMagic.size() + 16);
}

void expect_seed(const std::string& name, const std::string& bytes) {
  const std::string path = GOGOSCOPE_TESTS "/corpus/" + name;
  if (std::getenv("GOGOSCOPE_UPDATE_SEEDS") != nullptr) std::ofstream(path, std::ios::binary) << bytes;
  std::ifstream file(path, std::ios::binary);
  const std::string seed{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(seed == bytes) << name << " is not what is written today: run with GOGOSCOPE_UPDATE_SEEDS=1";
}

TEST(FuzzSeeds, are_records_as_they_are_written_today) {
  expect_seed("trace_file/small-record", small_record(small_release()));
}

TEST(FuzzSeeds, are_programs_as_they_are_written_today) {
  expect_seed("binary_bytes/small-binary", binary_bytes(small_binary()));
}

}  // namespace
}  // namespace gogoscope
