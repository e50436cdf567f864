#include "ui/transfer_arrows.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostLanes = 6;

/// One end of an arrow: the middle of a row, or the panel's edge where the row is out of sight.
struct End {
  float y = 0;
  bool in_sight = false;
};

struct Arrow {
  End reg;
  End field;
  bool to_memory = false;
  bool newest = false;
  float lane = 0;  ///< x
  float length() const { return std::abs(field.y - reg.y); }
};

template <class Key>
End end_at(const Frame& frame, const std::map<Key, Rect>& rows, Key key, Rect panel) {
  const auto row = rows.find(key);
  if (row == rows.end()) return {panel.min.y, false};  // another tab is in front
  const float y = row->second.center().y;
  const float top = panel.min.y + frame.px(draw::kHeader);
  if (y < top) return {top, false};
  if (y > panel.max.y - frame.px(4)) return {panel.max.y, false};
  return {y, true};
}

std::vector<Arrow> arrows_of(const Frame& frame, const Places& places,
                             const std::vector<Transfer>& transfers) {
  std::vector<Arrow> arrows;
  // How many arrows meet at a row already.
  std::map<Reg, int> ends_at_reg;
  std::map<Addr, int> ends_at_field;
  for (auto it = transfers.rbegin(); it != transfers.rend() && arrows.size() < kMostLanes; ++it) {
    Arrow arrow;
    arrow.reg = end_at(frame, frame.anchors.registers, it->reg, places[Slot::registers]);
    arrow.field = end_at(frame, frame.anchors.fields, it->addr, places[Slot::data]);
    if (!arrow.reg.in_sight && !arrow.field.in_sight) continue;
    // Arrows that meet at a row are beside each other.
    const float step = frame.px(4);
    if (arrow.reg.in_sight) arrow.reg.y += step * static_cast<float>(ends_at_reg[it->reg]++ % 2);
    if (arrow.field.in_sight) arrow.field.y += step * static_cast<float>(ends_at_field[it->addr]++ % 2);
    arrow.to_memory = it->to_memory;
    arrow.newest = it->step + 1 == frame.view.position;
    arrows.push_back(arrow);
  }
  // The longest runs outermost: then the shorter ones nest inside it, and few cross.
  std::stable_sort(arrows.begin(), arrows.end(),
                   [](const Arrow& a, const Arrow& b) { return a.length() > b.length(); });
  const float room = frame.px(kArrowMargin - 10);
  const float apart =
      arrows.size() < 2 ? 0 : std::min(frame.px(5), room / static_cast<float>(arrows.size() - 1));
  for (std::size_t i = 0; i < arrows.size(); ++i) {
    arrows[i].lane = places[Slot::registers].min.x + frame.px(4) + apart * static_cast<float>(i);
  }
  return arrows;
}

void stroke(const Frame& frame, const Arrow& arrow, float rows_at, ImU32 ink) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float down = arrow.field.y > arrow.reg.y ? 1.0F : -1.0F;
  const float bend = std::min({frame.px(5), arrow.length() / 2, rows_at - arrow.lane});
  const float head = frame.px(6);
  const bool reg_has_head = !arrow.to_memory && arrow.reg.in_sight;
  const bool field_has_head = arrow.to_memory && arrow.field.in_sight;
  if (arrow.reg.in_sight) {
    list->PathLineTo({rows_at - (reg_has_head ? head : 0), arrow.reg.y});
    list->PathLineTo({arrow.lane + bend, arrow.reg.y});
    list->PathBezierQuadraticCurveTo({arrow.lane, arrow.reg.y}, {arrow.lane, arrow.reg.y + down * bend}, 6);
  } else {
    list->PathLineTo({arrow.lane, arrow.reg.y});
  }
  if (arrow.field.in_sight) {
    list->PathLineTo({arrow.lane, arrow.field.y - down * bend});
    list->PathBezierQuadraticCurveTo({arrow.lane, arrow.field.y}, {arrow.lane + bend, arrow.field.y}, 6);
    list->PathLineTo({rows_at - (field_has_head ? head : 0), arrow.field.y});
  } else {
    list->PathLineTo({arrow.lane, arrow.field.y});
  }
  list->PathStroke(ink, 0, frame.px(arrow.newest ? 2.5F : 1.2F));

  for (const End& end : {arrow.reg, arrow.field}) {
    if (!end.in_sight) list->AddCircleFilled({arrow.lane, end.y}, frame.px(arrow.newest ? 4 : 3), ink);
  }
  const auto draw_head = [&](float y) {
    const float half = frame.px(arrow.newest ? 5 : 4);
    list->AddTriangleFilled({rows_at, y}, {rows_at - head, y - half}, {rows_at - head, y + half}, ink);
  };
  if (reg_has_head) draw_head(arrow.reg.y);
  if (field_has_head) draw_head(arrow.field.y);
}

}  // namespace

void draw_transfer_arrows(Frame& frame, const Places& places, const std::vector<Transfer>& transfers) {
  if (!places.shows(Slot::registers) || !places.shows(Slot::data)) return;
  // They would run through the rows of whatever tab is in front.
  if (!frame.ui.desk.in_front(PanelId::registers)) return;
  std::vector<Arrow> arrows = arrows_of(frame, places, transfers);
  // The newest is on top.
  std::stable_partition(arrows.begin(), arrows.end(), [](const Arrow& arrow) { return !arrow.newest; });

  const float rows_at = places[Slot::registers].min.x + frame.px(kArrowMargin);
  const Rect& data = places[Slot::data];
  const float header = data.min.y + frame.px(draw::kHeader);
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const Arrow& arrow : arrows) {
    // Behind the header of the lower panel, whose text must stay readable.
    const struct {
      float top, bottom, alpha;
    } bands[] = {{0, data.min.y, 1}, {data.min.y, header, 0.25F}, {header, data.max.y, 1}};
    for (const auto& band : bands) {
      list->PushClipRect({data.min.x - frame.px(6), band.top}, {data.max.x, band.bottom}, true);
      stroke(frame, arrow, rows_at,
             frame.theme.tint(arrow.newest ? Color::orange : Color::text_dim,
                              arrow.newest ? band.alpha : band.alpha * 0.8F));
      list->PopClipRect();
    }
    const float top = std::min(arrow.reg.y, arrow.field.y);
    frame.widgets.note(arrow.newest ? "transfer.newest" : "transfer.earlier",
                       {{arrow.lane, top}, {rows_at, top + arrow.length()}});
  }
}

}  // namespace gogoscope
