#include "emu/linux/process.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "emu/elf/guest_tables.h"
#include "emu/linux/call.h"
#include "emu/linux/file_system.h"
#include "emu/linux/places.h"
#include "emu/linux/system_calls.h"

namespace gogoscope {
namespace {

using namespace os;

constexpr std::uint64_t kPage = AddressMap::kPage;
/// The clock when the process starts: Go takes 0 for a clock that does not work.
constexpr std::uint64_t kUptime = 1'000'000'000;
/// What arguments and environment may take, as on Linux.
constexpr std::size_t kMostStrings = 128 * 1024;

struct Auxiliary {
  static constexpr std::uint64_t kNull = 0, kPhdr = 3, kPhent = 4, kPhnum = 5, kPageSize = 6, kEntry = 9,
                                 kUid = 11, kEuid = 12, kGid = 13, kEgid = 14, kClockTick = 17, kSecure = 23,
                                 kRandom = 25, kExecFn = 31;
};

class ProcessBuilder {
 public:
  ProcessBuilder(const Binary& binary, const ProcessOptions& options) : binary_(binary), options_(options) {}
  std::variant<Program, Message> build();

 private:
  Message map_segments();
  void make_code();
  void fill_memory();
  void fill_kernel();
  void fill_stack();
  void set(Addr addr, std::uint64_t value) {
    guest_->boot->set_u64(*guest_->map.image_offset(addr, 8), value);
  }

  const Binary& binary_;
  const ProcessOptions& options_;
  std::shared_ptr<Guest> guest_ = std::make_shared<Guest>();
  std::vector<Mapping> mappings_;
};

std::variant<Program, Message> ProcessBuilder::build() {
  std::size_t strings = 0;
  for (const auto* list : {&options_.arguments, &options_.environment}) {
    for (const std::string& text : *list) {
      strings += text.size() + 1 + sizeof(std::uint64_t);
      if (text.find('\0') == std::string::npos) continue;
      return Message(
          {"an argument or a variable of the environment has a byte 0 in it, which would end it there",
           "有一个参数或环境变量含有字节 0，它会在那里结束"});
    }
  }
  if (strings > kMostStrings) {
    return Message({"arguments and environment take {bytes} bytes; {most} are possible",
                    "参数和环境变量共占 {bytes} 字节；最多 {most} 字节"},
                   {{"bytes", strings}, {"most", kMostStrings}});
  }
  if (Message wrong = wrong_files(options_); !wrong.empty()) return wrong;
  if (Message wrong = map_segments(); !wrong.empty()) return wrong;
  guest_->name = options_.name;
  guest_->release = release_of(binary_);
  guest_->turns = options_.turns;
  guest_->step_budget = options_.step_budget;
  make_code();
  fill_memory();
  fill_kernel();
  fill_stack();

  auto slots = std::make_shared<SlotTable>();
  const auto options = std::make_shared<const ProcessOptions>(options_);
  slots->serve(Service::system_call, [options](Gate& gate) { os::system_call(gate, *options); });
  slots->serve(Service::cpuid, os::cpuid);
  slots->serve(Service::time_stamp, os::time_stamp);
  slots->handle(
      [options](Gate& gate, const Exception& exception) {
        return os::take_vsyscall(gate, *options, exception) || os::take_exception(gate, *options, exception);
      },
      [options](Gate& gate) { return os::take_signal(gate, *options); });
  return Program{guest_, std::move(slots)};
}

Message ProcessBuilder::map_segments() {
  std::map<std::string, int> names;
  std::uint64_t total = 0;
  Addr last;
  for (const LoadSegment& segment : binary_.segments) {
    const Addr base(segment.addr.value() / kPage * kPage);
    const auto bytes = static_cast<std::uint64_t>(segment.end() - base);
    const std::uint64_t size = (bytes + kPage - 1) / kPage * kPage;
    total += size;
    const bool fits = base >= last && !base.is_nil() && segment.end() <= kHeapPlace.base &&
                      total <= kMostSegments && guest_->map.regions().size() < 16;
    if (!fits) {
      return {{"the segment at {addr} has no room in the address space of a process here",
               "{addr} 处的段在这里的进程地址空间中放不下"},
              {{"addr", fmt::format("{:#x}", segment.addr.value())}}};
    }
    last = base + static_cast<std::int64_t>(size);
    std::string name = segment.executable ? "text" : segment.writable ? "data" : "rodata";
    if (const int n = ++names[name]; n > 1) name += std::to_string(n);
    guest_->map.add(name, base, size, segment.writable, segment.executable);
    mappings_.push_back({base, last,
                         (segment.readable ? Mapping::kRead : 0) | (segment.writable ? Mapping::kWrite : 0) |
                             (segment.executable ? Mapping::kExecute : 0)});
  }
  if (names["text"] != 1) {
    return {{"the program has {n} segments that can be executed, where one is possible",
             "程序有 {n} 个可执行的段，这里只能有一个"},
            {{"n", names["text"]}}};
  }
  for (const auto& [name, place] :
       {std::pair("heap", kHeapPlace), std::pair("mmap", kMmapPlace), std::pair("stack", kStackPlace)}) {
    guest_->map.add(name, place.base, place.size, true, false);
  }
  mappings_.push_back({kStackPlace.base, kStackPlace.end(), Mapping::kRead | Mapping::kWrite});
  guest_->map.add("kernel", Words::kBase, static_cast<std::uint64_t>(Words::kEnd - Words::kBase), true,
                  false);
  if (const std::size_t bytes = all_file_bytes(options_).size(); bytes > 0)
    guest_->map.add("files", Words::kFileBytes, (bytes + kPage - 1) / kPage * kPage, false, false);
  return {};
}

void ProcessBuilder::make_code() {
  std::vector<DataSymbol> data = {
      {"kernel.clock", Words::kClock, 8, "int64"},
      {"kernel.schedule", Words::kSchedule, ScheduleWords::kSize, ""},
      {"kernel.write", Words::kWrite, WriteWords::kSize, ""},
      {"kernel.signal", Words::kSignal, SignalWords::kSize, ""},
      {"kernel.process", Words::kProcess, ProcessWords::kSize, ""},
      {"kernel.signals", Words::kSignals, SignalRow::kSignals * SignalRow::kSize, ""},
      {"kernel.absent", Words::kAbsent, AbsentRow::kRows * AbsentRow::kSize, ""},
      {"kernel.files", Words::kFiles, FileRow::kFiles * FileRow::kSize, ""},
      {"kernel.threads", Words::kThreads, kMaxThreads * ThreadRow::kSize, ""},
      {"kernel.tasks", Words::kTasks, kMaxThreads * TaskRow::kSize, ""},
      {"kernel.mappings", Words::kMappings, MappingTable::kSize, ""},
      {"kernel.polls", Words::kPolls, WatchRow::kPolls * WatchRow::kWatches * WatchRow::kSize, ""},
      {"kernel.pipes", Words::kPipes, PipeRow::kPipes * PipeRow::kSize, ""},
  };
  const Code own = code_of(binary_, options_.sources);
  data.insert(data.end(), own.data().begin(), own.data().end());
  // What has no source has an empty one.
  std::vector<SourceFile> sources = own.sources();
  std::vector<Function> functions = own.functions();
  const auto none = static_cast<std::uint32_t>(sources.size());
  for (Function& function : functions) function.source = std::min(function.source, none);
  sources.emplace_back();
  guest_->code =
      Code(std::move(sources), std::move(functions), {}, std::move(data), own.rows(), own.inlined());
}

void ProcessBuilder::fill_memory() {
  guest_->boot = std::make_unique<Image>(guest_->map);
  for (const LoadSegment& segment : binary_.segments) {
    if (!segment.bytes.empty()) guest_->boot->write(*guest_->map.image_offset(segment.addr), segment.bytes);
  }
  const std::string files = all_file_bytes(options_);
  if (!files.empty())
    guest_->boot->write(*guest_->map.image_offset(Words::kFileBytes), std::as_bytes(std::span(files)));
}

void ProcessBuilder::fill_kernel() {
  set(Words::kClock, kUptime);
  set(Words::kSchedule + ScheduleWords::kThreads, 1);
  set(Words::kThreads + ThreadRow::kState, static_cast<std::uint64_t>(ThreadState::runnable));
  set(Words::kTasks + TaskRow::kStackFlags, 2);  // SS_DISABLE
  set(Words::kProcess + ProcessWords::kRandom, options_.seed);
  const auto open = [&](std::uint64_t fd, FileRow::Kind kind, std::uint64_t flags) {
    const Addr row = Words::kFiles + static_cast<std::int64_t>(fd * FileRow::kSize);
    set(row + FileRow::kKind, static_cast<std::uint64_t>(kind));
    set(row + FileRow::kFlags, flags);
    set(row + FileRow::kObject, fd);
  };
  open(0, FileRow::Kind::input, 0);
  open(WriteWords::kStdout, FileRow::Kind::output, 1);
  open(WriteWords::kStderr, FileRow::Kind::output, 1);
  const std::vector<std::uint64_t> words = MappingTable::words(mappings_);
  for (std::size_t i = 0; i < words.size(); ++i)
    set(Words::kMappings + static_cast<std::int64_t>(i * 8), words[i]);
}

/// As execve leaves it: argc, argv, envp, auxv, and above them the strings.
void ProcessBuilder::fill_stack() {
  Addr top = kStackPlace.end() + -8;
  const auto push_bytes = [&](std::string_view bytes) {
    top = top + -static_cast<std::int64_t>(bytes.size());
    guest_->boot->write(*guest_->map.image_offset(top), std::as_bytes(std::span(bytes)));
    return top.value();
  };
  const auto push_strings = [&](const std::vector<std::string>& list) {
    std::vector<std::uint64_t> at;
    for (const std::string& text : list)
      at.push_back(push_bytes(std::string_view(text.c_str(), text.size() + 1)));
    return at;
  };
  const std::uint64_t name =
      push_bytes(std::string_view(("/" + options_.name).c_str(), options_.name.size() + 2));
  const std::vector<std::uint64_t> envp = push_strings(options_.environment);
  const std::vector<std::uint64_t> argv = push_strings(options_.arguments);
  std::string random;
  for (std::uint64_t i = 0, word = options_.seed; i < 2; ++i) {
    word = (word + i + 1) * 0x9e3779b97f4a7c15ULL;
    word ^= word >> 29;
    random.append(reinterpret_cast<const char*>(&word), sizeof word);
  }
  top = Addr(top.value() / 16 * 16);
  const std::uint64_t random_at = push_bytes(random);

  std::vector<std::uint64_t> words{argv.size()};
  words.insert(words.end(), argv.begin(), argv.end());
  words.push_back(0);
  words.insert(words.end(), envp.begin(), envp.end());
  words.push_back(0);
  constexpr std::uint64_t kUser = 1000;
  for (const auto& [key, value] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {Auxiliary::kPhdr, binary_.program_headers.value()},
           {Auxiliary::kPhent, binary_.program_header_size},
           {Auxiliary::kPhnum, binary_.program_header_count},
           {Auxiliary::kPageSize, kPage},
           {Auxiliary::kEntry, binary_.entry.value()},
           {Auxiliary::kUid, kUser},
           {Auxiliary::kEuid, kUser},
           {Auxiliary::kGid, kUser},
           {Auxiliary::kEgid, kUser},
           {Auxiliary::kClockTick, 100},
           {Auxiliary::kSecure, 0},
           {Auxiliary::kRandom, random_at},
           {Auxiliary::kExecFn, name},
           {Auxiliary::kNull, 0},
       }) {
    words.insert(words.end(), {key, value});
  }
  const Addr sp((top.value() - words.size() * 8) / 16 * 16);
  for (std::size_t i = 0; i < words.size(); ++i) set(sp + static_cast<std::int64_t>(i * 8), words[i]);

  Image& boot = *guest_->boot;
  boot.set_reg(0, Reg::rip, binary_.entry.value());
  boot.set_reg(0, Reg::rsp, sp.value());
  boot.set_reg(0, Reg::rflags, 0x202);
}

}  // namespace

std::variant<Program, Message> make_process(const Binary& binary, const ProcessOptions& options) {
  return ProcessBuilder(binary, options).build();
}

}  // namespace gogoscope
