// Registers, and the two stacks side by side: that of g0 and that of the goroutine.
import { element, hide, panel, say, classed } from "./dom.mjs";
import { filled } from "./words.mjs";

const kOrder = ["rip", "rsp", "rbp", "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13",
  "r14", "r15", "fs_base", "rflags"];

/** A value in three parts: digits, what they mean, what was there before the executed step. */
export class ValueCells {
  constructor(tag = "td") {
    this.digits = element(`${tag}.digits`);
    this.meaning = element(`${tag}.meaning`);
    this.word = element("span");
    this.meaning.append(this.word);
    this.was = element(`${tag}.was`);
  }
  show(page, cell) {
    const { record, w } = page;
    const [digits, meaning] = record.shown(cell);
    const news = record.news?.get(cell);
    const written = news !== undefined && news.written;
    say(this.digits, digits);
    this.digits.classList.toggle("long", digits.length > 18); // of SSE
    this.showMeaning(page, record.deltas.now[cell], meaning);
    let was = "";
    if (written) was = news.old === record.deltas.now[cell] ? w("again") : `${w("was")} ${this.short(record.text(news.old))}`;
    this.was.title = written ? record.text(news.old) : "";
    say(this.was, was);
    if (this.meaning.title !== meaning) this.meaning.title = meaning;
    return written;
  }
  /** A pointer's meaning leads to what it points at. */
  showMeaning(page, value, meaning) {
    const target = page.record.target(value);
    if (!target) {
      if (this.target) this.word.said = undefined;
      say(this.word, meaning);
    } else {
      this.link ??= element("button.jump", { type: "button", onclick: () => page.show(this.target) });
      say(this.link, meaning);
      if (this.link.parentNode !== this.word) this.word.replaceChildren(this.link);
    }
    this.target = target;
  }
  /** The end of a long number is enough to see by how much it moved. */
  short(text) {
    return text.length > 7 && text.startsWith("0x") ? `…${text.slice(-4)}` : text;
  }
}

export class RegistersPanel {
  constructor(page) {
    this.page = page;
    // Behind them SSE registers, in the order of their numbers, where the run has written some.
    const others = new Set(Object.values(page.record.data.registers).flatMap(Object.keys).filter((name) => !kOrder.includes(name)));
    const numbered = new Intl.Collator("en", { numeric: true });
    this.rows = [...kOrder, ...[...others].sort((a, b) => (a === "mxcsr") - (b === "mxcsr") || numbered.compare(a, b))].map((name) => {
      const row = { name, value: new ValueCells(), node: element("tr") };
      row.button = element("button.place", { type: "button", onclick: () => page.select(this.cell(name)) }, name);
      row.node.append(element("th", { scope: "row" }, row.button), row.value.digits, row.value.meaning, row.value.was);
      return row;
    });
    this.caption = element("caption.unseen");
    const table = element("table.values", {}, this.caption, element("tbody", {}, ...this.rows.map((r) => r.node)));
    this.panel = panel("registers", element("div", {}, table), "purple");
  }
  cell(name) {
    const { record } = this.page;
    return record.data.registers[record.name(record.data.threads.current)][name];
  }
  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("registers"));
    say(this.caption, w("registers"));
    say(this.panel.detail, record.name(record.data.threads.current));
    for (const row of this.rows) {
      // One that has not been written yet shows nothing.
      const cell = this.cell(row.name);
      hide(row.node, cell === undefined || record.deltas.now[cell] === 0);
      if (row.node.hidden) continue;
      const written = row.value.show(this.page, cell);
      classed(row.node, written ? "new" : "");
    }
  }
}

/** One stack: high addresses on top; below SP is what the last call left behind. */
export class StackPanel {
  static kBelow = 8;  // free words that stay in sight

  constructor(page, id, which) {
    this.page = page;
    this.which = which;
    this.list = element("tbody");
    this.caption = element("caption.unseen");
    this.top = element("p.edge");
    this.panel = panel(id, element("div.stack", {}, this.top, element("table.values", {}, this.caption, this.list)),
      which === "g0" ? "blue" : "green");
    this.rows = [];
  }

  load(stack) {
    this.shown = stack;
    this.rows = [];
    this.list.replaceChildren();
  }

  /** Rows are made when they first come into sight: a stack may have thousands that never do. */
  make(count) {
    const { shown: stack, rows } = this;
    const nodes = [];
    for (let i = rows.length; i < Math.min(count, stack.count); ++i) {
      const row = { tag: element("span"), frame: element("span.frame"), value: new ValueCells(), role: element("span.role"), node: element("tr") };
      const address = BigInt(stack.hi) - BigInt(8 * (i + 1));
      row.button = element("button.place", { type: "button", title: `0x${address.toString(16)}`,
        onclick: () => this.page.select(stack.words + i) }, `…${address.toString(16).slice(-4)}`);
      row.value.meaning.prepend(row.role);
      row.node.append(element("td.tag", {}, row.frame, row.tag), element("th", { scope: "row" }, row.button),
        row.value.digits, row.value.meaning, row.value.was);
      rows.push(row);
      nodes.push(row.node);
    }
    this.list.append(...nodes);
  }

  /** The row of the word so many bytes below stack.hi. */
  rowAt(offset) {
    this.make(offset / 8);
    const row = this.rows[Math.min(offset / 8, this.rows.length) - 1];
    if (row) hide(row.node, false);
    return row;
  }
  rowOfCell(cell) {
    const at = this.shown ? cell - this.shown.words : -1;
    return at >= 0 && at < this.shown.count ? this.rowAt(8 * (at + 1)) : undefined;
  }

  update() {
    const { record, w } = this.page;
    const owner = record.name(record.data.stacks[this.which]);
    const stack = owner ? record.stackOf(owner) : undefined;
    const title = filled(w("stackOf"), { g: owner ? record.called(owner) : this.which });
    say(this.panel.title, title);
    say(this.caption, title);
    if (!stack) {
      say(this.panel.detail, w("noStack"));
      hide(this.panel.badge, true);
      say(this.top, "");
      this.list.replaceChildren();
      this.shown = undefined;
      return;
    }
    if (stack !== this.shown) this.load(stack);
    const use = record.name(stack.use);
    const mark = (cell) => {
      const text = record.name(cell);
      return text === "" ? undefined : Number(text);
    };
    const sp = mark(stack.sp);
    const savedSp = mark(stack.saved_sp);
    const tags = new Map();
    const tag = (row, text) => row !== undefined && tags.set(row, tags.has(row) ? `${tags.get(row)} ${text}` : text);
    tag(sp, "SP");
    tag(mark(stack.bp), "BP");
    tag(savedSp, "sched.sp");
    tag(mark(stack.saved_bp), "sched.bp");
    const frames = new Map();
    const words = record.name(stack.frames).split(" ");
    for (let i = 0; i + 1 < words.length; i += 2) frames.set(Number(words[i]), words[i + 1]);
    say(this.top, `…${stack.hi.slice(-4)}  stack.hi${tags.has(-1) ? `   ◂ ${tags.get(-1)}` : ""}`);
    const here = use === "thread" && sp !== undefined;
    hide(this.panel.badge, false);
    say(this.panel.badge, here ? w("spHere") : use === "sched" ? w("parked") : w("idleStack"));
    classed(this.panel.badge, here ? "badge sp" : "badge");
    say(this.panel.detail, "");
    // Where nothing is live everything is free.
    const live = sp ?? (use === "sched" ? savedSp : -1) ?? -1;
    const { deltas, news } = record;
    let last = live + StackPanel.kBelow;
    for (const cell of news?.keys() ?? []) {
      if (cell >= stack.words && cell < stack.words + stack.count) last = Math.max(last, cell - stack.words);
    }
    this.make(last + 1);
    this.rows.forEach((row, i) => {
      const far = i > live + StackPanel.kBelow && !news?.has(stack.words + i);
      hide(row.node, far);
      const written = news?.get(stack.words + i)?.written === true;
      const value = deltas.now[stack.words + i];
      if (value !== row.seen || written || row.written || this.page.language !== row.language) {
        row.value.show(this.page, stack.words + i);
        row.seen = value;
        row.written = written;
        row.language = this.page.language;
      }
      say(row.role, record.word(deltas.now[stack.roles + i]));
      say(row.tag, tags.get(i) ?? "");
      say(row.frame, frames.get(i) ?? "");
      classed(row.node, `${i > live ? "free" : "live"}${written ? " new" : ""}${tags.has(i) ? " tagged" : ""}${i === sp ? " sp" : ""}${frames.has(i) ? " frame" : ""}`);
    });
    const shownRow = this.rows[Math.max(0, live)]?.node;
    if (shownRow) this.page.sights.want(this.panel, shownRow);
  }
}
