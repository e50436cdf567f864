#include "scenarios/page/run_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "emu/layout/status.h"
#include "emu/session/arrival.h"
#include "emu/session/handoffs.h"
#include "scenarios/page/base64.h"
#include "scenarios/page/code_json.h"
#include "scenarios/page/lesson_json.h"
#include "scenarios/page/list_cells.h"
#include "scenarios/page/register_cells.h"
#include "scenarios/page/sentences.h"
#include "scenarios/page/stack_cells.h"
#include "scenarios/page/struct_cells.h"
#include "scenarios/page/time_json.h"
#include "scenarios/page/traceback_cells.h"
#include "scenarios/told/ending.h"
#include "scenarios/told/status_gloss.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

namespace {

/// What a step has besides its cells.
struct StepHead {
  StepKind kind = StepKind::instruction;
  int instruction = -1;  ///< of the state before it
  int sentence = 0;
  bool arrives = false;  ///< the state before it counts as a visit to its place
};

class Writer {
 public:
  Writer(const Trace& trace, const std::vector<Event>& events, const PageOptions& options)
      : trace_(trace),
        events_(events),
        options_(options),
        code_(trace, options.from, options.to),
        stage_(values_, cells_),
        stacks_(trace, options.from, options.to) {}

  Json write() {
    follow_the_run();
    Json out;
    out["name"] = printable(options_.name);
    out["title"] = both(options_.title);
    out["about"] = both(options_.about);
    out["language"] = options_.language == Language::zh ? "zh" : "en";
    out["go"] = trace_.guest().release->name();
    out["from"] = options_.from;
    out["to"] = options_.to;
    out["total"] = trace_.steps();
    out["opens_at"] = std::clamp(options_.opens_at, options_.from, options_.to);
    if (options_.lesson != nullptr)
      out["lesson"] = lesson_json(*options_.lesson, trace_, options_.to, options_.pages);
    if (!options_.home.empty()) out["home"] = options_.home;
    if (!options_.next.empty()) out["next"] = options_.next;
    out["code"] = code_.json();
    out["registers"] = registers_.json(numbers_);
    out["structs"] = structs_.json(cells_, numbers_);
    out["stacks"] = stacks_.json(numbers_);
    out["queues"] = queues_.json(numbers_);
    out["threads"] = threads_.json(numbers_);
    out["named"] = named_by_.json(numbers_);
    out["which"] = which_g_.json(numbers_);
    out["traceback"] = traceback_.json(numbers_);
    out["lanes"] = lanes_;
    out["output"] = output_json(events_, {options_.from, options_.to});
    out["events"] = events_json(trace_, events_, {options_.from, options_.to}, values_);
    out["handoffs"] = handoffs_json();
    out["glosses"] = glosses_json();
    out["end"] = end_json();
    out["patterns"] = sentences_.patterns();
    out["sentences"] = sentences_.sentences();
    out["start"] = base64(start_bytes());
    out["steps"] = base64(steps_bytes());
    out["values"] = values_.json([this](const Shown& shown) { return code_.number(shown); });
    return out;
  }

 private:
  void follow_the_run() {
    Cursor cursor(trace_);
    cursor.seek(options_.from);
    for (;; cursor.forward()) {
      const MomentView view = moment_at(cursor, events_, english_names());
      const Names chinese(*view.guest, view.state(), chinese_names());
      enter(view, chinese);
      if (cursor.position() == options_.to) {
        lanes_ = lanes_json(view, {options_.from, options_.to}, values_);
        return;
      }
    }
  }

  void enter(const MomentView& view, const Names& chinese) {
    stage_.enter(view, chinese);
    registers_.follow(stage_);
    structs_.follow(stage_);
    stacks_.follow(stage_);
    queues_.follow(stage_);
    threads_.follow(stage_);
    named_by_.follow(stage_);
    which_g_.follow(stage_);
    traceback_.follow(stage_);
    cells_.end_moment();
    if (stage_.step() != nullptr) {
      heads_.back().kind = view.executed->kind;
      heads_.back().sentence =
          sentences_.of(stage_, *view.before(), {nullptr, view.names.get()}, {nullptr, &chinese});
    }
    // What is known of the step that comes next; at the end this is of the state alone.
    heads_.push_back(
        {StepKind::instruction, code_.number(view.pc()), 0, arrives_at({view.pc()}, *view.cursor)});
  }

  Json handoffs_json() const {
    Json out = Json::array();
    for (const std::uint64_t state : handoffs(events_)) {
      if (state >= options_.from && state <= options_.to) out.push_back(state);
    }
    return out;
  }

  static Json glosses_json() {
    Json out = Json::object();
    for (const std::uint32_t status :
         {kGidle, kGrunnable, kGrunning, kGsyscall, kGwaiting, kGdead, kGcopystack, kGpreempted}) {
      out[g_status_word(status)] = both(status_gloss(status).text());
    }
    return out;
  }

  /// The lines that say how the run ended; null where the part ends before that.
  Json end_json() const {
    if (trace_.end() == nullptr || options_.to != trace_.steps()) return nullptr;
    Json out = Json::array();
    for (const Language language : {Language::en, Language::zh}) {
      Json lines = Json::array();
      for (const std::string& line : end_lines(trace_, language)) lines.push_back(printable(line));
      out.push_back(std::move(lines));
    }
    return out;
  }

  /// The value of each cell at the first state, in order of their numbers: a value, and of how many cells.
  std::string start_bytes() const {
    std::string out;
    const std::vector<int>& cells = numbers_.cells();
    for (std::size_t i = 0; i < cells.size();) {
      const int value = cells_.start(cells[i]);
      std::size_t end = i + 1;
      while (end < cells.size() && cells_.start(cells[end]) == value) ++end;
      put_number(out, static_cast<std::uint64_t>(value));
      put_number(out, end - i);
      i = end;
    }
    return out;
  }

  /// Each step: how many cells it changes and its kind; whether the state before it arrives at its place; the
  /// instruction there; the sentence; then the cells. The last record is the state at the end, without cells.
  std::string steps_bytes() const {
    std::string out;
    std::int64_t instruction = 0;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      const StepHead& head = heads_[i];
      std::vector<std::pair<int, const CellChange*>> shown;
      if (i < cells_.steps().size()) {
        for (const CellChange& change : cells_.steps()[i]) {
          if (const int number = numbers_.known(change.cell); number >= 0)
            shown.emplace_back(number, &change);
        }
      }
      std::sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      put_number(out,
                 shown.size() << 3 | static_cast<std::uint64_t>(head.kind) << 1 | (head.arrives ? 1 : 0));
      put_signed(out, head.instruction - instruction);
      instruction = head.instruction;
      put_number(out, static_cast<std::uint64_t>(head.sentence));
      int last = 0;
      for (const auto& [number, change] : shown) {
        put_number(out, static_cast<std::uint64_t>(number - last) << 1 | (change->written ? 1 : 0));
        put_number(out, static_cast<std::uint64_t>(change->value));
        last = number;
      }
    }
    return out;
  }

  const Trace& trace_;
  const std::vector<Event>& events_;
  const PageOptions& options_;
  ValueTable values_;
  CellTable cells_;
  CellNumbers numbers_;
  PageCode code_;
  Stage stage_;
  RegisterCells registers_;
  StructCells structs_;
  StackCells stacks_;
  QueueCells queues_;
  ThreadCells threads_;
  NamedByCells named_by_;
  WhichGCells which_g_;
  TracebackCells traceback_;
  Sentences sentences_;
  std::vector<StepHead> heads_;
  Json lanes_;
};

}  // namespace

Json run_json(const Trace& trace, const std::vector<Event>& events, const PageOptions& options) {
  return Writer(trace, events, options).write();
}

}  // namespace gogoscope
