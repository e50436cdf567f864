#include "ui/app.h"

#include <utility>

#include "scenarios/event_text.h"
#include "ui/draw.h"
#include "ui/keys.h"
#include "ui/ribbon.h"

namespace gogoscope {

App::App(Session& session, std::string name, Text title)
    : session_(session), name_(std::move(name)), title_(std::move(title)) {
  refresh();
}

std::string App::characters() const {
  std::string all = all_ui_text();
  for (const Language language : {Language::en, Language::zh}) {
    all += narration_source(language);
    all += title_.in(language);
  }
  all += name_;
  // Listings carry comments in Chinese; bodies come from a file and may hold anything.
  for (const SourceFile& file : session_.guest().code.sources()) {
    for (const std::string& line : file.lines) all += line;
  }
  return all;
}

void App::set_fonts(const Fonts& fonts, float scale) {
  fonts_ = fonts;
  scale_ = scale;
  styled_ = ui_.theme;
  apply_style(theme(ui_.theme), scale_);
  if (!fonts.missing.empty()) {
    ui_.notice = std::string(text(Phrase::font_missing, ui_.language)) + " " + fonts.missing.front();
    ui_.notice_is_error = true;
  }
}

std::string App::window_title() const {
  const std::string& title = title_.in(ui_.language);
  const std::string place =
      std::to_string(session_.cursor().position()) + "/" + std::to_string(session_.trace().steps());
  return (title.empty() ? name_ : title) + " – " + place + " – gogoscope";
}

void App::refresh() {
  const std::uint64_t position = session_.cursor().position();
  const Key key{position, session_.trace().steps(), executed_, ui_.language, ui_.selected_g};
  if (key == shown_) return;
  // A change of language or selection rebuilds the texts but must not scroll what the user is reading.
  const bool moved = key.position != shown_.position;
  shown_ = key;

  view_ = view_of(session_);
  view_.name = name_;
  view_.title = title_;
  if (view_.executed) {
    const Narration& narration = ui_.language == Language::zh ? narration_zh_ : narration_en_;
    Cursor before = session_.cursor();
    before.back();
    view_.sentence = narration.sentence(*view_.guest, before, *view_.executed, view_.events);
    for (const Event& event : view_.events) view_.event_texts.push_back(event_text(event, narration));
  }
  for (Panel* panel : std::initializer_list<Panel*>{&toolbar_, &source_, &disassembly_, &registers_, &stacks_,
                                                    &gs_, &story_, &timeline_}) {
    panel->rebuild(view_, ui_);
  }
  if (moved) ui_.scroll_to_now = true;
}

void App::draw() {
  refresh();
  if (styled_ != ui_.theme) {
    styled_ = ui_.theme;
    apply_style(theme(ui_.theme), scale_);
  }
  const ImGuiIO& io = ImGui::GetIO();
  widgets_.clear();
  if (size_.x != io.DisplaySize.x || size_.y != io.DisplaySize.y) {
    size_ = io.DisplaySize;
    ui_.scroll_to_now = true;
  }
  Frame frame{view_, theme(ui_.theme), fonts_, ui_, commands_, widgets_, scale_};

  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin("gogoscope", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoNav);
  const Places places = arrange({{0, 0}, io.DisplaySize}, shares_, scale_);
  const bool scrolling = ui_.scroll_to_now;
  toolbar_.draw(frame, places.toolbar);
  story_.draw(frame, places.story);
  source_.draw(frame, places.source);
  disassembly_.draw(frame, places.disassembly);
  registers_.draw(frame, places.registers);
  stacks_.draw(frame, places.stacks);
  gs_.draw(frame, places.gs);
  timeline_.draw(frame, places.timeline);
  draw_ribbon(frame, places);
  draw_splitters(frame, places, shares_);
  ImGui::End();
  if (scrolling) ui_.scroll_to_now = false;

  // After the widgets: only now is it known whether a text field wants the keys.
  KeysRead keys = read_keys(io, view_.guest->code.symbolize(view_.pc()));
  if (keys.command) commands_.push_back(std::move(*keys.command));
  if (!keys.line.empty()) ui_.line_to_begin = std::move(keys.line);
}

void App::tell(const Outcome& outcome, const Command& command) {
  const Language language = ui_.language;
  ui_.notice.clear();
  ui_.notice_is_error = !outcome.ok();
  if (!outcome.ok()) {
    ui_.notice = std::string(info(command.id).name) + ": " + outcome.error;
    return;
  }
  if (outcome.stop) {
    ui_.notice = std::string(text(Phrase::stopped, language)) + " " +
                 std::string(label(outcome.stop->reason, language));
    if (!outcome.stop->detail.empty()) ui_.notice += " · " + outcome.stop->detail;
  }
  if (outcome.truncated > 0) {
    if (!ui_.notice.empty()) ui_.notice += " · ";
    ui_.notice +=
        std::to_string(outcome.truncated) + " " + std::string(text(Phrase::future_dropped, language));
  }
}

bool App::execute_queued() {
  if (commands_.empty()) return false;
  const std::vector<Command> queue = std::exchange(commands_, {});
  for (const Command& command : queue) {
    tell(session_.execute(command), command);
    ++executed_;
  }
  return true;
}

}  // namespace gogoscope
