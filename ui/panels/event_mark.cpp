#include "ui/panels/event_mark.h"

#include <algorithm>

namespace gogoscope {
namespace {

const Words kStatus{"status", "状态"};
const Words kStack{"stack", "栈"};
const Words kTls{"TLS", "TLS"};
const Words kCurg{"curg", "curg"};
const Words kQueue{"run queue", "运行队列"};
const Words kFree{"free list", "空闲链表"};
const Words kThread{"thread", "线程"};
const Words kExit{"exit", "退出"};
const Words kBroken{"invariant broken", "不变式被破坏"};

}  // namespace

const Words& event_type_words(EventType type) {
  switch (type) {
    case EventType::status:
      return kStatus;
    case EventType::stack:
      return kStack;
    case EventType::tls:
      return kTls;
    case EventType::curg:
      return kCurg;
    case EventType::runq:
      return kQueue;
    case EventType::gfree:
      return kFree;
    case EventType::thread:
      return kThread;
    case EventType::exit:
      return kExit;
    case EventType::invariant:
      break;
  }
  return kBroken;
}

void draw_event_mark(EventType type, ImVec2 at, float r, ImU32 ink) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 up{at.x, at.y - r}, down{at.x, at.y + r}, left{at.x - r, at.y}, right{at.x + r, at.y};
  const float line = std::max(r / 3, 1.0F);
  switch (type) {
    case EventType::status:
      list->AddQuadFilled(up, right, down, left, ink);
      break;
    case EventType::curg:
      list->AddQuad(up, right, down, left, ink, line);
      break;
    case EventType::stack:
      list->AddTriangleFilled(up, {right.x, down.y}, {left.x, down.y}, ink);
      break;
    case EventType::tls:
      list->AddLine(up, down, ink, line);
      break;
    case EventType::runq:
      list->AddCircleFilled(at, r * 0.75F, ink);
      break;
    case EventType::gfree:
      list->AddCircle(at, r * 0.8F, ink, 0, line);
      break;
    case EventType::thread:
      list->AddRect({left.x, up.y}, {right.x, down.y}, ink, 0, 0, line);
      break;
    case EventType::exit:
      list->AddRectFilled({left.x, up.y}, {right.x, down.y}, ink);
      break;
    case EventType::invariant:
      list->AddTriangleFilled({left.x, up.y}, {right.x, up.y}, down, ink);
      break;
  }
}

}  // namespace gogoscope
