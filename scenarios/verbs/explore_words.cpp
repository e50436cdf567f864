#include "scenarios/verbs/explore_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "asm/text/output_file.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

Text counted(std::uint64_t n, std::string_view one, std::string_view many, std::string_view zh) {
  return {fmt::format("{} {}", n, n == 1 ? one : many), fmt::format("{} {}", n, zh)};
}

bool write_result(const std::string& path, const std::string& text, Language language) {
  if (path == "-") {
    std::cout << text << std::flush;
    return true;
  }
  const Message why = write_file(path, text);
  if (why.empty()) return true;
  complain({{"{path}: this file cannot be written: {why}", "{path}：无法写入这个文件：{why}"},
            {{"path", path}, {"why", why}}},
           language);
  return false;
}

bool save_scenario(const std::string& path, const std::optional<std::string>& text, Language language) {
  if (text) return write_result(path, *text, language);
  complain({{"the order cannot be put into this file: write each key at the start of a line",
             "无法把这个顺序写进文件：每个键都要写在行首"}},
           language);
  return false;
}

void print_failures(std::vector<CaseFailure> failures, bool saved, Language language) {
  // The file that was asked for runs in another order: opened, it would not show this.
  for (CaseFailure& one : failures) one.open.clear();
  std::cerr << failures_text(failures, language);
  if (!saved) {
    std::cerr << Message({"    to see it, write it to a file with --save and open that",
                          "    查看：用 --save 把它写入文件，再打开那个文件"})
                     .in(language)
              << "\n";
  }
}

void print_speed(const Text& counted, std::uint64_t n, double seconds, Language language) {
  const double rate = static_cast<double>(n) / std::max(seconds, 1e-9);
  std::cerr << Message({"{n} in {seconds} s: {rate} a second", "{seconds} 秒内 {n}：每秒 {rate} 个"},
                       {{"n", counted},
                        {"seconds", fmt::format("{:.1f}", seconds)},
                        {"rate", rate < 10 ? fmt::format("{:.1f}", rate)
                                           : fmt::format("{}", static_cast<std::uint64_t>(rate))}})
                   .in(language)
            << "\n";
}

}  // namespace gogoscope
