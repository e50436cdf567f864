#include "scenarios/told/status_gloss.h"

#include <array>

#include "emu/layout/status.h"

namespace gogoscope {
namespace {

struct Gloss {
  std::uint32_t status;
  TextView words;
};

constexpr std::array<Gloss, 8> kGlosses = {{
    {kGidle, {"new, or a g0", "新建，或是 g0"}},
    {kGrunnable, {"ready to run", "可以运行"}},
    {kGrunning, {"runs on an M", "正在 M 上运行"}},
    {kGwaiting, {"blocked", "阻塞"}},
    {kGsyscall, {"in a system call", "在系统调用中"}},
    {kGdead, {"exited or unused", "已退出或未使用"}},
    {kGcopystack, {"its stack is being moved", "栈正被搬移"}},
    {kGpreempted, {"was preempted", "被抢占"}},
}};

constexpr auto kWords = [] {
  std::array<TextView, kGlosses.size()> words{};
  for (std::size_t i = 0; i < kGlosses.size(); ++i) words[i] = kGlosses[i].words;
  return words;
}();

}  // namespace

TextView status_gloss(std::uint32_t status) {
  for (const Gloss& gloss : kGlosses) {
    if (gloss.status == (status & ~kGscan)) return gloss.words;
  }
  return {};
}

std::span<const TextView> status_glosses() { return kWords; }

}  // namespace gogoscope
