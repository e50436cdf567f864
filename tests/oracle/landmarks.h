// Names for values, so that two processes with different addresses can be compared: "g.stack.hi-40"
// and "runtime.goexit+0x1" are the same in both, 0xc0000307d8 is not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gogoscope::oracle {

/// A point that values in [lo, hi] are counted from: "entry SP-24". No name: none.
struct Origin {
  std::string name;
  std::uint64_t at = 0, lo = 0, hi = 0;
};

class Landmarks {
 public:
  /// Code, a struct, a variable: "name" at its start, "name+0x23" inside.
  void add(std::string name, std::uint64_t at, std::uint64_t size);
  void add_origin(const Origin& origin);
  /// "name.stack.lo+928" for the first 1024 bytes, "name.stack.hi-40" for the others.
  void add_stack(const std::string& name, std::uint64_t lo, std::uint64_t hi);

  /// What was added first counts. Small numbers are themselves; what no landmark holds is spelled in hex.
  std::string name(std::uint64_t value) const;

 private:
  struct Landmark {
    std::string name;
    std::uint64_t at, lo, hi;  ///< hi included
    bool hex;
  };
  std::vector<Landmark> landmarks_;
};

}  // namespace gogoscope::oracle
