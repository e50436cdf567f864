// A release that does not come with the program: its code runs, is followed, and its trace file can be read.
#include <functional>

#include "emu/layout/release.h"
#include "emu/world/world.h"
#include "tests/emu/small_guest.h"
#include "tests/other_release.h"
#include "tests/property/followed.h"

namespace gogoscope {
namespace {

using namespace tests;

std::string with_r14(std::string text) {
  // From Go 1.17 on what writes g into TLS loads R14 with it.
  static constexpr std::string_view kStore = ", g(CX)";
  for (auto at = text.find(kStore); at != std::string::npos; at = text.find(kStore, at + 1)) {
    const std::size_t comma = at;
    const std::size_t begin = text.find_last_of(" \t", comma) + 1;
    const std::string reg = text.substr(begin, comma - begin);
    text.insert(at + kStore.size(), "; MOVQ " + reg + ", R14");
  }
  return text;
}

/// The layout of Go 1.19, and what of its conventions matters here: g is in R14 as well. The code is that of
/// the lessons for 1.16, whose records of defers and panics are its own.
LessonRelease go1_19() {
  LessonRelease out = default_lesson_release();
  const Layout dwarf = dwarf_layout("1.19", "layout-1.19-dwarf.json");
  std::vector<StructLayout> structs = dwarf.structs();
  for (const char* const ours : {"_defer", "_panic"}) structs.push_back(*out.release->layout.find(ours));
  // It also needs two fields that 1.19 does not have; they lie behind all others.
  for (StructLayout& s : structs) {
    const char* const gone = s.name == "m" ? "doesPark" : s.name == "schedt" ? "sysmonStarting" : nullptr;
    if (gone == nullptr) continue;
    Field field = *out.release->layout.find(s.name, gone);
    field.offset = s.size;
    s.fields.push_back(field);
    s.size += 8;
  }
  out.release = release_of(Layout("1.19", dwarf.source(), std::move(structs)), GHome::r14);
  out.stack_check = plan9::StackCheck::G::in_r14;
  for (plan9::Source& listing : out.listings) listing.text = with_r14(std::move(listing.text));
  return out;
}

const char* const kTwoWorkers =
    "TEXT main·main(SB), $16-0\n"
    "\tGO main·worker(SB)\n\tGO main·worker(SB)\n"
    "\tCALL runtime·Gosched(SB)\n\tCALL runtime·Gosched(SB)\n\tRET\n"
    "TEXT main·worker(SB), $256-0\n\tRET\n";

Program program_of_1_19() {
  static const LessonRelease release = go1_19();
  ProgramOptions options;
  options.name = "r14";
  options.release = &release;
  options.bodies = {{"bodies", kTwoWorkers}};
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << plan9::format(wrong->front());
    return {};
  }
  return std::get<0>(built);
}

TEST(DwarfLayout, of_1_16_is_the_layout_of_1_16) {
  const Layout read = dwarf_layout("1.16", "layout-1.16.4-dwarf.json");
  const Release known = *release_named("1.16");
  EXPECT_EQ(read.flaw(), std::nullopt);
  const Offsets at(read);
  for (const OffsetField& field : kOffsetFields) {
    ASSERT_TRUE(at.*field.at) << field.in << "." << field.name;
    EXPECT_EQ((at.*field.at).offset(), (known.at.*field.at).offset()) << field.in << "." << field.name;
  }
}

TEST(AnotherRelease, runs_and_is_followed_and_its_current_g_is_in_r14) {
  const Program program = program_of_1_19();
  ASSERT_NE(program.guest, nullptr);
  const Release& release = *program.guest->release;
  EXPECT_EQ(release.layout.flaw(), std::nullopt);
  EXPECT_NE(release.at.p_runnext.offset(), release_named("1.16")->at.p_runnext.offset());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(50'000);
  ASSERT_NE(trace.end(), nullptr);
  EXPECT_EQ(trace.end()->reason, StopReason::exit) << trace.end()->detail.en;

  const std::vector<Event> events = follow(trace);
  for (const Event& e : breaks_of(events))
    ADD_FAILURE() << e.step << ": " << e.as<InvariantBreak>()->reason.en;
  std::size_t dead = 0;
  for (const Event& e : events) {
    if (const auto* status = e.as<StatusChange>())
      dead += status->from == kGrunning && status->to == kGdead ? 1 : 0;
  }
  EXPECT_EQ(dead, 2U);

  // R14 and TLS part for a step of each switch; then R14 is asked, and SP agrees with it or is about to.
  Cursor cursor(trace);
  int apart = 0, in_r14 = 0;
  do {
    const MomentView moment = moment_at(cursor, events, english_names());
    const Image& state = cursor.state();
    const CurrentG current = current_g(*program.guest, state, 0, moment.entities());
    const World world(*program.guest, state);
    if (!world.ms().empty() && world.ms().front().id == 0) {
      ASSERT_EQ(world.current_g(world.ms().front()), current.g);
    }
    if (current.home != GHome::r14) continue;
    ++in_r14;
    ASSERT_EQ(current.g.value(), state.reg(Reg::r14));
    apart += tls_g(state, 0) == current.g ? 0 : 1;
    const WhichG shown = which_g(moment);
    ASSERT_EQ(shown.home, GHome::r14);
    ASSERT_EQ(shown.answers[WhichG::kTls].place, "R14");
    ASSERT_NE(shown.verdict, WhichG::Verdict::torn) << cursor.position();
  } while (cursor.forward());
  EXPECT_GT(in_r14, 1'000);
  EXPECT_GE(apart, 4);
}

TEST(AnotherRelease, comes_with_its_trace_file) {
  const Program program = program_of_1_19();
  ASSERT_NE(program.guest, nullptr);
  ASSERT_EQ(release_named("1.19"), nullptr) << "this program must not know it";
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(3'000);
  std::ostringstream out;
  trace.save(out);
  std::istringstream in(out.str());
  auto opened = Trace::open(in);
  ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
  const Trace& read = *std::get<0>(opened);
  EXPECT_EQ(read.guest().release->name(), "1.19");
  EXPECT_EQ(read.guest().release->layout.source(), "DWARF of a Go 1.19 linux/amd64 binary");
  EXPECT_EQ(read.guest().release->g_home, GHome::r14);
  std::string here, there;
  EXPECT_EQ(follow(read, &there).size(), follow(trace, &here).size());
  EXPECT_EQ(there, here);
  std::ostringstream again;
  read.save(again);
  EXPECT_EQ(again.str(), out.str());
}

TEST(CurrentG, is_asked_of_r14_and_of_tls_where_r14_holds_no_g) {
  const auto release = release_of(release_named("1.16")->layout, GHome::r14);
  const auto guest = small_guest(release);
  Image& boot = *guest->boot;
  const auto current = [&] {
    const Entities entities(*guest, boot);
    const CurrentG found = current_g(*guest, boot, 0, entities);
    const World world(*guest, boot);
    EXPECT_EQ(world.current_g(world.ms().front()), found.g);
    EXPECT_EQ(world.g_home(world.ms().front()), found.home);
    return entities.g_name(found.g) + " in " + std::string(name(found.home));
  };
  set_reg(boot, Reg::r14, kG1.value());
  EXPECT_EQ(current(), "g1 in R14");
  set_reg(boot, Reg::r14, 0x1234);
  EXPECT_EQ(current(), "g2 in TLS");
  set_reg(boot, Reg::r14, 0);
  EXPECT_EQ(current(), "g2 in TLS");

  set_reg(boot, Reg::r14, kG1.value());
  const Trace trace(guest);
  Cursor cursor(trace);
  std::ostringstream text;
  write_state_text(text, *guest, cursor.state(), 0);
  EXPECT_NE(text.str().find("TLS g is g2, R14 g is g1"), std::string::npos) << text.str();
  const auto reports = invariants_at(cursor);
  EXPECT_EQ(reports.front().state, InvariantState::holds) << "g0 has no saved pc: the M has not started";
}

}  // namespace
}  // namespace gogoscope
