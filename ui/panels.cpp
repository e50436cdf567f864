#include "ui/panels.h"

#include "ui/panels/breakpoints.h"
#include "ui/panels/disassembly.h"
#include "ui/panels/events.h"
#include "ui/panels/gs.h"
#include "ui/panels/invariants.h"
#include "ui/panels/lesson.h"
#include "ui/panels/memory.h"
#include "ui/panels/output.h"
#include "ui/panels/queues.h"
#include "ui/panels/registers.h"
#include "ui/panels/scenario.h"
#include "ui/panels/source.h"
#include "ui/panels/stacks.h"
#include "ui/panels/states.h"
#include "ui/panels/story.h"
#include "ui/panels/structs.h"
#include "ui/panels/threads.h"
#include "ui/panels/timeline.h"
#include "ui/panels/traceback.h"
#include "ui/panels/which_g.h"

namespace gogoscope {
namespace {

template <class... T>
void make(std::array<std::unique_ptr<Panel>, sizeof...(T)>& panels) {
  ((panels[static_cast<std::size_t>(T::kId)] = std::make_unique<T>()), ...);
}

}  // namespace

Panels::Panels() {
  make<LessonPanel, StoryPanel, WhichGPanel, SourcePanel, ScenarioPanel, OutputPanel, DisassemblyPanel,
       RegistersPanel, ThreadsPanel, TracebackPanel, StacksPanel, StatesPanel, GsPanel, QueuesPanel,
       EventsPanel, StructsPanel, MemoryPanel, BreakpointsPanel, InvariantsPanel, TimelinePanel>(panels_);
}

Panel& Panels::rebuilt(PanelId id, const View& view, const UiState& ui) {
  const auto index = static_cast<std::size_t>(id);
  Panel& panel = *panels_[index];
  if (!up_to_date_[index]) panel.rebuild(view, ui);
  up_to_date_.set(index);
  return panel;
}

}  // namespace gogoscope
