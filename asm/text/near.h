// What a misspelled name was probably meant to be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/message.h"

namespace gogoscope {

/// Keeps the nearest of the names offered to it, the first of several. One letter in three may be wrong,
/// missing or additional; two neighbours may be swapped; upper case for lower case costs nothing. A name that
/// ends in ".wanted" comes before all others.
class NearName {
 public:
  explicit NearName(std::string_view wanted);

  void offer(std::string_view name);
  /// Empty if no name is near.
  const std::string& name() const { return best_; }

 private:
  std::string wanted_;
  std::string best_;
  std::size_t best_cost_;
  std::vector<std::size_t> before_, above_, row_;  ///< of the table of costs; kept for their memory
};

/// The known name nearest to `wrong`; "" if none is near.
std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known);

/// "; did you mean X?" or nothing: the end of a message.
Message did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known);

/// The same, or "; known: X, Y" where none is near.
Message near_or_known(std::string_view wrong, const std::vector<std::string_view>& known);

/// "X, Y"
std::string joined(const std::vector<std::string_view>& names);

}  // namespace gogoscope
