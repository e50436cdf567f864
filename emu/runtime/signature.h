// What a Go function takes and gives, and where ABI0 puts it: arguments and results are on the stack, the
// first argument at 0(SP) of the caller, each aligned to its size, results from the next multiple of 8 on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gogoscope::runtime {

struct Param {
  std::string name;
  std::string type;  ///< Go type
  int size = 8;      ///< bytes
};

struct Signature {
  std::string name;  ///< "runtime.casgstatus"
  std::vector<Param> params;
  std::vector<Param> results;
  bool returns = true;  ///< false: its callers' next line is never reached

  /// Offset of a parameter or a result in the caller's outgoing area, bytes.
  int param_offset(std::size_t i) const { return offset(params, 0, i); }
  int result_offset(std::size_t i) const { return offset(results, results_start(), i); }
  /// Bytes of outgoing area that a call needs.
  int size() const {
    return results.empty() ? results_start()
                           : align(result_offset(results.size() - 1) + results.back().size, 8);
  }

 private:
  static int align(int n, int to) { return (n + to - 1) / to * to; }
  static int offset(const std::vector<Param>& list, int start, std::size_t i) {
    int at = start;
    for (std::size_t k = 0;; ++k) {
      at = align(at, list[k].size);
      if (k == i) return at;
      at += list[k].size;
    }
  }
  int results_start() const {
    return params.empty() ? 0 : align(param_offset(params.size() - 1) + params.back().size, 8);
  }
};

}  // namespace gogoscope::runtime
