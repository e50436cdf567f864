#include "emu/check/report.h"

#include <utility>

#include "emu/check/judges.h"
#include "emu/check/needs.h"
#include "emu/history/delta.h"

namespace gogoscope {

using namespace check;

std::string_view name(InvariantState state) {
  switch (state) {
    case InvariantState::holds:
      return "holds";
    case InvariantState::window:
      return "window";
    case InvariantState::broken:
      return "broken";
    case InvariantState::not_applicable:
      return "not-applicable";
  }
  return {};
}

namespace {

/// The worst that is found of each.
class Reports final : public Findings {
 public:
  explicit Reports(const Release& release) {
    for (const InvariantInfo& i : invariants()) {
      std::optional<Text> missing = not_applicable(release, i.id);
      reports.push_back({i.id, missing ? InvariantState::not_applicable : InvariantState::holds,
                         std::move(missing).value_or(Text())});
    }
  }
  std::vector<InvariantReport> reports;

 protected:
  bool wants(Invariant id, InvariantState state) const override {
    return state > reports[static_cast<std::size_t>(id)].state;
  }
  void note(Invariant id, InvariantState state, Text detail) override {
    reports[static_cast<std::size_t>(id)] = {id, state, std::move(detail)};
  }
};

}  // namespace

std::vector<InvariantReport> invariants_at(const Cursor& at) {
  const Guest& guest = at.trace().guest();
  Reports out(*guest.release);
  const World world(guest, at.state());
  std::vector<int> loose;
  for (std::size_t i = 0; i < world.gs().size(); ++i) {
    judge_g(world, static_cast<int>(i), out);
    if (is_loose(world.gs()[i])) loose.push_back(static_cast<int>(i));
  }
  for (std::size_t i = 0; i < world.ms().size(); ++i) {
    judge_m(world, static_cast<int>(i), out);
    judge_thread(world, world.ms()[i], out);
    judge_gobuf(world, world.ms()[i], out);
  }
  for (std::size_t i = 0; i < world.ps().size(); ++i) judge_p(world, static_cast<int>(i), out);
  judge_counts(world, out);
  judge_goids(world, out);
  judge_lost(world, loose, out);
  if (at.position() > 0) {
    // What the last step changed, seen from the state before it.
    Cursor step(at);
    step.back();
    std::vector<std::pair<std::uint32_t, unsigned>> stores;
    delta::visit(
        step.next_record(), [](unsigned, std::uint64_t) {},
        [&](std::uint32_t offset, unsigned size, std::uint64_t) { stores.emplace_back(offset, size); });
    World before(guest, step.state());
    before.clear_touched();
    step.forward();
    for (const auto& [offset, size] : stores) before.stored(offset, size);
    for (const World::Change& change : before.changes()) judge_change(before, change, out);
  }
  return std::move(out.reports);
}

}  // namespace gogoscope
