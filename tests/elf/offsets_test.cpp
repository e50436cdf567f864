// Where the releases have the fields that events, invariants and names ask for: tests/elf/offsets.txt has
// what their DWARF says, so that the tables are tested without their toolchains.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "emu/check/applicable.h"
#include "emu/layout/clock_functions.h"
#include "emu/layout/tested_releases.h"
#include "tests/elf/go_tools.h"

namespace gogoscope {
namespace {

using namespace tests;

/// The release, and offset and size of each field that it has.
struct Column {
  std::string release;
  std::map<std::string, StructLayout> structs;

  Layout layout() const {
    std::vector<StructLayout> all;
    for (const auto& [name, one] : structs) all.push_back(one);
    return {release, "tests/elf/offsets.txt", std::move(all)};
  }
};

std::vector<Column> columns() {
  std::vector<Column> out;
  for (const std::string& line : lines_of(bytes_of(GOGOSCOPE_TESTS "/offsets.txt"))) {
    if (line.starts_with('#')) continue;
    std::istringstream in(line);
    std::string name, cell;
    in >> name;
    const auto dot = name.find('.');
    for (std::size_t i = 0; in >> cell; ++i) {
      if (name == "release") {
        out.push_back({cell, {}});
        continue;
      }
      const auto slash = cell.find('/');
      if (slash == std::string::npos) continue;
      const auto offset = static_cast<std::uint32_t>(std::stoul(cell));
      const auto size = static_cast<std::uint32_t>(std::stoul(cell.substr(slash + 1)));
      StructLayout& in_struct = out.at(i).structs[name.substr(0, dot)];
      if (dot == std::string::npos) {
        in_struct.name = name;
        in_struct.size = size;
      } else {
        in_struct.fields.push_back({name.substr(dot + 1), "", offset, size});
      }
    }
  }
  return out;
}

TEST(Offsets, are_known_of_every_tested_release) {
  std::vector<std::string> known, tested;
  for (const Column& column : columns()) known.push_back(column.release);
  for (const TestedRelease& release : tested_releases()) {
    const std::string text(release.package);
    const auto space = text.find(' ');
    tested.push_back(text.substr(space + 1, text.find('-', space) - space - 1));
    EXPECT_EQ(text.substr(0, space), "golang-1." + std::to_string(release.number) + "-go");
  }
  EXPECT_EQ(known, tested);
}

TEST(Offsets, of_all_fields_are_found_in_every_release_but_of_those_that_are_gone) {
  for (const Column& column : columns()) {
    const Layout layout = column.layout();
    EXPECT_EQ(layout.flaw(), std::nullopt) << column.release;
    const Offsets at(layout);
    std::string lacking;
    for (const OffsetField& field : kOffsetFields) {
      if (!(at.*field.at)) lacking += std::string(field.in) + "." + std::string(field.name) + " ";
    }
    const bool counts_lists = column.release >= "1.25";
    EXPECT_EQ(lacking, counts_lists ? "g.sched.ret schedt.gFree.n " : "") << column.release;
  }
}

TEST(Offsets, let_every_invariant_be_judged_in_every_release) {
  for (const Column& column : columns()) {
    const Release release(column.layout(), GHome::r14, {}, {});
    for (const Applicable& one : applicable_invariants(release)) EXPECT_EQ(one.why_not.en, "");
  }
  // And say which field is not there.
  Column spoilt = columns().back();
  std::erase_if(spoilt.structs["schedt"].fields, [](const Field& f) { return f.name == "gFree.stack.size"; });
  const Release release(spoilt.layout(), GHome::r14, {}, {});
  const auto all = applicable_invariants(release);
  EXPECT_EQ(std::ranges::count_if(all, [](const Applicable& one) { return !one.why_not.en.empty(); }), 1);
}

TEST(Offsets, of_fields_that_have_moved_are_those_of_the_later_name) {
  const auto all = columns();
  const Offsets older(all.front().layout()), newest(all.back().layout());
  const auto place = [](const Column& column, const char* in, const char* name) {
    return column.layout().find(in, name)->offset;
  };
  EXPECT_EQ(older.m_schedlink.offset(), place(all.front(), "m", "schedlink"));
  EXPECT_EQ(newest.m_schedlink.offset(), place(all.back(), "m", "idleNode.next"));
  EXPECT_EQ(newest.s_midle.offset(), place(all.back(), "schedt", "midle.obj"));
  EXPECT_EQ(newest.s_runqsize.offset(), place(all.back(), "schedt", "runq.size"));
}

TEST(Offsets, are_those_of_the_go_that_is_installed) {
  if (!has_go()) GTEST_SKIP() << "go is not installed";
  const auto read = read_binary(bytes_of(built("hello")));
  const Layout& layout = std::get<Binary>(read).layout;
  const auto all = columns();
  const auto same = std::ranges::find(all, layout.release(), &Column::release);
  if (same == all.end()) GTEST_SKIP() << "offsets.txt has no column of " << layout.release();
  std::size_t compared = 0;
  for (const auto& [name, known] : same->structs) {
    EXPECT_EQ(layout.size_of(name), known.size) << name;
    for (const Field& field : known.fields) {
      const Field* const here = layout.find(name, field.name);
      ASSERT_NE(here, nullptr) << name << '.' << field.name;
      EXPECT_EQ(here->offset, field.offset) << name << '.' << field.name;
      EXPECT_EQ(here->size, field.size) << name << '.' << field.name;
      ++compared;
    }
  }
  EXPECT_GT(compared, 40U);
}

TEST(ClockFunctions, are_assembly_of_the_go_that_is_installed) {
  if (!has_go()) GTEST_SKIP() << "go is not installed";
  const auto read = read_binary(bytes_of(built("hello")));
  const Binary& binary = std::get<Binary>(read);
  for (const std::string_view name : clock_functions(binary.layout.release())) {
    const auto found = std::ranges::find_if(binary.functions, [&](const Function& f) {
      return f.name == name || f.name == std::string(name) + ".abi0";
    });
    ASSERT_NE(found, binary.functions.end()) << name;
    EXPECT_TRUE(binary.files.at(found->source).ends_with("linux_amd64.s")) << name;
  }
}

TEST(ClockFunctions, are_those_of_the_release) {
  const auto has = [](std::string_view release, std::string_view name) {
    const auto all = clock_functions(release);
    return std::ranges::find(all, name) != all.end();
  };
  EXPECT_TRUE(has("1.15.15", "runtime.walltime1"));
  EXPECT_FALSE(has("1.15.15", "time.now"));
  EXPECT_TRUE(has("1.27.3", "time.now"));
  EXPECT_FALSE(has("1.27.3", "runtime.walltime1"));
  EXPECT_TRUE(has("devel", "time.now"));
}

}  // namespace
}  // namespace gogoscope
