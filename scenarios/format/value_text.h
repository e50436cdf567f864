// A text with values in it: "it comes back to {g3.sched.sp}". What is in braces is an expression, filled in
// from a state; "{{" is a brace.
#pragma once

#include <string>
#include <vector>

#include "scenarios/format/expression.h"
#include "scenarios/format/file_mark.h"
#include "scenarios/format/yaml_tree.h"

namespace gogoscope {

/// In one language.
struct ValueText {
  struct Value {
    Sum sum;           ///< no terms: the number of the state
    std::string text;  ///< as written
    FileMark mark;
  };
  std::string source;              ///< as written
  std::vector<std::string> words;  ///< before, between and after the values: one more than those
  std::vector<Value> values;
};

struct ValueTexts {
  ValueText en, zh;
  bool empty() const { return en.source.empty() && zh.source.empty(); }
};

class SectionReader;
struct Called;

/// What the values may name.
struct ValueScope {
  const Layout& layout;
  const GoroutineNames& goroutines;
  bool of_step = false;  ///< it is about a step: `before.` is the moment before it
};

/// A mapping of both languages, which must have the same values in them. What is wrong is reported.
ValueTexts read_value_texts(const YamlNode& node, const Called& what, const ValueScope& scope,
                            SectionReader& reader);
/// A text that is the same in both languages.
ValueTexts read_plain_text(const YamlNode& node, const Called& what, const ValueScope& scope,
                           SectionReader& reader);

}  // namespace gogoscope
