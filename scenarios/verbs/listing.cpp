// listing, layout: what stands still.
#include "emu/port/listing.h"

#include <fmt/format.h>

#include <iostream>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/port/layout.h"
#include "scenarios/format/input_file.h"
#include "scenarios/format/reader.h"
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

}  // namespace

bool is_assembly_file(const std::string& path) { return path.size() > 2 && path.ends_with(".s"); }

Diagnostics check_assembly(const std::string& path) {
  auto assembled = assemble_file(path);
  auto* const wrong = std::get_if<Diagnostics>(&assembled);
  return wrong == nullptr ? Diagnostics() : std::move(*wrong);
}

int listing(const std::string& what, const std::string& format, Language language) {
  if (is_assembly_file(what)) return list_file(what, format, language);
  const std::shared_ptr<const Guest> guest_of_lessons = lesson_guest();
  const Guest& guest = *guest_of_lessons;
  const std::string symbol = go_name(what);
  const std::optional<Listing> found = listing_of(guest, symbol);
  if (!found) {
    std::vector<std::string_view> known;
    for (const Function& function : guest.code.functions()) known.push_back(function.name);
    complain({{"no function {name}{hint}", "没有函数 {name}{hint}"},
              {{"name", in_quotes(what)}, {"hint", did_you_mean(symbol, known)}}},
             language);
    return kBadInput;
  }
  return write({*found}, format);
}

int layout(const std::string& release, const std::string& format, Language language) {
  const std::shared_ptr<const Release> found = release_named(release);
  if (found == nullptr) {
    complain({{"no layout of Go {release}; known: {known}", "没有 Go {release} 的布局；已知的有：{known}"},
              {{"release", in_quotes(release)},
               {"known", joined({release_names().begin(), release_names().end()})}}},
             language);
    return kBadInput;
  }
  if (format == "json") {
    write_layout_json(std::cout, found->layout);
  } else {
    write_layout_text(std::cout, found->layout);
  }
  return kOk;
}

}  // namespace gogoscope
