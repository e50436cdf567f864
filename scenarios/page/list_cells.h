// Run queues and free lists, threads, what names each g, and the four answers to "which g?", as cells.
// Private to this folder.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "emu/session/views/which_g.h"
#include "scenarios/page/stage.h"

namespace gogoscope {

class QueueCells {
 public:
  void follow(Stage& stage);
  /// [{"owner": "p0", "name": "runq", "order": "fifo", "items": cell, "counters": cell}]: the items as names
  /// with spaces between them.
  nlohmann::ordered_json json(CellNumbers& numbers) const;

 private:
  struct Row {
    std::string owner, name, order;
    int items = 0, counters = 0;
  };
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> numbers_;
};

class ThreadCells {
 public:
  void follow(Stage& stage);
  /// {"current": cell, "all": [{"name": "m0", "state": cell}]}
  nlohmann::ordered_json json(CellNumbers& numbers) const;

 private:
  int current_ = -1;
  std::map<int, int> states_;  ///< cell by m.id
};

/// "m0.curg, TLS": what names each g.
class NamedByCells {
 public:
  void follow(Stage& stage);
  /// {"g2": cell}
  nlohmann::ordered_json json(CellNumbers& numbers) const;

 private:
  std::map<std::string, int> cells_;
};

class WhichGCells {
 public:
  void follow(Stage& stage);
  /// {"verdict": cell, "answers": [{"question": "tls", "name": cell, "place": cell, "how": cell}]}; how is
  /// "lit" for an answer that is the odd one out, "normal", "earlier" or nothing.
  nlohmann::ordered_json json(CellNumbers& numbers) const;

 private:
  struct Row {
    int name = -1, place = -1, how = -1;
  };
  std::array<Row, WhichG::kQuestions> rows_;
  int verdict_ = -1;
  GHome home_ = GHome::tls;
};

}  // namespace gogoscope
