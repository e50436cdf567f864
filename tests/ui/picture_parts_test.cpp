// PNG files and the copied picture, without a window.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ui/picture/clipboard.h"
#include "ui/picture/png.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

Picture chequered(int width, int height) {
  Picture picture{width, height, {}};
  for (int i = 0; i < width * height * 4; ++i)
    picture.rgba.push_back(static_cast<std::uint8_t>(i * 37 % 251));
  return picture;
}

/// A folder of its own, and an environment that knows nothing else.
class CopyPicture : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    setenv("XDG_PICTURES_DIR", folder_.c_str(), 1);
    setenv("PATH", (folder_.string() + ":/usr/bin:/bin").c_str(), 1);
    setenv("DISPLAY", ":no-such", 1);
    unsetenv("WAYLAND_DISPLAY");
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// A program first in PATH.
  void install(const std::string& name, const std::string& script) {
    std::ofstream(folder_ / name) << "#!/bin/sh\n" << script << "\n";
    ASSERT_EQ(chmod((folder_ / name).c_str(), 0755), 0);
  }
  std::string content(const std::string& name) {
    std::ifstream in(folder_ / name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST(Png, what_was_written_is_read) {
  const Picture picture = chequered(7, 5);
  const std::string path = testing::TempDir() + "gogoscope-written.png";
  ASSERT_EQ(write_png(path, picture), Message());
  const auto read = read_png(path);
  ASSERT_EQ(read.index(), 0U) << std::get<1>(read).in(Language::en);
  EXPECT_EQ(std::get<0>(read).width, 7);
  EXPECT_EQ(std::get<0>(read).rgba, picture.rgba);
  fs::remove(path);
}

TEST(Png, what_cannot_be_read_or_written_is_reported_in_words) {
  EXPECT_NE(
      write_png("/no/such/folder/a.png", chequered(2, 2)).in(Language::en).find("there is no such folder"),
      std::string::npos);
  EXPECT_NE(std::get<1>(read_png("/no/such/folder/a.png")), Message());
  EXPECT_NE(std::get<1>(encode_png(Picture())), Message());
}

TEST(PictureParts, a_part_beyond_the_edge_is_what_is_within) {
  const Picture picture = chequered(7, 5);
  const Picture part = picture.part(5, -3, 20, 2);
  EXPECT_EQ(part.width, 2);
  EXPECT_EQ(part.height, 2);
  EXPECT_EQ(*part.at(1, 1), *picture.at(6, 1));
  EXPECT_TRUE(picture.part(9, 9, 12, 12).rgba.empty());
}

TEST_F(CopyPicture, a_picture_never_takes_the_place_of_another) {
  unsetenv("DISPLAY");
  const Picture picture = chequered(3, 3);
  EXPECT_EQ(copy_picture(picture, "02-two-exits-7", Language::en),
            "The picture is in " + (folder_ / "gogoscope-02-two-exits-7.png").string() +
                ", but not on the clipboard, since there is no display.");
  const std::string first = content("gogoscope-02-two-exits-7.png");
  EXPECT_NE(copy_picture(chequered(4, 4), "02-two-exits-7", Language::en).find("-7-2.png"),
            std::string::npos);
  EXPECT_NE(copy_picture(picture, "02-two-exits-7", Language::zh).find("-7-3.png"), std::string::npos);
  EXPECT_EQ(content("gogoscope-02-two-exits-7.png"), first);
  EXPECT_EQ(content("gogoscope-02-two-exits-7-3.png"), first);
}

TEST_F(CopyPicture, without_a_chosen_folder_it_goes_to_the_pictures_at_home) {
  unsetenv("DISPLAY");
  unsetenv("XDG_PICTURES_DIR");
  setenv("HOME", folder_.c_str(), 1);
  fs::create_directory(folder_ / "Pictures");
  copy_picture(chequered(3, 3), "a", Language::en);
  EXPECT_TRUE(fs::exists(folder_ / "Pictures" / "gogoscope-a.png"));
}

TEST_F(CopyPicture, under_x_it_goes_through_xclip) {
  install("xclip", "cat >" + (folder_ / "taken").string() + "; echo \"$*\" >" + (folder_ / "words").string());
  EXPECT_EQ(copy_picture(chequered(3, 3), "a", Language::en),
            "The picture is in " + (folder_ / "gogoscope-a.png").string() + " and on the clipboard.");
  EXPECT_EQ(content("taken"), content("gogoscope-a.png"));
  EXPECT_EQ(content("words"), "-selection clipboard -t image/png\n");
}

TEST_F(CopyPicture, under_wayland_it_goes_through_wl_copy) {
  setenv("WAYLAND_DISPLAY", "wayland-0", 1);
  install("wl-copy",
          "cat >" + (folder_ / "taken").string() + "; echo \"$*\" >" + (folder_ / "words").string());
  EXPECT_NE(copy_picture(chequered(3, 3), "a", Language::en).find(" and on the clipboard."),
            std::string::npos);
  EXPECT_EQ(content("taken"), content("gogoscope-a.png"));
  EXPECT_EQ(content("words"), "--type image/png\n");
}

TEST_F(CopyPicture, a_program_that_fails_or_hangs_is_not_called_a_success) {
  for (const char* script : {"exit 1", "sleep 100"}) {
    install("xclip", script);
    EXPECT_NE(copy_picture(chequered(3, 3), "a", Language::en).find("xclip did not accept it."),
              std::string::npos)
        << script;
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
    EXPECT_EQ(errno, ECHILD);
  }
}

TEST_F(CopyPicture, a_program_that_stays_in_the_background_is_left_alone) {
  install("xclip", "(sleep 1; echo alive >" + (folder_ / "later").string() + ") & exit 0");
  EXPECT_NE(copy_picture(chequered(3, 3), "a", Language::en).find(" and on the clipboard."),
            std::string::npos);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  for (int i = 0; i < 50 && content("later").empty(); ++i) usleep(100000);
  EXPECT_EQ(content("later"), "alive\n");
}

TEST_F(CopyPicture, a_name_that_no_file_can_have_is_made_harmless) {
  unsetenv("DISPLAY");
  copy_picture(chequered(3, 3), "../x\n", Language::en);
  EXPECT_TRUE(fs::exists(folder_ / "gogoscope-..-x\uFFFD.png"));
}

}  // namespace
}  // namespace gogoscope
