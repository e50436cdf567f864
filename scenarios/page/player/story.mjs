// What happened and why, and the four answers to "which g?".
import { element, hide, panel, say, classed } from "./dom.mjs";
import { filled } from "./words.mjs";

/** Rows of a list that are kept and filled again at each moment. */
export class Rows {
  constructor(parent, make) {
    this.parent = parent;
    this.make = make;
    this.rows = [];
  }
  show(items, fill) {
    while (this.rows.length < items.length) {
      const row = this.make();
      this.rows.push(row);
      this.parent.append(row.node ?? row);
    }
    this.rows.forEach((row, i) => {
      hide(row.node ?? row, i >= items.length);
      if (i < items.length) fill(row, items[i], i);
    });
  }
}

export class Story {
  constructor(page) {
    this.page = page;
    this.sentence = element("p.sentence");
    this.live = element("div.live", { "aria-live": "polite", "aria-atomic": "true" }, this.sentence);
    this.events = element("ul.chips");
    this.changes = element("dl.changes");
    this.panel = panel("story", element("div", {}, this.live, this.events, this.changes), "yellow");
    this.eventRows = new Rows(this.events, () => element("li"));
    this.changeRows = new Rows(this.changes, () => {
      const row = { name: element("dt"), value: element("dd"), node: element("div") };
      row.node.append(row.name, row.value);
      return row;
    });
    this.live.append(this.events);
  }

  update() {
    const { record, w } = this.page;
    const at = record.executed();
    say(this.panel.title, w("story"));
    this.events.setAttribute("aria-label", w("events_of_step"));
    this.changes.setAttribute("aria-label", w("changes"));
    const kind = record.atStart ? -1 : record.deltas.kinds[record.step];
    const ran = kind === 0 || kind === 1;
    let executed = "";
    if (record.atStart) executed = record.both(record.data.title) || record.data.name;
    else if (!ran) executed = w(kind === 2 ? "edited" : "turn");
    else if (at) executed = `${record.place(at)}   ${record.instructionText(at.f, at.index)}`;
    say(this.panel.detail, executed);
    hide(this.panel.badge, !ran || !at);
    if (ran && at) {
      say(this.panel.badge, w(at.f.kind));
      classed(this.panel.badge, `badge ${at.f.kind}`);
    }
    const told = record.sentence();
    const quiet = !record.atStart && told === "";
    let sentence = told;
    if (record.atStart) sentence = record.both(record.data.about) || w("nothingYet");
    else if (quiet) sentence = ran && at ? `${w("executed")}: ${record.instructionText(at.f, at.index) || record.place(at)}` : executed;
    say(this.sentence, sentence);
    classed(this.sentence, quiet ? "sentence quiet" : "sentence");
    this.showEvents();
    this.showChanges();
  }

  showEvents() {
    const { record, w } = this.page;
    const chips = [];
    if (!record.atStart) {
      const [from, to] = record.eventsOf(record.data.from + record.step);
      for (let i = from; i < to; ++i) {
        chips.push([record.data.events[i][2], record.word(record.data.events[i][3])]);
      }
      if (record.state === record.data.to && record.data.to < record.data.total) {
        chips.unshift(["stop", filled(w("cut"), { n: String(record.data.total - record.data.to) })]);
      }
      if (record.state === record.data.to && record.data.end) {
        chips.unshift(["stop", `${w("stopped")} ${record.both(record.data.end).join(" · ")}`]);
      }
    }
    hide(this.events, chips.length === 0);
    this.eventRows.show(chips, (row, [type, text]) => {
      classed(row, `chip e-${type}`);
      say(row, text);
    });
  }

  showChanges() {
    const { record, w, page } = { record: this.page.record, w: this.page.w, page: this.page };
    const all = [];
    for (const [cell, { old, written }] of record.news ?? []) {
      const name = page.placeName(cell);
      if (name === undefined || name === "rip" || name.endsWith(" rip") || name.endsWith("rflags")) continue;
      if (!written) continue;
      all.push([name, cell, old]);
    }
    const shown = all.slice(0, 6);
    hide(this.changes, all.length === 0);
    this.changeRows.show(shown, (row, [name, cell, old]) => {
      say(row.name, name);
      const before = record.word(old);
      const now = record.word(record.deltas.now[cell]);
      say(row.value, before === now ? `${now} (${w("again")})` : `${before} → ${now}`);
    });
  }
}

export class WhichG {
  constructor(page) {
    this.page = page;
    this.cards = page.record.data.which.answers.map((answer) => {
      const card = { answer, label: element("dt"), name: element("dd.name"), note: element("dd.note"), node: element("div.card") };
      card.node.append(card.label, card.name, card.note);
      return card;
    });
    this.panel = panel("which", element("dl.cards", {}, ...this.cards.map((c) => c.node)), "yellow");
  }

  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("which"));
    say(this.panel.detail, record.word(record.deltas.now[record.data.which.verdict]));
    let loud = false;
    for (const card of this.cards) {
      const name = record.name(card.answer.name);
      const how = record.name(card.answer.how);
      const news = record.news?.get(card.answer.name);
      const changed = news !== undefined && !record.atStart;
      loud = loud || how === "lit";
      say(card.label, w(card.answer.question));
      say(card.name, (name || w("none")) + (how === "lit" ? " ≠" : ""));
      let note = record.name(card.answer.place);
      if (changed) note = record.text(news.old) === name ? w("again") : `${w("was")} ${record.text(news.old) || w("none")}`;
      else if (how === "earlier") note += ` · ${w("earlier")}`;
      else if (how === "normal" && card.answer.question === "curg") note += ` · ${w("normal")}`;
      else if (how === "lit") note += ` · ${w("disagrees")}`;
      // The end of a long number is enough.
      say(card.note, note.replace(/^0x[0-9a-f]{5,}([0-9a-f]{4})$/, "…$1"));
      classed(card.node, `card${changed ? " new" : ""}${how ? ` ${how}` : ""}${name ? "" : " none"}`);
    }
    classed(this.panel.detail, loud ? "detail loud" : "detail");
  }
}
