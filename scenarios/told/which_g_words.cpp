#include "scenarios/told/which_g_words.h"

#include <iterator>

namespace gogoscope {
namespace {

constexpr Pattern kVerdicts[] = {
    {"They agree.", "一致。"},
    {"On {g}. m.curg names the goroutine it works for.", "在 {g} 上。m.curg 是它所服务的 goroutine。"},
    {"On {g}, between goroutines: no curg.", "在 {g} 上，两个 goroutine 之间：没有 curg。"},
    {"Still {g}. gobuf.g names the next one.", "还在 {g}。gobuf.g 指明下一个 g。"},
    {"{home} and SP disagree: the switch is under way.", "{home} 与 SP 不一致：正在切换。"},
    {"{home} names no g: normal only at the start.", "{home} 里不是 g：只在启动时正常。"},
    {"A switch is under way, but m.curg names another g!", "正在切换，但 m.curg 指向另一个 g！"},
    {"{home} and SP disagree, and no switch explains it!", "{home} 与 SP 不一致，也没有切换能解释！"},
    {"SP is not on any g's stack!", "SP 不在任何 g 的栈上！"},
    {"m.curg does not name the running goroutine!", "m.curg 不是正在运行的 goroutine！"},
};
static_assert(std::size(kVerdicts) == static_cast<std::size_t>(WhichG::Verdict::curg_apart) + 1);

}  // namespace

std::span<const Pattern> verdict_patterns() { return kVerdicts; }

Message verdict_of(const WhichG& which) {
  return Message(kVerdicts[static_cast<std::size_t>(which.verdict)],
                 {{"home", name(which.home)}, {"g", which.answers[WhichG::kTls].name}});
}

}  // namespace gogoscope
