#include "tests/oracle/run_order.h"

#include <fmt/format.h>

#include "tests/oracle/recording.h"

namespace gogoscope::oracle {
namespace {

struct Column {
  const char* name;  ///< as in the recording
  std::int64_t Row::*value;
};

constexpr Column kColumns[] = {
    {"goid", &Row::goid},
    {"g", &Row::g},
    {"inheritTime", &Row::inherit_time},
    {"p.schedtick", &Row::schedtick},
    {"p.runqhead", &Row::head},
    {"p.runqtail", &Row::tail},
    {"p.runnext", &Row::runnext},
    {"sched.runqsize", &Row::runqsize},
    {"sched.runq.head", &Row::first},
    {"sched.runq.tail", &Row::last},
    {"p.gFree.n", &Row::p_free},
    {"sched.gFree.n", &Row::sched_free},
    {"allglen", &Row::allglen},
};

std::string differences(const Row& expected, const Row& actual) {
  std::string out;
  if (expected.event != actual.event) out = fmt::format("  it is a {}\n", actual.event);
  for (const Column& c : kColumns) {
    if (expected.*c.value == actual.*c.value) continue;
    out += fmt::format("  {} is {}, not {}\n", c.name, actual.*c.value, expected.*c.value);
  }
  return out;
}

}  // namespace

std::string to_string(const Row& row) {
  std::string out = row.event + ":";
  for (const Column& c : kColumns) out += fmt::format(" {} {}", c.name, row.*c.value);
  return out;
}

std::size_t equal_rows(const std::vector<Row>& expected, const std::vector<Row>& actual) {
  std::size_t i = 0;
  while (i < expected.size() && i < actual.size() && differences(expected[i], actual[i]).empty()) ++i;
  return i;
}

std::string first_difference(const std::vector<Row>& expected, const std::vector<Row>& actual) {
  const std::size_t i = equal_rows(expected, actual);
  if (i == expected.size() && i == actual.size()) return "";
  std::string out = fmt::format("row {} of {}\n", i, expected.size());
  if (i > 0) out += fmt::format("  both before: {}\n", to_string(expected[i - 1]));
  if (i >= actual.size()) return out + "  nothing came where expected was " + to_string(expected[i]) + "\n";
  if (i >= expected.size()) return out + "  nothing was expected, but came " + to_string(actual[i]) + "\n";
  out += fmt::format("  expected: {}\n  came:     {}\n", to_string(expected[i]), to_string(actual[i]));
  out += differences(expected[i], actual[i]);
  if (!expected[i].why.empty()) out += "  because: " + expected[i].why + "\n";
  return out;
}

std::vector<Row> counted_from_the_begin(std::vector<Row> rows) {
  if (rows.empty()) return rows;
  // All goroutines so far came from the first batch of goids, so there are as many goids as gs.
  const std::int64_t others = rows.front().allglen - 1, head = rows.front().head;
  for (Row& row : rows) {
    for (std::int64_t Row::*name : {&Row::goid, &Row::g, &Row::runnext, &Row::first, &Row::last}) {
      if (row.*name > 1) row.*name -= others;
    }
    row.allglen -= others;
    row.head -= head;
    row.tail -= head;
  }
  return rows;
}

std::vector<Row> recorded_rows() {
  const Json recording = load_recording("run-order");
  std::vector<Row> rows;
  for (const Json& values : recording.at("rows")) {
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string name = recording.at("columns").at(i);
      if (name == "event") row.event = values[i];
      for (const Column& c : kColumns) {
        if (name == c.name) row.*c.value = values[i].get<std::int64_t>();
      }
    }
  }
  return counted_from_the_begin(std::move(rows));
}

}  // namespace gogoscope::oracle
