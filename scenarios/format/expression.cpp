#include "scenarios/format/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/layout/stacks.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/lists.h"

namespace gogoscope {
namespace {

using Value = std::variant<std::uint64_t, Message>;

std::optional<std::uint64_t> symbol_address(std::string_view name, const Code& code) {
  if (const Function* function = code.function(name)) return function->entry.value();
  if (const DataSymbol* data = code.data(name)) return data->addr.value();
  return std::nullopt;
}

Value loaded(const Term& term, const StateView& state, Addr addr, std::uint32_t size) {
  const std::optional<std::uint64_t> raw = state.load(addr, static_cast<int>(size));
  if (raw) return *raw;
  return Message({"{name} is not in mapped memory", "{name} 不在已映射的内存里"}, {{"name", term.name}});
}

/// Comparisons at one moment, or at one and the moment before it.
class Evaluator {
 public:
  Evaluator(const Guest& guest, const Moment& before, const Moment& now)
      : guest_(guest), before_(before), now_(now) {}

  Value value(const Sum& sum) const {
    std::uint64_t total = 0;
    for (const Term& term : sum.terms) {
      const Value one = value(term, term.before ? before_ : now_);
      if (one.index() == 1) return one;
      total += term.negative ? -std::get<0>(one) : std::get<0>(one);
    }
    return total;
  }

  /// The members of a list; or why there are none.
  std::variant<std::vector<std::uint64_t>, Message> members(const Term& list) const {
    const Moment& at = list.before ? before_ : now_;
    auto items = list_items(list.name, guest_.release->layout, *at.state, at.names->entities());
    if (!items) return not_there(list.name);
    return std::move(*items);
  }

 private:
  Value field(const Term& term, const Moment& at) const {
    const auto parsed = parse_field(term.name, guest_.release->layout);
    if (!parsed) return Message({"{name} is not a field", "{name} 不是字段"}, {{"name", term.name}});
    if (parsed->index() == 1) return std::get<1>(*parsed);
    const FieldName& field = std::get<0>(*parsed);
    const auto place = locate(field, *at.names);
    if (place.index() == 1) return std::get<1>(place);
    const FieldPlace& found = std::get<0>(place);
    const Value raw = loaded(term, *at.state, found.addr, found.size);
    if (raw.index() == 1 || field.style != ValueStyle::signed_decimal || found.size == 8) return raw;
    const int shift = 64 - static_cast<int>(found.size) * 8;
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::get<0>(raw) << shift) >> shift);
  }

  Value symbol(const Term& term, const Moment& at) const {
    if (const auto addr = symbol_address(term.name, guest_.code)) return *addr;
    const std::optional<FieldRef> variable = at.names->find_field(term.name);
    if (!variable) return Message({"there is no symbol {name}", "没有符号 {name}"}, {{"name", term.name}});
    return loaded(term, *at.state, variable->addr, variable->size);
  }

  Value end_of_list(const Term& term) const {
    const auto all = members(term);
    if (all.index() == 1) return std::get<1>(all);
    const auto& items = std::get<0>(all);
    if (items.empty()) return 0U;
    return term.kind == Term::Kind::first ? items.front() : items.back();
  }

  Value value(const Term& term, const Moment& at) const {
    switch (term.kind) {
      case Term::Kind::number:
      case Term::Kind::event_status:
      case Term::Kind::event_number:
        return term.number;
      case Term::Kind::reg:
        return at.state->reg(term.reg);
      case Term::Kind::tls:
        return tls_g(*at.state, at.state->thread()).value();
      case Term::Kind::stack: {
        const auto stack = at.names->stack_with_sp(Addr(at.state->reg(Reg::rsp)));
        return stack ? stack->owner->addr.value() : 0;
      }
      case Term::Kind::field:
        return field(term, at);
      case Term::Kind::object: {
        const Entity* entity = at.names->entities().find(term.name);
        if (entity == nullptr) return not_there(term.name);
        return entity->addr.value();
      }
      case Term::Kind::symbol:
        return symbol(term, at);
      case Term::Kind::first:
      case Term::Kind::last:
        return end_of_list(term);
      case Term::Kind::list:
        return Message({"{name} is a list", "{name} 是列表"}, {{"name", term.name}});
      case Term::Kind::memory: {
        const Value addr = value(*term.inner);
        if (addr.index() == 1) return addr;
        const std::optional<std::uint64_t> word = at.state->load(Addr(std::get<0>(addr)));
        if (!word) {
          return Message(
              {"{name} reads {address}, which is not mapped", "{name} 读取 {address}，那里没有映射"},
              {{"name", term.name}, {"address", fmt::format("{:#x}", std::get<0>(addr))}});
        }
        return *word;
      }
    }
    return Message();
  }

  const Guest& guest_;
  const Moment& before_;
  const Moment& now_;
};

/// How a side of a comparison is best shown, and whether it says anything about that.
/// A status is a word only by itself: what is made of one is a number.
ValueStyle in_a_sum(ValueStyle style, const Sum& sum) {
  const bool status = style == ValueStyle::g_status || style == ValueStyle::p_status;
  const bool by_itself = sum.terms.size() == 1 && !sum.terms.front().negative;
  return status && !by_itself ? ValueStyle::signed_decimal : style;
}

std::optional<ValueStyle> style_of(const Sum& sum, const Layout& layout) {
  for (const Term& term : sum.terms) {
    if (term.kind == Term::Kind::tls || term.kind == Term::Kind::object || term.kind == Term::Kind::stack ||
        term.kind == Term::Kind::first || term.kind == Term::Kind::last) {
      return sum.terms.size() == 1 ? ValueStyle::pointer : ValueStyle::hex;
    }
    if (term.kind == Term::Kind::reg || term.kind == Term::Kind::symbol) return ValueStyle::hex;
    if (term.kind == Term::Kind::event_status) return in_a_sum(ValueStyle::g_status, sum);
    if (term.kind == Term::Kind::event_number) return ValueStyle::decimal;
    if (term.kind != Term::Kind::field) continue;
    const auto field = parse_field(term.name, layout);
    if (field && field->index() == 0) return in_a_sum(std::get<0>(*field).style, sum);
  }
  return std::nullopt;
}

bool is_number_style(ValueStyle style) {
  return style == ValueStyle::hex || style == ValueStyle::decimal || style == ValueStyle::signed_decimal;
}

/// Both sides of a comparison are shown alike, or their values could not be compared by eye.
ValueStyle common_style(std::optional<ValueStyle> left, std::optional<ValueStyle> right) {
  if (!left || !right) return left.value_or(right.value_or(ValueStyle::hex));
  if (!is_number_style(*left)) return *left;
  if (!is_number_style(*right)) return *right;
  if (*left == ValueStyle::hex || *right == ValueStyle::hex) return ValueStyle::hex;
  return ValueStyle::signed_decimal;
}

bool is_hex(const Term& term) { return term.name.starts_with("0x") || term.name.starts_with("0X"); }

/// Whether what is written needs no value beside it: a name of an object, or a number as the other side's is
/// shown. Below ten all bases agree.
bool says_itself(const Sum& sum, ValueStyle style) {
  if (sum.terms.size() != 1) return false;
  const Term& term = sum.terms.front();
  if (term.kind == Term::Kind::object) return true;
  if (term.kind != Term::Kind::number) return false;
  const bool as_hex = style == ValueStyle::hex || style == ValueStyle::pointer;
  return is_hex(term) == as_hex || term.number < 10;
}

bool is_signed(const Sum& sum, const Layout& layout) {
  if (!sum.terms.empty() && sum.terms.front().negative) return true;
  return style_of(sum, layout) == ValueStyle::signed_decimal;
}

bool related(std::uint64_t a, Relation relation, std::uint64_t b, bool as_signed) {
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
    case Relation::in:
    case Relation::not_in:
      break;
  }
  return false;
}

}  // namespace

Answer without_value(const Comparison& comparison, const Message& why) {
  return {false,
          {{"expected {text}, but {why}", "应有 {text}，但{why}"}, {{"text", comparison.text}, {"why", why}}},
          false,
          Message::untranslated(comparison.text),
          why};
}

namespace {

/// A value in words.
using Shown = std::function<std::string(std::uint64_t)>;

Answer membership(const Comparison& comparison, const Evaluator& at, std::uint64_t member,
                  const Shown& shown) {
  const auto members = at.members(comparison.right.terms.front());
  if (members.index() == 1) return without_value(comparison, std::get<1>(members));
  const auto& items = std::get<0>(members);
  const bool inside = std::find(items.begin(), items.end(), member) != items.end();
  if (inside == (comparison.relation == Relation::in)) return {true, {}};
  std::string all;
  for (const std::uint64_t item : items) all += (all.empty() ? "" : ", ") + shown(item);
  return {false,
          inside ? Message({"expected {text}, but it is there", "应有 {text}，它却在那里"},
                           {{"text", comparison.text}})
                 : Message({"expected {text}, but it is not there", "应有 {text}，它却不在那里"},
                           {{"text", comparison.text}}),
          true,
          Message::untranslated(comparison.text),
          {{"{list} is [{all}]", "{list} 是 [{all}]"}, {{"list", comparison.right.text}, {"all", all}}}};
}

Answer compared(const Comparison& comparison, const Guest& guest, const Moment& before, const Moment& now) {
  const Evaluator at(guest, before, now);
  const Value a = at.value(comparison.left);
  if (a.index() == 1) return without_value(comparison, std::get<1>(a));
  if (comparison.relation == Relation::in || comparison.relation == Relation::not_in) {
    return membership(comparison, at, std::get<0>(a), [&](std::uint64_t value) {
      return show_value(value, ValueStyle::pointer, guest, *now.state);
    });
  }
  const Value b_value = at.value(comparison.right);
  if (b_value.index() == 1) return without_value(comparison, std::get<1>(b_value));
  const Layout& layout = guest.release->layout;
  const bool as_signed = is_signed(comparison.left, layout) || is_signed(comparison.right, layout);
  if (related(std::get<0>(a), comparison.relation, std::get<0>(b_value), as_signed)) return {true, {}};

  const ValueStyle style =
      common_style(style_of(comparison.left, layout), style_of(comparison.right, layout));
  const auto shown = [&](std::uint64_t value) { return show_value(value, style, guest, *now.state); };
  const Argument text("text", comparison.text), left("left", comparison.left.text),
      a_is("a", shown(std::get<0>(a)));
  const Message got = Message::untranslated(shown(std::get<0>(a)));
  if (says_itself(comparison.right, style)) {
    // A status is a word and a number.
    const std::string b = shown(std::get<0>(b_value));
    const bool longer =
        b.starts_with(comparison.right.text + " (") && comparison.text.ends_with(comparison.right.text);
    const std::string tail = longer ? b.substr(comparison.right.text.size()) : "";
    return {false,
            {{"expected {text}, but {left} is {a}", "应有 {text}，但 {left} 是 {a}"}, {text, left, a_is}},
            true,
            Message::untranslated(comparison.text + tail),
            got};
  }
  return {false,
          {{"expected {text}, but {left} is {a} and {right} is {b}",
            "应有 {text}，但 {left} 是 {a}，{right} 是 {b}"},
           {text, left, a_is, {"right", comparison.right.text}, {"b", shown(std::get<0>(b_value))}}},
          true,
          Message::untranslated(fmt::format("{} ({})", comparison.text, shown(std::get<0>(b_value)))),
          got};
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
    if (term.name.starts_with("event.")) {
      out.push_back({term.column,
                     term.width,
                     {{"{name} has a value only in an entry of whenever that names an event",
                       "只有在 whenever 中写明事件的那一项里，{name} 才有值"},
                      {{"name", term.name}}}});
      continue;
    }
    std::vector<std::string_view> known;
    for (const Function& function : code.functions()) known.push_back(function.name);
    for (const DataSymbol& data : code.data()) known.push_back(data.name);
    out.push_back({term.column,
                   term.width,
                   {{"no symbol or field {name}{hint}", "没有符号或字段 {name}{hint}"},
                    {{"name", in_quotes(term.name)}, {"hint", did_you_mean(term.name, known)}}}});
  }
  return out;
}

Value evaluate(const Sum& sum, const Guest& guest, const StateView& state) {
  const Names names(guest, state);
  const Moment now{&state, &names};
  return Evaluator(guest, now, now).value(sum);
}

Value evaluate(const Sum& sum, const Guest& guest, const Moment& before, const Moment& now) {
  return Evaluator(guest, before, now).value(sum);
}

std::string value_in_text(const Sum& sum, std::uint64_t value, const Guest& guest, const StateView& state) {
  const auto is_number = [](const Term& t) { return t.kind == Term::Kind::number; };
  const ValueStyle plain = std::ranges::all_of(sum.terms, is_number) ? ValueStyle::decimal : ValueStyle::hex;
  ValueStyle style = style_of(sum, guest.release->layout).value_or(plain);
  if (style == ValueStyle::hex && value != 0) {
    // A register or a word may hold anything: it goes by its name where it is an address that has one.
    const Entities entities(guest, state);
    const auto is_here = [&](const Entity& e) { return e.addr.value() == value; };
    if (std::ranges::any_of(entities.all(), is_here)) style = ValueStyle::pointer;
    if (guest.code.function_at(CodeAddr(value)) != nullptr) return guest.code.symbolize(CodeAddr(value));
    int addresses = 0, balance = 0;
    for (const Term& term : sum.terms) {
      if (is_number(term)) continue;
      ++addresses;
      balance += term.negative ? -1 : 1;
    }
    if (addresses > 1 && balance == 0) style = ValueStyle::signed_decimal;
  }
  // The first page is never mapped: what is that small is a number, not an address.
  if (style == ValueStyle::hex && value < 4096) style = ValueStyle::decimal;
  return write_value(value, style, guest, state);
}

Answer evaluate(const Comparison& comparison, const Guest& guest, const StateView& state) {
  const Names names(guest, state);
  const Moment now{&state, &names};
  return compared(comparison, guest, now, now);
}

std::optional<std::string> left_as_written(const Comparison& comparison, const Guest& guest,
                                           const StateView& state) {
  const Value value = evaluate(comparison.left, guest, state);
  if (value.index() == 1) return std::nullopt;
  const Layout& layout = guest.release->layout;
  ValueStyle style = common_style(style_of(comparison.left, layout), style_of(comparison.right, layout));
  // A number of no form of its own is written in the author's base.
  const std::vector<Term>& terms = comparison.right.terms;
  const bool number = terms.size() == 1 && terms.front().kind == Term::Kind::number;
  if (style == ValueStyle::hex && number && !is_hex(terms.front())) style = ValueStyle::decimal;
  return write_value(std::get<0>(value), style, guest, state);
}

Answer evaluate(const Comparison& comparison, const Guest& guest, const Moment& moment) {
  return compared(comparison, guest, moment, moment);
}

bool names_goroutines(const Comparison& comparison) {
  const std::function<bool(const Sum&)> any = [&](const Sum& sum) {
    return std::ranges::any_of(
        sum.terms, [&](const Term& t) { return !t.goroutine.empty() || (t.inner && any(*t.inner)); });
  };
  return any(comparison.left) || any(comparison.right);
}

bool holds(const Comparison& claim, const Guest& guest, const Moment& before, const Moment& after) {
  return compared(claim, guest, before, after).holds;
}

}  // namespace gogoscope
