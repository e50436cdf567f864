#include "ui/panels/traceback_told.h"

#include <algorithm>

#include "emu/layout/name_words.h"
#include "emu/layout/views.h"
#include "emu/port/traceback.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kFromRegisters{"from the registers of {m}", "取自 {m} 的寄存器"};
const Words kFromSched{"from {g}.sched", "取自 {g}.sched"};
const Words kTls{"{home} names {tls}, SP is on {g}'s stack: in the middle of a switch",
                 "{home} 指向 {tls}，SP 却在 {g} 的栈上：切换正进行到一半"};
const Words kTlsTorn{"{home} names {tls}, SP is on {g}'s stack, and no switch explains it",
                     "{home} 指向 {tls}，SP 却在 {g} 的栈上，没有切换能解释"};
const Words kResumed{
    "{m} runs {other}. What schedule, execute and gogo left here is abandoned: the next mcall, systemstack "
    "or morestack starts at {g}.sched.sp and overwrites it.",
    "{m} 正在运行 {other}。schedule、execute、gogo 留在这里的栈帧已被丢弃：下一次 mcall、systemstack "
    "或 morestack 从 {g}.sched.sp 重新开始，把它们覆盖。"};
const Words kPromised{"SP is loaded; gogo is about to jump to {g}.sched.pc:",
                      "SP 已装入，gogo 即将跳到 {g}.sched.pc："};
const Words kMcall{"mcall switched stacks: this one ends here. {g} is saved in its sched.",
                   "mcall 切换了栈：这个栈到此为止。{g} 的现场在它的 sched 里。"};
const Words kSystemstack{
    "systemstack switched stacks and planted mstart above itself, so that tracebacks end "
    "here. It returns to {g}.",
    "systemstack 切换了栈，并在自己上方放了 mstart，让栈回溯到此为止。它会返回 {g}。"};
const Words kMorestackOfNone{"morestack switched stacks: this one ends here, and newstack does not return.",
                             "morestack 切换了栈：这个栈到此为止，newstack 不会返回。"};
const Words kMorestack{
    "morestack switched stacks: this one ends here, and newstack does not return. gogo resumes {g} from its "
    "sched.",
    "morestack 切换了栈：这个栈到此为止，newstack 不会返回。{g} 由 gogo 从它的 sched 恢复。"};
const Words kLoadedSp{"{function} has loaded SP from elsewhere: what called it is no longer known.",
                      "{function} 从别处装入了 SP：它的调用者已无从得知。"};
const Words kTop{"{function} is the top: nothing on this stack called it.",
                 "到 {function} 为止：这个栈上没有函数调用过它。"};
const Words kUnknownPc{"Unexpected return PC {pc}: there is no function there.",
                       "意外的返回地址 {pc}：那里没有函数。"};
const Words kOffStack{"The next return address would be outside this stack.",
                      "再往上，返回地址就落在这个栈之外了。"};
const Words kTooDeep{"More than {n} frames: the others are left out.", "超过 {n} 个栈帧，其余略去。"};
const Words kInstead{"If newproc1 forged {pc}:", "假如 newproc1 伪造的是 {pc}："};
const Words kNobody{"an unknown g", "未知的 g"};
const Words kSystemStack{"the system's stack", "系统栈"};

std::string name_of(const Entity* g, const Words& otherwise, Language language) {
  return g == nullptr ? otherwise.str(language) : g->short_name;
}

Target target_of(const Entity* entity) { return entity == nullptr ? Target() : target_of_entity(*entity); }

/// "goexit+0x1", also in the padding behind a function and at its start.
std::string short_symbol(const Function* function, CodeAddr pc) {
  if (function == nullptr) return draw::hex_short(pc.value());
  return std::string(short_function_name(function->name)) + "+" +
         draw::hex_short(static_cast<std::uint64_t>(pc - function->entry));
}

ReturnLookup::Found found(const Function* looked_for, const Function* found) {
  using enum ReturnLookup::Found;
  return found == nullptr ? nobody : found == looked_for ? inside : another;
}

ReturnLookup lookup_of(const Code& code, const TraceFrame& frame, Language language) {
  const Function& function = *frame.frame.function;
  ReturnLookup out;
  out.pc = short_symbol(&function, frame.frame.pc);
  out.minus_one = short_symbol(frame.named, frame.looked_up);
  out.function = short_function_name(function.name);
  out.found = found(&function, frame.named);
  if (frame.frame.pc == function.entry + 1) {
    const CodeAddr before = function.entry + -1;
    const Function* other = function_around(code, before);
    out.instead = {fill(kInstead.in(language), {{"pc", short_symbol(&function, function.entry)}}),
                   short_symbol(other, before), found(&function, other)};
  }
  return out;
}

TraceCall call_of(const View& view, const TraceFrame& frame) {
  const Code& code = view.guest->code;
  TraceCall out;
  out.function = frame.inlined != nullptr ? *frame.inlined
                 : frame.named == nullptr ? draw::hex_short(frame.looked_up.value())
                                          : std::string(frame.named->go_name());
  out.code = target_of_value(view, frame.looked_up.value());
  if (const auto words = argument_words(view.state(), frame)) {
    out.arguments.emplace();
    for (std::size_t i = 0; i < std::min(words->size(), kMostArguments); ++i) {
      out.arguments->push_back({draw::hex_short((*words)[i]), target_of_value(view, (*words)[i])});
    }
    out.more_arguments = words->size() > kMostArguments;
  }
  out.place = place_text(code, frame);
  out.promised = frame.promised;
  return out;
}

TraceCall frame_of(const View& view, const TraceFrame& frame, Language language) {
  TraceCall out = call_of(view, frame);
  const FrameRef& at = frame.frame;
  if (frame.named != nullptr) out.kind = frame.named->kind;
  if (frame.inlined != nullptr) return out;  // it has no place on the stack
  out.sp = draw::hex_tail(at.sp.value());
  out.stack = target_of_memory(at.sp);
  out.pushed = !at.left_stack && view.store_into(at.top, 8) != nullptr;
  const bool goexit = at.function->go_name() == "runtime.goexit";
  if (frame.is_return && (goexit || !frame.inside())) {
    out.lookup = lookup_of(view.guest->code, frame, language);
  }
  return out;
}

std::vector<TraceRemark> whence(const View& view, const Traceback& t, Language language) {
  const std::string g = name_of(t.g, kSystemStack, language);
  const std::string m = "m" + std::to_string(t.m);
  std::vector<TraceRemark> out;
  if (t.source == Traceback::Source::registers) {
    out.push_back({fill(kFromRegisters.in(language), {{"m", m}}), {}, {}});
  } else {
    out.push_back({fill(kFromSched.in(language), {{"g", g}}), {}, {}});
  }
  if (t.tls != nullptr) {
    const bool explained = is_switching(*view.guest, view.state(), t);
    out.push_back({fill((explained ? kTls : kTlsTorn).in(language),
                        {{"home", name(t.home)}, {"tls", t.tls->short_name}, {"g", g}}),
                   target_of(t.tls), explained ? TraceRemark::Tone::switching : TraceRemark::Tone::wrong});
  }
  if (t.resumed != nullptr) {
    out.push_back({fill(kResumed.in(language), {{"m", m}, {"other", t.resumed->short_name}, {"g", g}}),
                   target_of(t.resumed),
                   {}});
  }
  return out;
}

std::vector<TraceRemark> end_of(const Traceback& t, Language language) {
  using enum Traceback::End;
  const std::string left = name_of(t.left, kNobody, language);
  switch (t.end) {
    case top: {
      const std::string_view function = short_function_name(t.frames.back().frame.function->name);
      return {{fill(kTop.in(language), {{"function", function}}), {}, {}}};
    }
    case mcall:
      return {{fill(kMcall.in(language), {{"g", left}}), target_of(t.left), {}}};
    case systemstack:
      return {{fill(kSystemstack.in(language), {{"g", left}}), target_of(t.left), {}}};
    case morestack:
      if (t.left == nullptr) return {{std::string(kMorestackOfNone.in(language)), {}, {}}};
      return {{fill(kMorestack.in(language), {{"g", left}}), target_of(t.left), {}}};
    case loaded_sp: {
      const std::string_view function = short_function_name(t.frames.back().frame.function->name);
      return {{fill(kLoadedSp.in(language), {{"function", function}}), {}, TraceRemark::Tone::switching}};
    }
    case unknown_pc:
      return {{fill(kUnknownPc.in(language), {{"pc", draw::hex_short(t.unknown.value())}}),
               {},
               TraceRemark::Tone::wrong}};
    case off_stack:
      return {{kOffStack.str(language), {}, TraceRemark::Tone::wrong}};
    case too_deep:
      return {{fill(kTooDeep.in(language), {{"n", std::to_string(kMaxFrames)}}), {}, {}}};
    case nothing:
      break;
  }
  return {};
}

}  // namespace

ToldTraceback tell_traceback(const View& view, const Traceback& traceback, Language language) {
  ToldTraceback out;
  out.whence = whence(view, traceback, language);
  bool promised = false;
  for (const TraceFrame& frame : traceback.frames) {
    TraceCall& call = out.calls.emplace_back(frame_of(view, frame, language));
    if (frame.promised && !promised) {
      const std::string g = name_of(traceback.g, kSystemStack, language);
      call.before = TraceRemark{fill(kPromised.in(language), {{"g", g}}), target_of(traceback.g),
                                TraceRemark::Tone::switching};
    }
    promised = frame.promised;
  }
  if (!out.calls.empty()) {
    out.calls.front().here =
        traceback.source == Traceback::Source::registers && traceback.m == view.state().thread();
  }
  out.end = end_of(traceback, language);
  if (traceback.creator) out.creator = call_of(view, *traceback.creator);
  return out;
}

std::string traceback_header(const View& view, const Entity* g) {
  // What Go would say of a stack that no g owns; it has one from its first instruction on.
  if (g == nullptr) return "goroutine 0 [idle]:";
  const Layout& layout = view.guest->release->layout;
  const std::int64_t goid = GView(layout, view.state(), {g->addr}).goid();
  return "goroutine " + std::to_string(goid) + " [" + status_text(*view.guest, view.state(), *g) + "]:";
}

}  // namespace gogoscope
