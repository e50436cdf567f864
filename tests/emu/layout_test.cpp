#include "emu/layout/layout.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "emu/layout/views.h"
#include "tests/emu/small_guest.h"

namespace gogoscope {
namespace {

using tests::kG2;
using tests::kP0;

const Layout& go1_16() { return release_named("1.16")->layout; }

nlohmann::json dwarf() {
  std::ifstream file(GOGOSCOPE_TESTS "/data/layout-1.16.4-dwarf.json");
  return nlohmann::json::parse(file);
}

void expect_field(const StructLayout& s, const std::string& name, const nlohmann::json& f) {
  const Field* ours = s.find(name);
  ASSERT_NE(ours, nullptr) << s.name << "." << name;
  EXPECT_EQ(ours->offset, f["Off"].get<std::uint32_t>()) << s.name << "." << name;
  EXPECT_EQ(ours->size, f["Size"].get<std::uint32_t>()) << s.name << "." << name;
}

TEST(Layout, every_field_of_the_dwarf_has_its_offset_and_size) {
  const auto structs = dwarf();
  ASSERT_EQ(structs.size(), 8U);
  int fields = 0;
  for (const auto& theirs : structs) {
    const StructLayout* s = go1_16().find(theirs["Name"].get<std::string>());
    ASSERT_NE(s, nullptr) << theirs["Name"];
    EXPECT_EQ(s->size, theirs["Size"].get<std::uint32_t>()) << s->name;
    for (const auto& f : theirs["Fields"]) {
      ++fields;
      expect_field(*s, f["Name"], f);
      for (const auto& inner : f.value("Sub", nlohmann::json::array())) {
        const std::string part = inner["Name"] == "str" ? "ptr" : inner["Name"].get<std::string>();
        expect_field(*s, f["Name"].get<std::string>() + "." + part, inner);
      }
    }
  }
  EXPECT_EQ(fields, 206);
}

TEST(Layout, has_no_field_that_the_dwarf_does_not_have) {
  for (const auto& theirs : dwarf()) {
    for (const Field& f : go1_16().find(theirs["Name"].get<std::string>())->fields) {
      if (f.name.find('.') != std::string::npos) continue;
      bool known = false;
      for (const auto& d : theirs["Fields"]) known = known || d["Name"] == f.name;
      EXPECT_TRUE(known) << f.name;
    }
  }
}

TEST(Layout, fields_come_in_order_and_inner_ones_lie_within_their_struct) {
  for (const StructLayout& s : go1_16().structs()) {
    std::uint32_t last = 0;
    for (const Field& f : s.fields) {
      EXPECT_GE(f.offset, last) << s.name << "." << f.name;
      EXPECT_LE(f.offset + f.size, s.size) << s.name << "." << f.name;
      last = f.offset;
      const auto dot = f.name.rfind('.');
      if (dot == std::string::npos) continue;
      const Field* outer = s.find(f.name.substr(0, dot));
      ASSERT_NE(outer, nullptr) << f.name;
      EXPECT_FALSE(outer->leaf) << outer->name;
      EXPECT_GE(f.offset, outer->offset);
      EXPECT_LE(f.offset + f.size, outer->offset + outer->size);
    }
  }
}

TEST(Layout, nested_gobuf_agrees_with_gobuf) {
  for (const Field& f : go1_16().find("gobuf")->fields) {
    EXPECT_EQ(go1_16().find("g", "sched." + f.name)->offset, go1_16().find("g", "sched")->offset + f.offset);
    EXPECT_EQ(go1_16().find("m", "morebuf." + f.name)->offset,
              go1_16().find("m", "morebuf")->offset + f.offset);
  }
}

TEST(Layout, leaf_sizes_agree_with_their_types) {
  for (const StructLayout& s : go1_16().structs()) {
    for (const Field& f : s.fields) {
      const auto size = type_size(go1_16(), f.type);
      if (!size) continue;
      EXPECT_EQ(*size, f.size) << s.name << "." << f.name << " " << f.type;
    }
  }
}

TEST(Layout, embedded_names_may_be_left_out) {
  EXPECT_EQ(go1_16().find("p", "gFree.head")->name, "gFree.gList.head");
  EXPECT_EQ(go1_16().find("g")->find("lo"), nullptr) << "g.stack is a named field, not an embedded one";
}

TEST(Layout, at_finds_the_innermost_field_and_no_padding) {
  const StructLayout& g = *go1_16().find("g");
  EXPECT_EQ(g.at(0x38)->name, "sched.sp");
  EXPECT_EQ(g.at(0x6f)->name, "sched.bp");
  EXPECT_EQ(g.at(188), nullptr) << "padding after sysblocktraced";
  EXPECT_EQ(g.at(376), nullptr);
  EXPECT_EQ(go1_16().find("schedt")->at(0x18)->name, "lock.key");
}

TEST(Release, only_known_ones_come_with_the_program) {
  EXPECT_EQ(release_named("1.17"), nullptr);
  for (const auto name : release_names()) {
    ASSERT_NE(release_named(name), nullptr);
    EXPECT_EQ(release_named(name)->name(), name);
    EXPECT_EQ(release_named(name)->layout.flaw(), std::nullopt);
    for (const OffsetField& field : kOffsetFields) {
      EXPECT_TRUE(release_named(name)->at.*field.at) << field.in << "." << field.name;
    }
  }
}

TEST(Status, words_follow_go) {
  EXPECT_EQ(g_status_word(2), "running");
  EXPECT_EQ(g_status_symbol(2), "_Grunning");
  EXPECT_EQ(g_status_symbol(0x1004), "_Gscanwaiting");
  EXPECT_EQ(g_status_word(5), "status 5");
  EXPECT_EQ(g_status_word(0x1006), "status 4102") << "no dead g is scanned";
  EXPECT_EQ(g_status_by_word("dead"), kGdead);
  EXPECT_EQ(g_status_by_word("_Gscanrunning"), 0x1002U);
  EXPECT_EQ(g_status_by_word("asleep"), std::nullopt);
  EXPECT_EQ(p_status_symbol(3), "_Pgcstop");
  EXPECT_EQ(p_status_by_word("running"), kPrunning);
}

TEST(Status, numbers_without_a_word_are_numbers) {
  EXPECT_EQ(g_status_word(12), "status 12");
  EXPECT_EQ(g_status_symbol(7), "7");
  EXPECT_EQ(g_status_symbol(0x1000), "4096") << "no idle g is scanned";
  EXPECT_EQ(g_status_by_word("scandead"), std::nullopt);
  EXPECT_EQ(g_status_by_word(""), std::nullopt);
  EXPECT_EQ(p_status_word(5), "status 5");
  EXPECT_EQ(p_status_symbol(5), "5");
  EXPECT_EQ(p_status_by_word("_Psyscall"), kPsyscall);
  EXPECT_EQ(p_status_by_word("waiting"), std::nullopt);
}

TEST(Types, have_sizes_where_they_are_known) {
  const std::pair<std::string_view, std::optional<std::uint64_t>> sizes[] = {
      {"int32", 4},
      {"*nobody", 8},
      {"func()", 8},
      {"[]g", 24},
      {"[6]uintptr", 48},
      {"[0]int", 0},
      {"[3]gobuf", 168},
      {"nobody", std::nullopt},
      {"[2]nobody", std::nullopt},
      {"[]", 24},
      {"[x]int", std::nullopt},
      {"[1;]int", std::nullopt},
      {"[3", std::nullopt},
      {"[12345678]int", std::nullopt},
      {"[9999999]gobuf", 559'999'944},
      {"[9999999][999]int", std::nullopt}};
  for (const auto& [type, size] : sizes) EXPECT_EQ(type_size(go1_16(), type), size) << type;
  EXPECT_EQ(pointee("muintptr"), "m");
  EXPECT_EQ(pointee("int"), "");
  EXPECT_EQ(sign_extend(0xff, 1), -1);
  EXPECT_EQ(sign_extend(0xff, 0), 255);
  EXPECT_EQ(sign_extend(~std::uint64_t{0}, 8), -1);
}

TEST(Layout, says_what_is_wrong_with_itself) {
  const auto flaw = [](std::vector<StructLayout> structs) {
    const auto found = Layout("x", "", std::move(structs)).flaw();
    return found ? found->in(Language::en) : "";
  };
  const auto field = [](const char* name, std::uint32_t offset, std::uint32_t size) {
    Field f;
    f.name = name;
    f.type = "int";
    f.offset = offset;
    f.size = size;
    return f;
  };
  EXPECT_EQ(flaw({{"a", 8, {field("x", 0, 8)}}}), "");
  EXPECT_EQ(flaw({{"a", 8, {field("_", 0, 1), field("_", 1, 1), field("b._", 2, 1), field("b._", 3, 1)}}}),
            "")
      << "padding has no name of its own";
  EXPECT_EQ(flaw({{"a", 8, {field("x", 0, 9)}}}), "a.x reaches beyond the end of its struct");
  EXPECT_EQ(flaw({{"a", 8, {field("x", 4, 8)}}}), "a.x reaches beyond the end of its struct");
  EXPECT_EQ(flaw({{"a", 8, {field("x", 0, 4), field("x", 4, 4)}}}), "a.x comes twice");
  EXPECT_EQ(flaw({{"a", 8, {}}, {"a", 8, {}}}), "struct a comes twice");
  EXPECT_EQ(flaw({{"a", Layout::kMostBytes + 1, {}}}),
            "struct a has " + std::to_string(Layout::kMostBytes + 1) + " bytes");
  const Layout layout("x", "", {{"a", 16, {field("x", 0, 8), field("y", 9, 4)}}});
  EXPECT_TRUE(layout.at("a", "x", 8));
  EXPECT_FALSE(layout.at("a", "x", 4)) << "of another size";
  EXPECT_FALSE(layout.at("a", "y", 4)) << "not aligned";
  EXPECT_FALSE(layout.at("a", "z", 8));
  EXPECT_FALSE(layout.at("b", "x", 8));
  EXPECT_EQ(layout.size_of("b"), 0U);
}

TEST(Status, words_come_back) {
  for (const GTransition& t : release_named("1.16")->g_transitions) {
    EXPECT_EQ(g_status_by_word(g_status_word(t.from)), t.from);
    EXPECT_EQ(g_status_by_word(g_status_symbol(t.to)), t.to);
  }
}

TEST(Status, only_execute_makes_a_g_run_from_a_queue) {
  const Release& release = *release_named("1.16");
  EXPECT_EQ(release.g_transition(kGrunnable, kGrunning)->who, "execute");
  EXPECT_EQ(release.g_transition(kGrunning, kGdead)->who, "goexit0");
  EXPECT_EQ(release.g_transition(kGdead, kGrunning), nullptr);
}

TEST(Views, read_fields_of_any_moment) {
  const auto guest = tests::small_guest();
  const GView g(guest->release->layout, *guest->boot, {kG2});
  EXPECT_EQ(g.status(), kGrunning);
  EXPECT_EQ(g.goid(), 2);
  EXPECT_EQ(g.stack_hi() - g.stack_lo(), 2048);
  EXPECT_EQ(MView(guest->release->layout, *guest->boot, g.m()).tls_g().addr, kG2);
  EXPECT_EQ(MView(guest->release->layout, *guest->boot, g.m()).p().addr, kP0);
}

TEST(Views, a_broken_ring_is_never_longer_than_its_slots) {
  const auto guest = tests::small_guest();
  tests::poke(*guest->boot, tests::field(*guest, kP0, "p", "runqtail"), 0xffffffff, 4);
  EXPECT_EQ(PView(guest->release->layout, *guest->boot, {kP0}).runq_length(), 256U);
}

TEST(Views, unknown_and_unmapped_fields_are_nothing) {
  const auto guest = tests::small_guest();
  EXPECT_EQ(load_field(guest->release->layout, *guest->boot, "g", kG2, "no_such"), std::nullopt);
  EXPECT_EQ(load_field(guest->release->layout, *guest->boot, "g", Addr(8), "goid"), std::nullopt);
  EXPECT_EQ(load_field(guest->release->layout, *guest->boot, "g", kG2, "sched"), std::nullopt)
      << "more than a word";
}

}  // namespace
}  // namespace gogoscope
