#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "emu/port/jsonl.h"
#include "emu/port/layout.h"
#include "emu/port/listing.h"
#include "emu/port/state.h"
#include "emu/port/text.h"
#include "emu/port/words.h"
#include "tests/emu/small_guest.h"
#include "tests/events_of.h"

namespace gogoscope {
namespace {

using namespace tests;
using Json = nlohmann::ordered_json;

template <class Write>
std::string written(Write write) {
  std::ostringstream out;
  write(out);
  return out.str();
}

std::vector<Event> events(const Trace& trace) { return tests::events_of(trace); }

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& item : object.items()) out.push_back(item.key());
  return out;
}
using Keys = std::vector<std::string>;

class Port : public ::testing::Test {
 protected:
  Port() {
    poke(*guest->boot, Addr(kGogo + 0x23), 0x238b48, 3);  // mov rsp, [rbx]
    set_reg(*guest->boot, Reg::rip, kGogo + 0x23);
    record = std::make_unique<HandRecord>(guest);
  }
  void switch_stacks() {
    record->reg(Reg::rsp, (kStack0 + 0x1000).value()).reg(Reg::rip, kGogo + 0x26);
    record->store(field(*guest, kG2, "g", "sched.sp"), 0).step();
    record->store(field(*guest, kG2, "g", "atomicstatus"), 6, 4)
        .step()
        .stop({StopReason::exit, Text::untranslated("exit(0)"), 0});
  }
  std::vector<Json> jsonl() {
    std::istringstream in(
        written([&](std::ostream& out) { write_jsonl(out, record->trace(), events(record->trace())); }));
    std::vector<Json> out;
    for (std::string line; std::getline(in, line);) out.push_back(Json::parse(line));
    return out;
  }
  Json state() {
    return Json::parse(written([&](std::ostream& out) { write_state_json(out, *guest, *guest->boot, 0); }));
  }

  std::shared_ptr<Guest> guest = small_guest();
  std::unique_ptr<HandRecord> record;
};

TEST_F(Port, jsonl_has_a_header_and_a_line_a_step) {
  switch_stacks();
  const auto lines = jsonl();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].dump(), R"({"scenario":"small","go":"1.16","steps":2})");
  EXPECT_EQ(keys(lines[1]), (Keys{"step", "m", "kind", "real", "pc", "sym", "text", "line", "bytes", "regs",
                                  "writes", "events", "stop"}));
}

TEST_F(Port, jsonl_writes_a_step_as_the_contract_says) {
  switch_stacks();
  const Json step = jsonl()[1];
  EXPECT_EQ(step["kind"], "insn");
  EXPECT_EQ(step["real"], true);
  EXPECT_EQ(step["pc"], "0x401163");
  EXPECT_EQ(step["sym"], "runtime.gogo+0x23");
  EXPECT_EQ(step["text"], "MOVQ gobuf_sp(BX), SP");
  EXPECT_EQ(step["line"].dump(), R"({"file":"gogo.s","line":9})");
  EXPECT_EQ(step["bytes"], "48 8b 23");
  EXPECT_EQ(step["regs"].dump(), R"({"rsp":["0xc000008fe0","0x7fffffff1000"]})");
  EXPECT_EQ(step["writes"].dump(),
            R"([{"addr":"0xc0000001b8","size":8,"old":"0x0","new":"0x0","name":"g2.sched.sp"}])");
  EXPECT_EQ(step["events"].dump(), R"([{"type":"stack","m":0,"from":"g2","to":"g0"}])");
  EXPECT_TRUE(step["stop"].is_null());
}

/// Two stores to one word in one step, and one to the half of it: each finds what the one before has left.
TEST_F(Port, jsonl_has_stores_to_one_place_in_the_order_in_which_they_were_made) {
  const std::uint32_t goid = *guest->map.image_offset(field(*guest, kG2, "g", "goid"), 8);
  guest->boot->set_u64(goid, 0x1111111111111111);
  record = std::make_unique<HandRecord>(guest);
  record->pen().store(goid, 8, 0x1111111111111111 ^ 0x2222222222222222);
  record->pen().store(goid + 4, 4, 0x22222222 ^ 0x33333333);
  record->pen().store(goid, 8, 0x3333333322222222 ^ 0x4444444444444444);
  record->step();
  const Json writes = jsonl()[1]["writes"];
  ASSERT_EQ(writes.size(), 3U);
  EXPECT_EQ(writes[0]["old"], "0x1111111111111111");
  EXPECT_EQ(writes[0]["new"], "0x2222222222222222");
  EXPECT_EQ(writes[1]["old"], "0x22222222");
  EXPECT_EQ(writes[1]["new"], "0x33333333");
  EXPECT_EQ(writes[2]["old"], "0x3333333322222222");
  EXPECT_EQ(writes[2]["new"], "0x4444444444444444");
  // The same from the other side of the step.
  const Step before = Cursor(record->trace()).next(), after = record->cursor().last();
  ASSERT_EQ(after.stores.size(), before.stores.size());
  for (std::size_t i = 0; i < before.stores.size(); ++i) {
    EXPECT_EQ(after.stores[i].old_value, before.stores[i].old_value) << i;
    EXPECT_EQ(after.stores[i].new_value, before.stores[i].new_value) << i;
  }
}

TEST_F(Port, jsonl_writes_events_and_stop) {
  switch_stacks();
  const Json step = jsonl()[2];
  EXPECT_EQ(step["events"].dump(),
            R"([{"type":"status","g":"g2","from":"running","to":"dead"},{"type":"exit","code":0}])");
  EXPECT_EQ(step["stop"]["reason"], "exit");
  EXPECT_EQ(step["stop"]["detail"], "exit(0)");
}

TEST_F(Port, text_is_one_line_a_step) {
  switch_stacks();
  const std::string text = written(
      [&](std::ostream& out) { write_trace_text(out, record->trace(), events(record->trace()), 0, 1); });
  EXPECT_EQ(
      text,
      "      0 m0 real  runtime.gogo+0x23            MOVQ gobuf_sp(BX), SP                 rsp "
      "0xc000008fe0 -> 0x7fffffff1000 (in g0's stack, hi-4096), g2.sched.sp = 0x0  [m0 stack: g2 -> g0]\n");
}

TEST_F(Port, only_events_leaves_the_rest_out) {
  record->reg(Reg::rax, 1).step();
  switch_stacks();
  const std::string text = written([&](std::ostream& out) {
    write_trace_text(out, record->trace(), events(record->trace()), 0, 100, true);
  });
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST_F(Port, control_characters_never_reach_a_terminal) {
  guest->name = "a\x1b[31mb\x7f\xc2\x9b\xe2\x80\xae\xff\n";
  const std::string text =
      written([&](std::ostream& out) { write_trace_text(out, record->trace(), events(record->trace())); });
  EXPECT_EQ(text.substr(0, text.find(':')),
            "a\xef\xbf\xbd[31mb\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(jsonl()[0]["scenario"].get<std::string>().find('\x1b'), std::string::npos);
  guest->name = "协程 g";
  EXPECT_EQ(jsonl()[0]["scenario"], "协程 g");

  std::vector<Function> functions = guest->code.functions();
  for (Function& f : functions) f.name += "\x1b[2J";
  guest->code = Code(guest->code.sources(), functions, guest->code.instructions(), guest->code.data());
  set_reg(*guest->boot, Reg::rax, kGoexit0);
  const std::string shown =
      written([&](std::ostream& out) { write_state_text(out, *guest, *guest->boot, 0); });
  EXPECT_NE(shown.find("runtime.goexit0\xef\xbf\xbd[2J"), std::string::npos);
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
}

TEST_F(Port, state_has_every_field_of_the_layout_by_its_go_name) {
  const Json s = state();
  EXPECT_EQ(keys(s), (Keys{"state", "current_m", "regs", "clock", "tls_g", "threads", "g", "m", "p", "sched",
                           "stacks", "invariants"}));
  const auto expect_all = [&](const Json& fields, const char* struct_name) {
    for (const Field& f : guest->release->layout.find(struct_name)->fields) {
      EXPECT_TRUE(!f.leaf || f.size == 0 || fields.contains(f.name)) << struct_name << "." << f.name;
    }
  };
  expect_all(s["g"][0]["fields"], "g");
  expect_all(s["m"][0]["fields"], "m");
  expect_all(s["p"][0]["fields"], "p");
  expect_all(s["sched"]["fields"], "schedt");
}

TEST_F(Port, state_of_a_layout_that_claims_too_much_shows_what_there_is) {
  std::vector<StructLayout> structs = guest->release->layout.structs();
  for (StructLayout& s : structs) {
    for (Field& f : s.fields) {
      if (s.name != "g") continue;
      if (f.name == "goid") f.type = "[9999999]int64";  // in eight bytes
      if (f.name == "param") f.size = 40;               // and a pointer of forty
      if (f.name == "labels") f.name = "a\xff";
    }
  }
  guest->release =
      std::make_shared<const Release>(Layout("1.16", "", std::move(structs)), GHome::tls,
                                      guest->release->g_transitions, guest->release->p_transitions);
  const Json fields = state()["g"][0]["fields"];
  EXPECT_EQ(fields["goid"], Json::array({1}));
  EXPECT_TRUE(fields["param"].is_null());
  EXPECT_TRUE(fields.contains("a\xef\xbf\xbd"));
  const std::string text =
      written([&](std::ostream& out) { write_state_text(out, *guest, *guest->boot, 0); });
  EXPECT_NE(text.find("goid[0]"), std::string::npos);
  EXPECT_EQ(text.find("goid[1]"), std::string::npos);
}

TEST_F(Port, state_names_gs_and_spells_values_by_type) {
  poke(*guest->boot, field(*guest, kM0, "m", "locks"), 0xffffffff, 4);
  const Json s = state();
  EXPECT_EQ(s["tls_g"], "g2");
  EXPECT_EQ(s["current_m"], 0);
  ASSERT_EQ(s["g"].size(), 3U);
  EXPECT_EQ(s["g"][1]["name"], "g2");
  EXPECT_EQ(s["g"][2]["name"], "m0.g0");
  EXPECT_EQ(s["g"][1]["addr"], "0xc000000180");
  EXPECT_EQ(s["g"][1]["fields"]["atomicstatus"], 2);
  EXPECT_EQ(s["g"][1]["fields"]["sched.sp"], "0x0");
  EXPECT_EQ(s["g"][1]["fields"]["preempt"], false);
  EXPECT_EQ(s["g"][1]["fields"]["goid"], 2);
  EXPECT_EQ(s["m"][0]["fields"]["locks"], -1);
  EXPECT_EQ(s["m"][0]["fields"]["tls"][0], "0xc000000180");
  EXPECT_EQ(s["p"][0]["fields"]["runq"].size(), 256U);
  EXPECT_EQ(s["regs"]["rip"], "0x401163");
}

TEST_F(Port, state_shows_stacks_from_sp_up) {
  poke(*guest->boot, kStack2 + 2048 - 40, kGoexit + 1);
  const Json stacks = state()["stacks"];
  ASSERT_EQ(stacks.size(), 3U);
  EXPECT_EQ(stacks[1]["owner"], "g2");
  ASSERT_EQ(stacks[1]["words"].size(), 5U) << "the word below SP is not 0";
  EXPECT_EQ(stacks[1]["words"][0]["meaning"], "runtime.goexit+0x1");
  EXPECT_EQ(stacks[1]["sp"], "0xc000008fe0");
  EXPECT_TRUE(stacks[0]["words"].empty());
}

/// A forged record may claim any bounds: further apart than a signed number counts, they are no stack's.
TEST_F(Port, state_shows_no_stack_that_ends_beyond_what_a_process_has) {
  const Addr hi = field(*guest, kG2, "g", "stack.hi");
  poke(*guest->boot, hi, std::uint64_t{1} << 47);
  EXPECT_EQ(state()["stacks"].size(), 3U) << "the last stack that there can be";
  for (const std::uint64_t beyond : {(std::uint64_t{1} << 47) + 1, std::uint64_t{0xc3cdb6a200000000}}) {
    poke(*guest->boot, hi, beyond);
    const Json stacks = state()["stacks"];
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(stacks[0]["owner"], "g1");
    EXPECT_EQ(stacks[1]["owner"], "m0.g0");
  }
}

TEST_F(Port, state_text_marks_sp_and_leaves_zeros_out) {
  const std::string text =
      written([&](std::ostream& out) { write_state_text(out, *guest, *guest->boot, 7); });
  EXPECT_NE(text.find("small: state 7, m0 at runtime.gogo+0x23\n"), std::string::npos);
  EXPECT_NE(text.find("g2 at 0xc000000180, _Grunning\n"), std::string::npos);
  EXPECT_NE(text.find("  SP 0x000000c000008fe0"), std::string::npos);
  EXPECT_EQ(text.find("sched.lr"), std::string::npos);
}

TEST_F(Port, layout_json_lists_every_field) {
  const Json all =
      Json::parse(written([](std::ostream& out) { write_layout_json(out, release_named("1.16")->layout); }));
  EXPECT_EQ(all["go"], "1.16");
  for (const Json& s : all["structs"]) {
    EXPECT_EQ(s["fields"].size(),
              release_named("1.16")->layout.find(s["name"].get<std::string>())->fields.size());
  }
  const std::string text =
      written([](std::ostream& out) { write_layout_text(out, release_named("1.16")->layout); });
  EXPECT_NE(text.find("g: 376 bytes (0x178)\n"), std::string::npos);
}

TEST_F(Port, listing_of_a_guest_function_gives_its_lines) {
  const auto listing = listing_of(*guest, "runtime.gogo");
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->lines.size(), 3U);
  EXPECT_EQ(listing->lines[1].offset, 0x23U);
  EXPECT_EQ(listing->lines[1].text, "mov rsp, qword ptr [rbx]");
  EXPECT_FALSE(listing_of(*guest, "runtime.gobo"));
}

TEST_F(Port, one_listing_is_an_object_and_several_are_an_array) {
  const Listing one = *listing_of(*guest, "runtime.gogo");
  const Json object = Json::parse(written([&](std::ostream& out) { write_listing_json(out, {one}); }));
  EXPECT_EQ(object["symbol"], "runtime.gogo");
  EXPECT_EQ(object["size"], 87);
  EXPECT_EQ(object["lines"][1]["bytes"], "48 8b 23");
  EXPECT_TRUE(Json::parse(written([&](std::ostream& out) {
                write_listing_json(out, {one, one});
              })).is_array());
}

TEST(Listing, each_byte_is_in_exactly_one_line) {
  plan9::Object object;
  object.sources = {{"f.s", ""}};
  plan9::Symbol function;
  function.name = "main.f";
  function.offset = 32;
  function.size = 5;
  plan9::Symbol datum;
  datum.name = "main.d";
  datum.section = plan9::Section::data;
  object.symbols = {function, datum};
  object.lines = {{0, 1, plan9::LineKind::instruction, 0, 1, "NOP"},
                  {32, 4, plan9::LineKind::prologue, 0, 2, "TEXT ·f(SB), $16-0"},
                  {36, 1, plan9::LineKind::instruction, 0, 3, "RET"}};
  plan9::Linked linked;
  linked.text.resize(40);
  const std::uint8_t code[] = {0x48, 0x83, 0xec, 0x18, 0xc3};
  for (int i = 0; i < 5; ++i) linked.text[static_cast<std::size_t>(32 + i)] = static_cast<std::byte>(code[i]);
  const auto listings = listings_of(object, linked);
  ASSERT_EQ(listings.size(), 2U);
  ASSERT_EQ(listings[0].lines.size(), 2U);
  EXPECT_EQ(listings[0].lines[0].plan9, "(prologue)");
  EXPECT_EQ(listings[0].lines[0].text, "sub rsp, 0x18");
  EXPECT_EQ(listings[0].lines[1].offset, 4U);
  EXPECT_EQ(listings[0].lines[1].plan9, "RET");
}

TEST(Listing, shows_data_and_what_is_defined_elsewhere_by_name) {
  const plan9::Assembly assembly =
      plan9::assemble({{"f.s",
                        "TEXT ·f(SB), 4, $0\n\tCALL ·g(SB)\n\tMOVQ ·v+8(SB), AX\n\tMOVB $1, ·v(SB)\n\tRET\n"
                        "DATA ·d+0(SB)/4, $0x11223344\nDATA ·d+16(SB)/8, $·f(SB)\nGLOBL ·d(SB), 8, $26\n"}},
                      {});
  ASSERT_TRUE(assembly.object) << format(assembly.diagnostics.at(0));
  plan9::LinkOptions elsewhere;
  elsewhere.externs = {{"main.g", 0x401000}, {"main.v", 0x401000}};
  const auto listings = listings_of(*assembly.object, plan9::link(*assembly.object, elsewhere));
  std::ostringstream out;
  write_listing_text(out, listings);
  const auto column = [](const ListingLine& l) { return hex_bytes(l.bytes) + " | " + l.text; };
  ASSERT_EQ(listings.size(), 2U);
  EXPECT_EQ(column(listings[0].lines[0]), "e8 00 00 00 00 | call main.g");
  EXPECT_EQ(column(listings[0].lines[1]), "48 8b 05 00 00 00 00 | mov rax, qword ptr [rip + main.v+8]");
  EXPECT_EQ(column(listings[0].lines[2]), "c6 05 00 00 00 00 01 | mov byte ptr [rip + main.v], 1");
  ASSERT_EQ(listings[1].lines.size(), 2U);
  EXPECT_TRUE(listings[1].data);
  EXPECT_EQ(column(listings[1].lines[0]), "44 33 22 11 00 00 00 00 | (data)");
  EXPECT_EQ(listings[1].lines[1].offset, 16U);
  EXPECT_EQ(listings[1].lines[1].text, "main.f");
  EXPECT_NE(out.str().find("DATA main.d: 26 bytes\n"), std::string::npos) << out.str();
}

TEST(Listing, of_an_assembled_text_covers_every_byte_once) {
  plan9::Options options;
  const plan9::Assembly assembly = plan9::assemble(
      {{"f.s", "TEXT ·f(SB), $16-0\n\tMOVQ $1, AX\nloop:\n\tDECQ AX\n\tJNE loop\n\tCALL ·f(SB)\n\tRET\n"}},
      options);
  ASSERT_TRUE(assembly.object) << format(assembly.diagnostics.at(0));
  const auto listings = listings_of(*assembly.object, plan9::link(*assembly.object, {}));
  ASSERT_EQ(listings.size(), 1U);
  std::uint32_t next = 0;
  for (const ListingLine& l : listings[0].lines) {
    EXPECT_EQ(l.offset, next);
    next += static_cast<std::uint32_t>(l.bytes.size());
    EXPECT_NE(l.text, "(data)") << l.plan9;
  }
  EXPECT_EQ(next, listings[0].size);
  EXPECT_EQ(listings[0].lines.front().plan9, "(prologue)");
}

}  // namespace
}  // namespace gogoscope
