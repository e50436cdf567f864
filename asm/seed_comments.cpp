#include "asm/seed_comments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "asm/comments_zh.h"

namespace plan9 {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kComments = {{
    {"恢复sp寄存器值切换到g栈", "which switches to g's stack"},
    {"获取G任务函数的地址", "the address of the goroutine's function"},
    {"转到任务函数执行", "jump to the goroutine's function"},
    {"调用goexit1函数", "call goexit1"},
    {"切换到g0执行goexit0", "switch to g0 and run goexit0 there"},
    {"gp的状态置为_Gdead", "set gp's status to _Gdead"},
    {"状态重置", "reset gp's fields"},
    {"G和M是否锁定", "is the G locked to its M?"},
    {"G和M解除锁定", "unlock G and M"},
    {"处理G和M的清除工作", "cut the links between G and M"},
    {"将G放入P的G空闲链表", "put the G on the P's list of free Gs"},
    {"再次进入调度", "schedule again"},
}};

// What slots are called that put arguments of a call in place, and take its result.
constexpr std::string_view kArguments = "arguments of ";
constexpr std::string_view kResult = "result of ";

}  // namespace

std::string listing_line(std::string_view line, gogoscope::Language language) {
  std::string out(line);
  const bool chinese = language == gogoscope::Language::zh;
  if (chinese && line.starts_with(kArguments)) return out.substr(kArguments.size()) + " 的实参";
  if (chinese && line.starts_with(kResult)) return out.substr(kResult.size()) + " 的返回值";
  const auto comment = line.find("//");
  if (comment == std::string_view::npos) return out;
  if (chinese) {
    const std::size_t words = std::min(line.find_first_not_of("/ ", comment), line.size());
    const std::string_view translated = comment_in_chinese(line.substr(words));
    return translated.empty() ? out : out.replace(words, std::string::npos, translated);
  }
  for (const auto& [zh, en] : kComments) {
    if (const auto at = out.find(zh, comment); at != std::string::npos) return out.replace(at, zh.size(), en);
  }
  return out;
}

}  // namespace plan9
