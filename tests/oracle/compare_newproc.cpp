// A go statement: what is written to the new g, to the P and to the caller's sched, in order; by which
// function; and what the new goroutine and its stack look like afterwards. Both ways to a g: a new one, and a
// dead one again.
#include <fmt/format.h>

#include <optional>

#include "tests/oracle/comparison.h"

namespace gogoscope::oracle {
namespace {

struct Write {
  std::string structure, field, old_value, new_value, by;
};

/// Assembly is named with its offset: it has the same bytes in both. Of modelled functions only the name
/// counts.
std::string by(const Lesson& lesson, const std::string& symbol) {
  const std::string name = symbol.substr(0, symbol.find('+'));
  const Function* function = lesson.guest().code.function(name);
  return function && function->kind == FunctionKind::real ? symbol : name;
}

/// What a go statement wrote; the cursor ends where it has returned.
class Statement {
 public:
  Statement(const Lesson& lesson, int visit) : lesson_(lesson), at_(lesson.at("runtime.newproc", visit)) {
    sp_ = at_.state().sp().value();
    caller_ = lesson.value("m", lesson.m0(), "curg", at_.state());
    p_ = lesson.p(at_.state());
    goid_base_ = lesson.value("p", p_, "goidcache", at_.state());
    Cursor end = at_;
    while (end.state().sp().value() != sp_ + 8) end.forward();
    newg_ = lesson.value("p", p_, "runnext", end.state());
    names_ = lesson.landmarks(end.state(), {{"newg", newg_}, {"callerg", caller_}}, origin(sp_));
  }
  static Origin origin(std::uint64_t sp) { return {"newproc SP", sp, sp - 512, sp + 64}; }

  std::vector<Write> run(Comparison& comparison);

  Cursor& at() { return at_; }
  std::uint64_t newg() const { return newg_; }
  std::uint64_t p() const { return p_; }
  Side side() const { return {names_, goid_base_}; }

 private:
  std::optional<Write> write_of(const Store& store, const Step& step) const;

  const Lesson& lesson_;
  Cursor at_;
  std::uint64_t sp_ = 0, caller_ = 0, newg_ = 0, p_ = 0, goid_base_ = 0;
  Landmarks names_;
};

std::optional<Write> Statement::write_of(const Store& store, const Step& step) const {
  const std::pair<std::uint64_t, const char*> structs[] = {{newg_, "newg"}, {caller_, "callerg"}, {p_, "p"}};
  for (const auto& [base, name] : structs) {
    const StructLayout& layout = *lesson_.layout().find(base == p_ ? "p" : "g");
    if (store.addr.value() < base || store.addr.value() >= base + layout.size) continue;
    std::string field = layout.at(static_cast<std::uint32_t>(store.addr.value() - base))->name;
    if (field == "gFree.gList.head") field = "gFree.head";
    if (base == caller_ && field.rfind("sched.", 0) != 0) continue;  // nothing else of it was recorded
    return Write{name, field, field_name(side(), field, store.old_value),
                 field_name(side(), field, store.new_value), by(lesson_, lesson_.symbolize(step.pc.value()))};
  }
  return std::nullopt;
}

std::vector<Write> Statement::run(Comparison& comparison) {
  std::vector<Write> list;
  while (at_.state().sp().value() != sp_ + 8) {
    const Step step = at_.next();
    for (const Store& store : step.stores) {
      const auto write = write_of(store, step);
      if (!write) {
        comparison.not_recorded("stores elsewhere", lesson_.symbolize(step.pc.value()));
      } else if (store.old_value == store.new_value) {
        comparison.not_recorded("stores that change nothing", write->structure + "." + write->field);
      } else {
        list.push_back(*write);
      }
    }
    at_.forward();
  }
  return list;
}

Comparison compare(const Lesson& lesson, const char* name, const char* file, int statement) {
  Comparison c(name);
  const Json recorded = load_recording(file);
  Statement ours(lesson, statement + 1);  // the first newproc is that of main itself
  const std::uint64_t sp = number(recorded.at("rsp"));
  const Landmarks native_names = landmarks(recorded, Statement::origin(sp));
  const Side native{native_names, number(recorded.at("p.goidcache"))};

  const Cursor& at = ours.at();
  c.equal(0, "siz", std::to_string(number(recorded.at("siz"))),
          std::to_string(at.state().load_or_zero(at.state().sp() + 8, 4)));
  c.equal(0, "fn", native_names.name(number(recorded.at("fn"))),
          ours.side().names.name(at.state().load_or_zero(at.state().sp() + 16)));
  compare_g(c, 0, "newg before", recorded.at("newg before"), native, lesson, at.state(), ours.newg(),
            ours.side());

  const std::vector<Write> writes = ours.run(c);
  const Json& theirs = recorded.at("writes");
  c.equal(0, "number of writes", std::to_string(theirs.size()), std::to_string(writes.size()));
  for (std::size_t i = 0; i < std::min(theirs.size(), writes.size()); ++i) {
    const int step = static_cast<int>(i);
    const Json& w = theirs[i];
    const std::string field = w.at("field");
    c.equal(step, "field", w.at("struct").get<std::string>() + "." + field,
            writes[i].structure + "." + writes[i].field);
    c.equal(step, "old value", field_name(native, field, number(w.at("old"))), writes[i].old_value);
    c.equal(step, "new value", field_name(native, field, number(w.at("new"))), writes[i].new_value);
    c.equal(step, "function", by(lesson, w.at("by")), writes[i].by);
  }

  compare_g(c, 0, "newg after", recorded.at("newg after"), native, lesson, at.state(), ours.newg(),
            ours.side());
  const std::uint64_t hi = lesson.value("g", ours.newg(), "stack.hi", at.state());
  for (const auto& [place, word] : recorded.at("stack words").items()) {
    const std::uint64_t below = std::stoull(place.substr(3));
    c.equal(0, place, native_names.name(number(word)),
            ours.side().names.name(at.state().load_or_zero(Addr(hi - below))));
  }
  c.equal(0, "p.runnext after", native_names.name(number(recorded.at("p.runnext after"))),
          ours.side().names.name(lesson.value("p", ours.p(), "runnext", at.state())));
  c.equal(0, "p.goidcache after", field_name(native, "goidcache", number(recorded.at("p.goidcache after"))),
          field_name(ours.side(), "goidcache", lesson.value("p", ours.p(), "goidcache", at.state())));
  return c;
}

}  // namespace

Comparison compare_newproc_malg(const Lesson& lesson) {
  return compare(lesson, "newproc, a new g", "newproc-malg", 1);
}
Comparison compare_newproc_gfget(const Lesson& lesson) {
  return compare(lesson, "newproc, a g again", "newproc-gfget", 2);
}

}  // namespace gogoscope::oracle
