#include "emu/layout/tested_releases.h"

#include <algorithm>

#include "emu/layout/release_number.h"

namespace gogoscope {

std::span<const TestedRelease> tested_releases() {
  static constexpr TestedRelease kTested[] = {
      {15, "golang-1.15-go 1.15.15-1~deb11u4"}, {19, "golang-1.19-go 1.19.8-2"},
      {21, "golang-1.21-go 1.21.13-1~bpo12+1"}, {22, "golang-1.22-go 1.22.12-3~bpo12+1"},
      {23, "golang-1.23-go 1.23.5-1~bpo12+1"},  {24, "golang-1.24-go 1.24.4-1"},
      {25, "golang-1.25-go 1.25.12-1~bpo13+1"}, {26, "golang-1.26-go 1.26.10-1"},
      {27, "golang-1.27-go 1.27.3-1"},
  };
  return kTested;
}

bool is_tested_release(std::string_view name) {
  const auto all = tested_releases();
  return std::ranges::find(all, release_number(name), &TestedRelease::number) != all.end();
}

}  // namespace gogoscope
