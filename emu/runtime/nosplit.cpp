#include "emu/runtime/nosplit.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "emu/disasm/decode.h"
#include "emu/runtime/functions.h"

namespace gogoscope {
namespace {

constexpr std::int32_t kCallSize = 8;  // the return address
/// What a stack check leaves below SP: the guard without the part that small frames may use (_StackSmall).
constexpr std::int32_t kStackLimit = static_cast<std::int32_t>(runtime::kStackGuard) - 128;
constexpr std::int32_t kOnEntry = kStackLimit - kCallSize;  // 792
constexpr std::int32_t kTooMuch = kStackLimit + 1;          // no need for more than this is told apart

/// Whom a function calls; nothing: through a pointer.
struct Call {
  std::optional<std::size_t> callee;
};

/// How far SP is below its value at entry, where that changes and where there is a call, in order of the
/// text.
struct Step {
  std::int32_t delta = 0;
  std::optional<Call> call;
};

class Chains {
 public:
  Chains(const plan9::Object& object, const plan9::Linked& linked, const std::vector<Function>& functions,
         const std::vector<std::uint32_t>& branches, std::uint64_t text_base)
      : object_(object), linked_(linked), functions_(functions), branches_(branches), text_base_(text_base) {
    for (const plan9::Symbol& symbol : object.symbols) {
      if (symbol.section != plan9::Section::text) continue;
      at_entry_.emplace(text_base + symbol.offset, symbols_.size());
      symbols_.push_back(&symbol);
    }
    for (std::size_t f = 0; f < symbols_.size(); ++f) steps_.push_back(steps_of(f));
    find_needs();
  }

  std::vector<NosplitOverflow> overflows() const {
    std::vector<NosplitOverflow> out;
    constexpr std::size_t kMost = 50;  // as many as the assembler reports
    for (std::size_t f = 0; f < functions_.size() && out.size() < kMost; ++f) {
      if (functions_[f].kind != FunctionKind::task) continue;
      const std::int32_t limit = nosplit(f) ? kOnEntry : kStackLimit + functions_[f].frame;
      if (const Step* wrong = first_too_deep(f, limit)) out.push_back({f, described(f, limit, wrong)});
    }
    return out;
  }

 private:
  bool nosplit(std::size_t f) const { return symbols_[f]->nosplit; }

  std::vector<Step> steps_of(std::size_t f) const {
    const plan9::Symbol& symbol = *symbols_[f];
    std::vector<Step> out;
    auto change = symbol.pcsp.begin();
    std::int32_t delta = 0;
    auto line = std::partition_point(object_.lines.begin(), object_.lines.end(),
                                     [&](const plan9::Line& l) { return l.offset < symbol.offset; });
    for (; line != object_.lines.end() && line->offset < symbol.offset + symbol.size; ++line) {
      for (; change != symbol.pcsp.end() && symbol.offset + change->offset <= line->offset; ++change) {
        delta = change->delta;
        out.push_back({delta, {}});
      }
      if (const auto call = call_at(f, *line)) out.push_back({delta, call});
    }
    return out;
  }

  /// Whom a line calls, if it does. A JMP to another function counts, as in Go: it needs a stack, too.
  std::optional<Call> call_at(std::size_t f, const plan9::Line& line) const {
    if (line.kind == plan9::LineKind::data || !std::ranges::binary_search(branches_, line.offset))
      return std::nullopt;
    const Decoded decoded =
        decode(std::span(linked_.text).subspan(line.offset, line.size), CodeAddr(text_base_ + line.offset));
    if (decoded.branch == Branch::indirect_call) return Call{};
    if (decoded.branch != Branch::call && decoded.branch != Branch::jump) return std::nullopt;
    const auto callee = at_entry_.find(decoded.target);
    if (callee == at_entry_.end() || (decoded.branch == Branch::jump && callee->second == f))
      return std::nullopt;
    return Call{callee->second};
  }

  /// How many bytes below SP at its entry a callee takes, as far as it is known.
  std::int32_t need(const std::optional<std::size_t>& callee) const {
    constexpr std::int32_t kCallOfMorestack = kCallSize;
    if (!callee) return kCallOfMorestack;  // taken for a function that checks its stack
    if (symbols_[*callee]->name == "runtime.morestack" || functions_[*callee].frame_is_ours) return 0;
    if (!nosplit(*callee)) return kCallOfMorestack;
    // The assembler drops the check of a leaf; a modelled leaf may call something in Go, and so have a check.
    const bool maybe_checked =
        functions_[*callee].kind == FunctionKind::modelled &&
        std::ranges::none_of(steps_[*callee], [](const Step& step) { return step.call.has_value(); });
    return maybe_checked ? std::min(needs_[*callee], kCallOfMorestack) : needs_[*callee];
  }

  std::int32_t need(const Step& step) const {
    return step.delta + (step.call ? kCallSize + need(step.call->callee) : 0);
  }

  /// From the leaves up. Who calls whom may be a circle, in which the need grows until it is too much.
  void find_needs() {
    needs_.assign(symbols_.size(), 0);
    for (bool grown = true; grown;) {
      grown = false;
      for (std::size_t f = 0; f < steps_.size(); ++f) {
        for (const Step& step : steps_[f]) {
          const std::int32_t wanted = std::min(need(step), kTooMuch);
          grown = grown || wanted > needs_[f];
          needs_[f] = std::max(needs_[f], wanted);
        }
      }
    }
  }

  /// What a function that begins with a full limit needs has been asked for by itself, and is not reported
  /// again.
  const Step* first_too_deep(std::size_t f, std::int32_t limit) const {
    for (const Step& step : steps_[f]) {
      const bool reported_there = step.call && limit - step.delta - kCallSize == kOnEntry;
      if (!reported_there && need(step) > limit) return &step;
    }
    return nullptr;
  }

  /// The chain in the words of Go's linker.
  plan9::Message described(std::size_t f, std::int32_t limit, const Step* step) const {
    Text chain;
    const auto add = [&](plan9::Message link) {
      const Text words = link.text();
      chain.en += (chain.en.empty() ? "" : "; ") + words.en;
      chain.zh += (chain.zh.empty() ? "" : "；") + words.zh;
    };
    const auto name = [&](std::size_t which) {
      return symbols_[which]->name + (nosplit(which) ? " (nosplit)" : "");
    };
    const auto on_entry = [&](std::int32_t left, const Text& to) {
      add({{"{left} on entry to {to}", "进入 {to} 时剩 {left}"}, {{"left", left}, {"to", to}}});
    };
    if (nosplit(f)) {
      add({{"{n} assumed on entry to {f}", "进入 {f} 时假定有 {n}"}, {{"n", kOnEntry}, {"f", name(f)}}});
    } else {
      add({{"{n} guaranteed after split check in {f}", "{f} 的栈检查之后保证有 {n}"},
           {{"n", kOnEntry}, {"f", name(f)}}});
    }
    std::vector<std::size_t> passed{f};
    std::int32_t entry = kOnEntry;
    while (true) {
      const std::int32_t left = limit - step->delta;
      if (left != entry) {
        add({{"{left} after {f} uses {used}", "{f} 用去 {used} 后剩 {left}"},
             {{"left", left}, {"f", name(f)}, {"used", entry - left}}});
      }
      if (left < 0 || !step->call) break;
      limit = entry = left - kCallSize;
      const std::optional<std::size_t> callee = step->call->callee;
      if (callee) {
        f = *callee;
        on_entry(entry, {name(f), name(f)});
      } else {
        on_entry(entry, {"function pointer", "函数指针"});
      }
      if (entry < 0) break;
      // Go's linker prints every round.
      if (callee && std::ranges::find(passed, f) != passed.end()) {
        add({{"and so on, in a circle of calls", "如此循环调用下去"}});
        break;
      }
      passed.push_back(f);
      step = callee && nosplit(f) ? first_too_deep(f, limit) : nullptr;
      if (step == nullptr) {  // it checks its stack: what does not fit is the call of morestack
        on_entry(entry - kCallSize, {"runtime.morestack (nosplit)", "runtime.morestack (nosplit)"});
        break;
      }
    }
    return {{"nosplit stack overflow: {chain}", "nosplit 栈溢出：{chain}"}, {{"chain", chain}}};
  }

  const plan9::Object& object_;
  const plan9::Linked& linked_;
  const std::vector<Function>& functions_;
  const std::vector<std::uint32_t>& branches_;
  std::uint64_t text_base_;
  std::vector<const plan9::Symbol*> symbols_;
  std::map<std::uint64_t, std::size_t> at_entry_;
  std::vector<std::vector<Step>> steps_;
  std::vector<std::int32_t> needs_;
};

}  // namespace

std::vector<NosplitOverflow> nosplit_overflows(const plan9::Object& object, const plan9::Linked& linked,
                                               const std::vector<Function>& functions,
                                               const std::vector<std::uint32_t>& branches,
                                               std::uint64_t text_base) {
  return Chains(object, linked, functions, branches, text_base).overflows();
}

}  // namespace gogoscope
