#include "scenarios/page/head.h"

#include <fmt/format.h>

#include <charconv>

#include "scenarios/page/base64.h"
#include "scenarios/page/html.h"
#include "scenarios/page/player_files.h"

namespace gogoscope {
namespace {

/// 'sha256-...': how a policy names a script or a style that is in the page itself.
std::string policy_hash(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned byte = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
    bytes.push_back(static_cast<char>(byte));
  }
  return "'sha256-" + base64(bytes) + "'";
}

/// Nothing may be fetched, and nothing may run but what is named.
std::string policy(std::string_view script) {
  return fmt::format(
      "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'; "
      "require-trusted-types-for 'script'; trusted-types 'none'",
      script.empty() ? "'none'" : policy_hash(script), policy_hash(page_files::style_hash()));
}

}  // namespace

std::string page_head(const std::string& title, Language language, std::string_view script) {
  std::string out = fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
                                language == Language::zh ? "zh-CN" : "en");
  out += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy(script));
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<meta name=\"generator\" content=\"gogoscope " GOGOSCOPE_VERSION "\">\n";
  out += "<meta name=\"color-scheme\" content=\"dark light\">\n<link rel=\"icon\" href=\"data:,\">\n";
  out += fmt::format("<title>{}</title>\n<style>", escaped_html(title));
  return out.append(page_files::style()).append("</style>\n</head>\n");
}

}  // namespace gogoscope
