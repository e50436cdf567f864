#include "emu/session/views/named_by.h"

#include "emu/layout/views.h"

namespace gogoscope {

std::unordered_map<std::uint64_t, std::string> named_by(const MomentView& moment) {
  const Layout& layout = moment.guest->release->layout;
  const Image& memory = moment.state();
  const Entities& entities = moment.entities();
  std::unordered_map<std::uint64_t, std::string> where;
  const FieldAt link = moment.guest->release->at.g_schedlink;
  const auto add = [&](Ptr<G> g, const std::string& name) {
    if (g.is_nil()) return;
    std::string& names = where[g.addr.value()];
    names += names.empty() ? name : ", " + name;
  };
  const std::size_t bound = entities.all().size() + 1;
  const auto walk = [&](Ptr<G> head, const std::string& list) {
    for (std::size_t n = 0; !head.is_nil() && n < bound; ++n) {
      add(head, list);
      head = {Addr(memory.load_or_zero(head.addr + link))};
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

}  // namespace gogoscope
