#include "scenarios/told/glossary.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "scenarios/format/yaml_tree.h"
#include "scenarios/told/builtin.h"

namespace gogoscope {
namespace {

std::string value_of(const YamlNode& node, std::string_view key) {
  const YamlNode* const found = node.find(key);
  return found == nullptr ? std::string() : found->value;
}

Text text_of(const YamlNode* node) {
  return node == nullptr ? Text{} : Text{value_of(*node, "en"), value_of(*node, "zh")};
}

/// Chinese puts no space where a line of the file ends.
std::string without_folds(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fold = text[i] == ' ' && i > 0 && i + 1 < text.size() &&
                      static_cast<unsigned char>(text[i - 1]) >= 0x80 &&
                      static_cast<unsigned char>(text[i + 1]) >= 0x80;
    if (!fold) out += text[i];
  }
  return out;
}

std::vector<std::string> list_of(const YamlNode* node) {
  std::vector<std::string> out;
  if (node == nullptr) return out;
  for (const YamlNode& item : node->items) out.push_back(item.value);
  return out;
}

std::vector<GlossaryEntry> read() {
  Problems problems("glossary.yaml", builtin::glossary());
  const std::optional<YamlNode> root = parse_yaml(builtin::glossary(), problems);
  if (!root || !problems.empty()) throw std::logic_error("told/glossary.yaml cannot be read");
  std::vector<GlossaryEntry> out;
  Text section;
  for (const YamlNode& item : root->items) {
    if (const YamlNode* const heading = item.find("section")) {
      section = text_of(heading);
      continue;
    }
    GlossaryEntry entry;
    entry.section = section;
    entry.term = text_of(item.find("term"));
    if (const YamlNode* const also = item.find("also")) {
      entry.also_en = list_of(also->find("en"));
      entry.also_zh = list_of(also->find("zh"));
    }
    entry.text = text_of(item.find("text"));
    entry.text.zh = without_folds(entry.text.zh);
    entry.see = list_of(item.find("see"));
    out.push_back(std::move(entry));
  }
  return out;
}

/// The term and its other forms.
template <class Visit>
void each_form(const GlossaryEntry& entry, Language language, Visit visit) {
  visit(entry.term.in(language));
  for (const std::string& form : entry.also(language)) visit(form);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

/// Whether the character is part of an identifier, or joins two of them.
bool goes_on(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool joins(std::string_view text, std::size_t joint, std::size_t beyond) {
  return joint < text.size() && (text[joint] == '.' || text[joint] == '+' || text[joint] == '-') &&
         beyond < text.size() && goes_on(text[beyond]);
}

/// Whether the form stands by itself there.
bool is_whole(std::string_view text, std::size_t at, std::size_t size) {
  const std::size_t end = at + size;
  if (goes_on(text[at])) {
    if (at > 0 && (goes_on(text[at - 1]) || text[at - 1] == '%')) return false;
    if (at > 1 && joins(text, at - 1, at - 2)) return false;
  }
  if (!goes_on(text[end - 1])) return true;
  return (end >= text.size() || !goes_on(text[end])) && !joins(text, end, end + 1);
}

}  // namespace

const std::vector<GlossaryEntry>& glossary() {
  static const std::vector<GlossaryEntry> all = read();
  return all;
}

const GlossaryEntry* glossary_entry(std::string_view word) {
  const GlossaryEntry* but_for_case = nullptr;
  for (const GlossaryEntry& entry : glossary()) {
    bool exact = false;
    for (const Language language : {Language::en, Language::zh}) {
      each_form(entry, language, [&](std::string_view form) {
        exact = exact || form == word;
        if (but_for_case == nullptr && lower(form) == lower(word)) but_for_case = &entry;
      });
    }
    if (exact) return &entry;
  }
  return but_for_case;
}

std::vector<Mention> mentions(std::string_view text, Language language) {
  std::vector<Mention> out;
  for (std::size_t at = 0; at < text.size();) {
    Mention longest;
    for (const GlossaryEntry& entry : glossary()) {
      each_form(entry, language, [&](std::string_view form) {
        if (form.size() > longest.size && text.substr(at).starts_with(form) &&
            is_whole(text, at, form.size()))
          longest = {at, form.size(), &entry};
      });
    }
    if (longest.entry == nullptr) {
      ++at;
      continue;
    }
    at += longest.size;
    const bool again = std::ranges::any_of(out, [&](const Mention& m) { return m.entry == longest.entry; });
    if (!again) out.push_back(longest);
  }
  return out;
}

std::string glossary_page(Language language) {
  const bool zh = language == Language::zh;
  std::string out = zh ? "# 词汇表\n\n[English](glossary.md)\n\n调度器的词汇，每个词一条，以 linux/amd64 "
                         "上的 Go 1.16 为准。"
                         "在终端里，`gogoscope --lang zh glossary 词` 显示其中一条。\n"
                       : "# Glossary\n\n[中文](glossary.zh.md)\n\nThe words of the scheduler, one entry "
                         "each, as of Go 1.16 "
                         "on linux/amd64. In a terminal, `gogoscope glossary TERM` shows one of them.\n";
  std::string section;
  for (const GlossaryEntry& entry : glossary()) {
    if (entry.section.in(language) != section) {
      section = entry.section.in(language);
      out += fmt::format("\n## {}\n", section);
    }
    out += fmt::format("\n**{}**", entry.term.in(language));
    for (const std::string& form : entry.also(language)) out += fmt::format(", {}", form);
    out += fmt::format("{}{}", zh ? "：" : ": ", entry.text.in(language));
    std::string see;
    for (const std::string& other : entry.see) {
      const GlossaryEntry* const found = glossary_entry(other);
      if (found == nullptr) continue;
      see += fmt::format("{}{}", see.empty() ? "" : zh ? "、" : ", ", found->term.in(language));
    }
    if (!see.empty()) out += (zh ? "（另见 " : " (See ") + see + (zh ? "。）" : ".)");
    out += "\n";
  }
  return out;
}

}  // namespace gogoscope
