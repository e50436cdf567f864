// Goroutines, queues, threads, events, structs.
import { element, hide, panel, say, classed } from "./dom.mjs";
import { Rows } from "./story.mjs";
import { ValueCells } from "./stacks.mjs";
import { filled } from "./words.mjs";

export class StatesPanel {
  constructor(page) {
    this.page = page;
    this.heads = ["name", "goid", "status", "m", "sched.pc", "namedBy"].map((id) => ({ id, node: element("th", { scope: "col" }) }));
    this.body = element("tbody");
    this.caption = element("caption.unseen");
    const table = element("table.list", {}, this.caption,
      element("thead", {}, element("tr", {}, ...this.heads.map((h) => h.node))), this.body);
    this.panel = panel("states", element("div", {}, table), "green");
    const gs = page.record.data.structs.all.filter((s) => s.kind === "g" && !s.name.includes("gsignal"));
    const order = (s) => (s.name.includes(".") ? 1e9 : Number(s.name.slice(1)));
    this.gs = gs.sort((a, b) => order(a) - order(b));
    this.rows = new Rows(this.body, () => {
      const row = { name: element("th", { scope: "row" }), cells: [0, 1, 2, 3, 4].map(() => element("td")), node: element("tr") };
      row.mark = element("span.mark", { "aria-hidden": "true" });
      row.word = element("span.word");
      row.gloss = element("span.gloss");
      row.was = element("span.was");
      row.cells[1].append(row.mark, row.word, row.was, row.gloss);
      row.node.append(row.name, ...row.cells);
      return row;
    });
  }

  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("states"));
    say(this.caption, w("states"));
    for (const head of this.heads) say(head.node, w(head.id, head.id));
    const current = record.name(record.data.which.answers[0].name);
    const there = this.gs.filter((s) => record.label(s) !== "");
    this.rows.show(there, (row, s) => {
      const text = (name) => {
        const cell = record.field(s, name);
        return cell < 0 ? "0" : record.word(record.deltas.now[cell]);
      };
      say(row.name, record.label(s));
      say(row.cells[0], text("goid"));
      const statusCell = record.field(s, "atomicstatus");
      const status = text("atomicstatus");
      const news = record.news?.get(statusCell);
      const changed = news !== undefined && news.written && news.old !== record.deltas.now[statusCell];
      classed(row.mark, `mark s-${status}`);
      say(row.word, status);
      say(row.was, changed ? `${w("was")} ${record.word(news.old)}` : "");
      hide(row.was, !changed);
      say(row.gloss, record.data.glosses[status] ? record.both(record.data.glosses[status]) : "");
      hide(row.gloss, changed);
      say(row.cells[2], text("m") === "0" ? "nil" : text("m"));
      say(row.cells[3], text("sched.pc").replace("runtime.", ""));
      say(row.cells[4], record.name(record.data.named[s.name] ?? -1));
      classed(row.node, `${record.label(s) === current ? "current" : ""}${changed ? " new" : ""} s-${status}`);
    });
  }
}

export class QueuesPanel {
  constructor(page) {
    this.page = page;
    this.note = element("p.note");
    this.rows = [];
    const owners = new Map();
    for (const queue of page.record.data.queues) {
      if (!owners.has(queue.owner)) owners.set(queue.owner, []);
      const row = { queue, items: element("dd.items"), counters: element("dd.counters"), node: element("div.queue") };
      row.node.append(element("dt", {}, queue.name), row.items, row.counters);
      owners.get(queue.owner).push(row);
      this.rows.push(row);
    }
    this.groups = [...owners].map(([owner, rows]) => {
      const group = { owner, rows, node: element("section") };
      group.node.append(element("h3", {}, owner), element("dl", {}, ...rows.map((r) => r.node)));
      return group;
    });
    this.panel = panel("queues", element("div", {}, this.note, ...this.groups.map((g) => g.node)), "green");
  }

  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("queues"));
    let any = false;
    for (const group of this.groups) {
      const exists = group.owner === "sched" || record.label(record.struct(group.owner) ?? {}) !== "";
      hide(group.node, !exists);
      any = any || exists;
    }
    hide(this.note, any);
    say(this.note, any ? "" : w("noP"));
    for (const row of this.rows) {
      const now = record.name(row.queue.items).split(" ").filter(Boolean);
      const news = record.news?.get(row.queue.items);
      const before = news ? record.text(news.old).split(" ").filter(Boolean) : now;
      const items = [];
      if (now.length > 0 && row.queue.order !== "seat") items.push(element("span.end", {}, `${w("head")} →`));
      for (const name of now) items.push(element(before.includes(name) ? "span.g" : "span.g.new", {}, name));
      if (now.length > 0 && row.queue.order === "fifo") items.push(element("span.end", {}, `← ${w("tail")}`));
      for (const name of before) {
        if (!now.includes(name)) items.push(element("span.g.gone", {}, `${name} ${w("left")}`));
      }
      if (items.length === 0) items.push(element("span.empty", {}, w("empty")));
      row.items.replaceChildren(...items);
      say(row.counters, record.word(record.deltas.now[row.queue.counters]));
    }
  }
}

export class ThreadsPanel {
  constructor(page) {
    this.page = page;
    this.body = element("tbody");
    this.caption = element("caption.unseen");
    this.panel = panel("threads", element("div", {}, element("table.list", {}, this.caption, this.body)), "purple");
    this.rows = new Rows(this.body, () => {
      const row = { name: element("th", { scope: "row" }), state: element("td"), parts: element("td"), pc: element("td"), node: element("tr") };
      row.node.append(row.name, row.state, row.parts, row.pc);
      return row;
    });
  }
  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("threads"));
    say(this.caption, w("threads"));
    const current = record.name(record.data.threads.current);
    const there = record.data.threads.all.filter((m) => record.struct(m.name) && record.label(record.struct(m.name)) !== "");
    this.rows.show(there, (row, m) => {
      const s = record.struct(m.name);
      const part = (title, name) => {
        const cell = record.field(s, name);
        const text = cell < 0 ? "nil" : record.word(record.deltas.now[cell]);
        return `${title} ${text}`;
      };
      say(row.name, m.name);
      say(row.state, record.word(record.deltas.now[m.state]));
      say(row.parts, [part("P", "p"), part("curg", "curg"), part("TLS", "tls[0]")].join("  "));
      say(row.pc, record.word(record.deltas.now[record.data.registers[m.name].rip]).replace("runtime.", ""));
      classed(row.node, m.name === current ? "current" : "");
    });
  }
}

/** The events around the moment shown; each leads to its own. */
export class EventsPanel {
  static kBefore = 40;
  static kAfter = 12;
  constructor(page) {
    this.page = page;
    this.list = element("ol.events");
    this.panel = panel("events", this.list, "green");
    this.rows = new Rows(this.list, () => {
      const row = { node: element("li"), number: element("span.number"), text: element("span") };
      row.button = element("button", { type: "button", onclick: () => page.go(row.state) }, row.number, row.text);
      row.node.append(row.button);
      return row;
    });
  }
  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("events"));
    const [, end] = record.atStart ? [0, 0] : record.eventsOf(record.data.from + record.step);
    const from = Math.max(0, end - EventsPanel.kBefore);
    const some = record.data.events.slice(from, end + EventsPanel.kAfter).filter((event) => event[0] < record.limit);
    let last;
    this.rows.show(some, (row, event, i) => {
      row.state = event[0] + 1;
      say(row.number, String(row.state));
      say(row.text, record.word(event[3]));
      const now = row.state === record.state;
      classed(row.node, `e-${event[2]}${now ? " now" : ""}${from + i >= end ? " future" : ""}`);
      if (now) row.button.setAttribute("aria-current", "step");
      else row.button.removeAttribute("aria-current");
      if (from + i < end) last = row.node;
    });
    if (last) this.page.sights.want(this.panel, last);
  }
}

export class StructsPanel {
  constructor(page) {
    this.page = page;
    this.groups = page.record.data.structs.all.map((s) => {
      const group = { s, node: element("details"), title: element("span.title"), note: element("span.note"), rows: undefined };
      group.node.append(element("summary", {}, group.title, group.note));
      group.node.addEventListener("toggle", () => group.node.open && this.fill(group));
      return group;
    });
    this.panel = panel("structs", element("div", {}, ...this.groups.map((g) => g.node)), "purple");
  }

  build(group) {
    const { record } = this.page;
    group.rows = record.fields(group.s).map(([name, type, cell]) => {
      const row = { name, cell, value: new ValueCells(), node: element("tr") };
      row.button = element("button.place", { type: "button", title: type, onclick: () => this.page.select(cell) }, name);
      row.node.append(element("th", { scope: "row" }, row.button), row.value.digits, row.value.meaning, row.value.was);
      return row;
    });
    group.quiet = element("p.quiet");
    group.table = element("table.values", {}, element("caption.unseen", {}, group.s.name),
      element("tbody", {}, ...group.rows.map((r) => r.node)));
    group.node.append(group.table, group.quiet);
  }

  fill(group) {
    if (!group.rows) this.build(group);
    for (const row of group.rows) {
      const written = row.value.show(this.page, row.cell);
      classed(row.node, `${written ? "new" : ""}${this.page.lesson?.litCells?.has(row.cell) ? " lit" : ""}`);
    }
    const names = this.page.record.quietFields(group.s);
    say(group.quiet, filled(this.page.w("moreFields"), { n: String(names.length) }));
    if (group.quiet.title === "") group.quiet.title = names.join(" ");
  }

  /** The row of a field, in sight; of the struct itself where it has no such field. */
  rowOf(s, field) {
    const group = this.groups.find((g) => g.s === s);
    if (!group || group.node.hidden) return undefined;
    group.node.open = true;
    this.fill(group);
    const row = group.rows.find((r) => r.name === field);
    return row ?? { node: group.node.firstChild, button: group.node.firstChild };
  }
  /** Structs with these fields are open, and before all others. */
  putFirst(cells) {
    const wanted = this.groups.filter((g) => this.page.record.fields(g.s).some(([, , cell]) => cells.has(cell)));
    for (const group of wanted.toReversed()) {
      group.node.open = true;
      group.node.parentNode.prepend(group.node);
    }
  }
  rowOfCell(cell) {
    const group = this.groups.find((g) => this.page.record.fields(g.s).some(([, , c]) => c === cell));
    return group && this.rowOf(group.s, this.page.record.fields(group.s).find(([, , c]) => c === cell)[0]);
  }

  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("structs"));
    const shown = record.name(record.data.stacks.g);
    const m = record.name(record.data.threads.current);
    // The goroutine that is shown and the M that serves it are open, unless the reader has closed them.
    if (shown !== this.focus || m !== this.focusM) {
      for (const group of this.groups) {
        if (group.s.name === shown || group.s.name === m) group.node.open = true;
        else if (group.s.name === this.focus || group.s.name === this.focusM) group.node.open = false;
      }
      const first = this.groups.find((g) => g.s.name === shown);
      if (first && first.node.parentNode.firstChild !== first.node) first.node.parentNode.prepend(first.node);
      this.focus = shown;
      this.focusM = m;
      if (this.page.lesson) this.putFirst(this.page.lesson.litCells);
    }
    for (const group of this.groups) {
      const label = record.label(group.s);
      hide(group.node, label === "");
      if (label === "") continue;
      say(group.title, label);
      const changed = record.fields(group.s).filter(([, , cell]) => record.news?.get(cell)?.written);
      say(group.note, changed.map(([name]) => name).join(" "));
      classed(group.node, changed.length > 0 ? "new" : "");
      if (group.node.open) this.fill(group);
    }
    const row = this.groups.filter((g) => g.node.open && g.rows).flatMap((g) => g.rows)
      .find((r) => record.news?.get(r.cell)?.written);
    if (row) this.page.sights.want(this.panel, row.node);
  }
}
