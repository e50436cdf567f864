#include <algorithm>
#include <array>

#include "asm/text/ascii.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "asm/text/utf8.h"
#include "scenarios/format/expression.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/lists.h"
#include "scenarios/format/problems.h"

namespace gogoscope {
namespace {

constexpr int kMaxDepth = 8;
constexpr std::size_t kMaxTerms = 32;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

std::vector<std::string_view> register_names() {
  std::vector<std::string_view> names;
  for (int i = 0; i < kRegCount; ++i) names.push_back(name(static_cast<Reg>(i)));
  return names;
}

class Parser {
 public:
  enum class Of { moment, step };
  Parser(std::string_view text, const Layout& layout, const GoroutineNames& goroutines,
         const EventValues& event, Of of = Of::moment)
      : text_(text), layout_(layout), goroutines_(goroutines), event_(event), of_(of) {}

  std::optional<Comparison> comparison() {
    Comparison out;
    out.text = std::string(text_);
    if (!sum(out.left, 0)) return std::nullopt;
    if (!relation(out.relation)) return std::nullopt;
    const bool membership = out.relation == Relation::in || out.relation == Relation::not_in;
    if (!(membership ? list(out.right) : sum(out.right, 0)) || !at_end()) return std::nullopt;
    if (!settle_words(out.left, out.right) || !settle_words(out.right, out.left)) return std::nullopt;
    return out;
  }

  std::optional<Sum> whole_sum() {
    Sum out;
    if (!sum(out, 0) || !at_end()) return std::nullopt;
    return out;
  }

  /// A bare word is a status: it gets its number from the field opposite.
  bool settle_words(Sum& sum, const Sum& opposite) {
    for (Term& term : sum.terms) {
      if (term.kind != Term::Kind::symbol || term.name.find('.') != std::string::npos) continue;
      const ValueStyle style = style_of(opposite);
      std::optional<std::uint64_t> number;
      if (style == ValueStyle::g_status) number = g_status_by_word(term.name);
      if (style == ValueStyle::p_status) number = p_status_by_word(term.name);
      const bool alone = sum.terms.size() == 1 && !term.negative;
      if (number && alone) {
        term.kind = Term::Kind::number;
        term.number = *number;
        continue;
      }
      const bool is_word = g_status_by_word(term.name) || p_status_by_word(term.name);
      Message message;
      if (style == ValueStyle::g_status && alone) {
        message = {{"no g has the status {name}{hint}", "g 没有 {name} 这个状态{hint}"},
                   {{"name", in_quotes(term.name)}, {"hint", near_g_status(term.name)}}};
      } else if (style == ValueStyle::p_status && alone) {
        message = {{"no p has the status {name}{hint}", "p 没有 {name} 这个状态{hint}"},
                   {{"name", in_quotes(term.name)}, {"hint", near_p_status(term.name)}}};
      } else if (is_word) {
        message = {{"the word {name} can only be compared with a status field",
                    "{name} 这个词只能用来与一个状态字段比较"},
                   {{"name", in_quotes(term.name)}}};
      } else {
        std::vector<std::string_view> known = register_names();
        known.insert(known.end(), {"tls", "nil", "sched", "true", "false"});
        known.insert(known.end(), goroutines_.begin(), goroutines_.end());
        message = {{"unknown name {name}{hint}", "没有 {name} 这个名字{hint}"},
                   {{"name", in_quotes(term.name)}, {"hint", did_you_mean(term.name, known)}}};
      }
      return fail(term.column, term.width, std::move(message));
    }
    return true;
  }

  ExpressionError error;

 private:
  ValueStyle style_of(const Sum& sum) const {
    if (sum.terms.size() == 1 && sum.terms[0].kind == Term::Kind::event_status) return ValueStyle::g_status;
    if (sum.terms.size() != 1 || sum.terms[0].kind != Term::Kind::field) return ValueStyle::hex;
    const Term& term = sum.terms[0];
    const auto field = term.goroutine.empty()
                           ? parse_field(term.name, layout_)
                           : parse_field_of(term.goroutine, term.name, layout_, struct_of(term.goroutine));
    return field && field->index() == 0 ? std::get<0>(*field).style : ValueStyle::hex;
  }

  int column(std::size_t at) const { return width(text_.substr(0, at)) + 1; }
  static int width(std::string_view text) { return static_cast<int>(characters(text)); }

  bool fail(int at_column, int width, Message message) {
    error = {at_column, std::max(width, 1), std::move(message)};
    return false;
  }
  bool fail_at(std::size_t at, Message message) { return fail(column(at), 1, std::move(message)); }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }

  bool at_end() {
    skip_space();
    if (at_ == text_.size()) return true;
    return fail_at(
        at_, {{"expected the end of the expression, found {found}", "表达式到这里应该结束，却有 {found}"},
              {{"found", in_quotes(text_.substr(at_))}}});
  }

  bool relation(Relation& out) {
    skip_space();
    static constexpr std::array<std::pair<std::string_view, Relation>, 6> kRelations = {{
        {"==", Relation::equal},
        {"!=", Relation::not_equal},
        {"<=", Relation::less_equal},
        {">=", Relation::greater_equal},
        {"<", Relation::less},
        {">", Relation::greater},
    }};
    for (const auto& [sign, value] : kRelations) {
      if (text_.substr(at_, sign.size()) != sign) continue;
      out = value;
      at_ += sign.size();
      return true;
    }
    for (const auto& [word, value] : {std::pair{"in ", Relation::in}, {"not in ", Relation::not_in}}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      out = value;
      at_ += std::string_view(word).size();
      return true;
    }
    if (text_.substr(at_, 1) == "=") return fail_at(at_, {{"a comparison is written ==", "比较要写成 =="}});
    return fail_at(at_, {{"expected + - or one of == != < <= > >=", "应为 + - 或 == != < <= > >= 之一"}});
  }

  bool sum(Sum& out, int depth) {
    skip_space();
    const std::size_t begin = at_;
    std::size_t end = at_;
    bool negative = false;
    if (text_.substr(at_, 1) == "-") {
      negative = true;
      ++at_;
    }
    while (true) {
      if (out.terms.size() == kMaxTerms) return fail_at(at_, {{"more than 32 terms", "超过 32 项"}});
      Term next;
      if (!term(next, depth)) return false;
      next.negative = negative;
      out.terms.push_back(std::move(next));
      end = at_;
      skip_space();
      const char sign = at_ < text_.size() ? text_[at_] : '\0';
      if (sign != '+' && sign != '-') break;
      negative = sign == '-';
      ++at_;
    }
    out.text = std::string(text_.substr(begin, end - begin));
    return true;
  }

  /// The list that `in` asks.
  bool list(Sum& out) {
    skip_space();
    Term& term = out.terms.emplace_back();
    return list_name(term, Term::Kind::list);
  }

  bool list_name(Term& out, Term::Kind kind) {
    const std::size_t begin = at_;
    if (!named(out, true)) return false;
    if (!is_list(out.name) && (out.kind != Term::Kind::list || out.goroutine.empty())) {
      return fail(column(begin), width(text_.substr(begin, at_ - begin)),
                  {{"expected a list such as p0.runq, p0.gFree, sched.runq, found {found}",
                    "应为一个列表，例如 p0.runq、p0.gFree、sched.runq，却是 {found}"},
                   {{"found", in_quotes(out.name)}}});
    }
    out.kind = kind;
    return true;
  }

  /// What is in the parentheses after first or last.
  bool end_of_list(Term& out, Term::Kind kind) {
    ++at_;
    if (!list_name(out, kind)) return false;
    if (text_.substr(at_, 1) != ")") return fail_at(at_, {{"expected a closing parenthesis", "应为右括号"}});
    ++at_;
    return true;
  }

  bool term(Term& out, int depth) {
    skip_space();
    if (at_ == text_.size())
      return fail_at(at_, {{"expected a register, a field or a number; the expression ends",
                            "应为寄存器、字段或数，表达式却结束了"}});
    const std::size_t begin = at_;
    out.column = column(begin);
    const char c = text_[at_];
    bool ok = false;
    if (c == '[') {
      ok = memory(out, depth);
    } else if (is_digit(c)) {
      ok = number(out);
    } else if (is_letter(c)) {
      ok = named(out);
    } else {
      const std::size_t size = rune_at(text_, at_).size;
      return fail_at(at_, {{"expected a register, a field or a number, found {found}",
                            "应为寄存器、字段或数，却是 {found}"},
                           {{"found", in_quotes(text_.substr(at_, size))}}});
    }
    out.width = column(at_) - out.column;
    return ok;
  }

  bool memory(Term& out, int depth) {
    if (depth == kMaxDepth) return fail_at(at_, {{"brackets are nested too deeply", "方括号嵌套太深"}});
    const std::size_t begin = at_++;
    Sum inner;
    if (!sum(inner, depth + 1)) return false;
    for (const Term& t : inner.terms) {
      if (t.kind == Term::Kind::symbol && t.name.find('.') == std::string::npos) {
        return settle_words(inner, Sum{});
      }
    }
    skip_space();
    if (text_.substr(at_, 1) != "]")
      return fail_at(begin, {{"this bracket is not closed", "这个方括号没有结束"}});
    ++at_;
    out.kind = Term::Kind::memory;
    out.name = std::string(text_.substr(begin, at_ - begin));
    out.inner = std::make_shared<const Sum>(std::move(inner));
    return true;
  }

  bool number(Term& out) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const std::string_view digits = text_.substr(begin, at_ - begin);
    const bool hex = digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    std::uint64_t value = 0;
    for (const char c : digits.substr(hex ? 2 : 0)) {
      int digit = -1;
      if (is_digit(c)) digit = c - '0';
      if (hex && c >= 'a' && c <= 'f') digit = c - 'a' + 10;
      if (hex && c >= 'A' && c <= 'F') digit = c - 'A' + 10;
      if (c == '_') continue;
      const std::uint64_t base = hex ? 16 : 10;
      if (digit < 0)
        return fail(column(begin), width(digits),
                    {{"not a number: {digits}", "不是数：{digits}"}, {{"digits", in_quotes(digits)}}});
      if (value > (UINT64_MAX - static_cast<std::uint64_t>(digit)) / base) {
        return fail(column(begin), width(digits),
                    {{"a number does not fit into 64 bits: {digits}", "数放不进 64 位：{digits}"},
                     {{"digits", in_quotes(digits)}}});
      }
      value = value * base + static_cast<std::uint64_t>(digit);
    }
    out.kind = Term::Kind::number;
    out.number = value;
    out.name = std::string(digits);
    return true;
  }

  /// A name; `as_list` says that it cannot be a value.
  bool named(Term& out, bool as_list = false) {
    const std::size_t begin = at_;
    static constexpr std::string_view kDot = "\u00b7", kSlash = "\u2215";
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (text_.substr(at_, kDot.size()) == kDot) {
        text += '.';
        at_ += kDot.size();
      } else if (text_.substr(at_, kSlash.size()) == kSlash) {
        text += '/';
        at_ += kSlash.size();
      } else if (is_letter(c) || is_digit(c) || c == '.' || (c == '/' && !text.empty()) ||
                 (c == '\'' && of_ == Of::step)) {
        text += c;
        ++at_;
      } else if (c == '[' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
        text += text_[at_++];
        while (at_ < text_.size() && is_digit(text_[at_])) text += text_[at_++];
        if (at_ == text_.size()) return fail_at(begin, {{"this index is not closed", "这个下标没有结束"}});
        if (text_[at_] != ']')
          return fail_at(at_, {{"an index is a number, such as [0]", "下标是一个数，例如 [0]"}});
        text += text_[at_++];
      } else {
        break;
      }
    }
    static constexpr std::string_view kBefore = "before.";
    if (of_ == Of::step && text.starts_with(kBefore)) {
      out.before = true;
      text = text.substr(kBefore.size());
    }
    if (text_.substr(at_, 1) == "(" && (text == "first" || text == "last")) {
      return end_of_list(out, text == "first" ? Term::Kind::first : Term::Kind::last);
    }
    out.name = text;
    out.kind = Term::Kind::symbol;
    if (text.starts_with(kEvent) && !event_.empty())
      return event_value(out, as_list, column(begin), width(text_.substr(begin, at_ - begin)));
    if (as_list) return true;
    const std::string_view head = std::string_view(text).substr(0, text.find('.'));
    if (std::ranges::find(goroutines_, head) != goroutines_.end()) {
      out.goroutine = std::string(head);
      out.kind = Term::Kind::object;
      if (head.size() == text.size()) return true;
      const auto field = parse_field_of(head, text, layout_);
      if (const auto* const wrong = std::get_if<Message>(&field)) {
        return fail(column(begin), width(text_.substr(begin, at_ - begin)), *wrong);
      }
      out.kind = Term::Kind::field;
    } else if (const std::optional<Reg> reg = reg_by_name(text)) {
      out.kind = Term::Kind::reg;
      out.reg = *reg;
    } else if (text == "nil" || text == "true" || text == "false") {
      out.kind = Term::Kind::number;
      out.number = text == "true" ? 1 : 0;
    } else if (text == "tls") {
      out.kind = Term::Kind::tls;
    } else if (text == "stack") {
      out.kind = Term::Kind::stack;
    } else if (struct_of_object(text)) {
      out.kind = Term::Kind::object;
    } else if (const auto field = parse_field(text, layout_)) {
      if (field->index() == 1) {
        return fail(column(begin), width(text_.substr(begin, at_ - begin)), std::get<1>(*field));
      }
      out.kind = Term::Kind::field;
    }
    return true;
  }

  static constexpr std::string_view kEvent = "event.";

  const EventValue* value_of_event(std::string_view name) const {
    const std::string_view key = name.substr(kEvent.size(), name.find('.', kEvent.size()) - kEvent.size());
    const auto found = std::ranges::find(event_, key, &EventValue::key);
    return found == event_.end() ? nullptr : &*found;
  }

  /// "m" of event.m; all else that is replaced by a thing is a g.
  std::string_view struct_of(std::string_view stand_in) const {
    if (!stand_in.starts_with(kEvent)) return "g";
    const EventValue* const value = value_of_event(stand_in);
    return value != nullptr && value->kind == EventValue::Kind::m ? "m" : "g";
  }

  /// What event.g and its kin are: a g or an M and their fields, a list, a number.
  bool event_value(Term& out, bool as_list, int column, int width) {
    const std::size_t dot = out.name.find('.', kEvent.size());
    const EventValue* const value = value_of_event(out.name);
    if (value == nullptr) {
      std::vector<std::string_view> known;
      for (const EventValue& one : event_) known.push_back(one.key);
      const std::string key = out.name.substr(kEvent.size(), dot - kEvent.size());
      return fail(column, width,
                  {{"these events have no {key}{hint}", "这类事件没有 {key}{hint}"},
                   {{"key", in_quotes(key)}, {"hint", near_or_known(key, known)}}});
    }
    if (value->kind == EventValue::Kind::word) {
      return fail(column, width,
                  {{"{name} is a word: write it in the event itself, as {key}: WORD",
                    "{name} 是一个词：请写在事件里，即 {key}: 词"},
                   {{"name", out.name}, {"key", value->key}}});
    }
    const bool list = value->kind == EventValue::Kind::list;
    const bool thing = value->kind == EventValue::Kind::g || value->kind == EventValue::Kind::m;
    if (list && !as_list) {
      return fail(column, width,
                  {{"{name} is a list: ask it with `in`, `not in`, first() or last()",
                    "{name} 是列表：用 `in`、`not in`、first() 或 last() 来问"},
                   {{"name", out.name}}});
    }
    if (dot != std::string::npos && !thing) {
      return fail(column, width,
                  {{"{name} has no fields", "{name} 没有字段"}, {{"name", out.name.substr(0, dot)}}});
    }
    if (list || thing) out.goroutine = out.name.substr(0, dot);
    if (list) {
      out.kind = Term::Kind::list;
    } else if (!thing) {
      out.kind =
          value->kind == EventValue::Kind::status ? Term::Kind::event_status : Term::Kind::event_number;
    } else if (dot == std::string::npos) {
      out.kind = Term::Kind::object;
    } else {
      const auto field = parse_field_of(out.goroutine, out.name, layout_, struct_of(out.goroutine));
      if (const auto* const wrong = std::get_if<Message>(&field)) return fail(column, width, *wrong);
      out.kind = Term::Kind::field;
    }
    return true;
  }

  std::string_view text_;
  const Layout& layout_;
  const GoroutineNames& goroutines_;
  const EventValues& event_;
  Of of_;
  std::size_t at_ = 0;
};

}  // namespace

std::variant<Comparison, ExpressionError> parse_comparison(std::string_view text, const Layout& layout,
                                                           const GoroutineNames& goroutines,
                                                           const EventValues& event) {
  Parser parser(text, layout, goroutines, event);
  if (std::optional<Comparison> out = parser.comparison()) return std::move(*out);
  return parser.error;
}

std::variant<Comparison, ExpressionError> parse_claim(std::string_view text, const Layout& layout,
                                                      const GoroutineNames& goroutines) {
  static const EventValues kNoEvent;
  Parser parser(text, layout, goroutines, kNoEvent, Parser::Of::step);
  if (std::optional<Comparison> out = parser.comparison()) return std::move(*out);
  return parser.error;
}

std::variant<Sum, ExpressionError> parse_sum(std::string_view text, const Layout& layout,
                                             const GoroutineNames& goroutines, bool of_step) {
  static const EventValues kNoEvent;
  Parser parser(text, layout, goroutines, kNoEvent, of_step ? Parser::Of::step : Parser::Of::moment);
  std::optional<Sum> out = parser.whole_sum();
  if (!out || !parser.settle_words(*out, Sum{})) return parser.error;
  return std::move(*out);
}

std::variant<Comparison, ExpressionError> parse_equality(std::string_view field, std::string_view value,
                                                         const Layout& layout, bool& in_value,
                                                         const GoroutineNames& goroutines,
                                                         const EventValues& event) {
  in_value = false;
  Parser left(field, layout, goroutines, event);
  std::optional<Sum> a = left.whole_sum();
  if (!a) return left.error;
  if (!left.settle_words(*a, Sum{})) return left.error;
  in_value = true;
  Parser right(value, layout, goroutines, event);
  std::optional<Sum> b = right.whole_sum();
  if (!b) return right.error;
  if (!right.settle_words(*b, *a)) return right.error;
  Comparison out;
  out.text = a->text + " == " + b->text;
  out.left = std::move(*a);
  out.right = std::move(*b);
  return out;
}

}  // namespace gogoscope
