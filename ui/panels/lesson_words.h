// The words of the lesson's panel.
#pragma once

#include "ui/text.h"

namespace gogoscope::lesson_words {

inline const Words kStop{"Stop {n} of {of}", "第 {n} 站，共 {of} 站"};
inline const Words kScore{"{right} of {of} right", "答对 {right}/{of}"};
inline const Words kToStop{"The run is elsewhere: back to this stop", "当前不在这一站：回到这一站"};
inline const Words kQuestion{"Question {n} of {of}", "问题 {n}/{of}"};
inline const Words kChooseOne{"Choose one.", "选一个。"};
inline const Words kTick{"Tick all that change, or none.", "勾选所有会变的，也可以一个都不选。"};
inline const Words kInOrder{"Choose all of them in their order.", "按先后顺序逐个选。"};
inline const Words kTypeValue{"a number, a g, a status, or rsp - 8", "数、g、状态，或 rsp - 8"};
inline const Words kAnswer{"Answer", "回答"};
inline const Words kSkip{"Skip", "跳过"};
inline const Words kRight{"Right.", "对。"};
inline const Words kWrong{"No: {truth}", "不对：{truth}"};
inline const Words kSkipped{"Skipped: {truth}", "已跳过：{truth}"};
inline const Words kUnsaid{"What is right, and why? {key} shows it.", "哪个对，为什么？按 {key} 显示。"};
inline const Words kYouSaid{"You said: {given}", "你的回答：{given}"};
inline const Words kShowMoment{"Show that moment", "看那一刻"};
inline const Words kTry{"Try", "试一试"};
inline const Words kTryIt{"Do it", "动手"};
inline const Words kTryLater{"The button for it comes when all questions are answered.",
                             "所有问题都回答之后，这里会出现按钮。"};
inline const Words kTrying{"Changed: {what}", "改动：{what}"};
inline const Words kIntact{"The intact run", "完好的运行"};
inline const Words kChanged{"The changed run", "改动后的运行"};
inline const Words kBroke{"breaks {invariant}, in state {state}, after {place}",
                          "破坏不变式 {invariant}：状态 {state}，在 {place} 之后"};
inline const Words kNoneBroke{"breaks no invariant in {n} steps", "{n} 步，没有破坏不变式"};
inline const Words kNoEnd{"it has not ended", "还没有结束"};
inline const Words kBack{"Back to the lesson", "回到课程"};
inline const Words kBackToRun{"Back to the intact run", "回到完好的运行"};
inline const Words kNext{"Next stop", "下一站"};
inline const Words kEnd{"The end of the lesson: {right} of {of} right.", "本课结束：答对 {right}/{of}。"};
inline const Words kExport{"Export answers", "导出回答"};
inline const Words kOthers{"Other lessons", "其他课程"};

}  // namespace gogoscope::lesson_words
