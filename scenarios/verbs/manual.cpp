#include "scenarios/verbs/manual.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

namespace gogoscope {
namespace {

/// An option or an argument, as a reader of the manual sees it.
struct Parameter {
  std::vector<std::string> names;  ///< "-j", "--jobs"; of one without a dash its name
  std::string value;               ///< "FILE"; empty: it takes none
  std::vector<std::string> words;  ///< the values that there are, if they are known
  std::string about;
  bool positional = false, required = false, many = false;

  /// Whether it is a file, or could be one.
  bool is_file() const {
    return value.find("FILE") != std::string::npos || value == "PATH" || value == "DIR";
  }
  bool is_scenario() const { return positional && (value == "FILE" || value == "PATH"); }
};

struct Verb {
  std::string name, about, footer;
  std::vector<Parameter> arguments;
};

/// "TEXT:{en,zh}" has the value TEXT and the words en and zh.
void take_type(const std::string& type, Parameter& out) {
  out.value = type.substr(0, type.find_first_of(": "));
  const std::size_t open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return;
  std::string word;
  for (const char c : type.substr(open + 1, close - open - 1)) {
    if (c != ',') {
      word += c;
    } else {
      out.words.push_back(std::move(word));
      word.clear();
    }
  }
  out.words.push_back(word);
}

std::vector<Parameter> arguments_of(const CLI::App& app) {
  std::vector<Parameter> out;
  for (const CLI::Option* const option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    Parameter one;
    one.positional = option->get_positional() && !option->nonpositional();
    if (one.positional) {
      one.names = {option->get_name(true)};
    } else {
      for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
      for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    }
    if (option->get_items_expected_max() > 0) take_type(option->get_type_name(), one);
    one.about = option->get_description();
    one.required = option->get_required();
    one.many = option->get_expected_max() > 1;
    out.push_back(std::move(one));
  }
  return out;
}

Verb verb_of(const CLI::App& app) {
  return {app.get_name(), app.get_description(), app.get_footer(), arguments_of(app)};
}

std::vector<Verb> verbs_of(const CLI::App& app) {
  std::vector<Verb> out;
  for (const CLI::App* const one : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!one->get_group().empty()) out.push_back(verb_of(*one));
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string names_of(const std::vector<Verb>& verbs, std::string_view between) {
  std::vector<std::string> names;
  for (const Verb& verb : verbs) names.push_back(verb.name);
  return joined(names, between);
}

/// In single quotes of a shell.
std::string in_single_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// What comes after `verb` in a bash completion, one case each.
std::string bash_values(const Verb& verb) {
  std::string out;
  for (const Parameter& one : verb.arguments) {
    if (one.positional || one.value.empty()) continue;
    std::vector<std::string> cases;
    for (const std::string& name : one.names) cases.push_back(verb.name + ":" + name);
    const std::string words = one.words.empty() ? ""
                                                : fmt::format("compgen -W {} -- \"$cur\"",
                                                              in_single_quotes(joined(one.words, " ")));
    const std::string values = !words.empty() ? words : one.is_file() ? "compgen -f -- \"$cur\"" : "";
    out += fmt::format("    {}) ", joined(cases, " | "));
    out += values.empty() ? "return ;;\n" : fmt::format("mapfile -t COMPREPLY < <({}); return ;;\n", values);
  }
  return out;
}

/// Escapes what roff would read: backslashes, and a dot or a quote at the start of a line. Hyphens of options
/// are minus signs, so that they can be copied.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.empty() || out.back() == '\n') {
      if (c == '.' || c == '\'') out += "\\&";
    }
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string shown(const Parameter& one) {
  std::string out;
  for (const std::string& name : one.names)
    out += fmt::format("{}\\fB{}\\fR", out.empty() ? "" : ", ", roff(name));
  const std::string value = one.words.empty() ? one.value : joined(one.words, "|");
  if (!one.positional && !value.empty()) out += fmt::format(" \\fI{}\\fR", roff(value));
  return out;
}

std::string usage_of(const Verb& verb) {
  std::string out = verb.name.empty() ? "" : " " + roff(verb.name);
  for (const Parameter& one : verb.arguments) {
    if (!one.positional) continue;
    const std::string name = fmt::format("\\fI{}\\fR{}", roff(one.value), one.many ? " ..." : "");
    out += one.required ? " " + name : " [" + name + "]";
  }
  return out + " [\\fIOPTIONS\\fR]";
}

std::string options_of(const Verb& verb) {
  std::string out;
  for (const Parameter& one : verb.arguments) {
    if (one.positional || one.names.back() == "--help") continue;
    out += fmt::format(".TP\n{}\n{}\n", shown(one), roff(one.about));
  }
  return out;
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  const std::vector<Verb> verbs = verbs_of(app);
  Verb window = verb_of(app);
  window.name.clear();
  std::string values = bash_values(window), options;
  const auto add = [&](const Verb& verb) {
    std::vector<std::string> names;
    bool scenarios = false;
    for (const Parameter& one : verb.arguments) {
      scenarios = scenarios || one.is_scenario();
      if (!one.positional) names.insert(names.end(), one.names.begin(), one.names.end());
    }
    std::vector<std::string> words;
    for (const Parameter& one : verb.arguments) {
      if (one.positional) words.insert(words.end(), one.words.begin(), one.words.end());
    }
    options += fmt::format("    {}) options={}; words={}; scenarios={} ;;\n", in_single_quotes(verb.name),
                           in_single_quotes(joined(names, " ")),
                           in_single_quotes(verb.name.empty() ? names_of(verbs, " ") : joined(words, " ")),
                           scenarios ? 1 : 0);
  };
  add(window);
  for (const Verb& verb : verbs) {
    values += bash_values(verb);
    add(verb);
  }
  return fmt::format(R"sh(# Completes gogoscope in bash. Made by: gogoscope completion bash
_gogoscope() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}} verb='' options='' words='' scenarios=0 i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
    {}) verb=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  COMPREPLY=()
  case $verb:$prev in
{}  esac
  case $verb in
{}  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
    return
  fi
  if [[ -n $verb && -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
    return
  fi
  if ((scenarios)); then words+=" $(gogoscope scenarios 2>/dev/null | awk '{{ print $1 }}')"; fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; compgen -f -- "$cur")
}}
complete -o filenames -F _gogoscope gogoscope
)sh",
                     names_of(verbs, " | "), values, options);
}

std::string zsh_completion(const CLI::App& app) {
  // What a description may hold that _arguments would read.
  const auto plain = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  };
  const auto spec = [&](const Verb& verb) {
    std::string out;
    for (const Parameter& one : verb.arguments) {
      std::string value;
      if (one.is_scenario()) {
        value = ":scenario:_gogoscope_scenarios";
      } else if (!one.words.empty()) {
        value = fmt::format(":{}:({})", one.value, joined(one.words, " "));
      } else if (one.is_file()) {
        value = fmt::format(":{}:_files", plain(one.value));
      } else if (!one.value.empty()) {
        value = fmt::format(":{}: ", plain(one.value));
      }
      if (one.positional) {
        out += fmt::format(" \\\n        {}", in_single_quotes((one.many ? "*" : "") + value));
        continue;
      }
      for (const std::string& name : one.names)
        out += fmt::format(" \\\n        {}",
                           in_single_quotes(fmt::format("{}[{}]{}", name, plain(one.about), value)));
    }
    return out;
  };
  const std::vector<Verb> verbs = verbs_of(app);
  std::string described, cases;
  for (const Verb& verb : verbs) {
    described += fmt::format("    {}\n", in_single_quotes(fmt::format("{}:{}", verb.name, verb.about)));
    cases += fmt::format("    {}) _arguments{} ;;\n", verb.name, spec(verb));
  }
  return fmt::format(R"sh(#compdef gogoscope
# Completes gogoscope in zsh. Made by: gogoscope completion zsh
_gogoscope_scenarios() {{
  local -a names
  names=(${{(f)"$(gogoscope scenarios 2>/dev/null | awk '{{ print $1 }}')"}})
  _alternative 'files:file:_files' 'names:scenario:compadd -a names'
}}

_gogoscope() {{
  local -a verbs
  verbs=(
{}  )
  local verb=${{words[(r)({})]}}
  if [[ -z $verb || $words[CURRENT] == $verb ]]; then
    _describe 'command' verbs
    _arguments{}
    return
  fi
  while [[ $words[1] != $verb ]]; do shift words; ((CURRENT--)); done
  case $verb in
{}  esac
}}

_gogoscope "$@"
)sh",
                     described, names_of(verbs, "|"), spec(verb_of(app)), cases);
}

std::string fish_completion(const CLI::App& app) {
  const std::vector<Verb> verbs = verbs_of(app);
  std::string out = "# Completes gogoscope in fish. Made by: gogoscope completion fish\n";
  const auto add = [&](const Verb& verb, const std::string& when) {
    for (const Parameter& one : verb.arguments) {
      std::string line = fmt::format("complete -c gogoscope -n {}", in_single_quotes(when));
      if (one.positional) {
        if (one.is_scenario()) {
          out += line + " -a " +
                 in_single_quotes("(gogoscope scenarios 2>/dev/null | string split -f1 ' ')") + "\n";
        } else if (!one.words.empty()) {
          out += line + " -f -a " + in_single_quotes(joined(one.words, " ")) + "\n";
        }
        continue;
      }
      for (const std::string& name : one.names) {
        const bool is_long = name.starts_with("--");
        line += fmt::format(" {} {}", is_long ? "-l" : "-s", name.substr(is_long ? 2 : 1));
      }
      if (!one.words.empty()) {
        line += " -x -a " + in_single_quotes(joined(one.words, " "));
      } else if (!one.value.empty()) {
        line += one.is_file() ? " -r" : " -x";
      }
      out += line + " -d " + in_single_quotes(one.about) + "\n";
    }
  };
  for (const Verb& verb : verbs) {
    out += fmt::format("complete -c gogoscope -n __fish_use_subcommand -a {} -d {}\n", verb.name,
                       in_single_quotes(verb.about));
  }
  add(verb_of(app), "__fish_use_subcommand");
  for (const Verb& verb : verbs) add(verb, "__fish_seen_subcommand_from " + verb.name);
  return out;
}

std::string manual_page(const CLI::App& app) {
  const Verb window = verb_of(app);
  Verb first = window;
  first.name.clear();
  std::string out = fmt::format(
      ".\\\" Made by: gogoscope completion man\n.TH GOGOSCOPE 1 \"\" \"gogoscope " GOGOSCOPE_VERSION
      "\" \"User Commands\"\n.SH NAME\ngogoscope \\- step through the handoff of Go's scheduler, forwards "
      "and "
      "backwards\n.SH SYNOPSIS\n.nf\n\\fBgogoscope\\fR{}\n",
      usage_of(first));
  const std::vector<Verb> verbs = verbs_of(app);
  for (const Verb& verb : verbs) out += fmt::format("\\fBgogoscope\\fR{}\n", usage_of(verb));
  out +=
      ".fi\n.SH DESCRIPTION\nThe real x86\\-64 code of gogo, goexit and mcall runs in an emulator, the Go "
      "functions "
      "around it are modelled line by line, and the structs of the scheduler lie in emulated memory as in Go "
      "1.16. "
      "Each step is recorded, so that a run can be walked both ways. A scenario is a text file with the "
      "tasks that "
      "run and what must come of it; one that came with the program can be named without its path, such as "
      "\\fB02\\-two\\-exits\\fR. Without a command the window opens.\n.SH OPTIONS OF THE WINDOW\n";
  out += options_of(window);
  out += ".SH COMMANDS\n";
  for (const Verb& verb : verbs) {
    out += fmt::format(".SS {}\n{}.\n", roff(verb.name), roff(verb.about)) + options_of(verb);
    if (!verb.footer.empty()) {
      std::string_view footer = verb.footer;
      footer.remove_prefix(std::min(footer.find_first_not_of('\n'), footer.size()));
      if (!footer.empty()) out += fmt::format(".PP\n{}\n", roff(footer));
    }
  }
  out +=
      ".SH MOMENTS\nWHERE is the number of a state (state k is the moment before step k; \\fBend\\fR is the "
      "last), or a "
      "place: \\fBruntime.gogo\\fR, \\fBruntime.gogo+0x23\\fR, \\fBruntime.goexit0:\"gp.m = nil\"\\fR, each "
      "with "
      "\\fB#N\\fR for the N\\-th time.\n.SH EXIT STATUS\n0 if all is well, 1 if a scenario failed, 2 if the "
      "input or "
      "the environment is wrong.\n.SH FILES\n\\fI../share/gogoscope/scenarios\\fR, beside the folder "
      "of the program: the scenarios that come with it; \\fI../share/doc/gogoscope\\fR: its documents.\n";
  return out;
}

}  // namespace gogoscope
