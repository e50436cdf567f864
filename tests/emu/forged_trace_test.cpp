// A trace file that was made to deceive, part by part: each lie is refused, each cut too, and the honest twin
// opens. Below it the records of steps by themselves.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <optional>
#include <sstream>

#include "emu/history/cursor.h"
#include "emu/history/delta.h"
#include "emu/history/release_bytes.h"
#include "emu/history/trace.h"
#include "emu/history/trace_file.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kText = 0x401000, kPage = 4096;

/// The smallest honest file, as values: one function of one instruction, one step that changes nothing.
struct Forged {
  struct Area {
    std::string name;
    std::uint64_t base, size, rights;
  };
  struct Bytes {
    std::uint64_t at;
    std::string bytes;
  };
  std::vector<Area> regions = {{"text", kText, kPage, 2}};
  bool source = true, function = true, instruction = true;
  std::uint64_t entry = kText, function_size = 8, function_source = 0;
  std::uint64_t pc = kText, instruction_size = 1;
  std::uint64_t thread = 0;
  std::vector<Bytes> pages;
  std::uint64_t steps = 1;
  std::vector<std::string> chunks = {std::string("\1\0\1", 3)};
  std::uint64_t stop = 0, edit = 0;
  std::string rest;
  /// Of a file of a program: PC, and file and line as they are packed.
  std::optional<std::vector<std::pair<std::uint64_t, std::uint64_t>>> rows = {};
  /// Behind them from, to, file and line packed, and name; of the latter there is one.
  std::optional<std::vector<std::array<std::uint64_t, 4>>> inlined = {};

  std::string body() const {
    ByteWriter w;
    w.text("forged");
    write_release(w, *release_named("1.16"));
    w.number(1000);
    w.number(regions.size());
    for (const Area& area : regions) {
      w.text(area.name);
      for (const std::uint64_t n : {area.base, area.size, area.rights}) w.number(n);
    }
    w.number(source ? 1 : 0);
    if (source) {
      w.text("a.s");
      for (int n = 0; n < 3; ++n) w.number(0);  // Plan 9, no lines, no intact ones
    }
    w.number(function ? 1 : 0);
    if (function) {
      w.text("main.f");
      for (const std::uint64_t n : {entry, function_size, std::uint64_t{0}, std::uint64_t{0},
                                    std::uint64_t{0}, std::uint64_t{0}, function_source, std::uint64_t{1}})
        w.number(n);
      w.number(0);  // distances of SP
      w.number(0);  // variables
    }
    w.number(instruction ? 1 : 0);
    if (instruction) {
      w.number(pc);
      w.number(instruction_size);
      w.text("NOP");
    }
    w.number(0);  // data symbols
    if (rows) {
      w.number(rows->size());
      for (const auto& [at, packed] : *rows) {
        w.number(at);
        w.number(packed);
      }
    }
    if (inlined) {
      w.number(1);
      w.text("main.g");
      w.number(inlined->size());
      for (const auto& call : *inlined) {
        for (const std::uint64_t n : call) w.number(n);
      }
    }
    w.number(thread);
    for (int n = 0; n < kRegCount; ++n) w.number(0);
    w.number(pages.size());
    for (const Bytes& page : pages) {
      w.number(page.at);
      w.text(page.bytes);
    }
    w.number(steps);
    w.number(chunks.size());
    for (const std::string& chunk : chunks) w.text(chunk);
    w.number(1);
    w.number(stop);
    w.number(0);  // the reason
    w.number(0);  // the exit code
    w.text("end");
    w.text("结束");
    w.number(1);
    w.number(edit);
    return w.bytes() + rest;
  }
};

std::variant<std::unique_ptr<Trace>, Message> opened_from(std::string_view body, std::uint64_t version) {
  ByteWriter head;
  head.number(version);
  head.number(checksum(body));
  std::istringstream in(std::string(kTraceMagic) + head.bytes() + std::string(body));
  return Trace::open(in);
}

std::string refusal(std::string_view body, std::uint64_t version = kTraceVersion) {
  const auto opened = opened_from(body, version);
  return opened.index() == 0 ? "(opened)" : std::get<1>(opened).in(Language::en);
}

std::string refusal(const std::function<void(Forged&)>& lie) {
  Forged file;
  lie(file);
  return refusal(file.body(), file.inlined ? kTraceVersionWithInlined
                              : file.rows  ? kTraceVersionWithRows
                                           : kTraceVersion);
}

TEST(ForgedTrace, is_refused_whatever_part_of_it_lies) {
  const std::string page(kPage, 'x');
  const struct {
    const char* what;
    std::function<void(Forged&)> lie;
  } rows[] = {
      {"a region of no whole pages", [](Forged& f) { f.regions[0].size = kPage - 1; }},
      {"a huge region",
       [](Forged& f) {
         f.regions.push_back({"big", 1 << 30, (std::uint64_t{15} << 28) + kPage, 1});
       }},
      {"regions that are huge together",
       [](Forged& f) {
         f.regions.push_back({"a", std::uint64_t{1} << 36, std::uint64_t{1} << 31, 1});
         f.regions.push_back({"b", std::uint64_t{1} << 37, std::uint64_t{1} << 31, 1});
       }},
      {"more regions than an image has room for",
       [](Forged& f) {
         for (std::uint64_t n = 0; n <= AddressMap::kMaxRegions; ++n)
           f.regions.push_back({"r", (n + 1) << 32, kPage, 1});
       }},
      {"no text", [](Forged& f) { f.regions[0].name = "data"; }},
      {"a text too large for tables", [](Forged& f) { f.regions[0].size = (1 << 24) + kPage; }},
      {"a function of no source", [](Forged& f) { f.function_source = 1; }},
      {"no source", [](Forged& f) { f.source = false; }},
      {"no function", [](Forged& f) { f.function = false; }},
      {"a function outside the text", [](Forged& f) { f.entry = kText - 1; }},
      {"a function that reaches out of the text", [](Forged& f) { f.function_size = kPage + 1; }},
      {"an instruction outside the text", [](Forged& f) { f.pc = kText + kPage; }},
      {"an instruction of no bytes", [](Forged& f) { f.instruction_size = 0; }},
      {"a thread too many", [](Forged& f) { f.thread = kMaxThreads; }},
      {"a short page",
       [](Forged& f) {
         f.pages = {{0, "x"}};
       }},
      {"a page between pages",
       [&](Forged& f) {
         f.pages = {{8, page}};
       }},
      {"a page outside the image",
       [&](Forged& f) {
         f.pages = {{std::uint64_t{1} << 40, page}};
       }},
      {"a step that is no record", [](Forged& f) { f.chunks[0] = "\2"; }},
      {"steps that are not there", [](Forged& f) { f.steps = 2; }},
      {"a stop after the end", [](Forged& f) { f.stop = 1; }},
      {"more than its parts", [](Forged& f) { f.rest = "x"; }},
  };
  EXPECT_EQ(refusal([](Forged&) {}), "(opened)");
  EXPECT_EQ(refusal([&](Forged& f) { f.pages = {{kPage, page}}; }), "(opened)");
  for (const auto& row : rows) EXPECT_EQ(refusal(row.lie), "the trace contradicts itself") << row.what;
}

TEST(ForgedTrace, is_honest_without_a_list_of_instructions) {
  EXPECT_EQ(refusal([](Forged& f) { f.instruction = false; }), "(opened)");
}

TEST(ForgedTrace, with_lines_is_refused_where_they_lie) {
  using Rows = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
  static constexpr std::uint64_t kLine = 7 << 1 | 1;
  const auto with = [](const Rows& rows) {
    return refusal([&](Forged& f) {
      f.instruction = false;
      f.rows = rows;
    });
  };
  EXPECT_EQ(with({{kText, kLine}, {kText + 4, kLine}}), "(opened)");
  EXPECT_EQ(with({{kText, kLine}, {kText + kPage, 0}}), "(opened)");  // where the text ends
  const std::string lies = "the trace contradicts itself";
  EXPECT_EQ(with({}), lies);
  EXPECT_EQ(with({{kText, kLine}, {kText, kLine}}), lies);
  EXPECT_EQ(with({{kText + 4, kLine}, {kText, kLine}}), lies);
  EXPECT_EQ(with({{kText - 1, kLine}}), lies);
  EXPECT_EQ(with({{kText + kPage + 1, kLine}}), lies);
  EXPECT_EQ(with({{kText, std::uint64_t{1} << 33 | kLine}}), lies);  // of a file that there is not
  EXPECT_EQ(refusal([](Forged& f) {
              f.rows = Rows{{kText, kLine}};
            }),
            lies);  // beside a list of instructions
}

TEST(ForgedTrace, with_inlined_calls_is_refused_where_they_lie) {
  using Calls = std::vector<std::array<std::uint64_t, 4>>;
  static constexpr std::uint64_t kLine = 7;
  const auto with = [](const Calls& calls) {
    return refusal([&](Forged& f) {
      f.instruction = false;
      f.rows.emplace().push_back({kText, 7 << 1 | 1});
      f.inlined = calls;
    });
  };
  EXPECT_EQ(with({}), "(opened)");
  EXPECT_EQ(with({{kText, kText + 8, kLine, 0}, {kText, kText + 4, kLine, 0}}), "(opened)");
  const std::string lies = "the trace contradicts itself";
  EXPECT_EQ(with({{kText, kText + 4, kLine, 0}, {kText, kText + 8, kLine, 0}}), lies);  // the inner one first
  EXPECT_EQ(with({{kText, kText, kLine, 0}}), lies);
  EXPECT_EQ(with({{kText + 4, kText, kLine, 0}}), lies);
  EXPECT_EQ(with({{kText - 4, kText, kLine, 0}}), lies);
  EXPECT_EQ(with({{kText, kText + kPage + 1, kLine, 0}}), lies);
  EXPECT_EQ(with({{kText, kText + 4, std::uint64_t{1} << 32 | kLine, 0}}),
            lies);                                        // of a file that there is not
  EXPECT_EQ(with({{kText, kText + 4, kLine, 1}}), lies);  // of a name that there is not
}

TEST(ForgedTrace, may_have_chunks_with_nothing_in_them) {
  // One register, Reg 0, of which one byte changes.
  const auto step = [](char change) { return std::string{3, 1, 0, change, 3}; };
  Forged file;
  file.chunks = {"", step(1), "", "", step(2), ""};
  file.steps = 2;
  const auto opened = opened_from(file.body(), kTraceVersion);
  ASSERT_EQ(opened.index(), 0U);
  Cursor cursor(*std::get<0>(opened));
  const auto reg = [&] { return cursor.state().reg(static_cast<Reg>(0)); };
  for (const std::uint64_t expected : {1U, 3U}) {
    EXPECT_TRUE(cursor.forward());
    EXPECT_EQ(reg(), expected);
  }
  EXPECT_FALSE(cursor.forward());
  for (const std::uint64_t expected : {1U, 0U}) {
    EXPECT_TRUE(cursor.back());
    EXPECT_EQ(reg(), expected);
  }
  EXPECT_FALSE(cursor.back());
}

TEST(ForgedTrace, is_refused_wherever_it_is_cut) {
  const std::string body = Forged().body();
  // In the release every 97th byte: its parts repeat.
  for (std::size_t size = 0; size < body.size(); size += size + 800 < body.size() ? 97 : 1) {
    const std::string why = refusal(std::string_view(body).substr(0, size));
    EXPECT_TRUE(why.find("is damaged") != std::string::npos || why == "the trace contradicts itself")
        << size << ": " << why;
  }
}

TEST(ForgedRelease, is_refused_with_what_is_wrong) {
  const auto release = [](const std::function<void(ByteWriter&)>& transitions) {
    ByteWriter w;
    w.text("forged");
    w.text("1.16");
    w.text("");
    w.number(0);  // in TLS
    w.number(1);
    w.text("g");
    w.number(8);
    w.number(1);
    w.text("goid");
    w.text("int64");
    w.number(0);
    w.number(8 << 2 | 1);
    transitions(w);
    return refusal(w.bytes());
  };
  const std::string damaged = "the trace's layout of Go 1.16 is damaged: ";
  const auto zeros = [](ByteWriter& w, int n) {
    for (; n > 0; --n) w.number(0);
  };
  EXPECT_EQ(release([&](ByteWriter& w) {
              w.number(1025);
              zeros(w, 3 * 1025);
            }),
            damaged + "it has 1025 changes of status");
  EXPECT_EQ(release([&](ByteWriter& w) {
              w.number(0);
              w.number(1025);
              zeros(w, 2 * 1025);
            }),
            damaged + "it has 1025 changes of status");
  EXPECT_EQ(release([&](ByteWriter& w) {
              w.number(1);
              zeros(w, 2);
              w.text("\xff");
            }),
            damaged + "'\uFFFD' is not a name");
  EXPECT_EQ(release([](ByteWriter& w) { w.number(1); }), damaged + "it is cut off");
  EXPECT_EQ(release([](ByteWriter& w) {
              w.number(0);
              w.number(0);
            }),
            "the trace contradicts itself")
      << "the release is sound, but nothing follows";
  ByteWriter elsewhere;
  elsewhere.text("forged");
  elsewhere.text("1.16");
  elsewhere.text("");
  elsewhere.number(2);
  EXPECT_EQ(refusal(elsewhere.bytes()), damaged + "it does not say where g is kept");
  ByteWriter nameless;
  nameless.text("forged");
  nameless.text("1.\x1b");
  EXPECT_EQ(refusal(nameless.bytes()),
            "the trace's layout of Go 1.\uFFFD is damaged: '1.\uFFFD' is not a name");
  ByteWriter wide;
  wide.text("forged");
  wide.text("1.16");
  wide.text("");
  wide.number(0);
  wide.number(1);
  wide.text("g");
  wide.number(8);
  wide.number(4097);
  zeros(wide, 4 * 4097);
  EXPECT_EQ(refusal(wide.bytes()), damaged + "struct g has 4097 fields");
}

std::optional<std::uint64_t> checked(std::vector<std::uint8_t> record) {
  const std::size_t size = record.size();
  record.resize(size + delta::kSlack);
  return delta::checked_size(record.data(), record.data() + size, kPage);
}

TEST(Records, are_sound_or_nothing) {
  constexpr std::uint8_t kOneStore = 1 << 5, kMany = 7 << 5, kLong = 255, kEightBytes = 3;
  const struct {
    const char* what;
    std::vector<std::uint8_t> record;
  } broken[] = {
      {"nothing", {}},
      {"of no length", {0, 0}},
      {"a long one whose length is cut off", {kLong, 1}},
      {"a short one in the long form", {kLong, 1, 0, 0, 0, 0, 1, 0, 0, 0, kLong}},
      {"longer than what is left", {9, 0, 9}},
      {"many stores without their number", {1, kMany, 1}},
      {"a register that is missing", {1, 1, 1}},
      {"a register that no machine has", {3, 1, 31, 0, 3}},
      {"a register whose bytes are missing", {2, 1, 0, 2}},
      {"a store that is missing", {1, kOneStore, 1}},
      {"a store of nine bytes", {2, kOneStore, 9 << 2, 2}},
      {"a store whose address is missing", {2, kOneStore, 0, 2}},
      {"a store outside the image", {5, kOneStore, kEightBytes, 0xf9, 0x0f, 0, 5}},
      {"more than it says", {2, 0, 0, 2}},
      {"another length at its end", {1, 0, 2}},
  };
  for (const auto& row : broken) EXPECT_EQ(checked(row.record), std::nullopt) << row.what;
  EXPECT_EQ(checked({1, 0, 1}), 3U);
  EXPECT_EQ(checked({3, 1, 0, 7, 3}), 5U) << "a register";
  EXPECT_EQ(checked({5, kOneStore, kEightBytes, 0xf8, 0x0f, 0, 5}), 7U) << "the last word of the image";

  std::vector<std::uint8_t> many = {kLong, 1, 1, 0, 0, kMany, 63, 0, 0, 0};  // 257 bytes
  for (int n = 0; n < 63; ++n) many.insert(many.end(), {0, 0, 0, 0});
  many.insert(many.end(), {1, 1, 0, 0, kLong});
  EXPECT_EQ(checked(many), 267U);
  std::vector<std::uint8_t> other_length = many, other_mark = many;
  other_length[262] = 2;
  EXPECT_EQ(checked(other_length), std::nullopt);
  other_mark.back() = 1;
  EXPECT_EQ(checked(other_mark), std::nullopt);
}

}  // namespace
}  // namespace gogoscope
