// What is kept from one start to the next.
#include "ui/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string>& environment() {
  static std::map<std::string, std::string> variables;
  return variables;
}

std::string variable(const char* name) {
  const auto found = environment().find(name);
  return found == environment().end() ? "" : found->second;
}

class SettingsFolder : public testing::Test {
 protected:
  SettingsFolder() {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-settings-XXXXXX").string();
    home_ = ::mkdtemp(pattern.data());
    environment() = {{"HOME", home_.string()}};
  }
  ~SettingsFolder() override { fs::remove_all(home_); }

  void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  fs::path settings_path() const { return home_ / ".config/gogoscope/settings.json"; }
  Settings load() { return SettingsFiles(variable).load(Settings(), complaint_); }

  fs::path home_;
  std::string complaint_;
};

TEST_F(SettingsFolder, what_is_saved_is_read_again) {
  Settings settings;
  settings.language = Language::zh;
  settings.theme = ThemeId::light;
  settings.motion = false;
  settings.zoom = 1.5F;
  settings.recent = {"/x/一.yaml", "/y/b.yaml"};
  settings.window_width = 1280;
  settings.window_height = 800;
  settings.shares.source = 0.25F;
  settings.desk.bring_forward(PanelId::memory);
  settings.desk.bring_forward(PanelId::scenario);
  ASSERT_TRUE(SettingsFiles(variable).save(settings));
  const Settings read = load();
  EXPECT_EQ(complaint_, "");
  EXPECT_EQ(read.language, Language::zh);
  EXPECT_EQ(read.theme, ThemeId::light);
  EXPECT_FALSE(read.motion);
  EXPECT_EQ(read.zoom, 1.5F);
  EXPECT_EQ(read.window_width, 1280);
  EXPECT_EQ(read.window_height, 800);
  EXPECT_EQ(read.shares, settings.shares);
  EXPECT_EQ(read.recent, settings.recent);
  for (const PanelInfo& panel : panels()) {
    EXPECT_EQ(read.desk.in_front(panel.id), settings.desk.in_front(panel.id)) << panel.name;
  }
}

TEST_F(SettingsFolder, a_first_start_has_nothing_to_complain_about) {
  const Settings read = load();
  EXPECT_EQ(complaint_, "");
  EXPECT_EQ(read.zoom, 1.0F);
  EXPECT_TRUE(SettingsFiles(variable).load_breakpoints(complaint_).empty());
  EXPECT_EQ(complaint_, "");
}

TEST_F(SettingsFolder, xdg_folders_come_before_home) {
  environment()["XDG_CONFIG_HOME"] = (home_ / "c").string();
  environment()["XDG_STATE_HOME"] = (home_ / "s").string();
  const SettingsFiles files(variable);
  EXPECT_EQ(files.settings_path(), home_ / "c/gogoscope/settings.json");
  EXPECT_EQ(files.breakpoints_path(), home_ / "s/gogoscope/breakpoints.json");
}

TEST_F(SettingsFolder, a_relative_xdg_folder_is_none) {
  environment()["XDG_CONFIG_HOME"] = "c";
  environment()["XDG_STATE_HOME"] = "./s";
  const SettingsFiles files(variable);
  EXPECT_EQ(files.settings_path(), home_ / ".config/gogoscope/settings.json");
  EXPECT_EQ(files.breakpoints_path(), home_ / ".local/state/gogoscope/breakpoints.json");
}

TEST_F(SettingsFolder, without_any_folder_nothing_is_kept) {
  environment().clear();
  EXPECT_FALSE(SettingsFiles(variable).save(Settings()));
  EXPECT_FALSE(SettingsFiles(variable).save(KeptBreakpoints()));
  load();
  EXPECT_EQ(complaint_, "");
}

TEST_F(SettingsFolder, a_file_that_makes_no_sense_is_as_good_as_none_and_said_so) {
  for (const std::string text : {"", "{", "[1,2]", "null", "{}", "{\"version\": 99, \"zoom\": 2}",
                                 "{\"version\": \"1\"}", "\xff\xfe", "{\"version\": 1} trailing"}) {
    write(settings_path(), text);
    complaint_.clear();
    EXPECT_EQ(load().zoom, 1.0F) << text;
    EXPECT_NE(complaint_.find("settings.json"), std::string::npos) << text;
  }
  write(settings_path(), "{");
  Settings chinese;
  chinese.language = Language::zh;
  SettingsFiles(variable).load(chinese, complaint_);
  EXPECT_NE(complaint_.find("无法理解"), std::string::npos) << complaint_;
}

TEST_F(SettingsFolder, a_folder_in_the_place_of_the_file_is_said_so) {
  fs::create_directories(settings_path());
  load();
  EXPECT_NE(complaint_.find("settings.json"), std::string::npos);
  EXPECT_FALSE(SettingsFiles(variable).save(Settings()));
}

TEST_F(SettingsFolder, a_field_that_makes_no_sense_is_left_at_its_first_value) {
  write(settings_path(), R"({"version": 1, "language": "fr", "theme": 3, "motion": "no", "zoom": 1e9,
      "window": {"width": -5, "height": 99999999999999999999}, "later": {"what": []},
      "shares": {"source": 0.3, "upper": "half", "timeline": 5},
      "panels": {"source": "structs", "data": "memory", "states": 7, "stacks": "nothing"}})");
  const Settings read = load();
  const Settings first;
  EXPECT_EQ(complaint_, "");
  EXPECT_EQ(read.language, first.language);
  EXPECT_EQ(read.theme, first.theme);
  EXPECT_EQ(read.motion, first.motion);
  EXPECT_EQ(read.zoom, first.zoom);
  EXPECT_EQ(read.window_width, first.window_width);
  EXPECT_EQ(read.window_height, first.window_height);
  EXPECT_EQ(read.shares.source, 0.3F);
  EXPECT_EQ(read.shares.upper, first.shares.upper);
  EXPECT_EQ(read.shares.timeline, first.shares.timeline);
  EXPECT_TRUE(read.desk.in_front(PanelId::memory));
  EXPECT_TRUE(read.desk.in_front(PanelId::source));  // structs is not a panel of that slot
  EXPECT_TRUE(read.desk.in_front(PanelId::states));
}

TEST_F(SettingsFolder, breakpoints_are_kept_by_scenario) {
  KeptBreakpoints kept;
  kept["/x/一.yaml"] = {"runtime.gogo+0x23", "runtime.goexit0:\"gp.m = nil\""};
  kept[""] = {"g2.sched.sp"};
  kept["/x/none.yaml"] = {};
  ASSERT_TRUE(SettingsFiles(variable).save(kept));
  KeptBreakpoints read = SettingsFiles(variable).load_breakpoints(complaint_);
  EXPECT_EQ(complaint_, "");
  kept.erase("/x/none.yaml");  // nothing to keep
  EXPECT_EQ(read, kept);
}

TEST_F(SettingsFolder, bookmarks_are_kept_by_scenario_with_their_names) {
  KeptBookmarks kept;
  kept["/x/一.yaml"] = {{12, "切换", "问：SP？"}, {900, "goexit0"}};
  ASSERT_TRUE(SettingsFiles(variable).save(kept));
  EXPECT_EQ(SettingsFiles(variable).load_bookmarks(complaint_), kept);
  write(
      home_ / ".local/state/gogoscope/bookmarks.json",
      R"({"version": 1, "scenarios": {"a": [{"state": 3, "name": "x"}, {"state": -1, "name": "y"}, {"name": "z"}, 5],
            "b": "x"}})");
  EXPECT_EQ(SettingsFiles(variable).load_bookmarks(complaint_), (KeptBookmarks{{"a", {{3, "x"}}}}));
  EXPECT_EQ(complaint_, "");
}

TEST_F(SettingsFolder, breakpoints_that_are_not_texts_are_left_out) {
  write(home_ / ".local/state/gogoscope/breakpoints.json",
        R"({"version": 1, "scenarios": {"a": ["x", 5, "", null], "b": "x", "c": []}})");
  const KeptBreakpoints read = SettingsFiles(variable).load_breakpoints(complaint_);
  EXPECT_EQ(read, (KeptBreakpoints{{"a", {"x"}}}));
}

TEST_F(SettingsFolder, a_path_that_is_not_utf8_can_be_saved) {
  EXPECT_TRUE(SettingsFiles(variable).save(KeptBreakpoints{{"/x/\xff.yaml", {"runtime.gogo"}}}));
  SettingsFiles(variable).load_breakpoints(complaint_);
  EXPECT_EQ(complaint_, "");
}

TEST_F(SettingsFolder, writing_leaves_no_other_file_behind) {
  ASSERT_TRUE(SettingsFiles(variable).save(Settings()));
  ASSERT_TRUE(SettingsFiles(variable).save(Settings()));
  const fs::directory_iterator all(settings_path().parent_path());
  EXPECT_EQ(std::distance(begin(all), end(all)), 1);
}

TEST_F(SettingsFolder, a_link_to_settings_kept_elsewhere_stays_a_link) {
  write(home_ / "dotfiles/settings.json", "{\"version\": 1}");
  fs::create_directories(settings_path().parent_path());
  fs::create_symlink(home_ / "dotfiles/settings.json", settings_path());
  Settings settings;
  settings.zoom = 2;
  ASSERT_TRUE(SettingsFiles(variable).save(settings));
  EXPECT_TRUE(fs::is_symlink(settings_path()));
  EXPECT_EQ(load().zoom, 2.0F);
}

TEST_F(SettingsFolder, where_no_folder_can_be_made_saving_says_no) {
  write(home_ / ".config", "a file where the folder should be");
  EXPECT_FALSE(SettingsFiles(variable).save(Settings()));
  load();
  EXPECT_EQ(complaint_, "");
}

}  // namespace
}  // namespace gogoscope
