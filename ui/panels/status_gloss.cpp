#include "ui/panels/status_gloss.h"

#include "emu/layout/status.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

const Words kIdle{"new, or a g0", "新建，或是 g0"};
const Words kRunnable{"ready to run", "可以运行"};
const Words kRunning{"runs on an M", "正在 M 上运行"};
const Words kWaiting{"blocked", "阻塞"};
const Words kSyscall{"in a system call", "在系统调用中"};
const Words kDead{"exited or unused", "已退出或未使用"};
const Words kCopystack{"its stack is being moved", "栈正被搬移"};
const Words kPreempted{"was preempted", "被抢占"};

}  // namespace

std::string_view status_gloss(std::uint32_t status, Language language) {
  switch (status & ~kGscan) {
    case kGidle:
      return kIdle.in(language);
    case kGrunnable:
      return kRunnable.in(language);
    case kGrunning:
      return kRunning.in(language);
    case kGsyscall:
      return kSyscall.in(language);
    case kGwaiting:
      return kWaiting.in(language);
    case kGdead:
      return kDead.in(language);
    case kGcopystack:
      return kCopystack.in(language);
    case kGpreempted:
      return kPreempted.in(language);
    default:
      return {};
  }
}

}  // namespace gogoscope
