#include "scenarios/format/expression.h"

#include <fmt/format.h>

#include "asm/diagnostics.h"
#include "scenarios/format/fields.h"

namespace gogoscope {
namespace {

using Value = std::variant<std::uint64_t, std::string>;

std::optional<std::uint64_t> symbol_address(std::string_view name, const Code& code) {
  if (const Function* function = code.function(name)) return function->entry.value();
  if (const DataSymbol* data = code.data(name)) return data->addr.value();
  return std::nullopt;
}

Value field_value(const Term& term, const Guest& guest, const StateView& state) {
  const auto parsed = parse_field(term.name, *guest.layout);
  if (!parsed) return fmt::format("{} is no field", term.name);
  if (parsed->index() == 1) return std::get<1>(*parsed);
  const FieldName& field = std::get<0>(*parsed);
  const auto place = locate(field, guest, state);
  if (place.index() == 1) return std::get<1>(place);
  const FieldPlace& at = std::get<0>(place);
  const std::optional<std::uint64_t> raw = state.load(at.addr, static_cast<int>(at.size));
  if (!raw) return fmt::format("{} lies in no mapped memory", term.name);
  if (field.style != ValueStyle::signed_decimal || at.size == 8) return *raw;
  const int shift = 64 - static_cast<int>(at.size) * 8;
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(*raw << shift) >> shift);
}

Value term_value(const Term& term, const Guest& guest, const StateView& state) {
  switch (term.kind) {
    case Term::Kind::number:
      return term.number;
    case Term::Kind::reg:
      return state.reg(term.reg);
    case Term::Kind::tls:
      return tls_g(state);
    case Term::Kind::field:
      return field_value(term, guest, state);
    case Term::Kind::object: {
      const std::optional<Addr> addr = object_address(term.name, guest, state);
      if (!addr) return fmt::format("there is no {} at this moment", term.name);
      return addr->value();
    }
    case Term::Kind::symbol: {
      const std::optional<std::uint64_t> addr = symbol_address(term.name, guest.code);
      if (!addr) return fmt::format("there is no symbol {}", term.name);
      return *addr;
    }
    case Term::Kind::memory: {
      const Value addr = evaluate(*term.inner, guest, state);
      if (addr.index() == 1) return addr;
      const std::optional<std::uint64_t> value = state.load(Addr(std::get<0>(addr)));
      if (!value) return fmt::format("{} reads {:#x}, which is not mapped", term.name, std::get<0>(addr));
      return *value;
    }
  }
  return std::string();
}

/// How a side of a comparison is best shown, and whether it says anything about that.
std::optional<ValueStyle> style_of(const Sum& sum, const Layout& layout) {
  for (const Term& term : sum.terms) {
    if (term.kind == Term::Kind::tls || term.kind == Term::Kind::object) {
      return sum.terms.size() == 1 ? ValueStyle::pointer : ValueStyle::hex;
    }
    if (term.kind == Term::Kind::reg || term.kind == Term::Kind::symbol) return ValueStyle::hex;
    if (term.kind != Term::Kind::field) continue;
    const auto field = parse_field(term.name, layout);
    if (field && field->index() == 0) return std::get<0>(*field).style;
  }
  return std::nullopt;
}

bool is_signed(const Sum& sum, const Layout& layout) {
  if (!sum.terms.empty() && sum.terms.front().negative) return true;
  return style_of(sum, layout) == ValueStyle::signed_decimal;
}

bool holds(std::uint64_t a, Relation relation, std::uint64_t b, bool as_signed) {
  // Flipping the top bit turns the signed order into the unsigned one.
  const std::uint64_t flip = as_signed ? std::uint64_t{1} << 63 : 0;
  const std::uint64_t x = a ^ flip, y = b ^ flip;
  switch (relation) {
    case Relation::equal:
      return a == b;
    case Relation::not_equal:
      return a != b;
    case Relation::less:
      return x < y;
    case Relation::less_equal:
      return x <= y;
    case Relation::greater:
      return x > y;
    case Relation::greater_equal:
      return x >= y;
  }
  return false;
}

}  // namespace

std::vector<ExpressionError> check_symbols(const Sum& sum, const Code& code) {
  std::vector<ExpressionError> out;
  for (const Term& term : sum.terms) {
    if (term.kind == Term::Kind::memory) {
      const std::vector<ExpressionError> inner = check_symbols(*term.inner, code);
      out.insert(out.end(), inner.begin(), inner.end());
    }
    if (term.kind != Term::Kind::symbol || symbol_address(term.name, code)) continue;
    std::vector<std::string_view> known;
    for (const Function& function : code.functions()) known.push_back(function.name);
    for (const DataSymbol& data : code.data()) known.push_back(data.name);
    out.push_back({term.column, term.width,
                   "no symbol or field " + plan9::quoted(term.name) + plan9::did_you_mean(term.name, known)});
  }
  return out;
}

Value evaluate(const Sum& sum, const Guest& guest, const StateView& state) {
  std::uint64_t total = 0;
  for (const Term& term : sum.terms) {
    const Value value = term_value(term, guest, state);
    if (value.index() == 1) return value;
    total += term.negative ? -std::get<0>(value) : std::get<0>(value);
  }
  return total;
}

Answer evaluate(const Comparison& comparison, const Guest& guest, const StateView& state) {
  const std::string expected = "expected " + comparison.text;
  const Value a = evaluate(comparison.left, guest, state);
  if (a.index() == 1) return {false, expected + ", but " + std::get<1>(a)};
  const Value b = evaluate(comparison.right, guest, state);
  if (b.index() == 1) return {false, expected + ", but " + std::get<1>(b)};
  const Layout& layout = *guest.layout;
  const bool as_signed = is_signed(comparison.left, layout) || is_signed(comparison.right, layout);
  if (holds(std::get<0>(a), comparison.relation, std::get<0>(b), as_signed)) return {true, ""};

  const std::optional<ValueStyle> left = style_of(comparison.left, layout);
  const std::optional<ValueStyle> right = style_of(comparison.right, layout);
  const ValueStyle style = left.value_or(right.value_or(ValueStyle::hex));
  std::string sentence =
      expected + ", but " + comparison.left.text + " is " + show_value(std::get<0>(a), style, guest, state);
  // A bare number or name says itself what it is.
  const bool plain =
      comparison.right.terms.size() == 1 && (comparison.right.terms[0].kind == Term::Kind::number ||
                                             comparison.right.terms[0].kind == Term::Kind::object);
  if (!plain) {
    sentence += " and " + comparison.right.text + " is " +
                show_value(std::get<0>(b), right.value_or(style), guest, state);
  }
  return {false, sentence};
}

}  // namespace gogoscope
