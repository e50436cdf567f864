#include "scenarios/format/read_schedule.h"

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

constexpr TextView kForms{
    "round-robin, {round-robin: {quantum: 20}}, {seed: 7, quantum: 20} or a list such as [m0*5, m1*3]",
    "round-robin、{round-robin: {quantum: 20}}、{seed: 7, quantum: 20}，或一个列表，例如 [m0*5, m1*3]"};

/// A number of 1 to 18 digits and nothing else.
std::optional<std::uint64_t> digits(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

constexpr std::string_view kExpire = "expire ";

/// "m1*3", or "m1", which is one step; "expire m1*3".
std::optional<Turn> turn_of(std::string_view text) {
  const bool expires = text.starts_with(kExpire);
  if (expires) text = trimmed(text.substr(kExpire.size()));
  const auto star = text.find('*');
  const std::string_view thread = trimmed(text.substr(0, star));
  if (!thread.starts_with('m')) return std::nullopt;
  const auto number = digits(thread.substr(1));
  const auto steps = star == std::string_view::npos ? std::optional<std::uint64_t>(1)
                                                    : digits(trimmed(text.substr(star + 1)));
  if (!number || *number >= kMaxThreads || !steps || *steps < 1 || *steps > shapes().quantum.most)
    return std::nullopt;
  return Turn{static_cast<ThreadId>(*number), static_cast<std::uint32_t>(*steps), expires};
}

class ScheduleReader {
 public:
  ScheduleReader(bool explored, std::uint32_t quantum, SectionReader &reader)
      : explored_(explored), reader_(reader) {
    out_.quantum = quantum;
  }

  Turns read(const YamlNode &node) {
    switch (node.kind) {
      case YamlNode::Kind::scalar:
        sentence(node);
        break;
      case YamlNode::Kind::sequence:
        list(node);
        break;
      case YamlNode::Kind::map:
        mapping(node);
        break;
      case YamlNode::Kind::null:
        wrong(node);
        break;
    }
    return std::move(out_);
  }

 private:
  void wrong(const YamlNode &node) {
    reader_.error(node.mark,
                  {{"schedule must be {forms}", "schedule 的写法是 {forms}"}, {{"forms", kForms}}});
  }

  void mapping(const YamlNode &node) {
    if (!reader_.expect_map(node, "schedule", shapes().schedule_map)) return;
    const YamlNode *robin = node.find("round-robin");
    const YamlNode *seed = node.find("seed");
    if (robin != nullptr && seed != nullptr) {
      reader_.error(seed->mark, {{"turns follow 'round-robin' or 'seed', not both",
                                  "轮次按 'round-robin' 或按 'seed' 安排，不能两者都写"}});
    }
    if (const YamlNode *turns = node.find("list"); turns != nullptr && reader_.expect_list(*turns, "list")) {
      list(*turns);
    }
    if (robin != nullptr && reader_.expect_map(*robin, "round-robin", shapes().round_robin))
      quantum(robin->find("quantum"));
    if (seed != nullptr) by_seed(reader_.number(*seed, "seed", shapes().seed).value_or(0));
    quantum(node.find("quantum"));
    if (node.entries.empty()) wrong(node);
  }

  void quantum(const YamlNode *node) {
    if (node == nullptr) return;
    out_.quantum =
        static_cast<std::uint32_t>(reader_.number(*node, "quantum", shapes().quantum).value_or(out_.quantum));
  }

  void by_seed(std::uint64_t seed) {
    out_.kind = Turns::Kind::seed;
    out_.seed = seed;
  }

  void list(const YamlNode &node) {
    for (const YamlNode &item : node.items) {
      const auto turn = item.kind == YamlNode::Kind::scalar ? turn_of(item.value) : std::nullopt;
      if (turn && turn->expires && !explored_) {
        reader_.error(item.mark,
                      {{"a deadline passes in a turn only where steps take no time: add `clock: explored`",
                        "只有在步不花时间时，轮次里才能让截止时间到期：请加上 `clock: explored`"}});
      } else if (turn) {
        out_.first.push_back(*turn);
      } else {
        reader_.error(item.mark, {{"a turn is written m1*3: a thread from m0 to m{last}, and how many steps",
                                   "轮次写作 m1*3：m0 到 m{last} 中的一个线程，以及步数"},
                                  {{"last", kMaxThreads - 1}}});
      }
    }
    if (node.items.empty()) reader_.error(node.mark, {{"the list of turns is empty", "轮次列表是空的"}});
  }

  /// One line of plain text: a word and what belongs to it.
  void sentence(const YamlNode &node) {
    const std::string_view text = trimmed(node.value);
    const std::string_view word = text.substr(0, text.find(' '));
    std::string_view rest = trimmed(text.substr(word.size()));
    if (word == "round-robin" && rest.empty()) return;
    if (word == "seed") {
      if (const auto seed = digits(rest)) return by_seed(*seed);
    }
    if (word == "list" && rest.size() > 2 && rest.starts_with('[') && rest.ends_with(']')) {
      rest = rest.substr(1, rest.size() - 2);
      while (true) {
        const auto comma = rest.find(',');
        const auto turn = turn_of(trimmed(rest.substr(0, comma)));
        if (!turn || (turn->expires && !explored_)) return wrong(node);
        out_.first.push_back(*turn);
        if (comma == std::string_view::npos) return;
        rest = rest.substr(comma + 1);
      }
    }
    wrong(node);
  }

  const bool explored_;
  SectionReader &reader_;
  Turns out_;
};

}  // namespace

Turns read_schedule(const YamlNode &node, bool explored, std::uint32_t quantum, SectionReader &reader) {
  return ScheduleReader(explored, quantum, reader).read(node);
}

}  // namespace gogoscope
