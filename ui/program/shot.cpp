#include "ui/program/shot.h"

#include <utility>

#include "asm/text/input_file.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "scenarios/lesson/json.h"
#include "scenarios/run/moments.h"
#include "scenarios/verbs/verb.h"
#include "ui/picture/png.h"
#include "ui/picture/studio.h"

namespace gogoscope {
namespace {

const PanelInfo* panel_or_complain(const std::string& name, Language language) {
  const PanelInfo* panel = panel_by_name(name);
  if (panel != nullptr) return panel;
  std::vector<std::string_view> known;
  for (const PanelInfo& other : panels()) known.push_back(other.name);
  complain({{"no panel {name}; known: {known}", "没有面板 {name}；已知的有：{known}"},
            {{"name", in_quotes(name)}, {"known", joined(known)}}},
           language);
  return nullptr;
}

/// The g of that name; nothing, and the names printed, if this run has none.
std::optional<Addr> g_or_complain(const std::string& name, const Entities& entities, Language language) {
  std::vector<std::string_view> known;
  for (const Entity& entity : entities.all()) {
    if (entity.kind != Entity::Kind::g || entity.system) continue;
    if (entity.short_name == name) return entity.addr;
    known.push_back(entity.short_name);
  }
  complain({{"no goroutine {name} at this moment; known: {known}",
             "此刻没有叫 {name} 的 goroutine；已知的有：{known}"},
            {{"name", in_quotes(name)}, {"known", joined(known)}}},
           language);
  return std::nullopt;
}

/// Plays the lesson up to the stop, with the answers given; what is open before it counts as skipped.
Message play_to_stop(App& app, const ShotOptions& options) {
  if (!app.has_lesson())
    return {{"{path} has no lesson, and so no stops", "{path} 没有课程，也就没有停靠点"},
            {{"path", options.source.path}}};
  KeptLessons kept;
  if (!options.answers.empty()) {
    const auto of_file = [&](const Message& why) -> Message {
      return {{"{path}: {why}", "{path}：{why}"}, {{"path", options.answers}, {"why", why}}};
    };
    const auto text = read_input(options.answers, kMaxAnswerBytes);
    if (const auto* const why = std::get_if<Message>(&text)) return of_file(*why);
    auto read = progress_from_json(std::get<std::string>(text));
    if (const auto* const why = std::get_if<Message>(&read)) return of_file(*why);
    kept[app.view().name].progress = std::get<Progress>(std::move(read));
  }
  app.set_lessons(std::move(kept));
  app.begin_lesson();
  const std::size_t stops = app.lesson() == nullptr ? 0 : app.lesson()->lesson().stops.size();
  if (options.stop < 1 || static_cast<std::size_t>(options.stop) > stops)
    return {{"the lesson has stops 1 to {n}", "课程的停靠点是 1 到 {n}"}, {{"n", stops}}};
  const auto wanted = static_cast<std::size_t>(options.stop) - 1;
  for (std::size_t i = 0; i <= wanted; ++i) {
    app.go_to_stop(i);
    while (i < wanted && app.lesson()->open_question() != nullptr) {
      app.ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
      app.execute_queued();
    }
  }
  return {};
}

/// False, and the reason printed, if the options name what is not there.
bool arrange(App& app, const ShotOptions& options) {
  UiState& ui = app.ui();
  ui.language = options.language;
  ui.theme = options.theme == "light" ? ThemeId::light : ThemeId::dark;
  ui.presenter = options.presenter;
  if (options.stop != 0) {
    if (const Message why = play_to_stop(app, options); !why.empty()) {
      complain(why, options.language);
      return false;
    }
  }
  std::vector<std::string> fronts = options.front;
  // A panel alone is asked for to be seen.
  if (!options.panel.empty()) fronts.push_back(options.panel);
  for (const std::string& name : fronts) {
    const PanelInfo* panel = panel_or_complain(name, options.language);
    if (panel == nullptr) return false;
    ui.desk.bring_forward(panel->id);
  }
  if (!options.select.empty()) {
    const std::optional<Addr> selected =
        g_or_complain(options.select, app.view().names->entities(), options.language);
    if (!selected) return false;
    ui.selected_g = *selected;
  }
  if (!options.panel.empty() && options.sized) ui.alone = panel_by_name(options.panel)->id;
  ui.help = options.help;
  ui.palette = !options.palette.empty();
  ui.palette_text = options.palette;
  return true;
}

/// Draws what the options ask for into a file; what went wrong, if anything did.
Message draw_into(const std::string& path, Studio& studio, const ShotOptions& options) {
  Picture picture = studio.picture();
  if (!options.panel.empty()) {
    std::optional<Picture> part = studio.panel(picture, panel_by_name(options.panel)->id);
    if (!part) {
      return options.presenter ? Message({"the panel {panel} is not in sight in presenter mode",
                                          "演示模式下看不到面板 {panel}"},
                                         {{"panel", options.panel}})
                               : Message({"the panel {panel} is not in sight", "看不到面板 {panel}"},
                                         {{"panel", options.panel}});
    }
    picture = *std::move(part);
  }
  return write_png(path, picture);
}

/// "dir/run.png" and state 412: "dir/run-000412.png". The numbers sort as the states do.
std::string numbered(const std::string& path, std::uint64_t state) {
  const std::size_t end = path.ends_with(".png") ? path.size() - 4 : path.size();
  std::string number = std::to_string(state);
  number.insert(0, number.size() < 6 ? 6 - number.size() : 0, '0');
  return path.substr(0, end) + "-" + number + ".png";
}

CommandId moves_by(const std::string& unit) {
  if (unit == "line") return CommandId::step_line;
  if (unit == "event") return CommandId::next_event;
  return unit == "handoff" ? CommandId::next_handoff : CommandId::step;
}

/// A picture of the moment shown and of each that follows, up to the last.
Message shoot_all(Studio& studio, const ShotOptions& options) {
  Session& session = studio.app().session();
  const auto last = find_moment(options.to, session.trace());
  if (last.index() == 1) return std::get<1>(last);
  if (session.cursor().position() > std::get<0>(last))
    return {{"--to {to} comes before --from {from}", "--to {to} 在 --from {from} 之前"},
            {{"to", in_quotes(options.to)}, {"from", in_quotes(options.from)}}};
  constexpr int kMostPictures = 2000;
  int made = 0;
  while (session.cursor().position() <= std::get<0>(last)) {
    if (++made > kMostPictures) {
      return Message({"more than {most} pictures: choose a shorter way, or --by line, event or handoff",
                      "超过 {most} 张图片：请缩短范围，或用 --by line、event、handoff"},
                     {{"most", kMostPictures}});
    }
    const std::uint64_t here = session.cursor().position();
    const Message error = draw_into(numbered(options.output, here), studio, options);
    if (!error.empty()) return error;
    if (session.execute({moves_by(options.by)}).to == here) break;
  }
  return {};
}

}  // namespace

int shoot(OpenedRun run, const ShotOptions& options) {
  const auto refuse = [&](const Message& sentence) {
    complain(sentence, options.language);
    return kBadInput;
  };
  auto opened = Studio::open(std::move(run), open_run, options.width, options.height,
                             static_cast<float>(options.scale));
  if (opened.index() == 1) return refuse(std::get<1>(opened));
  Studio& studio = *std::get<0>(opened);
  if (!arrange(studio.app(), options)) return kBadInput;
  const Message error =
      options.from.empty() ? draw_into(options.output, studio, options) : shoot_all(studio, options);
  return error.empty() ? kOk : refuse(error);
}

}  // namespace gogoscope
