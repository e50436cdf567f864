#include "scenarios/results/merge.h"

#include <algorithm>
#include <map>

namespace gogoscope {
namespace {

/// Shards of one suite, each of them once; or files that are no shards.
Message wrong_shards(std::span<const NamedResults> parts) {
  const NamedResults* first = nullptr;
  std::map<int, const NamedResults*> shards;
  for (const NamedResults& part : parts) {
    const std::optional<Shard>& shard = part.results.shard;
    if (!shard) continue;
    if (first == nullptr) first = &part;
    if (shard->of != first->results.shard->of) {
      return {{"{a} is one of {n} shards, but {b} one of {m}", "{a} 是 {n} 个分片之一，{b} 却是 {m} 个之一"},
              {{"a", first->file}, {"n", first->results.shard->of}, {"b", part.file}, {"m", shard->of}}};
    }
    const auto [at, fresh] = shards.emplace(shard->index, &part);
    if (fresh) continue;
    return {{"{a} and {b} are both shard {i} of {n}", "{a} 和 {b} 都是第 {i} 个分片（共 {n} 个）"},
            {{"a", at->second->file}, {"b", part.file}, {"i", shard->index}, {"n", shard->of}}};
  }
  if (first == nullptr) return {};
  for (int i = 1; i <= first->results.shard->of; ++i) {
    if (shards.contains(i)) continue;
    return {{"shard {i} of {n} is missing", "缺少第 {i} 个分片（共 {n} 个）"},
            {{"i", i}, {"n", first->results.shard->of}}};
  }
  return {};
}

}  // namespace

std::variant<SuiteResult, Message> merged(std::span<const NamedResults> parts) {
  if (Message why = wrong_shards(parts); !why.empty()) return why;
  struct Entry {
    const CaseResult* one;
    const NamedResults* part;
  };
  std::vector<Entry> all;
  for (const NamedResults& part : parts) {
    for (const CaseResult& one : part.results.cases) all.push_back({&one, &part});
  }
  std::ranges::stable_sort(
      all, [](const Entry& a, const Entry& b) { return comes_before(a.one->id(), b.one->id()); });
  const auto twice = std::ranges::adjacent_find(
      all, [](const Entry& a, const Entry& b) { return a.one->id() == b.one->id(); });
  if (twice != all.end()) {
    return Message({"{scenario} is in {a} and in {b}", "{a} 和 {b} 里都有 {scenario}"},
                   {{"scenario", twice->one->file == "-" ? twice->one->name : twice->one->file},
                    {"a", twice->part->file},
                    {"b", std::next(twice)->part->file}});
  }
  SuiteResult out;
  out.cases.reserve(all.size());
  for (const Entry& entry : all) out.cases.push_back(*entry.one);
  return out;
}

}  // namespace gogoscope
