// The calls of every goroutine, as Go prints them, as cells. Private to this folder.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "emu/layout/traceback.h"
#include "scenarios/page/stage.h"

namespace gogoscope {

class TracebackCells {
 public:
  /// Cost: the stack that the thread is on is walked at each moment, the others where the scheduler has
  /// stored and where the thread has come from another stack.
  void follow(Stage& stage);
  /// {"order": cell, "all": [{"name": "g2", "head": cell, "calls": [cell, cell, ...]}]}: the order has names
  /// with spaces between them; a call has two cells, the function and its line; those behind the outermost
  /// call show nothing.
  nlohmann::ordered_json json(CellNumbers& numbers) const;

 private:
  struct Stack {
    std::string name;
    int head = -1;
    std::vector<int> calls;
  };
  Stack& stack(Stage& stage, const std::string& name);
  void tell(Stage& stage, const Traceback& traceback, const std::string& name);

  int order_ = -1;
  std::string on_;  ///< whose stack the thread was on at the moment before
  std::vector<Stack> stacks_;
  std::map<std::string, std::size_t> numbers_;
};

}  // namespace gogoscope
