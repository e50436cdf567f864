#include "ui/program/library.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "scenarios/format/reader.h"
#include "scenarios/format/shipped.h"
#include "scenarios/suite/cases.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

/// The first number of a scenario's name says what it is about.
struct Topic {
  int from;
  const Words& words;
};

const Words kHandoff{"Exit, start, yield: the handoff", "退出、启动、让出：一次切换"};
const Words kQueues{"Run queues, ticks, free lists", "运行队列、调度计数、空闲列表"};
const Words kThreads{"Several threads, locked threads, locks", "多个线程、锁定的线程、锁"};
const Words kWaiting{"Park, system calls, preemption, growing stacks", "挂起、系统调用、抢占、栈增长"};
const Words kCorners{"Corners of the runtime", "运行时的边角"};
const Words kWriting{"What scenarios can say", "场景能表达什么"};
const Words kBroken{"Broken on purpose: mutants", "有意弄坏的：变异"};
const Words kOrders{"Every order of the threads", "线程的所有次序"};
const Words kPrograms{"Go programs", "Go 程序"};
const Words kMore{"More", "其他"};

const Topic kTopics[] = {{1, kHandoff},  {10, kQueues},  {20, kThreads},
                         {30, kWaiting}, {40, kCorners}, {90, kWriting}};

const Words& topic_of(const std::filesystem::path& name) {
  const std::string folder = name.parent_path().string();
  if (folder == "mutants") return kBroken;
  if (folder == "explore") return kOrders;
  if (folder == "programs") return kPrograms;
  const std::string file = name.filename().string();
  int number = 0;
  const auto read = std::from_chars(file.data(), file.data() + file.size(), number);
  if (!folder.empty() || read.ec != std::errc()) return kMore;
  const Words* words = &kMore;
  for (const Topic& topic : kTopics) {
    if (number >= topic.from) words = &topic.words;
  }
  return *words;
}

}  // namespace

Library shipped_library() {
  namespace fs = std::filesystem;
  Library library;
  const std::string home = shipped_folder();
  if (home.empty()) return library;
  std::string file;
  for (const Case& one : find_cases({home}).cases) {
    if (one.file == file) continue;  // another case of its matrix
    file = one.file;
    const auto text = read_scenario_file(file);
    if (text.index() == 1) continue;
    const PartlyRead read = read_what_can_be_read(file, std::get<std::string>(text), ReadAs::outline);
    if (!read.scenario) continue;
    const fs::path name = fs::path(file).lexically_relative(home).replace_extension();
    const bool lesson = read.scenario->lesson.has_value();
    const Words& topic = topic_of(name);
    (lesson ? library.lessons : library.examples)
        .push_back(
            {file, name.string(), read.scenario->title, {std::string(topic.en), std::string(topic.zh)}});
  }
  // Folders come in the order of their names, among the files; a topic stays together.
  for (std::vector<Example>* const all : {&library.lessons, &library.examples}) {
    std::stable_sort(all->begin(), all->end(), [](const Example& a, const Example& b) {
      const auto folder = [](const Example& example) {
        return fs::path(example.name).parent_path().string();
      };
      return folder(a) < folder(b);
    });
  }
  return library;
}

}  // namespace gogoscope
