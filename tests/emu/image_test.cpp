// Images share their pages until they are written; memory that a run maps is part of the record.
#include "emu/guest/image.h"

#include <fstream>
#include <sstream>

#include "emu/machine/machine.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kMB = 1 << 20;

AddressMap two_regions(std::uint64_t heap) {
  AddressMap map;
  map.add("data", Addr(0x4ce000), 0x2000, true, false);
  map.add("heap", Addr(0xc000000000), heap, true, false);
  return map;
}

TEST(Image, is_zero_and_costs_no_page_before_it_is_written) {
  const AddressMap map = two_regions(1024 * kMB);
  Image image(map);
  EXPECT_EQ(image.load(Addr(0xc000000000 + 1023 * kMB)), 0U);
  EXPECT_EQ(image.own_pages(), 0U);
  image.set_u64(*map.image_offset(Addr(0xc000000000 + 1023 * kMB)), 7);
  EXPECT_EQ(image.load(Addr(0xc000000000 + 1023 * kMB)), 7U);
  EXPECT_EQ(image.own_pages(), 1U);
}

TEST(Image, shares_pages_with_its_copies_until_one_of_them_writes) {
  const AddressMap map = two_regions(64 * kMB);
  const std::uint32_t here = *map.image_offset(Addr(0xc000000000));
  const std::uint32_t there = *map.image_offset(Addr(0xc000000000 + 5 * kMB));
  Image first(map);
  first.set_u64(here, 1);
  first.set_u64(there, 2);
  Image second = first;
  EXPECT_EQ(first.own_pages(), 0U);
  EXPECT_EQ(second.own_pages(), 0U);
  second.apply(here, 8, 1 ^ 10);
  EXPECT_EQ(first.u64(here), 1U);
  EXPECT_EQ(second.u64(here), 10U);
  EXPECT_EQ(second.u64(there), 2U);
  EXPECT_EQ(second.own_pages(), 1U);
  first.apply(here, 8, 1 ^ 20);
  EXPECT_EQ(first.u64(here), 20U);
  EXPECT_EQ(second.u64(here), 10U);
  const Image third = second;
  second = first;
  EXPECT_EQ(third.u64(here), 10U);
  EXPECT_EQ(second.hash(), first.hash());
  EXPECT_NE(third.hash(), first.hash());
}

TEST(Image, reads_and_writes_across_the_edge_of_a_page) {
  const AddressMap map = two_regions(kMB);
  Image image(map);
  const std::uint32_t edge = *map.image_offset(Addr(0xc000001000));
  for (std::uint32_t offset = edge - 9; offset <= edge + 1; ++offset) {
    for (const unsigned size : {1U, 2U, 4U, 8U}) {
      const std::uint64_t x = size == 8 ? 0x1122334455667788 : (std::uint64_t{1} << (8 * size)) - 2;
      image.apply(offset, size, x);
      EXPECT_EQ(image.load(map.addr_at(offset), static_cast<int>(size)), x) << offset - edge << ", " << size;
      EXPECT_EQ(image.u64(offset), x) << offset - edge << ", " << size;
      image.apply(offset, size, x);
      EXPECT_EQ(image.u64(offset), 0U);
    }
  }
  // The last bytes of the image.
  const std::uint32_t last = map.image_size() - 1;
  image.apply(last, 1, 0xff);
  EXPECT_EQ(image.u8(last), 0xff);
}

TEST(Image, of_a_map_that_ends_early_reads_no_further) {
  const AddressMap map = two_regions(4 * kMB);
  Image image(map);
  const Region& heap = *map.find("heap");
  EXPECT_TRUE(image.load(heap.base + 2 * kMB));
  image.set_u64(heap.hole_offset, 2 * kMB);
  EXPECT_EQ(image.mapped(heap), 2 * kMB);
  EXPECT_TRUE(image.load(heap.base + 2 * kMB - 8));
  EXPECT_FALSE(image.load(heap.base + 2 * kMB - 4));
  EXPECT_FALSE(image.load(heap.base + 2 * kMB));
  image.set_u64(heap.hole_offset, ~std::uint64_t{0});  // a damaged record
  EXPECT_EQ(image.mapped(heap), 0U);
}

TEST(Cursor, shares_the_pages_of_the_cursor_that_it_is_copied_from) {
  auto session = worker("\tNOP");
  session->execute({CommandId::run});
  Cursor cursor = session->cursor();
  EXPECT_EQ(cursor.state().own_pages(), 0U);
  for (int i = 0; i < 100; ++i) cursor.back();
  EXPECT_GE(cursor.state().own_pages(), 1U);
  EXPECT_LE(cursor.state().own_pages(), 5U);
}

// ---- memory that a run maps ----

/// Takes 40 MB twice: the second time the allocator needs another arena. Then stores to what it got.
constexpr const char* kLargeStacks = R"(
TEXT main·main(SB), $32-0
	MOVQ $0x2800000, AX
	MOVQ AX, 0(SP)
	CALL runtime·stackalloc(SB)
	MOVQ $0x2800000, AX
	MOVQ AX, 0(SP)
	CALL runtime·stackalloc(SB)
	MOVQ 8(SP), AX
	MOVQ $7, 0x2000000(AX)
	RET
)";

struct Mapped {
  explicit Mapped(std::uint64_t heap_bytes, const char* text = kLargeStacks) {
    ProgramOptions options;
    options.bodies = {{"bodies", text}};
    options.heap_bytes = heap_bytes;
    program = std::get<Program>(build_program(options));
    trace = std::make_unique<Trace>(program.guest);
    machine = std::make_unique<Machine>(program.guest, program.slots, *trace);
    machine->run(100'000);
  }
  /// A cursor before the step that maps something; at the end if none does.
  Cursor before_the_map() const {
    Cursor cursor(*trace);
    while (!cursor.at_end() && cursor.next().maps.empty()) cursor.forward();
    return cursor;
  }
  Program program;
  std::unique_ptr<Trace> trace;
  std::unique_ptr<Machine> machine;
};

constexpr Addr kSecondArena{0xc004000000};

TEST(Map, is_a_step_that_a_cursor_takes_back) {
  const Mapped run(128 * kMB);
  ASSERT_EQ(run.trace->end()->reason, StopReason::exit) << run.trace->end()->detail.en;
  Cursor cursor = run.before_the_map();
  ASSERT_FALSE(cursor.at_end());
  EXPECT_FALSE(cursor.state().load(kSecondArena));
  const Step next = cursor.next();
  ASSERT_EQ(next.maps.size(), 1U);
  EXPECT_EQ(next.maps[0].region->name, "heap");
  EXPECT_EQ(next.maps[0].old_mapped, 64 * kMB);
  EXPECT_EQ(next.maps[0].new_mapped, 128 * kMB);
  cursor.forward();
  EXPECT_EQ(cursor.state().load(kSecondArena), 0U);
  const Step last = cursor.last();
  ASSERT_EQ(last.maps.size(), 1U);
  EXPECT_EQ(last.maps[0].old_mapped, 64 * kMB);
  EXPECT_EQ(last.maps[0].new_mapped, 128 * kMB);
  cursor.back();
  EXPECT_FALSE(cursor.state().load(kSecondArena));
}

TEST(Map, is_the_engines_as_well_and_is_undone_where_a_run_continues_from_the_past) {
  Mapped run(128 * kMB);
  Cursor end(*run.trace);
  end.seek(run.trace->steps());
  const std::uint64_t last = end.state().hash();
  EXPECT_EQ(run.machine->engine_state().hash(), last);
  const Cursor before = run.before_the_map();
  run.machine->resume_from(before);
  EXPECT_EQ(run.machine->engine_state().hash(), before.state().hash());
  EXPECT_EQ(run.machine->edit(before, MemoryEdit{kSecondArena, 8, 1}).in(Language::en),
            "there is no memory at 0xc004000000");
  run.machine->run(100'000);
  Cursor again(*run.trace);
  again.seek(run.trace->steps());
  EXPECT_EQ(again.state().hash(), last);

  // A branch takes the map along and brings it back.
  ASSERT_TRUE(run.machine->edit(run.before_the_map(), RegisterEdit{Reg::r13, 1}).empty());
  EXPECT_FALSE(run.machine->engine_state().load(kSecondArena));
  run.machine->go_to_branch(run.trace->branches().back().id);
  EXPECT_EQ(run.machine->engine_state().hash(), last);
}

TEST(Map, is_kept_by_a_trace_file) {
  const Mapped run(128 * kMB);
  std::stringstream file;
  run.trace->save(file);
  auto opened = Trace::open(file);
  ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
  Cursor cursor(*std::get<0>(opened)), original(*run.trace);
  EXPECT_FALSE(cursor.state().load(kSecondArena));
  cursor.seek(run.trace->steps());
  original.seek(run.trace->steps());
  EXPECT_TRUE(cursor.state().load(kSecondArena));
  EXPECT_EQ(cursor.state().hash(), original.state().hash());
}

TEST(Map, does_not_go_beyond_the_heap_that_was_asked_for) {
  const Mapped run(64 * kMB);
  EXPECT_EQ(run.trace->end()->reason, StopReason::throw_);
  EXPECT_NE(run.trace->end()->detail.en.find("out of memory"), std::string::npos)
      << run.trace->end()->detail.en;
  EXPECT_TRUE(run.before_the_map().at_end());
}

TEST(Map, of_what_is_not_mapped_yet_is_a_fault) {
  const Mapped run(128 * kMB,
                   "TEXT main·main(SB), NOSPLIT, $0-0\n"
                   "\tMOVQ $0xc004000000, AX\n"
                   "\tMOVQ (AX), BX\n"
                   "\tRET\n");
  EXPECT_EQ(run.trace->end()->reason, StopReason::fault);
  EXPECT_EQ(run.trace->end()->detail.en, "read of unmapped memory at 0xc004000000");
}

}  // namespace
}  // namespace gogoscope
