// Entities kept along a record are those that are found afresh at each of its moments.
#include "emu/history/named_cursor.h"
#include "emu/machine/machine.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

class EntitiesKept : public testing::TestWithParam<std::string> {};

std::string all_of(const Entities& entities) {
  std::string out;
  for (const Entity& e : entities.all())
    out += e.name + " " + e.short_name + " " + std::to_string(e.addr.value()) + "\n";
  return out;
}

std::string name_of(const std::optional<StackRef>& stack) { return stack ? stack->owner->name : ""; }

TEST_P(EntitiesKept, are_those_found_afresh) {
  const Program program = program_of(GetParam());
  const Guest& guest = *program.guest;
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(guest.step_budget);
  NamedCursor cursor(trace, 0);
  // Everything is compared at some moments, and what a step has stored at more of them.
  const std::uint64_t seldom = trace.steps() / 200 + 1, often = seldom / 10 + 1;
  while (cursor.position() < trace.steps()) {
    const Step step = cursor.next();
    cursor.forward();
    if (cursor.position() % often != 0) continue;
    const Names kept = cursor.names(), anew(guest, cursor.state());
    for (const Store& store : step.stores) {
      ASSERT_EQ(kept.describe(store.addr, store.size), anew.describe(store.addr, store.size)) << step.index;
      ASSERT_EQ(kept.meaning(store.new_value), anew.meaning(store.new_value)) << step.index;
    }
    if (cursor.position() % seldom != 0) continue;
    ASSERT_EQ(all_of(kept.entities()), all_of(anew.entities())) << step.index;
    for (const StackRef& stack : stacks(guest.release->layout, cursor.state(), anew.entities())) {
      for (const Addr at : {stack.lo, stack.lo + 8, stack.hi + -8, stack.hi}) {
        ASSERT_EQ(name_of(kept.stack_with_sp(at)), name_of(anew.stack_with_sp(at))) << step.index;
        ASSERT_EQ(name_of(kept.stack_with_word(at)), name_of(anew.stack_with_word(at))) << step.index;
        ASSERT_EQ(name_of(kept.stack_from(at)), name_of(anew.stack_from(at))) << step.index;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, EntitiesKept, testing::ValuesIn(shipped_scenarios()), test_name);

}  // namespace
}  // namespace gogoscope
