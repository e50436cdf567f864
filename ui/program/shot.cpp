#include "ui/program/shot.h"

#include <utility>

#include "asm/text/printable.h"
#include "scenarios/verbs/verb.h"
#include "ui/picture/png.h"
#include "ui/picture/studio.h"

namespace gogoscope {
namespace {

int refuse(const std::string& sentence) {
  complain(sentence);
  return kBadInput;
}

const PanelInfo* panel_or_complain(const std::string& name) {
  const PanelInfo* panel = panel_by_name(name);
  if (panel != nullptr) return panel;
  std::string known;
  for (const PanelInfo& other : panels()) known.append(known.empty() ? "" : ", ").append(other.name);
  complain("no panel " + in_quotes(name) + "; known: " + known);
  return nullptr;
}

/// The g of that name; nothing, and the names printed, if this run has none.
std::optional<Addr> g_or_complain(const std::string& name, const Entities& entities) {
  std::string known;
  for (const Entity& entity : entities.all()) {
    if (entity.kind != Entity::Kind::g || entity.system) continue;
    if (entity.short_name == name) return entity.addr;
    known += (known.empty() ? "" : ", ") + entity.short_name;
  }
  complain("no goroutine " + in_quotes(name) + " at this moment; known: " + known);
  return std::nullopt;
}

/// False, and the reason printed, if the options name what is not there.
bool arrange(App& app, const ShotOptions& options) {
  UiState& ui = app.ui();
  ui.language = language_by_name(options.language).value_or(Language::en);
  ui.theme = options.theme == "light" ? ThemeId::light : ThemeId::dark;
  ui.presenter = options.presenter;
  std::vector<std::string> fronts = options.front;
  // A panel alone is asked for to be seen.
  if (!options.panel.empty()) fronts.push_back(options.panel);
  for (const std::string& name : fronts) {
    const PanelInfo* panel = panel_or_complain(name);
    if (panel == nullptr) return false;
    ui.desk.bring_forward(panel->id);
  }
  if (!options.select.empty()) {
    const std::optional<Addr> selected = g_or_complain(options.select, app.view().names->entities());
    if (!selected) return false;
    ui.selected_g = *selected;
  }
  ui.help = options.help;
  ui.palette = !options.palette.empty();
  ui.palette_text = options.palette;
  return true;
}

}  // namespace

int shoot(OpenedRun run, const ShotOptions& options) {
  auto opened = Studio::open(std::move(run), open_run, options.width, options.height,
                             static_cast<float>(options.scale));
  if (opened.index() == 1) return refuse(std::get<1>(opened));
  Studio& studio = *std::get<0>(opened);
  if (!arrange(studio.app(), options)) return kBadInput;
  Picture picture = studio.picture();
  if (!options.panel.empty()) {
    std::optional<Picture> part = studio.panel(picture, panel_by_name(options.panel)->id);
    if (!part) {
      return refuse("the panel " + options.panel + " is not in sight" +
                    (options.presenter ? " in presenter mode" : ""));
    }
    picture = *std::move(part);
  }
  const std::string error = write_png(options.output, picture);
  return error.empty() ? kOk : refuse(error);
}

}  // namespace gogoscope
