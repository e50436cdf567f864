#include "scenarios/told/narration_words.h"

#include <fmt/format.h>

#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "scenarios/format/fields.h"

namespace gogoscope {

/// "nil".
std::string plain_words(std::uint64_t value, const Guest& guest, const Names& names) {
  if (value == 0) return "0";
  // Stacks adjoin: an address that is one's top and the next one's bottom is more likely meant as the bottom.
  if (const auto other = names.stack_from(Addr(value))) return other->owner->short_name + ".stack.lo";
  const std::optional<StackRef> stack = names.stack_with_sp(Addr(value));
  if (stack) {
    const std::uint64_t below = stack->hi.value() - value;
    return fmt::format("{}.stack.hi{}", stack->owner->short_name,
                       below == 0 ? "" : fmt::format("-{}", below));
  }
  if (guest.code.function_at(CodeAddr(value)) != nullptr) return guest.code.symbolize(CodeAddr(value));
  for (const Entity& entity : names.entities().all()) {
    if (entity.addr.value() == value) return entity.short_name;
  }
  const DataSymbol* data = guest.code.data_at(Addr(value));
  if (data != nullptr && data->addr.value() == value) return "&" + data->name;
  const std::string field = names.describe(Addr(value));
  if (!field.empty()) return "&" + field;
  return fmt::format("{:#x}", value);
}

std::string g_in_question(const Guest& guest, const StateView& before, const StateView& after,
                          const Names& names) {
  const Entities& entities = names.entities();
  const auto user_g = [&](std::uint64_t value) -> std::string {
    const Entity* entity = entities.at(Addr(value), Entity::Kind::g);
    return entity == nullptr ? "" : entity->short_name;
  };
  const CodeAddr pc = before.pc();
  const Function* function = guest.code.function_at(pc);
  if (function != nullptr) {
    const Addr top = before.sp() + guest.code.sp_delta(pc);
    // newproc1 names its result newg, too; the g that it works on is the local of that name.
    for (const std::string_view wanted : {"gp", "newg'", "newg"}) {
      for (const FrameVar& var : function->vars) {
        if (var.name != wanted) continue;
        // A local holds what a former call left there until its line has run.
        const std::string name = user_g(after.load_or_zero(top + var.offset));
        if (!name.empty()) return name;
      }
    }
    if (function->go_name() == "runtime.gogo") {
      for (const std::uint64_t buf :
           {after.reg(Reg::rbx), before.reg(Reg::rbx), before.load_or_zero(top + 8)}) {
        const Entity* entity = entities.holding(Addr(buf));
        if (entity != nullptr && entity->kind == Entity::Kind::g) return entity->short_name;
      }
    }
  }
  const Entity* tls = entities.at(current_g(guest, after, after.thread(), entities).g, Entity::Kind::g);
  if (tls != nullptr && !tls->system) return tls->short_name;
  const Entity* m = entities.find(fmt::format("m{}", static_cast<int>(before.thread())));
  if (m != nullptr) {
    const std::string curg =
        user_g(load_field(guest.release->layout, after, "m", m->addr, "curg").value_or(0));
    if (!curg.empty()) return curg;
  }
  return tls == nullptr ? "" : tls->short_name;
}

EditWords edit_words(const Step& edit, const Guest& guest, const Names& before, const Names& after) {
  std::string what;
  std::uint64_t from = 0, to = 0;
  if (!edit.stores.empty()) {
    const Store& store = edit.stores.front();
    what = before.describe(store.addr, store.size);
    if (what.empty()) what = fmt::format("{:#x}", store.addr.value());
    from = store.old_value;
    to = store.new_value;
  } else if (!edit.regs.empty()) {
    const RegChange& change = edit.regs.front();
    what = name(change.reg);
    from = change.old_value;
    to = change.new_value;
  } else {
    return {};
  }
  if (what.ends_with(".atomicstatus")) return {what, g_status_word(from), g_status_word(to)};
  if (what.ends_with(".status")) return {what, p_status_word(from), p_status_word(to)};
  return {what, plain_words(from, guest, before), plain_words(to, guest, after)};
}

}  // namespace gogoscope
