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
  /// {"m0": {"rax": cell, ...}}: of the threads that have been made.
  nlohmann::ordered_json json(CellNumbers& numbers) const;
  int cell(ThreadId thread, Reg reg) const { return threads_[thread][static_cast<std::size_t>(reg)]; }
  std::size_t threads() const { return threads_.size(); }

 private:
  int shown(Stage& stage, Reg reg, std::uint64_t value) const;
  std::vector<std::array<int, kRegCount>> threads_;
};

}  // namespace gogoscope
