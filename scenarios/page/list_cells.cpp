#include "scenarios/page/list_cells.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emu/guest/thread_table.h"
#include "emu/layout/views.h"
#include "emu/session/views/named_by.h"
#include "emu/session/views/queues.h"
#include "scenarios/told/which_g_words.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

// ---- queues ----

namespace {

std::string items_of(const Queue& queue) {
  std::string out;
  std::uint64_t there = 0;
  for (const QueueItem& item : queue.items) {
    if (item.left) continue;
    out.append(out.empty() ? "" : " ").append(item.name);
    ++there;
  }
  if (there < queue.length) out += fmt::format(" +{}", queue.length - there);
  return out;
}

Text counters_of(const Queue& queue) {
  Text out;
  for (const QueueCounter& counter : queue.counters) {
    const std::string plain =
        fmt::format("{}{} {}", out.en.empty() ? "" : "   ", counter.name, counter.value);
    out.en += plain;
    out.zh += plain;
    if (counter.note.empty()) continue;
    out.en += fmt::format(" (slot {})", counter.note);
    out.zh += fmt::format(" (槽位 {})", counter.note);
  }
  return out;
}

}  // namespace

void QueueCells::follow(Stage& stage) {
  if (!stage.scheduler_touched()) return;
  for (const Queue& queue : queues(stage.view())) {
    const auto [at, is_new] = numbers_.try_emplace(queue.path(), rows_.size());
    if (is_new) {
      const char* const order = queue.order == Queue::Order::seat   ? "seat"
                                : queue.order == Queue::Order::fifo ? "fifo"
                                                                    : "lifo";
      rows_.push_back({queue.owner, queue.name, order, stage.cells.add(), stage.cells.add()});
    }
    const Row& row = rows_[at->second];
    stage.cells.set(row.items, stage.values.of(items_of(queue)));
    stage.cells.set(row.counters,
                    stage.values.of(queue.missing.empty() ? counters_of(queue) : queue.missing));
  }
}

Json QueueCells::json(CellNumbers& numbers) const {
  Json out = Json::array();
  for (const Row& row : rows_) {
    out.push_back({{"owner", row.owner},
                   {"name", row.name},
                   {"order", row.order},
                   {"items", numbers.of(row.items)},
                   {"counters", numbers.of(row.counters)}});
  }
  return out;
}

// ---- threads ----

namespace {

constexpr Pattern kMoving{"moves now", "正在运行"};
constexpr Pattern kCanMove{"can move", "可以运行"};
constexpr Pattern kAsleep{"asleep", "睡眠中"};
constexpr Pattern kAsleepOn{"asleep on {what}", "睡在 {what} 上"};
constexpr Pattern kEnded{"ended", "已结束"};
constexpr Pattern kAbsent{"no thread", "没有线程"};

Message standing_of(const Stage& stage, ThreadId thread) {
  const Image& state = stage.view().state();
  const bool current = thread == state.thread();
  const auto table = ThreadTable::of(stage.guest());
  if (!table) return current ? kMoving : kAbsent;
  const ThreadRow row = table->row(state, thread);
  if (row.state == ThreadState::exited) return kEnded;
  if (row.state == ThreadState::none) return kAbsent;
  if (row.can_move() || row.wakes_by_itself(table->now(state, stage.view().position)))
    return current ? kMoving : kCanMove;
  if (row.futex.is_nil()) return kAsleep;
  std::string what = stage.names(Language::en).describe(row.futex, 4);
  if (what.empty()) what = fmt::format("{:#x}", row.futex.value());
  return Message(kAsleepOn, {{"what", what}});
}

}  // namespace

void ThreadCells::follow(Stage& stage) {
  if (current_ < 0) current_ = stage.cells.add();
  stage.cells.set(current_,
                  stage.values.of(fmt::format("m{}", static_cast<int>(stage.view().state().thread()))));
  for (const Entity& e : stage.entities().all()) {
    if (e.kind != Entity::Kind::m || e.index < 0 || e.index >= kMaxThreads) continue;
    const auto [at, is_new] = states_.try_emplace(e.index, 0);
    if (is_new) at->second = stage.cells.add();
    stage.cells.set(at->second, stage.values.of(standing_of(stage, static_cast<ThreadId>(e.index)).text()));
  }
}

Json ThreadCells::json(CellNumbers& numbers) const {
  Json all = Json::array();
  for (const auto& [m, cell] : states_) {
    all.push_back({{"name", fmt::format("m{}", m)}, {"state", numbers.of(cell)}});
  }
  return {{"current", numbers.of(current_)}, {"all", all}};
}

// ---- named by ----

void NamedByCells::follow(Stage& stage) {
  if (!stage.scheduler_touched()) return;
  const auto named = named_by(stage.view());
  for (const Entity& e : stage.entities().all()) {
    if (e.kind != Entity::Kind::g) continue;
    const auto [at, is_new] = cells_.try_emplace(e.name, 0);
    if (is_new) at->second = stage.cells.add();
    const auto who = named.find(e.addr.value());
    stage.cells.set(at->second, who == named.end() ? 0 : stage.values.of(who->second));
  }
}

Json NamedByCells::json(CellNumbers& numbers) const {
  Json out = Json::object();
  for (const auto& [name, cell] : cells_) out[name] = numbers.of(cell);
  return out;
}

// ---- which g ----

void WhichGCells::follow(Stage& stage) {
  if (verdict_ < 0) {
    verdict_ = stage.cells.add();
    for (Row& row : rows_) row = {stage.cells.add(), stage.cells.add(), stage.cells.add()};
  }
  const WhichG which = which_g(stage.view());
  home_ = which.home;
  stage.cells.set(verdict_, stage.values.of(verdict_of(which).text()));
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const WhichG::Answer& answer = which.answers[i];
    const int name = stage.values.of(answer.name);
    if (answer.changed && !stage.first()) {
      stage.cells.write(rows_[i].name, name);
    } else {
      stage.cells.set(rows_[i].name, name);
    }
    const std::string place = i == WhichG::kSp && !answer.where.is_nil()
                                  ? fmt::format("{:#x}", answer.where.value())
                                  : answer.place;
    stage.cells.set(rows_[i].place, stage.values.of(place));
    const char* const how = answer.lit ? "lit" : answer.normal ? "normal" : !answer.in_use ? "earlier" : "";
    stage.cells.set(rows_[i].how, stage.values.of(how));
  }
}

Json WhichGCells::json(CellNumbers& numbers) const {
  const std::array<const char*, WhichG::kQuestions> names = {home_ == GHome::r14 ? "r14" : "tls", "curg",
                                                             "gobuf", "sp"};
  Json answers = Json::array();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    answers.push_back({{"question", names[i]},
                       {"name", numbers.of(rows_[i].name)},
                       {"place", numbers.of(rows_[i].place)},
                       {"how", numbers.of(rows_[i].how)}});
  }
  return {{"verdict", numbers.of(verdict_)}, {"answers", answers}};
}

}  // namespace gogoscope
