#include "scenarios/run/shards.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <new>
#include <nlohmann/json.hpp>

namespace gogoscope {
namespace {

using Json = nlohmann::json;

constexpr int kOutOfMemory = 3;  // exit code of a child

Json to_json(const Text& text) { return {text.en, text.zh}; }
Text text_of(const Json& json) { return {json.at(0).get<std::string>(), json.at(1).get<std::string>()}; }

Json to_json(const OrderEnd& end) {
  return {static_cast<int>(end.kind),
          static_cast<int>(end.stop.reason),
          to_json(end.stop.detail),
          end.stop.exit_code,
          static_cast<int>(end.invariant),
          to_json(end.detail),
          end.key};
}
OrderEnd end_of(const Json& json) {
  OrderEnd out;
  out.kind = static_cast<OrderEnd::Kind>(json.at(0).get<int>());
  out.stop = {static_cast<StopReason>(json.at(1).get<int>()), text_of(json.at(2)), json.at(3).get<int>()};
  out.invariant = static_cast<Invariant>(json.at(4).get<int>());
  out.detail = text_of(json.at(5));
  out.key = json.at(6).get<std::uint64_t>();
  return out;
}

Json to_json(const Order& order) {
  Json turns = Json::array();
  for (const Turn& turn : order.turns) turns.push_back({turn.thread, turn.steps, turn.expires});
  return {std::move(turns), order.steps, order.preemptions};
}
Order order_of(const Json& json) {
  Order out;
  for (const Json& turn : json.at(0)) {
    out.turns.push_back(
        {turn.at(0).get<ThreadId>(), turn.at(1).get<std::uint32_t>(), turn.at(2).get<bool>()});
  }
  out.steps = json.at(1).get<std::uint64_t>();
  out.preemptions = json.at(2).get<int>();
  return out;
}

Json to_json(const Explored& explored) {
  Json outcomes = Json::array();
  for (const Explored::Outcome& one : explored.outcomes) {
    outcomes.push_back({to_json(one.end), one.fails, one.keys});
  }
  Json failure;
  if (explored.failure) failure = {to_json(explored.failure->order), to_json(explored.failure->end)};
  return {explored.complete, explored.every_order, explored.orders,   explored.steps,
          explored.keys,     std::move(outcomes),  std::move(failure)};
}
Explored explored_of(const Json& json) {
  Explored out;
  out.complete = json.at(0).get<bool>();
  out.every_order = json.at(1).get<bool>();
  out.orders = json.at(2).get<std::uint64_t>();
  out.steps = json.at(3).get<std::uint64_t>();
  out.keys = json.at(4).get<std::vector<std::uint64_t>>();
  for (const Json& one : json.at(5)) {
    out.outcomes.push_back(
        {end_of(one.at(0)), one.at(1).get<bool>(), one.at(2).get<std::vector<std::uint64_t>>()});
  }
  if (const Json& failure = json.at(6); !failure.is_null()) {
    out.failure = Explored::Failure{order_of(failure.at(0)), end_of(failure.at(1))};
  }
  return out;
}

void write_all(int file, const std::vector<std::uint8_t>& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = write(file, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno != EINTR) return;
    at += n < 0 ? 0 : static_cast<std::size_t>(n);
  }
}

std::vector<std::uint8_t> read_all(int file) {
  std::vector<std::uint8_t> out;
  std::vector<std::uint8_t> some(1 << 16);
  for (;;) {
    const ssize_t n = read(file, some.data(), some.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return out;
    out.insert(out.end(), some.begin(), some.begin() + n);
  }
}

struct Child {
  pid_t pid = -1;
  int result = -1;  ///< pipe
};

/// In the child: searches, writes what it found, and is no more.
[[noreturn]] void be_child(int result, Shard shard, const std::function<Explored(Shard)>& search) {
  try {
    write_all(result, Json::to_cbor(to_json(search(shard))));
  } catch (const std::bad_alloc&) {
    _exit(kOutOfMemory);
  }
  _exit(0);
}

Child start(Shard shard, const std::function<Explored(Shard)>& search, const std::vector<Child>& earlier) {
  Child out;
  int ends[2];
  if (pipe(ends) != 0) return out;
  out.pid = fork();
  if (out.pid == 0) {
    for (const Child& child : earlier) close(child.result);
    close(ends[0]);
    be_child(ends[1], shard, search);
  }
  close(ends[1]);
  if (out.pid < 0) {
    close(ends[0]);
  } else {
    out.result = ends[0];
  }
  return out;
}

/// What went wrong with a child whose result cannot be used.
Message ended_early(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemory) {
    return {{"a process of the search has used up the memory; --max-states makes it smaller",
             "搜索的一个进程用尽了内存；可以用 --max-states 限制状态数"}};
  }
  if (WIFSIGNALED(status)) {
    return {{"a process of the search was ended by signal {n}", "搜索的一个进程被信号 {n} 终止"},
            {{"n", WTERMSIG(status)}}};
  }
  return {{"a process of the search ended before it was done", "搜索的一个进程没有做完就结束了"}};
}

}  // namespace

std::variant<Explored, Message> explore_in_shards(unsigned shards,
                                                  const std::function<Explored(Shard)>& search) {
  if (shards <= 1) return search({});
  // What is buffered would be written by each child as well.
  std::cout.flush();
  std::fflush(nullptr);
  std::vector<Child> children;
  for (unsigned i = 0; i < shards; ++i) {
    const Child child = start({i, shards}, search, children);
    if (child.pid > 0) children.push_back(child);
  }
  Message wrong;
  if (children.size() < shards) wrong = {{"no process can be started", "无法启动新的进程"}};
  std::vector<Explored> found;
  for (const Child& child : children) {
    const std::vector<std::uint8_t> bytes = read_all(child.result);
    close(child.result);
    int status = 0;
    while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    const Json json = Json::from_cbor(bytes, true, false);
    if (status != 0 || !json.is_array()) {
      wrong = ended_early(status);
    } else {
      found.push_back(explored_of(json));
    }
  }
  if (!wrong.empty()) return wrong;
  return whole_of(std::move(found));
}

}  // namespace gogoscope
