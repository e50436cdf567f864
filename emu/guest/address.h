// Guest addresses have their own types: they mix neither with host pointers nor with plain integers.
#pragma once

#include <compare>
#include <cstdint>

namespace gogoscope {

/// An address in the guest's memory.
class Addr {
 public:
  constexpr Addr() = default;
  constexpr explicit Addr(std::uint64_t value) : value_(value) {}
  constexpr std::uint64_t value() const { return value_; }
  constexpr bool is_nil() const { return value_ == 0; }
  constexpr auto operator<=>(const Addr&) const = default;
  constexpr Addr operator+(std::int64_t bytes) const {
    return Addr(value_ + static_cast<std::uint64_t>(bytes));
  }
  constexpr Addr operator-(std::int64_t bytes) const {
    return Addr(value_ - static_cast<std::uint64_t>(bytes));
  }
  constexpr std::int64_t operator-(Addr other) const {
    return static_cast<std::int64_t>(value_ - other.value_);
  }

 private:
  std::uint64_t value_ = 0;
};

/// The address of an instruction (or of a slot of a modelled line): what RIP holds.
class CodeAddr {
 public:
  constexpr CodeAddr() = default;
  constexpr explicit CodeAddr(std::uint64_t value) : value_(value) {}
  constexpr std::uint64_t value() const { return value_; }
  constexpr auto operator<=>(const CodeAddr&) const = default;
  constexpr CodeAddr operator+(std::int64_t bytes) const {
    return CodeAddr(value_ + static_cast<std::uint64_t>(bytes));
  }
  constexpr std::int64_t operator-(CodeAddr other) const {
    return static_cast<std::int64_t>(value_ - other.value_);
  }

 private:
  std::uint64_t value_ = 0;
};

// What a guest pointer may point to.
struct G;
struct M;
struct P;
struct Gobuf;
struct Schedt;

/// A guest pointer to a T.
template <class T>
struct Ptr {
  Addr addr;
  constexpr bool is_nil() const { return addr.is_nil(); }
  constexpr auto operator<=>(const Ptr&) const = default;
};

}  // namespace gogoscope
