// The registers of every thread, as cells. Private to this folder.
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "scenarios/page/stage.h"

namespace gogoscope {

class RegisterCells {
 public:
  void follow(Stage& stage);
  /// {"m0": {"rax": cell, ...}}: of the threads that have been made, and of SSE registers those that some
  /// moment of the page has as written.
  nlohmann::ordered_json json(CellNumbers& numbers) const;
  int cell(ThreadId thread, Reg reg) const { return threads_[thread][static_cast<std::size_t>(reg)]; }
  std::size_t threads() const { return threads_.size(); }

 private:
  int shown(Stage& stage, Reg reg, std::uint64_t value) const;
  void follow_sse(Stage& stage, ThreadId thread);
  std::vector<std::array<int, kRegCount>> threads_;
  std::vector<std::array<int, kSseRegCount>> sse_;  ///< by thread; -1: none
};

}  // namespace gogoscope
