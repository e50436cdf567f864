#include "ui/palette.h"

#include "ui/text.h"

namespace gogoscope {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::variant<Command, std::string> parse_command(std::string_view text, Language language) {
  text = trimmed(text);
  const std::size_t space = text.find(' ');
  const std::string_view name = text.substr(0, space);
  const std::string_view argument = space == std::string_view::npos ? "" : trimmed(text.substr(space));
  const CommandInfo* command = command_by_name(name);
  if (command == nullptr) {
    return std::string(gogoscope::text(Phrase::unknown_command, language)) + " " + std::string(name);
  }
  if (command->argument != ArgumentKind::none && argument.empty()) {
    return std::string(name) + " " + std::string(gogoscope::text(Phrase::command_needs, language));
  }
  return Command{command->id, std::string(argument)};
}

}  // namespace gogoscope
