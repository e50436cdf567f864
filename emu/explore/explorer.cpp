#include "emu/explore/explorer.h"

#include <algorithm>

#include "emu/explore/search.h"

namespace gogoscope {

std::vector<std::uint64_t> different(std::vector<std::uint64_t> keys) {
  std::ranges::sort(keys);
  const auto rest = std::ranges::unique(keys);
  keys.erase(rest.begin(), rest.end());
  return keys;
}

Explored explore(const std::shared_ptr<const Guest>& guest, const std::shared_ptr<const SlotTable>& slots,
                 const ExploreOptions& options) {
  Trace trace(guest);
  OrderSearch search(options, trace);
  Machine machine(guest, slots, trace);
  machine.fly(search);
  return search.take();
}

Explored whole_of(std::vector<Explored> shards) {
  Explored out = std::move(shards.front());
  for (auto shard = shards.begin() + 1; shard != shards.end(); ++shard) {
    out.complete = out.complete && shard->complete;
    out.every_order = out.every_order && shard->every_order;
    out.orders += shard->orders;
    out.steps += shard->steps;
    out.keys.insert(out.keys.end(), shard->keys.begin(), shard->keys.end());
    for (Explored::Outcome& outcome : shard->outcomes) {
      const auto known = std::ranges::find_if(out.outcomes, [&](const Explored::Outcome& other) {
        return other.fails == outcome.fails && other.end.same_kind(outcome.end);
      });
      if (known == out.outcomes.end()) {
        out.outcomes.push_back(std::move(outcome));
      } else {
        known->keys.insert(known->keys.end(), outcome.keys.begin(), outcome.keys.end());
      }
    }
    if (shard->failure && (!out.failure || shard->failure->order < out.failure->order)) {
      out.failure = std::move(shard->failure);
    }
  }
  out.keys = different(std::move(out.keys));
  for (Explored::Outcome& outcome : out.outcomes) outcome.keys = different(std::move(outcome.keys));
  return out;
}

}  // namespace gogoscope
