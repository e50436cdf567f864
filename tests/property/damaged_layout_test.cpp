// A trace file's layout is checked before it is believed, and one that makes no sense leads nothing out of
// the image.
#include <functional>
#include <sstream>

#include "emu/layout/release.h"
#include "tests/emu/small_guest.h"
#include "tests/other_release.h"
#include "tests/property/followed.h"

namespace gogoscope {
namespace {

using namespace tests;

std::string refusal(const std::function<void(std::vector<StructLayout>&)>& damage) {
  std::vector<StructLayout> structs = release_named("1.16")->layout.structs();
  damage(structs);
  const auto guest = small_guest();
  guest->release = release_of(Layout("1.16", "", std::move(structs)), GHome::tls);
  HandRecord record(guest);
  record.reg(Reg::rax, 1).step();
  std::ostringstream out;
  record.trace().save(out);
  std::istringstream in(out.str());
  auto opened = Trace::open(in);
  return opened.index() == 0 ? "(opened)" : std::get<1>(opened).in(Language::en);
}

TEST(DamagedLayout, is_refused_with_what_is_wrong) {
  const std::string damaged = "the trace's layout of Go 1.16 is damaged: ";
  const auto g = [](std::vector<StructLayout>& all) -> StructLayout& {
    return *std::find_if(all.begin(), all.end(), [](const StructLayout& s) { return s.name == "g"; });
  };
  EXPECT_EQ(refusal([](auto&) {}), "(opened)");
  EXPECT_EQ(refusal([&](auto& all) { g(all).fields[3].offset = 376; }),
            damaged + "g." + release_named("1.16")->layout.find("g")->fields[3].name +
                " reaches beyond the end of its struct");
  EXPECT_EQ(refusal([&](auto& all) { g(all).fields[3].offset = 0xffffffff; }),
            damaged + "g." + release_named("1.16")->layout.find("g")->fields[3].name +
                " reaches beyond the end of its struct");
  EXPECT_EQ(refusal([&](auto& all) { g(all).size = 1 << 20; }), damaged + "struct g has 1048576 bytes");
  EXPECT_EQ(refusal([&](auto& all) { all.push_back(g(all)); }), damaged + "struct g comes twice");
  EXPECT_EQ(refusal([&](auto& all) { g(all).fields.push_back(g(all).fields.front()); }),
            damaged + "g.stack comes twice");
  EXPECT_EQ(refusal([&](auto& all) { g(all).fields[3].name = "a\xff"; }),
            damaged + "'a\uFFFD' is not a name");
  EXPECT_EQ(refusal([&](auto& all) { g(all).fields[3].type = "\x1b[2J"; }),
            damaged + "'\uFFFD[2J' is not a name");
  EXPECT_EQ(refusal([&](auto& all) { all.resize(300); }), damaged + "it has 300 structs");
}

TEST(DamagedLayout, that_makes_no_sense_is_followed_within_the_image) {
  // Fields at random places of their structs, at sizes that they do not have.
  std::uint64_t random = 7;
  const Program program = program_of(scenario("02-two-exits.yaml"));
  const auto next = [&random](std::uint32_t below) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>((random >> 33) % below);
  };
  for (int i = 0; i < 25; ++i) {
    std::vector<StructLayout> structs = release_named("1.16")->layout.structs();
    for (StructLayout& s : structs) {
      s.size = next(8) == 0 ? next(64) * 8 + 8 : s.size;
      for (Field& f : s.fields) {
        f.size = std::min(f.size, s.size);
        if (next(4) == 0) f.offset = next(s.size - f.size + 1);
        f.offset = std::min(f.offset, s.size - f.size);
      }
    }
    Layout layout("1.16", "", std::move(structs));
    ASSERT_EQ(layout.flaw(), std::nullopt);
    follow(*recorded_under(program, release_of(std::move(layout), GHome::r14), 1'500));
  }
}

}  // namespace
}  // namespace gogoscope
