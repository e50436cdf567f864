#include "emu/session/views/which_g.h"

#include <algorithm>

#include "emu/check/switching.h"
#include "emu/layout/stacks.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

using Answer = WhichG::Answer;
using Verdict = WhichG::Verdict;

/// An answer in memory: a word that holds a g.
Answer answer_in(const MomentView& moment, Addr at) {
  Answer answer;
  if (at.is_nil()) return answer;  // the release has no such field
  const Addr g(moment.state().load_or_zero(at));
  answer.g = moment.g_at(g);
  answer.name = moment.entities().g_name(g);
  answer.place = moment.names->describe(at);
  answer.where = at;
  if (const Store* store = moment.store_into(at, 8)) {
    answer.changed = true;
    answer.old_name = moment.entities().g_name(Addr(store->old_value));
  }
  return answer;
}

/// What the thread's code takes to be its g.
Answer current_answer(const MomentView& moment, GHome& home) {
  const Image& state = moment.state();
  const CurrentG current = current_g(*moment.guest, state, state.thread(), moment.entities());
  home = current.home;
  if (home == GHome::tls) return answer_in(moment, tls_slot(state, state.thread()));
  Answer answer;
  answer.g = moment.g_at(current.g);
  answer.name = moment.entities().g_name(current.g);
  answer.place = "R14";
  if (const RegChange* const change = moment.change_of(Reg::r14)) {
    answer.changed = true;
    answer.old_name = moment.entities().g_name(Addr(change->old_value));
  }
  return answer;
}

Answer owner_of_sp(const MomentView& moment) {
  const auto owner = [&](Addr sp) -> const Entity* {
    const auto stack = moment.names->stack_with_sp(sp);
    return stack ? stack->owner : nullptr;
  };
  Answer answer;
  answer.where = moment.state().sp();
  answer.g = owner(answer.where);
  if (answer.g != nullptr) answer.name = answer.g->short_name;
  const RegChange* const change = moment.change_of(Reg::rsp);
  const Entity* const before = change == nullptr ? nullptr : owner(Addr(change->old_value));
  if (before != nullptr && before != answer.g) {
    answer.changed = true;
    answer.old_name = before->short_name;
  }
  return answer;
}

struct GobufInUse {
  const Entity* g = nullptr;  ///< whose sched it is
  bool in_use = false;
  bool restoring = false;
};

/// The gobuf that the function at PC works on, as far as its moves have shown.
GobufInUse gobuf_in_use(const MomentView& moment) {
  GobufInUse found;
  const Function* function = moment.function();
  const bool same = moment.executed && moment.executed->thread == moment.state().thread() &&
                    function != nullptr && function->contains(moment.executed->pc);
  if (!same) return found;
  const Layout& layout = moment.guest->release->layout;
  for (const Transfer& transfer : moment.transfers) {
    const Entity* g = moment.entities().holding(transfer.addr, transfer.size);
    if (g == nullptr || g->kind != Entity::Kind::g) continue;
    const Addr sched = GView(layout, moment.state(), {g->addr}).sched().addr();
    const std::int64_t offset = transfer.addr - sched;
    if (sched.is_nil() || offset < 0 || offset >= static_cast<std::int64_t>(layout.size_of("gobuf")))
      continue;
    if (found.g != nullptr && g->system && !found.g->system) continue;
    found = {g, true, !transfer.to_memory};
  }
  return found;
}

/// The gobuf that this M's last change of stacks saved or restored: that of the goroutine it left or entered.
GobufInUse gobuf_used_before(const MomentView& moment) {
  const std::span<const Event> events = moment.recent_events();
  for (auto it = events.rbegin(); it != events.rend(); ++it) {
    const auto* stack = it->as<StackSwitch>();
    if (stack == nullptr || it->m != moment.state().thread()) continue;
    for (const GId& id : {stack->to, stack->from}) {
      const Entity* g = moment.g_at(id.addr);
      if (g != nullptr && !g->system) return {g, false, false};
    }
    return {};
  }
  return {};
}

/// TLS and SP name different gs, or SP none.
Verdict judge_apart(const MomentView& moment, std::array<Answer, WhichG::kQuestions>& answers) {
  Answer& tls = answers[WhichG::kTls];
  Answer& curg = answers[WhichG::kCurg];
  Answer& gobuf = answers[WhichG::kGobuf];
  Answer& sp = answers[WhichG::kSp];
  if (sp.g == nullptr) {
    sp.lit = true;
    return Verdict::off_stack;
  }
  const Switching found =
      switching(*moment.guest, moment.state(), moment.entities(), moment.state().thread(), tls.g, sp.g);
  if (found == Switching::not_to_curg) {
    (tls.g->system ? sp : tls).lit = true;
    curg.lit = true;
    return Verdict::not_to_curg;
  }
  // Of the two, the one that is alone is lit; both where each has company, or none.
  const auto company = [&](const Answer& answer) {
    return (curg.name == answer.name ? 1 : 0) + (gobuf.in_use && gobuf.name == answer.name ? 1 : 0);
  };
  tls.lit = company(tls) <= company(sp);
  sp.lit = company(sp) <= company(tls);
  return found == Switching::under_way ? Verdict::switching : Verdict::torn;
}

Verdict judge(const MomentView& moment, std::array<Answer, WhichG::kQuestions>& answers, bool restoring) {
  Answer& tls = answers[WhichG::kTls];
  Answer& curg = answers[WhichG::kCurg];
  Answer& gobuf = answers[WhichG::kGobuf];
  if (tls.g == nullptr) return Verdict::no_tls;
  if (tls.g != answers[WhichG::kSp].g) return judge_apart(moment, answers);
  if (!tls.g->system) {
    curg.lit = curg.name != tls.name;
    return curg.lit ? Verdict::curg_apart : Verdict::agree;
  }
  curg.normal = curg.name != tls.name;
  gobuf.normal = gobuf.name != tls.name;
  if (gobuf.in_use && restoring && gobuf.normal) return Verdict::handing_over;
  if (curg.name == "nil") return Verdict::no_curg;
  return curg.normal ? Verdict::on_system_stack : Verdict::agree;
}

}  // namespace

WhichG which_g(const MomentView& moment) {
  WhichG out;
  const Entity* m = moment.current_m();
  if (m == nullptr) return out;
  const Layout& layout = moment.guest->release->layout;
  const Image& state = moment.state();
  out.answers[WhichG::kTls] = current_answer(moment, out.home);
  out.answers[WhichG::kCurg] = answer_in(moment, MView(layout, state, {m->addr}).field_addr("curg"));
  GobufInUse used = gobuf_in_use(moment);
  if (used.g == nullptr) used = gobuf_used_before(moment);
  if (used.g != nullptr) {
    const GobufView gobuf = GView(layout, state, {used.g->addr}).sched();
    out.answers[WhichG::kGobuf] = answer_in(moment, gobuf.field_addr("g"));
  }
  out.answers[WhichG::kGobuf].in_use = used.in_use;
  out.answers[WhichG::kSp] = owner_of_sp(moment);
  out.verdict = judge(moment, out.answers, used.restoring);
  return out;
}

}  // namespace gogoscope
