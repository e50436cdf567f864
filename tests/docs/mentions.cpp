#include "tests/docs/mentions.h"

#include <filesystem>
#include <regex>

#include "emu/guest/guest.h"
#include "emu/layout/layout.h"
#include "emu/layout/release.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

using Words = std::set<std::string, std::less<>>;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void add_words(std::string_view text, Words& words) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_letter(text[i])) continue;
    if (i > start) words.emplace(text.substr(start, i - start));
    start = i + 1;
  }
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool is_product(std::string_view path) {
  return starts_with(path, "asm/") || starts_with(path, "emu/") || starts_with(path, "scenarios/") ||
         starts_with(path, "ui/");
}

bool is_document(const std::string& path) {
  const bool markdown = path.size() > 3 && path.compare(path.size() - 3, 3, ".md") == 0;
  return markdown && (starts_with(path, "docs/") || path.find('/') == std::string::npos);
}

void add_claims(const std::string& source, Words& claims) {
  static const std::regex test(R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  for (auto it = std::sregex_iterator(source.begin(), source.end(), test); it != std::sregex_iterator(); ++it)
    claims.insert((*it)[1].str() + "." + (*it)[2].str());
}

}  // namespace

Known known(const Guest& guest, const tree::SourceTree& tree) {
  Known all;
  for (const Function& function : guest.code.functions()) {
    all.guest.insert(function.name);
    add_words(function.name, all.guest);
  }
  for (const DataSymbol& symbol : guest.code.data()) {
    all.guest.insert(symbol.name);
    add_words(symbol.name, all.guest);
  }
  for (const SourceFile& file : guest.code.sources()) {
    for (const std::string& line : file.lines) add_words(line, all.guest);
  }
  for (const StructLayout& layout : guest.release->layout.structs()) {
    all.guest.insert(layout.name);
    for (const Field& field : layout.fields) add_words(field.name, all.guest);
  }
  for (const auto& [path, text] : tree) {
    if (is_product(path)) add_words(text, all.tree);
    if (starts_with(path, "tests/")) add_claims(text, all.claims);
    if (path == "docs/runtime-model.md") {
      for (const Row& row : table(text, "name")) add_words(row.at(0), all.guest);
    }
  }
  return all;
}

std::vector<std::string> unknown_mentions(std::string_view markdown, const Known& known) {
  static const std::regex go_symbol(R"((runtime|main)\.\w+)"), call(R"((\w+)\(\))"),
      member(R"((\w+)::(\w+))"), claim(R"([A-Z]\w*\.[a-z][a-z0-9]*_\w+)");
  std::vector<std::string> unknown;
  for (const std::string& span : code_spans(markdown)) {
    std::smatch match;
    bool exists = true;
    if (std::regex_match(span, go_symbol)) {
      exists = known.guest.count(span) != 0;
    } else if (std::regex_match(span, match, call)) {
      exists = known.tree.count(match[1].str()) != 0;
    } else if (std::regex_match(span, match, member)) {
      exists = known.tree.count(match[1].str()) != 0 && known.tree.count(match[2].str()) != 0;
    } else if (std::regex_match(span, claim)) {
      exists = known.claims.count(span) != 0;
    }
    if (!exists) unknown.push_back(span);
  }
  return unknown;
}

std::vector<std::string> unknown_words(std::string_view markdown, const Known& known) {
  static const std::regex word(R"([a-z]\w+)");
  std::vector<std::string> unknown;
  for (const std::string& span : code_spans(markdown)) {
    if (std::regex_match(span, word) && known.guest.count(span) == 0 && known.tree.count(span) == 0)
      unknown.push_back(span);
  }
  return unknown;
}

std::vector<std::string> broken_links(const tree::SourceTree& tree) {
  std::vector<std::string> broken;
  for (const auto& [path, text] : tree) {
    if (!is_document(path)) continue;
    for (std::string target : links(text)) {
      if (target.find("://") != std::string::npos || target.front() == '#') continue;
      target = target.substr(0, target.find('#'));
      const auto folder = std::filesystem::path(path).parent_path();
      std::string file = (folder / target).lexically_normal().generic_string();
      const auto found = tree.lower_bound(file);
      const bool is_folder = found != tree.end() && starts_with(found->first, file + "/");
      if (tree.count(file) == 0 && !is_folder) broken.push_back(path + ": " + target);
    }
  }
  return broken;
}

}  // namespace gogoscope::docs
