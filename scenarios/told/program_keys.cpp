#include "scenarios/told/program_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "emu/disasm/code_text.h"
#include "scenarios/told/event_text.h"

namespace gogoscope {
namespace {

/// An instruction of a function of assembly, as it is printed, with @FIELD for the place of a field, and
/// @FUNCTION for one that is called.
struct Told {
  std::string_view function, text, key;
};

// runtime/asm_amd64.s of Go 1.15.15, 1.16, 1.19.8, 1.24.4, 1.26.10: up to 1.16 the current g is in TLS and in
// AX, then in R14; gobuf has no ret from 1.26 on.
constexpr Told kTold[] = {
    {"runtime.gogo", "mov rdx, qword ptr [rbx + @sched.g]", "program.gogo.g"},
    {"runtime.gogo", "mov qword ptr fs:[0xfffffffffffffff8], rdx", "program.gogo.tls"},
    {"runtime.gogo", "mov r14, rdx", "program.gogo.r14"},
    {"runtime.gogo", "mov rsp, qword ptr [rbx + @sched.sp]", "program.gogo.sp"},
    {"runtime.gogo", "mov rax, qword ptr [rbx + @sched.ret]", "program.gogo.ret"},
    {"runtime.gogo", "mov rdx, qword ptr [rbx + @sched.ctxt]", "program.gogo.ctxt"},
    {"runtime.gogo", "mov rbp, qword ptr [rbx + @sched.bp]", "program.gogo.bp"},
    {"runtime.gogo", "mov qword ptr [rbx + @sched.sp], 0", "program.gogo.clear.sp"},
    {"runtime.gogo", "mov qword ptr [rbx + @sched.ret], 0", "program.gogo.clear.ret"},
    {"runtime.gogo", "mov qword ptr [rbx + @sched.ctxt], 0", "program.gogo.clear.ctxt"},
    {"runtime.gogo", "mov qword ptr [rbx + @sched.bp], 0", "program.gogo.clear.bp"},
    {"runtime.gogo", "mov rbx, qword ptr [rbx + @sched.pc]", "program.gogo.pc"},
    {"runtime.gogo", "jmp rbx", "program.gogo.jump"},
    {"runtime.goexit", "call @runtime.goexit1", "program.goexit.call"},
    {"runtime.mcall", "mov rbx, qword ptr [rsp]", "program.mcall.pc"},
    {"runtime.mcall", "mov qword ptr [r14 + @g.sched.pc], rbx", "program.mcall.save.pc"},
    {"runtime.mcall", "mov qword ptr [rax + @g.sched.pc], rbx", "program.mcall.save.pc"},
    {"runtime.mcall", "mov qword ptr [r14 + @g.sched.sp], rbx", "program.mcall.save.sp"},
    {"runtime.mcall", "mov qword ptr [rax + @g.sched.sp], rbx", "program.mcall.save.sp"},
    {"runtime.mcall", "mov qword ptr [r14 + @g.sched.bp], rbp", "program.mcall.save.bp"},
    {"runtime.mcall", "mov qword ptr [rax + @g.sched.bp], rbp", "program.mcall.save.bp"},
    {"runtime.mcall", "mov r14, rsi", "program.mcall.r14"},
    {"runtime.mcall", "mov qword ptr fs:[0xfffffffffffffff8], r14", "program.mcall.tls"},
    {"runtime.mcall", "mov qword ptr fs:[0xfffffffffffffff8], rsi", "program.mcall.tls"},
    {"runtime.mcall", "mov rsp, qword ptr [r14 + @g.sched.sp]", "program.mcall.sp"},
    {"runtime.mcall", "mov rsp, qword ptr [rsi + @g.sched.sp]", "program.mcall.sp"},
    {"runtime.mcall", "push rax", "program.mcall.push"},
    {"runtime.mcall", "call r12", "program.mcall.call"},
    {"runtime.mcall", "call rdi", "program.mcall.call"},
};

constexpr std::string_view kCallOf = "call @";

std::string hex_of(std::uint64_t value) {
  return value < 10 ? fmt::format("{}", value) : fmt::format("{:#x}", value);
}

/// Whether an instruction as printed is a call of the function.
bool calls(const Guest& guest, std::string_view text, std::string_view function) {
  constexpr std::string_view kCall = "call 0x";
  if (!text.starts_with(kCall)) return false;
  text.remove_prefix(kCall.size());
  std::uint64_t target = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target, 16);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  const Function* const called = guest.code.function_at(CodeAddr(target));
  return called != nullptr && called->entry == CodeAddr(target) && called->go_name() == function;
}

/// The text with the release's own places; empty where it has no such field.
std::string with_places(const Guest& guest, std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return std::string(text);
  const std::size_t end = std::min(text.find(']', at), text.size());
  std::string_view name = text.substr(at + 1, end - at - 1);
  const Layout& layout = guest.release->layout;
  const bool in_g = name.starts_with("g.");
  if (in_g) name.remove_prefix(2);
  const Field* const field = layout.find("g", name);
  const Field* const gobuf = layout.find("g", "sched");
  if (field == nullptr || gobuf == nullptr) return {};
  const std::uint64_t offset = field->offset - (in_g ? 0 : gobuf->offset);
  std::string before(text.substr(0, at));
  // The first field has no distance: "[rbx]".
  if (offset == 0) before.erase(before.size() - 3);
  return before + (offset == 0 ? "" : hex_of(offset)) + std::string(text.substr(end));
}

}  // namespace

std::string instruction_key(const Guest& guest, const MemoryView& memory, CodeAddr pc) {
  const Function* const function = guest.code.function_at(pc);
  if (function == nullptr) return {};
  const std::string_view name = function->go_name();
  std::string is;
  for (const Told& told : kTold) {
    if (told.function != name) continue;
    if (is.empty()) is = code_text(memory, pc).text;
    const bool call = told.text.starts_with(kCallOf);
    if (call ? calls(guest, is, told.text.substr(kCallOf.size())) : is == with_places(guest, told.text))
      return std::string(told.key);
  }
  return {};
}

std::vector<StepKey> program_keys(const Guest& guest, const StateView& after, const Step& step,
                                  const std::vector<Event>& events) {
  std::vector<StepKey> keys;
  if (std::string key = instruction_key(guest, after, step.pc); !key.empty())
    keys.push_back({std::move(key)});
  for (const Event& event : events) {
    for (std::string& key : event_keys("program", event)) keys.push_back({std::move(key), &event});
  }
  return keys;
}

}  // namespace gogoscope
