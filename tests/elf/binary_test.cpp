// A program as emu/elf reads it, against what Go's own tools, readelf and gdb say of the same file.
#include "emu/elf/binary.h"

#include <algorithm>
#include <map>
#include <random>
#include <regex>
#include <set>

#include "emu/elf/guest_tables.h"
#include "emu/port/program_listing.h"
#include "tests/elf/go_tools.h"

namespace gogoscope {
namespace {

using namespace tests;

class Program : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!has_go()) GTEST_SKIP() << "go is not installed";
    path_ = built(GetParam());
    ASSERT_FALSE(path_.empty());
    auto read = read_binary(bytes_of(path_));
    ASSERT_EQ(message_of(read), "");
    binary_ = std::move(std::get<Binary>(read));
  }
  /// PCs inside functions, always the same ones.
  std::vector<std::uint64_t> pcs(std::size_t count) const {
    std::mt19937 random(1);
    std::vector<std::uint64_t> out;
    while (out.size() < count) {
      const Function& f = binary_.functions[random() % binary_.functions.size()];
      out.push_back(f.entry.value() + random() % f.size);
    }
    return out;
  }
  std::string path_;
  Binary binary_;
};

struct Row {
  std::uint64_t addr, size;
  std::string name;
  bool operator==(const Row&) const = default;
  auto operator<=>(const Row&) const = default;
  friend void PrintTo(const Row& row, std::ostream* out) {
    *out << std::hex << row.addr << ' ' << std::dec << row.size << ' ' << row.name;
  }
};

/// Symbols that have a size, by `go tool nm`: of code, or of data.
std::set<Row> symbols_by_go(const std::string& path, const std::string& kinds) {
  std::set<Row> out;
  for (const std::string& line : lines_of(run_shell("go tool nm -size " + path).printed)) {
    std::istringstream words(line);
    Row row;
    std::string kind;
    words >> std::hex >> row.addr >> std::dec >> row.size >> kind >> std::ws;
    std::getline(words, row.name);
    if (row.size != 0 && kinds.find(kind) != std::string::npos) out.insert(row);
  }
  return out;
}

TEST_P(Program, has_the_functions_that_go_tool_nm_names) {
  std::set<Row> ours;
  for (const Function& f : binary_.functions) ours.insert({f.entry.value(), f.size, f.name});
  const std::set<Row> gos = symbols_by_go(path_, "Tt");
  EXPECT_GT(gos.size(), 900U);
  EXPECT_EQ(ours, gos);
}

TEST_P(Program, has_the_data_that_go_tool_nm_names) {
  std::set<Row> ours;
  for (const DataSymbol& d : binary_.data) ours.insert({d.addr.value(), d.size, d.name});
  const std::set<Row> gos = symbols_by_go(path_, "DdBbRr");
  EXPECT_GT(gos.size(), 200U);
  EXPECT_EQ(ours, gos);
  for (const auto& [name, type] : std::map<std::string, std::string>{{"runtime.g0", "g"},
                                                                     {"runtime.m0", "m"},
                                                                     {"runtime.allgs", "[]*g"},
                                                                     {"runtime.allp", "[]*p"},
                                                                     {"runtime.allm", "*m"},
                                                                     {"runtime.sched", "schedt"}}) {
    ASSERT_NE(binary_.symbol(name), nullptr) << name;
    EXPECT_EQ(binary_.symbol(name)->type, type) << name;
  }
}

TEST_P(Program, has_the_lines_that_go_tool_addr2line_says) {
  const std::vector<std::uint64_t> asked = pcs(1000);
  const std::string questions = path_ + ".pcs";
  {
    std::ofstream out(questions);
    for (const std::uint64_t pc : asked) out << std::hex << "0x" << pc << '\n';
  }
  const auto answers = lines_of(run_shell("go tool addr2line " + path_ + " < " + questions).printed);
  std::filesystem::remove(questions);
  ASSERT_EQ(answers.size(), 2 * asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const LineRow* const row = binary_.line_at(CodeAddr(asked[i]));
    ASSERT_NE(row, nullptr) << std::hex << asked[i];
    EXPECT_EQ(binary_.files[row->file] + ":" + std::to_string(row->line), answers[2 * i + 1])
        << std::hex << asked[i] << ' ' << answers[2 * i];
  }
}

TEST_P(Program, has_the_stack_depths_that_readelf_says) {
  // "0000000000401000 rsp+8    c-8": holds until the next row.
  std::map<std::uint64_t, std::int64_t> depth;
  const std::regex row("([0-9a-f]{16}) rsp\\+([0-9]+) .*");
  for (const std::string& line :
       lines_of(run_shell("readelf --debug-dump=frames-interp " + path_ + " 2>/dev/null").printed)) {
    std::smatch found;
    if (std::regex_match(line, found, row))
      depth[std::stoull(found[1], nullptr, 16)] = std::stoll(found[2]) - 8;
  }
  ASSERT_GT(depth.size(), 4000U);
  const Code code = code_of(binary_);
  for (const std::uint64_t pc : pcs(1000)) {
    EXPECT_EQ(code.sp_delta(CodeAddr(pc)), std::prev(depth.upper_bound(pc))->second)
        << std::hex << pc << ' ' << code.symbolize(CodeAddr(pc));
  }
}

TEST_P(Program, saves_the_callers_bp_where_the_code_says_so) {
  std::size_t with = 0;
  for (const Function& f : binary_.functions) with += f.saves_bp ? 1 : 0;
  EXPECT_GT(with, binary_.functions.size() / 2);
  const Function* const exit = binary_.function("runtime.goexit0");
  ASSERT_NE(exit, nullptr);
  EXPECT_TRUE(exit->saves_bp);
  EXPECT_FALSE(binary_.function("runtime.gogo.abi0")->saves_bp);
  EXPECT_EQ(binary_.function("runtime.gogo.abi0")->frame, 0);
}

TEST_P(Program, has_the_segments_that_readelf_says) {
  std::vector<std::string> theirs, ours;
  const std::regex row(
      R"( *LOAD +0x[0-9a-f]+ 0x([0-9a-f]+) 0x[0-9a-f]+ 0x([0-9a-f]+) 0x([0-9a-f]+) (.)(.)(.) .*)");
  for (const std::string& line : lines_of(run_shell("readelf -lW " + path_).printed)) {
    std::smatch m;
    if (!std::regex_match(line, m, row)) continue;
    theirs.push_back(fmt::format("{:x} {:x} {:x} {}{}{}", std::stoull(m[1], nullptr, 16),
                                 std::stoull(m[2], nullptr, 16), std::stoull(m[3], nullptr, 16), m[4].str(),
                                 m[5].str(), m[6].str()));
  }
  for (const LoadSegment& s : binary_.segments) {
    ours.push_back(fmt::format("{:x} {:x} {:x} {}{}{}", s.addr.value(), s.bytes.size(), s.size,
                               s.readable ? 'R' : ' ', s.writable ? 'W' : ' ', s.executable ? 'E' : ' '));
  }
  EXPECT_EQ(ours, theirs);
  EXPECT_EQ(binary_.segments.size(), 3U);
  EXPECT_EQ(binary_.function_at(binary_.entry)->name, "_rt0_amd64_linux");
  // The first program header speaks of the program headers.
  const LoadSegment* const first = binary_.segment_at(binary_.program_headers);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->bytes[static_cast<std::size_t>(binary_.program_headers - first->addr)], std::byte{6});
}

/// Offset and size of the fields right in a struct, by gdb: "/*     16      |       8 */    runtime.guintptr
/// g;"
std::vector<std::string> fields_by_gdb(const std::string& path, const std::string& name) {
  const auto lines =
      lines_of(run_shell("gdb -nx -batch -iex 'set auto-load off' -ex 'set language c' -ex \"ptype /o '" +
                         name + "'\" " + path + " 2>&1")
                   .printed);
  std::vector<std::string> out;
  const std::regex field(R"(/\* +([0-9]+) +\| +([0-9]+) \*/    (\S.*))"),
      total(R"(.*/\* total size \(bytes\): +([0-9]+) \*/)");
  std::string size;
  for (const std::string& line : lines) {
    std::smatch m;
    if (std::regex_match(line, m, field)) {
      // Of a func() gdb gives the size of a function of C, which is 1; it is a pointer.
      const bool is_func = m[2] == "1" && m[3].str().find('(') != std::string::npos;
      out.push_back(m[1].str() + " " + (is_func ? "8" : m[2].str()));
    }
    if (std::regex_match(line, m, total)) size = m[1].str();
  }
  out.push_back("size " + size);
  return out;
}

TEST_P(Program, has_the_layouts_that_gdb_says) {
  if (run_shell("gdb --version 2>/dev/null").code != 0) GTEST_SKIP() << "gdb is not installed";
  for (const char* const name : {"g", "m", "p", "gobuf", "schedt", "sudog", "_panic"}) {
    const StructLayout* const s = binary_.layout.find(name);
    ASSERT_NE(s, nullptr) << name;
    std::vector<std::string> ours;
    for (const Field& f : s->fields) {
      if (f.name.find('.') == std::string::npos) ours.push_back(fmt::format("{} {}", f.offset, f.size));
    }
    ours.push_back(fmt::format("size {}", s->size));
    EXPECT_EQ(ours, fields_by_gdb(path_, std::string("runtime.") + name)) << name;
  }
  EXPECT_EQ(binary_.layout.find("g", "sched.sp")->offset,
            binary_.layout.find("g", "sched")->offset + binary_.layout.find("gobuf", "sp")->offset);
  EXPECT_NE(binary_.layout.find("p", "gFree.head"), nullptr) << "a path may leave an embedded name out";
  EXPECT_FALSE(binary_.layout.flaw());
}

TEST_P(Program, lists_the_instructions_that_go_tool_objdump_does) {
  // "  hello.go:3\t\t0x457c60\t\t493b6610\t\tCMPQ 0x10(R14), SP"
  std::map<std::uint64_t, std::string> gos;
  std::set<std::uint64_t> unknown_to_go;
  for (const std::string& line : lines_of(run_shell("go tool objdump " + path_).printed)) {
    const auto at = line.find("\t0x");
    if (!line.starts_with("  ") || at == std::string::npos) continue;
    std::istringstream words(line.substr(at + 1));
    std::string address, bytes, text;
    words >> address >> bytes >> text;
    const std::uint64_t pc = std::stoull(address, nullptr, 16);
    gos[pc] = bytes;
    if (text == "?") unknown_to_go.insert(pc);
  }
  std::size_t compared = 0;
  for (const Function& f : binary_.functions) {
    const auto strange = unknown_to_go.lower_bound(f.entry.value());
    if (strange != unknown_to_go.end() && *strange < f.entry.value() + f.size) continue;
    const ProgramListing listing = listing_of(binary_, f);
    // Go's disassembler does not know AVX and takes it for something else.
    const bool has_avx = std::any_of(
        listing.instructions.begin(), listing.instructions.end(),
        [](const auto& i) { return i.bytes[0] == std::byte{0xc4} || i.bytes[0] == std::byte{0xc5}; });
    if (has_avx) continue;
    std::uint64_t next = 0;
    for (const ProgramInstruction& i : listing.instructions) {
      EXPECT_EQ(i.offset, next) << f.name;
      next = i.offset + i.bytes.size();
      std::string bytes;
      for (const std::byte b : i.bytes) bytes += fmt::format("{:02x}", static_cast<unsigned>(b));
      const auto found = gos.find(f.entry.value() + i.offset);
      ASSERT_NE(found, gos.end()) << f.name << '+' << i.offset;
      ASSERT_EQ(bytes, found->second) << f.name << '+' << i.offset;
    }
    EXPECT_EQ(next, f.size) << f.name;
    ++compared;
  }
  EXPECT_GT(compared, binary_.functions.size() * 9 / 10);
}

TEST_P(Program, is_the_same_read_in_a_process_of_its_own) {
  const auto here = read_binary_here(bytes_of(path_));
  ASSERT_EQ(here.index(), 0U);
  const Binary& b = std::get<Binary>(here);
  EXPECT_EQ(b.go, binary_.go);
  EXPECT_EQ(b.files, binary_.files);
  EXPECT_EQ(b.lines, binary_.lines);
  ASSERT_EQ(b.functions.size(), binary_.functions.size());
  for (std::size_t i = 0; i < b.functions.size(); ++i) {
    const Function &one = b.functions[i], &other = binary_.functions[i];
    EXPECT_TRUE(one.name == other.name && one.entry == other.entry && one.size == other.size &&
                one.frame == other.frame && one.saves_bp == other.saves_bp && one.line == other.line &&
                one.source == other.source && one.pcsp.size() == other.pcsp.size())
        << one.name;
  }
  ASSERT_EQ(b.segments.size(), binary_.segments.size());
  for (std::size_t i = 0; i < b.segments.size(); ++i)
    EXPECT_EQ(b.segments[i].bytes, binary_.segments[i].bytes);
}

TEST_P(Program, makes_the_tables_of_a_guest) {
  const Code code = code_of(binary_);
  EXPECT_EQ(code.symbolize(binary_.function("runtime.goexit0")->entry + 3), "runtime.goexit0+0x3");
  EXPECT_EQ(code.data_at(binary_.symbol("runtime.sched")->addr + 8)->name, "runtime.sched");
  const auto release = release_of(binary_);
  EXPECT_EQ("go" + release->name(), binary_.go);
  EXPECT_EQ(release->g_home, GHome::r14);
  for (const OffsetField& field : kOffsetFields)
    EXPECT_TRUE(release->at.*field.at) << field.in << '.' << field.name;
}

INSTANTIATE_TEST_SUITE_P(Go, Program, testing::ValuesIn(program_names()),
                         [](const auto& it) { return it.param; });

}  // namespace
}  // namespace gogoscope
