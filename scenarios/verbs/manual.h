// What shells and the manual say of the command line, made of the table of verbs itself, so that they have
// every verb and every option that there is.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace gogoscope {

/// A script that completes verbs, options, their words, files and the names of shipped scenarios.
std::string bash_completion(const CLI::App& app);
std::string zsh_completion(const CLI::App& app);
std::string fish_completion(const CLI::App& app);

/// The manual page, gogoscope(1), in man(7)'s macros.
std::string manual_page(const CLI::App& app);

}  // namespace gogoscope
