// A lesson: its stops, what to look at there, its questions. Until a question is answered nothing after its stop is shown.
import { coded, element, hide, panel, say } from "./dom.mjs";
import { Answers } from "./judge.mjs";
import { QuestionForm } from "./questions.mjs";
import { handout } from "./handout.mjs";
import { remember, remembered } from "./address.mjs";
import { filled } from "./words.mjs";

/** Panels by the names that lessons have for them, where those differ from a page's. */
const kPanelsOf = { "which-g": ["which"], stacks: ["stack-g0", "stack-g"], goroutines: ["states"] };

export class LessonPanel {
  constructor(page) {
    this.page = page;
    this.lesson = page.record.data.lesson;
    this.answers = new Answers(this.lesson);
    this.answers.read(remembered(this.storageName) ?? "", (stop, question) => this.lookup(stop, question));
    this.content = element("div.stop");
    this.where = element("button.quiet.where", { type: "button", hidden: true, onclick: () => this.page.go(this.stop.state) });
    this.previous = element("button.quiet", { type: "button", onclick: () => this.move(-1) });
    this.next = element("button.quiet.next", { type: "button", onclick: () => this.move(1) });
    this.hidden = element("p.hint");
    this.score = element("p.score", { role: "status" });
    this.again = element("button.quiet", { type: "button", onclick: () => this.startAgain() });
    this.onward = element("a.quiet", { hidden: true });
    this.paper = element("section.handout", { "aria-hidden": "true" });
    this.panel = panel("lesson", element("div", {}, this.where, this.content,
      element("nav.stops", {}, this.previous, this.next), this.hidden, element("p.end-of-lesson", {}, this.score, this.again, this.onward)), "green");
    this.at = 0;
    this.limitRecord();
  }
  get storageName() {
    return `lesson.${this.lesson.name}`;
  }
  get stop() {
    return this.lesson.stops[this.at];
  }
  /** Where the page opens: at the first stop, or, once something has been answered, where a question is open. */
  get opensAt() {
    const { stops } = this.lesson;
    const begun = this.answers.score().answered > 0;
    return (stops.find((stop) => begun && this.answers.isOpen(stop)) ?? stops[0])?.state ?? 0;
  }
  limitRecord() {
    const { record } = this.page;
    record.limit = Math.min(this.answers.horizon() ?? record.data.to, record.data.to);
  }

  /** What a typed answer is made of, as typedValue() asks for it, at a stop. */
  lookup(stop, question) {
    const { record } = this.page;
    // Of an object's own: every object has a "constructor".
    const among = (words, word) => (Object.hasOwn(words, word) ? BigInt(words[word]) : undefined);
    const lookup = (word) => {
      const known = among(question.words, word) ?? among(this.lesson.symbols, word);
      if (known !== undefined) return known;
      const [, name, field] = /^(.*?\d(?:\.g0|\.gsignal)?|sched)\.(.*)$/.exec(word) ?? [];
      const s = record.struct(name);
      if (!s) return undefined;
      const cell = record.field(s, field);
      if (cell < 0) return record.quietFields(s).includes(field) ? 0n : undefined;
      const [digits] = record.shownAt(cell, stop.state);
      if (digits === "true" || digits === "false") return digits === "true" ? 1n : 0n;
      return /^(-?\d+|0x[0-9a-f]+)$/.test(digits) ? BigInt(digits) : undefined;
    };
    lookup.alone = (word) => among(question.alone, word);
    lookup.memory = (address) => record.memoryAt(address, stop.state);
    return lookup;
  }

  give(form, answer) {
    this.answers.keep(form.stop, form.question, answer);
    remember(this.storageName, this.answers.text());
    this.limitRecord();
    this.render();
    this.page.update();
    // The verdict is read out, and Tab goes on from there.
    this.forms.find((one) => one.question === form.question)?.verdict.focus();
  }
  startAgain() {
    this.answers = new Answers(this.lesson);
    remember(this.storageName, "");
    this.limitRecord();
    this.shown = undefined;
    this.page.go(this.opensAt);
  }

  /** To the stop before or after. */
  move(by) {
    const { record } = this.page;
    let to = this.at + by;
    // Away from the stop, the way back leads to it first.
    if (by < 0 && record.state > this.stop.state) to = this.at;
    if (by > 0 && record.state < this.stop.state) to = this.at;
    const stop = this.lesson.stops[to];
    if (!stop) return;
    if (stop.state > record.limit) return this.page.tell(this.page.w("answerFirst"));
    this.at = to;
    this.page.go(stop.state);
    this.panel.body.scrollTop = 0;
  }
  /** Whether a letter has chosen something. */
  pick(key) {
    if (!/^[a-z]$/.test(key) || this.panel.section.hidden) return false;
    return this.forms.find((form) => !form.answer)?.pick(key.charCodeAt(0) - "a".charCodeAt(0)) ?? false;
  }

  /** The stop that the state shown belongs to: the last one at or before it. */
  follow() {
    const { state } = this.page.record;
    const { stops } = this.lesson;
    if (this.stop.state === state) return;
    const found = stops.findLastIndex((stop) => stop.state <= state);
    this.at = Math.max(found, 0);
    // Of several at one state, the first.
    while (this.at > 0 && stops[this.at - 1].state === this.stop.state) --this.at;
  }

  update() {
    const { record, w, language } = this.page;
    say(this.panel.title, w("lesson"));
    this.follow();
    if (this.shown !== this.stop || this.shownIn !== language) this.render();
    this.updateChips();
    const away = record.state - this.stop.state;
    hide(this.where, away === 0);
    say(this.where, `◂ ${filled(w("backToStop"), { state: String(this.stop.state) })}`);
    if (this.shownIn !== this.paperIn) {
      this.paper.replaceChildren(...handout(this.page, this.lesson));
      this.paperIn = language;
    }
  }

  render() {
    const { record, w, language } = this.page;
    const { stop, lesson } = this;
    this.shown = stop;
    this.shownIn = language;
    say(this.panel.detail, `${filled(w("stopOf"), { i: String(this.at + 1), n: String(lesson.stops.length) })}  ${stop.id}`);
    this.chips = [];
    this.forms = stop.ask.map((question, i) => new QuestionForm(this, stop, question, i));
    this.content.replaceChildren(
      ...(this.at === 0 ? [element("p.goal", {}, ...coded(record.both(lesson.goal)))] : []),
      ...(stop.title ? [element("h3.stop-title", {}, ...coded(record.both(stop.title)))] : []),
      element("p.say", {}, ...coded(record.both(stop.say))),
      element("ul.looks", { "aria-label": w("lookAt") }, ...stop.look.map((look) => element("li", {}, this.lookAt(look)))),
      ...this.forms.map((form) => form.node),
      ...(stop.try && !this.answers.isOpen(stop) ? [this.tryIt()] : []));
    const isOpen = this.answers.isOpen(stop);
    const { right, answered, of } = this.answers.score();
    say(this.previous, `◂ ${w("previousStop")}`);
    say(this.next, `${w("nextStop")} ▸`);
    hide(this.previous, this.at === 0);
    hide(this.next, this.at + 1 === lesson.stops.length);
    this.next.classList.toggle("ready", !isOpen);
    hide(this.hidden, !isOpen);
    say(this.hidden, w("hiddenFrom"));
    say(this.score, filled(w("score"), { right: String(right), answered: String(answered), of: String(of) }));
    say(this.again, w("startAgain"));
    hide(this.again, answered === 0);
    say(this.onward, `${w("nextLesson")} ▸`);
    if (record.data.next) this.onward.href = this.page.linked(record.data.next);
    hide(this.onward, !record.data.next || answered < of);
    this.light();
  }

  /** What to try; in a site with a link to the run that it speaks of. */
  tryIt() {
    const { record, w } = this.page;
    const { stop } = this;
    return element("p.try", {}, element("b", {}, w("try")), " ", ...coded(record.both(stop.try)), " ",
      ...(stop.open ? [element("a.quiet", { href: this.page.linked(stop.open) }, `${w("openIt")} ▸`)] : []));
  }

  /** A chip that leads to what is to be looked at, and says what is there now. */
  lookAt([name, value]) {
    const panels = this.panelsOf(name);
    const cell = this.cellOf(name);
    if (value === undefined && panels.length > 0) {
      return element("button.look", { type: "button", onclick: () => this.page.show({ panel: panels[0] }) }, this.page.w(panels[0].replace(/-.*/, "s")));
    }
    if (cell < 0) return element("span.look", {}, value === undefined ? this.page.w(name) : `${name} = ${value}`);
    const chip = element("button.look", { type: "button", onclick: () => this.page.show({ cell }) });
    this.chips.push({ chip, name, value, cell });
    return chip;
  }
  updateChips() {
    const { record } = this.page;
    for (const { chip, name, value, cell } of this.chips) {
      const there = record.state === this.stop.state;
      say(chip, `${name} = ${there ? value : record.word(record.deltas.now[cell])}`);
      chip.classList.toggle("new", record.news?.get(cell)?.written === true);
    }
  }
  panelsOf(name) {
    return (kPanelsOf[name] ?? [name]).filter((id) => this.page.panels?.[id]);
  }
  cellOf(name) {
    return this.page.placesByName.get(name) ?? this.page.placesByName.get(name.replace(/^g0\./, "m0.g0.")) ?? -1;
  }

  /** Panels that the stop asks to be looked at come first, and are lit; so are its fields. */
  light() {
    const { page, stop } = this;
    const lit = new Set();
    this.litCells = new Set();
    for (const [name] of stop.look) {
      const cell = this.cellOf(name);
      if (cell >= 0) {
        this.litCells.add(cell);
        lit.add(page.panelOfCell(cell));
      } else if (name === "tls") {
        lit.add("which");
      } else if (name === "stack" || name.startsWith("[rsp")) {
        lit.add("stack-g0").add("stack-g");
      } else {
        for (const id of this.panelsOf(name)) lit.add(id);
      }
    }
    page.panels.structs.putFirst(this.litCells);
    const ids = Object.keys(page.panels);
    const first = ["lesson", "story", ...["which"].filter((id) => lit.has(id))];
    const order = [...first, ...ids.filter((id) => lit.has(id) && !first.includes(id)), ...ids.filter((id) => !lit.has(id) && !first.includes(id))];
    for (const id of ids) page.panels[id].panel.section.toggleAttribute("data-lit", lit.has(id));
    if (order.join() === this.order) return;
    this.order = order.join();
    const main = this.panel.section.parentNode;
    for (const id of order) main.append(page.panels[id].panel.section);
  }
}
