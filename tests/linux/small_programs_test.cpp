// Small Go programs, each of which uses another part of the language, its library and its runtime: in the
// machine they write and end as they do natively.
#include <gtest/gtest.h>

#include "emu/check/run_events.h"
#include "emu/history/output.h"
#include "emu/linux/process.h"
#include "emu/machine/machine.h"
#include "tests/linux/go_program.h"

namespace gogoscope {
namespace {

constexpr const char* kInput = "one two\nthree\n\nlast, without an end";

// With sanitizers, where a run takes ten times as long, a few that differ most.
#if defined(__SANITIZE_ADDRESS__)
constexpr const char* kSmallPrograms[] = {"stdin", "missing", "index"};
#else
constexpr const char* kSmallPrograms[] = {
    "all-asleep", "args",     "atomic",        "big-numbers",  "big-stack",   "closed",      "closures",
    "complex",    "cond",     "context",       "copy",         "dates",       "defers",      "divide",
    "division",   "env",      "errors",        "finalizer",    "floats",      "fmt",         "gc-percent",
    "generics",   "hashes",   "index",         "interfaces",   "json",        "lock-thread", "maps",
    "missing",    "nil-map",  "num-goroutine", "once-pool",    "panic-again", "producers",   "random",
    "regexp",     "rw-mutex", "select",        "slice-bounds", "sort",        "stack",       "stdin",
    "strings",    "template", "text-builder",  "timers",       "two-cpus",    "unicode",     "wrong-type"};
#endif

ProcessOptions options_for(const std::string& name) {
  ProcessOptions options;
  options.name = "small_programs";
  options.arguments = {"/small_programs", name, "an argument"};
  options.environment = {"COLOUR=blue"};
  options.input = kInput;
  return options;
}

Done run_here(const ProcessOptions& options) {
  const Program program = std::get<Program>(make_process(*small_programs(), options));
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(options.step_budget);
  RunEvents events(trace);
  events.follow(trace.steps());
  const Stop* const end = trace.end();
  return {output(events.all(), 1, trace.steps()), output(events.all(), 2, trace.steps()),
          end != nullptr && end->reason == StopReason::exit ? end->exit_code : -1};
}

class SmallPrograms : public testing::Test {
 protected:
  void SetUp() override {
    if (small_programs() == nullptr) GTEST_SKIP() << "go is not installed: nothing to run";
  }
};

TEST_F(SmallPrograms, write_and_exit_as_they_do_natively) {
  for (const std::string name : kSmallPrograms) {
    SCOPED_TRACE(name);
    const Done native = small_program_natively(name, kInput), ours = run_here(options_for(name));
    EXPECT_EQ(ours.out, native.out);
    EXPECT_EQ(without_what_varies(ours.err), without_what_varies(native.err));
    EXPECT_EQ(ours.code, native.code);
    EXPECT_NE(native.out + native.err, "");
  }
}

TEST_F(SmallPrograms, read_the_files_that_they_are_given_and_write_none) {
  ProcessOptions options = options_for("read");
  options.files = {{"/other/file", "not this"}, {"/data.txt", "some data\n0123456789"}};
  EXPECT_EQ(run_here(options).out,
            "\"some data\\n0123456789\" <nil>\n"
            "20 data.txt -r--r--r-- 4 <nil> 6789\n"
            "EOF <nil>\n"
            "open /data.txt: read-only file system\n");
}

TEST_F(SmallPrograms, have_their_input_and_files_in_the_memory_of_the_guest) {
  ProcessOptions options = options_for("copy");
  options.files = {{"/data.txt", "0123456789"}};
  const Program program = std::get<Program>(make_process(*small_programs(), options));
  const Region* const files = program.guest->map.find("files");
  ASSERT_NE(files, nullptr);
  std::string there(std::string_view(kInput).size() + 10, ' ');
  ASSERT_TRUE(program.guest->boot->read(files->base, std::as_writable_bytes(std::span(there))));
  EXPECT_EQ(there, std::string(kInput) + "0123456789");
}

struct WrongFile {
  std::string path;
  const char* why;
};

TEST_F(SmallPrograms, are_refused_files_that_cannot_be_there) {
  const WrongFile all[] = {
      {"data.txt", "a file cannot be at 'data.txt' in the program: name it from the root, such as /data.txt"},
      {"/a/../b", "a file cannot be at '/a/../b' in the program: name it from the root, such as /data.txt"},
      {"/proc/self/exe",
       "a file cannot be at '/proc/self/exe' in the program: /dev, /proc and /sys are the kernel's"},
  };
  for (const WrongFile& wrong : all) {
    ProcessOptions options = options_for("read");
    options.files = {{wrong.path, ""}};
    const auto made = make_process(*small_programs(), options);
    ASSERT_EQ(made.index(), 1U) << wrong.path;
    EXPECT_EQ(std::get<Message>(made).in(Language::en), wrong.why);
    options.files[0].path = "/right.txt";
    EXPECT_EQ(make_process(*small_programs(), options).index(), 0U);
  }
  ProcessOptions options = options_for("read");
  options.files = {{"/twice", ""}, {"/twice", ""}};
  EXPECT_EQ(std::get<Message>(make_process(*small_programs(), options)).in(Language::en),
            "two files are to be at '/twice' in the program");
  options.files = {{"/a", ""}, {"/a/b", ""}};
  EXPECT_EQ(std::get<Message>(make_process(*small_programs(), options)).in(Language::en),
            "'/a' cannot be a file and a folder in the program");
  options.files = {{"/large", std::string(kMostFileBytes, ' ')}};
  EXPECT_EQ(make_process(*small_programs(), options).index(), 1U);
}

TEST_F(SmallPrograms, are_refused_strings_that_would_not_arrive_whole) {
  for (const bool argument : {true, false}) {
    ProcessOptions options = options_for("read");
    std::vector<std::string>& list = argument ? options.arguments : options.environment;
    list.emplace_back("A=b\0c", 5);
    const auto made = make_process(*small_programs(), options);
    ASSERT_EQ(made.index(), 1U);
    EXPECT_EQ(std::get<Message>(made).in(Language::en),
              "an argument or a variable of the environment has a byte 0 in it, which would end it there");
    list.back() = "A=b c";
    EXPECT_EQ(make_process(*small_programs(), options).index(), 0U);
  }
}

}  // namespace
}  // namespace gogoscope
