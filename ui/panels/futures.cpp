#include "ui/panels/futures.h"

#include "asm/text/fill.h"
#include "asm/text/printable.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/narration_words.h"
#include "ui/draw.h"
#include "ui/horizon.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kRecord{"The record", "当前记录"};
const Words kBranch{"Future {id}, from state {state}", "未来 {id}，始于状态 {state}"};
const Words kByItself{"without that change", "没有那次修改"};
const Words kTurn{"you gave the turn to {m}", "你让 {m} 运行"};
const Words kYouSet{"you set {what}", "你设置了 {what}"};
const Words kSteps{"{steps} steps", "共 {steps} 步"};
const Words kOpen{"recorded so far, not ended", "只记录到这里，尚未结束"};
const Words kDiffers{"first difference: {event}, step {step}", "最早的不同：{event}，第 {step} 步"};
const Words kSame{"tells the same events as the record, as far as both go",
                  "在两者都有的部分，事件与当前记录相同"};
const Words kNone{
    "There is one future so far. An edit (F2) or a turn in the past sets aside what follows; it is kept "
    "here.",
    "目前只有一个未来。在过去修改（F2）或换 M 会把之后的部分另存，并列在这里。"};

}  // namespace

std::string FuturesPanel::begins(const View& view, const Future& future, Language language) const {
  const auto change = [&]() -> std::string {
    if (!future.by_hand) return kByItself.str(language);
    if (!future.first) return "";
    const Step& step = *future.first;
    if (step.kind == StepKind::thread)
      return fill(kTurn.in(language), {{"m", "m" + std::to_string(step.next_thread)}});
    Cursor at(*view.trace);
    at.seek(future.from);
    // A branch cannot be walked from here; what an edit names is there before it, too.
    const Names names(*view.guest, at.state(), name_words(language));
    const EditWords words = edit_words(step, *view.guest, names, names);
    return fill(kYouSet.in(language), {{"what", words.what + ": " + words.from + " → " + words.to}});
  };
  if (!future.branch) return kRecord.str(language) + (future.by_hand ? ": " + change() : "");
  const std::string head = fill(
      kBranch.in(language), {{"id", std::to_string(*future.branch)}, {"state", std::to_string(future.from)}});
  return head + ": " + change();
}

void FuturesPanel::rebuild(const View& view, const UiState& ui) {
  const Language language = ui.language;
  const Made key{view.trace, view.trace->cuts(), view.steps, language, view.hidden};
  if (made_ && *made_ == key) return;
  if (made_ && made_->trace != view.trace) futures_ = Futures();
  made_ = key;
  if (!narration_ || narration_->language() != language) narration_.emplace(language);
  rows_.clear();
  // Where one ends, and in what they differ, comes later.
  if (view.hidden) return;
  for (const Future& future : futures_.of(*view.trace, *view.record_events)) {
    Row& row = rows_.emplace_back();
    row.branch = future.branch;
    row.begins = begins(view, future, language);
    row.ends = fill(kSteps.in(language), {{"steps", std::to_string(future.steps)}}) + "; ";
    if (future.end) {
      row.ends.append(label(future.end->reason, language));
      if (!future.end->detail.empty()) row.ends += ": " + on_one_line(future.end->detail.in(language));
    } else {
      row.ends += kOpen.str(language);
    }
    if (!future.branch) continue;
    row.differs = kSame.str(language);
    if (future.differs) {
      row.differs =
          fill(kDiffers.in(language), {{"event", event_text(*future.differs, *view.guest, *narration_)},
                                       {"step", std::to_string(future.differs->step)}});
    }
  }
}

void FuturesPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::futures, "");
  ImFont* words = frame.fonts.words;
  const float line = words->FontSize * 1.35F;
  const float left = content.min.x + frame.px(14);
  const float right = content.max.x - frame.px(14);
  const auto tell = [&](std::string_view text, float& y, Color ink) {
    for (const std::string_view part : wrap(words, text, right - left)) {
      draw::text(words, {left, y}, frame.theme[ink], part);
      y += line;
    }
  };
  for (const Row& row : rows_) {
    const ImVec2 top = ImGui::GetCursorScreenPos();
    float y = top.y + frame.px(6);
    const auto height = [&](std::string_view text) {
      return text.empty() ? 0 : line * static_cast<float>(wrap(words, text, right - left).size());
    };
    const float bottom = y + height(row.begins) + height(row.ends) + height(row.differs) + frame.px(4);
    const Rect box{{content.min.x + frame.px(4), top.y + frame.px(2)}, {content.max.x - frame.px(4), bottom}};
    if (row.branch) {
      const Pressed pressed = frame.area("futures.row." + std::to_string(*row.branch), box);
      if (pressed.hovered) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        ImGui::GetWindowDrawList()->AddRectFilled(box.min, box.max, frame.theme[Color::raised], frame.px(5));
      }
      if (pressed.primary) frame.commands.push_back({CommandId::go_to_branch, BranchId{*row.branch}});
    } else {
      ImGui::GetWindowDrawList()->AddRectFilled({box.min.x, box.min.y}, {box.min.x + frame.px(3), box.max.y},
                                                frame.theme[Color::yellow]);
    }
    tell(row.begins, y, Color::text);
    tell(row.ends, y, Color::text_soft);
    if (!row.differs.empty()) tell(row.differs, y, Color::text_soft);
    ImGui::Dummy({1, bottom + frame.px(4) - top.y});
  }
  if (rows_.empty()) draw::empty(frame, content, frame.text(kUntilAnswered));
  if (rows_.size() == 1) {
    float y = ImGui::GetCursorScreenPos().y + frame.px(4);
    tell(frame.text(kNone), y, Color::text_dim);
    ImGui::Dummy({1, y - ImGui::GetCursorScreenPos().y});
  }
  draw::end_panel();
}

}  // namespace gogoscope
