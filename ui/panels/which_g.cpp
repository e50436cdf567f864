#include "ui/panels/which_g.h"

#include <algorithm>

#include "emu/layout/stacks.h"
#include "emu/layout/views.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

using Answer = WhichGPanel::Answer;

const Words kTlsLabel{"TLS, -8(FS)", "TLS，-8(FS)"};
const Words kCurgLabel{"m.curg", "m.curg"};
const Words kGobufLabel{"gobuf.g", "gobuf.g"};
const Words kSpLabel{"owner of SP", "SP 所在的栈"};

const Words kNone{"none", "无"};
const Words kNoGobuf{"no gobuf used yet", "还没用过 gobuf"};
const Words kNoStack{"on no g's stack", "不在任何 g 的栈上"};
const Words kEarlier{"earlier", "之前"};
const Words kNormalShort{"normal", "正常"};
const Words kNormal{"normal on {g}", "在 {g} 上属正常"};
const Words kWrittenAgain{"written again", "写入同值"};

const Words kAgree{"They agree.", "一致。"};
const Words kOnSystemStack{"On {g}. m.curg names the goroutine it works for.",
                           "在 {g} 上。m.curg 是它所服务的 goroutine。"};
const Words kNoCurg{"On {g}, between goroutines: no curg.", "在 {g} 上，两个 goroutine 之间：没有 curg。"};
const Words kHandingOver{"Still {g}. gobuf.g says who comes next.", "还在 {g}。gobuf.g 说明下一个是谁。"};
const Words kSwitching{"TLS and SP disagree: the switch is under way.", "TLS 与 SP 不一致：正在切换。"};
const Words kNoTls{"TLS names no g: normal only at the start.", "TLS 里不是 g：只在启动时正常。"};
const Words kTorn{"TLS and SP disagree, yet nothing is switching!", "TLS 与 SP 不一致，却没有在切换！"};
const Words kCurgApart{"m.curg does not name the goroutine that runs!", "m.curg 不是正在运行的 goroutine！"};

constexpr std::int64_t kTlsSlot = -8;  // m.tls[0], seen from the FS base
constexpr std::ptrdiff_t kEventsBack = 4000;

const Entity* g_at(const View& view, Addr addr) { return view.names->entities().at(addr, Entity::Kind::g); }

/// An answer that stands in memory: a word that holds a g.
Answer answer_in(const View& view, Addr at) {
  const Entities& entities = view.names->entities();
  Answer answer;
  const Addr g(view.state().load_or_zero(at));
  answer.name = entities.g_name(g);
  answer.place = view.names->describe(at);
  answer.where = target_of_field(answer.place, at, 8);
  if (const Entity* entity = g_at(view, g)) answer.who = target_of_entity(*entity);
  if (const Store* store = view.store_into(at, 8)) {
    answer.changed = true;
    answer.old_name = entities.g_name(Addr(store->old_value));
  }
  return answer;
}

Answer owner_of_sp(const View& view) {
  const Layout& layout = *view.guest->layout;
  const Image& state = view.state();
  const Entities& entities = view.names->entities();
  const auto owner = [&](Addr sp) { return stack_with_sp(layout, state, entities, sp); };
  Answer answer;
  answer.place = draw::hex_tail(state.sp().value());
  answer.where = target_of_memory(state.sp());
  const auto now = owner(state.sp());
  if (now) {
    answer.name = now->owner->short_name;
    answer.who = target_of_entity(*now->owner);
  }
  if (const RegChange* change = view.change_of(Reg::rsp)) {
    const auto before = owner(Addr(change->old_value));
    if (before && (!now || before->owner != now->owner)) {
      answer.changed = true;
      answer.old_name = before->owner->short_name;
    }
  }
  return answer;
}

struct GobufInUse {
  const Entity* g = nullptr;  ///< whose sched it is
  bool in_use = false;
  bool restoring = false;
};

/// The gobuf that the function at PC works on, as far as its moves have shown.
GobufInUse gobuf_in_use(const View& view) {
  GobufInUse found;
  const Function* function = view.function();
  const bool same = view.executed && view.executed->thread == view.state().thread() && function != nullptr &&
                    function->contains(view.executed->pc);
  if (!same) return found;
  const Layout& layout = *view.guest->layout;
  for (const Transfer& transfer : view.transfers) {
    const Entity* g = view.names->entities().holding(transfer.addr, transfer.size);
    if (g == nullptr || g->kind != Entity::Kind::g) continue;
    const Addr sched = GView(layout, view.state(), {g->addr}).sched().addr();
    const std::int64_t offset = transfer.addr - sched;
    if (offset < 0 || offset >= static_cast<std::int64_t>(layout.find("gobuf")->size)) continue;
    if (found.g != nullptr && g->system && !found.g->system) continue;
    found = {g, true, !transfer.to_memory};
  }
  return found;
}

/// Whether PC is inside a function that loads SP from memory: gogo, mcall, systemstack. It follows from the
/// state alone, since another thread may have executed the last step.
bool inside_a_switch(const View& view) {
  const Function* function = view.function();
  if (function == nullptr || view.pc() == function->entry || function->kind == FunctionKind::task ||
      view.guest->code.is_modelled(*function))
    return false;
  const auto& all = view.guest->code.instructions();
  auto it = std::lower_bound(all.begin(), all.end(), function->entry,
                             [](const Instruction& i, CodeAddr entry) { return i.pc < entry; });
  for (; it != all.end() && function->contains(it->pc); ++it) {
    const std::string_view text = it->text;
    if (text.substr(0, 5) == "MOVQ " && text.substr(text.size() - 4) == ", SP") return true;
  }
  return false;
}

/// The gobuf that this M's last change of stacks saved or restored: that of the goroutine it left or entered.
GobufInUse gobuf_used_before(const View& view) {
  const Entities& entities = view.names->entities();
  const std::span<const Event> events = view.events_so_far();
  const auto count = std::min(static_cast<std::ptrdiff_t>(events.size()), kEventsBack);
  for (auto it = events.rbegin(); it != events.rbegin() + count; ++it) {
    const auto* stack = it->as<StackSwitch>();
    if (stack == nullptr || it->m != view.state().thread()) continue;
    for (const GId& id : {stack->to, stack->from}) {
      const Entity* g = entities.at(id.addr, Entity::Kind::g);
      if (g != nullptr && !g->system) return {g, false, false};
    }
    return {};
  }
  return {};
}

}  // namespace

void WhichGPanel::rebuild(const View& view, const UiState&) {
  answers_ = {};
  verdict_ = Verdict::agree;
  const Entity* m = view.current_m();
  if (m == nullptr) return;
  const Layout& layout = *view.guest->layout;
  const Image& state = view.state();
  const MView fields(layout, state, {m->addr});

  answers_[kTls] = answer_in(view, Addr(state.reg(Reg::fs_base)) + kTlsSlot);
  answers_[kCurg] = answer_in(view, fields.field_addr("curg"));
  GobufInUse used = gobuf_in_use(view);
  if (used.g == nullptr) used = gobuf_used_before(view);
  if (used.g != nullptr) {
    const GobufView gobuf = GView(layout, state, {used.g->addr}).sched();
    answers_[kGobuf] = answer_in(view, gobuf.field_addr("g"));
  }
  answers_[kGobuf].in_use = used.in_use;
  answers_[kSp] = owner_of_sp(view);

  const Entity* g = g_at(view, Addr(state.load_or_zero(Addr(state.reg(Reg::fs_base)) + kTlsSlot)));
  judge(g != nullptr && g->system, inside_a_switch(view), used.restoring);
}

void WhichGPanel::judge(bool system, bool switching, bool restoring) {
  Answer& tls = answers_[kTls];
  Answer& curg = answers_[kCurg];
  Answer& gobuf = answers_[kGobuf];
  Answer& sp = answers_[kSp];
  if (!tls.who) {
    verdict_ = Verdict::no_tls;
    return;
  }
  if (tls.name != sp.name) {
    verdict_ = switching ? Verdict::switching : Verdict::torn;
    // Of the two, the one that stands alone is lit; both where each has company, or none.
    const auto company = [&](const Answer& answer) {
      return (curg.name == answer.name ? 1 : 0) + (gobuf.in_use && gobuf.name == answer.name ? 1 : 0);
    };
    tls.lit = company(tls) <= company(sp);
    sp.lit = company(sp) <= company(tls);
    return;
  }
  if (system) {
    curg.normal = curg.name != tls.name;
    gobuf.normal = gobuf.name != tls.name;
    const bool next_is_known = gobuf.in_use && restoring && gobuf.normal;
    verdict_ = next_is_known        ? Verdict::handing_over
               : curg.name == "nil" ? Verdict::no_curg
               : curg.normal        ? Verdict::on_system_stack
                                    : Verdict::agree;
    return;
  }
  curg.lit = curg.name != tls.name;
  verdict_ = curg.lit ? Verdict::curg_apart : Verdict::agree;
}

std::string WhichGPanel::note_of(const Frame& frame, Question question) const {
  const Answer& answer = answers_[question];
  if (answer.changed) {
    if (answer.old_name == answer.name) return std::string(frame.text(kWrittenAgain));
    return std::string(frame.text(kChangedFrom)) + " " + answer.old_name;
  }
  if (answer.name.empty()) return std::string(frame.text(question == kGobuf ? kNoGobuf : kNoStack));
  if (question == kCurg && answer.normal) {
    return fill(frame.text(kNormal), {{"g", answers_[kTls].name}});
  }
  if (answer.in_use) return answer.place;
  return answer.place + (frame.ui.language == Language::zh ? "，" : ", ") + std::string(frame.text(kEarlier));
}

void WhichGPanel::draw_cell(Frame& frame, Question question, Rect cell) const {
  static constexpr const char* kNames[] = {"tls", "curg", "gobuf", "sp"};
  const Words* const labels[] = {&kTlsLabel, &kCurgLabel, &kGobufLabel, &kSpLabel};
  const Theme& theme = frame.theme;
  const Answer& answer = answers_[question];
  const std::string widget = std::string("which-g.") + kNames[question];
  frame.widgets.note(widget, cell);

  ImDrawList* list = ImGui::GetWindowDrawList();
  const float round = frame.px(5);
  list->AddRectFilled(cell.min, cell.max, theme[answer.lit ? Color::raised : Color::background], round);
  list->AddRect(cell.min, cell.max, theme[answer.lit ? Color::text : Color::line], round, 0,
                frame.px(answer.lit ? 2 : 1));

  ImFont* words = frame.fonts.words;
  ImFont* big = frame.fonts.story;
  const float left = cell.min.x + frame.px(9);
  const float right = cell.max.x - frame.px(7);
  const float gap = std::max(0.0F, (cell.height() - 2 * words->FontSize - big->FontSize) / 4);
  float y = cell.min.y + gap;
  draw::text_until(words, {left, y}, right, theme[Color::text_dim], frame.text(*labels[question]));

  y += words->FontSize + gap;
  const bool known = !answer.name.empty();
  const std::string_view name = known ? std::string_view(answer.name) : frame.text(kNone);
  const Color ink = answer.changed ? Color::orange : known && answer.in_use ? Color::text : Color::text_dim;
  const float end = draw::text_until(big, {left, y}, right, theme[ink], name);
  link(frame, widget + ".name", {{left, y}, {end, y + big->FontSize + frame.px(2)}}, answer.who);
  if (answer.lit) draw::text_until(big, {end + frame.px(9), y}, right, theme[Color::text], "≠");

  y += big->FontSize + gap;
  const Color note_ink = answer.changed ? Color::orange : Color::text_dim;
  std::string note = note_of(frame, question);
  // Short of room, one word is enough.
  if (left + draw::measure(words, note).x > right && !answer.changed && answer.normal) {
    note = frame.text(answer.in_use ? kNormalShort : kEarlier);
  }
  const float note_end = draw::text_until(words, {left, y}, right, theme[note_ink], note);
  link(frame, widget + ".place", {{left, y}, {note_end, y + words->FontSize + frame.px(1)}}, answer.where);
}

void WhichGPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::which_g, "");
  const Rect line = draw::row(content.height() - 1);
  const float gap = frame.px(8);
  const float left = line.min.x + frame.px(10);
  const float width = (line.max.x - frame.px(10) - left - 3 * gap) / 4;
  for (std::size_t i = 0; i < kQuestions; ++i) {
    const float x = left + static_cast<float>(i) * (width + gap);
    draw_cell(frame, static_cast<Question>(i),
              {{x, line.min.y + frame.px(2)}, {x + width, line.max.y - frame.px(1)}});
  }
  draw::end_panel();

  static const Words* const sentences[] = {&kAgree,     &kOnSystemStack, &kNoCurg, &kHandingOver,
                                           &kSwitching, &kNoTls,         &kTorn,   &kCurgApart};
  const bool loud = std::any_of(answers_.begin(), answers_.end(), [](const Answer& a) { return a.lit; });
  ImFont* font = loud ? frame.fonts.strong : frame.fonts.words;
  const float title = draw::measure(frame.fonts.strong, frame.text(info(kId).title)).x;
  draw::text_until(
      font, {rect.min.x + frame.px(23 + 12) + title, draw::header_middle(frame, rect) - font->FontSize / 2},
      rect.max.x - frame.px(10), frame.theme[loud ? Color::text : Color::text_soft],
      fill(frame.text(*sentences[static_cast<std::size_t>(verdict_)]), {{"g", answers_[kTls].name}}));
}

}  // namespace gogoscope
