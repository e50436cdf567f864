#include "emu/runtime/lesson_release.h"

#include "asm/listings.h"

namespace gogoscope {
namespace {

const std::vector<LessonRelease>& all() {
  static const std::vector<LessonRelease> releases = {
      {release_named("1.16"), plan9::listings(), runtime::modelled_functions, plan9::StackCheck::G::in_cx},
  };
  return releases;
}

}  // namespace

const LessonRelease* lesson_release(std::string_view go) {
  for (const LessonRelease& it : all()) {
    if (it.release->name() == go) return &it;
  }
  return nullptr;
}

const LessonRelease& default_lesson_release() { return *lesson_release(kDefaultRelease); }

std::vector<std::string_view> lesson_release_names() {
  std::vector<std::string_view> names;
  for (const LessonRelease& it : all()) names.emplace_back(it.release->name());
  return names;
}

}  // namespace gogoscope
