// Bad input is reported in the language in force: the command line is walked in both, in this process.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>

#include "emu/disasm/decode.h"
#include "scenarios/verbs/verbs.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

const std::string kScenario = GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml";

struct Said {
  int code = 0;
  std::string out, err;
};

Said run(std::vector<std::string> words) {
  words.insert(words.begin(), "gogoscope");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Said said;
  said.code = run_command_line(static_cast<int>(arguments.size()), arguments.data(), Front{});
  std::cout.flush();
  said.out = ::testing::internal::GetCapturedStdout();
  said.err = ::testing::internal::GetCapturedStderr();
  return said;
}

bool has_chinese(const std::string& text) {
  // U+4E00 to U+9FFF and full-width signs start with these bytes.
  // (clang 19 compiles a find_first_of of them to one that never finds any.)
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xe4 && byte <= 0xe9) || byte == 0xef;
  });
}

/// Words of a sentence in a row, once names and quotations are out of it.
bool has_english_sentence(std::string line) {
  for (const char* quoted : {"`[^`]*`", "“[^”]*”", "'[^']*'", "\\{[^}]*\\}", "\\S*[./:_]\\S*"}) {
    line = std::regex_replace(line, std::regex(quoted), "");
  }
  return std::regex_search(line, std::regex("[a-z]{2,}( [a-z]+){2,}"));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The lines that say something: without the source line and the caret that follow a diagnostic.
std::vector<std::string> said_lines(const std::string& text) {
  static const std::regex diagnostic(":\\d+:\\d+: (error|错误): ");
  std::vector<std::string> lines;
  int skip = 0;
  for (const std::string& line : lines_of(text)) {
    if (skip-- > 0) continue;
    skip = std::regex_search(line, diagnostic) ? 2 : 0;
    lines.push_back(line);
  }
  return lines;
}

void expect_both_languages(const std::string& about, const std::string& english, const std::string& chinese) {
  EXPECT_FALSE(english.empty()) << about;
  EXPECT_FALSE(has_chinese(english)) << about << ": " << english;
  const std::vector<std::string> en = said_lines(english), zh = said_lines(chinese);
  ASSERT_EQ(en.size(), zh.size()) << about << "\n" << english << "\n" << chinese;
  for (const std::string& line : zh) {
    EXPECT_FALSE(has_english_sentence(line)) << about << ": " << line;
    // An event that both languages write alike says its step in words.
    EXPECT_TRUE(has_chinese(line)) << about << ": " << line;
  }
}

class BadInput : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string made = (fs::temp_directory_path() / "gogoscope-errors-XXXXXX").string();
    folder_ = mkdtemp(made.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  /// A scenario with what `sections` expect of it.
  std::string expecting(const std::string& sections) {
    return file("expecting.yaml", testing::sample_with(sections));
  }

  void expect_refused(std::vector<std::string> words) {
    std::string about;
    for (const std::string& word : words) about += word + " ";
    words.insert(words.end(), {"--lang", "en"});
    const Said english = run(words);
    words.back() = "zh";
    const Said chinese = run(words);
    if (fs::is_regular_file(words[1]) && fs::path(words[1]).extension() == ".yaml" && words[1] != kScenario) {
      std::ifstream in(words[1]);
      about += "\n" + std::string{std::istreambuf_iterator<char>(in), {}};
    }
    EXPECT_NE(english.code, 0) << about;
    EXPECT_EQ(english.code, chinese.code) << about;
    expect_both_languages(about, english.err, chinese.err);
    if (words.front() == "test") expect_both_languages(about, english.out, chinese.out);
  }

  /// What goes to stderr.
  void expect_said_in_both(std::vector<std::string> words) {
    const std::string about = fmt::format("{}", fmt::join(words, " "));
    words.insert(words.end(), {"--lang", "en"});
    const Said english = run(words);
    words.back() = "zh";
    const Said chinese = run(words);
    EXPECT_EQ(english.code, kBadInput) << about;
    EXPECT_EQ(chinese.code, kBadInput) << about;
    expect_both_languages(about, english.err, chinese.err);
  }

  fs::path folder_;
};

TEST_F(BadInput, of_suites_and_files_of_results) {
  const std::string results = R"({"version": 1, "passed": 0, "failed": 0, "broken": 0, "skipped": 0, )";
  const auto shard = [&](int i) {
    return file(fmt::format("{}.json", i),
                results + fmt::format("\"shard\": {{\"index\": {}, \"of\": 3}}, \"scenarios\": []}}", i));
  };
  const std::string first = shard(1), second = shard(2);
  expect_said_in_both({"test", "--merge", first, second});
  expect_said_in_both({"test", "--merge", first, first});
  for (const char* text : {"", "{}", "[]", "{\"version\": 2}", "{\"version\": 1, \"scenarios\": 5}",
                           "{\"version\": 1, \"scenarios\": [{}]}"})
    expect_said_in_both({"test", "--merge", file("wrong.json", text)});
  expect_said_in_both({"test", "--merge", (folder_ / "nowhere.json").string()});
  expect_said_in_both({"test", kScenario, "--filter", "no-such"});
  expect_said_in_both({"test", kScenario, "--json", (folder_ / "no" / "x").string()});
  expect_said_in_both({"test", kScenario, "--json", "-", "--tap"});
}

TEST_F(BadInput, of_a_moment) {
  for (const char* where :
       {"99999", "runtime.gogo#99", "runtime.nowhere", "runtime.nowhere+5", "runtime.gogo+1",
        "runtime.gogo+zz", "runtime.gogo#0", "runtime.goexit0:\"no such line\"", "runtime.badmcall",
        "runtime.goexit0:\"gp.m", "-3", ""}) {
    if (*where != '\0') expect_refused({"walk", kScenario, "--from", where});
    if (*where != '\0') expect_refused({"walk", kScenario, "--to", where});
    expect_refused({"state", kScenario, "--at", *where == '\0' ? "#" : where});
    expect_refused({"traceback", kScenario, "--at", *where == '\0' ? "+" : where});
  }
  expect_refused({"walk", kScenario, "--from", "9", "--to", "5"});
  expect_refused({"traceback", kScenario, "--at", "end", "--g", "g99"});
}

TEST_F(BadInput, of_an_exploration) {
  expect_refused({"explore", GOGOSCOPE_SOURCE "/scenarios/25-second-look.yaml"});
  const std::string failing = expecting("finally:\n  exit: 1\n");
  expect_refused({"explore", failing, "--json", folder_ / "no" / "folder"});
  expect_refused({"explore", failing, "--save", folder_ / "no" / "folder"});
  expect_refused({"explore",
                  file("quoted.yaml", testing::sample_with("\"schedule\": [m0*5]\nfinally:\n  exit: 1\n")),
                  "--save", folder_ / "order.yaml"});
  EXPECT_FALSE(fs::exists(folder_ / "order.yaml"));
}

TEST_F(BadInput, of_a_trace_file) {
  const std::string magic = "gogoscope trace\n";
  expect_refused({"walk", file("short", magic)});
  expect_refused({"walk", file("version", magic + std::string(16, '\0'))});
  const std::string saved = folder_ / "saved";
  ASSERT_EQ(run({"trace", kScenario, "--save", saved}).code, 0);
  std::ifstream in(saved, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
  expect_refused({"state", file("damaged", bytes), "--at", "0"});
  expect_refused({"trace", kScenario, "--save", folder_ / "no" / "folder"});
}

TEST_F(BadInput, of_files_and_names) {
  expect_refused({"walk", folder_ / "nothing.yaml"});
  expect_refused({"check", folder_});
  expect_refused({"test", folder_});
  expect_refused({"test", folder_ / "nothing.yaml"});
  expect_refused({"listing", "runtime.gogoo"});
  expect_refused({"listing", file("bad.s", "TEXT f(SB), $0\n\tRETT\n")});
  expect_refused({"check", file("cpuid.s", "TEXT f(SB), $0\n\tRETT\n")});
  expect_refused({"check", expecting("at:\n  - place: runtime.nowhere\n    expect: [g2.statos == dead]\n")});
  expect_refused({"layout", "--go", "1.2"});
  // The program of this test has no window.
  expect_refused({"shot", kScenario, "--at", "0", "-o", folder_ / "a.png"});
}

TEST_F(BadInput, of_instructions_that_a_guest_may_not_execute) {
  for (const char* line : {"SYSCALL", "RDTSC", "CPUID", "HLT", "INB", "MOVUPS X0, X1", "PAUSE"}) {
    const std::string text = testing::replaced(std::string(testing::kSample), "NOSPLIT, $0-0\n      RET",
                                               std::string("NOSPLIT, $0-0\n      ") + line + "\n      RET");
    const std::string path = file("forbidden.yaml", text);
    if (run({"check", path}).code != 0) expect_refused({"check", path});
  }
}

TEST_F(BadInput, is_an_expectation_that_is_not_met) {
  for (const char* expected :
       {"g2.atomicstatus == waiting", "m0.curg == g1", "g7.goid == 1", "g1.m.id == 0", "[0x10] == 0",
        "g1 in p0.gFree", "p0.runqsize == 1", "g1 not in sched.runq", "g2 in p7.runq", "first(p7.runq) == g2",
        "p0.gFree.n == 2", "p0.gFree.n == sched.runqsize + 20", "tls == g2", "rsp == 1"}) {
    expect_refused({"test", expecting(std::string("at:\n  - place: runtime.goexit0\n    expect: [\"") +
                                      expected + "\"]\n")});
  }
  for (const char* sections :
       {"finally: {exit: 1}\n", "finally: {g2.atomicstatus: running}\n", "stop: {fault: unmapped}\n",
        "at:\n  - place: runtime.gogo#99\n    expect: [tls == g2]\n",
        "events:\n  - status: {g: g2, from: dead, to: waiting}\n",
        "events:\n  - status: {g: g2, from: running, to: dead}\n  - status: {g: g2, from: dead, to: "
        "runnable}\n",
        "set:\n  - at: runtime.gogo#99\n    rax: 5\n", "set:\n  - at: runtime.gogo\n    g2.m.id: 5\n",
        "breaks: curg-m\n"}) {
    expect_refused({"test", expecting(sections)});
  }
}

TEST_F(BadInput, of_keys_for_graders_and_many_cases) {
  for (const char* sections : {"whenever:\n  - {status: {g: g1, to: dead}, expect: [tls == g1]}\n",
                               "whenever:\n  - {status: {g: g2}, expect: [event.g == g1]}\n",
                               "whenever:\n  - {curg: {}, expect: [event.to.goid == 1]}\n",
                               "whenever:\n  - {place: runtime.gogo, expect: [tls == g1]}\n",
                               "whenever:\n  - {place: runtime.badctxt, expect: [tls == g1]}\n",
                               "whenever: [5]\n",
                               "whenever:\n  - {statu: {}, expect: [tls == g1]}\n",
                               "whenever:\n  - {exit: {}}\n",
                               "whenever:\n  - {exit: {}, place: runtime.gogo, expect: [tls == g1]}\n",
                               "whenever:\n  - {exit: {}, expect: [event.cod == 1]}\n",
                               "whenever:\n  - {thread: {}, expect: [event.what == 1]}\n",
                               "whenever:\n  - {runq: {}, expect: [event.queue == 1]}\n",
                               "whenever:\n  - {exit: {}, expect: [event.code.x == 1]}\n",
                               "always: [event.g == g1]\n",
                               "always: [{points: 2}]\n",
                               "always: [{g1: g1, hiden: true}]\n",
                               "never: [{exit: {}, pionts: 2}]\n",
                               "matrix: {}\n",
                               "matrix: {procs: [2..1]}\n",
                               "matrix: {procs: [1, 1]}\n",
                               "matrix: {proc: [1]}\n",
                               "matrix: {schedule: [{seed: 1..5000}]}\n",
                               "matrix: {procs: [1..32], schedule: [{seed: 1..32}]}\n",
                               "procs: 1\nmatrix: {procs: [1]}\n",
                               "matrix: {procs: [1, 2]}\nfinally: {g2.atomicstatus: running}\n",
                               "breaks: {invariant: sp-in-tls-g, then: goon}\n"}) {
    expect_refused({"test", expecting(sections)});
  }
  expect_refused({"walk", kScenario, "--case", "procs=2"});
  const std::string cases = expecting("matrix: {procs: [1, 2]}\n");
  expect_refused({"state", cases, "--at", "0", "--case", "procs=3"});
  expect_refused({"walk", cases, "--case", "x"});
  const std::string saved = folder_ / "saved";
  ASSERT_EQ(run({"trace", kScenario, "--save", saved}).code, 0);
  expect_refused({"walk", saved, "--case", "procs=2"});
}

TEST_F(BadInput, of_what_cannot_be_rewritten) {
  const auto update = [&](const std::string& path) { expect_refused({"test", path, "--update"}); };
  update(file("faulting.yaml", testing::replaced(std::string(testing::kSample), "NOSPLIT, $0-0\n      RET",
                                                 "NOSPLIT, $0-0\n      UNDEF")));
  update(expecting("always: [p0.gFree.n == 0]\n"));
  update(expecting("matrix: {procs: [1, 2]}\nfinally: {sched.npidle: 7}\n"));
  update(expecting("always: [p0.gFree == 0]\n"));
  expect_refused({"record", folder_ / "nothing.yaml"});
  expect_refused({"record", expecting("always: [p0.gFree.n == 0]\n")});
  expect_refused({"record", kScenario, "-o", folder_ / "no" / "x.yaml"});
  expect_refused({"record", kScenario, "--case", "procs=2"});
  const std::string closed = expecting("finally: {p0.gFree.n: 0}\n");
  fs::permissions(closed, fs::perms::owner_read);
  update(closed);
  fs::permissions(closed, fs::perms::owner_all);
}

TEST_F(BadInput, is_a_run_that_ends_otherwise) {
  const auto with_body = [&](const std::string& body) {
    return file("body.yaml", testing::replaced(std::string(testing::kSample), "NOSPLIT, $0-0\n      RET",
                                               "NOSPLIT, $0-0\n" + body + "      RET"));
  };
  for (const char* body :
       {"      MOVQ $0, AX\n      MOVQ (AX), AX\n", "      MOVQ $0x7000, AX\n      MOVQ AX, (AX)\n",
        "      MOVQ $0x7000, AX\n      JMP AX\n", "      MOVQ $0, CX\n      DIVQ CX\n", "      INT $3\n",
        "      UNDEF\n", "      MOVQ $runtime·gogo(SB), AX\n      MOVB $0, (AX)\n",
        "      MOVQ $runtime·gogo+1(SB), AX\n      JMP AX\n", "loop:\n      JMP loop\n"}) {
    expect_refused({"test", with_body(body)});
  }
}

TEST(Language, is_that_of_the_environment_where_the_command_line_names_none) {
  const auto said_in = [](const char* lang, std::vector<std::string> words) {
    setenv("LC_ALL", "", 1);
    setenv("LC_MESSAGES", "", 1);
    setenv("LANG", lang, 1);
    return run(std::move(words));
  };
  EXPECT_EQ(said_in("zh_CN.UTF-8", {"state", kScenario, "--at", "99999"}).err,
            "gogoscope: 没有状态 99999：运行到状态 2122 为止\n");
  EXPECT_EQ(said_in("en_GB.UTF-8", {"state", kScenario, "--at", "99999"}).err,
            "gogoscope: there is no state 99999: the run ends with state 2122\n");
  EXPECT_EQ(said_in("zh_CN.UTF-8", {"walk", kScenario, "--from", "9", "--to", "5", "--lang", "en"}).err,
            "gogoscope: --to is before --from\n");
  EXPECT_TRUE(has_chinese(said_in("zh_CN", {"walk", kScenario, "--to", "5"}).out));
}

TEST(Refusals, of_all_bytes_are_in_both_languages) {
  std::set<std::string> seen;
  for (unsigned i = 0; i < 0x10000; ++i) {
    for (const unsigned prefix : {0U, 0x66U, 0x67U, 0xf0U}) {
      std::vector<std::byte> bytes;
      if (prefix != 0) bytes.push_back(std::byte(prefix));
      bytes.insert(bytes.end(), {std::byte(i & 0xff), std::byte(i >> 8), std::byte(0xc0), std::byte(0)});
      bytes.resize(15);
      const Message refusal = decode(bytes, CodeAddr(0x401000)).refusal;
      if (refusal.empty() || !seen.insert(refusal.pattern().en).second) continue;
      EXPECT_TRUE(has_chinese(refusal.in(Language::zh))) << refusal.in(Language::en);
      EXPECT_FALSE(has_english_sentence(refusal.in(Language::zh))) << refusal.in(Language::zh);
    }
  }
  EXPECT_GT(seen.size(), 10U);
}

}  // namespace
}  // namespace gogoscope
