// Source and disassembly of the function that the run is in, with the line that comes next and the one that has just
// been executed.
import { element, hide, panel, say, classed } from "./dom.mjs";

function kindBadge(panelOf, record, w, at) {
  hide(panelOf.badge, !at);
  if (!at) return;
  say(panelOf.badge, w(at.f.kind));
  classed(panelOf.badge, `badge ${at.f.kind}`);
}

/** Which rows are marked: the one that has just been executed, and the one that comes next, which is brought into sight. */
class Marks {
  constructor(page, panelOf) {
    this.page = page;
    this.panel = panelOf;
    this.rows = [];
  }
  move(done, here) {
    for (const row of this.rows) {
      classed(row, "");
      row.removeAttribute("aria-current");
    }
    this.rows = [done, here].filter(Boolean);
    done?.classList.add("done");
    if (!here) return;
    here.classList.add("here");
    here.setAttribute("aria-current", "step");
    this.page.sights.want(this.panel, here);
  }
}

export class SourcePanel {
  constructor(page) {
    this.page = page;
    this.list = element("ol.lines");
    this.panel = panel("source", this.list, "blue");
    this.rows = new Map();
    this.marks = new Marks(page, this.panel);
  }

  load(f) {
    const { record } = this.page;
    this.shown = f;
    this.chinese = record.chinese;
    this.rows.clear();
    // A source may hold several functions: all lines up to where this one ends.
    const nodes = [];
    for (let line = f.line; line <= Math.max(f.lastLine, f.line); ++line) {
      const row = element("li", {}, element("span.mark", { "aria-hidden": "true" }), element("span.number", {}, String(line)),
        element("code", {}, record.sourceLine(f, line)));
      this.rows.set(line, row);
      nodes.push(row);
    }
    this.list.replaceChildren(...nodes);
    this.list.setAttribute("start", String(f.line));
    this.panel.body.scrollTop = 0;
  }

  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("source"));
    const at = record.here() ?? record.executed();
    kindBadge(this.panel, record, w, at);
    if (!at) return;
    if (at.f !== this.shown || record.chinese !== this.chinese) this.load(at.f);
    const { name } = record.data.code.sources[at.f.source];
    this.panel.detail.title = name;
    say(this.panel.detail, `${name.replace(/^.*[/]/, "")} · ${at.f.name}`);
    const rowOf = (one) => (one && one.f === at.f ? this.rows.get(one.f.lines[one.index]) : undefined);
    this.marks.move(rowOf(record.executed()), rowOf(record.here()));
  }
}

export class DisassemblyPanel {
  constructor(page) {
    this.page = page;
    this.body = element("tbody");
    this.head = element("caption.unseen");
    this.panel = panel("disassembly", element("div", {}, element("table.code", {}, this.head, this.body)), "green");
    this.rows = [];
    this.marks = new Marks(page, this.panel);
  }

  load(f) {
    const { record } = this.page;
    this.shown = f;
    this.chinese = record.chinese;
    this.rows = f.offsets.map((offset, i) =>
      element("tr", {}, element("th", { scope: "row" }, `+0x${offset.toString(16).padStart(2, "0")}`),
        element("td.intel", {}, f.intel[i]),
        ...(f.texts ? [element("td.text", {}, record.instructionText(f, i))] : []),
        element("td.bytes", {}, f.bytes[i].replace(/..(?=.)/g, "$& "))));
    this.body.replaceChildren(...this.rows);
    this.panel.body.scrollTop = 0;
  }

  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("disassembly"));
    say(this.head, w("disassembly"));
    const at = record.here() ?? record.executed();
    kindBadge(this.panel, record, w, at);
    if (!at) return;
    if (at.f !== this.shown || record.chinese !== this.chinese) this.load(at.f);
    say(this.panel.detail, at.f.name);
    const rowOf = (one) => (one && one.f === at.f ? this.rows[one.index] : undefined);
    this.marks.move(rowOf(record.executed()), rowOf(record.here()));
  }
}
