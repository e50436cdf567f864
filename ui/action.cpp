#include "ui/action.h"

#include <array>

namespace gogoscope {
namespace {

constexpr std::array kActions = {
    ActionInfo{ActionId::palette, "palette", "Ctrl+P", "Search commands, symbols, structs, events",
               "搜索命令、符号、结构体、事件"},
    ActionInfo{ActionId::menu, "menu", "F3", "Open the window's menu", "打开窗口的菜单"},
    ActionInfo{ActionId::help, "help", "F1", "Show all commands and keys", "显示所有命令和按键"},
    ActionInfo{
        ActionId::close, "close", "Escape",
        "Close what is on top; leave what is tried; let go of a pinned goroutine; leave presenter mode",
        "关闭最上面的浮层；离开正在试的运行；取消固定的 goroutine；退出演示模式"},
    ActionInfo{ActionId::run_to_cursor, "run-to-cursor", "Ctrl+F10", "Run to the line that was clicked",
               "运行到所点的那一行"},
    ActionInfo{ActionId::back_to_cursor, "back-to-cursor", "Ctrl+Shift+F10",
               "Run backwards to the line that was clicked", "倒着运行到所点的那一行"},
    ActionInfo{ActionId::leave_out, "leave-out", "Ctrl+K",
               "Run without the line that was clicked, beside the intact run",
               "去掉所点的那一行再运行，与完好的运行对照"},
    ActionInfo{ActionId::forward, "forward", "PageDown",
               "Go to the next bookmark, or forward by one unit of play: the key of a remote control",
               "到下一个书签，没有书签则前进一个播放单位（翻页笔的下一页）"},
    ActionInfo{ActionId::backward, "backward", "PageUp",
               "Go to the bookmark before, or back by one unit of play",
               "到上一个书签，没有书签则后退一个播放单位（翻页笔的上一页）"},
    ActionInfo{ActionId::play, "play", "Space", "Play or pause", "播放或暂停"},
    ActionInfo{ActionId::play_backward, "play-backward", "Shift+Space", "Play backwards or pause",
               "倒放或暂停"},
    ActionInfo{ActionId::play_faster, "play-faster", "Ctrl+Up", "Play faster", "播放得快一些"},
    ActionInfo{ActionId::play_slower, "play-slower", "Ctrl+Down", "Play more slowly", "播放得慢一些"},
    ActionInfo{ActionId::play_unit, "play-unit", "Ctrl+U",
               "Play by instruction, line, event or handoff, in turn", "依次按指令、行、事件、切换来播放"},
    ActionInfo{ActionId::presenter, "presenter", "F4", "Presenter mode: large type, one focus",
               "演示模式：大字号，只突出一处"},
    ActionInfo{ActionId::caption, "caption", "F6",
               "Presenter mode: hide the caption, in a lesson what is right, until this key asks for it",
               "演示模式：不显示解说（课程中是对错和原因），按此键才显示"},
    ActionInfo{ActionId::language, "language", "Ctrl+L", "Switch to Chinese", "切换到英文"},
    ActionInfo{ActionId::theme, "theme", "Ctrl+T", "Switch between dark and light", "切换深色与浅色"},
    ActionInfo{ActionId::motion, "motion", "Ctrl+M", "Switch transitions on or off", "打开或关闭过渡动画"},
    ActionInfo{ActionId::bigger, "bigger", "Ctrl+=", "Larger type", "放大"},
    ActionInfo{ActionId::smaller, "smaller", "Ctrl+-", "Smaller type", "缩小"},
    ActionInfo{ActionId::copy_picture, "copy-picture", "Ctrl+Shift+C", "Copy a picture of the window",
               "复制窗口的图片"},
    ActionInfo{ActionId::copy_text, "copy-text", "Ctrl+Shift+T",
               "Copy the text of the panel under the mouse, or of the one with the keyboard",
               "复制鼠标所指面板（或有键盘焦点的面板）的文字"},
    ActionInfo{ActionId::go_to_memory, "go-to-memory", "Ctrl+Shift+M",
               "Show the memory at an address or field", "显示某个地址或字段处的内存"},
    ActionInfo{ActionId::open_file, "open", "Ctrl+O", "Open a file", "打开文件"},
    ActionInfo{ActionId::start_page, "start-page", "Ctrl+E", "Examples, lessons and recent files",
               "示例、课程和最近打开的文件"},
    ActionInfo{ActionId::goroutines, "goroutines", "Ctrl+H",
               "Show the goroutines of the user only, or those of the runtime too",
               "只显示用户的 goroutine，或也显示运行时自己的"},
    ActionInfo{ActionId::bookmark, "bookmark", "Ctrl+D", "Set a bookmark at this moment, or remove it",
               "在此刻设置书签，或删除它"},
    ActionInfo{ActionId::first_moment, "first-task", "Shift+Home",
               "Go to where the first goroutine begins to run user code",
               "到第一个 goroutine 开始运行用户代码之处"},
    ActionInfo{ActionId::reload, "reload", "Ctrl+R", "Read the scenario file again", "重新读取场景文件"},
    ActionInfo{ActionId::lesson, "lesson", "",
               "Play the lesson of this file, or leave it and look at its run freely",
               "开始本文件里的课程，或离开课程随意查看这次运行"},
    ActionInfo{ActionId::skip_question, "skip-question", "", "Skip the open question of the lesson",
               "跳过课程中还没回答的问题"},
    ActionInfo{ActionId::export_answers, "export-answers", "",
               "Write the answers given in this lesson to a JSON file", "把本课的回答写成 JSON 文件"},
    ActionInfo{ActionId::forget_layout, "forget-layout", "",
               "Put the panels back in their original places and sizes", "让各面板恢复最初的位置和大小"},
    ActionInfo{ActionId::quit, "quit", "Ctrl+Q", "Close the window", "关闭窗口"},
};

}  // namespace

std::span<const ActionInfo> actions() { return kActions; }

const ActionInfo& info(ActionId id) { return kActions[static_cast<std::size_t>(id)]; }

const ActionInfo* action_by_name(std::string_view name) {
  for (const ActionInfo& action : kActions) {
    if (action.name == name) return &action;
  }
  return nullptr;
}

}  // namespace gogoscope
