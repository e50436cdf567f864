#include "scenarios/told/narration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emu/guest/thread_table.h"
#include "emu/layout/describe.h"
#include "scenarios/format/yaml_tree.h"
#include "scenarios/told/builtin.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/line_text.h"
#include "scenarios/told/narration_words.h"

namespace gogoscope {
namespace {

constexpr std::array<std::string_view, 8> kRegisters = {"rax", "rbx", "rcx", "rdx",
                                                        "rsi", "rdi", "rsp", "rbp"};

std::string_view branch_word(std::string_view text) { return text.substr(0, text.find(' ')); }

/// The kind of a step of a task, beyond a plain instruction.
std::string task_key(const Guest& guest, const Step& step, const Instruction* at, const StateView& after) {
  const std::string_view word = at == nullptr ? std::string_view() : branch_word(at->text);
  const std::string target = guest.code.symbolize(after.pc());
  if (word == "RET") {
    if (target == "runtime.goexit+0x1") return "task.ret.goexit";
    if (target.substr(0, 12) == "runtime.main") return "task.ret.main";
    return "task.ret";
  }
  const Function* from = guest.code.function_at(step.pc);
  const Function* to = guest.code.function_at(after.pc());
  if (to != nullptr && to != from && after.pc() == to->entry) {
    const std::string key = "task.call." + to->name;
    if (to->name == "runtime.newproc" || to->name == "runtime.Gosched") return key;
    return "task.call";
  }
  return "task.instruction";
}

bool moves_clock(const Guest& guest, const Step& step) {
  const DataSymbol* clock = guest.code.data("kernel.clock");
  return clock != nullptr && std::any_of(step.stores.begin(), step.stores.end(),
                                         [&](const Store& store) { return store.addr == clock->addr; });
}

/// Single spaces, and none at the ends: what a word that stands for nothing leaves behind.
std::string one_spaced(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out.push_back(c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

std::string_view narration_source(Language language) {
  return language == Language::zh ? builtin::narration_zh() : builtin::narration_en();
}

std::vector<std::string_view> narration_placeholders() {
  std::vector<std::string_view> out = {"g",        "m",      "from",   "to",   "op",   "queue",
                                       "list",     "code",   "detail", "what", "name", "event",
                                       "function", "target", "where",  "next", "clock"};
  out.insert(out.end(), kRegisters.begin(), kRegisters.end());
  return out;
}

Narration::Narration(Language language) : language_(language) {
  const std::string_view source = narration_source(language);
  Problems problems("narration", source);
  const std::optional<YamlNode> root = parse_yaml(source, problems);
  if (!root) return;  // a test holds both files valid
  for (const YamlEntry& entry : root->entries) {
    std::string text = entry.value.value;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    texts_[entry.key.value] = std::move(text);
  }
}

const std::string* Narration::find(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : &found->second;
}

const std::string* Narration::text_for(const Guest& guest, const StateView& after, const Step& step,
                                       const std::vector<Event>& events) const {
  if (step.kind == StepKind::edit) return find(moves_clock(guest, step) ? "edit.clock" : "edit");
  if (step.kind == StepKind::thread) return find(moves_clock(guest, step) ? "turn.clock" : "turn");
  if (step.stop) return find("stop." + std::string(gogoscope::name(step.stop->reason)));
  if (const std::string* text = find(guest.code.symbolize(step.pc))) return text;

  const Function* function = guest.code.function_at(step.pc);
  const Instruction* at = guest.code.instruction_at(step.pc);
  const bool modelled = function != nullptr && guest.code.is_modelled(*function);
  if (function != nullptr && function->kind != FunctionKind::task && at != nullptr && !at->prologue) {
    const std::string line = line_without_comment(guest.code.line_text(*function, at->line));
    if (const std::string* text = find(fmt::format("{}:\"{}\"", function->name, line))) return text;
  }
  for (const Event& event : events) {
    for (const std::string& key : event_keys("event", event)) {
      if (const std::string* text = find(key)) return text;
    }
  }
  const bool entry = function != nullptr && step.pc == function->entry;
  if (modelled && at != nullptr && !entry) {
    if (at->text == "return" || at->text == "RET") return find("modelled.return");
    if (at->prologue) return find("modelled.prologue");
    const std::string line = line_without_comment(guest.code.line_text(*function, at->line));
    if (const std::string* text = find(fmt::format("line:\"{}\"", line))) return text;
  }
  if (function == nullptr) return nullptr;
  if (function->kind == FunctionKind::task) return find(task_key(guest, step, at, after));
  const std::string* text = find(function->name + ":*");
  return text == nullptr && modelled && entry ? find("modelled.prologue") : text;
}

std::string Narration::event_meaning(const Event& event, const EventNaming& naming) const {
  for (const std::string& key : event_keys("event", event)) {
    if (const std::string* text = find(key)) {
      return fill(*text, [&](std::string_view word) { return narrated_word(event, word, naming); });
    }
  }
  return "";
}

std::string Narration::sentence(const Guest& guest, const StateView& before, const StateView& after,
                                const Step& step, const std::vector<Event>& events) const {
  const std::string* text = text_for(guest, after, step, events);
  if (text == nullptr) return "";
  const Names names(guest, after, name_words(language_));
  const EventNaming naming{guest, language_};
  const Event* event = events.empty() ? nullptr : &events.front();
  const auto word = [&](std::string_view key) -> std::string {
    if (key == "event") {
      // Nothing where the step brought no event: the text then ends before it.
      std::string all = " ";
      for (const Event& one : events) all += event_meaning(one, naming) + " ";
      return all;
    }
    if (key == "g") {
      const std::string g = event == nullptr ? "" : word_of(*event, key, naming);
      return !g.empty() ? g : g_in_question(guest, before, after, names);
    }
    if (key == "m") return fmt::format("m{}", static_cast<int>(step.thread));
    if (key == "next") return fmt::format("m{}", static_cast<int>(step.next_thread));
    if (key == "clock") {
      const auto table = ThreadTable::of(guest);
      return table ? duration_text(table->clock(after)) : "";
    }
    if (key == "target") return guest.code.symbolize(after.pc());
    if (key == "function") {
      const Function* function = guest.code.function_at(step.pc);
      return function == nullptr ? "" : function->name;
    }
    if (std::find(kRegisters.begin(), kRegisters.end(), key) != kRegisters.end()) {
      return plain_words(after.reg(*reg_by_name(key)), guest, after, names);
    }
    if (key == "detail" && step.stop) return step.stop->detail;
    if (key == "code" && step.stop) return fmt::format("{}", step.stop->exit_code);
    return event == nullptr ? "" : narrated_word(*event, key, naming);
  };
  return one_spaced(fill(*text, word));
}

}  // namespace gogoscope
