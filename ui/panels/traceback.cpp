#include "ui/panels/traceback.h"

#include <algorithm>
#include <utility>

#include "emu/layout/name_words.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "ui/draw.h"
#include "ui/panels/visible_rows.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kWhy{"A return address is just after its CALL; minus one, it is inside the CALL:",
                 "返回地址紧跟在 CALL 之后，减一才落在 CALL 之内："};
const Words kDead{"Dead, and left out as Go does: {gs}", "已死，和 Go 一样不列出：{gs}"};

constexpr float kRow = 21;
constexpr std::size_t kFew = 16;       ///< goroutines: this many are all shown at first
constexpr std::size_t kMostNames = 8;  ///< of the dead

}  // namespace

void TracebackPanel::rebuild(const View& view, const UiState& ui) {
  goroutines_.clear();
  const Tracebacks tracebacks(*view.guest, view.state(), view.names->entities());
  const std::vector<const Entity*> gs = tracebacks.gs(ui.only_user_goroutines);
  for (const Entity* g : gs) {
    Goroutine& goroutine = goroutines_.emplace_back();
    goroutine.g = g;
    const auto wish = open_.find(goroutine.addr());
    const bool looked_at = g == gs.front() || ui.selected_g == goroutine.addr();
    goroutine.open = wish != open_.end() ? wish->second : looked_at || gs.size() <= kFew;
    if (goroutine.open) goroutine.told = tell_traceback(view, tracebacks.of(g), ui.language);
  }
  tell_the_dead(view, ui);
  width_ = 0;
  seek_ = seek_ || (selected_ != ui.selected_g && !ui.selected_g.is_nil());
  selected_ = ui.selected_g;
  seek_top_ = seek_top_ || on_top_ != goroutines_.front().addr();
  on_top_ = goroutines_.front().addr();
}

void TracebackPanel::tell_the_dead(const View& view, const UiState& ui) {
  dead_ = {};
  selected_is_dead_ = false;
  std::string names;
  std::size_t count = 0;
  for (const Entity& g : view.names->entities().all()) {
    if (g.kind != Entity::Kind::g || g.system) continue;
    if (GView(view.guest->release->layout, view.state(), {g.addr}).status() != kGdead) continue;
    const bool selected = g.addr == ui.selected_g;
    selected_is_dead_ = selected_is_dead_ || selected;
    if (++count > kMostNames && !selected) continue;
    names.append(names.empty() ? "" : ", ").append(g.short_name);
    if (selected) dead_.target = target_of_entity(g);
  }
  if (count == 0) return;
  if (count > kMostNames) names.append(" … (").append(std::to_string(count)).append(")");
  dead_.text = fill(kDead.in(ui.language), {{"gs", names}});
}

const TracebackPanel::Goroutine* TracebackPanel::goroutine(std::string_view name) const {
  const auto found = std::find_if(goroutines_.begin(), goroutines_.end(),
                                  [&](const Goroutine& goroutine) { return goroutine.name() == name; });
  return found == goroutines_.end() ? nullptr : &*found;
}

void TracebackPanel::add_remark(const Frame& frame, Line line, const TraceRemark& remark, float room) {
  line.remark = &remark;
  for (const std::string_view text : wrap(frame.fonts.words, remark.text, room)) {
    line.text = text;
    lines_.push_back(line);
    ++line.number;
  }
}

void TracebackPanel::add_call(const Frame& frame, Line line, const TraceCall& call, float width) {
  line.call = &call;
  line.kind = Line::Kind::call;
  lines_.push_back(line);
  if (!fits_one_row(frame, call, width)) {
    line.kind = Line::Kind::place;
    lines_.push_back(line);
  }
  if (call.lookup) add_lookup(frame, line, *call.lookup, width);
}

void TracebackPanel::add_lookup(const Frame& frame, Line line, const ReturnLookup& lookup, float width) {
  const auto add = [&](Line::Kind kind) {
    line.kind = kind;
    lines_.push_back(line);
  };
  const auto add_sentence = [&](std::string_view sentence) {
    for (const std::string_view text : wrap(frame.fonts.words, sentence, lookup_room(frame, width))) {
      line.text = text;
      add(Line::Kind::sentence);
    }
  };
  // At length once, and where the user looks; said of each it would hide the stacks.
  const bool selected = goroutines_[line.goroutine].addr() == frame.ui.selected_g;
  const bool at_length = lookup.instead && (!explained_ || selected);
  if (at_length) add_sentence(frame.text(kWhy));
  add(Line::Kind::return_pc);
  add(Line::Kind::minus_one);
  if (!at_length) return;
  explained_ = true;
  add_sentence(lookup.instead->sentence);
  add(Line::Kind::minus_one_then);
}

void TracebackPanel::lay_out(const Frame& frame, std::size_t goroutine, float width) {
  Line line;
  line.goroutine = goroutine;
  lines_.push_back(line);
  Goroutine& of = goroutines_[goroutine];
  of.beside = {};
  if (!of.told) return;
  const float room = remark_room(frame, width);
  std::size_t remarks = 0;
  const auto add = [&](const TraceRemark& remark) {
    line.kind = Line::Kind::remark;
    line.number = remarks;
    const std::size_t before = lines_.size();
    add_remark(frame, line, remark, room);
    remarks += lines_.size() - before;
  };
  for (const TraceRemark& remark : of.told->whence) {
    const bool first = &remark == &of.told->whence.front();
    if (first && fits_head(frame, head_of(frame, of, remark.text), width)) {
      of.beside = remark.text;
    } else {
      add(remark);
    }
  }
  for (std::size_t i = 0; i < of.told->calls.size(); ++i) {
    const TraceCall& call = of.told->calls[i];
    if (call.before) add(*call.before);
    line.number = i;
    add_call(frame, line, call, width);
  }
  for (const TraceRemark& remark : of.told->end) add(remark);
  if (!of.told->creator) return;
  line.number = of.told->calls.size();
  line.call = &*of.told->creator;
  line.kind = Line::Kind::creator;
  lines_.push_back(line);
  if (fits_one_row(frame, *line.call, width)) return;
  line.kind = Line::Kind::place;
  lines_.push_back(line);
}

void TracebackPanel::lay_out(const Frame& frame, float width) {
  if (width == width_) return;
  width_ = width;
  lines_.clear();
  explained_ = false;
  for (std::size_t i = 0; i < goroutines_.size(); ++i) lay_out(frame, i, width);
  if (dead_.text.empty()) return;
  Line line;
  line.kind = Line::Kind::dead;
  line.goroutine = goroutines_.size();
  add_remark(frame, line, dead_, remark_room(frame, width));
}

void TracebackPanel::bring_into_sight(const UiState& ui, float height) {
  const bool to_top = std::exchange(seek_top_, false);
  if (!std::exchange(seek_, false)) {
    if (to_top && ui.selected_g.is_nil()) ImGui::SetScrollY(0);
    return;
  }
  const auto begins = [&](const Line& line) {
    if (line.kind == Line::Kind::dead) return selected_is_dead_;
    return line.kind == Line::Kind::head && goroutines_[line.goroutine].addr() == ui.selected_g;
  };
  const auto first = std::find_if(lines_.begin(), lines_.end(), begins);
  if (first == lines_.end()) return;
  const auto last =
      std::find_if(first, lines_.end(), [&](const Line& line) { return line.goroutine != first->goroutine; });
  const float top = static_cast<float>(first - lines_.begin()) * height;
  const float bottom = static_cast<float>(last - lines_.begin()) * height;
  const bool in_sight =
      top >= ImGui::GetScrollY() && bottom <= ImGui::GetScrollY() + ImGui::GetWindowHeight();
  if (!in_sight) ImGui::SetScrollY(top);
}

TraceHead TracebackPanel::head_of(const Frame& frame, const Goroutine& of, std::string_view beside) const {
  TraceHead head;
  head.text = traceback_header(frame.view, of.g);
  head.beside = beside;
  if (of.g != nullptr) head.target = target_of_entity(*of.g);
  head.open = of.open;
  head.current = &of == &goroutines_.front();
  head.selected = !frame.ui.selected_g.is_nil() && frame.ui.selected_g == of.addr();
  return head;
}

void TracebackPanel::draw_head(Frame& frame, const Goroutine& goroutine, Rect box) {
  const std::string name = "traceback." + goroutine.name();
  draw_trace_head(frame, box, name, head_of(frame, goroutine, goroutine.beside));
  const Pressed pressed = frame.area(name, box);
  if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (pressed.primary) toggled_ = goroutine.addr();
}

void TracebackPanel::draw_line(Frame& frame, const Line& line, Rect box) {
  using Kind = Line::Kind;
  const std::string number = std::to_string(line.number);
  if (line.kind == Kind::dead) {
    draw_trace_remark(frame, box, "traceback.dead." + number, dead_, line.text);
    return;
  }
  const Goroutine& goroutine = goroutines_[line.goroutine];
  const std::string name = "traceback." + goroutine.name() + ".";
  switch (line.kind) {
    case Kind::head:
      draw_head(frame, goroutine, box);
      break;
    case Kind::remark:
      draw_trace_remark(frame, box, name + "remark." + number, *line.remark, line.text);
      break;
    case Kind::call:
    case Kind::creator:
      draw_trace_call(frame, box, name + number, *line.call, line.kind == Kind::creator);
      break;
    case Kind::place:
      draw_trace_place(frame, box, name + number, *line.call);
      break;
    case Kind::return_pc:
      draw_return_pc(frame, box, *line.call->lookup);
      break;
    case Kind::minus_one:
      draw_minus_one(frame, box, *line.call->lookup);
      break;
    case Kind::sentence:
      draw_lookup_sentence(frame, box, line.text);
      break;
    case Kind::minus_one_then:
      draw_minus_one_then(frame, box, *line.call->lookup);
      break;
    case Kind::dead:
      break;
  }
}

void TracebackPanel::draw(Frame& frame, Rect rect) {
  draw::begin_panel(frame, rect, kId, "");
  const float height = frame.px(kRow);
  lay_out(frame, ImGui::GetContentRegionAvail().x);
  bring_into_sight(frame.ui, height);
  const VisibleRows visible = visible_rows(lines_.size(), height);
  for (std::size_t i = visible.first; i < visible.last; ++i) draw_line(frame, lines_[i], visible.rect(i));
  draw::end_panel();
  if (const std::optional<Addr> toggled = std::exchange(toggled_, std::nullopt)) {
    const auto found = std::find_if(goroutines_.begin(), goroutines_.end(),
                                    [&](const Goroutine& of) { return of.addr() == *toggled; });
    open_[*toggled] = !found->open;
    rebuild(frame.view, frame.ui);
  }
}

}  // namespace gogoscope
