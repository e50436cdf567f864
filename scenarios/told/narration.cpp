#include "scenarios/told/narration.h"

#include "scenarios/format/yaml_tree.h"
#include "scenarios/told/builtin.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/narrated_step.h"
#include "scenarios/told/step_keys.h"

namespace gogoscope {
namespace {

/// Of a place at which different things are true at different times: the key of its second text.
constexpr std::string_view kElse = " else";

/// Single spaces, and none at the ends: what a word without a value leaves behind.
std::string one_spaced(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out.push_back(c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// A text without the newline that ends its block.
std::string text_of(const YamlNode& node) {
  std::string text = node.value;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

std::string_view narration_source(Language language) {
  return language == Language::zh ? builtin::narration_zh() : builtin::narration_en();
}

std::string_view claims_source() { return builtin::narration_claims(); }

std::vector<std::string_view> narration_placeholders() {
  return {"g",      "m",    "p",      "from", "to",   "op",    "queue",    "list",   "fd",    "shown",
          "signal", "code", "detail", "what", "name", "event", "function", "target", "where", "next",
          "clock",  "rax",  "rbx",    "rcx",  "rdx",  "rsi",   "rdi",      "rbp",    "rsp"};
}

Narration::Narration(Language language) : language_(language) {
  // A test holds all three files valid.
  Problems problems("narration", narration_source(language));
  if (const auto root = parse_yaml(narration_source(language), problems)) {
    for (const YamlEntry& entry : root->entries) texts_[entry.key.value] = text_of(entry.value);
  }
  Problems claim_problems("claims", claims_source());
  if (const auto root = parse_yaml(claims_source(), claim_problems)) {
    for (const YamlEntry& entry : root->entries) {
      for (const YamlNode& item : entry.value.items) claims_[entry.key.value].push_back(item.value);
    }
  }
}

const std::vector<std::string>& Narration::claims(std::string_view key) const {
  static const std::vector<std::string> kNone;
  const auto found = claims_.find(key);
  return found == claims_.end() ? kNone : found->second;
}

const std::string* Narration::text_that_holds(const std::string& key, const NarratedStep& step,
                                              const Event* event) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) return nullptr;
  for (const std::string& claim : claims(key)) {
    if (!step.holds(claim, event)) return nullptr;
  }
  return &found->second;
}

std::string Narration::event_meaning(const Event& event, const NarratedStep& step) const {
  for (const std::string& key : event_keys("event", event)) {
    if (const std::string* text = text_that_holds(key, step, &event)) {
      return fill(*text, [&](std::string_view word) { return step.word(word, &event); });
    }
  }
  return "";
}

std::string Narrated::joined(std::string_view pattern,
                             const std::map<std::string, std::string, std::less<>>& words) {
  return one_spaced(fill(pattern, [&](std::string_view word) {
    const auto found = words.find(word);
    return found == words.end() ? std::string() : found->second;
  }));
}

Narrated Narration::told(const Guest& guest, const StateView& before, const StateView& after,
                         const Step& step, const std::vector<Event>& events, StepNames names) const {
  const NarratedStep about(guest, before, after, step, events, language_, names);
  for (auto& [key, event] : step_keys(guest, after, step, events)) {
    const std::string* text = text_that_holds(key, about, event);
    if (text == nullptr) {
      key += kElse;
      text = text_that_holds(key, about, event);
    }
    if (text == nullptr) continue;
    Narrated told;
    told.pattern = *text;
    fill(*text, [&, event = event](std::string_view word) {
      std::string value = about.word(word, event);
      if (word == "event") {
        // Nothing where the step brought no event: the text then ends before it.
        value = " ";
        for (const Event& one : events) value += event_meaning(one, about) + " ";
      }
      told.words.insert_or_assign(std::string(word), value);
      return value;
    });
    told.sentence = Narrated::joined(told.pattern, told.words);
    told.key = std::move(key);
    return told;
  }
  return {};
}

}  // namespace gogoscope
