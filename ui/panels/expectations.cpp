#include "ui/panels/expectations.h"

#include "asm/text/fill.h"
#include "asm/text/printable.h"
#include "ui/draw.h"
#include "ui/horizon.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kSum{"{met} met, {failed} failed, {pending} pending",
                 "{met} 项满足，{failed} 项不满足，{pending} 项待定"};
const Words kNone{"This run expects nothing: it was opened from a record, or its file has no expectations.",
                  "这次运行没有预期：它是从记录打开的，或者场景文件里没有写预期。"};
const Words kNotAsked{"not asked: what comes before it is missing", "没有检查：它之前的预期没有出现"};

const Words kChanged{"not judged: you changed the run before this moment",
                     "没有判断：你在这一时刻之前改动了这次运行"};

constexpr float kRow = 22;
constexpr float kSign = 20;  // the middle of the sign, from the left
constexpr float kSection = 36;
constexpr float kText = 104;

/// A tick, a cross, a ring, a dash: told apart without colour.
void draw_sign(const Frame& frame, ImVec2 c, ExpectationsPanel::Look look) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float u = frame.px(1);
  const float thick = 1.8F * u;
  switch (look) {
    case ExpectationsPanel::Look::met: {
      const ImU32 ink = frame.theme[Color::green];
      list->AddLine({c.x - 5 * u, c.y}, {c.x - u, c.y + 4 * u}, ink, thick);
      list->AddLine({c.x - u, c.y + 4 * u}, {c.x + 5 * u, c.y - 4 * u}, ink, thick);
      break;
    }
    case ExpectationsPanel::Look::failed: {
      const ImU32 ink = frame.theme[Color::red];
      list->AddLine({c.x - 4 * u, c.y - 4 * u}, {c.x + 4 * u, c.y + 4 * u}, ink, thick);
      list->AddLine({c.x - 4 * u, c.y + 4 * u}, {c.x + 4 * u, c.y - 4 * u}, ink, thick);
      break;
    }
    case ExpectationsPanel::Look::pending:
      list->AddCircle(c, 4 * u, frame.theme[Color::text_dim], 0, 1.5F * u);
      break;
    case ExpectationsPanel::Look::not_asked:
      list->AddLine({c.x - 4 * u, c.y}, {c.x + 4 * u, c.y}, frame.theme[Color::text_dim], 1.5F * u);
      break;
  }
}

}  // namespace

void ExpectationsPanel::rebuild(const View& view, const UiState& ui) {
  rows_.clear();
  sum_.clear();
  int met = 0, failed = 0, pending = 0;
  std::string section;
  none_ = view.hidden ? &kUntilAnswered : &kNone;
  if (view.hidden || view.expectations == nullptr) return;
  // They were judged in the run of the file, which ends where the user's own begins.
  const std::uint64_t common = view.trace->first_by_hand().value_or(view.trace->steps());
  for (const ListedExpectation& one : *view.expectations) {
    Row& row = rows_.emplace_back();
    if (one.section != section) row.section = section = one.section;
    row.text = on_one_line(one.text);
    row.target = target_of_moment(one.moment);
    if (one.moment > common) {
      row.look = Look::not_asked;
      row.target = {};
      row.why = kChanged.str(ui.language);
      ++pending;
    } else if (one.state == ListedExpectation::State::not_asked) {
      row.look = Look::not_asked;
      row.why = kNotAsked.str(ui.language);
      ++pending;
    } else if (one.moment > view.position) {
      ++pending;
    } else if (one.state == ListedExpectation::State::met) {
      row.look = Look::met;
      ++met;
    } else {
      row.look = Look::failed;
      row.why = one.why.in(ui.language);
      ++failed;
    }
  }
  if (rows_.empty()) return;
  sum_ = fill(kSum.in(ui.language), {{"met", std::to_string(met)},
                                     {"failed", std::to_string(failed)},
                                     {"pending", std::to_string(pending)}});
}

void ExpectationsPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, kId, sum_);
  if (rows_.empty()) draw::empty(frame, content, frame.text(*none_));
  ImFont* mono = frame.fonts.mono;
  ImFont* words = frame.fonts.words;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    const Rect box = draw::row(frame.px(kRow));
    const float y = box.center().y - mono->FontSize / 2;
    const float left = box.min.x + frame.px(kText);
    const float right = box.max.x - frame.px(10);
    const bool quiet = row.look == Look::pending || row.look == Look::not_asked;
    draw_sign(frame, {box.min.x + frame.px(kSign), box.center().y}, row.look);
    draw::text_until(words, {box.min.x + frame.px(kSection), box.center().y - words->FontSize / 2},
                     left - frame.px(6), frame.theme[Color::text_dim], row.section);
    const float end = draw::text_until(mono, {left, y}, right,
                                       frame.theme[row.look == Look::failed ? Color::red
                                                   : quiet                  ? Color::text_dim
                                                                            : Color::text],
                                       row.text);
    link(frame, "expectations.row." + std::to_string(i), {{left, box.min.y}, {end, box.max.y}}, row.target);
    if (row.why.empty()) continue;
    for (const std::string_view line : wrap(words, row.why, right - left)) {
      const Rect below = draw::row(words->FontSize * 1.35F);
      draw::text(words, {left, below.min.y}, frame.theme[Color::text_soft], line);
    }
  }
  draw::end_panel();
}

}  // namespace gogoscope
