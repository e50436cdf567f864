#include "ui/status_line.h"

#include <algorithm>
#include <cstdio>

#include "asm/text/fill.h"
#include "emu/layout/tested_releases.h"
#include "ui/draw.h"
#include "ui/pin.h"

namespace gogoscope {
namespace {

const Words kPast{
    "In the past: stepping replays what is recorded. Editing here sets aside the {} steps that follow.",
    "在过去：单步会重放记录。在这里修改会把之后的 {} 步另存为一条分支。"};
const Words kTip{"At the end of the record: the next step is executed and added to it.",
                 "在记录的末尾：下一步会真正执行，并加入记录。"};
const Words kEnded{"The run has ended. Step back to see how it got here.",
                   "运行已结束。可以往回走，看它是怎样到这里的。"};
const Words kReplay{"An opened record: you can step both ways, but not edit.",
                    "打开的记录：可以前后走，不能修改。"};
const Words kBrokenOther{"The scenario file has errors; the run shown is not its own.",
                         "场景文件有错误；显示的不是它的运行。"};
const Words kBroken{"The scenario file has errors; the last good run is shown.",
                    "场景文件有错误；显示的是上一次正确的运行。"};
const Words kOtherFuture{"Another future begins at state {state}: see Futures.",
                         "另一个未来始于状态 {state}，见“未来”面板。"};
const Words kQuestionOpen{"A question is open: what comes later is hidden. Answer it, or skip it.",
                          "有一个问题还没回答：之后的内容不显示。请回答，或者跳过。"};
const Words kQuestionAhead{"What comes after the next question is hidden.", "下一个问题之后的内容不显示。"};
const Words kUnsaid{"What comes later is hidden until the answer is shown.",
                    "显示答案之前，之后的内容不显示。"};
const Words kUntestedRelease{"(untested)", "（未测试）"};
const Words kPlaying{"Playing", "播放中"};
const Words kPlayingBack{"Playing backwards", "倒放中"};
const Words kAnInstruction{"instructions per second", "条指令每秒"};
const Words kALine{"lines per second", "行每秒"};
const Words kAnEvent{"events per second", "个事件每秒"};
const Words kAHandoff{"handoffs per second", "次切换每秒"};

const Words& unit_words(PlayUnit unit) {
  switch (unit) {
    case PlayUnit::line:
      return kALine;
    case PlayUnit::event:
      return kAnEvent;
    case PlayUnit::handoff:
      return kAHandoff;
    default:
      return kAnInstruction;
  }
}

std::string with_count(std::string text, std::uint64_t count) {
  if (const std::size_t at = text.find("{}"); at != std::string::npos)
    text.replace(at, 2, std::to_string(count));
  return text;
}

}  // namespace

void StatusLine::draw(Frame& frame, Rect rect, const Player& player) {
  const View& view = frame.view;
  const Language language = frame.ui.language;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool broken = view.errors != nullptr && !view.errors->empty();
  const bool past = view.in_the_past();

  std::string banner;
  if (broken) {
    banner = (view.run_of_another ? kBrokenOther : kBroken).str(language);
  } else if (view.hidden) {
    const bool open = view.lesson != nullptr && view.lesson->open_question() != nullptr;
    banner = (open ? kQuestionOpen : frame.ui.unsaid.empty() ? kQuestionAhead : kUnsaid).str(language);
  } else if (!view.live) {
    banner = kReplay.str(language);
  } else if (past) {
    banner = with_count(kPast.str(language), view.steps - view.position);
  } else {
    banner = (view.at_its_end() ? kEnded : kTip).str(language);
  }
  if (!broken && !view.branches.empty()) {
    const std::string state = std::to_string(view.branches.back().from);
    banner += (language == Language::zh ? "" : " ") + fill(kOtherFuture.in(language), {{"state", state}});
  }
  if (view.of_program()) {
    const std::string& release = view.guest->release->name();
    const std::string mark = is_tested_release(release) ? "" : " " + kUntestedRelease.str(language);
    banner = "Go " + release + mark + " · " + banner;
  }
  const Color ground = broken ? Color::red : past ? Color::blue : Color::raised;
  list->AddRectFilled(rect.min, rect.max, frame.theme[Color::header]);
  list->AddRectFilled(rect.min, rect.max, frame.theme.tint(ground, past || broken ? 0.16F : 1.0F));
  list->AddLine({rect.min.x, rect.max.y}, rect.max, frame.theme[Color::line]);
  frame.widgets.note("banner", rect);

  ImFont* font = frame.fonts.words;
  const float middle = rect.center().y;
  const float y = middle - font->FontSize / 2;
  float x = rect.min.x + frame.px(16);
  // An arrow to the left for the past, a bar for the tip: clear without colour.
  const float r = frame.px(5);
  const ImU32 ink = frame.theme[broken ? Color::red : past ? Color::blue : Color::green];
  if (past && !broken) {
    list->AddTriangleFilled({x + 2 * r, middle - r}, {x, middle}, {x + 2 * r, middle + r}, ink);
  } else {
    list->AddRectFilled({x + r * 0.6F, middle - r}, {x + r * 1.4F, middle + r}, ink);
  }
  x += 3 * r;
  if (const float width = pin_width(frame); width > 0) {
    frame.press.group("toolbar");
    x = draw_pin(frame, x, middle, "pin.status") + frame.px(10);
  }

  std::string right = frame.ui.notice;
  Color right_ink = frame.ui.notice_is_error ? Color::red : Color::text;
  if (player.playing()) {
    char speed[24];
    std::snprintf(speed, sizeof speed, " · %.1f ", static_cast<double>(player.speed()));
    right = (player.backwards() ? kPlayingBack : kPlaying).str(language) + speed +
            unit_words(player.unit()).str(language);
    right_ink = Color::green;
  }
  const float room = rect.max.x - frame.px(16);
  const float notice_left =
      std::max({rect.min.x + rect.width() * 0.45F, x + frame.px(20), room - draw::measure(font, right).x});
  draw::text_until(font, {x, y}, right.empty() ? room : notice_left - frame.px(20),
                   frame.theme[past || broken ? Color::text : Color::text_soft], banner);
  if (!right.empty()) {
    draw::text_until(font, {notice_left, y}, room, frame.theme[right_ink], right);
    frame.widgets.note("notice", {{notice_left, rect.min.y}, {room, rect.max.y}});
  }
}

}  // namespace gogoscope
