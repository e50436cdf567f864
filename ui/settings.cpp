#include "ui/settings.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "scenarios/lesson/json.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const Words kCannotRead{"This file cannot be read; its contents are ignored:",
                        "无法读取这个文件，其中保存的内容未采用："};
const Words kMakesNoSense{"This file cannot be understood; its contents are ignored:",
                          "这个文件的内容无法理解，其中保存的内容未采用："};

constexpr int kVersion = 1;
constexpr int kMostQuestions = 100'000;         // of a lesson; more would be no score
constexpr std::uintmax_t kMostBytes = 4 << 20;  // what we write is far smaller

constexpr std::array<std::string_view, static_cast<std::size_t>(Slot::count)> kSlotNames{
    "lesson",    "story",  "which-g", "source", "disassembly",
    "registers", "stacks", "states",  "data",   "timeline"};

constexpr std::pair<const char*, float LayoutShares::*> kShares[] = {
    {"story", &LayoutShares::story},   {"upper", &LayoutShares::upper},
    {"source", &LayoutShares::source}, {"disassembly", &LayoutShares::disassembly},
    {"stacks", &LayoutShares::stacks}, {"timeline", &LayoutShares::timeline},
};

/// The file in one of the XDG folders; empty where there is no such folder.
std::string path_in(SettingsFiles::Environment environment, const char* variable, const char* under_home,
                    const char* file) {
  // The base directory specification: a relative path is invalid and is to be ignored.
  fs::path folder = environment(variable);
  if (!folder.is_absolute()) {
    folder = environment("HOME");
    if (!folder.is_absolute()) return "";
    folder /= under_home;
  }
  return (folder / "gogoscope" / file).string();
}

/// The object that a file holds. Nothing where there is no file, or where it cannot be used: then the
/// complaint says so.
std::optional<json> read_object(const std::string& path, Language language, std::string& complaint) {
  std::error_code error;
  if (path.empty() || !fs::exists(path, error)) return std::nullopt;
  const auto complain = [&](const Words& words) {
    complaint = words.str(language) + " " + path;
    return std::nullopt;
  };
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > kMostBytes || error)
    return complain(kCannotRead);
  std::ifstream in(path, std::ios::binary);
  if (!in) return complain(kCannotRead);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return complain(kCannotRead);
  json read = json::parse(text, nullptr, false);
  if (!read.is_object()) return complain(kMakesNoSense);
  // A later version may mean something else by the same names.
  const auto version = read.find("version");
  if (version == read.end() || *version != kVersion) return complain(kMakesNoSense);
  return read;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Replaces the file by way of another one in the same folder, so that a reader sees the old text or the new.
bool replace(const std::string& wanted, const json& value) {
  if (wanted.empty()) return false;
  std::error_code error;
  // A user who keeps settings elsewhere links to them: the link stays, the file it leads to is replaced.
  fs::path path = fs::canonical(wanted, error);
  if (error) path = wanted;
  fs::create_directories(path.parent_path(), error);
  if (error) return false;
  std::string temporary = path.string() + ".XXXXXX";
  const int file = ::mkstemp(temporary.data());
  if (file < 0) return false;
  // Paths may hold any byte; JSON may not.
  const std::string text = value.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  bool good = write_all(file, text) && ::fsync(file) == 0;
  good = ::close(file) == 0 && good;
  good = good && ::rename(temporary.c_str(), path.c_str()) == 0;
  if (!good) ::unlink(temporary.c_str());
  return good;
}

// ---- single fields: taken if type and range are right ----

const json* member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

void take(const json& object, const char* name, bool& value) {
  if (const json* found = member(object, name); found != nullptr && found->is_boolean())
    value = found->get<bool>();
}

void take(const json& object, const char* name, float least, float most, float& value) {
  const json* found = member(object, name);
  if (found == nullptr || !found->is_number()) return;
  const double read = found->get<double>();
  if (std::isfinite(read) && read >= static_cast<double>(least) && read <= static_cast<double>(most))
    value = static_cast<float>(read);
}

void take(const json& object, const char* name, int least, int most, int& value) {
  const json* found = member(object, name);
  if (found == nullptr || !found->is_number_integer()) return;
  // As a double: a number too large for an int must not wrap into the range.
  const double read = found->get<double>();
  if (read >= least && read <= most) value = static_cast<int>(read);
}

const std::string* word(const json& object, const char* name) {
  const json* found = member(object, name);
  return found == nullptr ? nullptr : found->get_ptr<const std::string*>();
}

void take_desk(const json& object, Desk& desk) {
  for (const std::string_view slot : kSlotNames) {
    const std::string* name = word(object, std::string(slot).c_str());
    const PanelInfo* panel = name == nullptr ? nullptr : panel_by_name(*name);
    // A panel that has moved to another slot says nothing about this one.
    if (panel != nullptr && kSlotNames[static_cast<std::size_t>(panel->slot)] == slot)
      desk.bring_forward(panel->id);
  }
}

}  // namespace

SettingsFiles::SettingsFiles(Environment environment)
    : settings_path_(path_in(environment, "XDG_CONFIG_HOME", ".config", "settings.json")),
      breakpoints_path_(path_in(environment, "XDG_STATE_HOME", ".local/state", "breakpoints.json")),
      bookmarks_path_(path_in(environment, "XDG_STATE_HOME", ".local/state", "bookmarks.json")),
      lessons_path_(path_in(environment, "XDG_STATE_HOME", ".local/state", "lessons.json")) {}

Settings SettingsFiles::load(const Settings& first, std::string& complaint) const {
  Settings settings = first;
  const std::optional<json> read = read_object(settings_path_, first.language, complaint);
  if (!read) return settings;
  if (const std::string* name = word(*read, "language"))
    settings.language = language_by_name(*name).value_or(settings.language);
  if (const std::string* name = word(*read, "theme");
      name != nullptr && (*name == "dark" || *name == "light"))
    settings.theme = *name == "dark" ? ThemeId::dark : ThemeId::light;
  take(*read, "motion", settings.motion);
  take(*read, "zoom", 0.5F, 4, settings.zoom);
  if (const json* window = member(*read, "window"); window != nullptr && window->is_object()) {
    take(*window, "width", 320, 16384, settings.window_width);
    take(*window, "height", 240, 16384, settings.window_height);
  }
  if (const json* shares = member(*read, "shares"); shares != nullptr && shares->is_object()) {
    for (const auto& [name, share] : kShares) take(*shares, name, 0.01F, 0.99F, settings.shares.*share);
  }
  if (const json* desk = member(*read, "panels"); desk != nullptr && desk->is_object())
    take_desk(*desk, settings.desk);
  if (const json* recent = member(*read, "recent"); recent != nullptr && recent->is_array()) {
    for (const json& path : *recent) {
      const auto* text = path.get_ptr<const std::string*>();
      if (text != nullptr && !text->empty() && settings.recent.size() < kMostRecent)
        settings.recent.push_back(*text);
    }
  }
  return settings;
}

KeptBreakpoints SettingsFiles::load_breakpoints(std::string& complaint, Language language) const {
  KeptBreakpoints kept;
  const std::optional<json> read = read_object(breakpoints_path_, language, complaint);
  if (!read) return kept;
  const json* scenarios = member(*read, "scenarios");
  if (scenarios == nullptr || !scenarios->is_object()) return kept;
  for (const auto& [path, places] : scenarios->items()) {
    if (!places.is_array()) continue;
    for (const json& place : places) {
      if (const auto* text = place.get_ptr<const std::string*>(); text != nullptr && !text->empty())
        kept[path].push_back(*text);
    }
  }
  return kept;
}

KeptBookmarks SettingsFiles::load_bookmarks(std::string& complaint, Language language) const {
  KeptBookmarks kept;
  const std::optional<json> read = read_object(bookmarks_path_, language, complaint);
  if (!read) return kept;
  const json* scenarios = member(*read, "scenarios");
  if (scenarios == nullptr || !scenarios->is_object()) return kept;
  for (const auto& [path, bookmarks] : scenarios->items()) {
    if (!bookmarks.is_array()) continue;
    for (const json& one : bookmarks) {
      const json* state = one.is_object() ? member(one, "state") : nullptr;
      const std::string* name = one.is_object() ? word(one, "name") : nullptr;
      const std::string* note = one.is_object() ? word(one, "note") : nullptr;
      if (state != nullptr && state->is_number_unsigned() && name != nullptr)
        kept[path].push_back({state->get<std::uint64_t>(), *name, note == nullptr ? "" : *note});
    }
  }
  return kept;
}

KeptLessons SettingsFiles::load_lessons(std::string& complaint, Language language) const {
  KeptLessons kept;
  const std::optional<json> read = read_object(lessons_path_, language, complaint);
  const json* lessons = read ? member(*read, "lessons") : nullptr;
  if (lessons == nullptr || !lessons->is_object()) return kept;
  for (const auto& [name, one] : lessons->items()) {
    // Answers are of the form that `gogoscope lesson` reads; what makes no sense of it counts as none.
    auto progress = progress_from_json(one.dump());
    if (progress.index() == 1) continue;
    KeptLesson& lesson = kept[name];
    lesson.progress = std::get<Progress>(std::move(progress));
    lesson.progress.lesson = name;
    const json* score = member(one, "score");
    if (score == nullptr || !score->is_object()) continue;
    int right = 0, answered = 0, of = 0;
    take(*score, "right", 0, kMostQuestions, right);
    take(*score, "answered", right, kMostQuestions, answered);
    take(*score, "of", answered, kMostQuestions, of);
    lesson.score = {static_cast<std::size_t>(right), static_cast<std::size_t>(answered),
                    static_cast<std::size_t>(of)};
  }
  return kept;
}

bool SettingsFiles::save(const KeptLessons& lessons) const {
  json all = json::object();
  for (const auto& [name, kept] : lessons) {
    if (kept.progress.answers.empty()) continue;
    json answers = json::array();
    for (const KeptAnswer& one : kept.progress.answers)
      answers.push_back({{"stop", one.stop}, {"question", one.question}, {"given", one.given}});
    const LessonScore& score = kept.score;
    all[name] = {{"score", {{"right", score.right}, {"answered", score.answered}, {"of", score.of}}},
                 {"answers", std::move(answers)}};
  }
  return replace(lessons_path_, {{"version", kVersion}, {"lessons", std::move(all)}});
}

bool SettingsFiles::save(const KeptBookmarks& bookmarks) const {
  json scenarios = json::object();
  for (const auto& [path, all] : bookmarks) {
    for (const Bookmark& one : all)
      scenarios[path].push_back({{"state", one.state}, {"name", one.name}, {"note", one.note}});
  }
  return replace(bookmarks_path_, {{"version", kVersion}, {"scenarios", std::move(scenarios)}});
}

bool SettingsFiles::save(const Settings& settings) const {
  json shares = json::object();
  for (const auto& [name, share] : kShares) shares[name] = settings.shares.*share;
  json desk = json::object();
  for (std::size_t i = 0; i < kSlotNames.size(); ++i)
    desk[std::string(kSlotNames[i])] = info(settings.desk.front(static_cast<Slot>(i))).name;
  return replace(settings_path_,
                 {{"version", kVersion},
                  {"language", settings.language == Language::zh ? "zh" : "en"},
                  {"theme", settings.theme == ThemeId::light ? "light" : "dark"},
                  {"motion", settings.motion},
                  {"zoom", settings.zoom},
                  {"window", {{"width", settings.window_width}, {"height", settings.window_height}}},
                  {"shares", std::move(shares)},
                  {"panels", std::move(desk)},
                  {"recent", settings.recent}});
}

bool SettingsFiles::save(const KeptBreakpoints& breakpoints) const {
  json scenarios = json::object();
  for (const auto& [path, places] : breakpoints) {
    if (!places.empty()) scenarios[path] = places;
  }
  return replace(breakpoints_path_, {{"version", kVersion}, {"scenarios", std::move(scenarios)}});
}

}  // namespace gogoscope
