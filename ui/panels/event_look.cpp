#include "ui/panels/event_look.h"

#include <algorithm>
#include <array>

namespace gogoscope {
namespace {

const Words kStatus{"status", "状态"};
const Words kStack{"stack", "栈"};
const Words kTls{"TLS", "TLS"};
const Words kCurg{"curg", "curg"};
const Words kQueue{"run queue", "运行队列"};
const Words kFree{"free list", "空闲链表"};
const Words kThread{"thread", "线程"};
const Words kWrite{"output", "输出"};
const Words kSignal{"signal", "信号"};
const Words kExit{"exit", "退出"};
const Words kBroken{"invariant broken", "不变式被破坏"};

/// The shape's box, its edges' middles, and how thick its lines are.
struct Shape {
  explicit Shape(const ShapePlace& place)
      : up{place.at.x, place.at.y - place.r},
        down{place.at.x, place.at.y + place.r},
        left{place.at.x - place.r, place.at.y},
        right{place.at.x + place.r, place.at.y},
        line(std::max(place.r / 3, 1.0F)) {}
  ImVec2 up, down, left, right;
  float line;
  ImDrawList* list = ImGui::GetWindowDrawList();
};

void full_diamond(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddQuadFilled(s.up, s.right, s.down, s.left, place.ink);
}

void diamond(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddQuad(s.up, s.right, s.down, s.left, place.ink, s.line);
}

void triangle(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddTriangleFilled(s.up, {s.right.x, s.down.y}, {s.left.x, s.down.y}, place.ink);
}

void triangle_on_its_tip(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddTriangleFilled({s.left.x, s.up.y}, {s.right.x, s.up.y}, s.down, place.ink);
}

void upright(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddLine(s.up, s.down, place.ink, s.line);
}

void dot(const ShapePlace& place) {
  ImGui::GetWindowDrawList()->AddCircleFilled(place.at, place.r * 0.75F, place.ink);
}

void ring(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddCircle(place.at, place.r * 0.8F, place.ink, 0, s.line);
}

void box(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddRect({s.left.x, s.up.y}, {s.right.x, s.down.y}, place.ink, 0, 0, s.line);
}

/// The sign with which a terminal waits for input.
void prompt(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddLine({s.left.x, s.up.y}, s.right, place.ink, s.line);
  s.list->AddLine(s.right, {s.left.x, s.down.y}, place.ink, s.line);
}

/// A stroke of lightning: down, across, and down again.
void flash(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddLine({s.right.x, s.up.y}, s.left, place.ink, s.line);
  s.list->AddLine(s.left, s.right, place.ink, s.line);
  s.list->AddLine(s.right, {s.left.x, s.down.y}, place.ink, s.line);
}

void full_box(const ShapePlace& place) {
  const Shape s(place);
  s.list->AddRectFilled({s.left.x, s.up.y}, {s.right.x, s.down.y}, place.ink);
}

// A broken promise weighs most, then what moves the processor to another goroutine.
constexpr std::array<EventLook, kEventTypes> kLooks = {{
    {EventType::status, &kStatus, Color::green, 7, full_diamond},
    {EventType::stack, &kStack, Color::yellow, 4, triangle},
    {EventType::tls, &kTls, Color::blue, 2, upright},
    {EventType::curg, &kCurg, Color::blue, 3, diamond},
    {EventType::runq, &kQueue, Color::purple, 5, dot},
    {EventType::gfree, &kFree, Color::purple, 6, ring},
    {EventType::thread, &kThread, Color::purple, 1, box},
    {EventType::write, &kWrite, Color::green, 8, prompt},
    {EventType::signal, &kSignal, Color::red, 5, flash},
    {EventType::exit, &kExit, Color::red, 9, full_box},
    {EventType::invariant, &kBroken, Color::red, 10, triangle_on_its_tip, true},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kLooks.size(); ++i) {
    if (kLooks[i].words == nullptr || kLooks[i].type != static_cast<EventType>(i)) return false;
  }
  return true;
}
static_assert(in_order(), "a type of event without a look, or in another row than its own");

}  // namespace

const EventLook& look(EventType type) { return kLooks[static_cast<std::size_t>(type)]; }

}  // namespace gogoscope
