// Files of results are read, or refused with a sentence; what is read is written as it was read, by itself
// and joined with others.
#include "scenarios/results/json.h"
#include "scenarios/results/junit.h"
#include "scenarios/results/markdown.h"
#include "scenarios/results/merge.h"
#include "scenarios/results/tap.h"
#include "scenarios/results/text.h"
#include "tests/fuzz/claim.h"

namespace gogoscope::fuzz {
namespace {

void write_everything(const SuiteResult& suite) {
  for (const Language language : {Language::en, Language::zh}) {
    for (const std::string& out : {to_junit(suite, language), to_markdown(suite, language)}) {
      claim(out == valid_utf8(out), "what is written is valid UTF-8");
      claim(!out.empty(), "something is written");
    }
    claim(to_markdown(suite, language).size() <= 1'000'000, "a page has its bound");
    for (const CaseResult& one : suite.cases) failures_text(one.failures, language);
    counts_text(count(suite), language);
  }
  to_tap(suite);
}

void as_suite(std::string_view text, std::vector<NamedResults>& parts) {
  auto read = results_from_json(text);
  if (const auto* const why = std::get_if<Message>(&read)) return claim_message(*why);
  auto& suite = std::get<SuiteResult>(read);
  const std::string written = to_json(suite);
  const auto again = results_from_json(written);
  claim(again.index() == 0, "what is written can be read", written);
  claim(std::get<0>(again) == suite, "and is what was written", written);
  claim(to_json(std::get<0>(again)) == written, "with the same bytes", written);
  write_everything(suite);
  parts.push_back({"part " + std::to_string(parts.size()), std::move(suite)});
}

void as_case(std::string_view text) {
  const auto read = case_from_json(text);
  if (const auto* const why = std::get_if<Message>(&read)) return claim_message(*why);
  const std::string written = to_json_line(std::get<0>(read));
  claim(written.find('\n') == std::string::npos, "a case is one line", written);
  const auto again = case_from_json(written);
  claim(again.index() == 0 && std::get<0>(again) == std::get<0>(read), "a case is read as it was written",
        written);
}

}  // namespace
}  // namespace gogoscope::fuzz

/// Lines of "---" part the files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope;
  using namespace gogoscope::fuzz;
  std::string_view rest = as_text(data, size);
  as_case(rest);
  std::vector<NamedResults> parts;
  constexpr std::string_view kBetween = "\n---\n";
  while (true) {
    const std::size_t end = rest.find(kBetween);
    as_suite(rest.substr(0, end), parts);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + kBetween.size());
  }
  auto whole = merged(parts);
  if (const auto* const why = std::get_if<Message>(&whole)) {
    claim_message(*why);
    return 0;
  }
  std::size_t cases = 0;
  for (const NamedResults& part : parts) cases += part.results.cases.size();
  claim(std::get<0>(whole).cases.size() == cases, "no case is lost");
  std::vector<NamedResults> backwards(parts.rbegin(), parts.rend());
  const auto other_way = merged(backwards);
  claim(other_way.index() == 0 && std::get<0>(other_way) == std::get<0>(whole),
        "the order of parts does not matter");
  const NamedResults one{"whole", std::get<0>(whole)};
  const auto again = merged({&one, 1});
  claim(again.index() == 0 && std::get<0>(again) == std::get<0>(whole), "what is joined stays as it is");
  return 0;
}
