#include "ui/app.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "asm/seed_comments.h"
#include "asm/text/utf8.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/outcome.h"
#include "ui/draw.h"
#include "ui/keys.h"
#include "ui/lesson_look.h"
#include "ui/link.h"
#include "ui/panel_text.h"
#include "ui/presenter.h"
#include "ui/ribbon.h"
#include "ui/transfer_arrows.h"

namespace gogoscope {
namespace {

// ImGui knows the size of a child's content a frame late and scrolls a frame after that.
constexpr int kFramesToSettle = 3;

const Words kFontMissing{"No font found, the built-in one is used:", "找不到字体，改用内置字体："};

}  // namespace

App::App(OpenedRun run, RunOpener opener)
    : run_(std::move(run)), open_(std::move(opener)), path_(run_.source.path) {
  ui_.path = path_;
  if (!run_.warning.empty()) notice(run_.warning.in(ui_.language), true);
  refresh();
}

// ---- fonts ----

float App::scale() const {
  return (ui_.presenter ? scale_of_presenter(size_, screen_scale_) : screen_scale_) * ui_.zoom;
}

std::string App::characters() const {
  std::string all = all_ui_text();
  for (const Language language : {Language::en, Language::zh}) {
    all += narration_source(language);
    all += run_.title.in(language);
    all += run_.about.in(language);
  }
  all += run_.name;
  all += run_.text;
  for (const ListedExpectation& one : run_.expectations)
    all.append(one.why.in(Language::en)).append(one.why.in(Language::zh));
  all += broken_text_;
  all += answered_;
  for (const Bookmark& bookmark : bookmarks_.all()) all += bookmark.name;
  for (const Diagnostic& error : errors_)
    all.append(error.message.in(Language::en)).append(error.message.in(Language::zh));
  for (const ActionInfo& action : actions()) all.append(action.help.en).append(action.help.zh);
  // Listings carry comments in Chinese, and others are shown in it; bodies come from a file and may hold
  // anything.
  const Code& code = run_.session->guest().code;
  const bool ours = code.rows().empty();
  for (const SourceFile& file : code.sources()) {
    for (const std::string& line : file.lines) {
      // A program's files are many, and hardly ever anything but ASCII.
      const bool plain = std::all_of(line.begin(), line.end(), [](char c) { return c > 0; });
      if (ours || !plain) all += line;
      if (ours) all += plan9::listing_line(line, Language::zh);
    }
  }
  for (const Instruction& instruction : code.instructions()) {
    if (instruction.slot) all += plan9::listing_line(instruction.text, Language::zh);
  }
  return all;
}

bool App::prepare(ImGuiIO& io, float screen_scale) {
  screen_scale_ = screen_scale;
  resized_ = resized_ || size_.x != io.DisplaySize.x || size_.y != io.DisplaySize.y;
  size_ = io.DisplaySize;
  const float wanted = scale();
  const bool reload_fonts = fonts_scale_ != wanted;
  if (reload_fonts) {
    fonts_ = load_fonts(io, wanted, characters());
    fonts_scale_ = wanted;
    ui_.scroll_to_now = true;
    if (!fonts_.missing.empty()) notice(kFontMissing.str(ui_.language) + " " + fonts_.missing.front(), true);
  }
  if (reload_fonts || styled_ != ui_.theme) {
    styled_ = ui_.theme;
    apply_style(theme(ui_.theme), wanted);
  }
  return reload_fonts;
}

// ---- time ----

void App::advance(float seconds) {
  motion_.advance(seconds);
  if (const std::optional<CommandId> due = player_.advance(seconds)) {
    commands_.push_back({*due});
    execute_queued();
    const bool at_edge = player_.backwards()
                             ? session().cursor().position() == 0
                             : session().cursor().at_end() && session().trace().end() != nullptr;
    if (at_edge) player_.pause();
  }
}

std::optional<float> App::wakes_in() const {
  if (motion_.moving() || unsettled_ > 0) return 0.0F;
  return player_.wakes_in();
}

// ---- a moment ----

std::string App::window_title() const {
  const std::string program = "gogoscope";
  if (ui_.start != StartMode::none) return program;
  if (view_.run_of_another) return std::filesystem::path(path_).filename().string() + " – " + program;
  const std::string& title = run_.title.in(ui_.language);
  const std::string place =
      std::to_string(run_.session->cursor().position()) + "/" + std::to_string(view_.steps);
  return (title.empty() ? run_.name : title) + " – " + place + " – " + program;
}

std::string App::picture_name() const {
  return run_.name + "-" + std::to_string(run_.session->cursor().position());
}

void App::notice(std::string words, bool is_error) {
  ui_.notice = std::move(words);
  ui_.notice_is_error = is_error;
  unsettled_ = std::max(unsettled_, 1);
  need_characters_of(ui_.notice);
}

void App::need_characters_of(std::string_view words) {
  if (fonts_.words == nullptr) return;
  bool known = true;
  for (const auto& [at, rune] : Runes(words)) {
    known = known && fonts_.words->FindGlyphNoFallback(static_cast<ImWchar>(rune.value)) != nullptr;
  }
  // A character that no font of this machine has is asked for once.
  if (known || answered_.find(words) != std::string::npos) return;
  answered_ += words;
  fonts_scale_ = 0;
  unsettled_ = kFramesToSettle;
}

void App::refresh() {
  const std::uint64_t position = session().cursor().position();
  // A new moment is looked at where its PC is.
  if (position != shown_.position) ui_.code_at = CodeAddr();
  const Key key{
      position,    session().trace().steps(), executed_,   ui_.language,     ui_.selected_g, ui_.memory_at,
      ui_.code_at, ui_.cursor_place,          ui_.watched, ui_.registers_of, last_shown()};
  if (key == shown_) return;
  // A change of language or selection rebuilds the texts but must not scroll what the user is reading.
  const bool moved = key.position != shown_.position;
  shown_ = key;

  view_ = view_of(session(), ui_.language);
  view_.bookmarks = &bookmarks_;
  view_.name = run_.name;
  view_.title = run_.title;
  view_.about = run_.about;
  view_.scenario_text = errors_.empty() ? &run_.text : &broken_text_;
  view_.errors = &errors_;
  view_.run_of_another = !errors_.empty() && path_ != run_.source.path;
  view_.expectations = &run_.expectations;
  view_.start = run_.start.value_or(0);
  view_.lesson = lesson();
  view_.trial = trial();
  if (key.last_shown) horizon_.hide_beyond(view_, *key.last_shown);
  if (view_.executed) {
    const Narration& narration = ui_.language == Language::zh ? narration_zh_ : narration_en_;
    const std::optional<BeforeStep> before = view_.before();
    view_.sentence = narration.sentence(*view_.guest, *before, view_.state(), *view_.executed, view_.events);
    const Names names_before(*view_.guest, *before, name_words(ui_.language));
    const auto way = outcome_of(*view_.guest, *before, view_.state(), *view_.executed, names_before);
    if (way) view_.outcome = way->told.in(ui_.language);
    for (const Event& event : view_.events)
      view_.event_texts.push_back(event_text(event, *view_.guest, narration));
  }
  panels_.outdate();
  unsettled_ = kFramesToSettle;
  if (moved) {
    ui_.scroll_to_now = true;
    motion_.enable(ui_.motion);
    motion_.begin();
  }
}

std::optional<Rect> App::panel_rect(PanelId id) const {
  const auto found = anchors_.panels.find(id);
  return found == anchors_.panels.end() ? std::nullopt : std::optional(found->second);
}

void App::draw_panels(Frame& frame, const Places& places) {
  const PanelId stage = stage_of(view_, ui_.desk);
  for (std::size_t i = 0; i < places.slots.size(); ++i) {
    const Slot slot = static_cast<Slot>(i);
    if (!places.shows(slot)) continue;
    PanelId id = ui_.desk.front(slot);
    if (ui_.presenter && slot == Slot::stacks) id = stage;
    draw_panel(frame, id, places[slot]);
  }
}

void App::draw_panel(Frame& frame, PanelId id, Rect rect) {
  Panel& panel = panels_.rebuilt(id, view_, ui_);
  anchors_.panels.insert_or_assign(id, rect);
  if (ui_.copy_text != id) {
    panel.draw(frame, rect);
    return;
  }
  TextOfPanel text;
  panel.draw(frame, rect);
  ui_.to_copy = text.take();
  ui_.copy_text.reset();
}

void App::draw_root(Frame& frame, Rect window) {
  if (ui_.alone) {
    draw_panel(frame, *ui_.alone, window);
    return;
  }
  if (ui_.presenter) {
    const Rect room = ground_.begin(frame, window, least_room_of_presenter(frame.scale));
    const Places places = has_column() ? arrange_presenter_with_lesson(room, frame.scale)
                                       : arrange_presenter(room, frame.scale);
    draw_panels(frame, places);
    if (const std::optional<PanelId> changed = focus_of(view_)) draw_focus(frame, *panel_rect(*changed));
    light_lesson(frame);
    show_what_was_chosen(places);
    ground_.end(frame);
    return;
  }
  const Bars bars = arrange_bars(window, frame.scale);
  toolbar_.draw(frame, bars.toolbar, player_);
  status_line_.draw(frame, bars.status, player_);
  Rect room = bars.below;
  if (has_column()) draw_panel(frame, PanelId::lesson, take_lesson_column(room, frame.scale));
  const bool folded = has_column() && folds(room, frame.scale);
  room = ground_.begin(frame, room, folded ? least_room_folded(frame.scale) : least_room(frame.scale));
  const Places places =
      folded ? arrange_folded(room, shares_, frame.scale) : arrange(room, shares_, frame.scale);
  draw_panels(frame, places);
  draw_ribbon(frame, places);
  draw_transfer_arrows(frame, places, view_.transfers);
  if (!folded) draw_splitters(frame, places, shares_);
  light_lesson(frame);
  show_what_was_chosen(places);
  ground_.end(frame);
}

void App::show_what_was_chosen(const Places& places) {
  const auto show = [&](Slot slot) {
    if (places.shows(slot)) ground_.bring_into_sight(places[slot]);
  };
  for (std::size_t i = 0; i < places.slots.size(); ++i) {
    const Slot slot = static_cast<Slot>(i);
    if (ui_.desk.front(slot) != fronts_.front(slot)) show(slot);
  }
  fronts_ = ui_.desk;
  if (std::exchange(stop_is_new_, false) && lesson_) show_looked_at(places);
  if (press_.focus() == focus_shown_) return;
  focus_shown_ = press_.focus();
  if (const PanelInfo* panel = panel_by_name(press_.focus_group())) show(panel->slot);
}

void App::show_looked_at(const Places& places) {
  std::optional<Rect> area;
  for (const PanelId id : looked_at(lesson_->stop())) {
    const Rect& place = places[gogoscope::info(id).slot];
    if (!places.shows(gogoscope::info(id).slot)) continue;
    const Rect both = area ? Rect{{std::min(area->min.x, place.min.x), std::min(area->min.y, place.min.y)},
                                  {std::max(area->max.x, place.max.x), std::max(area->max.y, place.max.y)}}
                           : place;
    // The first before all.
    if (!area || ground_.fits(both)) area = both;
  }
  if (area) ground_.bring_into_sight(*area);
}

void App::draw() {
  refresh();
  unsettled_ = std::max(unsettled_ - 1, 0);
  const ImGuiIO& io = ImGui::GetIO();
  widgets_.clear();
  anchors_ = Anchors();
  if (std::exchange(resized_, false)) {
    ui_.scroll_to_now = true;
    unsettled_ = kFramesToSettle;
  }
  ui_.key_taken = false;
  const bool overlay = Overlays::any_open(ui_);
  press_.begin_frame(!overlay && !io.WantTextInput);
  press_.block_mouse(overlay);
  Frame frame{view_, theme(ui_.theme), fonts_, ui_, commands_, widgets_, anchors_, press_, motion_, scale()};
  const Rect window{{0, 0}, io.DisplaySize};

  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin("gogoscope", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoNav);
  const bool scrolling = ui_.scroll_to_now;
  draw_root(frame, window);
  ImGui::End();
  if (scrolling) ui_.scroll_to_now = false;
  press_.block_mouse(false);
  overlays_.draw(frame, window);
  const ImVec2 mouse = io.MousePos;
  if (ui_.presenter && mouse.x > 0 && mouse.y > 0 && mouse.x < window.max.x && mouse.y < window.max.y) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_None);
    draw_pointer(frame, mouse);
  }
  press_.end_frame();
  need_characters_of(ui_.problem);
  need_characters_of(std::exchange(ui_.new_words, {}));

  // After the widgets: only now is it known whether a text field wants the keys.
  if (ui_.key_taken) return;
  KeysRead keys = read_keys(io, place_of(view_.pc(), view_.guest->code), overlay);
  if (keys.command) commands_.push_back(std::move(*keys.command));
  if (keys.action) ui_.actions.push_back(*keys.action);
  if (!keys.line.empty()) {
    ui_.palette = true;
    ui_.palette_text = std::move(keys.line);
  }
}

}  // namespace gogoscope
