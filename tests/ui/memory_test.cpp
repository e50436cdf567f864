// The memory panel: every mapped byte has a row, and rows say what is there.
#include "ui/panels/memory.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const MemoryPanel& memory(Offscreen& ui) { return ui.app().panel<MemoryPanel>(); }

MemoryPanel::Line line_at(Offscreen& ui, Addr addr) {
  return memory(ui).line(ui.app().view(), memory(ui).rows().row_of(addr));
}

TEST(Memory, rows_cover_all_mapped_bytes_once_and_holes_in_one_row) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  const MemoryRows& rows = memory(ui).rows();
  const auto& regions = ui.session().guest().map.regions();
  std::uint64_t mapped = 0;
  for (const Region& region : regions) mapped += region.size;
  std::uint64_t covered = 0;
  std::size_t holes = 0;
  Addr next = rows.at(0).addr;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const MemoryRow row = rows.at(i);
    ASSERT_EQ(row.addr, next) << i;
    ASSERT_EQ(rows.row_of(row.addr), i);
    covered += row.size;
    holes += row.size == 0 ? 1 : 0;
    next = row.size == 0 ? row.hole_end : row.addr + row.size;
  }
  EXPECT_EQ(covered, mapped);
  EXPECT_EQ(holes, regions.size() - 1);
}

TEST(Memory, a_field_has_a_row_of_its_own_with_its_name_and_meaning) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26#2").ok());
  const auto status = ui.app().view().names->find_field("g2.atomicstatus");
  ASSERT_TRUE(status.has_value());
  const MemoryPanel::Line line = line_at(ui, status->addr);
  EXPECT_EQ(line.name, "g2.atomicstatus");
  EXPECT_EQ(line.row.size, 4);
  EXPECT_FALSE(line.value.word.empty());
  const auto g = ui.app().view().names->find_field("g2.sched.g");
  EXPECT_EQ(line_at(ui, g->addr).value.word, "g2");
}

TEST(Memory, what_the_step_stored_keeps_its_old_value_beside_it) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x1f").ok());
  const Addr at = ui.app().view().executed->stores.at(0).addr;
  const MemoryPanel::Line line = line_at(ui, at);
  EXPECT_TRUE(line.changed);
  EXPECT_EQ(line.old, "0x0");
  EXPECT_FALSE(line_at(ui, at + 8).changed);
}

TEST(Memory, it_follows_sp_until_a_place_is_asked_for_and_again_on_request) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::memory);
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  const auto row = [](Addr addr) { return "memory.row." + draw::hex_short(addr.value()); };
  ui.frame();
  ui.frame();
  EXPECT_TRUE(ui.app().widgets().find(row(ui.cursor().state().sp())).has_value());
  const auto status = ui.app().view().names->find_field("g1.atomicstatus");
  ui.app().ui().memory_at = status->addr;
  ui.frame();
  ui.frame();
  ui.frame();
  EXPECT_TRUE(ui.app().widgets().find(row(status->addr)).has_value());
  EXPECT_TRUE(ui.click("memory.follow-sp"));
  EXPECT_TRUE(ui.app().ui().memory_at.is_nil());
  ui.frame();
  EXPECT_TRUE(ui.app().widgets().find(row(ui.cursor().state().sp())).has_value());
}

TEST(Memory, only_rows_in_sight_are_drawn) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::memory);
  ui.frame();
  ui.frame();
  std::size_t drawn = 0;
  for (const auto& [name, rect] : ui.app().widgets().all()) drawn += name.rfind("memory.row.", 0) == 0;
  EXPECT_GT(drawn, 4U);
  EXPECT_LT(drawn, 60U);
  EXPECT_GT(memory(ui).rows().size(), 100'000U);
}

}  // namespace
}  // namespace gogoscope
