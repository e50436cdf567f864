#include "tests/oracle/real_go_process.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "tests/oracle/real_go_compare.h"
#include "tests/oracle/recording.h"

namespace gogoscope::oracle {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each recording: tests run side by side.
class WorkFolder {
 public:
  WorkFolder() : path_((fs::temp_directory_path() / "real_go_XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + path_);
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

struct Output {
  bool ok = false;
  std::string text;  ///< stdout and stderr
};

std::string in_quotes(const std::string& word) { return "'" + word + "'"; }

/// Runs a command of the shell for at most a minute, in an environment that holds what it needs and no more.
Output run(const WorkFolder& work, const std::string& command) {
  const std::string out = work.file("output");
  const std::string environment = fmt::format(
      "/usr/bin/env -i PATH=/usr/bin:/bin HOME={0} GOCACHE={0}/cache GOPATH={0}/go GO111MODULE=off GOENV=off "
      "GOFLAGS= GOPROXY=off GOTOOLCHAIN=local CGO_ENABLED=0 GOMAXPROCS=1 GOGC=off GODEBUG=asyncpreemptoff=1",
      in_quotes(work.file("home")));
  const int status = std::system(
      fmt::format("{} timeout -k 5 60 {} >{} 2>&1 </dev/null", environment, command, in_quotes(out)).c_str());
  return {status == 0, file_text(out)};
}

/// All programs of that name, in the order of PATH, then where Debian keeps Go beside it.
std::vector<std::string> found(const std::string& name) {
  std::vector<fs::path> folders;
  const char* path = std::getenv("PATH");
  std::istringstream words(path == nullptr ? "" : path);
  for (std::string folder; std::getline(words, folder, ':');) folders.emplace_back(folder);
  folders.emplace_back("/usr/lib/go/bin");
  std::error_code error;
  std::vector<fs::path> beside;
  for (const auto& entry : fs::directory_iterator("/usr/lib", error)) {
    if (entry.path().filename().string().rfind("go-", 0) == 0) beside.push_back(entry.path() / "bin");
  }
  std::sort(beside.begin(), beside.end());
  folders.insert(folders.end(), beside.begin(), beside.end());

  std::vector<std::string> programs;
  for (const fs::path& folder : folders) {
    if (fs::is_regular_file(folder / name, error)) programs.push_back((folder / name).string());
  }
  return programs;
}

/// The go command of the release that the table knows, or why there is none.
std::variant<std::string, CannotRecord> go_command(const WorkFolder& work) {
  std::string others;
  for (const std::string& go : found("go")) {
    const std::string version =
        run(work, in_quotes(go) + " version").text;  // "go version go1.19.8 linux/amd64"
    if (version.find(fmt::format("go version go{}", kRealGoRelease)) == 0 &&
        version.find(" linux/amd64") != std::string::npos) {
      return go;
    }
    others += fmt::format("; {} says {}", go, version.substr(0, version.find('\n')));
  }
  return CannotRecord{fmt::format(
      "no go {} for linux/amd64 is installed, and the differences of no other release are known{}",
      kRealGoRelease, others)};
}

std::variant<std::string, CannotRecord> gdb_command(const WorkFolder& work) {
  const auto gdbs = found("gdb");
  if (gdbs.empty()) return CannotRecord{"gdb is not installed"};
  const std::string gdb = in_quotes(gdbs.front()) + " -batch -nx -iex 'set auto-load no'";
  if (run(work, gdb + " -ex 'python print(6 * 7)'").text.find("42") == std::string::npos)
    return CannotRecord{gdbs.front() + " has no Python"};
  return gdb;
}

/// What gdb says where a container or the kernel keeps it from tracing.
bool may_not_trace(const std::string& said) {
  for (const char* words : {"ptrace: Operation not permitted", "ptrace: Function not implemented"}) {
    if (said.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::variant<Moments, CannotRecord> real_run(const std::string& program) {
  const WorkFolder work;
  fs::create_directory(work.file("home"));
  const auto go = go_command(work);
  if (const auto* cannot = std::get_if<CannotRecord>(&go)) return *cannot;
  const auto gdb = gdb_command(work);
  if (const auto* cannot = std::get_if<CannotRecord>(&gdb)) return *cannot;

  const std::string binary = work.file("program"), recording = work.file("recording.json");
  const Output build = run(work, fmt::format("{} build -gcflags='-N -l' -o {} {}", in_quotes(std::get<0>(go)),
                                             in_quotes(binary), in_quotes(real_go_file(program + ".go"))));
  if (!build.ok) throw std::runtime_error("go build: " + build.text);

  // sysmon may ask main to yield, before the debugger holds it, if the machine was slow to start it: once
  // more, then.
  for (int attempt = 0; attempt < 10; ++attempt) {
    const Output debugger =
        run(work, fmt::format("{} -ex \"python recording = '{}'\" -x {} {}", std::get<0>(gdb), recording,
                              in_quotes(real_go_file("record.py")), in_quotes(binary)));
    if (may_not_trace(debugger.text)) return CannotRecord{"gdb may not trace here: ptrace is not permitted"};
    const auto json = nlohmann::json::parse(file_text(recording), nullptr, false);
    if (json.is_discarded()) throw std::runtime_error("gdb recorded nothing: " + debugger.text);
    if (!json.at("preempted").get<bool>()) return read_moments(json);
    fs::remove(recording);
  }
  throw std::runtime_error("main was asked to yield in every recording");
}

}  // namespace gogoscope::oracle
