#include "ui/overlays/search.h"

#include <filesystem>

#include "asm/text/printable.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "emu/session/command_text.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kShow{"Show", "显示"};
const Words kReal{"real bytes", "真实字节"};
const Words kModelled{"modelled", "建模"};
const Words kTask{"task, real bytes", "任务，真实字节"};
const Words kChanged{"changed on purpose", "有意改动"};
const Words kAtState{"state", "状态"};
const Words kOpenIt{"open again", "再次打开"};

std::string_view kind_words(FunctionKind kind, Language language) {
  switch (kind) {
    case FunctionKind::real:
      return kReal.in(language);
    case FunctionKind::modelled:
      return kModelled.in(language);
    case FunctionKind::task:
      return kTask.in(language);
    case FunctionKind::changed:
      return kChanged.in(language);
  }
  return {};
}

/// "_Grunning" for a g, "_Prunning" for a p.
std::string status_of(const Entity& entity, const View& view) {
  const Layout& layout = view.guest->release->layout;
  const bool g = entity.kind == Entity::Kind::g;
  if (!g && entity.kind != Entity::Kind::p) return "";
  const auto status =
      load_field(layout, view.state(), struct_name(entity.kind), entity.addr, g ? "atomicstatus" : "status");
  if (!status) return "";
  return " · " + (g ? g_status_symbol(*status) : p_status_symbol(*status));
}

}  // namespace

void Search::add_commands() {
  for (const CommandInfo& command : commands()) {
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::command;
    item.hit.title = label(command.id, language_);
    item.hit.also = label(command.id, Language::en);
    item.hit.note = command.name;
    item.hit.detail = help(command, language_);
    item.hit.shortcut = command.shortcut;
    if (command.argument == ArgumentKind::none) {
      item.hit.deed = Command{command.id};
    } else {
      item.hit.deed = FillIn{std::string(command.name) + " "};
    }
    item.also.append(label(command.id, Language::en)).append(" ").append(label(command.id, Language::zh));
    item.also.append(" ").append(command.help_en).append(" ").append(command.help_zh);
  }
}

void Search::add_window() {
  for (const ActionInfo& action : actions()) {
    // Both are about the palette itself, which is open.
    if (action.id == ActionId::palette || action.id == ActionId::close) continue;
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::window;
    item.hit.title = action.help.in(language_);
    item.hit.also = action.help.en;
    item.hit.note = action.name;
    item.hit.shortcut = action.shortcut;
    item.hit.deed = action.id;
    item.also.append(action.help.en).append(" ").append(action.help.zh);
  }
  for (const PanelInfo& panel : panels()) {
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::panel;
    item.hit.title = kShow.str(language_).append(" ").append(panel.title.in(language_));
    item.hit.note = panel.name;
    item.hit.also = std::string(kShow.en).append(" ").append(panel.title.en);
    item.hit.deed = panel.id;
    for (const Language language : {Language::en, Language::zh})
      item.also.append(kShow.in(language)).append(" ").append(panel.title.in(language)).append(" ");
    item.also.append(panel.name);
  }
}

void Search::add_structs(const View& view) {
  for (const Entity& entity : view.names->entities().all()) {
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::structure;
    item.hit.title = entity.short_name;
    item.hit.detail = std::string(struct_name(entity.kind)) + status_of(entity, view) + " · " +
                      draw::hex_short(entity.addr.value());
    item.hit.deed = target_of_entity(entity);
    item.also = entity.name;
  }
}

void Search::add_functions(const View& view) {
  for (const Function& function : view.guest->code.functions()) {
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::function;
    item.hit.title = function.name;
    item.hit.detail = std::string(kind_words(function.kind, language_));
    item.hit.deed = Command{CommandId::run_to, Where::at_place({.function = function.name})};
    item.code = target_of_value(view, function.entry.value());
  }
}

void Search::add_bookmarks(const View& view) {
  if (view.bookmarks == nullptr) return;
  for (const Bookmark& bookmark : view.bookmarks->all()) {
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::bookmark;
    item.hit.title = on_one_line(bookmark.name);
    item.hit.detail = kAtState.str(language_) + " " + std::to_string(bookmark.state);
    item.hit.deed = Command{CommandId::run_to, Where::at_state(bookmark.state)};
  }
}

void Search::add_files(const std::vector<std::string>& recent) {
  for (const std::string& path : recent) {
    Item& item = items_.emplace_back();
    item.hit.kind = HitKind::file;
    item.hit.title = on_one_line(std::filesystem::path(path).filename().string());
    item.hit.detail = kOpenIt.str(language_) + " · " + on_one_line(path);
    item.hit.deed = FileToOpen{path};
    item.also = "open recent " + item.hit.detail;
  }
}

void Search::gather(const View& view, Language language, const std::vector<std::string>& recent) {
  if (!narration_ || language != language_) narration_.emplace(language);
  language_ = language;
  items_.clear();
  add_commands();
  add_window();
  add_bookmarks(view);
  add_files(recent);
  add_structs(view);
  add_functions(view);
  events_ = group_events(*view.record_events, view.position, kMostEvents, *view.guest, *narration_);
  events_bounded_ = view.record_events->size() > kMostEvents;
}

}  // namespace gogoscope
