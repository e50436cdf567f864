// A Go release as a lesson machine runs it: what the release is as data, its real instructions, and its
// modelled functions. A program is built from one of these and knows no release by its name.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "asm/assembler.h"
#include "emu/layout/release.h"
#include "emu/runtime/functions.h"

namespace gogoscope {

struct LessonRelease {
  std::shared_ptr<const Release> release;
  std::vector<plan9::Source> listings;
  std::vector<runtime::GoFunction> (*functions)(const runtime::Go&);
  plan9::StackCheck::G stack_check = plan9::StackCheck::G::in_cx;
};

/// Null if there are no lessons for that release.
const LessonRelease* lesson_release(std::string_view go);
/// That of kDefaultRelease.
const LessonRelease& default_lesson_release();
/// Their names, oldest first.
std::vector<std::string_view> lesson_release_names();

}  // namespace gogoscope
