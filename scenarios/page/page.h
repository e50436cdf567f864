// A run as one HTML file that steps through it: no network, no other file, no engine. All that it shows is
// computed here, by the code that the window uses; the player in the browser applies deltas.
//
// How the data is laid out is in docs/pages.md. Cost: about 0.2 ms a step.
#pragma once

#include <map>
#include <string>
#include <variant>

#include "asm/text/language.h"
#include "asm/text/message.h"
#include "emu/session/session.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

struct PageOptions {
  std::string name;  ///< "02-two-exits"
  Text title;        ///< may be empty
  Text about;
  std::uint64_t from = 0;  ///< states: the part of the run that the page holds
  std::uint64_t to = 0;
  std::uint64_t opens_at = 0;        ///< the state shown at first, if it is in the part
  Language language = Language::en;  ///< that the page opens in
  const Lesson* lesson = nullptr;    ///< its stops up to `to`; null where the run is none
  // Of a page in a site, from the page: where the index is, and the page that comes next.
  std::string home;  ///< "../index.html", without the language; empty: there is none
  std::string next;  ///< "04-goexit.html"
  /// Of the scenarios that a lesson's stops open (`LessonStop::opens`) those that have a page, and which.
  std::map<std::string, std::string> pages;
};

/// A page of more steps would take seconds to open.
inline constexpr std::uint64_t kMostPageSteps = 100'000;

/// What is wrong with the part asked for; empty if nothing is.
Message page_problem(const Trace& trace, const PageOptions& options);

/// The whole file. The same record and options give the same bytes. The part must have no problem.
std::string page_of(const Trace& trace, const std::vector<Event>& events, const PageOptions& options);

}  // namespace gogoscope
