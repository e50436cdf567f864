// Tracebacks, as Go prints them, and what the run has written.
import { element, hide, panel, say, classed } from "./dom.mjs";
import { Rows } from "./story.mjs";

export class TracebackPanel {
  constructor(page) {
    this.page = page;
    this.stacks = new Map(page.record.data.traceback.all.map((s) => [s.name, s]));
    this.list = element("div.calls");
    this.panel = panel("traceback", this.list, "blue");
    this.rows = new Rows(this.list, () => {
      const row = { head: element("h3"), calls: element("ol"), node: element("section") };
      row.node.append(row.head, row.calls);
      row.lines = new Rows(row.calls, () => {
        const line = { call: element("code.call"), place: element("span.at"), node: element("li") };
        line.node.append(line.call, line.place);
        return line;
      });
      return row;
    });
  }
  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("traceback"));
    const { traceback } = record.data;
    const names = record.name(traceback.order).split(" ").filter(Boolean);
    this.rows.show(names, (row, name, at) => {
      const stack = this.stacks.get(name);
      say(row.head, record.name(stack.head));
      classed(row.node, at === 0 ? "current" : "");
      const lines = [];
      for (let i = 0; i + 1 < stack.calls.length; i += 2) {
        const call = record.name(stack.calls[i]);
        if (call !== "") lines.unshift([call, record.name(stack.calls[i + 1])]);
      }
      row.lines.show(lines, (line, [call, place]) => {
        say(line.call, call);
        say(line.place, place);
      });
    });
  }
}

export class OutputPanel {
  constructor(page) {
    this.page = page;
    this.lines = page.record.data.output;
    this.nothing = element("p.note");
    this.list = element("ol.written");
    this.panel = panel("output", element("div", {}, this.nothing, this.list), "green");
    this.rows = new Rows(this.list, () => {
      const row = { number: element("span.number"), past: element("span"), future: element("span.future"), node: element("li") };
      row.node.append(element("button", { type: "button", onclick: () => this.page.go(row.state) }, row.number,
        element("code", {}, row.past, row.future)));
      return row;
    });
  }
  update() {
    const { record, w } = this.page;
    say(this.panel.title, w("output"));
    const begun = this.lines.filter(({ pieces }) => pieces[0][0] < record.limit);
    const some = begun.filter(({ pieces }) => pieces[0][0] < record.state);
    hide(this.nothing, some.length > 0);
    say(this.nothing, w("nothingWritten"));
    this.rows.show(begun, (row, { pieces }) => {
      row.state = pieces[0][0] + 1;
      say(row.number, String(row.state));
      const until = (from, to) => pieces.filter(([step]) => step >= from && step < to).map(([, text]) => text).join("");
      say(row.past, until(0, record.state));
      say(row.future, until(record.state, record.limit));
      classed(row.node, pieces.some(([step]) => step + 1 === record.state) ? "now" : "");
      if (row.state <= record.state) this.page.sights.want(this.panel, row.node);
    });
  }
}
