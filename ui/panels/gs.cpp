#include "ui/panels/gs.h"

#include <map>

#include "emu/layout/entities.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr int kColumns = 7;

/// What names each g: m.curg, a run queue, a free list, the TLS slot. Walks are bounded: a corrupted link
/// must not hang the window.
std::map<Addr, std::string> named_by(const Layout& layout, const MemoryView& memory,
                                     const Entities& entities) {
  std::map<Addr, std::string> where;
  const auto add = [&](Ptr<G> g, const std::string& name) {
    if (g.is_nil()) return;
    std::string& names = where[g.addr];
    names += names.empty() ? name : ", " + name;
  };
  const std::size_t bound = entities.all().size() + 1;
  const auto walk = [&](Ptr<G> head, const std::string& list) {
    for (std::size_t n = 0; !head.is_nil() && n < bound; ++n) {
      add(head, list);
      head = GView(layout, memory, head).schedlink();
    }
  };
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::m) {
      add(MView(layout, memory, {entity.addr}).curg(), entity.name + ".curg");
    } else if (entity.kind == Entity::Kind::p) {
      const PView p(layout, memory, {entity.addr});
      add(p.runnext(), entity.name + ".runnext");
      for (std::uint32_t i = 0; i < p.runq_length(); ++i) {
        add(p.runq_at(i), entity.name + ".runq[" + std::to_string(i) + "]");
      }
      walk(p.gfree_head(), entity.name + ".gFree");
    } else if (entity.kind == Entity::Kind::sched) {
      const SchedView sched(layout, memory, {entity.addr});
      walk(sched.runq_head(), "sched.runq");
      walk(sched.gfree_stack_head(), "sched.gFree");
      walk(sched.gfree_nostack_head(), "sched.gFree");
    }
  }
  return where;
}

Color color_of(std::uint32_t status) {
  switch (status & ~kGscan) {
    case kGrunning:
      return Color::green;
    case kGrunnable:
      return Color::blue;
    case kGwaiting:
    case kGsyscall:
      return Color::purple;
    default:
      return Color::text_dim;
  }
}

/// A shape for each status, so that it can be told without its colour.
void draw_status_mark(const Frame& frame, ImVec2 at, std::uint32_t status, Color color) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[color];
  const float r = frame.px(4);
  switch (status & ~kGscan) {
    case kGrunning:
      list->AddTriangleFilled({at.x - r, at.y - r}, {at.x + r, at.y}, {at.x - r, at.y + r}, ink);
      break;
    case kGrunnable:
      list->AddCircle(at, r, ink, 0, frame.px(1.5F));
      break;
    case kGdead:
      list->AddLine({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink, frame.px(1.5F));
      list->AddLine({at.x - r, at.y + r}, {at.x + r, at.y - r}, ink, frame.px(1.5F));
      break;
    case kGwaiting:
    case kGsyscall:
      list->AddRectFilled({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink);
      break;
    default:
      list->AddLine({at.x - r, at.y}, {at.x + r, at.y}, ink, frame.px(1.5F));
      break;
  }
}

}  // namespace

void GsPanel::rebuild(const View& view, const UiState&) {
  rows_.clear();
  const Layout& layout = *view.guest->layout;
  const Image& state = view.state();
  const Entities& entities = view.names->entities();
  const std::map<Addr, std::string> where = named_by(layout, state, entities);
  // "Current" is what getg() would say: the TLS slot, not m.curg; between the two lies the lesson.
  const Addr tls_g(state.load_or_zero(Addr(state.reg(Reg::fs_base)) - 8));
  for (const Entity& entity : entities.all()) {
    // gsignal never runs here: it would be a row of zeros.
    const bool gsignal = entity.system && entity.name.find("gsignal") != std::string::npos;
    if (entity.kind != Entity::Kind::g || gsignal) continue;
    const GView g(layout, state, {entity.addr});
    const auto cell = [&](std::string_view field, std::string text) {
      const Field& known = layout.field("g", field);
      return Cell{std::move(text), view.store_into(g.field_addr(field), known.size) != nullptr};
    };
    Row row;
    row.g = entity.addr;
    row.name = entity.short_name;
    row.current = entity.addr == tls_g;
    row.status_number = g.status();
    row.goid = cell("goid", std::to_string(g.goid()));
    row.status = cell("atomicstatus", g_status_word(g.status()));
    const Entity* m = entities.at(g.m().addr, Entity::Kind::m);
    row.m = cell("m", g.m().is_nil() ? "nil"
                      : m != nullptr ? m->short_name
                                     : draw::hex_short(g.m().addr.value()));
    row.sp = cell("sched.sp", draw::hex_short(g.sched().sp().value()));
    const CodeAddr pc = g.sched().pc();
    row.pc =
        cell("sched.pc",
             pc == CodeAddr() ? "0x0" : std::string(short_function_name(view.guest->code.symbolize(pc))));
    if (const auto it = where.find(entity.addr); it != where.end()) row.named_by = it->second;
    if (row.current) row.named_by += row.named_by.empty() ? "TLS" : ", TLS";
    rows_.push_back(std::move(row));
  }
}

const GsPanel::Row* GsPanel::row(std::string_view name) const {
  for (const Row& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

void GsPanel::draw_row(Frame& frame, const Row& row, const float* columns) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const float height = frame.px(26);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Rect box{at, {at.x + width, at.y + height}};
  ImGui::PushID(row.name.c_str());
  if (ImGui::InvisibleButton("row", {width, height})) {
    frame.ui.selected_g = frame.ui.selected_g == row.g ? Addr() : row.g;
  }
  const bool hovered = ImGui::IsItemHovered();
  ImGui::PopID();
  frame.widgets.note("gs.row." + row.name, box);

  if (frame.ui.selected_g == row.g) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::blue, 0.18F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::blue]);
  } else if (hovered) {
    list->AddRectFilled(box.min, box.max, theme[Color::raised]);
  }
  if (row.current) {
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  }
  const float y = box.center().y - mono->FontSize / 2;
  const auto put = [&](int column, const Cell& cell, Color color) {
    const float left = box.min.x + columns[column];
    const float right =
        column + 1 < kColumns ? box.min.x + columns[column + 1] - frame.px(8) : box.max.x - frame.px(8);
    if (cell.changed) {
      list->AddRectFilled({left - frame.px(5), box.min.y + frame.px(3)},
                          {right + frame.px(2), box.max.y - frame.px(3)}, theme.tint(Color::orange, 0.14F),
                          frame.px(3));
    }
    draw::text_until(mono, {left, y}, right, theme[cell.changed ? Color::orange : color], cell.text);
  };
  put(0, {row.name, false}, row.current ? Color::yellow : Color::text);
  put(1, row.goid, Color::text_soft);
  const Color status = color_of(row.status_number);
  draw_status_mark(frame, {box.min.x + columns[2] + frame.px(4), box.center().y}, row.status_number,
                   row.status.changed ? Color::orange : status);
  draw::text(mono, {box.min.x + columns[2] + frame.px(16), y},
             theme[row.status.changed ? Color::orange : status], row.status.text);
  put(3, row.m, Color::text_soft);
  put(4, row.sp, Color::text_soft);
  put(5, row.pc, Color::text_soft);
  put(6, {row.named_by, false}, Color::blue);
}

void GsPanel::draw(Frame& frame, Rect rect) {
  const Rect content =
      draw::begin_panel(frame, rect, {"gs", frame.text(Phrase::goroutines), "", Color::green});
  // Widths follow the longest text that each column usually holds, in characters.
  const float em = draw::measure(frame.fonts.mono, "0").x;
  const float gap = frame.px(11);
  float columns[kColumns];
  float x = frame.px(14);
  constexpr float kCharacters[kColumns - 1] = {5, 4, 11, 3, 14, 0};
  for (int i = 0; i < kColumns - 2; ++i) {
    columns[i] = x;
    x += kCharacters[i] * em + gap;
  }
  columns[kColumns - 2] = x;
  columns[kColumns - 1] = std::max(x + 12 * em, content.width() - 12 * em - gap);

  constexpr Phrase kTitles[kColumns] = {Phrase::column_name,    Phrase::column_goid, Phrase::column_status,
                                        Phrase::column_m,       Phrase::column_sp,   Phrase::column_pc,
                                        Phrase::column_named_by};
  const Rect head = draw::row(frame.px(24));
  for (int i = 0; i < kColumns; ++i) {
    draw::text_until(frame.fonts.words,
                     {head.min.x + columns[i], head.center().y - frame.fonts.words->FontSize / 2},
                     head.max.x - frame.px(8), frame.theme[Color::text_dim], frame.text(kTitles[i]));
  }
  ImGui::GetWindowDrawList()->AddLine({head.min.x + frame.px(10), head.max.y},
                                      {head.max.x - frame.px(10), head.max.y}, frame.theme[Color::line]);
  for (const Row& row : rows_) draw_row(frame, row, columns);
  draw::end_panel();
}

}  // namespace gogoscope
