#include "ui/panels/story.h"

#include "asm/seed_comments.h"
#include "asm/text/fill.h"
#include "asm/text/printable.h"
#include "emu/disasm/code_text.h"
#include "ui/action.h"
#include "ui/draw.h"
#include "ui/panels/event_look.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kNothingYet{"Nothing has been executed yet. Press Step, or the right arrow key.",
                        "还没有执行任何一步。请按“单步”或右方向键。"};
const Words kExecuted{"Executed", "已执行"};
const Words kEdited{"Set by hand", "手工修改"};
const Words kSet{"Set by the scenario", "由场景设置"};
const Words kTurn{"A turn: no instruction was executed", "轮转：没有执行任何指令"};
const Words kChangedNothing{"No register or field changed except the PC.",
                            "除 PC 外，没有寄存器或字段变化。"};

/// More than these would be a list, not a sentence; the panels show the rest.
constexpr std::size_t kMostChanges = 3;

const Words kHidden{"What has happened? {key} shows it.", "发生了什么？按 {key} 显示。"};
const Words kExitCode{"exit code", "退出码"};

/// What the source says at a PC: a statement, or what a slot does; of a program the instruction.
std::string statement_at(const View& view, CodeAddr pc, Language language) {
  const Instruction* const instruction = view.guest->code.instruction_at(pc);
  if (instruction != nullptr) return plan9::listing_line(instruction->text, language);
  return view.guest->code.rows().empty() ? "" : named_code_text(view.guest->code, view.state(), pc).text;
}

/// "pingpong.go:16: ping <- i", of a program; empty where the text of the line is not there.
std::string source_line_at(const Code& code, CodeAddr pc) {
  if (code.rows().empty()) return "";
  const LineRef line = code.line_at(pc);
  const std::string_view text = trimmed(code.line_text(line));
  if (text.empty()) return "";
  const std::string_view path = code.sources()[line.source].name;
  return std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(line.line) + ": " +
         std::string(text);
}

std::string value_in_words(const Names& names, std::uint64_t value) {
  const std::string meaning = names.meaning(value);
  return meaning.empty() ? draw::hex_short(value) : meaning;
}

/// "rsp: g0 → in g2's stack, hi-40; g2.sched.sp: ... ": what the record holds of the step.
std::string changes_of(const Step& step, const Names& names) {
  std::string all;
  std::size_t told = 0;
  const auto add = [&](const std::string& what, std::uint64_t before, std::uint64_t after) {
    if (++told > kMostChanges) return;
    if (!all.empty()) all += " · ";
    all += what + ": " + value_in_words(names, before) + " → " + value_in_words(names, after);
  };
  for (const RegChange& change : step.regs) {
    if (change.reg == Reg::rip || change.reg == Reg::rflags) continue;
    add(std::string(name(change.reg)), change.old_value, change.new_value);
  }
  for (const Store& store : step.stores) {
    std::string what = names.describe(store.addr, store.size);
    if (what.empty()) what = draw::hex_short(store.addr.value());
    add(what, store.old_value, store.new_value);
  }
  if (told > kMostChanges) all += " · +" + std::to_string(told - kMostChanges);
  return all;
}

}  // namespace

void StoryPanel::tell_start(const View& view, const UiState& ui) {
  const std::string& about = view.about.in(ui.language);
  sentence_ = TermText(about.empty() ? kNothingYet.str(ui.language) : about, ui.language);
  if (!about.empty()) changes_ = kNothingYet.str(ui.language);
  executed_ = view.title.in(ui.language);
}

void StoryPanel::tell_step(const View& view, const UiState& ui) {
  const Step& step = *view.executed;
  const Code& code = view.guest->code;
  // The instruction after an edit or a turn has not run.
  const bool ran = step.kind != StepKind::edit && step.kind != StepKind::thread;
  const std::string statement = ran ? statement_at(view, step.pc, ui.language) : "";
  const std::string place = code.symbolize(step.pc);
  if (ran) {
    executed_ = statement.empty() ? place : place + "   " + statement;
  } else {
    const Words& edit = step.by_hand ? kEdited : kSet;
    executed_ = (step.kind == StepKind::edit ? edit : kTurn).str(ui.language);
  }
  sentence_ = TermText(view.sentence, ui.language);
  outcome_ = view.outcome;
  quiet_ = sentence_.empty();
  if (!quiet_) return;
  // What the code says, not a sentence: it has no terms.
  const std::string line = ran ? source_line_at(code, step.pc) : "";
  sentence_.text =
      ran ? line.empty() ? kExecuted.str(ui.language) + ": " + (statement.empty() ? place : statement) : line
          : executed_;
  changes_ = changes_of(step, *view.names);
  if (changes_.empty()) changes_ = kChangedNothing.str(ui.language);
}

void StoryPanel::rebuild(const View& view, const UiState& ui) {
  chips_.clear();
  stop_.clear();
  changes_.clear();
  outcome_.clear();
  quiet_ = false;
  bookmark_.clear();
  if (const Bookmark* here = view.bookmarks == nullptr ? nullptr : view.bookmarks->at(view.position)) {
    bookmark_ = std::to_string(view.bookmarks->number_of(*here)) + "/" +
                std::to_string(view.bookmarks->all().size()) + " " + on_one_line(here->name) + "   ";
  }
  if (!view.executed) {
    tell_start(view, ui);
    return;
  }
  tell_step(view, ui);
  const Entities& entities = view.names->entities();
  for (std::size_t i = 0; i < view.events.size(); ++i) {
    const Event& event = view.events[i];
    const Entity* about = entities.at(subject(event).addr, Entity::Kind::g);
    chips_.push_back(
        {event.type(), view.event_texts[i], about != nullptr ? target_of_entity(*about) : Target()});
  }
  if (view.executed->stop) {
    stop_ = kStopped.str(ui.language) + " " + std::string(label(view.executed->stop->reason, ui.language));
    if (!view.executed->stop->detail.empty())
      stop_ += " · " + on_one_line(view.executed->stop->detail.in(ui.language));
    const auto code = process_exit_code(*view.executed->stop);
    if (code && view.executed->stop->reason != StopReason::exit) {  // whose detail has it
      stop_ += " · " + kExitCode.str(ui.language) + " " + std::to_string(*code);
    }
  }
}

void StoryPanel::draw(Frame& frame, Rect rect) {
  if (frame.ui.presenter && frame.ui.caption_hidden && frame.ui.caption_asked_at != frame.view.position) {
    const Rect hidden = draw::begin_panel(frame, rect, PanelId::story, bookmark_);
    draw::empty(frame, hidden, fill(frame.text(kHidden), {{"key", info(ActionId::caption).shortcut}}));
    draw::end_panel();
    return;
  }
  const Rect content = draw::begin_panel(frame, rect, PanelId::story, bookmark_ + executed_);
  const Theme& theme = frame.theme;
  const float left = content.min.x + frame.px(14);
  const float right = content.max.x - frame.px(14);
  const float top = ImGui::GetCursorScreenPos().y + frame.px(2);
  float y = top;
  const auto height_of = [&](ImFont* font, std::string_view words) {
    return static_cast<float>(wrap(font, words, right - left).size()) * font->FontSize * 1.3F;
  };
  const auto tell = [&](ImFont* font, std::string_view words, Color ink) {
    for (const std::string_view line : wrap(font, words, right - left)) {
      draw::text(font, {left, y}, theme[ink], line);
      y += font->FontSize * 1.3F;
    }
  };
  // A long sentence is set smaller rather than cut.
  ImFont* large = frame.fonts.story;
  ImFont* small = frame.fonts.words;
  const float below = (chips_.empty() && stop_.empty() ? 0 : frame.px(26)) +
                      (outcome_.empty() ? 0 : height_of(small, outcome_)) +
                      (changes_.empty() ? 0 : height_of(small, changes_));
  const auto lines = wrap(MarkedFonts{large, frame.fonts}, sentence_, right - left).size();
  const bool fits =
      static_cast<float>(lines) * large->FontSize * 1.3F + below <= content.height() - frame.px(4);
  y = draw_terms(frame, {fits ? large : small, left, right, y, quiet_ ? Color::text_soft : Color::text},
                 sentence_, "story");
  if (!outcome_.empty()) tell(small, outcome_, Color::text);
  if (!changes_.empty()) tell(small, changes_, Color::text_soft);

  // Events are below the sentence; their words say of which kind they are, colour only repeats it.
  y += frame.px(3);
  float x = left;
  const float height = frame.px(20);
  const auto place_chip = [&](std::string_view words) {
    const float width = draw::chip_width(frame, words);
    if (x > left && x + width > right) {
      x = left;
      y += height + frame.px(4);
    }
    const Rect box{{x, y}, {x + width, y + height}};
    x += width + frame.px(8);
    return box;
  };
  if (!stop_.empty()) {
    const Rect box = place_chip(stop_);
    draw::chip(frame, box.min.x, box.center().y, Color::red, draw::ChipShape::filled, stop_);
  }
  for (std::size_t i = 0; i < chips_.size(); ++i) {
    const Chip& chip = chips_[i];
    const Rect box = place_chip(chip.text);
    link(frame, "story.event." + std::to_string(i), box, chip.target);
    draw::chip(frame, box.min.x, box.center().y, look(chip.type).color, draw::ChipShape::outline, chip.text);
  }
  if (!chips_.empty() || !stop_.empty()) y += height;
  ImGui::Dummy({1, y - top});
  draw::end_panel();
}

}  // namespace gogoscope
