#include "scenarios/told/outcome.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

/// A side of a comparison, found in a state.
struct FoundOperand {
  std::uint64_t value = 0;
  bool constant = false;  ///< a number, a status, nil
  bool is_signed = false;
  std::string words;  ///< its value as people read it: "dead", "g2", "nil", "17"
};

/// The names that conditions give to numbers.
struct NamedNumber {
  std::string_view name;
  std::uint64_t value;
};
constexpr NamedNumber kNamedNumbers[] = {
    {"nil", 0},
    {"false", 0},
    {"true", 1},
    {"mutex_unlocked", 0},
    {"mutex_locked", 1},
    {"mutex_sleeping", 2},
    {"_Gidle", kGidle},
    {"_Grunnable", kGrunnable},
    {"_Grunning", kGrunning},
    {"_Gsyscall", kGsyscall},
    {"_Gwaiting", kGwaiting},
    {"_Gdead", kGdead},
    {"_Gcopystack", kGcopystack},
    {"_Gpreempted", kGpreempted},
    {"_Pidle", kPidle},
    {"_Prunning", kPrunning},
    {"_Psyscall", kPsyscall},
    {"_Pgcstop", kPgcstop},
    {"_Pdead", kPdead},
};

class OperandReader {
 public:
  OperandReader(const Guest& guest, const StateView& state, const Names& names, const Function& function)
      : guest_(guest), state_(state), names_(names), function_(function) {}

  std::optional<FoundOperand> operand(std::string_view text) const {
    if (text.empty()) return std::nullopt;
    for (const NamedNumber& named : kNamedNumbers) {
      if (named.name == text) return FoundOperand{named.value, true, false, std::string(text)};
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) {
      return FoundOperand{number, true, false, std::string(text)};
    }
    return read(path_of(text));
  }

 private:
  /// The place that an expression reads, without what Go wraps around it; empty where it is no place.
  std::string path_of(std::string_view text) const {
    for (const std::string_view call : {"atomic.Load(&", "atomic.LoadAcq(&", "atomic.Load64(&"}) {
      if (text.starts_with(call) && text.ends_with(')')) {
        text.remove_prefix(call.size());
        text.remove_suffix(1);
      }
    }
    std::string path(text);
    if (path.starts_with("readgstatus(") && path.ends_with(')')) {
      path = path.substr(12, path.size() - 13) + ".atomicstatus";
    }
    for (std::size_t at = path.find(".ptr()"); at != std::string::npos; at = path.find(".ptr()")) {
      path.erase(at, 6);
    }
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
      return c == '.' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             (c >= '0' && c <= '9');
    });
    return plain ? path : "";
  }

  std::optional<FoundOperand> read(const std::string& path) const {
    if (path.empty()) return std::nullopt;
    const std::size_t dot = path.find('.');
    const std::string head = path.substr(0, dot);
    const std::string rest = dot == std::string::npos ? "" : path.substr(dot);
    if (const FrameVar* var = local(head)) {
      const Addr at = state_.sp() + guest_.code.sp_delta(state_.pc()) + var->offset;
      const auto value = state_.load(at, var->size);
      if (!value) return std::nullopt;
      if (rest.empty()) return in_words(*value, var->type, "");
      const Entity* entity = names_.entities().holding(Addr(*value));
      if (entity == nullptr || entity->addr != Addr(*value)) return std::nullopt;
      return field(entity->short_name + rest, path);
    }
    // What is no local of the function is the scheduler's, or a variable of the runtime.
    if (head == "sched") return field(path, path);
    return rest.empty() ? field("runtime." + path, path) : std::nullopt;
  }

  /// A local that has the name of a parameter or result is called name'.
  const FrameVar* local(const std::string& name) const {
    for (const std::string& wanted : {name + "'", name}) {
      for (const FrameVar& var : function_.vars) {
        if (var.name == wanted) return &var;
      }
    }
    return nullptr;
  }

  std::optional<FoundOperand> field(const std::string& path, const std::string& written) const {
    const auto place = names_.find_field(path);
    if (!place || place->size == 0 || place->size > 8) return std::nullopt;
    const auto value = state_.load(place->addr, static_cast<int>(place->size));
    if (!value) return std::nullopt;
    return in_words(*value, place->type, written);
  }

  FoundOperand in_words(std::uint64_t value, std::string_view type, std::string_view written) const {
    FoundOperand out{value, false, type.starts_with("int"), ""};
    if (written.ends_with(".atomicstatus")) {
      out.words = g_status_word(value);
    } else if (written.ends_with(".status")) {
      out.words = p_status_word(value);
    } else if (type == "bool") {
      out.words = value != 0 ? "true" : "false";
    } else if (const Entity* entity = names_.entities().holding(Addr(value));
               entity != nullptr && entity->addr == Addr(value)) {
      out.words = entity->short_name;
    } else if (value == 0 && (type.starts_with('*') || type.ends_with("ptr"))) {
      out.words = "nil";
    } else if (value > 0xffff'ffff) {
      out.words = names_.meaning(value);
    } else {
      out.words = std::to_string(value);
    }
    return out;
  }

  const Guest& guest_;
  const StateView& state_;
  const Names& names_;
  const Function& function_;
};

struct Answered {
  bool holds = false;
  std::string told;  ///< "sched.nmspinning is 0"
};

bool is_small(std::uint64_t value) { return value < std::uint64_t{1} << 31; }

std::optional<Answered> answer(const GoComparison& asked, const OperandReader& reader, Language language) {
  const auto is = [&](std::string_view what, const FoundOperand& operand) {
    return std::string(what) + (language == Language::zh ? " 为 " : " is ") + operand.words;
  };
  const auto left = reader.operand(asked.left);
  if (!left || left->words.empty()) return std::nullopt;
  if (asked.op.empty()) {
    if (left->words != "true" && left->words != "false") return std::nullopt;
    return Answered{(left->value != 0) != asked.negated, is(asked.left, *left)};
  }
  const auto right = reader.operand(asked.right);
  if (!right || right->words.empty()) return std::nullopt;
  const std::uint64_t l = left->value, r = right->value;
  const bool ordered = asked.op != "==" && asked.op != "!=";
  // Where the sign would matter, it is not guessed.
  if (ordered && (!is_small(l) || !is_small(r))) return std::nullopt;
  bool holds = false;
  if (asked.op == "==") holds = l == r;
  if (asked.op == "!=") holds = l != r;
  if (asked.op == "<") holds = l < r;
  if (asked.op == "<=") holds = l <= r;
  if (asked.op == ">") holds = l > r;
  if (asked.op == ">=") holds = l >= r;
  std::string told = is(asked.left, *left);
  if (!right->constant) told += (language == Language::zh ? "，" : ", ") + is(asked.right, *right);
  return Answered{holds, told};
}

/// What comes next because of the answer: the line that the run is in then, or what is in the braces of this
/// one. Empty where it has left the function.
std::string next_of(const Code& code, const Function& function, std::uint32_t line, CodeAddr pc) {
  const Instruction* next = code.instruction_at(pc);
  if (next == nullptr || !function.contains(pc)) return "";
  std::string_view text = code.line_text(function, next->line);
  text = text.substr(0, text.find(" // "));
  if (next->line == line) {
    const std::size_t open = text.find(" { "), close = text.rfind(" }");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open + 3) return "";
    text = text.substr(open + 3, close - open - 3);
  }
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  text = text.substr(first, text.find_last_not_of(' ') + 1 - first);
  return text == "}" ? "" : std::string(text);
}

Message way_told(bool yes, const std::string& en, const std::string& zh, const std::string& next) {
  const Argument values("values", TextView{en, zh});
  if (next.empty()) {
    return yes ? Message({"Yes: {values}.", "是：{values}。"}, {values})
               : Message({"No: {values}.", "否：{values}。"}, {values});
  }
  return yes ? Message({"Yes: {values}, so {next} is next.", "是：{values}，所以接下来是 {next}。"},
                       {values, {"next", next}})
             : Message({"No: {values}, so {next} is next.", "否：{values}，所以接下来是 {next}。"},
                       {values, {"next", next}});
}

/// The slots of a line, in the order of the code.
std::vector<CodeAddr> slots_of(const Code& code, const Function& function, std::uint32_t line) {
  std::vector<CodeAddr> out;
  for (CodeAddr pc = function.entry; function.contains(pc);) {
    const Instruction* one = code.instruction_at(pc);
    if (one == nullptr) break;
    if (one->slot && one->line == line && !one->prologue) out.push_back(pc);
    pc = pc + one->size;
  }
  return out;
}

/// Which comparison of a condition a slot makes; nothing where that is not sure. A line that opens a block
/// has no other slots than those that ask; the one comparison of such a line is made by its last slot, after
/// those that only read.
std::optional<std::size_t> comparison_at(const std::vector<CodeAddr>& slots, CodeAddr pc,
                                         std::string_view line, const GoCondition& condition) {
  const auto number = static_cast<std::size_t>(std::find(slots.begin(), slots.end(), pc) - slots.begin());
  const auto first = static_cast<std::size_t>(condition.first);
  const std::size_t count = condition.comparisons.size();
  line = line.substr(0, line.find(" // "));
  line = line.substr(0, line.find_last_not_of(' ') + 1);
  const bool opens = line.ends_with('{');
  if (opens && count == 1) return number + 1 == slots.size() ? std::optional<std::size_t>(0) : std::nullopt;
  if (opens && slots.size() != first + count) return std::nullopt;
  if (number < first || number >= first + count) return std::nullopt;
  return number - first;
}

/// Whether a line is in the block that another one opens.
bool in_block(const std::vector<std::string>& lines, std::uint32_t opening, std::uint32_t line) {
  if (line <= opening) return false;
  const std::size_t depth = lines[opening - 1].find_first_not_of(' ');
  for (std::size_t at = opening; at < lines.size(); ++at) {
    if (lines[at].find_first_not_of(' ') == depth && lines[at][depth] == '}') return line <= at;
  }
  return false;
}

/// Whether the run did what the answer says, as far as that can be seen: in the block, or past it.
bool is_what_happened(bool yes, const Code& code, const Function& function, std::uint32_t line, CodeAddr pc) {
  std::string_view text = code.line_text(function, line);
  text = text.substr(0, text.find(" // "));
  const Instruction* next = code.instruction_at(pc);
  if (!text.ends_with('{') || next == nullptr || !function.contains(pc) || next->line == line) return true;
  return in_block(code.sources()[function.source].lines, line, next->line) == yes;
}

std::optional<WayTaken> of_line(const Guest& guest, const StateView& before, CodeAddr next_pc,
                                const Instruction& at, const Function& function, const Names& names) {
  const Code& code = guest.code;
  // A line that was replaced asks what its slots do, not what it says.
  if (code.line_name(function, at.line).empty()) return std::nullopt;
  const auto condition = condition_of(code.line_text(function, at.line));
  if (!condition) return std::nullopt;
  const auto number =
      comparison_at(slots_of(code, function, at.line), at.pc, code.line_text(function, at.line), *condition);
  if (!number) return std::nullopt;
  const std::size_t count = condition->comparisons.size();
  const OperandReader reader(guest, before, names, function);
  const GoComparison& asked = condition->comparisons[*number];
  const auto en = answer(asked, reader, Language::en);
  const auto zh = answer(asked, reader, Language::zh);
  if (!en || !zh) return std::nullopt;
  const bool decides = *number + 1 == count || en->holds == condition->any;
  if (!decides) return std::nullopt;
  if (!is_what_happened(en->holds, code, function, at.line, next_pc)) return std::nullopt;
  const std::string next = next_of(code, function, at.line, next_pc);
  // One comparison decides alone; all of them together where it took all.
  std::string all_en = en->told, all_zh = zh->told;
  if (count > 1 && en->holds != condition->any) {
    all_en.clear();
    all_zh.clear();
    for (const GoComparison& one : condition->comparisons) {
      const auto part_en = answer(one, reader, Language::en);
      const auto part_zh = answer(one, reader, Language::zh);
      // Another thread may have changed what the first comparisons read.
      if (!part_en || !part_zh || part_en->holds != en->holds)
        return WayTaken{en->holds, way_told(en->holds, en->told, zh->told, next)};
      all_en += (all_en.empty() ? "" : ", ") + part_en->told;
      all_zh += (all_zh.empty() ? "" : "，") + part_zh->told;
    }
  }
  return WayTaken{en->holds, way_told(en->holds, all_en, all_zh, next)};
}

/// What makes a conditional jump jump, as a question about flags.
struct FlagJump {
  std::string_view name;
  bool (*taken)(bool cf, bool zf, bool sf, bool of);
  std::string_view flags;  ///< those that it asks, by letter: "z", "cz", "so", "zso"
};
constexpr FlagJump kJumps[] = {
    {"JEQ", [](bool, bool zf, bool, bool) { return zf; }, "z"},
    {"JNE", [](bool, bool zf, bool, bool) { return !zf; }, "z"},
    {"JLS", [](bool cf, bool zf, bool, bool) { return cf || zf; }, "cz"},
    {"JHI", [](bool cf, bool zf, bool, bool) { return !cf && !zf; }, "cz"},
    {"JCS", [](bool cf, bool, bool, bool) { return cf; }, "c"},
    {"JCC", [](bool cf, bool, bool, bool) { return !cf; }, "c"},
    {"JLT", [](bool, bool, bool sf, bool of) { return sf != of; }, "so"},
    {"JGE", [](bool, bool, bool sf, bool of) { return sf == of; }, "so"},
    {"JLE", [](bool, bool zf, bool sf, bool of) { return zf || sf != of; }, "zso"},
    {"JGT", [](bool, bool zf, bool sf, bool of) { return !zf && sf == of; }, "zso"},
};

std::optional<WayTaken> of_jump(const StateView& before, const StateView& after, const Instruction& at) {
  const std::string_view word = std::string_view(at.text).substr(0, at.text.find(' '));
  const auto jump = std::find_if(std::begin(kJumps), std::end(kJumps),
                                 [&](const FlagJump& one) { return one.name == word; });
  if (jump == std::end(kJumps)) return std::nullopt;
  const std::uint64_t flags = before.reg(Reg::rflags);
  const auto bit = [&](int number) { return ((flags >> number) & 1) != 0; };
  const bool taken = jump->taken(bit(0), bit(6), bit(7), bit(11));
  if (taken != (after.pc() != at.pc + at.size)) return std::nullopt;
  std::string values;
  for (const char flag : jump->flags) {
    const auto [name, number] = flag == 'c'   ? std::pair("CF", 0)
                                : flag == 'z' ? std::pair("ZF", 6)
                                : flag == 's' ? std::pair("SF", 7)
                                              : std::pair("OF", 11);
    values += (values.empty() ? "" : ", ") + std::string(name) + (bit(number) ? " = 1" : " = 0");
  }
  if (taken) return WayTaken{true, Message({"It jumps: {flags}.", "跳转：{flags}。"}, {{"flags", values}})};
  return WayTaken{false, Message({"It does not jump: {flags}.", "不跳转：{flags}。"}, {{"flags", values}})};
}

}  // namespace

std::optional<WayTaken> outcome_of(const Guest& guest, const StateView& before, const StateView& after,
                                   const Step& step, const Names& names_before) {
  if (step.kind != StepKind::instruction && step.kind != StepKind::slot) return std::nullopt;
  if (step.stop || before.thread() != step.thread) return std::nullopt;
  const Instruction* at = guest.code.instruction_at(step.pc);
  const Function* function = guest.code.function_at(step.pc);
  if (at == nullptr || function == nullptr) return std::nullopt;
  if (!at->slot) return of_jump(before, after, *at);
  return of_line(guest, before, after.pc(), *at, *function, names_before);
}

}  // namespace gogoscope
