// Search: states, functions, source lines, events, fields and registers. And the dialog of keys.
import { element, say } from "./dom.mjs";
import { filled } from "./words.mjs";

export class Search {
  static kMost = 40;
  constructor(page) {
    this.page = page;
    this.input = element("input", { type: "search", autocomplete: "off", spellcheck: "false", oninput: () => this.look() });
    this.label = element("label", {}, "");
    this.label.htmlFor = this.input.id = "search-text";
    this.count = element("p.note", { "aria-live": "polite" });
    this.list = element("ul.found");
    this.closer = element("button.quiet", { type: "button", onclick: () => this.dialog.close() });
    this.dialog = element("dialog", { id: "search" },
      // No form: a frame may refuse those.
      element("div.asking", {}, this.label, this.input), this.count, this.list, this.closer);
    this.dialog.addEventListener("keydown", (e) => this.arrow(e));
  }
  open() {
    const { w } = this.page;
    say(this.label, w("searchHint"));
    say(this.closer, w("close"));
    this.dialog.setAttribute("aria-label", w("search"));
    this.input.value = "";
    this.look();
    this.dialog.showModal();
    this.input.focus();
  }
  arrow(event) {
    if (event.key === "Enter" && event.target === this.input && !event.isComposing) {
      event.preventDefault();
      this.list.querySelector("button")?.click();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [this.input, ...this.list.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** [kind, text, what pressing it does] */
  *candidates(wanted) {
    const { page } = this;
    const { record, w } = page;
    const state = record.find(wanted);
    if (state >= 0) yield [w("state"), String(state), () => page.go(state)];
    for (const f of record.data.code.functions) {
      yield [w("source"), f.name, () => page.goToInstruction(f.firstInstruction)];
    }
    for (const [name, cell] of record.places()) yield [w("field"), name, () => page.select(cell)];
    for (const event of record.events) {
      yield [w("event"), `${event[0] + 1}  ${record.word(event[3])}`, () => page.go(event[0] + 1)];
    }
    for (const f of record.data.code.functions) {
      let last = 0;
      for (let i = 0; i < f.lines.length; ++i) {
        if (f.lines[i] === last || f.lines[i] === 0) continue;
        last = f.lines[i];
        yield [w("source"), `${f.name}:${last}  ${record.sourceLine(f, last).trim()}`, () => page.goToInstruction(f.firstInstruction + i)];
      }
    }
  }

  look() {
    const { w } = this.page;
    const wanted = this.input.value.trim();
    const needle = wanted.toLowerCase();
    const found = [];
    let count = 0;
    if (needle !== "") {
      for (const [kind, text, act] of this.candidates(wanted)) {
        if (!text.toLowerCase().includes(needle)) continue;
        if (++count <= Search.kMost) found.push([kind, text, act]);
      }
      // A name that begins so is meant more often than one that has it inside.
      found.sort((a, b) => Number(!a[1].toLowerCase().startsWith(needle)) - Number(!b[1].toLowerCase().startsWith(needle)));
    }
    say(this.count, needle === "" ? "" : filled(w("found"), { n: String(count) }));
    this.list.replaceChildren(...found.map(([kind, text, act]) =>
      element("li", {}, element("button", { type: "button", onclick: () => { this.dialog.close(); act(); } },
        element("span.kind", {}, kind), element("span.text", {}, text)))));
  }
}

export class Help {
  constructor(page) {
    this.page = page;
    this.title = element("h2");
    this.body = element("tbody");
    this.about = element("p");
    this.closer = element("button.quiet", { type: "button", onclick: () => this.dialog.close() });
    this.dialog = element("dialog", { id: "help" }, this.title, element("table.list", {}, this.body), this.about, this.closer);
  }
  open(keys) {
    const { w } = this.page;
    say(this.title, w("keys"));
    say(this.about, w("about"));
    say(this.closer, w("close"));
    this.dialog.setAttribute("aria-label", w("help"));
    this.body.replaceChildren(...keys.map(([key, word]) =>
      element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, key)), element("td", {}, w(word)))));
    this.dialog.showModal();
  }
}
