// functions, fields, schema: what an author of scenarios may write.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "asm/text/wrap.h"
#include "emu/port/jsonl_schema.h"
#include "emu/runtime/function.h"
#include "scenarios/reference/callable.h"
#include "scenarios/reference/names.h"
#include "scenarios/reference/schema.h"
#include "scenarios/told/builtin.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kWidth = 100;  // columns

bool is_real(const Callable& one, const Code& code) {
  const Function* const function = code.function(one.signature->name);
  return function != nullptr && function->kind == FunctionKind::real;
}

std::string listed(const std::vector<runtime::Param>& params) {
  std::string out;
  for (const runtime::Param& p : params)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", p.name, p.type);
  return out;
}

/// "func(gp *g, traceskip int)".
std::string go_signature(const runtime::Signature& s) {
  const std::string results = s.results.empty() ? "" : fmt::format(" ({})", listed(s.results));
  return fmt::format("func({}){}", listed(s.params), results);
}

Json places_json(const runtime::Signature& s, bool results) {
  Json out = Json::array();
  const auto& list = results ? s.results : s.params;
  for (std::size_t i = 0; i < list.size(); ++i) {
    out.push_back({{"name", list[i].name},
                   {"type", list[i].type},
                   {"offset", results ? s.result_offset(i) : s.param_offset(i)},
                   {"size", list[i].size}});
  }
  return out;
}

Json in_json(const Callable& one, const Code& code) {
  const runtime::Signature& s = *one.signature;
  return {{"name", s.name},
          {"call", fmt::format("CALL {}(SB)", runtime::assembler_name(s.name))},
          {"signature", go_signature(s)},
          {"real", is_real(one, code)},
          {"returns", s.returns},
          {"bytes", s.size()},
          {"arguments", places_json(s, false)},
          {"results", places_json(s, true)},
          {"about", {{"en", one.about.en}, {"zh", one.about.zh}}},
          {"example", one.example},
          {"scenario", example_scenario(one)}};
}

void print_indented(std::string_view text, int indent) {
  for (const std::string_view line : wrap(text, kWidth - indent)) {
    std::cout << std::string(static_cast<std::size_t>(indent), ' ') << line << "\n";
  }
}

void print_places(const runtime::Signature& s, bool results, TextView what, Language language) {
  const auto& list = results ? s.results : s.params;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const int offset = results ? s.result_offset(i) : s.param_offset(i);
    std::cout << fmt::format("  {:<8} {:>2}  {:<9} {} {}\n", fmt::format("{}(SP)", offset), list[i].size,
                             what.in(language), list[i].name, list[i].type);
  }
}

void print_whole(const Callable& one, const Code& code, Language language) {
  const runtime::Signature& s = *one.signature;
  const TextView kind = is_real(one, code) ? TextView{"real: the bytes of Go", "真实：Go 的字节"}
                                           : TextView{"modelled: Go's lines", "建模：Go 的代码行"};
  std::cout << fmt::format("CALL {}(SB)\n  {}\n  {}\n", runtime::assembler_name(s.name), go_signature(s),
                           kind.in(language));
  if (s.size() > 0) {
    const Message frame({"The caller's frame has at least {n} bytes for it: TEXT ..., ${n}-0",
                         "调用者的栈帧至少要为它留 {n} 字节：TEXT ..., ${n}-0"},
                        {{"n", s.size()}});
    std::cout << "  " << frame.in(language) << "\n";
  }
  print_places(s, false, {"argument", "参数"}, language);
  print_places(s, true, {"result", "结果"}, language);
  std::cout << "\n";
  print_indented(one.about.in(language), 2);
  std::cout << "\n" << TextView{"Example:", "示例："}.in(language) << "\n\n" << one.example;
  if (!one.ends.empty())
    std::cout << "\n# " << TextView{"and it expects", "它期望"}.in(language) << "\n" << one.ends << "\n";
}

std::string releases(const Nameable& one) {
  std::string go;
  for (const std::string& release : one.go) go += (go.empty() ? "" : ", ") + release;
  return go;
}

}  // namespace

int functions(const FunctionsOptions& options, Language language) {
  const std::shared_ptr<const Guest> guest = lesson_guest();
  std::vector<const Callable*> chosen;
  for (const Callable& one : callables()) chosen.push_back(&one);
  if (!options.name.empty()) {
    const Callable* const found = callable(options.name);
    if (found == nullptr) {
      const std::string name = go_name(options.name);
      if (guest->code.function(name) != nullptr) {
        complain(Message({"{name} is not called by tasks: it is the scheduler's own; `gogoscope listing "
                          "{name}` shows it",
                          "任务不调用 {name}：它属于调度器自己；`gogoscope listing {name}` 显示它"},
                         {{"name", name}}),
                 language);
        return kBadInput;
      }
      std::vector<std::string_view> known;
      for (const Callable& one : callables()) known.push_back(one.signature->name);
      complain(Message({"no function {name}{hint}", "没有函数 {name}{hint}"},
                       {{"name", in_quotes(options.name)},
                        {"hint", did_you_mean(name.find('.') == std::string::npos ? "runtime." + name : name,
                                              known)}}),
               language);
      return kBadInput;
    }
    chosen = {found};
  }
  if (options.format == "json") {
    Json all = Json::array();
    for (const Callable* const one : chosen) all.push_back(in_json(*one, guest->code));
    std::cout << Json{{"go", guest->release->name()}, {"functions", std::move(all)}}.dump(1) << "\n";
    return kOk;
  }
  if (!options.name.empty()) {
    print_whole(*chosen.front(), guest->code, language);
    return kOk;
  }
  const TextView intro{
      "What a task may CALL. Arguments lie on the stack, the first at 0(SP), results after them; no register "
      "but SP "
      "and BP survives a call. `gogoscope functions NAME` shows where each lies, and an example.",
      "任务可以 CALL 的函数。参数在栈上，第一个在 0(SP)，结果在它们之后；除 SP 和 BP "
      "外没有寄存器在调用后保持不变。"
      "`gogoscope functions NAME` 显示它们各自的位置和一个示例。"};
  for (const std::string_view line : wrap(intro.in(language), kWidth)) std::cout << line << "\n";
  for (const Callable* const one : chosen) {
    const runtime::Signature& s = *one->signature;
    std::cout << fmt::format("\n{}  {}\n", runtime::assembler_name(s.name), go_signature(s));
    print_indented(one->about.in(language), 4);
  }
  return kOk;
}

int fields(const FieldsOptions& options, Language language) {
  const std::shared_ptr<const Guest> guest = lesson_guest();
  const std::vector<Nameable> found = nameables(guest->code, options.prefix);
  if (found.empty()) {
    std::vector<Nameable> all =
        nameables(guest->code, options.prefix.substr(0, options.prefix.find('.') + 1));
    if (all.empty()) all = nameables(guest->code);
    std::vector<std::string_view> known;
    for (const Nameable& one : all) known.push_back(one.name);
    complain(Message({"no name begins with {prefix}{hint}", "没有以 {prefix} 开头的名字{hint}"},
                     {{"prefix", in_quotes(options.prefix)}, {"hint", did_you_mean(options.prefix, known)}}),
             language);
    return kBadInput;
  }
  if (options.format == "json") {
    Json all = Json::array();
    for (const Nameable& one : found) {
      Json row{{"name", one.name},
               {"kind", name(one.kind)},
               {"type", one.type},
               {"size", one.size},
               {"go", one.go}};
      if (!one.words.empty()) row["words"] = one.words;
      if (!one.about.en.empty()) row["about"] = {{"en", one.about.en}, {"zh", one.about.zh}};
      all.push_back(std::move(row));
    }
    std::cout << Json{{"names", std::move(all)}}.dump(1) << "\n";
    return kOk;
  }
  for (const Nameable& one : found) {
    std::string more(one.about.in(language));
    for (const std::string& word : one.words) more += (more.empty() ? "" : ", ") + word;
    const std::string row = fmt::format("{:<34} {:<8} {:<16} {:>6}  {:<5} {}", column_text(one.name),
                                        name(one.kind), one.type, one.size, releases(one), more);
    std::cout << trimmed(row) << "\n";
  }
  return kOk;
}

int schema(std::string_view what, Language language) {
  if (what == "results") {
    std::cout << builtin::results_schema();
  } else if (what == "answers") {
    write_answers_schema(std::cout, language);
  } else if (what == "trace") {
    write_jsonl_schema(std::cout);
  } else {
    write_scenario_schema(std::cout, language);
  }
  return kOk;
}

}  // namespace gogoscope
