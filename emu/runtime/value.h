// What the slots of a modelled function compute, written so that it reads like Go:
//
//   load(gp, go.g("atomicstatus")) == kGdead        gp.atomicstatus == _Gdead
//   all(spinning, any(runnext, head != tail))       spinning && (runnext != 0 || head != tail)
//
// A field's offset is taken when the function is built; a slot only computes with it.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "emu/runtime/frame.h"

namespace gogoscope::runtime {

/// A function of the frame that can be compared and added to: what a piece of a Go expression becomes.
template <class F>
struct Expr {
  F compute;
  std::uint64_t operator()(Frame& x) const { return static_cast<std::uint64_t>(compute(x)); }
};
template <class F>
Expr(F) -> Expr<F>;

/// One that also stores: an atomic operation.
template <class F>
struct Storing {
  F compute;
  static constexpr bool kStores = true;
  std::uint64_t operator()(Frame& x) const { return static_cast<std::uint64_t>(compute(x)); }
};
template <class F>
Storing(F) -> Storing<F>;

template <class T>
inline constexpr bool kStores = requires {
  T::kStores;
};
/// A function of the frame that stores if one of `T` does.
template <class... T, class F>
auto expression(F compute) {
  if constexpr ((kStores<T> || ...)) {
    return Storing{std::move(compute)};
  } else {
    return Expr{std::move(compute)};
  }
}

inline auto operand(Var var) {
  return [var](Frame& x) { return x.get(var); };
}
template <std::integral T>
auto operand(T constant) {
  return [n = static_cast<std::uint64_t>(constant)](Frame&) { return n; };
}
template <class F>
requires std::is_invocable_v<F, Frame&>
auto operand(F compute) { return compute; }

template <class T>
inline constexpr bool kIsExpr = std::is_same_v<T, Var>;
template <class F>
inline constexpr bool kIsExpr<Expr<F>> = true;
template <class F>
inline constexpr bool kIsExpr<Storing<F>> = true;
template <class A, class B>
concept OneIsExpr = kIsExpr<A> || kIsExpr<B>;

#define GOGOSCOPE_OPERATOR(op)                                                                   \
  template <class A, class B>                                                                    \
  requires OneIsExpr<A, B>                                                                       \
  auto operator op(A a, B b) {                                                                   \
    return expression<A, B>([left = operand(a), right = operand(b)](Frame& x) -> std::uint64_t { \
      const std::uint64_t l = left(x);                                                           \
      return static_cast<std::uint64_t>(l op static_cast<std::uint64_t>(right(x)));              \
    });                                                                                          \
  }
GOGOSCOPE_OPERATOR(==)
GOGOSCOPE_OPERATOR(!=)
GOGOSCOPE_OPERATOR(<)
GOGOSCOPE_OPERATOR(<=)
GOGOSCOPE_OPERATOR(>)
GOGOSCOPE_OPERATOR(>=)
GOGOSCOPE_OPERATOR(+)
GOGOSCOPE_OPERATOR(-)
GOGOSCOPE_OPERATOR(%)
GOGOSCOPE_OPERATOR(&)
#undef GOGOSCOPE_OPERATOR

// The running g, and the variables that most functions look at.
inline constexpr auto getg = [](Frame& x) { return x.getg(); };
inline constexpr auto own_m = [](Frame& x) { return x.m(); };
inline constexpr auto own_p = [](Frame& x) { return x.p(); };
inline constexpr auto own_g0 = [](Frame& x) { return x.g0(); };
inline constexpr auto curg = [](Frame& x) { return x.curg(); };
inline constexpr auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
/// trace.enabled
inline constexpr auto tracing = [](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); };

/// The address of a symbol of the program.
inline auto symbol(std::string_view name) {
  return Expr{[name](Frame& x) { return x.symbol(name); }};
}

/// The address of a field: &base.field.
template <class Base>
auto address(Base base, const Field& field) {
  return Expr{[at = operand(base), offset = field.offset](Frame& x) { return at(x) + offset; }};
}

/// base.field, one access.
template <class Base>
auto load(Base base, const Field& field) {
  return Expr{[at = operand(base), offset = field.offset, size = static_cast<int>(field.size)](Frame& x) {
    return x.load(at(x) + offset, size);
  }};
}

/// atomic.Cas(&base.field, old, new)
template <class Base, class Old, class New>
auto cas(Base base, const Field& field, Old old_value, New new_value) {
  return Storing{[at = operand(base), offset = field.offset, size = static_cast<int>(field.size),
                  from = operand(old_value), to = operand(new_value)](Frame& x) {
    return x.cas(at(x) + offset, size, static_cast<std::uint64_t>(from(x)),
                 static_cast<std::uint64_t>(to(x)));
  }};
}

/// atomic.Xadd(&base.field, n): the new value, as wide as the field.
template <class Base, class N>
auto xadd(Base base, const Field& field, N n) {
  return Storing{[at = operand(base), offset = field.offset, size = static_cast<int>(field.size),
                  by = operand(n)](Frame& x) {
    return x.xadd(at(x) + offset, size, static_cast<std::uint64_t>(by(x)));
  }};
}

/// int32(value), to be compared with a number.
template <class V>
auto int32(V value) {
  struct Signed {
    V value;
    auto operator<(std::int32_t n) const {
      return expression<V>([v = operand(value), n](Frame& x) { return static_cast<std::int32_t>(v(x)) < n; });
    }
    auto operator<=(std::int32_t n) const {
      return expression<V>(
          [v = operand(value), n](Frame& x) { return static_cast<std::int32_t>(v(x)) <= n; });
    }
    auto operator>(std::int32_t n) const {
      return expression<V>([v = operand(value), n](Frame& x) { return static_cast<std::int32_t>(v(x)) > n; });
    }
    auto operator>=(std::int32_t n) const {
      return expression<V>(
          [v = operand(value), n](Frame& x) { return static_cast<std::int32_t>(v(x)) >= n; });
    }
  };
  return Signed{value};
}

/// What a slot computes, whatever it was written as: a constant, a variable, a function of the frame.
class Value {
 public:
  template <class T>
  requires std::is_integral_v<T> || std::is_same_v<T, Var> || std::is_invocable_v<T, Frame&> Value(
      T value)  // NOLINT: that is what it is for
      : compute_([compute = operand(std::move(value))](Frame& x) {
          return static_cast<std::uint64_t>(compute(x));
        }),
        stores_(kStores<T>) {}
  std::uint64_t operator()(Frame& x) const { return compute_(x); }
  /// Whether computing it stores something.
  bool stores() const { return stores_; }

 private:
  std::function<std::uint64_t(Frame&)> compute_;
  bool stores_ = false;
};

/// What an `if` or a `for` asks. Each test in it is a slot that jumps or does not, from left to right, and
/// only as far as Go would look.
class Condition {
 public:
  enum class Kind : std::uint8_t { test, not_, all, any, set };

  template <class T>
  requires std::constructible_from<Value, T> Condition(T test)
      : kind_(Kind::test), value_(std::move(test)) {}  // NOLINT
  Condition(Kind kind, std::vector<Condition> parts) : kind_(kind), value_(0), parts_(std::move(parts)) {}
  Condition(Var set, Value to) : kind_(Kind::set), value_(std::move(to)), var_(set) {}

  Kind kind() const { return kind_; }
  const Value& value() const { return value_; }
  Var var() const { return var_; }
  const std::vector<Condition>& parts() const { return parts_; }

 private:
  Kind kind_;
  Value value_;
  Var var_;  ///< of a set
  std::vector<Condition> parts_;
};

inline Condition not_(Condition condition) { return {Condition::Kind::not_, {std::move(condition)}}; }
template <class... C>
Condition all(C... conditions) {
  return {Condition::Kind::all, std::vector<Condition>{Condition(std::move(conditions))...}};
}
template <class... C>
Condition any(C... conditions) {
  return {Condition::Kind::any, std::vector<Condition>{Condition(std::move(conditions))...}};
}
/// Within all() or any(): a slot that keeps a value for the tests after it, and never decides.
inline Condition reads(Var var, Value value) { return {var, std::move(value)}; }

}  // namespace gogoscope::runtime
