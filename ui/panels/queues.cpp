#include "ui/panels/queues.h"

#include <algorithm>

#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "ui/draw.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

const Words kEmpty{"empty", "空"};
const Words kAllEmpty{"all queues empty", "所有队列都为空"};
const Words kLeft{"left", "已离开"};
const Words kHead{"head", "头"};
const Words kTail{"tail", "尾"};
const Words kMore{"more", "个"};
const Words kSlot{"slot", "槽位"};
const Words kNothing{"There is no P yet: schedinit makes them.", "还没有 P：它们由 schedinit 创建。"};

/// Lists that are worth a line only while something is in them.
bool is_idle_list(const Queue& queue) { return queue.name == "pidle" || queue.name == "midle"; }

float side(const Frame& frame) { return frame.px(14); }
float chip_gap(const Frame& frame) { return frame.px(18); }  ///< with the arrow in it

std::string item_text(const Frame& frame, const QueueItem& item) {
  return item.left ? item.name + " " + std::string(frame.text(kLeft)) : item.name;
}

/// A level arrow; it may point to the left.
void draw_arrow(const Frame& frame, float from, float to, float y) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[Color::text_dim];
  const float r = frame.px(3);
  const float back = (to > from ? -1.6F : 1.6F) * r;
  list->AddLine({from, y}, {to + back, y}, ink, frame.px(1));
  list->AddTriangleFilled({to, y}, {to + back, y - r}, {to + back, y + r}, ink);
}

}  // namespace

void QueuesPanel::rebuild(const View& view, const UiState&) { queues_ = gogoscope::queues(view); }

const Queue* QueuesPanel::queue(std::string_view path) const {
  for (const Queue& queue : queues_) {
    if (queue.path() == path) return &queue;
  }
  return nullptr;
}

void QueuesPanel::draw_owner(Frame& frame, const Queue& first, bool nothing_in_it) {
  const Rect line = draw::row(frame.px(25));
  const float middle = line.center().y + frame.px(2);
  const float left = line.min.x + side(frame);
  const ImVec2 size = draw::measure(frame.fonts.strong, first.owner);
  const Entity* entity = frame.view.names->entities().find(first.owner);
  float x = left + size.x;
  if (entity != nullptr) {
    const Rect box{{left - frame.px(2), middle - frame.px(10)}, {x + frame.px(2), middle + frame.px(10)}};
    link(frame, "queues." + first.owner, box, target_of_entity(*entity));
    if (entity->kind == Entity::Kind::p) {
      const PView p(frame.view.guest->release->layout, frame.view.state(), {entity->addr});
      x = draw::text(frame.fonts.mono, {x + frame.px(10), middle - frame.fonts.mono->FontSize / 2},
                     frame.theme[Color::text_dim], p_status_symbol(p.status()));
    }
  }
  draw::text(frame.fonts.strong, {left, middle - size.y / 2}, frame.theme[Color::text], first.owner);
  if (nothing_in_it) {
    draw::text_until(frame.fonts.words, {x + frame.px(12), middle - frame.fonts.words->FontSize / 2},
                     line.max.x - side(frame), frame.theme[Color::text_dim], frame.text(kAllEmpty));
  }
}

/// Right-aligned; returns where they begin.
float QueuesPanel::draw_counters(Frame& frame, const Queue& queue, float right, float y, bool measure_only) {
  ImFont* mono = frame.fonts.mono;
  float x = right;
  for (auto counter = queue.counters.rbegin(); counter != queue.counters.rend(); ++counter) {
    std::string text = counter->name + " " + std::to_string(counter->value);
    if (!counter->note.empty())
      text.append(" (").append(frame.text(kSlot)).append(" ").append(counter->note).append(")");
    x -= draw::measure(mono, text).x;
    if (!measure_only) {
      draw::text(mono, {x, y - mono->FontSize / 2},
                 frame.theme[counter->changed ? Color::orange : Color::text_dim], text);
    }
    x -= frame.px(12);
  }
  return x;
}

void QueuesPanel::draw_items(Frame& frame, const Queue& queue, Rect line) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  ImFont* words = frame.fonts.words;
  const float y = line.center().y;
  float x = line.min.x;
  const bool ends = queue.order == Queue::Order::fifo;
  if (queue.order != Queue::Order::seat) {
    const float after =
        draw::text(words, {x, y - words->FontSize / 2}, theme[Color::text_dim], frame.text(kHead));
    draw_arrow(frame, after + frame.px(4), after + frame.px(15), y);
    x = after + frame.px(18);
  }
  std::size_t drawn = 0;
  std::size_t there = 0;  // of the chips drawn, those that are not ghosts
  const float tail = ends ? draw::measure(words, frame.text(kTail)).x + chip_gap(frame) : 0;
  for (const QueueItem& item : queue.items) {
    const std::string text = item_text(frame, item);
    const float width = draw::chip_width(frame, text);
    const bool last = drawn + 1 == queue.items.size() && queue.length <= Queue::kMostItems;
    if (x + width + (last ? 0 : frame.px(76)) > line.max.x && drawn > 0) break;
    const Rect box{{x, y - frame.px(10)}, {x + width, y + frame.px(10)}};
    const Entity* entity = frame.view.names->entities().find(item.name);
    link(frame, "queues." + queue.path() + "." + item.name, box,
         entity != nullptr ? target_of_entity(*entity) : target_of_memory(item.addr));
    if (item.left) {
      draw::hatch(frame, box);
      list->AddRect(box.min, box.max, theme[Color::line_strong], frame.px(4));
      draw::text(words, {x + frame.px(8), y - words->FontSize / 2}, theme[Color::text_dim], text);
    } else {
      draw::chip(frame, x, y, item.came ? Color::orange : Color::green,
                 item.came ? draw::ChipShape::filled : draw::ChipShape::outline, text);
    }
    x = box.max.x;
    ++drawn;
    there += item.left ? 0 : 1;
    if (drawn < queue.items.size() && queue.order != Queue::Order::seat) {
      if (!item.left) draw_arrow(frame, x + frame.px(4), x + chip_gap(frame) - frame.px(3), y);
      x += chip_gap(frame);
    } else if (drawn < queue.items.size()) {
      x += frame.px(6);
    }
  }
  if (there < queue.length) {
    const std::string more =
        "+" + std::to_string(queue.length - there) + " " + std::string(frame.text(kMore));
    draw::text_until(words, {x, y - words->FontSize / 2}, line.max.x, theme[Color::text_soft], more);
  } else if (ends && there > 0 && x + tail <= line.max.x) {
    draw_arrow(frame, x + frame.px(15), x + frame.px(4), y);
    draw::text(words, {x + chip_gap(frame), y - words->FontSize / 2}, theme[Color::text_dim],
               frame.text(kTail));
  }
}

void QueuesPanel::draw_queue(Frame& frame, const Queue& queue) {
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  const Rect line = draw::row(frame.px(queue.empty() ? 20.0F : 25.0F));
  const float left = line.min.x + side(frame) + frame.px(10);
  const float right = line.max.x - side(frame);
  const float column = left + draw::measure(mono, "gFree.noStack").x + frame.px(14);
  const float y = line.center().y;
  frame.widgets.note("queues." + queue.path(), line);
  draw::text(mono, {left, y - mono->FontSize / 2}, theme[queue.empty() ? Color::text_dim : Color::text_soft],
             queue.name);
  const float counters = draw_counters(frame, queue, right, y, true);
  if (queue.empty()) {
    const std::string_view why =
        queue.missing.empty() ? frame.text(kEmpty) : std::string_view(queue.missing.in(frame.ui.language));
    const float after = draw::text_until(frame.fonts.words, {column, y - frame.fonts.words->FontSize / 2},
                                         right, theme[Color::text_dim], why);
    if (after + frame.px(8) < counters) draw_counters(frame, queue, right, y, false);
    return;
  }
  float needed = frame.px(queue.order == Queue::Order::seat ? 0.0F : 110.0F);
  for (const QueueItem& item : queue.items)
    needed += draw::chip_width(frame, item_text(frame, item)) + chip_gap(frame);
  const bool counters_fit = column < counters;
  if (counters_fit) draw_counters(frame, queue, right, y, false);
  if (column + needed <= counters) {
    draw_items(frame, queue, {{column, line.min.y}, {counters, line.max.y}});
    return;
  }
  // Too many for the rest of the line: they get one of their own.
  const Rect own =
      queue.counters.empty() ? Rect{{column, line.min.y}, {right, line.max.y}} : draw::row(frame.px(25));
  const float start = queue.counters.empty() ? column : left + frame.px(10);
  draw_items(frame, queue, {{start, own.min.y}, {right, own.max.y}});
}

void QueuesPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::queues, "");
  const auto of_p = [](const Queue& queue) { return queue.owner != "sched"; };
  const bool any_p = std::any_of(queues_.begin(), queues_.end(), of_p);
  if (!any_p) draw::empty(frame, content, frame.text(kNothing));
  for (auto first = queues_.begin(); any_p && first != queues_.end();) {
    const auto last =
        std::find_if(first, queues_.end(), [&](const Queue& queue) { return queue.owner != first->owner; });
    // A P with nothing in it takes one line, where there are several.
    const bool all_empty =
        std::all_of(first, last, [](const Queue& queue) { return queue.empty() && queue.missing.empty(); });
    const bool fold = all_empty && of_p(*first) && queues_.size() > 8;
    draw_owner(frame, *first, fold);
    for (auto queue = first; queue != last && !fold; ++queue) {
      if (!is_idle_list(*queue) || !queue->empty() || !queue->missing.empty()) draw_queue(frame, *queue);
    }
    first = last;
  }
  draw::end_panel();
}

}  // namespace gogoscope
