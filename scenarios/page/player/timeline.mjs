// The whole run: who ran when, the status of each g, the events. A click leads to a moment; so does the slider, which
// the keyboard can reach.
import { drawn, element, panel, say } from "./dom.mjs";

const kShapes = {
  status: "M0-4L4 0L0 4L-4 0Z",
  stack: "M0-4L4 4L-4 4Z",
  tls: "M-1-4L1-4L1 4L-1 4Z",
  curg: "M0-5L5 0L0 5L-5 0ZM0-3L-3 0L0 3L3 0Z",
  runq: "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0Z",
  gfree: "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0ZM-2 0A2 2 0 1 1 2 0A2 2 0 1 1-2 0Z",
  thread: "M-4-4L4-4L4 4L-4 4ZM-2-2L-2 2L2 2L2-2Z",
  write: "M-3-4L3 0L-3 4Z",
  signal: "M4-4L-4 1L1 1L-4 5L5 0L0 0Z",
  exit: "M-4-4L4-4L4 4L-4 4Z",
  invariant: "M-4-4L4-4L0 4Z",
};

export class TimelinePanel {
  static kLane = 17;
  static kLeft = 52;

  constructor(page) {
    this.page = page;
    this.slider = element("input", { type: "range", min: page.record.data.from, max: page.record.data.to, step: 1,
      oninput: () => page.go(Number(this.slider.value)) });
    this.svg = drawn("svg", { "aria-hidden": "true", focusable: "false" });
    this.legend = element("ul.legend");
    this.panel = panel("timeline", element("div", {}, this.slider, this.svg, this.legend), "orange");
    this.svg.addEventListener("pointerdown", (e) => {
      this.svg.setPointerCapture(e.pointerId);
      this.goTo(e);
    });
    this.svg.addEventListener("pointermove", (e) => e.buttons === 1 && this.goTo(e));
    if (typeof ResizeObserver === "function") new ResizeObserver(() => this.resized()).observe(this.panel.body);
  }

  goTo(event) {
    const box = this.svg.getBoundingClientRect();
    const { from, to } = this.page.record.data;
    const at = ((event.clientX - box.left) / box.width) * this.width;
    const part = (at - TimelinePanel.kLeft) / (this.width - TimelinePanel.kLeft - 8);
    this.page.go(Math.round(from + Math.max(0, Math.min(1, part)) * (to - from)));
  }

  x(state) {
    const { from, to } = this.page.record.data;
    return TimelinePanel.kLeft + ((state - from) / Math.max(1, to - from)) * (this.width - TimelinePanel.kLeft - 8);
  }

  resized() {
    const width = this.panel.body.clientWidth - 16;
    // Drawn for letters of 14 pixels, and as much larger as the page's are.
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 14;
    if (width > 0 && (width / scale !== this.width || scale !== this.scale)) {
      this.scale = scale;
      this.draw(width / scale);
      this.place();
    }
  }

  draw(width) {
    const { record, w } = this.page;
    this.width = width;
    const { data } = record;
    const lane = TimelinePanel.kLane;
    const height = (data.lanes.length + 1) * lane + 20;
    this.limit = record.limit;
    this.svg.replaceChildren();
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", width * this.scale);
    this.svg.setAttribute("height", height * this.scale);
    // The axis.
    const span = data.to - data.from;
    const room = Math.max(1, Math.floor((width - TimelinePanel.kLeft) / 80));
    let unit = 1;
    for (let i = 0; unit * room < span; ++i) unit *= [2, 2.5, 2][i % 3];
    for (let s = Math.ceil(data.from / unit) * unit; s <= data.to; s += unit) {
      this.svg.append(drawn("line", { class: "grid", x1: this.x(s), x2: this.x(s), y1: 14, y2: height }));
      this.svg.append(drawn("text", { class: "tick", x: this.x(s), y: 11 }, String(s)));
    }
    const { limit } = record;
    const lanes = data.lanes.filter(({ segments }) => begunBy(segments, data.from, limit));
    lanes.forEach((row, i) => {
      const y = 18 + i * lane;
      this.svg.append(drawn("text", { class: "lane", x: TimelinePanel.kLeft - 8, y: y + 12 }, row.name));
      let begin = data.from;
      for (const [end, what, value] of row.segments) {
        const x = this.x(begin);
        const wide = this.x(Math.min(end, limit)) - x;
        if (what !== "absent" && begin <= limit) {
          this.svg.append(drawn("rect", { class: `${row.kind} w-${what}`, x, y: y + 1, width: Math.max(wide, 1), height: lane - 3, rx: 2 }));
          const text = what === "asleep" ? w("asleep") : record.word(value);
          if (what !== "system" && wide > text.length * 7 + 8)
            this.svg.append(drawn("text", { class: `in w-${what}`, x: x + 5, y: y + 12 }, text));
        }
        begin = end;
      }
    });
    // One path for each type of event, however many there are.
    const y = 18 + data.lanes.length * lane + 8;
    this.svg.append(drawn("text", { class: "lane", x: TimelinePanel.kLeft - 8, y: y + 4 }, w("events")));
    const paths = new Map();
    const last = new Map();
    for (const [step, , type] of record.events) {
      const x = Math.round(this.x(step + 1) * 2) / 2;
      if (last.get(type) === x) continue;  // it would be drawn over the one before
      last.set(type, x);
      if (!paths.has(type)) paths.set(type, []);
      paths.get(type).push([x, y]);
    }
    for (const [type, places] of paths) {
      const path = places.map(([px, py]) => moved(kShapes[type] ?? kShapes.status, px, py)).join("");
      this.svg.append(drawn("path", { class: `e-${type}`, d: path, "fill-rule": "evenodd" }));
    }
    if (limit < data.to) {
      const x = this.x(limit);
      const room = this.width - 8 - x;
      this.svg.append(drawn("rect", { class: "unknown", x, y: 14, width: room, height: height - 14 }));
      const text = w("hidden");
      if (room > text.length * (this.page.language === "zh" ? 13 : 7.5) + 8)
        this.svg.append(drawn("text", { class: "unknown-text", x: x + 8, y: 18 + lane }, text));
    }
    this.future = drawn("rect", { class: "future", y: 14, height: height - 14 });
    this.needle = drawn("line", { class: "needle", y1: 0, y2: height });
    this.svg.append(this.future, this.needle);
    this.legend.replaceChildren(...[...paths.keys()].map((type) =>
      element("li", {}, drawn("svg", { width: 12, height: 12, viewBox: "-6 -6 12 12", "aria-hidden": "true" },
        drawn("path", { class: `e-${type}`, d: kShapes[type] ?? kShapes.status, "fill-rule": "evenodd" })), w(`e_${type}`, type))));
  }

  place() {
    if (!this.needle) return;
    const x = this.x(this.page.record.state);
    this.needle.setAttribute("x1", x);
    this.needle.setAttribute("x2", x);
    this.future.setAttribute("x", x);
    this.future.setAttribute("width", Math.max(0, this.width - 8 - x));
  }

  update() {
    const { record, w, language } = this.page;
    say(this.panel.title, w("timeline"));
    this.slider.setAttribute("aria-label", w("timeline"));
    this.slider.value = record.state;
    this.slider.setAttribute("aria-valuetext", `${w("state")} ${record.state}`);
    say(this.panel.detail, `${record.state} / ${record.data.total}`);
    if ((this.drawnIn !== language || this.limit !== record.limit) && this.width) {
      this.draw(this.width);
    }
    this.drawnIn = language;
    this.place();
  }
}

/** Whether a lane shows anything up to a state. */
function begunBy(segments, from, limit) {
  let begin = from;
  for (const [end, what] of segments) {
    if (begin > limit) return false;
    if (what !== "absent") return true;
    begin = end;
  }
  return false;
}

/** A shape drawn somewhere else: only its absolute coordinates move, and radii and flags of arcs stay. */
function moved(shape, x, y) {
  return shape.replace(/([ML])\s*(-?\d+)\s*(-?\d+)|A(\d+) (\d+) 0 1 ([01]) ?(-?\d+) (-?\d+)/g, (all, op, a, b, rx, ry, flag, c, d) =>
    op ? `${op}${x + Number(a)} ${y + Number(b)}` : `A${rx} ${ry} 0 1 ${flag} ${x + Number(c)} ${y + Number(d)}`);
}
