// The world that is followed store by store is the world that is found anew, at every step, forwards and
// backwards, in all that ships, in all that is broken on purpose, and after stores that no scheduler makes.
#include "emu/world/world.h"

#include <fmt/format.h>

#include "emu/history/cursor.h"
#include "emu/history/delta.h"
#include "emu/machine/machine.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

std::uint64_t address_of(const World& w, int g) {
  return g < 0 ? static_cast<std::uint64_t>(g) : w.g(g).addr.value();
}

std::uint64_t word_of(bool flag) { return flag ? 1 : 0; }

/// A g as numbers, without its index: the order in which gs became known is no part of a world.
std::vector<std::uint64_t> facts_of_g(const World& w, int i) {
  const WorldG& g = w.g(i);
  return {g.addr.value(),
          word_of(g.system),
          static_cast<std::uint64_t>(g.index),
          word_of(g.signal),
          g.status,
          g.goid,
          g.lo.value(),
          g.hi.value(),
          g.bottom,
          static_cast<std::uint64_t>(g.queued),
          static_cast<std::uint64_t>(g.freed),
          static_cast<std::uint64_t>(g.list),
          address_of(w, w.twin(i)),
          address_of(w, w.overlapping(i)),
          address_of(w, w.stack_with_sp(g.hi)),
          address_of(w, w.g_at(g.addr))};
}

std::vector<std::uint64_t> facts_of_m(const World& w, const WorldM& m) {
  return {m.addr.value(),        static_cast<std::uint64_t>(m.id),
          address_of(w, m.g0),   word_of(m.on_midle),
          m.curg.value(),        m.p.value(),
          word_of(w.lives(m)),   word_of(w.awake(m)),
          word_of(w.started(m)), word_of(w.on_g0(m)),
          w.tls_g(m).value()};
}

std::vector<std::uint64_t> facts_of_p(const World& w, const WorldP& p) {
  std::vector<std::uint64_t> out = {p.addr.value(),
                                    static_cast<std::uint64_t>(p.id),
                                    p.status,
                                    p.head,
                                    p.tail,
                                    p.m.value(),
                                    address_of(w, p.runnext),
                                    static_cast<std::uint64_t>(p.strangers),
                                    word_of(p.on_pidle)};
  for (std::uint32_t slot = 0; slot < kRingSlots; ++slot) {
    if (p.ring[slot] == kNone) continue;
    out.push_back(slot);
    out.push_back(address_of(w, p.ring[slot]));
  }
  return out;
}

std::vector<std::uint64_t> facts_of_list(const World& w, const WorldList& list) {
  std::vector<std::uint64_t> out = {list.head, list.tail, word_of(list.run_queue), word_of(list.stranger)};
  for (const int g : list.gs) out.push_back(address_of(w, g));
  return out;
}

std::string in_words(const std::string& what, const std::vector<std::uint64_t>& followed,
                     const std::vector<std::uint64_t>& anew) {
  return fmt::format("{}:\n  followed {:#x}\n  anew     {:#x}\n", what, fmt::join(followed, " "),
                     fmt::join(anew, " "));
}

/// The first thing that the two worlds do not agree on; empty if there is none.
std::string difference(const World& followed, const World& anew) {
  if (followed.gs().size() != anew.gs().size()) {
    return fmt::format("{} gs are followed, {} found anew", followed.gs().size(), anew.gs().size());
  }
  for (std::size_t k = 0; k < anew.gs().size(); ++k) {
    const int there = static_cast<int>(k);
    const int here = followed.g_at(anew.g(there).addr);
    if (here == kNone) return fmt::format("{} is not followed", anew.g_name(there));
    const auto a = facts_of_g(followed, here), b = facts_of_g(anew, there);
    if (a != b) return in_words(anew.g_name(there), a, b);
    if (followed.g_name(here) != anew.g_name(there))
      return followed.g_name(here) + " is " + anew.g_name(there);
  }
  if (followed.ms().size() != anew.ms().size()) {
    return fmt::format("{} Ms are followed, {} found anew", followed.ms().size(), anew.ms().size());
  }
  for (std::size_t i = 0; i < anew.ms().size(); ++i) {
    const auto a = facts_of_m(followed, followed.ms()[i]), b = facts_of_m(anew, anew.ms()[i]);
    if (a != b) return in_words(fmt::format("m{}", anew.ms()[i].id), a, b);
  }
  if (followed.ps().size() != anew.ps().size()) {
    return fmt::format("{} Ps are followed, {} found anew", followed.ps().size(), anew.ps().size());
  }
  for (std::size_t i = 0; i < anew.ps().size(); ++i) {
    const auto a = facts_of_p(followed, followed.ps()[i]), b = facts_of_p(anew, anew.ps()[i]);
    if (a != b) return in_words(fmt::format("p{}", anew.ps()[i].id), a, b);
  }
  if (followed.lists().size() != anew.lists().size()) return "the number of lists differs";
  for (std::size_t i = 0; i < anew.lists().size(); ++i) {
    const auto a = facts_of_list(followed, followed.lists()[i]), b = facts_of_list(anew, anew.lists()[i]);
    if (a != b) return in_words(fmt::format("list {}", i), a, b);
  }
  return {};
}

/// Whether the step stored anything.
bool feed(World& world, const std::uint8_t* record) {
  bool stored = false;
  delta::visit(
      record, [](unsigned, std::uint64_t) {},
      [&](std::uint32_t offset, unsigned size, std::uint64_t) {
        stored = true;
        if (world.watches(offset, size)) world.stored(offset, size);
      });
  world.clear_touched();
  return stored;
}

std::vector<std::string> shipped_and_broken() {
#if defined(__SANITIZE_ADDRESS__)
  // Each takes ten seconds there: one of every kind of struct that comes and goes.
  std::vector<std::string> paths;
  for (const char* const name : {"02-two-exits", "15-steal-half", "51-thread-ends"}) {
    paths.push_back(std::string(GOGOSCOPE_SOURCE "/scenarios/") + name + ".yaml");
  }
  return paths;
#else
  std::vector<std::string> paths = shipped_scenarios();
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/mutants")) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
#endif
}

class FollowedWorld : public testing::TestWithParam<std::string> {};

TEST_P(FollowedWorld, is_at_every_step_the_one_found_anew_forwards_and_backwards) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  Cursor cursor(trace);
  World followed(trace.guest(), cursor.state());
  World anew(trace.guest(), cursor.state());
  while (!cursor.at_end()) {
    const std::uint8_t* record = cursor.next_record();
    cursor.forward();
    // The world is in memory: a step that stores nothing leaves both as they were.
    if (!feed(followed, record)) continue;
    anew.find_anew();
    ASSERT_EQ(difference(followed, anew), "") << "forwards, at state " << cursor.position();
  }
  while (cursor.back()) {
    if (!feed(followed, cursor.next_record())) continue;
    anew.find_anew();
    ASSERT_EQ(difference(followed, anew), "") << "backwards, at state " << cursor.position();
  }
}

INSTANTIATE_TEST_SUITE_P(World, FollowedWorld, testing::ValuesIn(shipped_and_broken()), test_name);

#if defined(__SANITIZE_ADDRESS__)
constexpr int kRounds = 4;  // each takes many times as long
#else
constexpr int kRounds = 60;
#endif

/// Stores at random into the words that a world is made of, each taken back later in reverse order.
class WorldOfAnyStores : public testing::TestWithParam<std::string> {};

TEST_P(WorldOfAnyStores, is_followed) {
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(kMostSteps);
  std::uint64_t random = 7;
  const auto pick = [&random](std::uint64_t below) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    return (random >> 33) % below;
  };
  for (int round = 0; round < kRounds; ++round) {
    Cursor cursor(trace);
    cursor.seek(trace.steps() / 4 + pick(trace.steps() / 2));
    Image image = cursor.state();
    World followed(trace.guest(), image);
    World anew(trace.guest(), image);
    std::vector<std::uint32_t> words;
    for (std::uint32_t at = AddressMap::register_offset(kMaxThreads, 0); at + 8 <= image.map().image_size();
         at += 8) {
      if (followed.watches(at, 8)) words.push_back(at);
    }
    // And those of the structs that a world had better not need.
    const auto all_of = [&](std::uint32_t at, std::uint32_t size) {
      for (std::uint32_t i = 0; i < size; i += 8) words.push_back(at + i);
    };
    for (const WorldG& g : anew.gs()) all_of(g.at, anew.at().g_size);
    for (const WorldM& m : anew.ms()) all_of(m.at, anew.at().m_size);
    all_of(anew.sched(), anew.at().sched_size);
    struct Undo {
      std::uint32_t at;
      std::uint64_t value;
    };
    std::vector<Undo> undo;
    const auto store = [&](std::uint32_t at, std::uint64_t value) {
      image.set_u64(at, value);
      if (followed.watches(at, 8)) followed.stored(at, 8);
      followed.clear_touched();
      anew.find_anew();
      ASSERT_EQ(difference(followed, anew), "") << "round " << round << ", store " << undo.size() << ": "
                                                << value << " at " << image.map().addr_at(at).value();
    };
    for (int k = 0; k < 80; ++k) {
      const std::uint32_t at = words[pick(words.size())];
      const std::uint64_t was = followed.u64(at);
      std::uint64_t value = 0;
      switch (pick(5)) {
        case 0:
          value = 0;
          break;
        case 1:
          value = was + pick(5) - 2;
          break;
        case 2:
          value = anew.g(static_cast<int>(pick(anew.gs().size()))).addr.value();
          break;
        case 3:
          value = followed.u64(words[pick(words.size())]);
          break;
        default:
          value = random;
      }
      undo.push_back({at, was});
      store(at, value);
      if (HasFatalFailure()) return;
    }
    for (; !undo.empty(); undo.pop_back()) {
      store(undo.back().at, undo.back().value);
      if (HasFatalFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(World, WorldOfAnyStores,
                         testing::Values(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml",
                                         GOGOSCOPE_SOURCE "/scenarios/15-steal-half.yaml",
                                         GOGOSCOPE_SOURCE "/scenarios/51-thread-ends.yaml"),
                         test_name);

TEST(World, says_which_g_has_changed_even_where_a_later_store_of_the_step_takes_it_away) {
  const Program program = program_of(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml");
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(program.guest->step_budget);
  Cursor cursor(trace);
  cursor.seek(trace.steps());
  Image image = cursor.state();
  World world(trace.guest(), image);
  ASSERT_GT(world.allgs_length(), 1U);
  const Addr last = world.allgs_entry(world.allgs_length() - 1);
  const WorldG& g = world.g(world.g_at(last));
  const std::uint32_t status = (g.at + world.at().g_status) / 8 * 8;
  const auto length = trace.guest().map.image_offset(trace.guest().code.data("runtime.allgs")->addr + 8, 8);
  ASSERT_TRUE(length);
  world.clear_touched();
  image.set_u64(status, ~image.u64(status));
  world.stored(status, 8);
  image.set_u64(*length, 1);
  world.stored(*length, 8);
  ASSERT_EQ(world.g_at(last), kNone);
  ASSERT_EQ(world.changes().size(), 2U);
  EXPECT_EQ(world.changes()[0].what, World::Change::What::g_status);
  EXPECT_EQ(world.changes()[0].of, last);
  EXPECT_EQ(world.changes()[1].what, World::Change::What::allgs_length);
}

TEST(World, knows_an_m_that_has_left_allm_until_freem_has_let_go_of_it) {
  const Program program = program_of(GOGOSCOPE_SOURCE "/scenarios/51-thread-ends.yaml");
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(program.guest->step_budget);
  Cursor cursor(trace);
  cursor.seek(trace.steps());
  Image image = cursor.state();
  World world(trace.guest(), image);
  const std::uint32_t freem = world.sched() + world.at().s_freem;
  const int ended = world.m_at(world.pointer(freem));
  ASSERT_NE(ended, kNone) << "the M whose thread has ended waits for its stack to be freed";
  EXPECT_FALSE(world.lives(world.m(ended)));
  const Addr m = world.m(ended).addr, g0 = world.g(world.m(ended).g0).addr;
  EXPECT_EQ(world.m_name(m), "m1");
  EXPECT_EQ(world.g_name(g0), "m1.g0");

  const auto store = [&](std::uint64_t value) {
    image.set_u64(freem, value);
    world.stored(freem, sizeof value);
  };
  store(0);
  EXPECT_EQ(world.m_at(m), kNone);
  EXPECT_EQ(world.g_at(g0), kNone);
  store(m.value());
  EXPECT_EQ(world.m_name(m), "m1") << "taken back";
  EXPECT_EQ(world.g_name(g0), "m1.g0");
}

}  // namespace
}  // namespace gogoscope
