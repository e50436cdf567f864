#include "scenarios/format/shape.h"

#include "emu/history/event_info.h"
#include "emu/history/trace.h"
#include "emu/runtime/lesson_release.h"

namespace gogoscope {
namespace {

using Kind = Shape::Kind;

constexpr std::uint64_t kMaxProcs = 32;  // there are more threads, and more Ms than Ps
constexpr std::uint64_t kMaxBudget = 50'000'000;
constexpr std::uint64_t kMaxTurnSteps = 1'000'000;
constexpr std::uint64_t kMaxSeed = 999'999'999'999'999'999;

Shape number(std::uint64_t least, std::uint64_t most) {
  Shape out;
  out.kind = Kind::number;
  out.least = least;
  out.most = most;
  return out;
}

Shape words(std::vector<std::string_view> all) {
  Shape out;
  out.kind = Kind::word;
  out.words = std::move(all);
  return out;
}

Shape form(std::string_view pattern) {
  Shape out;
  out.kind = Kind::form;
  out.pattern = pattern;
  return out;
}

Shape list_of(const Shape& items, std::uint64_t least = 0) {
  Shape out;
  out.kind = Kind::list;
  out.items = &items;
  out.least = least;
  return out;
}

Shape map_of(std::vector<ShapeKey> keys, const Shape* others = nullptr) {
  Shape out;
  out.kind = Kind::map;
  out.keys = std::move(keys);
  out.others = others;
  return out;
}

Shape either(std::vector<const Shape*> all) {
  Shape out;
  out.kind = Kind::either;
  out.shapes = std::move(all);
  return out;
}

constexpr bool kRequired = true;

constexpr std::uint64_t kMaxPoints = 1000;

}  // namespace

std::vector<std::string_view> Shape::key_names() const {
  std::vector<std::string_view> out;
  for (const ShapeKey& key : keys) out.push_back(key.name);
  return out;
}

Shapes::Shapes() {
  text.least = 1;
  boolean.kind = Kind::boolean;
  texts = map_of(
      {{"en", &text, {"in English", "英文"}, kRequired}, {"zh", &text, {"in Chinese", "中文"}, kRequired}});
  code = number(0, 255);
  release = words(lesson_release_names());

  procs = number(1, kMaxProcs);
  budget = number(1, kMaxBudget);
  heap = form("^[0-9]+ *(KB|MB|GB)$");
  goos = words({"linux", "plan9"});
  goarch = words({"amd64", "wasm"});
  build = map_of({{"race", &boolean, {"raceenabled", "raceenabled"}},
                  {"goos", &goos, {"GOOS", "GOOS"}},
                  {"goarch", &goarch, {"GOARCH", "GOARCH"}}});

  clock = words({"explored"});
  turn = form("^ *(expire +)?m[0-9]+ *(\\* *[0-9]+ *)?$");
  turns = list_of(turn, 1);
  quantum = number(1, kMaxTurnSteps);
  seed = number(0, kMaxSeed);
  const TextView steps{"at most so many steps a turn", "每轮最多这么多步"};
  round_robin = map_of({{"quantum", &quantum, steps}});
  schedule_map = map_of({{"list", &turns, {"first these turns: m0*5", "先按这些轮次：m0*5"}},
                         {"round-robin", &round_robin, {"in order of thread numbers", "按线程编号的顺序"}},
                         {"seed", &seed, {"drawn from this number", "由这个数决定"}},
                         {"quantum", &quantum, steps}});
  schedule_map.least = 1;
  schedule_words = form(
      "^ *(round-robin|seed +[0-9]{1,18}|list *\\[ *(expire +)?m[0-9]+ *(\\* *[0-9]+ *)?(, *(expire "
      "+)?m[0-9]+ *(\\* "
      "*[0-9]+ *)?)*\\]) *$");
  schedule = either({&schedule_words, &turns, &schedule_map});

  range = form("^[0-9]{1,18}\\.\\.[0-9]{1,18}$");
  some_procs = either({&procs, &range});
  some_seed = either({&seed, &range});
  some_quantum = either({&quantum, &range});
  some_budget = either({&budget, &range});
  some_schedule_map = schedule_map;
  for (ShapeKey& key : some_schedule_map.keys) {
    if (key.shape == &seed) key.shape = &some_seed;
    if (key.shape == &quantum) key.shape = &some_quantum;
  }
  some_schedule = either({&schedule_words, &turns, &some_schedule_map});
  matrix_procs = list_of(some_procs, 1);
  matrix_schedule = list_of(some_schedule, 1);
  matrix_build = list_of(build, 1);
  matrix_sysmon = list_of(boolean, 1);
  matrix_heap = list_of(heap, 1);
  matrix_budget = list_of(some_budget, 1);
  matrix = map_of(
      {{"procs", &matrix_procs, {"values of procs; 1..4 is four", "procs 的值；1..4 是四个"}},
       {"schedule", &matrix_schedule, {"schedules; seed may be 1..50", "各种 schedule；seed 可写 1..50"}},
       {"build", &matrix_build, {"values of build", "build 的值"}},
       {"sysmon", &matrix_sysmon, {"values of sysmon", "sysmon 的值"}},
       {"heap", &matrix_heap, {"values of heap", "heap 的值"}},
       {"budget", &matrix_budget, {"values of budget", "budget 的值"}}});
  matrix.least = 1;

  goroutines = map_of({}, &text);

  const TextView when{"the place", "位置"};
  change = map_of(
      {{"function", &text, {"of the runtime", "运行时的函数"}, kRequired},
       {"line",
        &text,
        {"the line's text; #2 after it: the second such line", "那一行的文字；后接 #2：第二个这样的行"},
        kRequired},
       {"with",
        &any_text,
        {"instead of it; empty: the line is left out", "替换成什么；空：去掉这一行"},
        kRequired}});
  listings = list_of(change, 1);
  poke = map_of({{"at", &text, when, kRequired},
                 {"field", &text, {"a field or a register", "字段或寄存器"}, kRequired},
                 {"value", &text, {"its new value", "新的值"}, kRequired}});
  set = list_of(poke);
  duration = form("^[0-9]+ *(ns|us|ms|s)?$");
  tick =
      map_of({{"at", &text, when, kRequired},
              {"clock", &duration, {"how far the clock advances: 20us", "时钟前进多少：20us"}, kRequired}});
  ticks = list_of(tick);

  points = number(1, kMaxPoints);
  const std::vector<ShapeKey> grade = {
      {"points", &points, {"what it is worth to a grader", "评分时值多少分"}},
      {"hidden", &boolean, {"true: students never read it", "true：学生看不到它"}}};
  const auto graded = [&](std::vector<ShapeKey> keys) {
    keys.insert(keys.end(), grade.begin(), grade.end());
    return keys;
  };

  op = words({"put", "get"});
  event.kind = Kind::one_of;
  event.beside = grade;
  event_fields_.reserve(kEventTypes);
  for (const EventInfo& about : event_infos()) {
    Shape fields = map_of({});
    for (const EventField& field : about.fields) {
      if (field.use == FieldUse::narration) continue;
      fields.keys.push_back({field.key,
                             field.word == EventWord::op       ? &op
                             : field.word == EventWord::output ? &any_text
                                                               : &text,
                             {}});
    }
    event_fields_.push_back(std::move(fields));
    event.keys.push_back({about.name, &event_fields_.back(), {}});
  }
  events = list_of(event);

  handoffs = number(0, kMaxBudget);
  within = map_of(graded({{"steps", &budget, {"at most so many steps", "最多这么多步"}},
                          {"handoffs", &handoffs, {"at most so many handoffs", "最多这么多次切换"}}}));
  within.least = 1;

  output = map_of(
      {{"stdout", &any_text, {"of descriptor 1", "描述符 1 的"}},
       {"stderr", &any_text, {"of descriptor 2, where println writes", "描述符 2 的，println 写到这里"}},
       {"exit", &code, {"the process's exit code, as in finally", "进程的退出码，与 finally 中的一样"}}});
  output.least = 1;

  texts_of_expect = list_of(text, 1);
  expected_texts = either({&text, &texts_of_expect});
  group =
      map_of(graded({{"expect", &expected_texts, {"a comparison, or several", "一个比较，或几个"}}}), &text);
  expectation = either({&text, &group});
  expectation_list = list_of(expectation, 1);
  expect = either({&expectation_list, &group});
  at_entry = map_of(graded({{"place",
                             &text,
                             {"function, function+0x23, function:\"line\", each with #N",
                              "函数、函数+0x23、函数:\"行\"，都可加 #N"},
                             kRequired},
                            {"expect", &expect, {"what holds there", "在那里成立的"}, kRequired}}));
  at = list_of(at_entry);
  whenever_entry = event;
  whenever_entry.keys.push_back(
      {"place", &text, {"each time the PC is there; without #N", "每次 PC 到那里；不带 #N"}});
  whenever_entry.beside =
      graded({{"expect",
               &expect,
               {"what holds then; event.g and others are the event's", "那时成立的；event.g 等是事件的值"},
               kRequired}});
  whenever = list_of(whenever_entry);
  then = words({"stop", "go-on"});
  breaks = map_of(graded({{"invariant",
                           &text,
                           {"its name, of docs/invariants.md", "它的名字，见 docs/invariants.md"},
                           kRequired},
                          {"at", &text, {"the place of the step that breaks it", "破坏它的那一步的位置"}},
                          {"then", &then, {"go-on: the run goes on past it", "go-on：运行越过它继续"}}}));
  reason = words({name(StopReason::fault), name(StopReason::deadlock), name(StopReason::throw_),
                  name(StopReason::budget)});
  stop = map_of(graded({{"reason", &reason, {"why the run stops", "运行为什么停止"}, kRequired},
                        {"detail-contains", &text, {"a part of its message", "消息中的一段"}},
                        {"at", &text, {"where, without #N", "在哪里，不带 #N"}}}));
  finally =
      map_of(graded({{"exit", &code, {"the process's exit code", "进程的退出码"}},
                     {"stop", &stop, {"how the run stops", "运行怎样停止"}},
                     {"expect", &expectation_list, {"comparisons, besides the fields", "字段以外的比较"}}}),
             &text);

  files = list_of(text, 1);
  include = either({&text, &files});
  submission = map_of(
      {{"file",
        &text,
        {"its name: student.s, beside the scenario and in the folder of each student",
         "它的名字：student.s，在场景旁边，也在每个学生的目录里"},
        kRequired},
       {"include", &include, {"files of this folder that it may #include", "它可以 #include 的本目录文件"}}});

  arguments = list_of(any_text);
  environment = map_of({}, &any_text);
  input_file = map_of({{"file", &text, {"a file of this folder", "本目录里的一个文件"}, kRequired}});
  input = either({&any_text, &input_file});
  program_files = map_of({}, &text);
  program_map =
      map_of({{"path",
               &text,
               {"a .go file, a folder, or what go build has made; relative to this file",
                ".go 文件、目录，或 go build 的产物；相对于本文件"},
               kRequired},
              {"args", &arguments, {"its arguments", "它的参数"}},
              {"env", &environment, {"its environment: {GOGC: off}", "它的环境变量：{GOGC: off}"}},
              {"stdin",
               &input,
               {"what it reads: a text, or {file: input.txt}", "它读到的：文字，或 {file: input.txt}"}},
              {"files",
               &program_files,
               {"files of this folder, and where it finds them: {data.txt: /data.txt}",
                "本目录里的文件，以及它在哪里找到：{data.txt: /data.txt}"}}});
  program = either({&text, &program_map});

  const ShapeKey because{
      "because", &texts, {"the reason, shown after the answer", "理由，回答之后显示"}, kRequired};
  const ShapeKey said{"say", &texts, {"what is said before the question", "问题之前的话"}};
  const ShapeKey after{"after",
                       &text,
                       {"the moment of the answer: step, line, a place (the next time the PC is there), end",
                        "答案所在的时刻：step、line、一个位置（PC 下一次到那里）、end"}};
  const ShapeKey must_be_after{after.name, after.shape, after.about, kRequired};
  option_text = map_of(texts.keys);
  option = either({&text, &option_text});
  options = list_of(option, 2);
  which_question = map_of(
      {{"which", &texts, {"a question with options", "带选项的问题"}, kRequired},
       {"options", &options, {"texts, or texts in both languages", "文字，或两种语言的文字"}, kRequired},
       {"answer",
        &text,
        {"an option; or an expression that has the value of one; or a comparison, which picks the first "
         "of two where it holds",
         "一个选项；或值等于某个选项的表达式；或一个比较，成立时是两个选项中的第一个"},
        kRequired},
       after,
       because});
  value_question = map_of(
      {{"value", &text, {"a register or a field: what will it be?", "寄存器或字段：它会是什么？"}, kRequired},
       must_be_after,
       said,
       because});
  asked_values = list_of(text, 2);
  changes_question =
      map_of({{"changes",
               &asked_values,
               {"registers and fields: which of them will change?", "寄存器和字段：哪些会变？"},
               kRequired},
              must_be_after,
              said,
              because});
  asked_event = event;
  asked_event.beside.clear();
  asked_events = list_of(asked_event, 2);
  order_question =
      map_of({{"order",
               &asked_events,
               {"events, listed in any order but the right one", "事件，按正确顺序以外的顺序列出"},
               kRequired},
              after,
              said,
              because});
  question = either({&which_question, &value_question, &changes_question, &order_question});
  ask = list_of(question, 1);
  look = list_of(text, 1);
  picture = map_of(
      {{"name", &text, {"its name in docs/pictures/list", "它在 docs/pictures/list 里的名字"}, kRequired},
       {"shows", &texts, {"what is to be seen on it", "图上看到的是什么"}, kRequired}});
  stop_of_lesson = map_of(
      {{"at", &text, {"a place, or end", "一个位置，或 end"}, kRequired},
       {"title", &texts, {"a heading", "标题"}},
       {"picture", &picture, {"of docs/pictures, for a document", "docs/pictures 里的图片，文档用"}},
       {"say", &texts, {"with values in braces: {g2.sched.sp}", "花括号里写值：{g2.sched.sp}"}, kRequired},
       {"look", &look, {"panels of the window, and values", "窗口的面板，以及值"}},
       {"ask", &ask, {"questions", "问题"}},
       {"try", &texts, {"something to change, and what to watch", "改什么，看什么"}},
       {"edit",
        &text,
        {"what a button of the try changes: m0.curg = nil", "“试一试”的按钮改什么：m0.curg = nil"},
        false,
        "try"},
       {"open",
        &text,
        {"the scenario that a button of the try shows, by its path from this file",
         "“试一试”的按钮显示哪个场景：相对本文件的路径"},
        false,
        "try"}});
  stops = list_of(stop_of_lesson, 1);
  lesson = map_of({{"goal", &texts, {"what one understands afterwards", "学完之后懂得什么"}, kRequired},
                   {"stops", &stops, {"in the order of the run", "按运行的顺序"}, kRequired}});

  scenario = map_of(
      {{"title", &texts, {"What people see in lists.", "列表里显示的标题。"}, kRequired},
       {"about", &texts, {"What is to be seen here.", "这里能看到什么。"}, kRequired},
       {"include",
        &include,
        {"Files of this folder whose sections are part of the scenario.",
         "本目录里的文件，它们的各节是场景的一部分。"}},
       {"go", &release, {"The release whose layout and listings are used.", "使用哪个版本的布局和清单。"}},
       {"procs", &procs, {"How many Ps there are: GOMAXPROCS.", "有多少个 P：GOMAXPROCS。"}},
       {"schedule",
        &schedule,
        {"Which thread moves next where several could.", "有几个线程都能走时，下一个是谁。"}},
       {"clock",
        &clock,
        {"explored: steps take no time, and deadlines pass where the schedule says so.",
         "explored：步不花时间，截止时间在 schedule 写明之处到期。"}},
       {"build", &build, {"What a build fixes.", "编译时确定的东西。"}},
       {"sysmon", &boolean, {"Whether runtime.main starts the monitor.", "runtime.main 是否启动监视线程。"}},
       {"heap", &heap, {"How large the heap may become: 1MB to 1024MB.", "堆最大可以多大：1MB 到 1024MB。"}},
       {"budget", &budget, {"After this many steps the run stops.", "这么多步之后运行停止。"}},
       {"matrix",
        &matrix,
        {"Values for these sections, each with each: one file, many cases.",
         "这几节的各种取值，两两组合：一个文件，多个情形。"}},
       {"bodies",
        &text,
        {"The tasks, in Plan 9 assembly, as a literal block; main·main is the main goroutine's function.",
         "任务，用 Plan 9 汇编写成字面块；main·main 是主 goroutine 的函数。"}},
       {"program",
        &program,
        {"Instead of bodies: a Go program, by its path from this file.",
         "代替 bodies：一个 Go 程序，写它相对本文件的路径。"}},
       {"submission",
        &submission,
        {"A file of assembly that others hand in; `test --submission` grades it.",
         "由他人提交的汇编文件；用 `test --submission` 评分。"}},
       {"goroutines",
        &goroutines,
        {"Names for goroutines, by the go statement that starts them: worker: main.worker#2.",
         "goroutine 的名字，由启动它的 go 语句决定：worker: main.worker#2。"}},
       {"listings",
        &listings,
        {"Lines of the runtime that are left out or replaced.", "运行时里被去掉或替换的行。"}},
       {"set", &set, {"Fields and registers changed at a place.", "在某个位置修改的字段和寄存器。"}},
       {"ticks", &ticks, {"How far the clock advances at a place.", "时钟在某个位置前进多少。"}},
       {"events", &events, {"Events that must come, in this order.", "必须依次出现的事件。"}},
       {"exact", &boolean, {"No other event of these types may come.", "不得有这些类型的其他事件。"}},
       {"never", &events, {"Events that must not come.", "绝不应出现的事件。"}},
       {"always", &expect, {"What must hold at every step.", "每一步都必须成立的。"}},
       {"whenever",
        &whenever,
        {"What must hold each time an event comes, or the PC is at a place.",
         "每次出现某个事件，或 PC 到达某个位置时，必须成立的。"}},
       {"within", &within, {"How much the run may take.", "运行最多可以用多少。"}},
       {"output", &output, {"All that the run writes.", "运行写出的全部内容。"}},
       {"at", &at, {"What must hold at a place.", "在某个位置必须成立的。"}},
       {"breaks", &breaks, {"The invariant that must be the first to break.", "必须最先被破坏的不变式。"}},
       {"finally",
        &finally,
        {"What must hold at the end, and how the run ends.", "结束时必须成立的，以及运行怎样结束。"}},
       {"start",
        &text,
        {"Where it opens: a place, end, or the number of a state.", "从哪里打开：位置、end 或状态号。"}},
       {"lesson", &lesson, {"Stops with texts and questions.", "带文字和问题的停靠点。"}}});
  scenario.one_needed = {"bodies", "program"};
  included = scenario;
  included.one_needed.clear();
  std::erase_if(included.keys, [](const ShapeKey& key) { return key.name == "include"; });
  for (ShapeKey& key : included.keys) key.required = false;
}

const Shapes& shapes() {
  static const Shapes all;
  return all;
}

}  // namespace gogoscope
