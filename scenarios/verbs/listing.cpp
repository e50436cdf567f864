// listing, layout: what stands still.
#include "emu/port/listing.h"

#include <fmt/format.h>

#include <iostream>

#include "asm/text/input_file.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/port/layout.h"
#include "emu/port/program_listing.h"
#include "scenarios/format/reader.h"
#include "scenarios/go/go_program.h"
#include "scenarios/reference/callable.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

int write(const std::vector<Listing>& listings, const std::string& format) {
  if (format == "json") {
    write_listing_json(std::cout, listings);
  } else {
    write_listing_text(std::cout, listings);
  }
  return kOk;
}

/// Assembled and linked. A file need not be a whole program: what it refers to and does not define counts as
/// being at 0.
struct LinkedFile {
  plan9::Object object;
  plan9::Linked linked;
};

Diagnostics unreadable(const std::string& path, const Message& why) {
  Diagnostic d;
  d.file = path;
  d.line = d.column = 1;
  d.message = {{"this file cannot be read: {why}", "无法读取这个文件：{why}"}, {{"why", why}}};
  return {d};
}

std::variant<LinkedFile, Diagnostics> assemble_file(const std::string& path) {
  auto read = read_input(path, kMaxScenarioBytes);
  if (const auto* const why = std::get_if<Message>(&read)) return unreadable(path, *why);
  const std::string& text = std::get<std::string>(read);
  if (text.size() > kMaxScenarioBytes) {
    return unreadable(path, {{"a listing has at most 1 MB", "一份清单最多 1 MB"}});
  }
  plan9::Options options = assembler_options(default_lesson_release());
  options.include = own_folder_includes(path);
  plan9::Assembly assembly = plan9::assemble({{path, text}}, options);
  if (!assembly.object) return std::move(assembly.diagnostics);
  plan9::LinkOptions link_options;
  link_options.data_base = 0x4c0000;
  for (const plan9::Relocation& relocation : assembly.object->relocations) {
    if (!relocation.target) link_options.externs[relocation.symbol] = link_options.text_base;
  }
  for (const plan9::Symbol& symbol : assembly.object->symbols) link_options.externs.erase(symbol.name);
  plan9::Linked linked = plan9::link(*assembly.object, link_options);
  if (!linked.diagnostics.empty()) return std::move(linked.diagnostics);
  return LinkedFile{std::move(*assembly.object), std::move(linked)};
}

int list_file(const std::string& path, const std::string& format, Language language) {
  const auto assembled = assemble_file(path);
  if (const auto* const wrong = std::get_if<Diagnostics>(&assembled)) {
    print_diagnostics(*wrong, language);
    return kBadInput;
  }
  const auto& file = std::get<LinkedFile>(assembled);
  return write(listings_of(file.object, file.linked), format);
}

Message no_function(const std::string& what, const std::string& symbol,
                    const std::vector<Function>& functions) {
  std::vector<std::string_view> known;
  for (const Function& function : functions) known.push_back(function.name);
  return {{"no function {name}{hint}", "没有函数 {name}{hint}"},
          {{"name", in_quotes(what)}, {"hint", did_you_mean(symbol, known)}}};
}

int list_program(const ListingOptions& options, Language language) {
  const std::optional<Binary> binary = go_program_or_complain(options.what, language);
  if (!binary) return kBadInput;
  std::vector<ProgramListing> listings;
  for (const Function& f : binary->functions) {
    // Of two names the one of assembly ends in ".abi0"; people leave that out.
    const bool wanted = options.function.empty()
                            ? f.name.starts_with("main.")
                            : f.name == options.function || f.name == options.function + ".abi0";
    if (wanted) listings.push_back(listing_of(*binary, f));
  }
  if (listings.empty()) {
    const std::string missing = options.function.empty() ? "main.main" : options.function;
    complain(no_function(missing, missing, binary->functions), language);
    return kBadInput;
  }
  if (options.format == "json") {
    write_program_listing_json(std::cout, *binary, listings, go_source_lines);
  } else {
    write_program_listing_text(std::cout, *binary, listings, go_source_lines);
  }
  return kOk;
}

int lay_out_program(const LayoutOptions& options, Language language) {
  const std::optional<Binary> binary = go_program_or_complain(options.program, language);
  if (!binary) return kBadInput;
  const Layout& lesson = release_named(kDefaultRelease)->layout;
  const std::vector<Applicable> invariants = applicable_invariants(*release_of(*binary));
  if (options.format == "json") {
    write_layout_beside_json(std::cout, binary->layout, lesson, invariants);
  } else {
    write_layout_beside_text(std::cout, binary->layout, lesson, invariants);
  }
  return kOk;
}

}  // namespace

std::optional<Binary> go_program_or_complain(const std::string& path, Language language) {
  auto opened = open_go_program(path);
  if (auto* const binary = std::get_if<Binary>(&opened)) return std::move(*binary);
  const NoProgram& no = std::get<NoProgram>(opened);
  if (!no.printed.empty()) std::cerr << no.printed << (no.printed.ends_with('\n') ? "" : "\n");
  complain({{"{path}: {why}", "{path}：{why}"}, {{"path", printable(path)}, {"why", no.why}}}, language);
  return std::nullopt;
}

bool is_assembly_file(const std::string& path) { return path.size() > 2 && path.ends_with(".s"); }

Diagnostics check_assembly(const std::string& path) {
  auto assembled = assemble_file(path);
  auto* const wrong = std::get_if<Diagnostics>(&assembled);
  return wrong == nullptr ? Diagnostics() : std::move(*wrong);
}

int listing(const ListingOptions& options, Language language) {
  const std::string& what = options.what;
  if (!options.function.empty() || names_program(what)) return list_program(options, language);
  if (is_assembly_file(what)) return list_file(what, options.format, language);
  const std::shared_ptr<const Guest> guest_of_lessons = lesson_guest();
  const Guest& guest = *guest_of_lessons;
  const std::string symbol = go_name(what);
  const std::optional<Listing> found = listing_of(guest, symbol);
  if (!found) {
    complain(no_function(what, symbol, guest.code.functions()), language);
    return kBadInput;
  }
  return write({*found}, options.format);
}

int layout(const LayoutOptions& options, Language language) {
  if (!options.program.empty()) return lay_out_program(options, language);
  const std::shared_ptr<const Release> found = release_named(options.release);
  if (found == nullptr) {
    complain({{"no layout of Go {release}; known: {known}", "没有 Go {release} 的布局；已知的有：{known}"},
              {{"release", in_quotes(options.release)},
               {"known", joined({release_names().begin(), release_names().end()})}}},
             language);
    return kBadInput;
  }
  if (options.format == "json") {
    write_layout_json(std::cout, found->layout);
  } else {
    write_layout_text(std::cout, found->layout);
  }
  return kOk;
}

}  // namespace gogoscope
