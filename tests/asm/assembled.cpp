#include "tests/asm/assembled.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace plan9::test {
namespace {

std::vector<std::string> cells(const Object& object) {
  std::vector<std::string> out;
  for (const std::byte b : object.text) {
    char hex[4];
    std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned>(b));
    out.emplace_back(hex);
  }
  for (const Relocation& r : object.relocations) {
    if (r.section != Section::text) continue;
    for (unsigned n = 0; n < 4; ++n) out[r.offset + n] = "??";
  }
  return out;
}

}  // namespace

Constants go_1_16() {
  return {{"gobuf_sp", 0},   {"gobuf_pc", 8},  {"gobuf_g", 16}, {"gobuf_ctxt", 24}, {"gobuf_ret", 32},
          {"gobuf_lr", 40},  {"gobuf_bp", 48}, {"g_sched", 56}, {"g_m", 48},        {"m_g0", 0},
          {"m_gsignal", 80}, {"m_curg", 192},  {"m_morebuf", 8}};
}

Options options() {
  Options o;
  o.constants = go_1_16();
  return o;
}

std::string read_file(const std::string& name) {
  std::ifstream file(std::string(GOGOSCOPE_TESTS) + "/" + name);
  EXPECT_TRUE(file.good()) << name << " is missing";
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Object assembled(std::string_view text, StackCheck::G g) {
  Options o = options();
  o.stack_check.g = g;
  Assembly a = assemble({{"test.s", std::string(text)}}, o);
  for (const Diagnostic& d : a.diagnostics) ADD_FAILURE() << format(d);
  return a.object ? std::move(*a.object) : Object{};
}

std::string errors(std::string_view text) {
  const Assembly a = assemble({{"test.s", std::string(text)}}, options());
  EXPECT_EQ(a.object.has_value(), a.diagnostics.empty());
  std::string out;
  for (const Diagnostic& d : a.diagnostics) out += format(d);
  return out;
}

std::string bytes_of(std::string_view body) {
  const Object object = assembled("TEXT f(SB), NOSPLIT, $0\n" + std::string(body) + "\n");
  return object.symbols.empty() ? "" : bytes_of_function(object, "f");
}

std::map<int, std::string> bytes_by_line(const Object& object) {
  const std::vector<std::string> all = cells(object);
  std::map<int, std::string> out;
  for (const Line& line : object.lines) {
    std::string& bytes = out[static_cast<int>(line.line)];
    for (unsigned n = 0; n < line.size; ++n) bytes += (bytes.empty() ? "" : " ") + all[line.offset + n];
  }
  return out;
}

std::string bytes_of_function(const Object& object, std::string_view name) {
  const Symbol* symbol = find_symbol(object, name);
  if (symbol == nullptr) return "no symbol";
  const std::vector<std::string> all = cells(object);
  std::string out;
  for (std::uint32_t n = 0; n < symbol->size; ++n) out += (n == 0 ? "" : " ") + all[symbol->offset + n];
  return out;
}

const Symbol* find_symbol(const Object& object, std::string_view name) {
  for (const Symbol& s : object.symbols) {
    if (s.name == name) return &s;
  }
  return nullptr;
}

}  // namespace plan9::test
