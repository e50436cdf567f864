#include "scenarios/go/build.h"

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "asm/text/printable.h"
#include "scenarios/go/run_tool.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

constexpr int kVersionSeconds = 20, kBuildSeconds = 120;

Message no_go() {
  return {
      {"go is not installed: it builds programs from their sources; install it (Debian: apt install "
       "golang-go), or name a program that is built already",
       "没有安装 go：从源代码构建程序需要它；请安装（Debian：apt install golang-go），"
       "或者给出一个已经构建好的程序"}};
}

Message no_go_files() {
  return {
      {"there is no .go file in this folder: name a folder with package main, a .go file or a built program",
       "这个目录里没有 .go 文件：请给出含有 main 包的目录、一个 .go 文件或者构建好的程序"}};
}

Message no_folder(int error) {
  return {{"there is no temporary folder to build in: {why}", "没有可以用来构建的临时目录：{why}"},
          {{"why", std::strerror(error)}}};
}

/// "go1.19.8" of "go version go1.19.8 linux/amd64"
std::string release_in(std::string_view printed) {
  const std::size_t at = printed.find("go1.");
  if (at == std::string_view::npos) return "go";
  const std::string_view rest = printed.substr(at);
  return printable(rest.substr(0, std::min(rest.find_first_of(" \n"), std::size_t{32})));
}

int minor_of_go(std::string_view release) {
  int minor = 0;
  if (release.starts_with("go1.")) {
    std::from_chars(release.data() + 4, release.data() + release.size(), minor);
  }
  return minor;
}

bool has_go_files(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".go") return true;
  }
  return false;
}

/// A folder without go.mod, and none above, is built the old way: what it imports is Go's own.
bool in_module(fs::path folder) {
  std::error_code error;
  for (;;) {
    if (fs::is_regular_file(folder / "go.mod", error)) return true;
    const fs::path up = folder.parent_path();
    if (up == folder || up.empty()) return false;
    folder = up;
  }
}

std::vector<std::pair<std::string, std::string>> environment_of(const fs::path& folder,
                                                                const fs::path& temporary, int minor) {
  std::vector<std::pair<std::string, std::string>> out{
      {"CGO_ENABLED", "0"},
      {"GOOS", "linux"},
      {"GOARCH", "amd64"},
      {"GOAMD64", "v1"},
      {"GOTOOLCHAIN", "local"},
      {"GOPROXY", "off"},
      {"GOSUMDB", "off"},
      // From 1.18 on go asks the version control system, which may not answer.
      {"GOFLAGS", minor >= 18 ? "-buildvcs=false" : ""},
      {"GO111MODULE", in_module(folder) ? "on" : "off"},
  };
  const bool has_cache = std::getenv("GOCACHE") != nullptr || std::getenv("HOME") != nullptr ||
                         std::getenv("XDG_CACHE_HOME") != nullptr;
  if (!has_cache) out.emplace_back("GOCACHE", (temporary / "cache").string());
  return out;
}

NoProgram not_built(const ToolEnding& ending, const std::string& release) {
  std::string printed = printable_lines(ending.printed);
  switch (ending.kind) {
    case ToolEnding::Kind::too_long:
      return {{{"{go} has built for more than {n} s", "{go} 构建超过了 {n} 秒"},
               {{"go", release}, {"n", kBuildSeconds}}},
              std::move(printed)};
    case ToolEnding::Kind::interrupted:
      return {{{"the build was interrupted", "构建被中断"}}, ""};
    case ToolEnding::Kind::not_started:
      return {{{"go cannot be started: {why}", "无法启动 go：{why}"}, {{"why", std::strerror(ending.code)}}},
              ""};
    case ToolEnding::Kind::killed:
      return {{{"signal {n} ended {go}", "信号 {n} 结束了 {go}"}, {{"n", ending.code}, {"go", release}}},
              std::move(printed)};
    case ToolEnding::Kind::exited:
      break;
  }
  return {{{"{go} does not build it", "{go} 未能构建它"}, {{"go", release}}}, std::move(printed)};
}

}  // namespace

TemporaryProgram::~TemporaryProgram() {
  std::error_code error;
  if (!folder_.empty()) fs::remove_all(folder_, error);
}

Message not_main() {
  return {{"its package is not main: a program is package main with a func main",
           "它的包不是 main：程序是带有 func main 的 main 包"}};
}

std::variant<TemporaryProgram, NoProgram> build_go(const std::string& path) {
  std::error_code error;
  const fs::path what = fs::absolute(path, error);
  const bool is_folder = fs::is_directory(what, error);
  const fs::path folder = is_folder ? what : what.parent_path();
  if (is_folder && !has_go_files(folder)) return NoProgram{no_go_files(), ""};
  const std::string go = find_tool("go");
  if (go.empty()) return NoProgram{no_go(), ""};
  const fs::path temporary = fs::temp_directory_path(error);
  std::string pattern = ((error ? fs::path("/tmp") : temporary) / "gogoscope-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return NoProgram{no_folder(errno), ""};
  TemporaryProgram program{fs::path(pattern)};

  const ToolEnding version = run_tool(
      {go, {"version"}, folder.string(), {{"GOTOOLCHAIN", "local"}, {"GOFLAGS", ""}}, kVersionSeconds});
  const std::string release = release_in(version.printed);
  if (version.kind != ToolEnding::Kind::exited || version.code != 0) return not_built(version, "go");
  Tool build{go,
             {"build", "-o", program.file(), is_folder ? "." : "./" + what.filename().string()},
             folder.string(),
             environment_of(folder, program.folder(), minor_of_go(release)),
             kBuildSeconds};
  const ToolEnding ending = run_tool(build);
  if (ending.kind != ToolEnding::Kind::exited || ending.code != 0) return not_built(ending, release);
  if (!fs::exists(program.file(), error)) return NoProgram{not_main(), ""};
  return program;
}

}  // namespace gogoscope
