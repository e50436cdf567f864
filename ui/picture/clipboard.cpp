#include "ui/picture/clipboard.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <variant>
#include <vector>

#include "asm/text/output_file.h"
#include "asm/text/printable.h"
#include "ui/picture/png.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

const Words kSaved{"The picture is in", "图片已保存到"};
const Words kOnClipboard{"and on the clipboard.", "，也已放入剪贴板。"};
const Words kNotOnClipboard{"but not on the clipboard, since", "，但没有放入剪贴板："};
const Words kNoProgram{"neither wl-copy nor xclip is installed here.", "这里没有安装 wl-copy 或 xclip。"};
const Words kFailed{"did not accept it.", "没有接收它。"};
const Words kNoDisplay{"there is no display.", "没有显示器。"};
const Words kNotSaved{"The picture could not be saved:", "图片无法保存："};

constexpr int kMostNames = 10000;
constexpr std::chrono::milliseconds kPatience{2000};
constexpr std::chrono::milliseconds kGlance{5};

std::string environment(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? std::string() : std::string(value);
}

fs::path folder() {
  std::error_code ignored;
  const fs::path chosen = environment("XDG_PICTURES_DIR");
  if (chosen.is_absolute() && fs::is_directory(chosen, ignored)) return chosen;
  const fs::path home = environment("HOME");
  if (home.is_absolute() && fs::is_directory(home / "Pictures", ignored)) return home / "Pictures";
  const fs::path here = fs::current_path(ignored);
  return here.empty() ? fs::path(".") : here;
}

/// A scenario's name may hold what no file name can.
std::string file_name(const std::string& name) {
  std::string out = printable("gogoscope-" + name);
  for (char& c : out) {
    if (c == '/') c = '-';
  }
  return out;
}

Message not_there(const fs::path& path, const Message& why) {
  return {{"{path}: {why}", "{path}：{why}"}, {{"path", path.string()}, {"why", why}}};
}

/// Writes a file that did not exist; a name once taken is another picture. Or why not.
std::variant<fs::path, Message> write_new(const fs::path& where, const std::string& name,
                                          const std::vector<std::uint8_t>& bytes) {
  for (int n = 1; n < kMostNames; ++n) {
    const fs::path path = where / (name + (n == 1 ? "" : "-" + std::to_string(n)) + ".png");
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(path, ignored))) continue;
    OutputFile file;
    if (const Message why = file.open(path.string(), OutputFile::If::is_new); !why.empty())
      return not_there(path, why);
    const Message why = file.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (why.empty()) return path;
    fs::remove(path, ignored);
    return not_there(path, why);
  }
  return not_there(where / name, why_not_written(EEXIST));
}

bool on_path(const std::string& program) {
  const std::string path = environment("PATH");
  std::size_t from = 0;
  while (from <= path.size()) {
    const std::size_t to = std::min(path.find(':', from), path.size());
    if (to > from && ::access((path.substr(from, to - from) + "/" + program).c_str(), X_OK) == 0) return true;
    from = to + 1;
  }
  return false;
}

/// Waits until the program has gone to the background, which its first process shows by exiting; true if it
/// left content. One that stays is sent away, so that neither it nor a zombie remains.
bool left_content(pid_t child) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  int status = 0;
  for (;;) {
    const pid_t gone = ::waitpid(child, &status, WNOHANG);
    if (gone == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (gone < 0 && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() >= until) break;
    std::this_thread::sleep_for(kGlance);
  }
  ::kill(-child, SIGKILL);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return false;
}

/// Runs a program in a session of its own, with the file as its input and no output; its arguments are handed
/// over as they are, through no shell.
bool run_with_input(const std::vector<std::string>& words, const fs::path& input) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  if (::posix_spawn_file_actions_init(&files) != 0) return false;
  if (::posix_spawnattr_init(&attributes) != 0) {
    ::posix_spawn_file_actions_destroy(&files);
    return false;
  }
  // What stays in the background must not hold the output of this program open.
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  std::vector<std::string> own = words;
  std::vector<char*> arguments;
  for (std::string& word : own) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const bool started =
      ::posix_spawnp(&child, arguments[0], &files, &attributes, arguments.data(), environ) == 0;
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  return started && left_content(child);
}

/// Empty if the picture is on the clipboard, else why it is not.
std::string offer(const fs::path& file, Language language) {
  const bool wayland = !environment("WAYLAND_DISPLAY").empty();
  const bool x11 = !environment("DISPLAY").empty();
  if (!wayland && !x11) return kNoDisplay.str(language);
  std::vector<std::string> words;
  if (wayland && on_path("wl-copy")) {
    words = {"wl-copy", "--type", "image/png"};
  } else if (x11 && on_path("xclip")) {
    words = {"xclip", "-selection", "clipboard", "-t", "image/png"};
  } else {
    return kNoProgram.str(language);
  }
  if (run_with_input(words, file)) return {};
  return words.front() + " " + kFailed.str(language);
}

}  // namespace

std::string copy_picture(const Picture& picture, const std::string& name, Language language) {
  const auto not_saved = [&](const Message& why) {
    return kNotSaved.str(language) + " " + printable(why.in(language));
  };
  const auto encoded = encode_png(picture);
  if (encoded.index() == 1) return not_saved(std::get<1>(encoded));
  const auto written = write_new(folder(), file_name(name), std::get<0>(encoded));
  if (written.index() == 1) return not_saved(std::get<1>(written));
  const fs::path& file = std::get<0>(written);
  const std::string space = language == Language::en ? " " : "";
  const std::string saved = kSaved.str(language) + " " + printable(file.string());
  const std::string why_not = offer(file, language);
  if (why_not.empty()) return saved + space + kOnClipboard.str(language);
  return saved + (language == Language::en ? ", " : "") + kNotOnClipboard.str(language) + space + why_not;
}

}  // namespace gogoscope
