#include "scenarios/results/junit.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "scenarios/results/text.h"

namespace gogoscope {
namespace {

/// XML has no way to write U+FFFE and U+FFFF; all else that it lacks is a control character.
std::string xml_text(std::string text) {
  for (const char* none : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
    for (std::size_t at = text.find(none); at != std::string::npos; at = text.find(none, at))
      text.replace(at, 3, "\xef\xbf\xbd");
  }
  return text;
}

/// What results are grouped by.
std::string folder_of(const CaseResult& one) {
  if (!one.student.empty()) return one.student;
  const std::string& file = one.file;
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : file.substr(0, slash);
}

class Writer {
 public:
  Writer(const SuiteResult& suite, Language language) : language_(language) {
    pugi::xml_node declaration = document_.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    pugi::xml_node root = document_.append_child("testsuites");
    set(root, "name", "gogoscope");
    counts(root, suite, false);
    for (std::size_t i = 0; i < suite.cases.size();) {
      SuiteResult folder;
      const std::string name = folder_of(suite.cases[i]);
      for (; i < suite.cases.size() && folder_of(suite.cases[i]) == name; ++i)
        folder.cases.push_back(suite.cases[i]);
      add(root, name, folder);
    }
  }

  std::string text() const {
    std::ostringstream out;
    document_.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return out.str();
  }

 private:
  static void set(pugi::xml_node node, const char* name, const std::string& value) {
    node.append_attribute(name) = xml_text(value).c_str();
  }

  static void counts(pugi::xml_node node, const SuiteResult& suite, bool with_skipped) {
    const Counts n = count(suite);
    set(node, "tests", std::to_string(suite.cases.size()));
    set(node, "failures", std::to_string(n.failed));
    set(node, "errors", std::to_string(n.broken));
    if (with_skipped) set(node, "skipped", std::to_string(n.skipped));
    double seconds = 0;
    bool timed = false;
    for (const CaseResult& one : suite.cases) {
      timed = timed || one.seconds;
      seconds += one.seconds.value_or(0);
    }
    if (timed) set(node, "time", fmt::format("{:.3f}", seconds));
  }

  void add(pugi::xml_node root, const std::string& name, const SuiteResult& folder) {
    pugi::xml_node node = root.append_child("testsuite");
    set(node, "name", name);
    counts(node, folder, true);
    for (const CaseResult& one : folder.cases) add(node, one);
  }

  void add(pugi::xml_node suite, const CaseResult& one) {
    pugi::xml_node node = suite.append_child("testcase");
    set(node, "classname", one.file);
    set(node, "name", one.name);
    if (one.seconds) set(node, "time", fmt::format("{:.3f}", *one.seconds));
    if (one.verdict == CaseVerdict::passed) return;
    if (one.verdict == CaseVerdict::skipped) {
      set(node.append_child("skipped"), "message", "not run");
      return;
    }
    pugi::xml_node what = node.append_child(one.verdict == CaseVerdict::failed ? "failure" : "error");
    if (one.failures.empty()) return;
    const CaseFailure& first = one.failures.front();
    set(what, "type", first.key.empty() ? std::string(gogoscope::name(one.verdict)) : first.key);
    set(what, "message", first.message);
    what.append_child(pugi::node_pcdata)
        .set_value(xml_text("\n" + failures_text(one.failures, language_)).c_str());
  }

  pugi::xml_document document_;
  Language language_;
};

}  // namespace

std::string to_junit(const SuiteResult& suite, Language language) { return Writer(suite, language).text(); }

}  // namespace gogoscope
